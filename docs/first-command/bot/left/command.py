"""/left ID: how many days there are until a milestone's due day."""

from __future__ import annotations

from bot.chat.command import Command, example_of
from bot.chat.turn import Turn, UsageError, one_number
from bot.texts.render import label
from jobs.authority.permissions import Action


def left(turn: Turn, text: str) -> None:
    """Answer with the days; nothing is changed."""
    number, _ = one_number(text, label("left.one-number"), example_of("left"), is_all=True)
    milestone = turn.milestone(number, Action.VIEW)
    if milestone.due_on is None:
        raise UsageError(label("left.no-due-day", number=number))
    days = (milestone.due_on - turn.today).days
    turn.answer("left", milestone=milestone, today=turn.today, days=days)


COMMAND = Command(name="left", effect=left, action=Action.VIEW)
