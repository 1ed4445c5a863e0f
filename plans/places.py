"""Line numbers of a draft as its text has them, where lines were taken apart to be read (줄 번호)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from plans.draft import Finding, PlanDraft
from plans.facts import Fact
from plans.text.lines import Line

_LINES: Final = frozenset({"there", "shown", "named"})
"""Facts of findings that are numbers of lines, or hold some."""


def as_written(draft: PlanDraft, lines: Sequence[Line]) -> None:
    """Gives everything in the draft the line number that the text has."""
    if not lines or lines[-1].at == lines[-1].no:
        return
    places = [line.at for line in lines]
    for task in draft.tasks:
        for entry in task.milestones:
            entry.line = places[entry.line - 1]
        for waiting in task.asked:
            waiting.line = places[waiting.line - 1]
        for goal in task.indicators:
            goal.line = places[goal.line - 1]
    draft.findings = [_moved(one, places) for one in draft.findings]
    for loose in draft.account.unread if draft.account is not None else ():
        loose.line = places[loose.line - 1]


def _moved(one: Finding, places: Sequence[int]) -> Finding:
    facts = {name: _fact(fact, places) if name in _LINES else fact for name, fact in one.facts.items()}
    line = one.line if one.line is None else places[one.line - 1]
    return one.model_copy(update={"line": line, "facts": facts})


def _fact(fact: Fact, places: Sequence[int]) -> Fact:
    if isinstance(fact, int):
        return places[fact - 1]
    if isinstance(fact, list):
        return list(dict.fromkeys(places[one - 1] for one in fact if isinstance(one, int))) or [
            _place(one, places) for one in fact if isinstance(one, dict)
        ]
    return fact


def _place(one: dict[str, str | int], places: Sequence[int]) -> dict[str, str | int]:
    return {name: places[said - 1] if isinstance(said, int) else said for name, said in one.items()}
