"""Milestones (추진일정): finding them, and who answers for one. jobs/milestones/changes.py changes them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, cast, func, literal, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from store.db.types import spelled
from store.models import Assignment, DelayRequest, Milestone, Plan, Task
from store.states import OFTEN, AssignmentKind, MilestoneKind, MilestoneState, PastReview, PlanState

SUBJECT = "milestone:"
CLOSED = frozenset({MilestoneState.DONE, MilestoneState.REPORTED, MilestoneState.CANCELLED})


def subject(milestone_id: int) -> str:
    """The milestone's name in the audit log and in the ledger."""
    return f"{SUBJECT}{milestone_id}"


def subject_of_row() -> ColumnElement[str]:
    """The same name of the milestone of a query's row."""
    return literal(SUBJECT) + cast(Milestone.id, String)


def is_owed() -> ColumnElement[bool]:
    """Condition on milestones joined with task and plan: somebody is to be reminded of it while it is open.

    That is one of an active plan, or one that outlives its closed plan; a twin is reminded where it follows.
    """
    outlives = and_(Plan.state == PlanState.CLOSED, Milestone.outlives_plan)
    return and_(or_(Plan.state == PlanState.ACTIVE, outlives), Milestone.twin_of_id.is_(None))


def lies_before(due_on: date | None, start: date) -> bool:
    """The due day lies before the plan's start: what is open of it then is `before_start`."""
    return due_on is not None and due_on < start


def is_before_start() -> ColumnElement[bool]:
    """Condition: open, and of before its plan's start."""
    return and_(Milestone.before_start, Milestone.state == MilestoneState.PLANNED)


def is_late(today: date) -> ColumnElement[bool]:
    """Condition: 기한 경과, open and due before `today`; what is of before its plan's start counts apart."""
    is_open = Milestone.state == MilestoneState.PLANNED, Milestone.due_on < today
    return and_(*is_open, ~Milestone.before_start)


def is_overdue(milestone: Milestone, today: date) -> bool:
    """The same of one that is loaded."""
    is_open = milestone.state is MilestoneState.PLANNED and not milestone.before_start
    return is_open and milestone.due_on is not None and milestone.due_on < today


def twins(session: Session, milestone: Milestone) -> list[Milestone]:
    """The milestones of other plans that follow this one."""
    ids = list(session.scalars(_TWINS, {"number": milestone.id}))  # there hardly ever are any
    return list(by_ids(session, ids)) if ids else []


def full(query: Select[Milestone]) -> Select[Milestone]:
    """The query with what messages show of a milestone: task, department, plan, assigned officers."""
    task = joinedload(Milestone.task)
    return query.options(
        task.joinedload(Task.department),
        task.joinedload(Task.plan),
        task.selectinload(Task.assignments).joinedload(Assignment.officer),
        selectinload(Milestone.delays).joinedload(DelayRequest.decided_by),
    )


# What every report asks for, written once: to write it costs as much as to run it.
_ONE = full(select(Milestone).where(Milestone.id == bindparam("number")))
_TWINS = select(Milestone.id).where(Milestone.twin_of_id == bindparam("number"))


def get(session: Session, milestone_id: int) -> Milestone | None:
    return session.scalars(_ONE, {"number": milestone_id}).unique().one_or_none()


def is_current(today: date) -> ColumnElement[bool]:
    """Condition: the assignment holds on `today`."""
    return and_(Assignment.from_on <= today, or_(Assignment.until_on.is_(None), Assignment.until_on >= today))


def holds(assignment: Assignment, today: date) -> bool:
    """The same of one that is loaded."""
    return assignment.from_on <= today and (assignment.until_on is None or assignment.until_on >= today)


def has_no_officer(today: date) -> ColumnElement[bool]:
    """Condition on tasks: nobody answers for it on `today`.

    Whom somebody holds without an end is passed over by an index: of a hundred thousand tasks few are looked at.
    """
    current = select(Assignment.id).where(Assignment.task_id == Task.id, is_current(today))
    may_be_vacant = or_(Task.held_from_on.is_(None), Task.held_from_on > today)
    return and_(may_be_vacant, ~current.exists())


def tasks_of(officer_ids: Collection[int], today: date) -> Select[int]:
    """The tasks that one of the people answers for on `today`."""
    mine = Assignment.officer_id.in_(officer_ids)
    return select(Assignment.task_id).where(mine, is_current(today))


def lasts_into(today: date) -> ColumnElement[bool]:
    """Condition: the assignment holds on `today` or begins later."""
    return or_(Assignment.until_on.is_(None), Assignment.until_on >= today)


def of_officer(session: Session, officer_id: int, today: date) -> list[Milestone]:
    """Milestones of active plans that the officer answers for today, soonest first, undated last."""
    return search(session, Milestone.task_id.in_(tasks_of([officer_id], today)))


def is_left_in_peace(today: date) -> ColumnElement[bool]:
    """Condition: it waits for something until a day that has not passed."""
    return and_(Milestone.review_on.is_not(None), Milestone.review_on >= today)


def recurs_often() -> ColumnElement[bool]:
    """Condition: a turn of what comes again within a quarter (jobs.rules.reminder_days.is_light)."""
    return and_(Milestone.kind == MilestoneKind.OCCURRENCE, Milestone.precision.in_(OFTEN))


def late_of(session: Session, officer_id: int, today: date) -> list[Milestone]:
    """What the officer answers for today and is late, the longest first; not what waits for something."""
    mine = Milestone.task_id.in_(tasks_of([officer_id], today))
    return search(session, mine, is_late(today), ~is_left_in_peace(today))


def late_counts(session: Session, today: date) -> dict[int, int]:
    """Who answers today for how much of late_of."""
    query = select(Assignment.officer_id, func.count(Milestone.id)).join(Task, Assignment.task_id == Task.id)
    query = query.join(Plan).join(Milestone, Milestone.task_id == Task.id)
    is_counted = is_owed(), ~Plan.awaits_start, is_current(today), is_late(today), ~is_left_in_peace(today)
    rows = session.execute(query.where(*is_counted).group_by(Assignment.officer_id))
    return {officer_id: count for officer_id, count in rows}  # noqa: C416 - rows are no pairs to the checker


def late_officers(session: Session, today: date) -> set[int]:
    """Who answers today for something of late_of."""
    return set(late_counts(session, today))


def month_of_series(session: Session, turn: Milestone, day: date) -> tuple[int, int]:
    """Of the turn's series in the month of `day`: how many were due before that day, and how many of them are done."""
    opening = day.replace(day=1)
    query = select(Milestone.state).where(
        Milestone.series_id == turn.series_id, Milestone.due_on >= opening, Milestone.due_on < day
    )
    states = [one for one in session.scalars(query) if one is not MilestoneState.CANCELLED]
    return len(states), sum(one in CLOSED for one in states)


def search(session: Session, *conditions: ColumnElement[bool]) -> list[Milestone]:
    """Milestones that are owed (is_owed) under the conditions, soonest first, undated last."""
    query = select(Milestone).join(Task).join(Plan).where(is_owed(), *conditions)
    query = query.order_by(Milestone.due_on.is_(None), Milestone.due_on, Milestone.start_on, Milestone.id)
    return list(session.scalars(full(query)).unique())


def assignees(milestone: Milestone, today: date) -> list[Assignment]:
    """Who answers for it today: the lead first, then the deputies."""
    return of_task(milestone.task, today)


def is_held_by(milestone: Milestone, officer_id: int, today: date) -> bool:
    """The person answers for it today."""
    return any(one.officer_id == officer_id for one in assignees(milestone, today))


def of_task(task: Task, today: date) -> list[Assignment]:
    """Who answers for the task today: the lead first, then the deputies."""
    current = [one for one in task.assignments if holds(one, today)]
    return sorted(current, key=lambda one: (one.kind is not AssignmentKind.LEAD, one.id))


def is_closed(milestone: Milestone) -> bool:
    """Nothing is owed for it any more: done, reported or cancelled."""
    return milestone.state in CLOSED


def reported_before(session: Session, instant: datetime) -> list[Milestone]:
    """Milestones reported as done before the instant whose confirmation is awaited, soonest first."""
    waits = Milestone.state == spelled(MilestoneState.REPORTED), Milestone.reported_at < instant
    ids = list(session.scalars(select(Milestone.id).where(*waits)))
    return search(session, Milestone.id.in_(ids)) if ids else []


def reopening_asked_before(session: Session, instant: datetime) -> list[Milestone]:
    """Milestones that are done and whose officer asked before the instant that they be opened again, soonest first."""
    ids = list(session.scalars(select(Milestone.id).where(Milestone.reopen_at < instant)))
    return search(session, Milestone.id.in_(ids), Milestone.state == MilestoneState.DONE) if ids else []


def past_at_import(session: Session) -> list[Milestone]:
    """Entries of active plans that were past when they came in and wait for the planning office."""
    return search(session, Milestone.past_review == PastReview.OPEN)


def by_ids(session: Session, ids: Iterable[int]) -> Sequence[Milestone]:
    """Milestones with the ids, whatever their plan's state, in the order of the ids."""
    wanted = list(ids)
    found = session.scalars(full(select(Milestone).where(Milestone.id.in_(wanted)))).unique()
    return sorted(found, key=lambda one: wanted.index(one.id))


def open_years(session: Session) -> list[int]:
    """The years in which something owed and still open is due, in their order."""
    year = func.extract("year", Milestone.due_on)
    query = select(year).join(Task, Milestone.task_id == Task.id).join(Plan)
    query = query.where(is_owed(), Milestone.state == MilestoneState.PLANNED, Milestone.due_on.is_not(None))
    return sorted(int(one) for one in session.scalars(query.distinct()))
