"""The part of the time grammar about what comes again and again: 연중, 매월 둘째 주 화요일, 반기 1회 (정례 일정).

Source: the forms of the plan contract; rules follow RFC 5545.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from plans.time.grammar import SEPARATORS, Times, spans
from plans.time.points import clock
from plans.time.rules import Cursor, number
from plans.time.words import (
    ALWAYS,
    EVERY,
    MONTH_PARTS,
    MORE,
    ORDINALS,
    PER,
    TEN_DAYS,
    WEEKDAYS,
    YEARLY,
    Frequency,
)


@dataclass(frozen=True)
class Always(Times):
    """All year round (연중·상시·수시)."""


@dataclass(frozen=True)
class Rule(Times):
    """A calendar rule; `rrule` is None for a quota without months (연 3회)."""

    rrule: str | None


def routine(cursor: Cursor) -> Times | None:
    """연중 · 매월 … · 월 1회 · 연 2회(2월/7월), which is a list of months."""
    rules: tuple[Callable[[Cursor], Times | None], ...] = (every, quota, always)
    return next((found for rule in rules if (found := cursor.attempt(rule)) is not None), None)


def always(cursor: Cursor) -> Always | None:
    """연중 · 연 중 · 연중 상시 · 수시로."""
    if cursor.take(*ALWAYS) is None and (cursor.take("연") is None or cursor.take("중") is None):
        return None
    cursor.take("mid", "comma") if cursor.sees(*ALWAYS, ahead=1) else None
    while cursor.take(*ALWAYS) is not None:
        pass
    return Always()


def every(cursor: Cursor) -> Times | None:
    """매월 … · 분기별 … with the days that follow, a count that repeats it (분기별 1회) or the months in brackets."""
    frequency = cursor.attempt(_frequency)
    if frequency is None:
        return None
    count = cursor.attempt(times_a_turn)
    if count is not None and count > 1:
        named = cursor.attempt(named_in_brackets)
        return Rule(None) if named is None else named
    days = cursor.attempt(days_of_week) if frequency[0] == "WEEKLY" else cursor.attempt(days_of_month)
    months = cursor.attempt(_month_of_year) if frequency[0] == "YEARLY" else None
    cursor.attempt(clock)
    plain = Rule(write_rule(frequency, days or months))
    named = None if days or months else cursor.attempt(named_in_brackets)
    return plain if named is None else named


def _frequency(cursor: Cursor) -> Frequency | None:
    """매월 · 매 분기 · 반기별."""
    if cursor.take("매") is not None:
        unit = cursor.take(*PER)
        return None if unit is None else PER[unit.text]
    word = cursor.take(*EVERY)
    return None if word is None else EVERY[word.text]


def quota(cursor: Cursor) -> Times | None:
    """월 1회 · 2주 1회 · 연 3회, then the times in brackets where they are named."""
    turned = cursor.attempt(_turned)
    if turned is not None:
        return turned
    interval = number(cursor, 1, 12)
    unit = cursor.take(*PER)
    if unit is None or (interval is not None and unit.text in ("월", "일", "분기", "반기", "연", "연간")):
        return None
    if unit.text == "개월" and interval is None:
        return None
    cursor.take("각")
    count = times_a_turn(cursor)
    if count is None:
        return None
    frequency, step = PER[unit.text]
    named = cursor.attempt(named_in_brackets)
    if named is not None:
        return named
    return Rule(write_rule((frequency, step * (interval or 1)), None) if count == 1 else None)


def _turned(cursor: Cursor) -> Rule | None:
    """2회/년 · 1회/월."""
    count = times_a_turn(cursor)
    unit = cursor.take(*PER) if count is not None and cursor.take("slash") is not None else None
    return None if unit is None else Rule(write_rule(PER[unit.text], None) if count == 1 else None)


def times_a_turn(cursor: Cursor) -> int | None:
    """1회 · 1회 이상 · 1~2회 (counts as many)."""
    count = number(cursor, 1, 999)
    if count is not None and cursor.take("tilde") is not None:
        count = number(cursor, 1, 999)
    if count is None or cursor.take("회") is None:
        return None
    cursor.take(*MORE)
    return count


def named_in_brackets(cursor: Cursor) -> Times | None:
    """(2월/7월) · (상·하반기) · (매월 첫째 주), or ", 2월·7월": the more exact times behind a quota."""
    sign = cursor.take("open", "comma")
    if sign is None:
        return None
    rules: tuple[Callable[[Cursor], Times | None], ...] = (spans, every, quota)
    inner = next((found for rule in rules if (found := cursor.attempt(rule)) is not None), None)
    cursor.take("중", "각", "예정")
    is_closed = cursor.peek() is None if sign.kind == "comma" else cursor.take("close") is not None
    return inner if is_closed else None


def write_rule(frequency: Frequency, days: str | None) -> str:
    """An RRULE value: FREQ, INTERVAL where not 1, then the days."""
    name, interval = frequency
    parts = [f"FREQ={name}"] + ([f"INTERVAL={interval}"] if interval > 1 else []) + ([days] if days else [])
    return ";".join(parts)


def days_of_week(cursor: Cursor) -> str | None:
    """매주 (화요일) · 화·목요일."""
    days = cursor.attempt(weekday_list)
    return None if days is None else "BYDAY=" + ",".join(days)


def weekday_list(cursor: Cursor) -> list[str] | None:
    """화요일 · 화, 목요일 · (화): at least one, the last with 요일 unless in brackets."""
    opened = cursor.take("open") is not None
    days: list[str] = []
    while (word := cursor.take(*WEEKDAYS)) is not None:
        days.append(WEEKDAYS[word.text])
        full = cursor.take("요일") is not None
        if cursor.sees(*SEPARATORS, "및") and cursor.sees(*WEEKDAYS, ahead=1):
            cursor.take(*SEPARATORS, "및")
        elif full or opened:
            break
    if opened and cursor.take("close") is None:
        return None
    before = cursor.peek(-1)
    return days if days and before is not None and (opened or before.text == "요일") else None


def days_of_month(cursor: Cursor) -> str | None:
    """매월 둘째, 셋째 주 화요일 · 매월 15일 · 매월 말일; a week without a weekday is over on its Friday."""
    if cursor.take("말일") is not None:
        return "BYMONTHDAY=-1"
    dates = cursor.attempt(_dates)
    if dates is not None:
        return "BYMONTHDAY=" + ",".join(map(str, dates))
    weeks = cursor.attempt(week_list)
    if weeks is None:
        cursor.take(*MONTH_PARTS, *TEN_DAYS)
        return None
    days = cursor.attempt(weekday_list) or ["FR"]
    return "BYDAY=" + ",".join(f"{week}{day}" for week in weeks for day in days)


def _dates(cursor: Cursor) -> list[int] | None:
    """15일 · 1, 15일 · 5일, 20일."""
    dates: list[int] = []
    last = cursor.attempt(_last_of_span)
    if last is not None:
        return [last]
    while (value := number(cursor, 1, 31)) is not None:
        dates.append(value)
        named = cursor.take("일") is not None
        if not (cursor.sees("comma", "mid") and cursor.sees("num", ahead=1)):
            return dates if named else None
        cursor.take("comma", "mid")
    return None


def _last_of_span(cursor: Cursor) -> int | None:
    """25일 ~ 30일: what comes again in these days is due on the last."""
    if number(cursor, 1, 31) is None:
        return None
    cursor.take("일")
    last = number(cursor, 1, 31) if cursor.take("tilde") is not None else None
    return last if last is not None and cursor.take("일") is not None else None


def week_list(cursor: Cursor) -> list[int] | None:
    """둘째, 셋째 주 · 1·3주 · 마지막 주; 주 may be left out before the weekday."""
    weeks: list[int] = []
    while (week := cursor.attempt(_week)) is not None:
        weeks.append(week)
        cursor.take("주", "주차")
        if cursor.attempt(_then_week) is None:
            break
    return weeks or None


def _then_week(cursor: Cursor) -> bool | None:
    """A separator that another week follows; the cursor stops before the week."""
    if cursor.take("comma", "mid", "및", "와", "과", "slash") is None:
        return None
    at = cursor.at
    found = cursor.attempt(_week)
    cursor.at = at
    return None if found is None else True


def _week(cursor: Cursor) -> int | None:
    word = cursor.take(*ORDINALS)
    if word is not None:
        return ORDINALS[word.text]
    week = number(cursor, 1, 5)
    if week is None:
        return None
    cursor.take("째", "번째")
    return week if cursor.sees("주", "주차", "comma", "mid") else None


def _month_of_year(cursor: Cursor) -> str | None:
    """매년 3월 · 매년 3월 15일 · 매년 1월 10일 ~ 20일 · 매년 4월 3주차."""
    month = number(cursor, 1, 12)
    if month is None or cursor.take("월") is None:
        return None
    last = cursor.attempt(_last_of_span)
    if last is not None:
        return f"BYMONTH={month};BYMONTHDAY={last}"
    weeks = cursor.attempt(week_list)
    if weeks is not None:
        days = cursor.attempt(weekday_list) or ["FR"]
        return f"BYMONTH={month};BYDAY=" + ",".join(f"{week}{day}" for week in weeks for day in days)
    day = number(cursor, 1, 31)
    if day is None:
        cursor.take(*MONTH_PARTS)
        return f"BYMONTH={month}"
    return f"BYMONTH={month};BYMONTHDAY={day}" if cursor.take("일") is not None else None


def quota_a_year(expr: str) -> int | None:
    """How often a year (연 3회), where the time says that and no more; once a year is a turn of its own."""
    found = YEARLY.search(expr)
    return int(found[1]) if found is not None and int(found[1]) > 1 else None
