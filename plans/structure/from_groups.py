"""A document that is one table of what is done from when to when, whose rows stand in groups (구분별 일정표)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from plans.document import Placed
from plans.draft import TaskDraft
from plans.entries.body import Body
from plans.tables.column_roles import groups_of, read_columns
from plans.tables.table import Table, cell, find_tables
from plans.tables.whens import spans_of
from plans.text.lines import Line

LEAST_GROUPS: Final = 2


def tasks_of_groups(whole: Placed) -> list[Placed]:
    """The groups of rows as tasks, where all that the document has stands in rows with a group; else []."""
    named = {no: name for table in find_tables(whole.lines) for no, name in _groups(table).items()}
    numbers = [one.line for one in whole.task.milestones] + [one.line for one in whole.task.asked]
    if not numbers or any(no not in named for no in numbers):
        return []
    names = list(dict.fromkeys(named[no] for no in numbers))
    return [_placed(whole, name, named) for name in names] if len(names) >= LEAST_GROUPS else []


def _groups(table: Table) -> dict[int, str]:
    """Number of a row -> the group that its own cell or a merged one above it names."""
    columns = read_columns(table.head, table.below)
    column = groups_of(columns) if spans_of(columns) else None
    found: dict[int, str] = {}
    name = ""
    for row in table.below if column is not None else ():
        assert column is not None
        name = cell(row, column.index) or name
        if name:
            found[row.no] = name
    return found


def _placed(whole: Placed, name: str, named: dict[int, str]) -> Placed:
    """The first has the lines above the rows, too, which the account goes through."""
    task = TaskDraft(no=None, title=name, department=whole.task.department)
    task.milestones = [one for one in whole.task.milestones if named[one.line] == name]
    task.asked = [one for one in whole.task.asked if named[one.line] == name]
    first = next(one for one in named.values())
    lines = [line for line in whole.lines if _is_of(line, name, named, name == first)]
    body = whole.body if name == first else Body(kinds=whole.body.kinds)
    return Placed(task, lines, replace(body), lines[0].no)


def _is_of(line: Line, name: str, named: dict[int, str], is_first: bool) -> bool:
    return named[line.no] == name if line.no in named else is_first
