"""/help: what the person's roles use most, then all commands in groups by what they are for; and what /bind says where no group
is."""

from collections.abc import Sequence

from bot.chat.command import Command
from bot.chat.turn import SAMPLE_NUMBER, Press, Turn, UsageError, button
from bot.texts import render
from bot.texts.render import label, say, words
from jobs.authority.permissions import Action, Actor, has
from reports.texts.speaking import language
from store.deliveries import Message
from store.states import RoleName

VERB, A_ROW = "helpof", 2
OTHER = "other"  # the group of what stands in none
GROUPS: dict[str, tuple[str, ...]] = {
    "own": (
        "my", "next", "hours", "lang", "done", "delay", "progress", "note", "evidence", "seen", "wait", "resume", "adjust",
        "undo", "reopen", "item", "kpi", "meeting",
    ),
    "look": ("task", "why", "find", "follow", "unfollow", "status", "overdue", "upcoming", "week", "audit"),
    "decide": ("approve", "reject", "hold", "nudge", "watch", "share"),
    "people": ("away", "assign", "handover", "invite", "roster", "unreachable"),
    "quarter": ("check", "ask", "round", "report", "correct", "adjustments"),
    "plan": ("setup", "add", "edit", "split", "merge", "drop", "rename", "past", "review", "plans", "secret", "daysoff"),
    OTHER: (),
}  # fmt: skip
"""What each command is for, by need; one that is named nowhere stands in the last group."""
FIRST: dict[RoleName, tuple[str, ...]] = {
    RoleName.PLANNER: ("status", "assign", "add"),
    **dict.fromkeys((RoleName.LEAD, RoleName.HEAD, RoleName.BUREAU), ("approve", "status", "overdue")),
    RoleName.AUDITOR: ("audit", "status", "find"),
    RoleName.OFFICER: ("my", "done", "delay"),
}
"""The three that a role uses most, of the highest role that a person holds."""


def usable(commands: Sequence[Command], actor: Actor) -> list[Command]:
    """Commands for the person's roles: the most used first, then by group."""
    mine = [one for one in commands if one.action is None or has(actor, one.action)]
    names = [*first(actor), *(name for names in GROUPS.values() for name in names)]
    return sorted(mine, key=lambda one: names.index(one.name) if one.name in names else len(names))


def first(actor: Actor) -> tuple[str, ...]:
    return next(names for role, names in FIRST.items() if role in actor.names)


def group_of(name: str) -> str:
    return next((group for group, names in GROUPS.items() if name in names), OTHER)


def show_help(turn: Turn, commands: Sequence[Command]) -> None:
    turn.say(_page(turn, commands, None))


def press_group(turn: Turn, press: Press, commands: Sequence[Command]) -> None:
    """The commands of one group, in the place of the message; 0: back to the beginning."""
    group = list(GROUPS)[press.id - 1] if 0 < press.id <= len(GROUPS) else None
    turn.rewrite_pressed(_page(turn, commands, group))


def _page(turn: Turn, commands: Sequence[Command], group: str | None) -> Message:
    shown = [one for one in usable(commands, turn.actor) if one.in_menu]
    titles, number = words("routing.help-group"), turn.sample_number()
    used = dict.fromkeys(group_of(one.name) for one in shown)
    told = (
        [one for one in shown if group_of(one.name) == group]
        if group is not None
        else [one for one in shown if one.name in first(turn.actor)]
    )
    text = render.text(
        "help",
        number=number,
        organisation=turn.office.name,
        title=titles[group] if group else "",
        commands=[_told(one, number) for one in told],
        groups=[
            (titles[one], [each.name for each in shown if group_of(each.name) == one])
            for one in GROUPS
            if one in used
        ]
        if group is None
        else [],
    )
    places = [(place, name) for place, name in enumerate(GROUPS, 1) if name in used and name != group]
    made = [button(titles[name], VERB, place) for place, name in places]
    return Message(text, [made[at : at + A_ROW] for at in range(0, len(made), A_ROW)])


def _told(one: Command, number: str) -> dict[str, str | None]:
    return {
        "name": one.name,
        "korean": one.korean[0] if one.korean and language() == "ko" else "",
        "summary": one.summary,
        "example": one.example and one.example.replace(SAMPLE_NUMBER, number),
    }


def elsewhere(_turn: Turn, _text: str) -> None:
    """/bind and /unbind belong into the group that is meant."""
    raise UsageError(say("routing.elsewhere"), example=label("routing.elsewhere-example"))


BIND, UNBIND = (Command(name=name, effect=elsewhere, action=Action.GROUPS) for name in ("bind", "unbind"))
