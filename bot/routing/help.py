"""/help: the commands that the person's roles may use."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.command import Command
from bot.chat.turn import SAMPLE_NUMBER, Turn
from jobs.authority.access import Actor, has


def usable(commands: Sequence[Command], actor: Actor) -> list[Command]:
    """Commands for the person's roles, in their order."""
    return [one for one in commands if one.action is None or has(actor, one.action)]


def show_help(turn: Turn, commands: Sequence[Command]) -> None:
    shown = [one for one in usable(commands, turn.actor) if one.in_menu]
    number = turn.sample_number()
    turn.answer(
        "help",
        number=number,
        organisation=turn.office.name,
        commands=[
            {
                "name": one.name,
                "korean": one.korean[0] if one.korean else "",
                "summary": one.summary,
                "example": one.example and one.example.replace(SAMPLE_NUMBER, number),
            }
            for one in shown
        ],
    )
