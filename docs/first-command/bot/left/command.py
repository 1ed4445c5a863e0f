"""/left ID: how many days there are until a milestone's due day."""

from __future__ import annotations

from bot.chat.command import Command
from bot.chat.turn import Turn, UsageError, one_number
from bot.speech.understand import KOREAN
from bot.texts.lines import label
from jobs.authority.access import Action

EXAMPLE = "/left 112"


def left(turn: Turn, text: str) -> None:
    """Answer with the days; nothing is changed."""
    number, _ = one_number(text, label("left.one-number"), EXAMPLE, is_all=True)
    milestone = turn.milestone(number, Action.VIEW)
    if milestone.due_on is None:
        raise UsageError(label("left.no-due-day", number=number))
    days = (milestone.due_on - turn.today).days
    turn.answer("left", milestone=milestone, today=turn.today, days=days)


COMMAND = Command(
    name="left",
    korean=KOREAN["left"],
    summary=label("left.summary"),
    example=EXAMPLE,
    effect=left,
    action=Action.VIEW,
)
