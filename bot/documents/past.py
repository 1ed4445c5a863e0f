"""/past: entries of before the plan's start; the planning office decides on each, or on all of a task, once."""

from collections.abc import Sequence

from bot.chat import stale
from bot.chat.command import Command
from bot.chat.lists import View, open_in_reach, page_of, paging, titled
from bot.chat.turn import Press, Turn, UsageError, button
from bot.documents import past_answer
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action, reach
from jobs.milestones import changes, completion
from jobs.plans import setup
from store.deliveries import Message
from store.models import AuditEntry, Milestone, Task
from store.states import MilestoneState, PastReview

DONE, ASK, KEEP = "pastdone", "pastask", "pastkeep"
VERBS = (DONE, ASK, KEEP)
BY_TASK = {"tpastdone": DONE, "tpastask": ASK, "tpastkeep": KEEP}
TASKS_VERB = "pasttasks"
PER_PAGE = 6  # tasks; each has a row of buttons


def _rows(turn: Turn, _number: int) -> list[Milestone]:
    return open_in_reach(turn, Action.SETTLE_PAST, Milestone.past_review == PastReview.OPEN)


def _decisions(milestone: Milestone) -> list[list[dict[str, str]]]:
    """One row, each button with its number, so that no thumb meets the wrong entry; the list says what the signs mean."""
    number, revision = milestone.id, milestone.revision
    made = [
        button(label(f"documents.past.button.{one}", number=number), one, number, revision) for one in VERBS
    ]
    return [made]


LIST = View(
    verb="past",
    rows=_rows,
    with_people=True,
    rows_of_buttons=_decisions,
)


def past(turn: Turn, _text: str) -> None:
    LIST.show(turn)


def press_decision(turn: Turn, press: Press) -> None:
    milestone = turn.milestone(press.id, Action.SETTLE_PAST)
    if stale.is_stale(press, milestone) or milestone.past_review is not PastReview.OPEN:
        stale.answer_stale(turn, press, milestone)
        return
    page = LIST.page_of(turn, milestone)
    entries, said = _settle(turn, [milestone], press.verb)
    turn.answer("past_settled", turn.undo_rows(entries), milestone=milestone, what=said)
    turn.rewrite_pressed(LIST.page(turn, page, 0))


def _settle(turn: Turn, entries: Sequence[Milestone], verb: str) -> tuple[list[AuditEntry], str]:
    """The decision on entries of one task: what was logged, and the sentence to answer with."""
    if verb == ASK:
        return past_answer.ask(turn, entries)
    made = [_finish(turn, one) if verb == DONE else _archive(turn, one) for one in entries]
    return made, say(f"documents.past.said.{verb}")


def _finish(turn: Turn, milestone: Milestone) -> AuditEntry:
    day = milestone.due_on or turn.today
    return completion.finish(turn.deed, milestone, day, None, is_confirmed=True)


def _archive(turn: Turn, milestone: Milestone) -> AuditEntry:
    values: dict[str, object] = {"past_review": PastReview.SETTLED, "state": MilestoneState.CANCELLED}
    return changes.apply(turn.deed, milestone, "past-archived", values)


def tasks_page(turn: Turn, wanted: int) -> Message:
    """The same by task: each with a row of its three decisions."""
    condition = reach(turn.session, turn.actor, Action.SETTLE_PAST, turn.today)
    found = list(setup.past(turn.session, condition).items())
    shown, current, pages = page_of(found, wanted, PER_PAGE)
    numbered = list(enumerate(shown, 1))
    lines = [
        render.text("past_task", number=number, task=task, entries=rows, today=turn.today)
        for number, (task, rows) in numbered
    ]
    total = sum(len(rows) for _, rows in found)
    title, empty, hint = (label(f"documents.past.tasks.{one}") for one in ("title", "empty", "hint"))
    text = titled(turn, title, total, lines, empty, hint, current, pages)
    keyboard = [_task_row(number, task) for number, (task, _) in numbered]
    return Message(text, keyboard + paging(TASKS_VERB, current, pages))


def _task_row(number: int, task: Task) -> list[dict[str, str]]:
    return [
        button(label(f"documents.past.tasks.{one}", number=number), verb, task.id)
        for verb, one in BY_TASK.items()
    ]


def press_tasks(turn: Turn, _press: Press) -> None:
    """The list by task, as a message of its own."""
    turn.say(tasks_page(turn, 1))


def turn_tasks(turn: Turn, press: Press) -> None:
    turn.rewrite_pressed(tasks_page(turn, press.id))


def press_task(turn: Turn, press: Press) -> None:
    """One decision on all entries of a task."""
    condition = reach(turn.session, turn.actor, Action.SETTLE_PAST, turn.today)
    found = setup.past(turn.session, condition & (Task.id == press.id))
    if not found:
        raise UsageError(say("documents.past.tasks.settled"))
    [(task, entries)] = found.items()
    logged, said = _settle(turn, entries, BY_TASK[press.verb])
    turn.answer("past_task_settled", turn.undo_rows(logged), task=task, count=len(entries), what=said)
    turn.rewrite_pressed(tasks_page(turn, 1))


COMMAND = Command(
    name="past",
    effect=past,
    action=Action.SETTLE_PAST,
    buttons={
        LIST.verb: LIST.turn_page,
        "pastopen": press_tasks,
        TASKS_VERB: turn_tasks,
        **dict.fromkeys(VERBS, press_decision),
        **dict.fromkeys(BY_TASK, press_task),
    },
    on_milestone=frozenset(VERBS),
)
