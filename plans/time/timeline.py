"""A Korean time expression -> windows, or a rule, or "cannot say" with the reason (시기 읽기).

Pure: the year that a text leaves out comes from the context, never from a clock. A time is never guessed.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from plans.draft import Kind, Precision, Window
from plans.facts import Fact, Reason
from plans.time.grammar import Moved, Span, SpanList, Times, moved, note, spans
from plans.time.points import Point, clock
from plans.time.routines import Always, Rule, routine
from plans.time.rules import Cursor
from plans.time.tokens import tokenize
from plans.time.words import COMPARED, PLANNED, SCHOOL_YEAR, SOME_DAY, WEEKDAY_NAMES, YEAR

LONGEST_EXPRESSION: Final = 200  # characters; a longer text is prose, not a time


Turning = Literal["same", "next", "asked"]
"""What a month means that falls back behind the entry before: the same year, the next one, or nobody knows."""

Code = Literal["unreadable-time", "year-unknown", "impossible-day", "reversed-span", "after-condition"]
"""Why a time cannot be said, as findings name it."""


@dataclass(frozen=True)
class Context:
    """Where a missing year comes from: `before` is the time of the entry before in the same list, else `year`.

    `year` is that of the line, of the titles above or of the plan; `doubt` says why no year can be given at all.
    """

    year: int | None = None
    before: Window | None = None
    turning: Turning = "same"
    doubt: str | None = None


@dataclass(frozen=True)
class Remark:
    """What a person should check about a time that was read: the code of the finding and its facts."""

    code: Literal["weekday-differs", "year-carried", "date-moved", "season-read"]
    facts: dict[str, Fact] = field(hash=False)


@dataclass(frozen=True)
class CannotSay:
    """Why a text is not read as a time, for a finding; `is_date_like` when it looked like one."""

    reason: Reason
    is_date_like: bool = False
    code: Code = "unreadable-time"


@dataclass(frozen=True)
class Reading:
    """What a time expression says; `end` is where in the text it ends.

    `is_year_written`: the text itself names the year. `original` is the time before a change (A in "A → B").
    `trouble`: the words are a time, but one that cannot be said (parse_prefix only).
    """

    kind: Kind
    windows: tuple[Window, ...] = ()
    rrule: str | None = None
    end: int = 0
    has_tail: bool = False
    remarks: tuple[Remark, ...] = ()
    is_year_written: bool = False
    original: tuple[Window, ...] = ()
    trouble: CannotSay | None = None


class _TimeError(ValueError):
    """A time that can be read but not said: why, as a code with its facts."""

    def __init__(self, why: str, code: Code = "unreadable-time", **facts: str | int) -> None:
        super().__init__(why)
        self.said = CannotSay({"why": why, **facts}, is_date_like=True, code=code)


NOT_A_TIME: Final = CannotSay({"why": "no-time"})
UNKNOWN_YEAR: Final[Reason] = {"why": "unknown-year"}
UNREADABLE: Final = CannotSay({"why": "unreadable"}, is_date_like=True)


def read_time(text: str, context: Context) -> Reading | CannotSay:
    """Reads the whole of `text` as a time; remarks in brackets and 예정 may follow, other words may not."""
    found = read_prefix(text, context)
    if isinstance(found, Reading) and found.has_tail:
        return CannotSay({"why": "words-behind", "words": text[found.end :].strip()[:40]}, is_date_like=True)
    return found


def read_prefix(text: str, context: Context) -> Reading | CannotSay:
    """Reads the longest time that `text` starts with."""
    found = parse_prefix(text, context)
    return found.trouble if isinstance(found, Reading) and found.trouble is not None else found


def parse_prefix(text: str, context: Context) -> Reading | CannotSay:
    """The same; a time that has the form of one and cannot be said is a Reading with `trouble` and no windows."""
    if (some_day := SOME_DAY.match(text)) is not None:
        behind = parse_prefix(text[some_day.end() :], context)
        if isinstance(behind, Reading) and behind.windows:
            return replace(behind, end=behind.end + some_day.end())
    cursor = Cursor(tokenize(text[:LONGEST_EXPRESSION]))
    first = cursor.peek()
    if first is None or COMPARED.match(text) or first.kind not in {"num", "apos", "tilde", "word", "open"}:
        return NOT_A_TIME
    rules: tuple[Callable[[Cursor], Times | None], ...] = (moved, routine, spans)
    tree = next((found for rule in rules if (found := cursor.attempt(rule)) is not None), None)
    if tree is None:
        return UNREADABLE if _is_date_like(cursor) else NOT_A_TIME
    end = cursor.end
    if SCHOOL_YEAR.match(text, end - 1):  # 2024학년도: a name of its own, which runs from March
        return NOT_A_TIME
    _read_over_tail(cursor)
    has_tail = cursor.peek() is not None or len(text) > LONGEST_EXPRESSION
    try:
        return replace(_resolve(tree, context), end=end, has_tail=has_tail)
    except ValueError as problem:
        trouble = problem.said if isinstance(problem, _TimeError) else UNREADABLE
        return Reading("dated", end=end, has_tail=has_tail, trouble=trouble)


def _is_date_like(cursor: Cursor) -> bool:
    """A number with a dot or a unit of time behind it, or an apostrophe year."""
    if cursor.sees("apos") and cursor.sees("num", ahead=1):
        return True
    token = cursor.peek()
    is_year = token is not None and 1980 <= token.number <= 2099
    return is_year and cursor.sees("dot", YEAR, ahead=1)


def _read_over_tail(cursor: Cursor) -> None:
    rules: tuple[Callable[[Cursor], bool | None], ...] = (note, clock)
    while any(cursor.attempt(rule) for rule in rules) or cursor.take("dot", *PLANNED):
        pass


def _resolve(tree: Times, context: Context) -> Reading:
    if isinstance(tree, Always):
        return Reading("ongoing")
    if isinstance(tree, Rule):
        return Reading("recurring", rrule=tree.rrule)
    if isinstance(tree, Moved):
        return _moved(tree, context)
    if isinstance(tree, SpanList):
        return _dated(tree, context)
    raise TypeError(type(tree))


def _moved(tree: Moved, context: Context) -> Reading:
    """The later of the two times counts; a missing year comes from the first."""
    first = _dated(tree.first, context)
    then = _dated(tree.last, replace(context, before=first.windows[-1], turning="asked"))
    remark = moved_remark(first.windows[-1])
    return replace(
        then,
        original=first.windows,
        is_year_written=first.is_year_written or then.is_year_written,
        remarks=(*first.remarks, *then.remarks, remark),
    )


def moved_remark(before: Window) -> Remark:
    """What a person should know of a time that was moved: where it was before."""
    return Remark("date-moved", {"days": [day.isoformat() for day in _ends(before)]})


def _ends(window: Window) -> list[date]:
    return list(dict.fromkeys(day for day in (window.start, window.due) if day is not None))


def _dated(tree: SpanList, context: Context) -> Reading:
    """Windows of all spans; each takes a missing year from the one before it."""
    windows: list[Window] = []
    remarks: list[Remark] = []
    for item in tree.spans:
        window, notes = _window(item, context)
        windows.append(window)
        remarks += notes
        context = Context(context.year, window)
    is_open = any(window.due is None for window in windows)
    head = tree.spans[0].first or tree.spans[0].last
    is_written = head is not None and head.year is not None
    return Reading(
        "open" if is_open else "dated", tuple(windows), remarks=tuple(remarks), is_year_written=is_written
    )


def _window(item: Span, context: Context) -> tuple[Window, list[Remark]]:
    first, last = item.first, item.last
    notes: list[Remark] = []
    if first is not None and not first.has_year:
        first, notes = _with_missing_year(first, context)
    if last is not None:
        last, more = _end_point(first, last, context)
        notes += more
    start = None if first is None else bounds(first, context)[0]
    due = None if last is None else bounds(last, context)[1]
    if start is not None and due is not None and start > due:
        raise _TimeError("reversed", "reversed-span")
    both = item.is_range and first is not None and last is not None
    only = first if first is not None else last
    precision: Precision = "range" if both or only is None else precision_of(only)
    notes += [found for part in (first, last) if part is not None for found in _weekday_remark(part, context)]
    return Window(start=start, due=due, precision=precision), list(dict.fromkeys(notes))


def _with_missing_year(point: Point, context: Context) -> tuple[Point, list[Remark]]:
    """The point in the year of the entry before it in its list, else of the context."""
    before = context.before
    if context.doubt is not None:
        raise _TimeError(context.doubt, "year-unknown")
    if before is None:
        return _with_year(point, context.year), []
    turned = _year_after(_position(point)[0], before)
    if turned is not None:
        return replace(point, year=turned), []
    start = before.start or before.due
    year = context.year if start is None else start.year
    if context.turning == "asked":
        raise _TimeError("falls-back", "year-unknown")
    if context.turning == "same" or year is None:
        return _with_year(point, year), []
    return replace(point, year=year + 1), [Remark("year-carried", {"year": year + 1})]


def _year_after(month: int, before: Window) -> int | None:
    """The year in which this month does not fall back behind the time before it; None where it does in each."""
    first, last = before.start or before.due, before.due or before.start
    if first is None or last is None:
        return None
    if first.year == last.year:
        return first.year if month >= first.month else None
    return last.year if month < first.month else None


def _with_year(point: Point, value: int | None) -> Point:
    if value is None:
        raise _TimeError("unknown-year", "year-unknown")
    return replace(point, year=value)


def _end_point(first: Point | None, last: Point, context: Context) -> tuple[Point, list[Remark]]:
    """The end of a range with what it leaves out taken from the start: level of a bare number, then the year."""
    if first is None:
        return (last, []) if last.has_year else _with_missing_year(last, context)
    return _end_behind(first, last), []


def _end_behind(first: Point, last: Point) -> Point:
    if last.bare is not None:
        last = _bare(first, last)
    elif last.month is not None and last.day is None and first.day is not None and not last.has_year:
        last = _short_end(first, last)
    if last.has_year:
        return last
    wraps = _position(last) < _position(first)
    if wraps and _is_reversed(first, last):
        raise _TimeError("reversed", "reversed-span")
    year = (first.year + int(wraps)) if first.year is not None else None
    return replace(last, year=year, shift=None if year is not None else first.shift)


def _is_reversed(first: Point, last: Point) -> bool:
    """Whether an end before its start cannot be meant as the next year: days of one month."""
    return first.month is not None and first.month == last.month and first.day is not None


def _bare(first: Point, last: Point) -> Point:
    value = last.bare or 0
    if first.day is not None:
        return replace(last, bare=None, year=first.year, shift=first.shift, month=first.month, day=value)
    if _is_year_alone(first) and value > 12 and first.year is not None and first.year % 100 < value:
        return replace(last, bare=None, year=first.year // 100 * 100 + value)  # ’23. ~ 24.
    if first.month is None or value > 12:
        raise _TimeError("unclear-end")
    return replace(last, bare=None, month=value)


def _is_year_alone(point: Point) -> bool:
    return point.month is None and point.quarter is None and point.half is None


def _short_end(first: Point, last: Point) -> Point:
    """ "4. 1. ~ 5." ends on the 5th when that is later in the month; "4. 20. ~ 5." cannot be told."""
    value = last.month or 0
    if value >= (first.day or 0):
        return replace(last, year=first.year, shift=first.shift, month=first.month, day=value)
    raise _TimeError("unclear-end")


def _position(point: Point) -> tuple[int, int]:
    """Where in a year a point lies, to see that 11월 ~ 2월 runs into the next year."""
    if point.half is not None:
        return (point.half * 6 - 5, 0)
    if point.quarter is not None:
        return (point.quarter * 3 - 2, 0)
    return (point.month or 1, point.day or 0 if point.day else 0)


def precision_of(point: Point) -> Precision:
    """How exactly a single point is written."""
    levels: tuple[tuple[object, Precision], ...] = (
        (point.day, "day"),
        (point.month, "month"),
        (point.quarter, "quarter"),
        (point.half, "half"),
    )
    return next((name for value, name in levels if value is not None), "year")


def bounds(point: Point, context: Context) -> tuple[date, date]:
    """First and last day of a point whose year is known. Raises ValueError for no such day."""
    year = point.year
    if year is None:
        year = _with_year(point, context.year).year if point.shift is not None else None
        year = None if year is None else year + (point.shift or 0)
    if year is None:
        raise _TimeError("unknown-year", "year-unknown")
    if point.day is not None:
        day = _day(year, point.month or 1, point.day)
        return day, day
    first, last = _months_of(point)
    return date(year, first, 1), month_end(year, last)


def _months_of(point: Point) -> tuple[int, int]:
    if point.month is not None:
        return point.month, point.month
    if point.quarter is not None:
        return point.quarter * 3 - 2, point.quarter * 3
    if point.half is not None:
        return point.half * 6 - 5, point.half * 6
    return 1, 12


def _day(year: int, month: int, day: int) -> date:
    if day > calendar.monthrange(year, month)[1]:
        raise _TimeError("no-such-day", "impossible-day", year=year, month=month, day=day)
    return date(year, month, day)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _weekday_remark(point: Point, context: Context) -> list[Remark]:
    if point.weekday is None or point.day is None:
        return []
    day = bounds(point, context)[0]
    if point.weekday == WEEKDAY_NAMES[day.weekday()]:
        return []
    return [Remark("weekday-differs", {"day": day.isoformat(), "written": point.weekday})]
