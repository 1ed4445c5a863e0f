"""A document that is one grid of quarters, in which each row is a project with acts of its own (과제별 일정표)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from plans.document import Placed
from plans.draft import TaskDraft
from plans.entries.body import grid_milestone
from plans.tables.grids import GridEntry

LEAST_ROWS: Final = 2
LEAST_ACTS: Final = 2  # of a row on the average: rows of one act each are acts themselves


def tasks_of_grid(whole: Placed) -> list[Placed]:
    """The rows of a grid as tasks, where it is all that the document has and its rows are projects; else []."""
    rows: dict[str, list[GridEntry]] = defaultdict(list)
    for entry in whole.body.grids:
        rows[entry.label].append(entry)
    has_more = bool(whole.body.milestones or whole.task.asked)
    names_acts = any(entry.title == entry.label for entry in whole.body.grids)
    if has_more or names_acts or len(rows) < LEAST_ROWS or len(whole.body.grids) < LEAST_ACTS * len(rows):
        return []
    return [_placed(whole, label, entries, not at) for at, (label, entries) in enumerate(rows.items())]


def _placed(whole: Placed, label: str, entries: Sequence[GridEntry], is_first: bool) -> Placed:
    """The first has the document's lines, which the account goes through; others their own row."""
    task = TaskDraft(no=None, title=label, department=whole.task.department)
    task.milestones = [grid_milestone(entry, label) for entry in entries]
    lines = whole.lines if is_first else [line for line in whole.lines if line.no == entries[0].row]
    return Placed(task, lines, whole.body, entries[0].row)
