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
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from bot import app, open_store
from bot.chat import invites
from bot.chat.invites import Wish
from bot.cli import sandbox_round
from bot.cli.faults import PlaygroundError
from bot.ops import logs
from bot.settings import (
    ENV_PREFIX,
    OrganisationSettings,
    Settings,
    TelegramSettings,
    WebSettings,
    client_options,
)
from bot.texts.render import label, labels
from bot.texts.terminal import echo
from jobs.authority.permissions import Deed
from jobs.people import roster
from jobs.plans.register import Registrar
from jobs.settings import ClockSettings
from plans.read import plan_of
from plans.sheet.roster import read_roster
from reports.texts.states import ROLE_WORDS
from sandbox.server import Options, running
from store.db.settings import StoreSettings
from store.states import RoleName

BOT_ID = 1000001
START = "2026-06-29T09:00:00+09:00"  # a Monday, ten minutes before the daily message
ORGANISATION = "한별시"
READY_WITHIN_S = 30.0
USUAL_PORT = 8080


@dataclass(frozen=True)
class Player:
    """Somebody whom the newcomer plays on the page."""

    name: str
    department: str
    role: RoleName


# The officer has several things due in the first days of the sample plan; the lead is registered before them.
PLAYERS = (
    Player("박문수", "일자리경제과", RoleName.LEAD),
    Player("허준", "기획예산과", RoleName.PLANNER),
    Player("심청", "일자리경제과", RoleName.OFFICER),
)


def sandbox(
    port: Annotated[
        int | None, typer.Option(help=label("cli.option.port"), min=0, max=65535, show_default="8080")
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=label("cli.option.no-browser"))] = False,
) -> None:
    play(port, open_browser=not no_browser)


def play(port: int | None, *, open_browser: bool) -> None:
    """Runs until SIGINT or SIGTERM, at a free port where `port` is None and the usual one is taken. Raises
    PlaygroundError where a part does not start."""
    logs.configure("ERROR")
    token = f"{BOT_ID}:{secrets.token_urlsafe(26)}"  # another each time: no page can know it
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gihan-sandbox-")))
        url = _stand_in(stack, folder, port, token)
        step = stack.enter_context(_progress())
        settings = _settings(folder, url, token)
        step()
        codes = fill(settings)
        step()
        seating = Seating(url, codes, step, open_browser=open_browser)
        threading.Thread(target=seating.run, name="seating", daemon=True).start()
        app.run(settings)
    if seating.error is not None:
        raise seating.error


def _stand_in(stack: ExitStack, folder: Path, port: int | None, token: str) -> str:
    """The stand-in for Telegram in a thread, until the stack is closed; gives its address."""
    now = datetime.fromisoformat(START)

    def at(port: int) -> str:
        options = Options(port=port, token=token, clock_file=folder / "clock.json", now=now)
        return stack.enter_context(running(options)).url

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


def _settings(folder: Path, url: str, token: str) -> Settings:
    """Of the inner bot; only the API's address and the clock differ from a real one."""
    for key in [one for one in os.environ if one.startswith(ENV_PREFIX)]:
        del os.environ[key]  # nobody's own settings
    return Settings(
        telegram=TelegramSettings(token=SecretStr(token), api_base=url),
        store=StoreSettings(url=f"sqlite:///{folder / 'gihan.db'}"),
        web=WebSettings(listen="127.0.0.1:0"),
        clock=ClockSettings(file=folder / "clock.json"),
        organisation=OrganisationSettings(name=ORGANISATION),
    )


def fill(settings: Settings) -> list[str]:
    """The sample plan, its list of people with the teams of a department, pledges with an open self-check, and an invite
    for each player; gives their codes."""
    sample = resources.files("sandbox").joinpath("sample")
    plan, people = (sample.joinpath(name).read_text(encoding="utf-8") for name in ("plan.txt", "roster.txt"))
    now, rules = open_store.clock_of(settings).now(), open_store.rules_of(settings)
    today, by = rules.calendar.local_date(now), invites.operator(now, "sandbox")
    with closing(open_store.open_store(settings, may_create=True)) as store, store.write() as session:
        deed = Deed(session, by, now, rules)
        officer = PLAYERS[-1]
        sandbox_round.begin(deed, settings.review, officer.name, officer.department)
        Registrar(deed, plan_of(plan), "plan.txt").run()
        roster.take_over(deed, read_roster(people).rows)
        codes = []
        for one in PLAYERS:
            meant = invites.chosen(session, Wish(one.name, one.department, one.role, False), now, today)
            [row] = invites.invite(session, meant, one.role, now, settings.links, None, by)
            codes.append(row.code)
    return codes


class Seating:
    """Beside the bot: each player gets a chat on the page and presses the link of the invite; then the page is told."""

    def __init__(self, url: str, codes: list[str], step: Any, *, open_browser: bool) -> None:
        self.url, self.codes, self.step, self.open_browser = url, codes, step, open_browser
        self.error: PlaygroundError | None = None

    def run(self) -> None:
        """What fails ends the bot."""
        try:
            self._seat()
        except (PlaygroundError, httpx.HTTPError) as error:
            self.error = PlaygroundError(label("cli.sandbox.silent", error=error))
            signal.raise_signal(signal.SIGTERM)
            return
        echo(label("cli.sandbox.ready", url=self.url))
        sys.stdout.flush()
        if self.open_browser:
            webbrowser.open(self.url)

    def _seat(self) -> None:
        with httpx.Client(base_url=self.url, timeout=READY_WITHIN_S, **client_options(self.url)) as client:
            for player, code in zip(PLAYERS, self.codes, strict=True):
                person = _add_person(client, player)
                words = {"person": person, "text": f"/start {code}"}
                client.post("/sandbox/send", json=words).raise_for_status()
                _wait_for_answer(client, person)
                if player is PLAYERS[0]:
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
