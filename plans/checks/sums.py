"""Tables whose totals are not the sums of their parts, by row and by column (합계 검산)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from plans.document import Document
from plans.draft import Finding, finding
from plans.facts import figure
from plans.tables.table import Table, cell, find_tables
from plans.text.lines import Line
from plans.text.spelling import squeeze

_TOTAL: Final = re.compile(r"^(총계|합계|계|총합계|총합|전체)(\(.*\))?$")
_SUBTOTAL: Final = re.compile(r"^(소계|중계)(\(.*\))?$")
_FIGURE: Final = re.compile(
    r"^(?P<sign>[+△▲▽▼-])?\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*"
    r"(천원|백만원|억원|원|건|명|개|개소|회|호|종|대|점|㎡|m²)?$"
)
_MINUS: Final = ("△", "▲", "▽", "▼", "-")
LEAST_PARTS: Final = 2
LONGEST_LABEL: Final = 30
MOST_PARTS: Final = 24
MOST_REACHED: Final = 20_000  # sums of parts that are tried


@dataclass(frozen=True)
class _Sum:
    """One total and the sum of its parts; `parts` are the figures that were added, `name` is whose total it is."""

    line: int
    stated: Decimal
    parts: tuple[Decimal, ...]
    code: str
    name: str

    @property
    def added(self) -> Decimal:
        return sum(self.parts, Decimal(0))

    @property
    def holds(self) -> bool:
        """Whether the parts make the total, all of them or, where some are parts of others, those that do."""
        return self.added == self.stated or _has_subset(self.parts, self.stated)


def table_sums(document: Document) -> list[Finding]:
    """Findings of all tables of figures."""
    tables = list(find_tables(document.lines))
    return [found for table in tables for found in _wrong(list(_columns(table)), list(_rows(table)))]


def _wrong(columns: list[_Sum], rows: list[_Sum]) -> Iterator[Finding]:
    """The sums that do not hold in a table where most others do: without such evidence nothing is known of its parts."""
    sums = [*columns, *rows]
    proven = sum(one.added == one.stated for one in sums)
    for these in (columns, rows):
        is_rule = any(one.added == one.stated for one in these) and 2 * proven >= len(sums)
        for one in these if is_rule or len(sums) == 1 else ():
            if not one.holds and _is_near(one.stated, one.added):
                stated, added = figure(one.stated), figure(one.added)
                yield finding(one.line, one.code, name=one.name, stated=stated, added=added)


def _has_subset(parts: Sequence[Decimal], total: Decimal) -> bool:
    """Whether some of the parts make the total: a row of parts (소계) stands among its own parts."""
    reached = {Decimal(0)}
    for part in parts[:MOST_PARTS]:
        reached |= {one + part for one in reached if one + part <= total}
        if len(reached) > MOST_REACHED:
            return True
    return total in reached


def read_figure(text: str) -> Decimal | None:
    """The number in a cell; "-" and "" are 0, anything else is None."""
    text = text.strip().replace("**", "")
    if text in ("", "-", "–", "0"):
        return Decimal(0)
    found = _FIGURE.match(text)
    if found is None:
        return None
    value = Decimal(re.sub(r"[^\d.]", "", (found[2] + (found[3] or ""))))
    return -value if found["sign"] in _MINUS else value


def _label(row: Line) -> str:
    return next((squeeze(text) for text in row.cells if text.strip()), "")


def _columns(table: Table) -> Iterator[_Sum]:
    """A total row against the rows between it and the header (or below it, where it stands first)."""
    totals = [
        i
        for i, row in enumerate(table.rows)
        if i and any(_TOTAL.match(squeeze(text)) for text in row.cells[:2])
    ]
    if len(totals) != 1 or any(_SUBTOTAL.match(_label(row)) for row in table.rows):
        return
    at = totals[0]
    around = table.rows[at + 1 :] if len(table.rows) - at - 1 >= at else table.rows[1:at]
    parts = [row for row in around if not re.search(r"비율|%|율$|증감|대비", _label(row))]
    if len(parts) < LEAST_PARTS:
        return
    for column in range(1, len(table.rows[at].cells)):
        yield from _column(table, table.rows[at], parts, column)


def _column(table: Table, total: Line, parts: Sequence[Line], column: int) -> Iterator[_Sum]:
    head = cell(table.rows[0], column)
    stated = read_figure(cell(total, column))
    values = [read_figure(cell(row, column)) for row in parts]
    added = _parts(values)
    if re.search(r"%|율|순위|번호|비고|연도|증감", head) or not stated or added is None:
        return
    yield _Sum(total.no, stated, added, "sum-mismatch.column", head or _label(total))


def _parts(values: Sequence[Decimal | None]) -> tuple[Decimal, ...] | None:
    """At least two figures; None where a cell is no figure."""
    known = [value for value in values if value is not None]
    if len(known) < len(values) or sum(1 for value in known if value) < LEAST_PARTS:
        return None
    return tuple(known)


def _rows(table: Table) -> Iterator[_Sum]:
    """A column 계 against the columns right of it, row by row."""
    header_at = next((i for i, row in enumerate(table.rows[:3]) if _total_column(row) is not None), None)
    if header_at is None:
        return
    header = table.rows[header_at]
    column = _total_column(header)
    for row in table.rows[header_at + 1 :]:
        if column is not None and len(row.cells) == len(header.cells):
            yield from _row(header, row, column)


def _total_column(row: Line) -> int | None:
    """The only column whose head is 계 and right of which figures stand."""
    found = [
        i
        for i, text in enumerate(row.cells)
        if i and (_TOTAL.match(squeeze(text)) or _SUBTOTAL.match(squeeze(text)))
    ]
    return found[0] if len(found) == 1 else None


def _row(header: Line, row: Line, column: int) -> Iterator[_Sum]:
    texts = [(cell(header, i), cell(row, i)) for i in range(column + 1, len(row.cells))]
    texts = [(head, text) for head, text in texts if head and not re.search(r"비고|율|주관|담당", head)]
    stated = read_figure(cell(row, column))
    parts = _parts([read_figure(text) for _, text in texts])
    if stated and parts is not None:
        yield _Sum(row.no, stated, parts, "sum-mismatch.row", _label(row)[:LONGEST_LABEL])


def _is_near(stated: Decimal, total: Decimal) -> bool:
    """Whether the two can be meant as the same; figures far apart are another kind of table."""
    return Decimal("0.5") <= total / stated <= Decimal("1.5")
