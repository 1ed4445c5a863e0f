"""Who enters an indicator's value today: the officers of its task, in the place of who is away the substitute; else whom one
turns to in the department (서무, 팀장, 부서장)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.asks import owners as departments
from store import absences
from store.indicators import Seat
from store.models import Assignment
from store.states import AssignmentKind


def owners(session: Session, seats: Iterable[Seat], today: date) -> dict[int, list[int]]:
    """The people of each indicator, by its number; [] where there is nobody, and the planning office sees to it."""
    found = list(seats)
    places = {one.department_id for one in found if one.department_id is not None}
    contacts = departments.owners(session, places, today) if places else {}
    leads = _leads(session, {one.task_id for one in found if one.task_id is not None}, today)
    away = {one.officer_id: one.substitute_id for one in absences.between(session, today, today)}
    return {one.number: _of(one, leads, away) or contacts.get(one.department_id or 0, []) for one in found}


def _leads(session: Session, tasks: Collection[int], today: date) -> dict[int, list[int]]:
    """주담당 of each task."""
    query = select(Assignment.task_id, Assignment.officer_id).where(
        Assignment.task_id.in_(tasks),
        Assignment.kind == AssignmentKind.LEAD,
        Assignment.from_on <= today,
        Assignment.until_on.is_(None) | (Assignment.until_on >= today),
    )
    leads: dict[int, list[int]] = defaultdict(list)
    for task_id, officer_id in session.execute(query) if tasks else ():
        leads[task_id].append(officer_id)
    return leads


def _of(seat: Seat, leads: dict[int, list[int]], away: dict[int, int | None]) -> list[int]:
    people = (away.get(one, one) for one in leads.get(seat.task_id or 0, ()))
    return list(dict.fromkeys(one for one in people if one is not None))
