"""Real processes for the benchmarks of sending: the sandbox's Telegram, and the bots that talk to it."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks.fill import BOT_ID, chat_of
from benchmarks.measure import ROOT

TOKEN = f"{BOT_ID}:benchmark-token-for-this-machine-only"
LATENCY_S = 0.05  # between a call's effect and its answer, as over a real network
LOOK_S = 0.5
WAIT_S = 300.0


@dataclass(frozen=True)
class Sent:
    """A sendMessage as the server saw it come in. `at_s` is monotonic, the same for all processes here."""

    chat_id: int
    status: int | None
    at_s: float


@dataclass
class Telegram:
    """A sandbox server and its control API."""

    url: str
    client: httpx.Client
    seen: int = 0  # calls that were read already

    def people(self, count: int) -> None:
        """So many officers have met the bot."""
        for one in range(1, count + 1):
            person = {"id": chat_of(one), "name": f"직원{one}", "started": True}
            self.client.post("/sandbox/persons", json=person).raise_for_status()

    def sends(self) -> list[Sent]:
        """What was sent since the last look, refused or not."""
        answer = self.client.get("/sandbox/calls", params={"method": "sendMessage", "since": self.seen})
        calls: list[dict[str, Any]] = answer.raise_for_status().json()["calls"]
        done = [one for one in calls if one["status"] is not None]
        if len(done) == len(calls) and calls:
            self.seen = calls[-1]["n"]
            return [Sent(int(one["params"]["chat_id"]), one["status"], one["monotonic_s"]) for one in calls]
        return []

    def wait_for(self, count: int, alive: Callable[[], None]) -> list[Sent]:
        """Everything sent until so many were accepted. Raises TimeoutError where nothing comes any more."""
        found: list[Sent] = []
        moved = time.monotonic()
        while sum(one.status == 200 for one in found) < count:
            new = self.sends()
            found += new
            moved = time.monotonic() if new else moved
            if time.monotonic() > moved + WAIT_S:
                raise TimeoutError(f"{len(found)} of {count} messages, then none for {WAIT_S:.0f} s")
            alive()
            time.sleep(LOOK_S)
        return found


@contextmanager
def telegram(people: int, *options: str, latency_s: float = LATENCY_S) -> Iterator[Telegram]:
    """A server of its own process, its chats open."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--token", TOKEN, *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        url = process.stdout.readline().split()[-1]
        with httpx.Client(base_url=url, timeout=60.0) as client:
            made = Telegram(url, client)
            made.people(people)
            if latency_s:
                slow = {"method": "sendMessage", "kind": "delay", "seconds": latency_s, "times": 0}
                client.post("/sandbox/faults", json=slow).raise_for_status()
            yield made
    finally:
        ended(process)
        process.stdout.close()


@contextmanager
def bot(module: str, arguments: Sequence[str], **variables: str) -> Iterator[Callable[[], None]]:
    """A bot as a process of its own; gives a check that raises once it has ended by itself with a failure."""
    with tempfile.TemporaryFile("w+") as log:
        command = [sys.executable, "-m", module, *arguments]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=kept_variables() | variables,
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
        )

        def alive() -> None:
            if process.poll() not in {None, 0}:
                log.seek(0)
                raise RuntimeError(f"{module} has ended:\n{log.read()[-3000:]}")

        try:
            yield alive
        finally:
            ended(process)


def gihan(server: Telegram, store: Path, *arguments: str) -> Any:
    """Our own bot on that store."""
    return bot(
        "benchmarks.service",
        arguments,
        GIHAN_TELEGRAM__TOKEN=TOKEN,
        GIHAN_TELEGRAM__API_BASE=server.url,
        GIHAN_STORE__URL=f"sqlite:///{store}",
        GIHAN_WEB__LISTEN="127.0.0.1:0",
        GIHAN_ORGANISATION__NAME="한별시",
    )


def kept_variables() -> dict[str, str]:
    """The surroundings without settings of ours."""
    return {key: value for key, value in os.environ.items() if not key.startswith("GIHAN_")}


def ended(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """End it, in order where it can."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
