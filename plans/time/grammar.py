"""The grammar of Korean time expressions: tokens -> a tree of points, spans and routines (시기 표현 문법).

    times   := routine | spans
    spans   := span (sep span)*
    span    := "~" point | point ["~" [point | open end]] [까지 | 부터]
    point   := [year] (half | quarter | [month [part]] [day])
    routine := 연중 | 매월 [첫째 주] [화요일] | [n] 주 m 회 …

Every rule takes the cursor, and either consumes its tokens and gives a node, or gives None and consumes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from plans.time.points import Point, is_free, point, weekday_note, year
from plans.time.rules import Cursor, number
from plans.time.words import (
    AFTER_CHANGE,
    BEFORE_CHANGE,
    LABELS,
    MONTH_PARTS,
    OPEN_ENDS,
    PLANNED,
    SINCE,
    UNTIL,
)

SEPARATORS: Final = ("comma", "slash", "mid")


@dataclass(frozen=True)
class Span:
    """From `first` to `last`, both included; None is an open end."""

    first: Point | None
    last: Point | None
    is_range: bool


class Times:
    """What a whole time expression says: the base of SpanList, Always and Rule."""


@dataclass
class SpanList(Times):
    """Several spans in one expression, in order."""

    spans: list[Span] = field(default_factory=list)


@dataclass
class Moved(Times):
    """A time and the one it was changed to: A → B, (당초) A (변경) B."""

    first: SpanList
    last: SpanList


def moved(cursor: Cursor) -> Moved | None:
    """[당초] spans (→ | 변경) spans, both as exact as each other and no mere years."""
    cursor.attempt(lambda c: _change_word(c, BEFORE_CHANGE))
    first = cursor.attempt(spans)
    is_arrow = cursor.take("arrow") is not None
    is_named = cursor.attempt(lambda c: _change_word(c, AFTER_CHANGE)) is not None
    last = cursor.attempt(spans) if first is not None and (is_arrow or is_named) else None
    if first is None or last is None or len(first.spans) != 1 or len(last.spans) != 1:
        return None
    return Moved(first, last) if _names_month(first.spans[0]) and _names_month(last.spans[0]) else None


def _change_word(cursor: Cursor, words: tuple[str, ...]) -> bool | None:
    """(당초) · 당초: · 변경"""
    opened = cursor.take("open")
    if cursor.take(*words) is None or (opened is not None and cursor.take("close") is None):
        return None
    cursor.take("colon")
    return True


def _names_month(item: Span) -> bool:
    """Whether every point of a span is at least a half year."""
    points = [point for point in (item.first, item.last) if point is not None]
    return all(point.month or point.quarter or point.half or point.bare for point in points)


def spans(cursor: Cursor) -> SpanList | None:
    """span (sep span)*, labels such as 1기 or (2차) read over; 상·하반기 and 3, 6, 9월 are lists, too."""
    first = cursor.attempt(one_or_more)
    if first is None:
        return None
    found = SpanList(first)
    while (more := cursor.attempt(_next_spans)) is not None:
        found.spans += more
    return None if len(found.spans) == 1 and _is_list_number(found.spans[0]) else found


def _is_list_number(item: Span) -> bool:
    """Whether a span is only "4.", which numbers a heading as often as it names a month."""
    point = item.first or item.last
    return point is not None and point.is_lone and not point.has_year and not item.is_range


def _next_spans(cursor: Cursor) -> list[Span] | None:
    cursor.attempt(note)
    if cursor.take(*SEPARATORS, "및", "와", "과") is None:
        return None
    return cursor.attempt(one_or_more)


def note(cursor: Cursor) -> bool | None:
    """A remark in brackets, read over: (1기) · (금) · (잠정)."""
    if cursor.take("open") is None:
        return None
    for _ in range(12):
        if cursor.take("close") is not None:
            return True
        if cursor.peek() is None or cursor.sees("open"):
            return None
        cursor.at += 1
    return None


def one_or_more(cursor: Cursor) -> list[Span] | None:
    """A span, or one of the short lists: 상·하반기, 1·3분기, 3, 6, 9월."""
    cursor.attempt(label)
    rules = (both_halves, listed_quarters, listed_months, short_years)
    listed = next((found for rule in rules if (found := cursor.attempt(rule)) is not None), None)
    if listed is not None:
        return listed
    single = cursor.attempt(span)
    return None if single is None else [single]


def label(cursor: Cursor) -> bool | None:
    """1기 · 2차: : what numbers the span."""
    if number(cursor, 1, 99) is None or cursor.take(*LABELS) is None:
        return None
    cursor.take("colon")
    return True


def _leading_year(cursor: Cursor) -> Point:
    return cursor.attempt(year) or Point()


def both_halves(cursor: Cursor) -> list[Span] | None:
    """상·하반기."""
    base = _leading_year(cursor)
    if cursor.take("상") is None:
        return None
    cursor.take(*SEPARATORS)
    if cursor.take("하반기") is None:
        return None
    return [_single(replace(base, half=1)), _single(replace(base, half=2))]


def listed_quarters(cursor: Cursor) -> list[Span] | None:
    """1·3분기 · 1~3분기 (one range) · 1/4 ~ 2/4분기."""
    base = _leading_year(cursor)
    start = _quarter_number(cursor)
    sign = cursor.take("mid", "comma", "tilde")
    last = _quarter_number(cursor)
    if start is None or sign is None or last is None or cursor.take("분기") is None:
        return None
    first, second = replace(base, quarter=start), replace(base, quarter=last)
    return [Span(first, second, True)] if sign.kind == "tilde" else [_single(first), _single(second)]


def _quarter_number(cursor: Cursor) -> int | None:
    value = number(cursor, 1, 4)
    if value is not None and cursor.sees("slash"):
        cursor.take("slash")
        return value if number(cursor, 4, 4) is not None else None
    return value


def listed_months(cursor: Cursor) -> list[Span] | None:
    """3, 6, 9월 · 2~3월 · 2, 7월: numbers that only the last one's 월 names."""
    base = _leading_year(cursor)
    runs = [cursor.attempt(_month_run)]
    while runs[-1] is not None and not cursor.sees("월"):
        runs.append(cursor.attempt(_month_run) if cursor.take("mid", "comma", "slash") is not None else None)
    if (
        runs[-1] is None
        or cursor.take("월") is None
        or (len(runs) == 1 and runs[0] is not None and runs[0][1] is None)
    ):
        return None
    if cursor.sees("num") and cursor.sees("일", ahead=1):
        return None
    cursor.take(*MONTH_PARTS)
    return [_months(base, *run) for run in runs if run is not None]


def short_years(cursor: Cursor) -> list[Span] | None:
    """18~19년: two short years that only the last one's 년 names."""
    first = number(cursor, 10, 99)
    if first is None or cursor.take("tilde") is None:
        return None
    last = number(cursor, 10, 99)
    if last is None or cursor.take("년") is None:
        return None
    return [Span(Point(year=2000 + first), Point(year=2000 + last), True)]


def _month_run(cursor: Cursor) -> tuple[int, int | None] | None:
    start = number(cursor, 1, 12)
    if start is None:
        return None
    if cursor.take("tilde", "dash") is None:
        return start, None
    last = number(cursor, 1, 12)
    return None if last is None else (start, last)


def _months(base: Point, start: int, last: int | None) -> Span:
    first = replace(base, month=start)
    return _single(first) if last is None else Span(first, replace(base, month=last), True)


def _single(found: Point) -> Span:
    return Span(found, found, False)


def span(cursor: Cursor) -> Span | None:
    """~ point · point ~ point · point ~ · point ~ 지속 · point 까지 · point 부터."""
    if cursor.take("tilde") is not None:
        last = cursor.attempt(point)
        cursor.take(*UNTIL)
        return None if last is None else Span(None, last, True)
    first = cursor.attempt(point)
    if first is None:
        return None
    return cursor.attempt(lambda c: range_from(first, c)) or _bounded(first, cursor)


def _bounded(first: Point, cursor: Cursor) -> Span:
    if cursor.take(*UNTIL) is not None:
        return Span(None, first, True)
    if cursor.take(*SINCE) is not None:
        last = cursor.attempt(point)
        if last is not None:
            cursor.take(*UNTIL)
        return Span(first, last, True)
    cursor.attempt(_planned)
    return _single(first)


def _planned(cursor: Cursor) -> bool | None:
    taken = cursor.take(*PLANNED)
    while taken is not None and cursor.take(*PLANNED):
        pass
    return None if taken is None else True


def range_from(first: Point, cursor: Cursor) -> Span | None:
    """What follows the start of a range: "~ point", "~ 지속" or "~" alone; a dash needs a point behind it."""
    sign = cursor.take("tilde", "dash")
    if sign is None:
        return None
    last = cursor.attempt(point) or cursor.attempt(lambda c: bare_end(first, c))
    if last is not None:
        cursor.take(*UNTIL)
        cursor.attempt(_planned)
        return Span(first, last, True)
    if sign.kind == "dash" or cursor.sees("num"):
        return None
    cursor.take("apos")
    while cursor.take(*OPEN_ENDS) is not None:
        pass
    cursor.take(*UNTIL)
    return Span(first, None, True)


def bare_end(first: Point, cursor: Cursor) -> Point | None:
    """The lone number that ends "2021. 1. ~ 12" or "4. 1. ~ 5일"."""
    value = number(cursor, 1, 31)
    if value is None:
        return None
    if cursor.take("일") is not None:
        return Point(bare=value) if first.day is not None else None
    if cursor.take("dot") is None and not is_free(cursor):
        return None
    weekday = cursor.attempt(weekday_note)
    return Point(bare=value, weekday=weekday)
