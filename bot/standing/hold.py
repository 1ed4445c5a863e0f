"""/hold ID DATE REASON (보류) and /resume ID (재개): put off by those above, with a reason and a review day."""

from datetime import date, timedelta

from bot.chat.command import Command, example_of, misused
from bot.chat.line import accountable, standing
from bot.chat.tasks import Named, named_in, task_of
from bot.chat.turn import Press, RefusedError, Turn, UsageError, note
from bot.digest.yearround import RESUME as RESUME_VERB
from bot.digest.yearround import own_series
from bot.speech.answers import is_condition
from bot.speech.dates import Doubt, Shift, When, read
from bot.standing.remarks import open_milestone
from bot.texts import doubt_words
from bot.texts.render import label, say
from jobs.authority.permissions import Action, may, may_task
from jobs.milestones import hold
from store import milestones
from store.models import Milestone, Task
from store.states import MilestoneState, PlanState

MOST_DAYS = 366


def put_on_hold(turn: Turn, text: str) -> None:
    """A milestone, or a whole task by its number or the document's; with a day, or until something happens."""
    named = named_in(text)
    if named is None:
        raise misused("standing.one-to-hold", "hold")
    task = _whole_task(turn, named)
    milestone = open_milestone(turn, named.number or 0, Action.DECIDE) if task is None else None
    if not named.rest:
        raise misused("standing.hold-arguments", "hold")
    day, rest = _until(named.rest, turn.ahead())
    words = note(rest)
    if words is None:
        raise misused("standing.why-held", "hold")
    if milestone is None:
        assert task is not None
        _suspend(turn, task, day, words)
        return
    entry = hold.hold(turn.deed, milestone, review_on=day, words=words)
    turn.registered("held", entry, milestone=milestone, words=words, told=_tell(turn, milestone, words))


def _whole_task(turn: Turn, named: Named, action: Action = Action.DECIDE) -> Task | None:
    """The task, where a task is named and nothing of it. Raises UsageError where the speaker may not."""
    is_task = named.number is None or turn.session.get(Task, named.number) is not None
    task = task_of(turn, named, Action.VIEW) if is_task else None
    if task is not None and not may_task(turn.session, turn.actor, action, task.id, turn.today):
        raise RefusedError(say("chat.error.not-decided", number=task.id))
    if task is not None and (task.plan.state is not PlanState.ACTIVE or task.withdrawn_on is not None):
        raise UsageError(say("chat.error.closed-plan", number=task.id))
    return task


def _until(text: str, when: When) -> tuple[date | None, str]:
    """The review day and the reason; no day where the words are a condition: it rests until what they say."""
    if is_condition(text) and read(text, when) is None:
        return None, text
    return review_day(text, when, example_of("hold") or "")


def _suspend(turn: Turn, task: Task, day: date | None, words: str) -> None:
    if hold.is_suspended(turn.session, task, turn.today):
        raise UsageError(say("standing.suspended-already", number=task.id))
    held = hold.suspend(turn.deed, task, review_on=day, words=words)
    people = milestones.of_task(task, turn.today)
    facts = {"words": words, "day": day, "count": len(held), "accountable": accountable(people)}
    turn.answer("task_held", task=task, is_told=False, by="", **facts)
    for one in people:
        if one.officer_id != turn.actor.officer.id:
            by = turn.actor.officer.name
            turn.tell_of(task, one.officer_id, "held", "task_held", task=task, is_told=True, by=by, **facts)


def _tell(turn: Turn, milestone: Milestone, words: str) -> list[str]:
    """Whoever answers for it hears of it; gives the names of those who could be reached."""
    held = milestones.assignees(milestone, turn.today)
    facts = {"by": turn.actor.officer.name, "words": words, "accountable": accountable(held)}
    return [
        one.officer.name
        for one in held
        if turn.tell_of(milestone.task, one.officer.id, "held", "held_notice", milestone=milestone, **facts)
    ]


def take_up(turn: Turn, text: str) -> None:
    """Whoever may change it takes it up again, or whoever may put it on hold."""
    named = named_in(text)
    if named is None or named.rest:
        raise misused("standing.one-to-resume", "resume")
    if (task := _whole_task(turn, named, Action.CHANGE)) is not None:
        resume_task(turn, task)
        return
    milestone = _to_resume(turn, named.number or 0)
    is_waiting = milestone.state is MilestoneState.PLANNED and milestone.gate is not None
    if milestone.state is not MilestoneState.ON_HOLD and not is_waiting:
        raise UsageError(say("standing.not-held", number=milestone.id, state=standing(milestone, turn.today)))
    was = label("standing.was.waiting") if is_waiting else label("standing.was.held")
    entry = hold.resume(turn.deed_for(milestone), milestone)
    turn.registered("resumed", entry, milestone=milestone, was=was)


def resume_task(turn: Turn, task: Task) -> None:
    if not hold.is_suspended(turn.session, task, turn.today):
        raise UsageError(say("standing.not-suspended", number=task.id))
    turn.answer("task_resumed", task=task, count=len(hold.take_up(turn.deed, task)))


def press_resume(turn: Turn, press: Press) -> None:
    """[다시 추진] under the month's question: the milestone, or the whole task."""
    series = own_series(turn, press.id)
    held = milestones.get(turn.session, series.held_id) if series.held_id is not None else None
    if held is not None:
        take_up(turn, str(held.id))
    else:
        resume_task(turn, series.task)


def _to_resume(turn: Turn, number: int) -> Milestone:
    known = milestones.get(turn.session, number)
    decides = known is not None and may(turn.session, turn.actor, Action.DECIDE, known, turn.today)
    is_held = known is not None and known.state is MilestoneState.ON_HOLD
    return turn.milestone(number, Action.DECIDE if decides and is_held else Action.CHANGE)


def review_day(text: str, when: When, example: str) -> tuple[date, str]:
    """The day at the front of the text and what follows it. Raises UsageError for none, or one that cannot be."""
    found = read(text, when)
    if found is None:
        raise UsageError(say("standing.unread-day"), example=example)
    if isinstance(found.value, Doubt):
        raise UsageError(say("standing.doubtful-day", reason=doubt_words.told(found.value)), example=example)
    day = found.value.from_day(when.today) if isinstance(found.value, Shift) else found.value
    return checked(day, when.today, example), found.rest


def checked(day: date, today: date, example: str) -> date:
    if day <= today:
        raise UsageError(say("standing.day-passed", day=day), example=example)
    if day > today + timedelta(days=MOST_DAYS):
        raise UsageError(say("standing.day-far", day=day), example=example)
    return day


HOLD = Command(
    name="hold",
    effect=put_on_hold,
    action=Action.DECIDE,
    on_milestone=frozenset({"hold"}),
)
RESUME = Command(
    name="resume",
    effect=take_up,
    action=Action.CHANGE,
    on_milestone=frozenset({"resume"}),
    buttons={RESUME_VERB: press_resume},
)
