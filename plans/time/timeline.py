"""A Korean time expression -> windows, or a rule, or "cannot say" with the reason (시기 읽기).

Pure: the year that a text leaves out comes from the context, never from a clock. A time is never guessed.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from plans.draft import Kind, Precision, Window
from plans.time.cursor import Cursor
from plans.time.grammar import Span, SpanList, Times, note, spans
from plans.time.points import Point, clock
from plans.time.routines import Always, Rule, routine
from plans.time.tokens import tokenize
from plans.time.words import PLANNED, WEEKDAY_NAMES

LONGEST_EXPRESSION: Final = 200  # characters; a longer text is prose, not a time


@dataclass(frozen=True)
class Context:
    """Where a missing year comes from: `previous` is the end of the dated entry above, `year` the plan's year."""

    year: int | None = None
    previous: date | None = None

    @property
    def nearest_year(self) -> int | None:
        return self.previous.year if self.previous is not None else self.year


@dataclass(frozen=True)
class Reading:
    """What a time expression says; `end` is where in the text it ends, `warnings` what a person should check."""

    kind: Kind
    windows: tuple[Window, ...] = ()
    rrule: str | None = None
    end: int = 0
    has_tail: bool = False
    warnings: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class CannotSay:
    """Why a text is not read as a time (Korean, for a finding); `is_date_like` when it looked like one."""

    reason: str
    is_date_like: bool = False


NOT_A_TIME: Final = CannotSay("시기를 나타내는 말이 아닙니다")


def read_time(text: str, context: Context) -> Reading | CannotSay:
    """Reads the whole of `text` as a time; remarks in brackets and 예정 may follow, other words may not."""
    found = read_prefix(text, context)
    if isinstance(found, Reading) and found.has_tail:
        return CannotSay(f"시기 뒤에 읽을 수 없는 말이 있습니다: {text[found.end :].strip()[:40]}", True)
    return found


def read_prefix(text: str, context: Context) -> Reading | CannotSay:
    """Reads the longest time that `text` starts with."""
    cursor = Cursor(tokenize(text[:LONGEST_EXPRESSION]))
    if not cursor.sees("num", "apos", "tilde", "word"):
        return NOT_A_TIME
    tree: Times | None = cursor.attempt(routine)
    tree = cursor.attempt(spans) if tree is None else tree
    if tree is None:
        return CannotSay("날짜로 보이지만 읽을 수 없습니다", True) if _is_date_like(cursor) else NOT_A_TIME
    end = cursor.end
    _read_over_tail(cursor)
    has_tail = cursor.peek() is not None or len(text) > LONGEST_EXPRESSION
    try:
        return replace(_resolve(tree, context), end=end, has_tail=has_tail)
    except ValueError as problem:
        return CannotSay(str(problem), True)


def _is_date_like(cursor: Cursor) -> bool:
    """A number with a dot or a unit of time behind it, or an apostrophe year."""
    if cursor.sees("apos") and cursor.sees("num", ahead=1):
        return True
    token = cursor.peek()
    is_year = token is not None and 1980 <= token.number <= 2099
    return is_year and cursor.sees("dot", "년", ahead=1)


def _read_over_tail(cursor: Cursor) -> None:
    rules: tuple[Callable[[Cursor], bool | None], ...] = (note, clock)
    while any(cursor.attempt(rule) for rule in rules) or cursor.take("예정", "dot", *PLANNED):
        pass


def _resolve(tree: Times, context: Context) -> Reading:
    if isinstance(tree, Always):
        return Reading("ongoing")
    if isinstance(tree, Rule):
        return Reading("recurring", rrule=tree.rrule)
    if isinstance(tree, SpanList):
        return _dated(tree, context)
    raise TypeError(type(tree))


def _dated(tree: SpanList, context: Context) -> Reading:
    """Windows of all spans; each takes a missing year from the one before it."""
    windows: list[Window] = []
    warnings: list[str] = []
    for item in tree.spans:
        window, notes = _window(item, context)
        windows.append(window)
        warnings += notes
        context = Context(context.year, window.due or window.start)
    is_open = any(window.due is None for window in windows)
    return Reading("open" if is_open else "dated", tuple(windows), warnings=tuple(warnings))


def _window(item: Span, context: Context) -> tuple[Window, list[str]]:
    first, last = item.first, item.last
    if first is not None and not first.has_year:
        first = _with_year(first, context.nearest_year)
    if last is not None:
        last = _end_point(first, last, context)
    start = None if first is None else bounds(first, context)[0]
    due = None if last is None else bounds(last, context)[1]
    if start is not None and due is not None and start > due:
        raise ValueError("끝나는 때가 시작하는 때보다 앞섭니다")
    both = item.is_range and first is not None and last is not None
    only = first if first is not None else last
    precision: Precision = "range" if both or only is None else precision_of(only)
    notes = [text for part in (first, last) if part is not None for text in _weekday_warning(part, context)]
    return Window(start=start, due=due, precision=precision), list(dict.fromkeys(notes))


def _with_year(point: Point, value: int | None) -> Point:
    if value is None:
        raise ValueError("연도를 알 수 없습니다")
    return replace(point, year=value)


def _end_point(first: Point | None, last: Point, context: Context) -> Point:
    """The end of a range with what it leaves out taken from the start: level of a bare number, then the year."""
    if first is None:
        return last if last.has_year else _with_year(last, context.nearest_year)
    if last.bare is not None:
        last = _bare(first, last)
    elif last.month is not None and last.day is None and first.day is not None and not last.has_year:
        last = _short_end(first, last)
    if last.has_year:
        return last
    wraps = _position(last) < _position(first)
    year = (first.year + int(wraps)) if first.year is not None else None
    return replace(last, year=year, shift=None if year is not None else first.shift)


def _bare(first: Point, last: Point) -> Point:
    value = last.bare or 0
    if first.day is not None:
        return replace(last, bare=None, year=first.year, shift=first.shift, month=first.month, day=value)
    if first.month is None or value > 12:
        raise ValueError("기간의 끝이 몇 월인지 며칠인지 알 수 없습니다")
    return replace(last, bare=None, month=value)


def _short_end(first: Point, last: Point) -> Point:
    """ "4. 1. ~ 5." ends on the 5th when that is later in the month; "4. 20. ~ 5." cannot be told."""
    value = last.month or 0
    if value >= (first.day or 0):
        return replace(last, year=first.year, shift=first.shift, month=first.month, day=value)
    raise ValueError("기간의 끝이 몇 월인지 며칠인지 알 수 없습니다")


def _position(point: Point) -> tuple[int, int]:
    """Where in a year a point lies, to see that 11월 ~ 2월 runs into the next year."""
    if point.half is not None:
        return (point.half * 6 - 5, 0)
    if point.quarter is not None:
        return (point.quarter * 3 - 2, 0)
    return (point.month or 1, point.day or 0 if point.day else 0)


def precision_of(point: Point) -> Precision:
    """How exactly a single point is written."""
    if point.ten is not None:
        return "range"
    levels: tuple[tuple[object, Precision], ...] = (
        (point.day, "day"),
        (point.month, "month"),
        (point.quarter, "quarter"),
        (point.half, "half"),
    )
    return next((name for value, name in levels if value is not None), "year")


def bounds(point: Point, context: Context) -> tuple[date, date]:
    """First and last day of a point whose year is known. Raises: ValueError in Korean for no such day."""
    year = point.year
    if year is None:
        year = _with_year(point, context.year).year if point.shift is not None else None
        year = None if year is None else year + (point.shift or 0)
    if year is None:
        raise ValueError("연도를 알 수 없습니다")
    if point.day is not None:
        day = _day(year, point.month or 1, point.day)
        return day, day
    first, last = _months_of(point)
    if point.ten is not None:
        return _ten_days(year, first, point.ten)
    return date(year, first, 1), month_end(year, last)


def _months_of(point: Point) -> tuple[int, int]:
    if point.month is not None:
        return point.month, point.month
    if point.quarter is not None:
        return point.quarter * 3 - 2, point.quarter * 3
    if point.half is not None:
        return point.half * 6 - 5, point.half * 6
    return 1, 12


def _ten_days(year: int, month: int, part: int) -> tuple[date, date]:
    starts = date(year, month, part * 10 - 9)
    return starts, month_end(year, month) if part == 3 else starts + timedelta(days=9)


def _day(year: int, month: int, day: int) -> date:
    if day > calendar.monthrange(year, month)[1]:
        raise ValueError(f"{year}년 {month}월에는 {day}일이 없습니다")
    return date(year, month, day)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _weekday_warning(point: Point, context: Context) -> list[str]:
    if point.weekday is None or point.day is None:
        return []
    day = bounds(point, context)[0]
    real = WEEKDAY_NAMES[day.weekday()]
    if real == point.weekday:
        return []
    return [f"{day:%Y. %-m. %-d.}은 {real}요일인데 {point.weekday}요일로 적혀 있습니다"]


def format_window(window: Window) -> str:
    """The window as a plan would write it: read back in any context, it gives the same window."""
    if window.precision == "range":
        return _format_range(window)
    if window.start is None and window.due is not None:
        return f"~ {_format_point(window.due, window.precision)}"
    if window.start is None:
        return ""
    mark = " ~" if window.due is None else ""
    return _format_point(window.start, window.precision) + mark


def _format_range(window: Window) -> str:
    start = "" if window.start is None else _format_point(window.start, "day") + " "
    due = "" if window.due is None else " " + _format_point(window.due, "day")
    return f"{start}~{due}"


def _format_point(day: date, precision: Precision) -> str:
    if precision == "half":
        return f"{day.year}년 {'상반기' if day.month <= 6 else '하반기'}"
    if precision == "quarter":
        return f"{day.year}년 {(day.month + 2) // 3}분기"
    if precision == "year":
        return f"{day.year}년"
    return f"{day.year}. {day.month}." + (f" {day.day}." if precision == "day" else "")
