"""The start of a plan: before it nobody is told of its entries; what was due before is counted apart from then on."""

import logging
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from jobs.authority.permissions import PROGRAM, Deed
from jobs.milestones import changes
from jobs.plans import series
from jobs.rules.policy import Rules
from jobs.singly import singly
from store import milestones
from store.audit import Who
from store.db.engine import when_committed
from store.models import Milestone, Plan, Series, Task
from store.states import MilestoneState, PastReview, PlanState

log = logging.getLogger(__name__)


def choose(deed: Deed, plan: Plan, day: date | None) -> bool:
    """The day on which it starts, at once where that has come; None: later, when somebody says so. Gives whether it
    has started."""
    plan.starts_on = day
    told = {"starts_on": day} if day is not None else {}
    if day is None or day > deed.today:
        deed.record("start-chosen", f"plan:{plan.id}", after=told)
        return False
    begin(deed, plan)
    deed.record("started", f"plan:{plan.id}", after=told)
    return True


def begin(deed: Deed, plan: Plan) -> int:
    """Its entries are owed from now on; what is past is of before the start and waits for the planning office, unless
    its officer was asked already. Gives how many wait."""
    plan.awaits_start = False
    waiting = 0
    for one in entries(deed.session, plan):
        is_past = milestones.lies_before(one.due_on, deed.today)
        was_asked = one.before_start and one.past_review is PastReview.ASKED
        one.before_start = is_past
        one.remind_from = None if is_past else remind_from(deed, one.due_on)
        if not was_asked:
            one.past_review = PastReview.OPEN if is_past else None
        waiting += one.past_review is PastReview.OPEN
        changes.look_again(deed, [one])
    for row in deed.session.scalars(select(Series).join(Task).where(Task.plan_id == plan.id)):
        row.remind_from, row.start_on = deed.now, max(row.start_on, deed.today)
        changes.look_again(deed, series.materialise(deed.session, row, deed.today))
    deed.session.flush()
    return waiting


def remind_from(deed: Deed, due: date | None) -> datetime:
    """From when it is reminded that becomes known now: what is due today belongs into today's message, also where that
    has begun to go out."""
    if due != deed.today:
        return deed.now
    return min(deed.now, deed.rules.calendar.at(deed.today, deed.rules.settings.send_at))


def entries(session: Session, plan: Plan) -> list[Milestone]:
    """Its open milestones, soonest first; those that follow another plan's are that plan's."""
    mine = Task.plan_id == plan.id, Milestone.twin_of_id.is_(None)
    query = select(Milestone).join(Task).where(*mine, Milestone.state == MilestoneState.PLANNED)
    return list(session.scalars(milestones.full(query.order_by(Milestone.due_on, Milestone.id))).unique())


def take_effect(session: Session, now: datetime, rules: Rules) -> int:
    """Plans whose day has come start; gives how many."""
    due = list(session.scalars(_waiting().where(Plan.starts_on <= rules.calendar.local_date(now))))

    def start(some: Sequence[Plan]) -> int:
        for one in some:
            act = f"start:{one.id}"
            deed = Deed(session, Who(None, PROGRAM, act, act), now, rules)
            begin(deed, one)
            deed.record("started", f"plan:{one.id}", after={"starts_on": one.starts_on})
            when_committed(session, log.info, "action=plan-started plan=%d", one.id)
        return len(some)

    def broken(one: Plan) -> None:
        log.exception("action=start-failed plan=%d", one.id)

    return singly(session, due, start, broken)


def next_day(session: Session) -> date | None:
    """The day on which the next plan starts; None where none was chosen."""
    chosen = _waiting().where(Plan.starts_on.is_not(None)).with_only_columns(Plan.starts_on)
    return session.scalar(chosen.order_by(Plan.starts_on).limit(1))


def _waiting() -> Select[Plan]:
    return select(Plan).where(Plan.awaits_start, Plan.state == PlanState.ACTIVE).order_by(Plan.id)
