"""Which columns of a table say when: one, month and day in two, what was planned first beside what holds (시기 열)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from plans.draft import Window
from plans.structure.years import hull
from plans.tables.column_roles import (
    EMPTY,
    Column,
    Columns,
    act_of,
    bound_of,
    is_after,
    is_only_planned,
    tells_result,
    without_time,
)
from plans.tables.header_rows import time_of
from plans.tables.table import cell
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze
from plans.time.days import in_month, month_of
from plans.time.scan import find_dates

UNCHANGED: Final = frozenset(
    {"", "-", "–", "―", "변경없음", "없음", "좌동", "동일", "당초와동일", "변동없음", "해당없음"}
)
_PLACE: Final = re.compile(r"\[\d{1,3}\](?=\s)")
ENOUGH: Final = 0.8  # share of rows in which two columns must agree


@dataclass(frozen=True)
class When:
    """The columns that hold the time of a row: `at`, with the month in `month` above or before it, `before` a change, and
    its first day in `start` where `at` is its last one.

    `act` is what the header says happens then.
    """

    at: int
    month: int | None = None
    before: int | None = None
    start: int | None = None
    act: str = ""
    unchanged: When | None = None  # where the time of a row stands that no change was written for

    @property
    def columns(self) -> tuple[int, ...]:
        own = tuple(one for one in (self.at, self.month, self.before, self.start) if one is not None)
        return own if self.unchanged is None else own + self.unchanged.columns


@dataclass(frozen=True)
class Choice:
    """The columns chosen; `rivals` are the headers of those between which nobody can choose."""

    whens: tuple[When, ...] = ()
    rivals: tuple[Column, ...] = ()


def choose(columns: Columns, answer: str | None, year: int | None = None) -> Choice:
    """Where the times of the rows stand; `answer` is the name of the column that a person chose for this form. Beside times
    of the plan's year or later those of a column that lie before it are of what was done."""
    changed = _changed(columns)
    spans = spans_of(columns)
    taken = {index for span in spans for index in span.columns}
    taken |= {column.index for column in columns.of("act") if spans and _is_result(column)}
    acts = [
        When(column.index, act=column.act or without_time(column.last))
        for column in columns.of("act")
        if column.index not in taken
    ]
    times = [column for column in _without_past(columns.of("time"), year) if column.index not in taken]
    if spans:
        return _of_spans(columns, spans, acts, answer)
    if changed is not None or not times:
        return Choice(tuple(([changed] if changed else []) + acts))
    named = names(columns.of("time"))
    told = next((column for column in times if answer in (key(named[column.index]), column.name)), None)
    if told is not None:
        return Choice((When(told.index), *acts))
    month = columns.first("month")
    days = next((column for column in times if month is not None and column.index > month.index), None)
    if month is not None and days is not None:
        return Choice((When(days.index, month=month.index), *acts))
    best = _best(times)
    rivals = [column for column in times if column is not best and not _agree(best, column)]
    if rivals and best.times:
        return Choice(tuple(acts), tuple(sorted([best, *rivals], key=lambda column: column.index)))
    return Choice((When(best.index), *acts)) if best.years else Choice(tuple(acts))


def spans_of(columns: Columns) -> list[When]:
    """The columns that hold first and last day of the same thing (시작일 | 종료일), results left out: their headers differ in
    nothing but the bound, and the first is not behind the last."""
    timed = [column for column in columns.of("time", "act", "before", "after", "period") if column.times]
    found: list[When] = []
    for one, other in pairwise(timed):
        first, last = bound_of(one.last, is_last=False), bound_of(other.last, is_last=True)
        if first is not None and first == last and one.path[:-1] == other.path[:-1] and _in_order(one, other):
            outer = squeeze("".join(one.path[:-1]))
            act = first or ("" if is_only_planned(outer) else act_of(outer))
            found += [] if _is_result(other) else [When(other.index, start=one.index, act=act)]
    return found


def _is_result(column: Column) -> bool:
    return tells_result(squeeze("".join(column.path[:-1])))


def _in_order(one: Column, other: Column) -> bool:
    """Whether nearly all rows begin before they end."""
    both = [
        (hull(first.windows), hull(last.windows))
        for a, b in zip(one.texts, other.texts, strict=False)
        if (first := time_of(a)) is not None and (last := time_of(b)) is not None
    ]
    days = [(a.start, b.due) for a, b in both if a is not None and b is not None]
    right = sum(start is not None and due is not None and start <= due for start, due in days)
    return bool(days) and right >= ENOUGH * len(days)


def _of_spans(columns: Columns, spans: Sequence[When], acts: Sequence[When], answer: str | None) -> Choice:
    """One span a row, or one for each act; the one that a change gave (당초 | 변경) holds; between others nobody can choose."""
    named = names([columns.all[span.at] for span in spans])
    told = [span for span in spans if answer in (key(named[span.at]), columns.all[span.at].name)]
    after = [span for span in spans if is_after(columns.all[span.at].path)]
    before = [span for span in spans if span not in after]
    if len(after) == len(before) == 1:
        after = [replace(after[0], unchanged=before[0])]
    spans = told or after or spans
    if len({span.act for span in spans}) < len(spans):
        return Choice(tuple(acts), tuple(columns.all[span.at] for span in spans))
    return Choice((*spans, *acts))


def _without_past(columns: Sequence[Column], year: int | None) -> list[Column]:
    """The columns but those of years before the plan's, where another has times from the plan's year on (작년 | 금년)."""
    past = [column for column in columns if year is not None and 0 < _last_year(column) < year]
    is_held = any(column not in past and _last_year(column) for column in columns)
    return [column for column in columns if not (is_held and column in past)]


def _last_year(column: Column) -> int:
    """The last year that its times name, else the one that its header does; 0 where nobody says one."""
    years = [token.year for text in column.filled for token in find_dates(text) if token.year is not None]
    return max(years, default=column.year)


def names(columns: Sequence[Column]) -> dict[int, str]:
    """Index -> name of each column for a question: its header; where it has none, or another bears the same, its place
    (from 1) with the header or the first time in it, since nobody could tell them apart."""
    headers = {column.index: one_line(" ".join(column.path)) for column in columns}
    shared = Counter(map(squeeze, headers.values()))
    return {
        column.index: f"[{column.index + 1}] {one_line(headers[column.index] or next(iter(column.filled), ''))}"
        if not squeeze(headers[column.index]) or shared[squeeze(headers[column.index])] > 1
        else headers[column.index]
        for column in columns
    }


def key(name: str) -> str:
    """What of a column's name is the same in every document of its form."""
    place = _PLACE.match(name)
    return squeeze(name) if place is None else place[0]


def _changed(columns: Columns) -> When | None:
    before, after = columns.first("before"), columns.first("after")
    if before is None or after is None:
        one = before or after
        return None if one is None else When(one.index)
    return When(after.index, before=before.index, act=act_of(squeeze("".join(after.path[:-1]))))


def _best(times: Sequence[Column]) -> Column:
    """The column that says days where most of its cells are times and it is as full as another at least (월 beside 날짜);
    else that of which most cells are."""
    fullest = max(len(column.filled) for column in times)

    def worth(column: Column) -> tuple[float, ...]:
        is_full = column.times >= ENOUGH and len(column.filled) == fullest
        fine = _fineness(column)
        return (fine if is_full and fine >= ENOUGH else 0, round(column.times, 1), fine, -column.index)

    return max(times, key=worth)


def _fineness(column: Column) -> float:
    """How many of its times name a day."""
    return column.share(lambda text: any(token.is_day for token in find_dates(text)))


def _agree(one: Column, other: Column) -> bool:
    """Whether two columns say the same where both say something: one time lies inside the other."""
    both = [
        (first, second)
        for a, b in zip(one.texts, other.texts, strict=False)
        if squeeze(a) not in EMPTY and squeeze(b) not in EMPTY
        if (first := time_of(a)) is not None and (second := time_of(b)) is not None
    ]
    nested = sum(_is_nested(hull(first.windows), hull(second.windows)) for first, second in both)
    return nested >= ENOUGH * len(both)


def _is_nested(one: Window | None, other: Window | None) -> bool:
    if one is None or other is None:
        return True
    days = [day for window in (one, other) for day in (window.start, window.due)]
    if any(day is None for day in days):
        return True
    a, b, c, d = ((day.month, day.day) for day in days if day is not None)
    return (a <= c and d <= b) or (c <= a and b <= d)


@dataclass
class Merged:
    """What the cells of a column show that are merged with the one above."""

    month: int = 0

    def time(self, row: Line, when: When) -> str:
        """The time of a row as one expression; "" where it has none of its own."""
        text = cell(row, when.at)
        if when.before is not None:
            return _moved(cell(row, when.before), text)
        if when.start is not None:
            return self._span(row, when)
        if when.month is None:
            return text
        own = cell(row, when.month)
        month = month_of(own, may_be_bare=True)
        self.month = (month or 0) if own else self.month
        if squeeze(text) in EMPTY:
            return f"{month}월" if month else own
        dates = find_dates(text)
        if dates and dates[0].start == 0 and dates[0].month is not None:
            return text
        return in_month(self.month, text) if self.month else f"{own} {text}".strip()

    def _span(self, row: Line, when: When) -> str:
        """From the first to the last day of a row, those of the first plan where no change is written."""
        assert when.start is not None
        first, last = cell(row, when.start), cell(row, when.at)
        if when.unchanged is not None and {squeeze(first), squeeze(last)} <= UNCHANGED:
            return self.time(row, when.unchanged)
        return _from(first, last)


def _moved(before: str, after: str) -> str:
    """2031. 3. → 2031. 5.; the first alone where nothing was changed, the words alone where it is said otherwise (미정)."""
    if squeeze(after) in UNCHANGED:
        return before
    if time_of(after) is None:
        return after
    return after if time_of(before) is None or squeeze(before) == squeeze(after) else f"{before} → {after}"


def _from(first: str, last: str) -> str:
    """2031. 3. 2. ~ 2031. 5. 7.; the last alone where both are the same day or only it is a time, the first with an open end."""
    is_begun = time_of(first) is not None and squeeze(first) not in EMPTY
    if not is_begun or squeeze(first) == squeeze(last):
        return last
    return f"{first} ~" if squeeze(last) in EMPTY else f"{first} ~ {last}"


def answer_for(signature: str, answers: Mapping[str, str]) -> str | None:
    """The key of the column chosen for a form."""
    chosen = answers.get(signature)
    return None if chosen is None else key(chosen)
