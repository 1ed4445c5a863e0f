"""/task: the card of a task, by its number, that of one of its entries, or the document's (4-1-②)."""

from bot.chat.command import Command, misused
from bot.chat.line import action_row
from bot.chat.tasks import named_in, task_of
from bot.chat.turn import Turn
from bot.overview import card
from bot.texts import render
from jobs.authority.permissions import Action, may
from store import milestones
from store.deliveries import Message
from store.models import Milestone


def task(turn: Turn, text: str) -> None:
    named = named_in(text)
    if named is None or named.rest:
        raise misused("overview.one-number", "task")
    found = task_of(turn, named, Action.VIEW)
    asked = milestones.get(turn.session, named.number) if named.number is not None else None
    row = action_row(asked) if asked is not None and _can_change(turn, asked) else []
    shown = card.body(card.About(turn, found, asked))
    turn.say(Message(render.text("task", task=found, plan=found.plan, body=shown), [row] if row else []))


def _can_change(turn: Turn, milestone: Milestone) -> bool:
    return may(turn.session, turn.actor, Action.CHANGE, milestone, turn.today)


COMMAND = Command(
    name="task",
    effect=task,
    action=Action.VIEW,
    on_milestone=frozenset({"task"}),
)
