"""/hold ID DATE REASON (보류) and /resume ID (재개): put off by those above, with a reason and a review day."""

from datetime import date, timedelta

from bot.chat.command import Command, example_of, misused
from bot.chat.line import accountable, standing
from bot.chat.turn import Turn, UsageError, note, one_number
from bot.speech.dates import Doubt, Shift, When, read
from bot.standing.remarks import open_milestone
from bot.texts import doubt_words
from bot.texts.render import label, say
from jobs.authority.permissions import Action, may
from jobs.milestones import hold
from store import milestones
from store.models import Milestone
from store.states import MilestoneState

MOST_DAYS = 366


def put_on_hold(turn: Turn, text: str) -> None:
    number, rest = one_number(text, say("standing.one-to-hold"), example_of("hold"))
    milestone = open_milestone(turn, number, Action.DECIDE)
    if not rest:
        raise misused("standing.hold-arguments", "hold")
    day, rest = review_day(rest, turn.ahead(), example_of("hold"))
    words = note(rest)
    if words is None:
        raise misused("standing.why-held", "hold")
    entry = hold.hold(turn.deed, milestone, review_on=day, words=words)
    turn.registered("held", entry, milestone=milestone, words=words, told=_tell(turn, milestone, words))


def _tell(turn: Turn, milestone: Milestone, words: str) -> list[str]:
    """Whoever answers for it hears of it; gives the names of those who could be reached."""
    held = milestones.assignees(milestone, turn.today)
    facts = {"by": turn.actor.officer.name, "words": words, "accountable": accountable(held)}
    return [
        one.officer.name
        for one in held
        if turn.tell(one.officer.id, "held", "held_notice", milestone=milestone, **facts)
    ]


def take_up(turn: Turn, text: str) -> None:
    """Whoever may change it takes it up again, or whoever may put it on hold."""
    number, _ = one_number(text, say("standing.one-to-resume"), example_of("resume"), is_all=True)
    milestone = _to_resume(turn, number)
    is_waiting = milestone.state is MilestoneState.PLANNED and milestone.review_on is not None
    if milestone.state is not MilestoneState.ON_HOLD and not is_waiting:
        raise UsageError(say("standing.not-held", number=milestone.id, state=standing(milestone, turn.today)))
    was = label("standing.was.waiting") if is_waiting else label("standing.was.held")
    entry = hold.resume(turn.deed_for(milestone), milestone)
    turn.registered("resumed", entry, milestone=milestone, was=was)


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
)
