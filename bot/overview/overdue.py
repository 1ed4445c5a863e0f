"""/overdue: what is late in the manager's reach."""

from __future__ import annotations

from bot.chat.command import Command
from bot.chat.lists import OVERDUE
from bot.chat.turn import Turn
from jobs.authority.access import Action


def overdue(turn: Turn, _text: str) -> None:
    OVERDUE.show(turn)


COMMAND = Command(
    name="overdue",
    korean=("경과", "지연"),
    summary="기한이 지난 일정",
    effect=overdue,
    action=Action.OVERVIEW,
    buttons={OVERDUE.verb: OVERDUE.turn_page},
)
