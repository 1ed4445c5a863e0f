"""Rounds of the self-check, of quarters and by name, their entries and frozen rows; and the bureaus in their order."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from store import milestones, plans, teams
from store.models import (
    Assignment,
    Bureau,
    Department,
    Plan,
    Round,
    RoundEntry,
    SnapshotRow,
    Task,
)
from store.officers import Place
from store.states import AssignmentKind, EntryState, PlanState, RoundOrigin, RoundState

SETTLED = (RoundState.FROZEN, RoundState.NOTIFIED, RoundState.PUBLISHED)
UNANSWERED = (EntryState.ASKED, EntryState.SENT_BACK)
WORKING = (RoundState.INPUT, RoundState.LEAD_CHECK, RoundState.HEAD_SIGN, RoundState.EVALUATION)


OF_QUARTER = Round.name == ""  # the one round of its quarter; rates and comparisons count these alone


def find(session: Session, year: int, quarter: int, name: str = "") -> Round | None:
    """The round of that quarter, or the one of that name in it, in whatever state."""
    query = select(Round).where(Round.year == year, Round.quarter == quarter, Round.name == name)
    return session.scalars(query).one_or_none()


def named(session: Session, year: int | None = None) -> list[Round]:
    """The rounds that have a name, of that year or of all, the newest first, in whatever state."""
    conditions = [Round.name != "", *([Round.year == year] if year is not None else [])]
    return list(session.scalars(_newest_first(*conditions)))


def by_number(session: Session, number: int) -> Round | None:
    """The round of that number among all that is asked."""
    return session.scalars(select(Round).where(Round.number == number)).one_or_none()


def asked(session: Session) -> list[Round]:
    """The rounds that were asked here, not taken over; the newest number first."""
    return list(session.scalars(select(Round).where(Round.number.is_not(None)).order_by(Round.number.desc())))


def locked(session: Session, round_id: int) -> Round | None:
    """The round read afresh and held for this transaction, so that a freeze and an answer never cross."""
    query = select(Round).where(Round.id == round_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


_AGE = Round.year, Round.quarter, Round.as_of_on, Round.id


def _newest_first(*conditions: ColumnElement[bool]) -> Select[Round]:
    return select(Round).where(*conditions).order_by(*(one.desc() for one in _AGE))


def _oldest_first(condition: ColumnElement[bool]) -> Select[Round]:
    return select(Round).where(condition).order_by(*_AGE)


def settled(session: Session) -> list[Round]:
    """Frozen rounds of quarters, newest quarter first."""
    return list(session.scalars(_newest_first(Round.state.in_(SETTLED), OF_QUARTER)))


def settled_before(session: Session, year: int, quarter: int) -> Round | None:
    """The newest frozen round of an earlier quarter."""
    before = tuple_(Round.year, Round.quarter) < (year, quarter)
    return session.scalars(_newest_first(Round.state.in_(SETTLED), OF_QUARTER, before).limit(1)).one_or_none()


def compared_with(session: Session, of: Round) -> Round | None:
    """The frozen quarter that a round is compared with: the newest one before its quarter; before its as-of day and known
    when it was frozen itself, where it has a name."""
    if not of.name:
        return settled_before(session, of.year, of.quarter)
    conditions = [Round.state.in_(SETTLED), OF_QUARTER, Round.as_of_on < of.as_of_on]
    if of.frozen_at is not None:
        conditions.append(Round.frozen_at <= of.frozen_at)
    return session.scalars(_newest_first(*conditions).limit(1)).one_or_none()


def newest_document(session: Session, year: int | None = None, quarter: int | None = None) -> Round | None:
    """The newest quarter that was taken over from a result document, up to that quarter; what it prints is in `claims`."""
    wanted = [Round.origin == RoundOrigin.IMPORTED, Round.state.in_(SETTLED)]
    if year is not None and quarter is not None:
        wanted.append(tuple_(Round.year, Round.quarter) <= (year, quarter))
    return next((one for one in session.scalars(_newest_first(*wanted)) if one.claims), None)


def unsettled(session: Session) -> list[Round]:
    """Rounds that are announced or under way, the oldest first."""
    return list(session.scalars(_oldest_first(Round.state.not_in(SETTLED))))


def working(session: Session) -> list[Round]:
    """Rounds that are being answered or evaluated, the oldest first."""
    return list(session.scalars(_oldest_first(Round.state.in_(WORKING))))


def newest(session: Session) -> Round | None:
    """The round of the newest quarter, in whatever state; the last one that was opened in it."""
    return session.scalars(_newest_first().limit(1)).one_or_none()


def newest_row(session: Session, task_id: int) -> SnapshotRow | None:
    """The task's row of the newest round that is settled; None where it was never checked."""
    query = select(SnapshotRow).join(Round).where(SnapshotRow.task_id == task_id)
    order = Round.year.desc(), Round.quarter.desc(), Round.as_of_on.desc(), Round.frozen_at.desc()
    return session.scalars(query.order_by(*order).limit(1)).one_or_none()


_COUNTS = RoundEntry.task.has(Task.withdrawn_on.is_(None))  # a task that was withdrawn is in no round


def entry_of(session: Session, round_id: int, task_id: int) -> RoundEntry | None:
    """The round's entry about that task, read afresh."""
    query = select(RoundEntry.id).where(RoundEntry.round_id == round_id, RoundEntry.task_id == task_id)
    found = session.scalar(query)
    return entry(session, found) if found is not None else None


def entries_of_task(
    session: Session, task_id: int, states: Collection[RoundState] = tuple(RoundState)
) -> list[RoundEntry]:
    """The task's entries in rounds of these states, the oldest round first."""
    query = select(RoundEntry).join(Round).where(RoundEntry.task_id == task_id, Round.state.in_(states))
    loaded = joinedload(RoundEntry.review_round)
    return list(session.scalars(query.order_by(*_AGE).options(loaded)))


def entry(session: Session, entry_id: int) -> RoundEntry | None:
    """The entry with its task, read afresh."""
    query = select(RoundEntry).where(RoundEntry.id == entry_id)
    loaded = joinedload(RoundEntry.task).joinedload(Task.department)
    return session.scalars(query.options(loaded).execution_options(populate_existing=True)).one_or_none()


class Seat(NamedTuple):
    """Where an entry stands: all that says whose turn it is. `officers` answer for its task, the lead first."""

    state: EntryState
    place: Place
    answered_by_id: int | None
    officers: tuple[int, ...]


def seats(
    session: Session, round_id: int, today: date, dealt_with: ColumnElement[bool] | None = None
) -> dict[int, Seat]:
    """Every entry that is not evaluated, by its number, in the order of the register: values, no objects.

    `dealt_with`: a condition on those who answer; entries that still wait for such a person's answer are left out.
    """
    answers = and_(Assignment.task_id == RoundEntry.task_id, milestones.is_current(today))
    query = (
        select(
            *(RoundEntry.id, RoundEntry.state, Task.department_id, teams.of_the_task(today)),
            *(RoundEntry.answered_by_id, Assignment.officer_id),
        )
        .join(Task, Task.id == RoundEntry.task_id)
        .outerjoin(Assignment, answers)
        .where(RoundEntry.round_id == round_id, RoundEntry.state != EntryState.EVALUATED, _COUNTS)
        .order_by(RoundEntry.position, Assignment.kind != AssignmentKind.LEAD, Assignment.id)
    )
    if dealt_with is not None:
        query = query.where(or_(RoundEntry.state.not_in(UNANSWERED), Assignment.id.is_(None), ~dealt_with))
    found: dict[int, Seat] = {}
    for number, state, department, team, answered_by, officer in session.connection().execute(query):
        others = found[number].officers if number in found else ()
        own = others if officer is None else (*others, officer)
        found[number] = Seat(state, Place(department, team), answered_by, own)
    return found


def states(session: Session, round_id: int) -> Counter[EntryState]:
    """How many entries stand in each state."""
    counted = select(RoundEntry.state, func.count()).where(RoundEntry.round_id == round_id, _COUNTS)
    return Counter({row[0]: row[1] for row in session.execute(counted.group_by(RoundEntry.state))})


def entries(session: Session, round_id: int, ids: Collection[int] | None = None) -> list[RoundEntry]:
    """The round's entries, or those of these numbers, in the order of the register, with their tasks and who
    answers for them."""
    query = select(RoundEntry).where(RoundEntry.round_id == round_id, _COUNTS).order_by(RoundEntry.position)
    if ids is not None:
        query = query.where(RoundEntry.id.in_(ids))
    task = joinedload(RoundEntry.task)
    loaded = task.joinedload(Task.department), task.selectinload(Task.assignments)
    return list(session.scalars(query.options(*loaded).execution_options(populate_existing=True)))


def begun_at(session: Session, round_id: int) -> datetime | None:
    """When its first entry was asked; None before."""
    return session.scalar(select(func.min(RoundEntry.asked_at)).where(RoundEntry.round_id == round_id))


def rows(session: Session, round_id: int) -> list[SnapshotRow]:
    """The frozen rows in their order, with their corrections."""
    query = select(SnapshotRow).where(SnapshotRow.round_id == round_id).order_by(SnapshotRow.position)
    return list(session.scalars(query.options(selectinload(SnapshotRow.corrections))))


def scoped(session: Session, scope: Mapping[str, Any]) -> list[Task]:
    """The tasks of a round's `scope`."""
    limits = (tuple(scope.get(key, ())) for key in ("plans", "areas", "departments", "bureaus"))
    return in_scope(session, *limits)


def in_scope(
    session: Session,
    plan_ids: Sequence[int] = (),
    areas: Sequence[str] = (),
    departments: Sequence[str] = (),
    bureaus: Sequence[str] = (),
) -> list[Task]:
    """The tasks that a round asks about: of those plans, else pledges of all active plans, else, where no active plan
    has pledges, every task of them; none twice."""
    query = select(Task).join(Plan).outerjoin(Department, Task.department_id == Department.id)
    query = query.where(Task.same_as_id.is_(None), Task.withdrawn_on.is_(None), Task.is_office.is_(False))
    if plan_ids:
        query = query.where(Task.plan_id.in_(plan_ids))
    else:
        is_pledge = or_(Task.pledge_no.is_not(None), Task.status.is_not(None))
        pledges = select(Task.id).join(Plan).where(plans.is_in_use(), is_pledge).correlate(None)
        query = query.where(Plan.state == PlanState.ACTIVE, or_(is_pledge, ~pledges.exists()))
    if areas:
        query = query.where(Task.area.in_(areas))
    if departments:
        query = query.where(Department.name.in_(departments))
    if bureaus:
        query = query.where(Department.bureau.in_(bureaus))
    query = query.options(joinedload(Task.department)).order_by(Plan.id, Task.position)
    return list(session.scalars(query))


def areas(session: Session) -> list[str]:
    """The policy areas of active plans, by name."""
    query = select(Task.area).join(Plan).where(plans.is_in_use(), Task.area.is_not(None))
    return sorted({one for one in session.scalars(query.distinct()) if one})


def department_bureaus(session: Session) -> set[str]:
    """The bureaus that departments belong to."""
    query = select(Department.bureau).where(Department.bureau.is_not(None)).distinct()
    return {one for one in session.scalars(query) if one}


def bureau_names(session: Session) -> list[str]:
    """The bureaus in the organisation's order."""
    return list(session.scalars(select(Bureau.name).order_by(Bureau.position)))


def set_bureau_order(session: Session, names: Sequence[str]) -> None:
    """These bureaus in this order; one that is not named any more goes."""
    there = {one.name: one for one in session.scalars(select(Bureau))}
    for name in there.keys() - set(names):
        session.delete(there[name])
    for position, name in enumerate(names, 1):
        if name in there:
            there[name].position = position
        else:
            session.add(Bureau(name=name, position=position))
    session.flush()
