"""/task: the card of a task, by its number, that of one of its entries, or the document's (4-1-②)."""

from bot.chat.command import Command, misused
from bot.chat.line import action_row
from bot.chat.tasks import named_in, task_of
from bot.chat.turn import Turn
from bot.completion.evidence import photo_row
from bot.digest import yearround
from bot.overview import card, why
from bot.standing import follow
from bot.texts import render
from jobs.authority.permissions import Action, may, may_task
from jobs.owed.yearround import is_complete
from store import milestones
from store import yearround as going
from store.deliveries import Message
from store.models import Milestone, Task

MOST_COUNTERS = 5  # with the item's own rows no more than ROWS_MOST


def task(turn: Turn, text: str) -> None:
    named = named_in(text)
    if named is None or named.rest:
        raise misused("overview.one-number", "task")
    found = task_of(turn, named, Action.VIEW)
    asked = milestones.get(turn.session, named.number) if named.number is not None else None
    rows = [*_counters(turn, found)]
    row = action_row(asked) if asked is not None and _can_change(turn, asked) else []
    shown = card.body(card.About(turn, found, asked))
    of_asked = (
        [row, [*why.row(asked), *follow.row(turn, asked)], *photo_row(asked)] if asked is not None else []
    )
    rows = [one for one in of_asked if one] + rows
    turn.say(Message(render.text("task", task=found, plan=found.plan, body=shown), rows))


def _counters(turn: Turn, found: Task) -> list[list[dict[str, str]]]:
    """[한 번 했음] of quotas that are not complete, where the speaker may change them."""
    if not may_task(turn.session, turn.actor, Action.CHANGE, found.id, turn.today):
        return []
    held = going.of_task(turn.session, found.id)
    quotas = [one for one in held if one.quota is not None and not is_complete(one)]
    return [yearround.buttons(one) for one in quotas[:MOST_COUNTERS]]


def _can_change(turn: Turn, milestone: Milestone) -> bool:
    return may(turn.session, turn.actor, Action.CHANGE, milestone, turn.today)


COMMAND = Command(
    name="task",
    effect=task,
    action=Action.VIEW,
    on_milestone=frozenset({"task"}),
)
