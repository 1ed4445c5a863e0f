"""Points of time: a day, month, quarter, half or year as written (시점).

point := [year] (half | quarter | [month [part]] [day])
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from plans.time.rules import Cursor, number
from plans.time.scan import year_of_two
from plans.time.words import (
    HALVES,
    LABELS,
    MONTH_PARTS,
    RELATIVE_YEARS,
    SHORT_HALVES,
    TEN_DAYS,
    WEEKDAYS,
    WHOLE_YEAR,
    YEAR_UNITS,
)

LARGEST_DAY: Final = 31
OLDEST_SHORT_YEAR: Final = 13  # a bare first number above 12 cannot be a month, so it is a two-digit year
LAST_SHORT_YEAR: Final = 39  # 75.2 is a figure, whatever stands beside it


@dataclass(frozen=True)
class Point:
    """A day, month, quarter, half or year as written; None is "not written". `shift` counts from the plan's year."""

    year: int | None = None
    shift: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    bare: int | None = None  # a lone number after "~", whose level comes from the start of the range
    weekday: str | None = None
    is_lone: bool = False  # "4." without 월: a month only beside a year, in a range or in a list

    @property
    def has_year(self) -> bool:
        return self.year is not None or self.shift is not None


def year(cursor: Cursor) -> Point | None:
    """2021. · '21. · 21년 · 2021년도 · 올해; a bare 21. only where a month must follow."""
    word = cursor.take(*RELATIVE_YEARS)
    if word is not None:
        return Point(shift=RELATIVE_YEARS[word.text])
    quoted = cursor.take("apos") is not None
    token = cursor.take("num")
    if token is None or len(token.text) not in (2, 4):
        return None
    value = token.number if len(token.text) == 4 else year_of_two(token.number)
    if not 1980 <= value <= 2099:
        return None
    named = cursor.take(*YEAR_UNITS) is not None
    dotted = not named and cursor.take("dot") is not None
    is_sure = quoted or named or len(token.text) == 4
    return Point(year=value) if is_sure or (dotted and _short_year_fits(cursor, token.number)) else None


def _short_year_fits(cursor: Cursor, value: int) -> bool:
    """Whether "21." can only be a year: no month is that large, or month and day both follow."""
    if value >= OLDEST_SHORT_YEAR:
        return (value <= LAST_SHORT_YEAR and cursor.sees("num", "tilde")) or cursor.sees(*HALVES)
    return value >= 10 and cursor.sees("num") and cursor.sees("dot", ahead=1) and cursor.sees("num", ahead=2)


def half(cursor: Cursor) -> Point | None:
    """상반기 · 하반기 · 상 (before · and 하반기)."""
    word = cursor.take(*HALVES)
    if word is not None:
        cursor.take(*MONTH_PARTS)
        return Point(half=HALVES[word.text])
    return None


def quarter(cursor: Cursor) -> Point | None:
    """1분기 · 1/4분기."""
    value = number(cursor, 1, 4)
    if value is None:
        return None
    if cursor.take("slash") is not None and number(cursor, 4, 4) is None:
        return None
    if cursor.take("분기") is None:
        return None
    cursor.take(*MONTH_PARTS)
    return Point(quarter=value)


def month_day(cursor: Cursor) -> Point | None:
    """6. · 6월 · 6월 중 · 6월 상순 · 6. 7. · 6월 7일 · 6. 7.(월)."""
    month = number(cursor, 1, 12)
    if month is None:
        return None
    named = cursor.take("월")
    if named is None and cursor.take("dot") is None:
        return None
    part = cursor.take(*TEN_DAYS)
    if part is not None:
        return Point(month=month)  # 초순, 중순, 하순 say no more than 초 and 말
    found = cursor.attempt(lambda c: day_of(c, named is not None))
    if found is not None:
        return replace(found, month=month)
    cursor.take(*MONTH_PARTS)
    return Point(month=month, is_lone=named is None)


def day_of(cursor: Cursor, month_named: bool) -> Point | None:
    """The day after a month: 7. · 7일 · 7 (only at the end of a dotted date), with its weekday in brackets."""
    value = number(cursor, 1, 31)
    if value is None:
        return None
    named = cursor.take("일") is not None
    if not named and (month_named or (cursor.take("dot") is None and not is_free(cursor))):
        return None
    if cursor.sees("월", "년", "개월", "분기", "회") or cursor.sees(*LABELS[1:]):
        return None
    cursor.take("자")
    weekday = cursor.attempt(weekday_note)
    cursor.attempt(clock)
    return Point(day=value, weekday=weekday)


def is_free(cursor: Cursor) -> bool:
    """Whether nothing stands directly behind a number that would make it a count (3명, 2~3)."""
    token, before = cursor.peek(), cursor.peek(-1)
    if token is None or token.kind in ("open", "close", "comma", "slash", "tilde", "colon"):
        return True
    return before is not None and token.start > before.end and token.kind != "word"


def weekday_note(cursor: Cursor) -> str | None:
    """(월) · (월요일) · 월요일."""
    opened = cursor.take("open") is not None
    word = cursor.take(*WEEKDAYS)
    if word is None:
        return None
    full = cursor.take("요일") is not None
    if opened:
        return word.text if cursor.take("close") is not None else None
    return word.text if full else None


def clock(cursor: Cursor) -> bool | None:
    """13:30 ~ 17:00 · 오전 10시: read over, a plan's due is a day."""
    cursor.take("오전", "오후")
    if cursor.take("clock") is None:
        if number(cursor, 0, 24) is None or cursor.take("시") is None:
            return None
        if number(cursor, 0, 59) is not None and cursor.take("분") is None:
            return None
    if cursor.sees("tilde", "dash") and cursor.attempt(_clock_end) is None:
        return True
    return True


def _clock_end(cursor: Cursor) -> bool | None:
    cursor.take("tilde", "dash")
    return cursor.attempt(clock)


def point(cursor: Cursor) -> Point | None:
    """Any day, month, quarter, half or year."""
    whole = cursor.take(*WHOLE_YEAR)
    if whole is not None:
        return Point(month=WHOLE_YEAR[whole.text] or None, shift=0)
    return cursor.attempt(iso) or cursor.attempt(_dated_in_year) or cursor.attempt(_yearless)


def _dated_in_year(cursor: Cursor) -> Point | None:
    found = cursor.attempt(year)
    if found is None:
        return None
    cursor.take("comma", "slash") if cursor.sees(*HALVES, ahead=1) else None
    whole = cursor.take(*WHOLE_YEAR)
    inner = Point(month=WHOLE_YEAR[whole.text] or None) if whole is not None else cursor.attempt(_in_year)
    if inner is None:
        if cursor.take("말") is not None:
            return replace(found, month=12)
        cursor.take(*MONTH_PARTS)
        behind = cursor.peek()
        is_count = behind is not None and behind.number > LARGEST_DAY  # ’25. 416개소
        is_cut = cursor.sees("num", *LABELS) and not is_count and cursor.tokens[cursor.at - 1].kind == "dot"
        return None if is_cut or cursor.sees(*LABELS) else found
    return replace(inner, year=found.year, shift=found.shift)


def _in_year(cursor: Cursor) -> Point | None:
    """What follows a year; there a month needs no dot before "~" or at the end (2021.2~3., 2021. 12), a half no 반기."""
    return cursor.attempt(_yearless) or cursor.attempt(_loose_month) or cursor.attempt(_short_half)


def _short_half(cursor: Cursor) -> Point | None:
    """’26. 상 · ’26.하."""
    word = cursor.take(*SHORT_HALVES)
    if word is None:
        return None
    behind = cursor.peek()
    is_free = behind is None or behind.kind in ("dot", "close", "tilde", "comma", "slash", "arrow", "colon")
    if not is_free and behind is not None and behind.start == word.end:
        return None
    cursor.take("dot")
    return Point(half=SHORT_HALVES[word.text])


def _loose_month(cursor: Cursor) -> Point | None:
    if cursor.tokens[cursor.at - 1].kind != "dot":
        return None
    month = number(cursor, 1, 12)
    return Point(month=month) if month is not None and (is_free(cursor) or cursor.sees("other")) else None


def iso(cursor: Cursor) -> Point | None:
    """2021-03-04 · 2021/03/04(목) · 2021-03-04 09:00."""
    year = number(cursor, 1980, 2099)
    if year is None or cursor.take("dash", "slash") is None:
        return None
    month = number(cursor, 1, 12)
    if month is None or cursor.take("dash", "slash") is None:
        return None
    day = number(cursor, 1, 31)
    if day is None:
        return None
    weekday = cursor.attempt(weekday_note)
    cursor.attempt(clock)
    return Point(year=year, month=month, day=day, weekday=weekday)


def _yearless(cursor: Cursor) -> Point | None:
    return cursor.attempt(half) or cursor.attempt(quarter) or cursor.attempt(month_day)
