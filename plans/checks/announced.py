"""Tasks that the document announces and that were not found: in its list of tasks, or by their number (과제 누락)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from plans.document import Document
from plans.draft import Finding, finding
from plans.text.spelling import alike

_TOTAL: Final = re.compile(r"(?:총|전체|모두|합계)\s?:?\s?(\d{1,3})\s?개?\s?(?:사업|과제)")
LIKE: Final = 0.6  # from this likeness on a title of the list is that of a task
MOST_NAMED: Final = 5
LONGEST_NAMED: Final = 30


def missing_tasks(document: Document) -> list[Finding]:
    """Titles of the list of tasks that no task bears, and a total above what was found."""
    return [*_unlisted(document), *_fewer(document)]


def _unlisted(document: Document) -> Iterator[Finding]:
    if document.task_list is None:
        return
    titles = [placed.task.title for placed in document.tasks]
    missing = [
        entry
        for entry in document.task_list.entries
        if not any(alike(entry.title, title) >= LIKE for title in titles)
    ]
    if missing:
        named: list[dict[str, str | int]] = [
            {"title": entry.title[:LONGEST_NAMED], "there": entry.line} for entry in missing[:MOST_NAMED]
        ]
        more = max(0, len(missing) - MOST_NAMED)
        yield finding(missing[0].line, "tasks-missing.listed", count=len(missing), named=named, more=more)


def _fewer(document: Document) -> Iterator[Finding]:
    """총 10개 과제 above the first task, seven found; a register counts its rows itself."""
    first = document.tasks[0].first if document.tasks and not document.is_register else 0
    said = [(line.no, int(m[1])) for line in document.lines[:first] for m in _TOTAL.finditer(line.text)]
    count = len(document.tasks)
    if said and all(number > count for _, number in said):
        line, number = min(said, key=lambda one: one[1])
        yield finding(line, "tasks-missing.counted", stated=number, found=count)
