"""What merely ends with the year (1~12월 운영, 사업기간 ~12월): asked about in one line in December, never as deadlines of its
last day."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from jobs.owed.waiting_decisions import Waiting
from jobs.rules.policy import Rules
from jobs.rules.reminder_days import YEAR_LONG
from store import matters, milestones
from store.matters import YEAR_END
from store.models import Assignment, Milestone, Plan, Task
from store.states import MilestoneState, PlanState

DECEMBER = 12


def last_day(year: int) -> date:
    return date(year, DECEMBER, 31)


def question_day(year: int, rules: Rules) -> date:
    """The first working day of December."""
    return rules.calendar.next_or_same(date(year, DECEMBER, 1))


def waiting(session: Session, today: date, rules: Rules) -> list[Waiting]:
    """Who has to be asked by today and was not yet."""
    day = question_day(today.year, rules)
    if today < day:
        return []
    untold = ~matters.is_told(Assignment.officer_id, f"{YEAR_END}:{today.year}", day)
    found: set[int] = set()
    for query in (_of_milestones(today.year), _of_tasks(today.year)):
        people = query.join(Assignment, Assignment.task_id == Task.id).where(
            milestones.is_current(today), untold
        )
        found |= set(session.scalars(people.with_only_columns(Assignment.officer_id).distinct()))
    return [Waiting(one, YEAR_END, today.year, day) for one in sorted(found)]


def next_day(session: Session, today: date, rules: Rules) -> date | None:
    """The day of the next question; None where nothing ends with this year."""
    day = question_day(today.year, rules)
    if today >= day:
        return today if waiting(session, today, rules) else None
    some = (_of_milestones(today.year), _of_tasks(today.year))
    is_any = any(session.scalar(one.with_only_columns(Task.id).limit(1)) is not None for one in some)
    return day if is_any else None


def open_of(session: Session, officer_id: int, year: int, today: date) -> list[Milestone]:
    """The officer's open milestones that merely end with the year."""
    mine = Milestone.task_id.in_(milestones.tasks_of([officer_id], today))
    return milestones.search(session, mine, *_merely_ending(year))


def periods_of(session: Session, officer_id: int, year: int, today: date) -> Sequence[Task]:
    """The officer's tasks whose period ends with the year, but for those that have such a milestone."""
    mine = Task.id.in_(milestones.tasks_of([officer_id], today))
    asked = Task.milestones.any(_all(_merely_ending(year)))
    return session.scalars(_of_tasks(year).where(mine, ~asked).order_by(Task.id)).all()


def _merely_ending(year: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Milestone.due_on == last_day(year),
        Milestone.start_on < date(year, DECEMBER, 1),
        Milestone.precision.in_(YEAR_LONG),
        Milestone.state == MilestoneState.PLANNED,
    )


def _all(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    first, *others = conditions
    for one in others:
        first = first & one
    return first


def _of_milestones(year: int) -> Select[Task]:
    joined = select(Task).join(Milestone, Milestone.task_id == Task.id).join(Plan, Task.plan_id == Plan.id)
    return joined.where(milestones.is_owed(), ~Plan.awaits_start, *_merely_ending(year))


def _of_tasks(year: int) -> Select[Task]:
    """A project period of an active plan of that year that goes on to its last day."""
    began_before = or_(Task.start_on.is_(None), Task.start_on < date(year, DECEMBER, 1))
    joined = select(Task).join(Plan, Task.plan_id == Plan.id)
    return joined.where(
        Task.end_on == last_day(year),
        began_before,
        Task.withdrawn_on.is_(None),
        Plan.state == PlanState.ACTIVE,
        Plan.year == year,
        ~Plan.awaits_start,
    )
