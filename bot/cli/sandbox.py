"""`gihan sandbox`: a stand-in for Telegram, a sample plan and the real bot, all in a temporary folder."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import httpx

from bot.ops.logs import redact
from bot.ops.network import client_options
from bot.texts.terminal import echo

BOT_ID = 1000001
START = "2026-06-29T09:00:00+09:00"  # a Monday, ten minutes before the daily message
ORGANISATION = "한별시"
READY_WITHIN_S = 30.0
END_WITHIN_S = 10.0


class PlaygroundError(Exception):
    """The sandbox could not be started; one clear line."""


@dataclass(frozen=True)
class Player:
    """Somebody whom the newcomer plays on the page."""

    name: str
    department: str
    role: str
    label: str


# The officer has several things due in the first days of the sample plan.
PLAYERS = (
    Player("심청", "일자리경제과", "officer", "담당자"),
    Player("박문수", "일자리경제과", "lead", "팀장"),
    Player("허준", "기획예산과", "planner", "기획실"),
)


def play(port: int, *, open_browser: bool) -> None:
    """Runs until SIGINT or SIGTERM. Raises PlaygroundError where a part does not start."""
    ended = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: ended.set())
    token = f"{BOT_ID}:{secrets.token_urlsafe(26)}"  # another each time: no page can know it
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gihan-sandbox-")))
        url = stack.enter_context(_stand_in(folder, port, token))
        environment = _environment(folder, url, token)
        echo("샘플 계획을 등록하는 중…")
        _gihan(environment, "import", str(_sample_plan(folder)), "--yes")
        bot = stack.enter_context(_bot(folder, environment))
        _seat_players(url, environment)
        echo(f"\n대화 화면: {url}\n끝내려면 Ctrl+C 를 누르십시오.")
        if open_browser:
            webbrowser.open(url)
        while not ended.wait(0.5):
            if bot.poll() is not None:
                raise PlaygroundError(f"봇이 멈추었습니다:\n{_last_lines(folder)}")


def _sample_plan(folder: Path) -> Path:
    copy = folder / "plan.txt"
    copy.write_bytes(resources.files("sandbox").joinpath("sample/plan.txt").read_bytes())
    return copy


def _environment(folder: Path, url: str, token: str) -> dict[str, str]:
    """Settings of the inner bot; only the API's address and the clock differ from a real one."""
    own = {
        "GIHAN_TELEGRAM__TOKEN": token,
        "GIHAN_TELEGRAM__API_BASE": url,
        "GIHAN_STORE__URL": f"sqlite:///{folder / 'gihan.db'}",
        "GIHAN_WEB__LISTEN": "127.0.0.1:0",
        "GIHAN_CLOCK__FILE": str(folder / "clock.json"),
        "GIHAN_ORGANISATION__NAME": ORGANISATION,
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIHAN_")}
    return kept | own


@contextmanager
def _stand_in(folder: Path, port: int, token: str) -> Iterator[str]:
    """The stand-in for Telegram; gives its address."""
    command = [sys.executable, "-m", "sandbox", "--port", str(port)]
    command += ["--clock-file", str(folder / "clock.json"), "--now", START]
    environment = os.environ | {"SANDBOX_TOKEN": token}  # the command line of a process is no secret
    with _process(command, folder / "sandbox.log", environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if "http://" not in line:
            raise PlaygroundError(
                f"{port}번 포트를 다른 프로그램이 쓰고 있습니다. --port 0 으로 빈 포트를 쓰십시오."
            )
        yield line.split()[-1]


@contextmanager
def _bot(folder: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The real `gihan run`, with its log in the folder."""
    command = [sys.executable, "-m", "gihan", "run"]
    with _process(command, folder / "bot.log", environment) as process:
        yield process


@contextmanager
def _process(
    command: list[str], log: Path, environment: dict[str, str], stdout: int | None = None
) -> Iterator[subprocess.Popen[str]]:
    """A child in a session of its own, so that Ctrl+C reaches it only through us; ended with the block."""
    with log.open("w") as errors:
        process = subprocess.Popen(  # noqa: S603 our own modules
            command,
            env=environment,
            stdout=stdout or errors,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(END_WITHIN_S)
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _gihan(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 our own modules
        [sys.executable, "-m", "gihan", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise PlaygroundError(done.stderr.strip())
    return done.stdout


def _seat_players(url: str, environment: dict[str, str]) -> None:
    """Each player gets a chat on the page and presses the link of the invite; the lead comes first."""
    with httpx.Client(base_url=url, timeout=READY_WITHIN_S, **client_options(url)) as client:
        seats = [(one, _add_person(client, one)) for one in PLAYERS]
        for player, person in sorted(seats, key=lambda seat: seat[0].role == "officer"):
            options = ["--department", player.department, "--role", player.role, "--json"]
            code = json.loads(_gihan(environment, "invite", player.name, *options))[0]["code"]
            client.post("/sandbox/send", json={"person": person, "text": f"/start {code}"}).raise_for_status()
            _wait_for_answer(client, person)


def _add_person(client: httpx.Client, player: Player) -> int:
    facts = {"name": player.name, "label": player.label, "department": player.department}
    answer = client.post("/sandbox/persons", json=facts)
    answer.raise_for_status()
    return int(answer.json()["id"])


def _wait_for_answer(client: httpx.Client, person: int) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        chats: list[dict[str, Any]] = client.get("/sandbox/state").json()["chats"]
        messages = [one for chat in chats if chat["id"] == person for one in chat["messages"]]
        if any(one["from"]["is_bot"] for one in messages):
            return
        time.sleep(0.1)
    raise PlaygroundError("봇이 대답하지 않습니다. 다시 실행해 보십시오.")


def _last_lines(folder: Path) -> str:
    lines = (folder / "bot.log").read_text(encoding="utf-8").splitlines()
    return redact("\n".join(lines[-5:]))
