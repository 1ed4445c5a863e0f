"""Grids of months (or quarters, halves, years): what happens below each (월별 일정표)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from plans.draft import Finding, Window
from plans.entries.brackets import bracketed_clauses
from plans.entries.items import top_items, without_mark
from plans.entries.phrase import Clause, Unreadable, is_figure, is_year_only, whole
from plans.structure.years import OLDER, YearScope, inside
from plans.tables.column_roles import MARK, Columns, is_total
from plans.tables.header_rows import slot_reading, time_of
from plans.tables.table import Table, cell, cell_text
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze
from plans.time.timeline import UNKNOWN_YEAR, CannotSay, Context, Reading, read_time

_NOT_ACTION: Final = re.compile(
    r"목표|실적|지표|사업비|예산|국비|도비|시비|구비|군비|[합소총누]계|^계$|명$|건수"
)
_LABELS: Final = frozenset({"title", "action", "events", "area", "text"})


@dataclass(frozen=True)
class GridEntry:
    """One action of a grid: the name its row bears, what happens, and the time of the columns that hold it."""

    label: str
    title: str
    expr: str
    reading: Reading
    line: int
    row: int  # the line of its row


@dataclass
class Grid:
    """What a grid gives; `asked` are the actions of columns of which nobody knows the year, with their rows."""

    entries: list[GridEntry] = field(default_factory=list)
    asked: list[tuple[Unreadable, Line]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    line: int = 0  # of the header


def is_year_grid(table: Table) -> bool:
    """Whether columns of years hold times (2031년 | 2032년 above 4월 ~ 6월 | 3월)."""
    texts = [text for row in table.below for i in table.head.years if (text := cell(row, i))]
    times = [text for text in texts if (found := time_of(text)) is not None and not is_year_only(found)]
    return bool(times) and 2 * len(times) > len(texts)


def read_year_grid(table: Table) -> Grid:
    """The entries of a grid of years: the row says what, the cell when, its column in which year; of a cell over several
    years nobody knows."""
    grid = Grid(line=table.rows[table.head.end - 1].no)
    for row in table.below:
        label = next((one_line(text) for text in row.cells if text.strip()), "")
        for index, one in table.head.years.items():
            year = one.window.start.year if one.window.start is not None else None
            text, is_over_years = cell(row, index), index + 1 in row.covered
            found = whole(cell_text(row, index), Context(None if is_over_years else year))
            if found is not None and found.trouble is not None and is_over_years and label:
                grid.asked.append((Unreadable(label, text, found.trouble.reason, found.trouble.code), row))
            if found is not None and found.trouble is None and label:
                grid.entries.append(GridEntry(label, label, text, found, row.no, row.no))
    return grid


@dataclass(frozen=True)
class _Slots:
    """Column -> the words above it, as written and as a time, and the time itself where its year is known."""

    words: dict[int, str]
    exprs: dict[int, str]
    windows: dict[int, Window]


def read_grid(table: Table, columns: Columns, scope: YearScope) -> Grid:
    """The entries of a grid, row by row; equal neighbours are one entry over both columns.

    `line` is that of the header, where the time is written.
    """
    line = table.rows[table.head.end - 1].no
    context = scope.context(line)
    if context.doubt == OLDER:  # years among the words of the cells are none of the columns
        context = Context(scope.named_above(line - 1) or scope.year)
    slots = _slots(columns, context)
    grid = Grid(line=line)
    merged: dict[int, str] = {}
    for row in table.below:
        if is_total(row):
            continue
        thing, action = names_of(row, columns, min(slots.words), merged)
        if not _NOT_ACTION.search(squeeze(action)):
            _add_row(grid, row, (thing or action, action), slots, line)
    return grid


def _slots(columns: Columns, context: Context) -> _Slots:
    slots = _Slots({}, {}, {})
    found = {
        i: (year, text, word) for i, one in enumerate(columns.slots) if one for year, text, word in [one]
    }
    for i, (year, text, word) in found.items():
        slots.words[i], slots.exprs[i] = one_line(word), text
        reading = slot_reading(text, Context(year) if year else context)
        if reading is not None:
            slots.windows[i] = reading.windows[0]
    return slots


def names_of(row: Line, columns: Columns, end: int, merged: dict[int, str]) -> tuple[str, str]:
    """The thing a row is about, its name merged over several rows, and what it says is done with it."""
    labels = [column for column in columns.all[:end] if columns.role(column.index) in _LABELS]
    if not labels:
        labels = list(columns.all[:end])
    for column in labels:
        merged[column.index] = cell(row, column.index) or merged.get(column.index, "")
    texts = [cell(row, column.index) for column in labels]
    action = next(
        (text for text in reversed(texts) if text), merged.get(labels[-1].index, "") if labels else ""
    )
    thing = next((merged[one.index] for one in labels if columns.role(one.index) == "title"), "")
    return thing or next((text for text in texts if text), action), action


def _add_row(grid: Grid, row: Line, names: tuple[str, str], slots: _Slots, line: int) -> None:
    for title, run in _runs(row, names[1], slots):
        label = names[0] if names[0] == names[1] or title == names[1] else names[1]
        first, last = slots.windows.get(run[0]), slots.windows.get(run[-1])
        expr = " ".join(slots.words[index] for index in run)
        if first is None or last is None:
            span = slots.exprs[run[0]] if len(run) == 1 else f"{slots.exprs[run[0]]} ~ {slots.exprs[run[-1]]}"
            trouble = read_time(span, Context())
            reason = trouble.reason if isinstance(trouble, CannotSay) else UNKNOWN_YEAR
            grid.asked.append((Unreadable(named_by(label, title), span, reason, "year-unknown"), row))
            continue
        window = first if len(run) == 1 else Window(start=first.start, due=last.due, precision="range")
        own = _own_times(title, window)
        grid.entries += [
            GridEntry(label, one.title, one.expr, one.reading, row.no, row.no) for one in own
        ] or [GridEntry(label, title, expr, Reading("dated", (window,)), line, row.no)]


def _own_times(title: str, window: Window) -> list[Clause]:
    """The acts of an item that have a time of their own in brackets, within that of its column (공개(8월)); a word for all
    the year round stands for the whole item."""
    found = bracketed_clauses(title, "schedule", inside(window))
    return [one for one in found if one.reading.kind == "ongoing" or _is_within(one.reading, window)]


def _is_within(reading: Reading, window: Window) -> bool:
    days = [one.start or one.due for one in reading.windows]  # (~5월) lies where it ends
    first, last = window.start or date.min, window.due or date.max
    return bool(days) and all(day is not None and first <= day <= last for day in days)


def named_by(label: str, title: str) -> str:
    """공간 공사 in the row 청년 창업실 -> 청년 창업실 공간 공사."""
    return title if label in title or squeeze(label) == squeeze(title) else f"{label} {title}"


def _runs(row: Line, action: str, slots: _Slots) -> list[tuple[str, list[int]]]:
    """Each item of the row with the neighbouring columns that say it, or over which its cell reaches."""
    runs: list[tuple[str, list[int]]] = []
    for index in sorted(slots.words):
        before = [run for run in runs if run[1][-1] == index - 1]
        if before and index in row.covered:
            for _, columns in before:
                columns.append(index)
            continue
        for text in _said(cell_text(row, index), action):
            same = next((columns for title, columns in before if title == text), None)
            if same is None:
                runs.append((text, [index]))
            else:
                same.append(index)
    return runs


def _said(text: str, action: str) -> list[str]:
    """What a cell says: its items, or the row's action where the cell only has a mark; a count says nothing."""
    if not text.strip() or text.strip() == "-":
        return []
    if MARK.match(text):
        return [action]
    items = top_items(text)
    return [said for item in items if (said := without_mark(item)) and not is_figure(said)]
