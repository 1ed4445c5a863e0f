"""/why ID and [왜 이 날짜?]: where an item's day comes from: the plan's own line, the days off that were counted, who moved
it and on whose word."""

from datetime import date, timedelta

from bot.chat import stale
from bot.chat.command import Command, example_of
from bot.chat.turn import Press, Turn, button, one_number
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.rules.calendar import WorkCalendar
from store import audit, milestones
from store.deliveries import Html
from store.models import Milestone

VERB = "whyday"
MOST_MOVES, MOST_DAYS_OFF = 6, 6


def why(turn: Turn, text: str) -> None:
    number, _ = one_number(text, say("overview.why.no-number"), example_of("why"), is_all=True)
    _tell(turn, turn.milestone(number, Action.VIEW))


def press(turn: Turn, pressed: Press) -> None:
    _tell(turn, turn.milestone(pressed.id, Action.VIEW))


def row(milestone: Milestone) -> list[dict[str, str]]:
    return [button(label("overview.why.button"), VERB, milestone.id)]


def _tell(turn: Turn, milestone: Milestone) -> None:
    calendar, due = turn.office.rules.calendar, milestone.due_on
    off = days_off(calendar, turn.today, due) if due else []
    turn.answer(
        "why_day",
        milestone=milestone,
        task=milestone.task,
        plan=milestone.task.plan,
        last_worked=calendar.previous_or_same(due) if due and not calendar.is_working(due) else None,
        off=off[:MOST_DAYS_OFF],
        more_off=max(0, len(off) - MOST_DAYS_OFF),
        worked=working_days(calendar, turn.today, due) if due and due > turn.today else 0,
        moves=_moves(turn, milestone),
        today=turn.today,
    )


def days_off(calendar: WorkCalendar, today: date, due: date) -> list[date]:
    """Days from today to the due day on which nobody works although they are no Saturday or Sunday."""
    span = (today + timedelta(days=step) for step in range((due - today).days + 1))
    return [one for one in span if calendar.is_holiday(one)]


def working_days(calendar: WorkCalendar, today: date, due: date) -> int:
    """Days that are worked after today, the due day included."""
    span = (today + timedelta(days=step) for step in range(1, (due - today).days + 1))
    return sum(calendar.is_working(one) for one in span)


def _moves(turn: Turn, milestone: Milestone) -> list[Html]:
    """Whatever changed its due day, oldest first, in words: when, who, what, and why."""
    entries = audit.since_revision(turn.session, milestones.subject(milestone.id), 0)
    moved = [
        one for one in entries if "due_on" in one.after and one.before.get("due_on") != one.after["due_on"]
    ]
    zone = turn.office.zone
    return [
        say("overview.why.move", **stale.entry_facts(one, milestone, zone, turn.today))
        for one in moved[-MOST_MOVES:]
    ]


COMMAND = Command(
    name="why",
    effect=why,
    action=Action.VIEW,
    buttons={VERB: press},
    on_milestone=frozenset({"why", VERB}),
)
