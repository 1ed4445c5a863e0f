"""Who acts at the terminal in one transaction, with whose rights; and the days, hours and departments that are typed there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from bot.chat.turn import UsageError
from bot.cli.files import write
from bot.cli.options import Desk, opened
from bot.cli.privacy import person_named
from bot.speech.dates import Leaning, When, read
from bot.texts.render import label
from jobs.authority.permissions import Action, Deed, Standing, has, may_department, standing_of
from jobs.plans.registration import RegisterError
from reports import hours
from store import officers
from store.models import Department

SHEET = ".xlsx"


@dataclass(frozen=True)
class Acting:
    """Who acts, in which transaction: the operator, or a person with that person's rights."""

    desk: Desk
    session: Session
    deed: Deed
    person: Standing | None

    def ensure(self, action: Action) -> None:
        """Raises UsageError where the person may not do it at all."""
        if self.person is not None and not has(self.person, action):
            raise UsageError(label("cli.asks.not-allowed"))

    def may(self, action: Action) -> bool:
        """The person may do it at all; the operator may."""
        return self.person is None or has(self.person, action)

    def ensure_for(self, action: Action, department: Department) -> None:
        """The same for one department."""
        if self.person is not None and not may_department(self.person, action, department.id):
            raise UsageError(label("cli.asks.not-allowed"))

    def is_of(self, department: Department) -> bool:
        """Who acts belongs to the department; anybody else acts on its behalf (대리 입력)."""
        return self.person is not None and self.person.officer.department_id == department.id


@contextmanager
def acting(
    config: Path | None, person: str | None, act: str, refusals: AbstractContextManager[None]
) -> Iterator[Acting]:
    """Everything that happens inside is one transaction; a refusal changes nothing. `act` names it in the log where the
    operator does it; `refusals` tell what the rules refuse."""
    with opened(config) as desk, desk.store.write() as session, refusals:
        if person is None:
            yield Acting(desk, session, desk.deed(session, act), None)
            return
        officer = person_named(session, person)
        yield Acting(desk, session, desk.deed_as(session, officer), standing_of(session, officer, desk.today))


def day_of(text: str, desk: Desk, leaning: Leaning = Leaning.FUTURE) -> date:
    """The day that was typed. Raises UsageError."""
    found = read(text, When(desk.today, leaning, desk.rules.calendar))
    if found is None or found.rest or not isinstance(found.value, date):
        raise UsageError(label("cli.asks.no-day", said=text))
    return found.value


def minute_of(text: str) -> int:
    """14:00 -> the minute of the day. Raises UsageError."""
    found = hours.minute_of(text)
    if found is None:
        raise UsageError(label("cli.asks.no-time", said=text))
    return found


def names_of(text: str) -> tuple[str, ...]:
    """도로과,공원과 -> both."""
    return tuple(one.strip() for one in text.split(",") if one.strip())


def department_named(session: Session, name: str) -> Department:
    """Raises UsageError where there is none of that name."""
    found = officers.department(session, name)
    if found is None:
        raise UsageError(label("cli.asks.no-department", said=name))
    return found


def write_sheet(output: Path, content: bytes) -> None:
    """Raises RegisterError for another ending."""
    if output.suffix.lower() != SHEET:
        raise RegisterError(label("cli.not-xlsx"))
    write(output, content)
