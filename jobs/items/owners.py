"""Who answers for an item today: its officer, in the place of who is away the substitute; else whom one turns to in the
department (서무, 팀장, 부서장)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from jobs.asks import owners as departments
from store import absences, officers
from store.items import Seat


def owners(session: Session, seats: Iterable[Seat], today: date) -> dict[int, list[int]]:
    """The people of each part, by part; [] where there is nobody, and the planning office sees to it."""
    found = list(seats)
    if not found:
        return {}
    contacts = departments.owners(session, {one.department_id for one in found}, today)
    away = {one.officer_id: one.substitute_id for one in absences.between(session, today, today)}
    named = {one.officer_id for one in found if one.officer_id is not None}
    placed = {one.id: one.department_id for one in officers.by_ids(session, named)} if named else {}
    return {one.part_id: _own(one, away, placed) or contacts[one.department_id] for one in found}


def _own(seat: Seat, away: dict[int, int | None], placed: dict[int, int | None]) -> list[int]:
    """The officer of the lead department's part, as long as that one belongs to it."""
    officer_id = seat.officer_id if seat.position == 0 else None
    if officer_id is None or placed.get(officer_id) != seat.department_id:
        return []
    there = away.get(officer_id, officer_id)
    return [there] if there is not None else []
