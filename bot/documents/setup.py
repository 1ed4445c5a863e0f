"""/setup: the first hour with a plan as one message, and its start, before which officers hear nothing."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from bot.chat.command import Command, misused
from bot.chat.turn import Press, Turn, UsageError, button
from bot.speech.dates import read as read_date
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.plans import setup, start
from jobs.rehearsal.first_week import first_week
from jobs.rules.policy import Rules
from plans.text.characters import clean
from reports.texts.states import ROLE_WORDS
from store.deliveries import Html, Message
from store.models import Plan
from store.states import PlanState

GO, NONE = "setupgo", "setupnone"
NOW = 0  # in a press: starts at once
SHOWN = 8
LATEST = timedelta(days=366)


def text_of(session: Session, plan: Plan, today: date, rules: Rules, *, is_at_shell: bool = False) -> Html:
    """What there is to see to, and what starting would bring, in one message, with what does it there."""
    found = setup.of_plan(session, plan, today)
    first = plan.starts_on or rules.calendar.next_or_same(today)
    return render.text(
        "setup",
        plan=plan,
        found=found,
        lacking=[(ROLE_WORDS[role], names[:SHOWN], len(names)) for role, names in found.lacking.items()],
        week=first_week(session, plan, max(first, today), rules) if plan.awaits_start else None,
        today=today,
        shown=SHOWN,
        is_at_shell=is_at_shell,
    )


def page(turn: Turn, plan: Plan) -> Message:
    text = text_of(turn.session, plan, turn.today, turn.office.rules)
    rows = [[button(label("documents.setup.now"), GO, plan.id, NOW)]] if plan.awaits_start else []
    if plan.awaits_start:
        monday = _monday(turn)
        rows[0].append(
            button(
                label("documents.setup.from", day=monday, today=turn.today), GO, plan.id, monday.toordinal()
            )
        )
    found = setup.of_plan(turn.session, plan, turn.today)
    if found.past:
        rows.append([button(label("documents.setup.past", count=found.entries), "pastopen")])
    if found.unscheduled or found.vacant:
        rows.append([button(label("documents.setup.tasks"), NONE, plan.id)])
    return Message(text, rows)


def _monday(turn: Turn) -> date:
    """The first working day of next week."""
    return turn.office.rules.calendar.first_of_week(turn.today + timedelta(days=7))


def show(turn: Turn, plan: Plan) -> None:
    turn.say(page(turn, plan))


def command(turn: Turn, text: str) -> None:
    plan = setup.newest(turn.session)
    if plan is None:
        turn.answer("usage", reason=say("documents.setup.no-plan"), example=None)
        return
    said = clean(text)
    if not said:
        show(turn, plan)
        return
    if said == label("documents.setup.go"):
        _choose(turn, plan, turn.today)
        return
    found = read_date(said, turn.ahead())
    day = found.value if found is not None and not found.rest else None
    if not isinstance(day, date) or not turn.today <= day <= turn.today + LATEST:
        raise misused("documents.setup.no-day", "setup")
    _choose(turn, plan, day)


def press_go(turn: Turn, press: Press) -> None:
    plan = _plan(turn, press)
    _choose(turn, plan, turn.today if press.revision == NOW else date.fromordinal(press.revision))
    turn.rewrite_pressed(page(turn, plan))


def _choose(turn: Turn, plan: Plan, day: date) -> None:
    """The start is chosen. Raises UsageError where the plan has started already."""
    if not plan.awaits_start:
        raise UsageError(say("documents.setup.started"))
    has_started = start.choose(turn.deed, plan, day)
    turn.answer("setup_started", plan=plan, day=None if has_started else day, today=turn.today)


def press_tasks(turn: Turn, press: Press) -> None:
    """The tasks without a schedule, and those without an officer."""
    found = setup.of_plan(turn.session, _plan(turn, press), turn.today)
    turn.answer("setup_tasks", found=found, shown=3 * SHOWN)


def _plan(turn: Turn, press: Press) -> Plan:
    plan = turn.session.get(Plan, press.id)
    if plan is None or plan.state is not PlanState.ACTIVE:
        raise UsageError(say("documents.setup.no-plan"))
    return plan


COMMAND = Command(
    name="setup",
    effect=command,
    action=Action.PLANS,
    buttons={GO: press_go, NONE: press_tasks},
)
