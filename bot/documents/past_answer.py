"""What was due before the start, asked of its officers at once: one message, and none after it."""

from collections.abc import Sequence
from functools import partial

from bot.chat.command import Command
from bot.chat.line import action_row
from bot.chat.turn import Press, Turn, UsageError, button
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action, reach
from jobs.milestones import changes, completion
from jobs.plans import setup
from store import chat_links, milestones
from store.deliveries import Message
from store.models import AuditEntry, Milestone, Officer, Task
from store.states import PastReview

ALL_DONE = "pastall"
MOST_ROWS = 7  # of entries with buttons of their own


def ask(turn: Turn, entries: Sequence[Milestone]) -> tuple[list[AuditEntry], str]:
    """Those of one task are asked about; where nobody can be written to nothing changes. Gives what was logged, and
    the sentence to answer with."""
    people = [one.officer for one in milestones.assignees(entries[0], turn.today)]
    reached = [one for one in people if chat_links.active(turn.session, one.id) is not None]
    if not people:
        return [], say("documents.past.said.nobody")
    if not reached:
        return [], say("documents.past.said.unlinked", names=[guard.named(one) for one in people])
    logged = [
        changes.apply(turn.deed, one, "past-asked", {"past_review": PastReview.ASKED}) for one in entries
    ]
    for officer in reached:
        turn.hand(officer.id, "past-asked", partial(_question, turn, officer, entries))
    return logged, say("documents.past.said.pastask", names=[guard.named(one) for one in reached])


def _question(turn: Turn, officer: Officer, entries: Sequence[Milestone]) -> Message:
    task = entries[0].task
    text = render.text("past_asked", officer=officer, task=task, entries=entries, today=turn.today)
    keyboard = [action_row(one) for one in entries[:MOST_ROWS]]
    everything = label("documents.past.asked.all", count=len(entries))
    return Message(text, [[button(everything, ALL_DONE, task.id)], *keyboard])


def press_all_done(turn: Turn, press: Press) -> None:
    """[모두 했음]: all of the task that was asked about was done on its day."""
    mine = reach(turn.session, turn.actor, Action.CHANGE, turn.today)
    asked = Task.id == press.id, Milestone.past_review == PastReview.ASKED
    found = setup.past(turn.session, mine & asked[0] & asked[1])
    if not found:
        raise UsageError(say("documents.past.tasks.settled"))
    [(task, entries)] = found.items()
    logged = [completion.finish(turn.deed, one, one.due_on or turn.today, None) for one in entries]
    said = say("documents.past.said.pastdone")
    turn.answer("past_task_settled", turn.undo_rows(logged), task=task, count=len(entries), what=said)


# Its button is its officers'; /past itself is the planning office's.
ANSWER = Command(
    name="past-answer",
    effect=lambda turn, _text: turn.refuse("refused", reason=say("documents.past.tasks.settled")),
    action=Action.CHANGE,
    buttons={ALL_DONE: press_all_done},
    in_menu=False,
)
