"""What a date in a conversation can mean: a day, a length, or a doubt with the days worth offering."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import Final, Protocol

MONTHS: Final = 12


class Leaning(Enum):
    """Which way a date without its year leans."""

    PAST = "when something was done"
    FUTURE = "until when something is put off"


class Workdays(Protocol):
    """The days on which the organisation works; whoever reads dates is handed them."""

    def is_working(self, day: date) -> bool: ...
    def previous_or_same(self, day: date) -> date: ...
    def next_or_same(self, day: date) -> date: ...


@dataclass(frozen=True)
class When:
    """From where a date is seen: the speaker's day, which way it leans, and the working days."""

    today: date
    leaning: Leaning
    calendar: Workdays


@dataclass(frozen=True)
class Shift:
    """So many days and months, to be counted from the milestone's own due day."""

    days: int = 0
    months: int = 0

    def from_day(self, day: date) -> date:
        """The shifted day; a month that is too short gives its last day."""
        year, month = month_after(day, self.months)
        return date(year, month, min(day.day, monthrange(year, month)[1])) + timedelta(days=self.days)


@dataclass(frozen=True)
class Doubt:
    """What cannot be taken as it was said, a date or a text: the code of its sentence, days worth offering, its facts."""

    code: str
    choices: tuple[date, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


Value = date | Shift | Doubt


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def month_after(day: date, months: int) -> tuple[int, int]:
    """Year and month so many months after the day's own."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return year, month + 1


def month_end_after(day: date) -> date:
    """The end of the day's month; of the next month where it is the last day itself."""
    last = month_end(day.year, day.month)
    return last if day < last else month_end(*month_after(day, 1))
