"""Tables of fields, or departments, each under a plain title: every one is a task (항목표로 된 안내, 실천카드)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from plans.fields.labels import PERIOD_LABELS, WHEN_LABELS, field_of
from plans.structure.projects import Project
from plans.tables.field_rows import field_rows, is_plain, title_above
from plans.tables.table import Table, find_tables
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze
from plans.time.scan import find_dates

_LABELLED: Final = re.compile(r"([가-힣][가-힣 ]{1,10})(?:\([^()]{1,10}\))?\s?[:：]\s?\S")
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


def titled_projects(lines: Sequence[Line]) -> list[Project]:
    """The tasks of several tables of fields that each begin with what the thing is called (사업명 | 청년 월세 지원)."""
    found = [(table, fields[0]) for table in find_tables(lines) if (fields := field_rows(table))]
    named = [(table, one.value) for table, one in found if field_of(one.label) == "title"]
    if len(named) < LEAST_TABLES:
        return []
    starts = [table.start for table, _ in named]
    return [
        Project(None, one_line(value), None, start, start, end)
        for (_, value), (start, end) in zip(named, pairwise([*starts, len(lines)]), strict=True)
    ]


def owned_projects(lines: Sequence[Line]) -> list[Project]:
    """The tasks of a document of several plain titles, each right above the line of its department (주관부서 : 녹지과)."""
    starts = [at - 1 for at in range(1, len(lines)) if _names_owner(lines[at]) and is_plain(lines[at - 1])]
    if len(starts) < LEAST_TABLES:
        return []
    return [
        Project(None, one_line(lines[start].body), None, start, start + 1, end)
        for start, end in pairwise([*starts, len(lines)])
    ]


def _names_owner(line: Line) -> bool:
    found = None if line.cells else _LABELLED.match(line.body)
    return found is not None and field_of(squeeze(found[1])) == "department"


def _says_when(table: Table) -> bool:
    return any(
        find_dates(one.value) and (WHEN_LABELS.match(one.label) or one.label in PERIOD_LABELS)
        for one in field_rows(table)
    )
