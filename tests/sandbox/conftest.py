"""A sandbox server in a thread, the real python-telegram-bot client, and the control API."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import Bot

from sandbox.server import Options, Running, running

FAKE_BOT = Path(__file__).with_name("fake_bot.py")
WAIT_S = 30


@dataclass
class Control:
    """The control API, as the page uses it."""

    client: httpx.Client

    def post(self, path: str, status: int = 200, **body: Any) -> Any:
        """The answer to a POST, whose status must be as said."""
        answer = self.client.post(f"/sandbox/{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def get(self, path: str, **query: Any) -> Any:
        """The answer to a GET."""
        return self.client.get(f"/sandbox/{path}", params=query).raise_for_status().json()

    def person(self, name: str, is_started: bool = True, **more: Any) -> int:
        """The id of a new person, who has pressed [시작] unless told otherwise."""
        found = self.post("persons", name=name, **more)
        if is_started:
            self.post("send", person=found["id"], text="/start")
        return int(found["id"])

    def messages(self, chat: int) -> list[Any]:
        """All messages of a chat."""
        return list(self.get("state", chat=chat)["chats"][0]["messages"])

    def wait_for(self, seen: Callable[[Any], bool]) -> Any:
        """The first state that fits, awaited by the long poll."""
        version = 0
        while True:
            self.get("state", since=version, timeout=WAIT_S)
            state = self.get("state")
            if seen(state):
                return state
            version = state["version"]


@dataclass
class Client:
    """The real client, called from plain tests: `bot("send_message", chat_id=1, text="…")`."""

    bot: Bot
    runner: asyncio.Runner

    def __call__(self, method: str, **arguments: Any) -> Any:
        """The result of one call."""
        return self.runner.run(getattr(self.bot, method)(**arguments))


Start = Callable[..., Running]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts servers with the options given; they end with the test."""
    contexts = []

    def starting(**options: Any) -> Running:
        contexts.append(running(Options(**options)))
        return contexts[-1].__enter__()

    yield starting
    for context in contexts:
        context.__exit__(None, None, None)


@pytest.fixture
def clock_file(tmp_path: Path) -> Path:
    """Where the business clock is kept."""
    return tmp_path / "clock.json"


@pytest.fixture
def server(start: Start, clock_file: Path) -> Running:
    """A server whose clock stands at Monday 2026-06-29 09:00 in Seoul."""
    return start(
        clock_file=clock_file, now=datetime.fromisoformat("2026-06-29T09:00:00+09:00"), ack_timeout_s=WAIT_S
    )


@contextmanager
def connected(server: Running) -> Iterator[Control]:
    """The control API of a server."""
    with httpx.Client(base_url=server.url, timeout=2 * WAIT_S, trust_env=False) as client:
        yield Control(client)


@pytest.fixture
def control(server: Running) -> Iterator[Control]:
    """The control API of the server."""
    with connected(server) as found:
        yield found


@pytest.fixture
def bot(server: Running) -> Iterator[Client]:
    """The bot as python-telegram-bot sees it."""
    telegram = Bot(server.token, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot")
    with asyncio.Runner() as runner:
        runner.run(telegram.initialize())
        yield Client(telegram, runner)
        runner.run(telegram.shutdown())


@pytest.fixture
def bot_process(server: Running, clock_file: Path) -> Iterator[None]:
    """A bot in a process of its own that follows the clock."""
    command = [sys.executable, str(FAKE_BOT), server.url, server.token, str(clock_file)]
    with subprocess.Popen(command) as process:
        yield
        process.kill()
