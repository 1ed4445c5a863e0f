"""Rows that come twice, and areas that are named differently in two tables (중복·분야명 점검)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from plans.checks.counts import area_rows, area_table, areas
from plans.document import Document
from plans.draft import Finding, finding
from plans.facts import short
from plans.tables.table import Table, cell, find_tables
from plans.text.spelling import squeeze

_NAME: Final = re.compile(r"^[가-힣A-Za-z][가-힣A-Za-z ·]{1,20}$")
LEAST_ROWS: Final = 4


def twin_rows(document: Document) -> list[Finding]:
    """A table of different names in which one name stands twice."""
    found: list[Finding] = []
    for placed in document.tasks:
        for table in find_tables(placed.lines):
            found += [f for column in range(min(2, len(table.rows[0].cells))) for f in _twins(table, column)]
    return found


def _twins(table: Table, column: int) -> Iterator[Finding]:
    rows = [row for row in table.body if cell(row, column)]
    names = [squeeze(cell(row, column)) for row in rows]
    twins = [name for name, count in Counter(names).items() if count > 1]
    if len(rows) < LEAST_ROWS or len(rows) < len(table.body) or len(twins) != 1 or names.count(twins[0]) > 2:
        return
    if all(_NAME.match(cell(row, column)) for row in rows):
        one, other = [row for row, name in zip(rows, names, strict=True) if name == twins[0]]
        yield finding(other.no, "row-twice", name=short(cell(other, column)), there=one.no)


def area_names(document: Document) -> list[Finding]:
    """일터·활력 in the summary, an area without 활력 in the register."""
    table = area_table(document) if document.is_register else None
    if table is None:
        return []
    found: list[Finding] = []
    for row, area in zip(area_rows(table), areas(document), strict=True):
        words = re.split(r"[·ㆍ,/]", cell(row, 0))
        missing = [word.strip() for word in words if squeeze(word) not in squeeze(area)]
        if missing and len(missing) < len(words):
            line = next(placed.first for placed in document.tasks if placed.area == area)
            found.append(finding(line, "name-differs.area", there=row.no, listed=cell(row, 0), name=area))
    return found
