"""/help: the commands that the person's roles may use; /lang, and what /bind says where no group is."""

from collections.abc import Sequence

from bot.chat.command import Command
from bot.chat.turn import SAMPLE_NUMBER, Turn, UsageError
from bot.texts.render import label, say
from jobs.authority.permissions import Action, Actor, has


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


def elsewhere(_turn: Turn, _text: str) -> None:
    """/bind and /unbind belong into the group that is meant."""
    raise UsageError(say("routing.elsewhere"), example=label("routing.elsewhere-example"))


BIND, UNBIND = (Command(name=name, effect=elsewhere, action=Action.GROUPS) for name in ("bind", "unbind"))
LANG = Command(
    name="lang",
    effect=lambda turn, _text: turn.answer("languages", number=turn.sample_number()),
    in_menu=False,
)
