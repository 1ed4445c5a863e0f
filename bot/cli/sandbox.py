"""`gihan sandbox`: a stand-in for Telegram, a sample plan and the real bot, in one process and a temporary folder."""

import os
import secrets
import signal
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import Context
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from bot import app
from bot.cli.faults import PlaygroundError
from bot.cli.sandbox_town import PlayedTown, Player, fill, sample
from bot.ops import logs
from bot.settings import (
    OrganisationSettings,
    Settings,
    TelegramSettings,
    WebSettings,
    client_options,
)
from bot.settings_file import ENV_PREFIX
from bot.texts.render import label, labels
from bot.texts.terminal import echo
from jobs.settings import ClockSettings
from reports.texts.speaking import Language, language, settle
from reports.texts.states import ROLE_WORDS
from sandbox.server import Options, running
from store.db.settings import StoreSettings

BOT_ID = 1000001
START = "2026-06-29T09:00:00+09:00"  # a Monday, ten minutes before the daily message
READY_WITHIN_S = 30.0
USUAL_PORT = 8080


def sandbox(
    port: Annotated[
        int | None, typer.Option(help=label("cli.option.port"), min=0, max=65535, show_default="8080")
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=label("cli.option.no-browser"))] = False,
) -> None:
    play(port, open_browser=not no_browser)


def play(port: int | None, *, open_browser: bool) -> None:
    """Runs until SIGINT or SIGTERM, at a free port where `port` is None and the usual one is taken; a town that is to
    begin anew does so at the same port. Raises PlaygroundError where a part does not start."""
    logs.configure("ERROR")
    wanted: Language | None = language()
    while wanted is not None:
        town = PlayedTown(wanted)
        # In a context of its own the house's language is spoken, which the page may change.
        port = Context().run(_live, town, port, open_browser=open_browser)
        wanted, open_browser = town.next_language, False


def _live(town: PlayedTown, port: int | None, *, open_browser: bool) -> int:
    """One town from its beginning to its end; gives its port."""
    settle(town.language)
    token = f"{BOT_ID}:{secrets.token_urlsafe(26)}"  # another each time: no page can know it
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gihan-sandbox-")))
        options = Options(token=token, clock_file=folder / "clock.json", now=datetime.fromisoformat(START))
        url = _stand_in(stack, replace(options, language=town.language, town=town), port)
        step = stack.enter_context(_progress())
        settings = town.settings = _settings(folder, url, token, sample(town.language).organisation)
        step()
        codes = fill(settings, town.language)
        step()
        seating = Seating(url, town, codes, step, open_browser=open_browser)
        threading.Thread(target=seating.run, name="seating", daemon=True).start()
        app.run(settings)
    if seating.error is not None:
        raise seating.error
    return int(url.rpartition(":")[2])


def _stand_in(stack: ExitStack, options: Options, port: int | None) -> str:
    """The stand-in for Telegram in a thread, until the stack is closed; gives its address."""

    def at(port: int) -> str:
        return stack.enter_context(running(replace(options, port=port))).url

    try:
        return at(USUAL_PORT if port is None else port)
    except OSError as error:
        if port is not None:
            raise PlaygroundError(label("cli.sandbox.port", port=port)) from error
    echo(label("cli.sandbox.another-port", port=USUAL_PORT), err=True)
    return at(0)


@contextmanager
def _progress() -> Iterator[Any]:
    """Gives what is called at each step: a bar where somebody looks."""
    with Progress(
        TextColumn("{task.description}"), BarColumn(), transient=True,
        console=Console(stderr=True), disable=not sys.stderr.isatty(),
    ) as bar:  # fmt: skip
        told = labels("cli.sandbox.steps")
        task, steps = bar.add_task("", total=len(told)), iter(told)

        def step() -> None:
            bar.update(task, advance=1, description=next(steps))
            if bar.tasks[task].finished:
                bar.stop()

        yield step


def _settings(folder: Path, url: str, token: str, organisation: str) -> Settings:
    """Of the inner bot; only the API's address and the clock differ from a real one."""
    for key in [one for one in os.environ if one.startswith(ENV_PREFIX)]:
        del os.environ[key]  # nobody's own settings
    return Settings(
        telegram=TelegramSettings(token=SecretStr(token), api_base=url),
        store=StoreSettings(url=f"sqlite:///{folder / 'gihan.db'}"),
        web=WebSettings(listen="127.0.0.1:0"),
        clock=ClockSettings(file=folder / "clock.json"),
        organisation=OrganisationSettings(name=organisation, language=language()),
    )


class Seating:
    """Beside the bot: each player gets a chat on the page and presses the link of the invite; then the page is told."""

    def __init__(
        self, url: str, town: PlayedTown, codes: list[str], step: Any, *, open_browser: bool
    ) -> None:
        self.url, self.town, self.step, self.open_browser = url, town, step, open_browser
        self.codes, self.players = codes, sample(town.language).players
        self.error: PlaygroundError | None = None

    def run(self) -> None:
        """What fails ends the bot."""
        try:
            self._seat()
        except (PlaygroundError, httpx.HTTPError) as error:
            self.error = PlaygroundError(label("cli.sandbox.silent", error=error))
            signal.raise_signal(signal.SIGTERM)
            return
        self.town.is_ready = True
        echo(label("cli.sandbox.ready", url=self.url))
        sys.stdout.flush()
        if self.open_browser:
            webbrowser.open(self.url)

    def _seat(self) -> None:
        with httpx.Client(base_url=self.url, timeout=READY_WITHIN_S, **client_options(self.url)) as client:
            for player, code in zip(self.players, self.codes, strict=True):
                person = _add_person(client, player)
                words = {"person": person, "text": f"/start {code}"}
                client.post("/sandbox/send", json=words).raise_for_status()
                _wait_for_answer(client, person)
                if player is self.players[0]:
                    self.step()
            self.step()


def _add_person(client: httpx.Client, player: Player) -> int:
    facts = {"name": player.name, "label": ROLE_WORDS[player.role], "department": player.department}
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
    raise PlaygroundError(label("cli.sandbox.seconds", seconds=f"{READY_WITHIN_S:.0f}"))
