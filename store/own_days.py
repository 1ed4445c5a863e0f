"""Days of the organisation's own (휴무일) that the planning office entered: off, or worked in spite of the calendar."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from store.db import meta

KEY = "own_days"


@dataclass(frozen=True)
class OwnDay:
    """What the planning office says of a day, and what it is called."""

    on: date
    is_working: bool
    name: str


def entered(session: Session) -> dict[date, OwnDay]:
    """All of them, by day."""
    found = json.loads(meta.get(session, KEY) or "{}")
    days = (
        OwnDay(date.fromisoformat(on), bool(one["working"]), str(one["name"])) for on, one in found.items()
    )
    return {one.on: one for one in sorted(days, key=lambda one: one.on)}


def working(session: Session) -> dict[date, bool]:
    """Whether each is worked, as a calendar wants it."""
    return {on: one.is_working for on, one in entered(session).items()}


def put(session: Session, days: Iterable[OwnDay]) -> None:
    """They hold from now on, in the place of what was said of the same days."""
    _keep(session, entered(session) | {one.on: one for one in days})


def lift(session: Session, days: Iterable[date]) -> None:
    """Nothing is said of them any more."""
    gone = set(days)
    _keep(session, {on: one for on, one in entered(session).items() if on not in gone})


def _keep(session: Session, days: Mapping[date, OwnDay]) -> None:
    made = {on.isoformat(): {"working": one.is_working, "name": one.name} for on, one in days.items()}
    meta.put(session, KEY, json.dumps(made, ensure_ascii=False))
