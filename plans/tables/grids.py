"""Month grids: a header of months (or quarters, years) and what happens below each (월별 일정표)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from plans.draft import Window
from plans.entries.items import split_items, without_mark
from plans.entries.phrase import is_figure, is_year_only, whole
from plans.tables.table import Table
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze
from plans.time.timeline import Context, Reading, read_time

_HEAD: Final = re.compile(r"^('?\d{2,4}[.년]\s?)?(\d{1,2}월|\d(/4)?분기|[상하]반기)$")
_YEAR_HEAD: Final = re.compile(r"^'?(\d{2}|\d{4})년도?$")
LEAST_YEARS: Final = 2
_MARK_ONLY: Final = re.compile(r"^[○●◎■□▣◆◇★☆→←↔⇒➡▶▷━─=\-~∼VvOoXx✓√\s]+$")
_NOT_ACTION: Final = re.compile(
    r"목표|실적|지표|사업비|예산|국비|도비|시비|구비|군비|[합소총누]계|^계$|명$|건수"
)


@dataclass(frozen=True)
class GridEntry:
    """One action of a grid: the row it stands in, and the time of the columns that hold it."""

    label: str
    title: str
    expr: str
    reading: Reading
    line: int


def is_year_grid(table: Table) -> bool:
    """Whether columns of years hold times (2031년 | 2032년 above 4월 ~ 6월 | 3월)."""
    years = [i for i, text in enumerate(table.rows[0].cells) if _YEAR_HEAD.match(squeeze(text))]
    texts = [cell_text(row, i) for row in table.body for i in years if cell_text(row, i).strip()]
    times = [
        text for text in texts if (found := whole(one_line(text), Context(2000))) and not is_year_only(found)
    ]
    return len(years) >= LEAST_YEARS and bool(times) and 2 * len(times) > len(texts)


def read_year_grid(table: Table) -> list[GridEntry]:
    """The entries of a grid of years: the row says what, the cell when, its column in which year."""
    entries: list[GridEntry] = []
    contexts = _years_above(table, 1, Context()) if len(table.rows) > 1 else []
    for row in table.body:
        label = next((one_line(text) for text in row.cells if text.strip()), "")
        for index, context in enumerate(contexts):
            found = whole(cell_text(row, index), context) if context.year is not None else None
            if found is not None and found.trouble is None and label:
                entries.append(GridEntry(label, label, one_line(cell_text(row, index)), found, row.no))
    return entries


def find_header(table: Table, is_yearly: bool) -> int | None:
    """The index of the row that names three or more months, quarters or halves in order (years in a yearly plan)."""
    for index, row in enumerate(table.rows[:3]):
        heads = [
            text
            for text in row.cells
            if _HEAD.match(squeeze(text)) or (is_yearly and _YEAR_HEAD.match(squeeze(text)))
        ]
        if len(heads) >= (2 if is_yearly or any("기" in head for head in heads) else 3):
            return index
    return None


def read_grid(table: Table, is_yearly: bool, context: Context) -> list[GridEntry]:
    """The entries of a grid, row by row; equal neighbours are one entry over both columns.

    `line` is that of the header, where the time is written.
    """
    at = find_header(table, is_yearly)
    if at is None:
        return []
    columns = _columns(table.rows[at], _years_above(table, at, context))
    entries: list[GridEntry] = []
    label = ""
    for row in table.rows[at + 1 :]:
        first = min(columns)
        label = next((one_line(text) for text in row.cells[:first] if text.strip()), label)
        if not _NOT_ACTION.search(squeeze(label)):
            entries += [replace(entry, line=table.rows[at].no) for entry in _row_entries(row, label, columns)]
    return entries


def _years_above(table: Table, at: int, context: Context) -> Sequence[Context]:
    """For each column of the header the context of its time: the year that a row above writes, merged to the right."""
    found: list[Context] = []
    texts = [squeeze(text) for text in table.rows[at - 1].cells] if at else []
    for index in range(len(table.rows[at].cells)):
        year = _YEAR_HEAD.match(texts[index]) if index < len(texts) else None
        above = found[-1] if found and index < len(texts) and not texts[index] else context
        found.append(above if year is None else Context(int(year[1]) % 100 + 2000))
    return found


def _columns(header: Line, contexts: Sequence[Context]) -> dict[int, tuple[str, Window]]:
    columns: dict[int, tuple[str, Window]] = {}
    for index, text in enumerate(header.cells):
        reading = read_time(text, contexts[index]) if text else None
        if isinstance(reading, Reading) and len(reading.windows) == 1:
            columns[index] = (one_line(text), reading.windows[0])
    return columns


def _row_entries(row: Line, label: str, columns: dict[int, tuple[str, Window]]) -> list[GridEntry]:
    entries: list[GridEntry] = []
    run: list[int] = []
    for index in [*sorted(columns), -1]:
        text = _action(cell_text(row, index), label)
        if run and text == _action(cell_text(row, run[-1]), label) and index == run[-1] + 1:
            run.append(index)
            continue
        if run:
            entries.append(_entry(row, label, run, columns))
        run = [index] if text else []
    return entries


def cell_text(row: Line, index: int) -> str:
    """The raw cell, line breaks kept."""
    return row.cells[index] if 0 <= index < len(row.cells) else ""


def _action(text: str, label: str) -> str:
    """What a cell says: its first item, or the row's label where the cell only has a mark; a count says nothing."""
    if not text.strip() or squeeze(text) == "-":
        return ""
    if _MARK_ONLY.match(text):
        return label
    items = split_items(text)
    action = without_mark(items[0]) if items else ""
    return "" if is_figure(action) else action


def _entry(row: Line, label: str, run: Sequence[int], columns: dict[int, tuple[str, Window]]) -> GridEntry:
    first, last = columns[run[0]][1], columns[run[-1]][1]
    window = first if len(run) == 1 else Window(start=first.start, due=last.due, precision="range")
    expr = " ".join(columns[index][0] for index in run)
    title = _action(cell_text(row, run[0]), label)
    return GridEntry(label, title, expr, Reading("dated", (window,)), row.no)
