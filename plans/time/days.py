"""What a date in a conversation can mean: a day, a length, or a doubt with the days worth offering."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Protocol

from plans.time.words import WEEKDAY_NAMES

MONTHS = 12
LONG_PAST_DAYS = 60  # a due day without a year that is past by less was meant to be past, or is a slip
NEAR_FUTURE_DAYS = 60  # the same for a day of completion that is yet to come
JUST_AHEAD_DAYS = 31  # the same where only the day of next year is yet to come


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
        year, month = divmod(day.year * MONTHS + day.month - 1 + self.months, MONTHS)
        moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return moved + timedelta(days=self.days)

    def __str__(self) -> str:
        """2주 · 10일 · 1개월, as messages say it."""
        if self.months:
            return f"{self.months}개월"
        return f"{self.days}일" if self.days % 7 else f"{self.days // 7}주"


@dataclass(frozen=True)
class Doubt:
    """Something that looks like a date and cannot be taken as one: the reason in a sentence, days worth offering."""

    reason: str
    choices: tuple[date, ...] = ()


Value = date | Shift | Doubt


def make(year: int, month: int, day: int) -> date | Doubt:
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= month <= MONTHS:
            return Doubt(f"{month}월은 없는 달입니다.")
        return Doubt(f"{year}년 {month}월 {day}일은 없는 날짜입니다.")


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


def name(day: date) -> str:
    """2026. 12. 4.(금)"""
    return f"{day.year}. {day.month}. {day.day}.({WEEKDAY_NAMES[day.weekday()]})"


def in_some_year(make_in: Callable[[int], date | Doubt], when: When) -> date | Doubt:
    """The day in the year that fits the leaning; a doubt where two years are as likely."""
    this = make_in(when.today.year)
    other = make_in(when.today.year + (1 if when.leaning is Leaning.FUTURE else -1))
    if isinstance(this, Doubt):
        return this if isinstance(other, Doubt) or abs((other - when.today).days) > 366 else other
    return _ahead(this, make_in, when) if when.leaning is Leaning.FUTURE else _behind(this, make_in, when)


def _ahead(this: date, make_in: Callable[[int], date | Doubt], when: When) -> date | Doubt:
    before, after = make_in(this.year - 1), make_in(this.year + 1)
    past = next(
        (
            one
            for one in (before, this)
            if isinstance(one, date) and 0 < (when.today - one).days <= LONG_PAST_DAYS
        ),
        None,
    )
    ahead = this if this >= when.today else after
    if past is not None:
        offered = (ahead,) if isinstance(ahead, date) else ()
        return Doubt(f"{name(past)}은 이미 지난 날입니다.", offered)
    return ahead


def _unless_next_year(this: date, make_in: Callable[[int], date | Doubt], when: When) -> date | Doubt:
    """In December “1월 4일” is rather the one that comes than the one almost a year ago."""
    after = make_in(this.year + 1)
    if isinstance(after, Doubt) or (after - when.today).days > JUST_AHEAD_DAYS:
        return this
    return Doubt(f"{name(after)}은 아직 오지 않은 날입니다.", (this,))


def _behind(this: date, make_in: Callable[[int], date | Doubt], when: When) -> date | Doubt:
    if this <= when.today:
        return _unless_next_year(this, make_in, when)
    other = make_in(this.year - 1)
    if (this - when.today).days <= NEAR_FUTURE_DAYS:
        return Doubt(f"{name(this)}은 아직 오지 않은 날입니다.", (other,) if isinstance(other, date) else ())
    return other
