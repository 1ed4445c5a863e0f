"""Plans: finding the one a document speaks of."""

from collections import defaultdict
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from store.models import AreaAlias, Assignment, Milestone, Plan, Series, Task
from store.states import MilestoneState, PlanState

OPEN = (MilestoneState.PLANNED, MilestoneState.REPORTED, MilestoneState.ON_HOLD)
ID_DIGITS = 9  # a longer number is no id, and more than the database can compare


def squeeze(text: str) -> str:
    """A title reduced to its letters and digits, for telling whether two are the same."""
    return "".join(char for char in text.casefold() if char.isalnum())


def find(session: Session, title: str, year: int | None) -> Plan | None:
    """The plan of that title and year, however it is spaced; None where there is none."""
    query = select(Plan).where(Plan.year == year if year is not None else Plan.year.is_(None))
    wanted = squeeze(title)
    return next((one for one in session.scalars(query) if squeeze(one.title) == wanted), None)


def note_reader(session: Session, plan_id: int, reader: int) -> None:
    """This version of the reader has read the plan's document, and reads nothing otherwise."""
    plan = session.get(Plan, plan_id)
    if plan is not None:
        plan.reader = max(plan.reader, reader)


def titles_of_older_readers(session: Session, reader: int) -> list[str]:
    """The plans in use that were registered from a document by a reader before this version."""
    query = select(Plan.title).where(Plan.reader < reader, Plan.state == PlanState.ACTIVE).order_by(Plan.id)
    return list(session.scalars(query))


def named(session: Session, text: str) -> ColumnElement[bool]:
    """Condition: the plan of that id where there is one, else every plan whose title contains the text."""
    is_id = text.isascii() and text.isdigit() and len(text) <= ID_DIGITS
    if is_id and session.get(Plan, int(text)) is not None:
        return Plan.id == int(text)
    return Plan.title.contains(text, autoescape=True)


def area_aliases(session: Session) -> dict[str, str]:
    """What else documents call the policy areas, and their names."""
    return {one.alias: one.name for one in session.scalars(select(AreaAlias))}


def is_in_use() -> ColumnElement[bool]:
    """Condition on tasks joined with their plan: it counts. That is one of an active plan that nobody withdrew."""
    return and_(Plan.state == PlanState.ACTIVE, Task.withdrawn_on.is_(None))


def counts(today: date) -> ColumnElement[bool]:
    """Condition on milestones joined with task and plan: it stands in the counts. That is one in use, or one that
    outlives its closed plan (이월), while it is open and in the year in which it was done."""
    is_of_now = or_(Milestone.state.in_(OPEN), Milestone.done_on >= today.replace(month=1, day=1))
    is_carried = and_(
        Plan.state == PlanState.CLOSED, Milestone.outlives_plan, is_of_now, Task.withdrawn_on.is_(None)
    )
    return or_(is_in_use(), is_carried)


def has_counted(today: date) -> ColumnElement[bool]:
    """Condition on tasks joined with their plan: they are in use, or a milestone of theirs stands in the counts."""
    carrying = select(Milestone.task_id).join(Task, Milestone.task_id == Task.id).join(Plan)
    carrying = carrying.where(counts(today), Plan.state == PlanState.CLOSED)
    return or_(is_in_use(), Task.id.in_(carrying.correlate(None)))


def active_named(session: Session, text: str) -> Plan | None:
    """The one active plan of that id or with that text in its title; None for none or several."""
    query = select(Plan).where(Plan.state == PlanState.ACTIVE, named(session, text))
    found = list(session.scalars(query.limit(2)))
    return found[0] if len(found) == 1 else None


def is_active_series() -> ColumnElement[bool]:
    """Condition: the series' plan is active and has started. Asked of each series found: joined with the plans,
    SQLite would walk all tasks there are to find the few series whose day has come."""
    return Series.task.has(Task.plan.has(and_(Plan.state == PlanState.ACTIVE, ~Plan.awaits_start)))


def tasks(session: Session, plan: Plan) -> list[Task]:
    """The plan's tasks with their milestones, in the document's order."""
    query = select(Task).where(Task.plan_id == plan.id).order_by(Task.position)
    people = selectinload(Task.assignments).joinedload(Assignment.officer)
    loaded = selectinload(Task.milestones), people, joinedload(Task.department)
    return list(session.scalars(query.options(*loaded)))


def series_of(session: Session, plan: Plan) -> dict[int, list[Series]]:
    """The plan's series by task."""
    found: dict[int, list[Series]] = defaultdict(list)
    query = select(Series).join(Task, Series.task_id == Task.id).where(Task.plan_id == plan.id)
    for one in session.scalars(query.order_by(Series.id)):
        found[one.task_id].append(one)
    return found
