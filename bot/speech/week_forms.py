"""Days in the weeks of a month: 12월 둘째 주 금요일, 12월 마지막 금요일, 12월 2주차."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.speech.calendar_forms import MONTH, MONTH_REF, YEAR, month_of, year_of
from bot.speech.days import MONTHS, WEEKDAYS, Doubt, Leaning, Rule, Value, When, month_end
from bot.speech.numerals import value

ORDINALS: Final = {
    "첫": 1,
    "둘": 2,
    "두": 2,
    "셋": 3,
    "세": 3,
    "넷": 4,
    "네": 4,
    "다섯": 5,
    "마지막": 0,
    "끝": 0,
    "막": 0,
}
LAST: Final = 0
WEEK_DAYS: Final = 7
FRIDAY: Final = 4


def _number(found: re.Match[str]) -> int:
    word = found["nth"] or found["count"]
    return int(word) if word.isdigit() else ORDINALS[word]


def _month(found: re.Match[str], when: When) -> tuple[int, int] | None:
    """Year and month that are named, the next such month where no year is (where something was done: the last)."""
    if found["ref"]:
        return month_of(found["ref"], when.today)
    month, year = value(found["m"]), year_of(found, when.today)
    if not 1 <= month <= MONTHS:
        return None
    if year is None:
        is_past, is_coming = month < when.today.month, month > when.today.month
        year = when.today.year + (is_past if when.leaning is Leaning.FUTURE else -is_coming)
    return year, month


def by_occurrence(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The nth such weekday of the month, the last one for LAST; None where there is none."""
    first = date(year, month, 1)
    days = [first + timedelta(days=(weekday - first.weekday()) % WEEK_DAYS + 7 * step) for step in range(5)]
    days = [one for one in days if one.month == month]
    if nth == LAST:
        return days[-1]
    return days[nth - 1] if nth <= len(days) else None


def by_row(year: int, month: int, nth: int, weekday: int) -> date:
    """That weekday in the nth row of a calendar sheet whose rows begin on Monday."""
    start = month_end(year, month) if nth == LAST else date(year, month, 1)
    monday = start - timedelta(days=start.weekday())
    return monday + timedelta(days=weekday + 7 * max(nth - 1, 0))


def _week(found: re.Match[str], when: When) -> Value:
    """Sure where counting weekdays and counting rows give the same day; otherwise both are offered."""
    named = _month(found, when)
    word = found["weekday"]
    if named is None:
        return Doubt(f"“{found[0].strip()}”은 없는 달입니다.")
    weekday = WEEKDAYS.index(word) if word else FRIDAY
    nth = _number(found)
    counted, row = by_occurrence(*named, nth, weekday), by_row(*named, nth, weekday)
    is_only_weekday = not found["week"]
    if word and counted is not None and (is_only_weekday or counted == row):
        return counted
    days = tuple(sorted({one for one in (counted, row) if one is not None}))
    return Doubt(f"“{found[0].strip()}”이 며칠인지 알 수 없습니다.", days)


_MONTH_NAMED = rf"(?:(?:{YEAR}\s*)?{MONTH}|{MONTH_REF})(?:\s*의)?"
_NTH = rf"(?:(?P<nth>{'|'.join(sorted(ORDINALS, key=len, reverse=True))}|[1-5])\s*(?:번\s*째|째|째번)?"
_ON = r"(?:\s*(?P<weekday>[월화수목금토일])(?:요일|욜|(?![가-힣])|(?=까지)))?(?:\s*(?:초|중|말|안|내))?"
RULES: Final = (
    Rule(re.compile(rf"{_MONTH_NAMED}\s*{_NTH}|(?P<count>[1-5]))\s*(?P<week>주(?:차)?){_ON}"), _week),
    Rule(re.compile(rf"{_MONTH_NAMED}\s*{_NTH}|(?P<count>(?!)))\s*(?P<week>(?!))?(?P<weekday>[월화수목금토일])(?:요일|욜)"), _week),
)  # fmt: skip
