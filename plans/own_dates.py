"""What stands outside all tasks under a title of what comes (향후계획): the planning office's own dates (총괄부서 일정)."""

from __future__ import annotations

from plans.account import loose_lines
from plans.document import Document
from plans.draft import MilestoneDraft
from plans.entries.body import read_body


def own_dates(document: Document) -> list[MilestoneDraft]:
    """The entries of those lines; none where the document stands as one task on somebody's word."""
    told = {one.line for one in document.own}
    loose = set(loose_lines(document)) - told if document.tasks and not document.is_offered else set()
    if not loose:
        return []
    inside = {line.no for placed in document.tasks for line in placed.lines}
    body = read_body([line for line in document.lines if line.no not in inside], document.scope)
    return [one for one in body.milestones if one.line in loose and body.kinds.get(one.line) == "schedule"]
