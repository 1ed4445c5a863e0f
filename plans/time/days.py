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
YEAR_DAYS = 366  # a 29th of February further off is none
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
    """The day in the year that fits the leaning; a doubt where the other side of today is as likely."""
    today = when.today
    made = [make_in(today.year + step) for step in (-1, 0, 1)]
    days = [one for one in made if isinstance(one, date)]
    past, ahead = [one for one in days if one < today], [one for one in days if one >= today]
    if when.leaning is Leaning.FUTURE:
        if past and (today - past[-1]).days <= LONG_PAST_DAYS:
            return Doubt(f"{name(past[-1])}은 이미 지난 날입니다.", tuple(ahead[:1]))
        return ahead[0] if ahead and (ahead[0] - today).days <= YEAR_DAYS else made[1]
    told = today if today in days else past[-1] if past else None
    near = next((one for one in ahead if one > today), None)
    limit = NEAR_FUTURE_DAYS if near is not None and near.year == today.year else JUST_AHEAD_DAYS
    if told is not None and near is not None and (near - today).days <= limit:
        return Doubt(f"{name(near)}은 아직 오지 않은 날입니다.", (told,))
    return made[1] if told is None else told
