"""What the commands share: their common options, and the settings they begin with."""

import os
import pwd
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from sqlalchemy.orm import Session

from bot import open_store
from bot.chat.operator import operator
from bot.ops import logs
from bot.settings import Settings, load
from bot.texts.render import label
from jobs.authority.permissions import Deed
from jobs.rules.policy import Rules
from store import own_days
from store.audit import Who
from store.db.engine import Store
from store.models import Officer

FAILED = 1

Config = Annotated[Path | None, typer.Option("--config", help=label("cli.option.config"))]
Force = Annotated[bool, typer.Option("--force", help=label("cli.option.force"))]
AsJson = Annotated[bool, typer.Option("--json", help=label("cli.option.json"))]
PlanName = Annotated[str | None, typer.Option("--plan", help=label("cli.option.plan"))]


def terminal_user() -> str:
    """By what somebody acts at the command line, for the log: the operating system's user."""
    return f"cli:{pwd.getpwuid(os.getuid()).pw_name}"


def new_act() -> str:
    """What binds the log's entries of one command together."""
    return f"cli:{uuid4().hex}"


def settings_of(config: Path | None, level: str = "WARNING") -> Settings:
    settings = load(config)
    logs.configure(level)
    return settings


@dataclass(frozen=True)
class Desk:
    """What most commands work with. `now` is the clock's instant in the organisation's zone."""

    settings: Settings
    store: Store
    rules: Rules
    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()

    def deed(self, session: Session, act: str) -> Deed:
        """What the operator does; `act` names it in the log."""
        return Deed(session, operator(self.now, act), self.now, self.rules)

    def deed_as(self, session: Session, officer: Officer) -> Deed:
        """The same by a person, whose rights the caller looks at."""
        who = Who(officer.id, officer.name, terminal_user(), new_act())
        return Deed(session, who, self.now, self.rules)


@contextmanager
def opened(config: Path | None, *, may_create: bool = False) -> Iterator[Desk]:
    """The desk, its store closed with the block."""
    settings = settings_of(config)
    rules, now = open_store.rules_of(settings), open_store.clock_of(settings).now()
    with closing(open_store.open_store(settings, may_create=may_create)) as store:
        with store.read() as session:
            rules.calendar.take(own_days.working(session))
        yield Desk(settings, store, rules, now.astimezone(settings.organisation.zone))
