"""Printed rates against the counts beside them, and against the quarter before (비율 검산)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from plans.checks.sums import read_figure
from plans.document import Document
from plans.draft import Finding, finding
from plans.facts import figure
from plans.fields.labels import read_status
from plans.tables.table import Table, cell, find_tables
from plans.text.lines import Line
from plans.text.spelling import squeeze

_BEFORE: Final = re.compile(r"(?P<before>\d{1,3}(?:\.\d{1,4})?)\s?%\s*대비")
_MOVED: Final = re.compile(r"^(?P<status>[가-힣 ]+?)\s*(?:사업|과제)?\s*[:：]\s*(?P<count>\d+)\s?[개건]$")
_FULFILLED: Final = ("완료", "이행후계속추진")


def rates(document: Document) -> list[Finding]:
    """A row 비율 that is not the row 건수 divided by its total, half-up to the printed decimals."""
    return [found for table in find_tables(document.lines) for found in _of_table(table)]


def _of_table(table: Table) -> Iterator[Finding]:
    counts, shares = _row(table, "건수"), _row(table, "비율")
    total = read_figure(cell(counts, 1)) if counts is not None else None
    if counts is None or shares is None or not total:
        return
    for column in range(2, min(len(counts.cells), len(shares.cells))):
        count = read_figure(cell(counts, column))
        printed = re.fullmatch(r"(\d+(?:\.(\d+))?)\s?%", cell(shares, column))
        if count is None or printed is None:
            continue
        exact = (count * 100 / total).quantize(Decimal(1).scaleb(-len(printed[2] or "")), ROUND_HALF_UP)
        if exact != Decimal(printed[1]):
            yield finding(
                shares.no,
                "rate-differs",
                head=cell(table.rows[0], column),
                stated=printed[1],
                count=figure(count),
                total=figure(total),
                exact=str(exact),
            )


def _row(table: Table, name: str) -> Line | None:
    return next((row for row in table.rows if squeeze(cell(row, 0)).startswith(name)), None)


def changes(document: Document) -> list[Finding]:
    """Tasks said to be newly fulfilled against the rise of the count that the two rates give."""
    if not document.is_register or not document.tasks:
        return []
    now = sum(placed.task.status in _FULFILLED for placed in document.tasks)
    rate = next((float(m["before"]) for line in document.lines if (m := _BEFORE.search(line.text))), None)
    moved = [(line, int(m["count"])) for line in document.lines if (m := _moved(line)) is not None]
    if rate is None or len(moved) != 1:
        return []
    line, count = moved[0]
    before = round(rate * len(document.tasks) / 100)
    if now - before == count:
        return []
    return [finding(line.no, "change-differs", before=before, rate=str(rate), now=now, stated=count)]


def _moved(line: Line) -> re.Match[str] | None:
    """이행후 계속추진 사업 : 2개."""
    found = None if line.cells else _MOVED.match(line.body)
    return found if found is not None and read_status(found["status"]) in _FULFILLED else None
