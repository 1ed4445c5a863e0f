"""The year that written weekdays fit (요일에 맞는 연도): 3. 17.(월) is of 2025, whatever year the title is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from plans.time.words import WEEKDAY_NAMES

LEAST: Final = 2  # different days with a weekday from which a year is told
_DAY: Final = re.compile(
    r"(?<![\d.년])(?<!\d\. )(?<!년 )(\d{1,2})(?:\. ?|월 ?)(\d{1,2})[.일]? ?\(([월화수목금토일])\)"
)


def year_of_weekdays(text: str, year: int | None) -> int | None:
    """`year`, or the year before or after it where every day that is written without a year, but with its weekday, falls
    on that weekday in this one alone; with fewer than LEAST such days `year`."""
    days = {found.groups() for found in _DAY.finditer(text)}
    if year is None or len(days) < LEAST or any(_fits(days, year)):
        return year
    others = [one for one in (year - 1, year + 1) if all(_fits(days, one))]
    return others[0] if len(others) == 1 else year


def _fits(days: set[tuple[str, ...]], year: int) -> Iterator[bool]:
    """Of each day whether it has its weekday in the year; one that is no day of it has not."""
    for month, day, weekday in days:
        try:
            yield WEEKDAY_NAMES[date(year, int(month), int(day)).weekday()] == weekday
        except ValueError:
            yield False
