"""Counts that a text states against what its tables hold (건수 검산)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from plans.checks.sums import read_figure
from plans.document import Document, Placed
from plans.draft import Finding, finding
from plans.fields.labels import is_status, read_status
from plans.tables.table import Table, cell, find_tables
from plans.text.lines import Line
from plans.text.spelling import squeeze

_STATED: Final = re.compile(
    r"(?:수|인원|명)\s?[:：]\s?(?P<value>\d{1,3}(?:,\d{3})+|\d{2,6})\s?(?P<unit>명|건|개소|개|대|호)"
)
_TOTAL_UNIT: Final = re.compile(r"^(?:총|합)?계\s*\((명|건|개소|개|대|호)\)$")
_WORKS: Final = re.compile(r"(\d{1,6})\s*개\s*(?:단위)?(?:사업|과제)")
_PLEDGES: Final = re.compile(r"(\d{1,6})\s*개\s*공약(?!사업)")
NEAR: Final = 0.05  # two counts of the same thing differ by less than this share


def near_counts(document: Document) -> list[Finding]:
    """참여자 수 : 412명 in the text, 계(명) 420 in the table of the same task."""
    return [found for placed in document.tasks for found in _near(placed)]


def _near(placed: Placed) -> Iterator[Finding]:
    totals = list(_table_totals(placed))
    for line in placed.lines:
        for stated in [] if line.cells else _STATED.finditer(line.body):
            value = int(stated["value"].replace(",", ""))
            for total, unit, row in totals:
                if unit == stated["unit"] and value != total and abs(value - total) < NEAR * total:
                    yield finding(
                        row.no, "count-differs.text", there=line.no, stated=value, total=total, unit=unit
                    )


def _table_totals(placed: Placed) -> Iterator[tuple[int, str, Line]]:
    for line in placed.lines:
        named = _TOTAL_UNIT.match(cell(line, 0)) if line.cells else None
        value = read_figure(cell(line, 1)) if named else None
        if named is not None and value:
            yield int(value), named[1], line


def register_counts(document: Document) -> list[Finding]:
    """N개 공약 M개 사업, and the counts by area and by status, against the rows of the register."""
    if not document.is_register or not document.tasks:
        return []
    return [*_stated_totals(document), *_by_status(document), *_by_area(document)]


def _stated_totals(document: Document) -> Iterator[Finding]:
    first = document.tasks[0].first
    pledges = len({re.sub(r"-[^-\d]$", "", placed.task.no or placed.task.title) for placed in document.tasks})
    for line in document.lines[: first - 1]:
        for pattern, real, code in (
            (_WORKS, len(document.tasks), "count-differs.works"),
            (_PLEDGES, pledges, "count-differs.pledges"),
        ):
            found = None if line.cells else pattern.search(line.body)
            if found is not None and int(found[1]) != real:
                yield finding(line.no, code, stated=found[1], real=real)


def _by_status(document: Document) -> Iterator[Finding]:
    """A row 건수 under heads that are status words."""
    real = Counter(placed.task.status for placed in document.tasks)
    for table in find_tables(document.lines[: document.tasks[0].first - 1]):
        row = next((row for row in table.body if "건수" in squeeze(cell(row, 0))), None)
        for column, text in enumerate(table.rows[0].cells if row is not None else ()):
            names = [part.strip() for part in re.split(r"/|,", text) if is_status(part)]
            if names and row is not None:
                total = sum(real[read_status(name)] for name in names)
                yield from _count(row, cell(row, column), total, "·".join(names))


def _count(row: Line, text: str, real: int, what: str) -> Iterator[Finding]:
    stated = read_figure(text)
    if stated is not None and int(stated) != real:
        yield finding(row.no, "count-differs.cell", what=what, stated=int(stated), real=real)


def _by_area(document: Document) -> Iterator[Finding]:
    """The column 총계 of a table by area, rows in the order of the areas."""
    table = area_table(document)
    if table is None:
        return
    column = next(i for i, text in enumerate(table.rows[0].cells) if re.match(r"^(총|합)?계$", squeeze(text)))
    for row, area in zip(area_rows(table), areas(document), strict=True):
        real = sum(placed.area == area for placed in document.tasks)
        yield from _count(row, cell(row, column), real, cell(row, 0))


def areas(document: Document) -> list[str]:
    """The areas of a register in order, each once."""
    return list(dict.fromkeys(placed.area for placed in document.tasks if placed.area))


def area_rows(table: Table) -> list[Line]:
    return [
        row for row in table.body if cell(row, 0) and not re.match(r"^(총|합)?계$", squeeze(cell(row, 0)))
    ]


def area_table(document: Document) -> Table | None:
    """A table above the register with one row for each area and a column of totals."""
    wanted = len(areas(document))
    for table in find_tables(document.lines[: document.tasks[0].first - 1]) if document.tasks else ():
        has_total = any(re.match(r"^(총|합)?계$", squeeze(text)) for text in table.rows[0].cells)
        if has_total and wanted > 1 and len(area_rows(table)) == wanted:
            return table
    return None
