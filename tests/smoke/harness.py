"""Real processes for smoke tests: the sandbox server, `gihan run`, the command line, and people who chat."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx

from tests.shell import Shell, others

TOKEN = "1234567:SMOKE-token-that-must-never-be-logged"
WAIT_S = 60.0
T = TypeVar("T")
ROOT = Path(__file__).parents[2]


def until(look: Callable[[], T | None], what: str, within_s: float = WAIT_S) -> T:
    """What `look` finds, looked for again and again. Raises AssertionError after that time."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


@dataclass
class Telegram:
    """The sandbox server and its control API."""

    folder: Path
    start: str
    options: tuple[str, ...] = ()  # further ones of `python -m sandbox`
    patience_s: float = 90.0  # for one answer, as a move of the clock takes its time
    process: subprocess.Popen[str] = field(init=False)
    url: str = field(init=False)

    def __post_init__(self) -> None:
        self.clock_file = self.folder / "clock.json"
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "sandbox", "--port", "0", "--token", TOKEN),
                *("--clock-file", str(self.clock_file), "--now", self.start),
                *self.options,
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().split()[-1]
        self.client = httpx.Client(base_url=self.url, timeout=self.patience_s)

    def post(self, path: str, **body: object) -> Any:
        answer = self.client.post(f"/sandbox/{path}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(f"/sandbox/{path}", params=query).json()

    def move_to(self, instant: str) -> None:
        self.post("clock", to=instant)

    def sends(self, chat: int | None = None) -> list[dict[str, Any]]:
        """Messages the bot has successfully put into chats, as the API log has them."""
        calls = self.get("calls", method="sendMessage")["calls"]
        return [one for one in calls if chat is None or int(one["params"]["chat_id"]) == chat]

    def close(self) -> None:
        self.client.close()
        self.process.terminate()
        self.process.wait(10)
        if self.process.stdout is not None:
            self.process.stdout.close()


@dataclass
class Person:
    """Somebody with a phone."""

    telegram: Telegram
    id: int

    def write(self, text: str) -> None:
        self.telegram.post("send", person=self.id, text=text)

    def press(self, message: dict[str, Any], label: str) -> None:
        """Press the button whose label contains the words."""
        data = next(b["callback_data"] for b in buttons(message) if label in b["text"])
        self.telegram.post("press", person=self.id, message_id=message["message_id"], data=data)

    def press_data(self, message: dict[str, Any], data: str) -> None:
        """Press a button that is not, or no longer, on the message."""
        self.telegram.post("press", person=self.id, message_id=message["message_id"], data=data, forged=True)

    def messages(self) -> list[dict[str, Any]]:
        """What stands in the chat, oldest first."""
        chats = self.telegram.get("state")["chats"]
        return next((chat["messages"] for chat in chats if chat["id"] == self.id), [])

    def received(self) -> list[dict[str, Any]]:
        return [one for one in self.messages() if one["from"]["is_bot"]]

    def ask(self, text: str, answers: int = 1) -> dict[str, Any]:
        """Write and wait for the answer."""
        before = len(self.received())
        self.write(text)
        return self.wait_for(before + answers)

    def tap(self, message: dict[str, Any], label: str) -> dict[str, Any]:
        """Press and wait for the answer."""
        before = len(self.received())
        self.press(message, label)
        return self.wait_for(before + 1)

    def wait_for(self, count: int) -> dict[str, Any]:
        found = until(lambda: self.received() if len(self.received()) >= count else None, f"{count} messages")
        return found[-1]


def buttons(message: dict[str, Any]) -> list[dict[str, str]]:
    return [button for row in message["keyboard"] or [] for button in row]


@dataclass
class Office:
    """One organisation: its store, its `gihan run`, its command line."""

    telegram: Telegram
    folder: Path
    run_process: subprocess.Popen[str] | None = None
    variables: dict[str, str] = field(default_factory=dict)  # settings beside, or instead of, the usual

    @property
    def _own(self) -> dict[str, str]:
        own = {
            "GIHAN_TELEGRAM__TOKEN": TOKEN,
            "GIHAN_TELEGRAM__API_BASE": self.telegram.url,
            "GIHAN_STORE__URL": f"sqlite:///{self.folder / 'gihan.db'}",
            "GIHAN_WEB__LISTEN": "127.0.0.1:0",
            "GIHAN_CLOCK__FILE": str(self.telegram.clock_file),
            "GIHAN_ORGANISATION__NAME": "한별시",
        }
        return own | self.variables

    @property
    def environment(self) -> dict[str, str]:
        return others() | self._own

    def gihan(self, *arguments: str, code: int = 0) -> str:
        """A command's standard output, beside the running bot; its exit code is checked."""
        return Shell(self.folder, self._own)(*arguments, code=code)

    def json(self, *arguments: str) -> Any:
        return json.loads(self.gihan(*arguments, "--json"))

    def start(self) -> None:
        self.log = self.folder / "run.log"
        with self.log.open("a") as log:
            self.run_process = subprocess.Popen(
                [sys.executable, "-m", "gihan", "run"],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                text=True,
            )

    def kill(self) -> None:
        """kill -9"""
        assert self.run_process is not None
        self.run_process.send_signal(signal.SIGKILL)
        self.run_process.wait(10)

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        assert self.run_process is not None
        self.run_process.terminate()
        return self.run_process.wait(15)

    def milestone(self, number: int) -> dict[str, Any]:
        return next(one for one in self.json("list") if one["id"] == number)

    def link(self, *arguments: str) -> list[Person]:
        """Invite people and let each of them press the link; waits for the welcome."""
        people = []
        for row in self.json("invite", *arguments):
            person = self.telegram.post("persons", name=row["name"], department=row["department"] or "")
            newcomer = Person(self.telegram, person["id"])
            newcomer.ask(f"/start {row['code']}")
            people.append(newcomer)
        return people
