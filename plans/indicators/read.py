"""The goals of a document's tasks: tables of goals anywhere in a task, and the bullets below a title of goals (성과지표)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from plans.document import Document
from plans.draft import Finding, finding
from plans.indicators.drafts import IndicatorDraft
from plans.indicators.rows import read_row
from plans.indicators.tables import read_goals
from plans.structure.sections import title_of
from plans.tables.table import find_tables
from plans.text.lines import Line
from plans.text.spelling import squeeze

_GOALS: Final = re.compile(r"성과목표|기대효과|성과지표|달성목표")


def read_indicators(document: Document) -> None:
    """Gives each task its goals; what may be a goal and is not read for certain is a finding."""
    for placed in document.tasks:
        goals = _below_titles(placed.lines)
        task = placed.task
        for table in find_tables(placed.lines):
            found = read_goals(table, document.year, table.rows[0].no in goals)
            if found is not None:
                task.indicators += found.indicators
                task.targets += found.yearly
                document.findings += [_doubt(no) for no in found.doubts]
        for line, text in _bullets([one for one in placed.lines if one.no in goals]):
            read, is_doubted = read_row("", text, line.no, document.year)
            task.indicators += read
            document.findings += [_doubt(line.no)] if is_doubted else []
        task.indicators.sort(key=_by_line)


def _by_line(one: IndicatorDraft) -> int:
    return one.line


def _doubt(line: int) -> Finding:
    return finding(line, "goal-number")


def _below_titles(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of the lines that stand below a title of goals, up to the next title."""
    found: list[int] = []
    is_on = False
    for line in lines:
        title = title_of(line)
        if title is not None:
            is_on = bool(_GOALS.search(squeeze(title)))
        elif is_on:
            found.append(line.no)
    return frozenset(found)


def _bullets(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Each bullet with the plain lines right below it, which go on with its words. Remarks are none."""
    open_line: Line | None = None
    text, last = "", 0
    for line in lines:
        goes_on = open_line is not None and not line.marks and line.no == last + 1
        if line.cells or line.is_blank or not (line.marks or goes_on):
            continue
        if goes_on:
            text, last = f"{text} {line.body}", line.no
            continue
        if open_line is not None:
            yield open_line, text
        open_line, text, last = (None, "", 0) if line.is_note else (line, line.body, line.no)
    if open_line is not None:
        yield open_line, text
