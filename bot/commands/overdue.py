"""/overdue: what is late in the manager's reach."""

from __future__ import annotations

from bot.access import Action
from bot.commands.base import Command
from bot.turn import Turn
from bot.views import OVERDUE


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
