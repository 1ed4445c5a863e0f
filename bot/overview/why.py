"""/why ID and [왜 이 날짜?], also below a daily message: where an item's day comes from: the plan's own line, the days off that
were counted, who moved it and on whose word."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.chat import stale
from bot.chat.command import Command, example_of
from bot.chat.turn import Press, Turn, UsageError, button, one_number
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action, may
from jobs.rules.calendar import WorkCalendar
from reports.texts.hidden_titles import shown_title
from store import audit, deliveries, milestones
from store.deliveries import Html
from store.models import Delivery, Milestone
from store.states import MilestoneState

VERB, WHICH = "whyday", "whywhich"
MOST_ASKED, A_ROW = 16, 2  # items of a daily message, as buttons
MOST_MOVES, MOST_DAYS_OFF = 6, 6


def why(turn: Turn, text: str) -> None:
    number, _ = one_number(text, say("overview.why.no-number"), example_of("why"), is_all=True)
    _tell(turn, turn.milestone(number, Action.VIEW))


def press(turn: Turn, pressed: Press) -> None:
    _tell(turn, turn.milestone(pressed.id, Action.VIEW))


def row(milestone: Milestone) -> list[dict[str, str]]:
    return [button(label("overview.why.button"), VERB, milestone.id)]


def below(digest: Delivery, shown: Sequence[Milestone]) -> list[dict[str, str]]:
    """The button of a daily message: of the only item at once, of several it asks which one. Empty where nothing is dated."""
    dated = [one for one in shown if one.due_on is not None and one.state is MilestoneState.PLANNED]
    if len(dated) == 1:
        return row(dated[0])
    return [button(label("overview.why.button"), WHICH, digest.id)] if dated else []


def press_which(turn: Turn, pressed: Press) -> None:
    """Of which item of the daily message? One that the speaker may no longer see is not offered."""
    digest = deliveries.get(turn.session, pressed.id)
    if digest is None or digest.officer_id != turn.actor.officer.id:
        raise UsageError(say("overview.why.over"))
    numbers = [one.milestone_id for one in digest.items if one.milestone_id is not None]
    found = [one for one in milestones.by_ids(turn.session, numbers) if _is_asked_about(turn, one)]
    shown = [button(_named(one), VERB, one.id) for one in found[:MOST_ASKED]]
    if not shown:
        raise UsageError(say("overview.why.over"))
    rows = [shown[at : at + A_ROW] for at in range(0, len(shown), A_ROW)]
    turn.answer("usage", rows, reason=say("overview.why.which"), example=example_of("why"))


def _is_asked_about(turn: Turn, milestone: Milestone) -> bool:
    return milestone.due_on is not None and may(turn.session, turn.actor, Action.VIEW, milestone, turn.today)


def _named(milestone: Milestone) -> str:
    return f"#{milestone.id} {render.cut(guard.clean(shown_title(milestone)), 16)}"


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
    buttons={VERB: press, WHICH: press_which},
    on_milestone=frozenset({"why", VERB}),
)
