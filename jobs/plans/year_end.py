"""Plan life: activating, closing and archiving a plan, with the first-day rule at every beginning."""

from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.milestones import changes
from jobs.plans import start
from store import milestones
from store.models import Milestone, Plan, Task
from store.states import PastReview, PlanState

DUE_NEXT_YEAR = "차년도 기한"  # the reason in the log


def ends_on(plan: Plan) -> date | None:
    """The last day of the plan's year; None for a plan without one."""
    return date(plan.year, 12, 31) if plan.year is not None else None


def over(session: Session, today: date) -> list[tuple[int, date]]:
    """Active plans whose year is over, by number, each with its last day: what becomes of them is to be decided."""
    query = select(Plan.id, Plan.year).where(Plan.state == PlanState.ACTIVE, Plan.year < today.year)
    return [(row.id, date(row.year, 12, 31)) for row in session.execute(query)]


def activate(deed: Deed, plan: Plan) -> int:
    """Its milestones are owed from now on; what is past is of before the start and waits for the planning office. Gives
    how many wait."""
    _set_state(deed, plan, PlanState.ACTIVE)
    return start.begin(deed, plan)


def count_past(session: Session, plan: Plan, today: date) -> int:
    """How many of its milestones would wait for the planning office if it were activated."""
    return sum(milestones.lies_before(one.due_on, today) for one in start.entries(session, plan))


def undecided(session: Session, plan: Plan) -> list[Milestone]:
    """Open milestones that would end with the plan: nobody has carried them over, settled or closed them."""
    last = ends_on(plan)
    return [
        one
        for one in start.entries(session, plan)
        if not one.outlives_plan and not (last and one.due_on and one.due_on > last)
    ]


def close(deed: Deed, plan: Plan) -> list[Milestone]:
    """Close the plan, if nothing in it is undecided; else it stays as it is. Gives what is undecided.

    What is due after the plan's year (차년도 정산) outlives the closing by itself.
    """
    left = undecided(deed.session, plan)
    if left:
        return left
    for milestone in start.entries(deed.session, plan):
        if not milestone.outlives_plan:
            outlive(deed, milestone, reason=DUE_NEXT_YEAR)
    _set_state(deed, plan, PlanState.CLOSED)
    return []


def outlive(deed: Deed, milestone: Milestone, *, reason: str) -> None:
    """The milestone goes on when its plan is closed (이월, 정산); reminders count from now on."""
    values: dict[str, object] = {"outlives_plan": True, "remind_from": milestone.remind_from or deed.now}
    if milestone.past_review is PastReview.OPEN:
        values["past_review"] = PastReview.ASKED
    changes.apply(deed, milestone, "outlives", values, reason=reason)


def archive(deed: Deed, plan: Plan) -> None:
    """Kept to be looked up; owes nothing, counts nowhere, and no tick has to look at it any more."""
    tasks = select(Task.id).where(Task.plan_id == plan.id)
    deed.session.execute(update(Milestone).where(Milestone.task_id.in_(tasks)).values(next_remind_on=None))
    _set_state(deed, plan, PlanState.ARCHIVED)


def _set_state(deed: Deed, plan: Plan, state: PlanState) -> None:
    before, plan.state = plan.state, state
    deed.record("plan-state", f"plan:{plan.id}", before={"state": before.value}, after={"state": state.value})
