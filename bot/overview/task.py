"""/task ID: the task of a number, its milestones, and the history of the one asked for."""

from bot.chat import stale
from bot.chat.command import Command, example_of
from bot.chat.line import action_row, line
from bot.chat.turn import Turn, one_number
from bot.completion.confirm import evidence_word
from bot.delays.request import reason_words
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say, words
from jobs.authority.permissions import Action, may
from store import audit, milestones, yearround
from store.deliveries import Html
from store.models import DelayRequest, Milestone, Task
from store.states import AssignmentKind, DelayState

MOST_SHOWN = 15
PEOPLE_SHOWN = 12
ROOM = 1200  # for the frame and the history


def task(turn: Turn, text: str) -> None:
    number, _ = one_number(text, say("overview.one-number"), example_of("task"), is_all=True)
    asked = _milestone_of(turn, number)
    shown, more = _lines(turn, asked)
    entries = audit.history(turn.session, milestones.subject(number))
    keyboard = [action_row(asked)] if asked.id == number and _can_change(turn, asked) else []
    turn.answer(
        "task",
        [row for row in keyboard if row],
        task=asked.task,
        plan=asked.task.plan,
        department=asked.task.department.name if asked.task.department else label("overview.no-department"),
        people=_people(asked, turn),
        period=_period(asked.task, turn),
        lines=shown,
        more=more,
        going=yearround.of_task(turn.session, asked.task_id),
        today=turn.today,
        number=number,
        note=asked.note if asked.id == number else None,
        evidence=_evidence(asked, turn) if asked.id == number else [],
        delays=[_delay_line(one, place, turn) for place, one in enumerate(asked.delays, 1)]
        if asked.id == number
        else [],
        original=asked.original_due_on,
        history=[stale.entry_facts(one, asked, turn.office.zone, turn.today) for one in entries],
    )


def _delay_line(request: DelayRequest, place: int, turn: Turn) -> str:
    """One request: from when to when, what became of it and by whom, why."""
    by = guard.named(request.decided_by) if request.decided_by else ""
    is_at_once = request.state is DelayState.APPLIED and not request.level
    word = words("overview.delay")["at-once" if is_at_once else request.state]
    decided = f"{word}({by})" if by and request.state in {DelayState.APPLIED, DelayState.REJECTED} else word
    old, new = (
        render.near_day(request.old_due_on, turn.today),
        render.near_day(request.new_due_on, turn.today),
    )
    return say(
        "overview.delay-line",
        place=place,
        old=old,
        until=new,
        outcome=decided,
        reason=render.cut(reason_words(request), 60),
    )


def _evidence(milestone: Milestone, turn: Turn) -> list[str]:
    """What shows that it was done, with who handed it in."""
    zone = turn.office.zone
    return [
        f"{evidence_word(one)} ({guard.named(one.submitted_by)}, {render.moment(one.submitted_at, zone)})"
        for one in milestone.evidence
        if one.removed_at is None
    ]


def _milestone_of(turn: Turn, number: int) -> Milestone:
    """The milestone of that number, or the first one of the task of that number."""
    found = turn.session.get(Task, number)
    if found is not None and found.milestones:
        number_of_first = found.milestones[0].id
        first = milestones.get(turn.session, number_of_first)
        if first is not None and may(turn.session, turn.actor, Action.VIEW, first, turn.today):
            return first
    return turn.milestone(number, Action.VIEW)


def _can_change(turn: Turn, milestone: Milestone) -> bool:
    return may(turn.session, turn.actor, Action.CHANGE, milestone, turn.today)


def _lines(turn: Turn, asked: Milestone) -> tuple[list[Html], int]:
    """The task's milestones, the asked one first, as many as fit; and how many were left out."""
    ordered = sorted(
        asked.task.milestones, key=lambda one: (one.id != asked.id, one.due_on is None, one.due_on, one.id)
    )
    page = render.pages(
        [line(one, turn.today, turn.office.rules.calendar, with_task=False) for one in ordered],
        MOST_SHOWN,
        ROOM,
    )[0]
    return page, len(ordered) - len(page)


def _people(milestone: Milestone, turn: Turn) -> list[str]:
    named = []
    for one in milestones.assignees(milestone, turn.today):
        rank = f" {one.officer.rank}" if one.officer.rank else ""
        role = "" if one.kind is AssignmentKind.LEAD else label("overview.deputy")
        named.append(f"{one.officer.name}{rank}{role}")
    more = len(named) - PEOPLE_SHOWN
    return named if more <= 0 else [*named[:PEOPLE_SHOWN], label("overview.more-people", count=more)]


def _period(one: Task, turn: Turn) -> str:
    if one.start_on is None and one.end_on is None:
        return ""
    start = render.near_day(one.start_on, turn.today) if one.start_on else ""
    return f"{start} ~ {render.near_day(one.end_on, turn.today) if one.end_on else ''}".strip()


COMMAND = Command(
    name="task",
    effect=task,
    action=Action.VIEW,
    on_milestone=frozenset({"task"}),
)
