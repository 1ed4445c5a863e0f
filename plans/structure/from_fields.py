"""Pages of tables of fields, each under its title: every one is a task (항목표로 된 안내)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from plans.fields.labels import PERIOD_LABELS, WHEN_LABELS
from plans.structure.projects import Project
from plans.tables.field_rows import field_rows, title_above
from plans.tables.table import Table, find_tables
from plans.text.lines import Line
from plans.text.spelling import one_line
from plans.time.scan import find_dates

LEAST_TABLES: Final = 2  # of one alone nobody knows whether it is a task or the document


def field_projects(lines: Sequence[Line]) -> list[Project]:
    """The tasks of a page of several tables that say when in one of their fields; [] for any other document."""
    found = [title_above(lines, table.start) for table in find_tables(lines) if _says_when(table)]
    starts = [at for at in found if at is not None]
    if len(starts) < LEAST_TABLES or len(starts) < len(found):
        return []
    return [
        Project(None, one_line(lines[start].body), None, start, start + 1, end)
        for start, end in pairwise([*starts, len(lines)])
    ]


def _says_when(table: Table) -> bool:
    return any(
        find_dates(one.value) and (WHEN_LABELS.match(one.label) or one.label in PERIOD_LABELS)
        for one in field_rows(table)
    )
