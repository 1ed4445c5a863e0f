"""Leftovers put where they belong: the task around them, the section beside the tasks, or the document as one (나머지의 자리)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from plans.account import ASKED, first_of
from plans.document import Document, Placed
from plans.draft import UNTITLED, Finding, MilestoneDraft, TaskDraft, finding
from plans.entries.items import Place, milestone
from plans.residue.leftover import Leftover, leftovers
from plans.structure.projects import whole_project
from plans.structure.sections import is_section_title
from plans.text.spelling import squeeze

LEAST_BESIDE: Final = (
    2  # entries that make a section a task beside others; a lone one is told as outside all tasks
)


def propose(document: Document) -> None:
    """Adds to the document what nothing consumed and enough speaks for."""
    told = _told(document)
    found = [one for one in leftovers(document, told) if one.is_entry]
    said = _Said(document)
    for task, ones in _places(document, [one for one in found if not said.has(one)]).items():
        document.tasks[task].task.milestones += [_milestone(document, one) for one in ones]
        document.proposed |= {document.lines[one.index].no for one in ones}


def proposed_finding(document: Document) -> list[Finding]:
    """Which lines became entries by the general rule alone: a person should look at them."""
    numbers = sorted(document.proposed)
    if not numbers:
        return []
    shown, more = first_of(numbers)
    count = sum(
        entry.line in document.proposed for placed in document.tasks for entry in placed.task.milestones
    )
    return [finding(numbers[0], "proposed", count=count, shown=shown, more=more)]


def _told(document: Document) -> set[int]:
    """The numbers of the lines that were read, asked about, or are part of what was."""
    told: set[int] = {one.line for one in document.findings if one.kind in ASKED and one.line is not None}
    told |= {one.line for one in document.own}
    for placed in document.tasks:
        body = placed.body
        told |= {one.line for one in placed.task.milestones} | {one.line for one in placed.task.asked}
        told |= {one.line for one in body.findings if one.kind in ASKED and one.line is not None}
        told |= body.repeats | body.paired | body.joined.keys() | {entry.row for entry in body.grids}
    return told


class _Said:
    """The entries that the document has, by their windows."""

    def __init__(self, document: Document) -> None:
        self.titles: dict[str, list[str]] = defaultdict(list)
        for placed in document.tasks:
            for one in placed.task.milestones:
                self.titles[repr(one.windows)].append(squeeze(one.title))

    def has(self, one: Leftover) -> bool:
        """Whether an entry says the same at the same time."""
        words = [squeeze(word) for word in one.piece.title.split() if len(squeeze(word)) > 1]
        others = self.titles.get(repr(list(one.piece.reading.windows)), [])
        return any(2 * sum(word in other for word in words) >= len(words) > 0 for other in others)


def _places(document: Document, found: Sequence[Leftover]) -> dict[int, list[Leftover]]:
    """Index of a task -> what is proposed of it; tasks are made for what stands beside them."""
    within = {line.no: i for i, placed in enumerate(document.tasks) for line in placed.lines}
    places: dict[int, list[Leftover]] = defaultdict(list)
    beside: dict[str, list[Leftover]] = defaultdict(list)
    is_alone = not document.tasks
    for one in found:
        at = within.get(document.lines[one.index].no)
        if at is not None:
            places[at].append(one)
        else:
            beside[_title(document) if is_alone else _section_above(document, one.index)].append(one)
    for title, ones in beside.items():
        if is_alone or len(ones) >= LEAST_BESIDE:
            places[len(document.tasks)] = ones
            document.tasks.append(_task(document, title, ones[0].index))
    document.is_offered = document.is_offered or (is_alone and bool(beside))
    return places


def _title(document: Document) -> str:
    return whole_project(document.lines, document.scope.tree, document.cover.title or UNTITLED).title


def _section_above(document: Document, index: int) -> str:
    """The nearest title above a line that names more than a section; else the document's."""
    for block in document.scope.tree.above(index):
        title = block.number.title if block.number is not None else block.text
        if block.kind == "title" and not is_section_title(title):
            return title.strip("<>〈〉《》[]【】 ")
    return _title(document)


def _task(document: Document, title: str, index: int) -> Placed:
    return Placed(TaskDraft(no=None, title=title, department=document.cover.department), first=index + 1)


def _milestone(document: Document, one: Leftover) -> MilestoneDraft:
    return milestone(
        one.piece.title,
        one.piece.expr,
        one.piece.reading,
        Place(document.lines[one.index].no, None, "schedule"),
    )
