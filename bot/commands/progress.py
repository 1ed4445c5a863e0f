"""/progress ID PERCENT [note]: how far a milestone is; shown, never part of a rate."""

from __future__ import annotations

import re

from bot.access import Action
from bot.arguments import UsageError, note, numbered
from bot.commands.base import Command
from bot.commands.remark import open_milestone, remark
from bot.turn import Turn
from store.models import Milestone

EXAMPLE = "/progress 112 60 설계 검토 중"
PERCENT = re.compile(r"(?P<percent>\d{1,3})\s*(?:%|퍼센트|프로)?(?=\s|$)\s*(?P<rest>.*)", re.DOTALL)
MOST_PERCENT = 100


def set_progress(turn: Turn, text: str) -> None:
    milestone, rest = _numbered_first(turn, text)
    found = PERCENT.match(rest)
    if found is None or int(found["percent"]) > MOST_PERCENT:
        raise UsageError("진행률은 0에서 100 사이의 숫자로 적어 주십시오.", example=EXAMPLE)
    values: dict[str, object] = {"progress": int(found["percent"])}
    if (words := note(found["rest"], "메모")) is not None:
        values["note"] = words
    remark(turn, milestone, "progress", values)


def _numbered_first(turn: Turn, text: str) -> tuple[Milestone, str]:
    """Only the first number is the milestone's: the second one is the percentage."""
    head, _, rest = text.strip().partition(" ")
    found = numbered(head)
    if len(found.ids) != 1 or found.rest:
        raise UsageError("일정 번호와 진행률을 적어 주십시오.", example=EXAMPLE)
    return open_milestone(turn, found.ids[0]), rest.strip()


COMMAND = Command(
    name="progress",
    korean=("진행",),
    summary="진행률 입력(이행률과 무관)",
    example=EXAMPLE,
    effect=set_progress,
    action=Action.CHANGE,
    on_milestone=frozenset({"progress"}),
)
