"""Absences (부재): who is away when, and who stands in (대직자)."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import BindParameter, ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from store import ask_looks
from store.models import Absence, Officer


def holds(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """Condition: the person is away on `day`."""
    not_back = or_(Absence.ended_on.is_(None), Absence.ended_on > day)
    return and_(Absence.from_on <= day, Absence.until_on >= day, not_back)


def begin(
    session: Session, officer: Officer, substitute: Officer | None, days: tuple[date, date], now: datetime
) -> Absence:
    """The person is away on these days; absences of his that overlap end before it."""
    first, last = days
    for old in coming(session, officer.id, first):
        if old.from_on <= last:
            old.ended_on = max(first, old.from_on)
    absence = Absence(officer=officer, substitute=substitute, from_on=first, until_on=last, created_at=now)
    session.add(absence)
    session.flush()
    ask_looks.look_again(session)
    return absence


def coming(session: Session, officer_id: int, today: date) -> list[Absence]:
    """The person's absences that hold today or later, soonest first."""
    query = select(Absence).where(
        Absence.officer_id == officer_id,
        Absence.until_on >= today,
        or_(Absence.ended_on.is_(None), and_(Absence.ended_on > today, Absence.ended_on > Absence.from_on)),
    )
    return list(session.scalars(query.order_by(Absence.from_on, Absence.id)))


def stood_in_by(session: Session, officer_id: int, days: tuple[date, date]) -> list[Absence]:
    """Absences of others that hold on some of the days and in which the person stands in."""
    first, last = days
    query = select(Absence).where(
        Absence.substitute_id == officer_id,
        Absence.from_on <= last,
        Absence.until_on >= first,
        or_(Absence.ended_on.is_(None), and_(Absence.ended_on > first, Absence.ended_on > Absence.from_on)),
    )
    return list(session.scalars(query.order_by(Absence.from_on, Absence.id)))


def between(session: Session, first: date, last: date) -> list[Absence]:
    """Absences that hold on some day from `first` to `last`, soonest first."""
    not_back = or_(
        Absence.ended_on.is_(None), and_(Absence.ended_on > first, Absence.ended_on > Absence.from_on)
    )
    query = select(Absence).where(Absence.from_on <= last, Absence.until_on >= first, not_back)
    query = query.options(joinedload(Absence.officer), joinedload(Absence.substitute))
    return list(session.scalars(query.order_by(Absence.from_on, Absence.id)))


def current(session: Session, day: date, officer_ids: Iterable[int] | None = None) -> dict[int, Absence]:
    """Who is away on `day`, by officer; of these officers where they are given."""
    query = select(Absence).where(holds(day)).options(joinedload(Absence.substitute))
    if officer_ids is not None:
        query = query.where(Absence.officer_id.in_(list(officer_ids)))
    return {one.officer_id: one for one in session.scalars(query.order_by(Absence.id))}
