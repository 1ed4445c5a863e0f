"""A table -> its entries, whatever kind of table it is (표 읽기)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Final

from plans.draft import Asked, Finding, MilestoneDraft
from plans.entries.items import Place, asked
from plans.entries.remarks import unreadable
from plans.structure.sections import Section
from plans.structure.years import YearScope
from plans.tables.column_roles import is_total, read_columns
from plans.tables.grids import Grid, GridEntry, is_year_grid, read_grid, read_year_grid
from plans.tables.header_rows import time_of
from plans.tables.rows import read_rows
from plans.tables.steps import read_steps
from plans.tables.table import Table, cell
from plans.tables.yearly import is_plan_by_years, read_list_of_years, read_plan_by_years, years_of_rows

NO_ANSWERS: Final[Mapping[str, str]] = {}


@dataclass
class TableEntries:
    """What a table gives; empty for one that tells of nothing to come."""

    milestones: list[MilestoneDraft] = field(default_factory=list)
    grids: list[GridEntry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)


def read_table(
    table: Table,
    section: Section,
    scope: YearScope,
    answers: Mapping[str, str] = NO_ANSWERS,
    is_register: bool = False,
) -> TableEntries:
    """The entries of a table; `answers`: form -> header of the column that a person chose for the time; `is_register`:
    each row is a task of its own."""
    if section.kind == "none":
        return TableEntries()
    panels = [] if is_register else table.panels()
    if len(panels) > 1:
        return _together([read_table(panel, section, scope, answers) for panel in panels])
    grid = _grid(table, section, scope)
    if grid is not None:
        return _of_grid(grid, section)
    rows = read_rows(table, section, scope, answers, is_register)
    if not (rows.milestones or rows.asked or is_register or rows.has_names):
        rows.milestones = read_steps(table, section, scope.context(table.rows[0].no))
    return TableEntries(rows.milestones, [], rows.findings, rows.asked)


def _together(parts: Sequence[TableEntries]) -> TableEntries:
    """What tables side by side give, one after the other."""
    return TableEntries(
        *([one for part in parts for one in getattr(part, one_of.name)] for one_of in fields(TableEntries))
    )


def timed_rows(table: Table) -> list[int]:
    """The numbers of the rows that have times in the columns that say when something is done."""
    columns = read_columns(table.head, table.below)
    whens = columns.of("time", "act", "after", "month")
    return [
        row.no
        for row in table.below
        if not is_total(row) and any(time_of(cell(row, column.index)) is not None for column in whens)
    ]


def _grid(table: Table, section: Section, scope: YearScope) -> Grid | None:
    columns = read_columns(table.head, table.below)
    if columns.of("slot"):
        return read_grid(table, columns, scope)
    years = years_of_rows(table, section.title or "") if section.kind != "done" else []
    if years:
        return read_list_of_years(years, Place(table.rows[0].no, section.title, section.kind))
    if not table.head.years:
        return None
    if is_year_grid(table):
        return read_year_grid(table)
    if section.kind != "done" and is_plan_by_years(table, columns, section.title or ""):
        line = table.rows[table.head.end - 1].no
        return read_plan_by_years(table, columns, Place(line, section.title, section.kind))
    return None


def _of_grid(grid: Grid, section: Section) -> TableEntries:
    found = TableEntries(grids=grid.entries, findings=grid.findings)
    for trouble, row in grid.asked:
        found.findings.append(unreadable(trouble, grid.line))
        found.asked.append(asked(trouble, Place(row.no, section.title, section.kind)))
    return found
