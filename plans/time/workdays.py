"""What comes again on a working day of the month or on days of the calendar: 매월 5번째 근무일, 매월 15일 -> a rule and its days.

A rule is an RRULE value (plans/time/recurrence.py), or `FREQ=MONTHLY;BYWORKDAY=5`, which RFC 5545 cannot say: the fifth
working day, counted from the end below 0.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from plans.time.either import read_prefix
from plans.time.recurrence import Recurrence, read_rule
from plans.time.timeline import CannotSay, Context

MOST: Final = 20  # working days of a month
AHEAD: Final = 800  # days in which the next turn of any rule lies
_WORKDAY: Final = re.compile(r"FREQ=MONTHLY(?:;INTERVAL=([1-9]|1[0-2]))?;BYWORKDAY=(-?[1-9]|-?1[0-9]|-?20)")
_SPOKEN: Final = re.compile(
    r"매\s?(월|달|분기|반기)\s?(?:(\d{1,2})\s?번째|제\s?(\d{1,2})|(첫|둘째|셋째|넷째|다섯째|마지막)(?:\s?번째)?)\s?(?:근무일|영업일)"
    r"|(?i:every (month|quarter|half-year) on the (\d{1,2})(?:st|nd|rd|th)|every (month|quarter|half-year) on the (first|last)) "
    r"(?i:working|business) day"
)
_ORDINALS: Final = {
    "첫": 1,
    "둘째": 2,
    "셋째": 3,
    "넷째": 4,
    "다섯째": 5,
    "마지막": -1,
    "first": 1,
    "last": -1,
}
_MONTHS: Final = {"월": 1, "달": 1, "month": 1, "분기": 3, "quarter": 3, "반기": 6, "half-year": 6}
FRIDAY: Final = 4
MONTHS_A_YEAR: Final = 12


def read_every(text: str, year: int) -> str | None:
    """The rule that the words say; None where they say none that has days."""
    said = " ".join(text.split())
    spoken = _SPOKEN.fullmatch(said)
    if spoken is not None:
        unit, *places = [one for one in spoken.groups() if one is not None]
        place = _ORDINALS.get(places[0].casefold()) or int(places[0])
        step = _MONTHS[unit.casefold()]
        interval = f";INTERVAL={step}" if step > 1 else ""
        return f"FREQ=MONTHLY{interval};BYWORKDAY={place}" if 0 < abs(place) <= MOST else None
    if _WORKDAY.fullmatch(said) or read_rule(said) is not None:
        return said
    found = read_prefix(said, Context(year))
    if isinstance(found, CannotSay) or found.rrule is None or said[found.end :].strip():
        return None
    rule = read_rule(found.rrule)
    return found.rrule if rule is not None and rule.comes_due else None


def names_days(rule: str) -> bool:
    """It says on which days; else it means whole weeks, months or years, or is no rule."""
    known = read_rule(rule)
    return _WORKDAY.fullmatch(rule) is not None or (known is not None and known.has_days)


def falls_on(rule: str, day: date, first: date, is_working: Callable[[date], bool]) -> bool:
    """Whether a rule, counted from `first`, has one of its turns on that day; False for what is no rule."""
    if (by_workday := _WORKDAY.fullmatch(rule)) is not None:
        return _is_workday(day, int(by_workday[1] or 1), int(by_workday[2]), is_working)
    known = read_rule(rule)
    return known is not None and _falls(known, day, first)


def next_turn(rule: str, after: date, is_working: Callable[[date], bool]) -> date | None:
    """The first day behind `after` on which the rule falls; one that is off is met on the working day before, where that lies
    behind `after`, too. None for what is no rule."""
    first = date(after.year, 1, 1)
    for number in range(1, AHEAD):
        day = after + timedelta(days=number)
        if falls_on(rule, day, first, is_working) and (met := _worked(day, is_working)) > after:
            return met
    return None


def _worked(day: date, is_working: Callable[[date], bool]) -> date:
    while not is_working(day):
        day -= timedelta(days=1)
    return day


def _is_workday(day: date, months: int, place: int, is_working: Callable[[date], bool]) -> bool:
    """It is that working day of its month; of a quarter or half of its first month, of its last where counted from the end."""
    turn = (day.month - 1) % months if place > 0 else day.month % months
    if turn != 0 or not is_working(day):
        return False
    last = monthrange(day.year, day.month)[1]
    span = range(1, day.day + 1) if place > 0 else range(day.day, last + 1)
    return sum(is_working(day.replace(day=one)) for one in span) == abs(place)


def _falls(rule: Recurrence, day: date, first: date) -> bool:
    """Its day, or the last of the week, months or year that it means."""
    if rule.has_days:
        return rule.falls_on(day, first)
    if rule.frequency == "WEEKLY":
        return day.weekday() == FRIDAY and rule.falls_on(day, first)
    months = MONTHS_A_YEAR if rule.frequency == "YEARLY" and not rule.months else rule.interval
    is_last = day.day == monthrange(day.year, day.month)[1]
    if rule.months:
        return is_last and day.month in rule.months
    return is_last and day.month % months == 0
