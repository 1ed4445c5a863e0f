"""What the commands share: their common options, and the settings they begin with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from bot import opening
from bot.chat.invites import operator
from bot.ops import logs
from bot.settings import Settings, load
from jobs.authority.access import Deed
from jobs.rules.policy import Rules
from store.db.engine import Store

FAILED = 1

Config = Annotated[
    Path | None, typer.Option("--config", help="설정 파일 (기본: GIHAN_CONFIG, ./config.toml)")
]
Force = Annotated[bool, typer.Option("--force", help="이미 있는 것을 대신합니다.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다.")]
PlanName = Annotated[str | None, typer.Option("--plan", help="계획 제목의 일부 또는 id")]


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


@contextmanager
def opened(config: Path | None, *, may_create: bool = False) -> Iterator[Desk]:
    """The desk, its store closed with the block."""
    settings = settings_of(config)
    rules, now = opening.rules_of(settings), opening.clock_of(settings).now()
    with closing(opening.open_store(settings, may_create=may_create)) as store:
        yield Desk(settings, store, rules, now.astimezone(settings.organisation.zone))
