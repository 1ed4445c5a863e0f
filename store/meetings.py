"""Meetings (회의): finding their times, with agenda, departments' parts and what was decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from store.asks import GIVEN
from store.models import (
    Ask,
    Item,
    Meeting,
    MeetingAsk,
    MeetingDecision,
    MeetingPart,
    MeetingTime,
    MeetingTopic,
)
from store.states import AskState, MeetingKind


def get(session: Session, number: int) -> MeetingTime | None:
    return session.scalars(_loaded().where(MeetingTime.id == number)).one_or_none()


def locked(session: Session, number: int) -> MeetingTime | None:
    """The same, read afresh; nobody else changes it until the transaction ends."""
    query = select(MeetingTime).where(MeetingTime.id == number).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _loaded() -> Select[MeetingTime]:
    return (
        select(MeetingTime)
        .options(
            joinedload(MeetingTime.meeting),
            selectinload(MeetingTime.topics).joinedload(MeetingTopic.department),
            selectinload(MeetingTime.parts).joinedload(MeetingPart.department),
            selectinload(MeetingTime.asks).joinedload(MeetingAsk.ask).selectinload(Ask.answers),
        )
        .execution_options(populate_existing=True)
    )


def listed(session: Session, since: date | None = None, kind: MeetingKind | None = None) -> list[MeetingTime]:
    """Those that are not cancelled, by their day."""
    query = _loaded().where(MeetingTime.cancelled_at.is_(None))
    if since is not None:
        query = query.where(MeetingTime.held_on >= since)
    found = session.scalars(query.order_by(MeetingTime.held_on, MeetingTime.minute, MeetingTime.id))
    return [one for one in found if kind in {None, one.meeting.kind}]


class Ahead(NamedTuple):
    """When a meeting that takes place is held, how long before its material is due, and whether citizens come to it."""

    number: int
    held_on: date
    material_days: int
    kind: MeetingKind

    @property
    def is_of_citizens(self) -> bool:
        return self.kind is MeetingKind.PANEL


def ahead(session: Session, today: date) -> list[Ahead]:
    """Of today's and later ones, by their day. Values, no objects: the scan asks every second."""
    query = select(MeetingTime.id, MeetingTime.held_on, Meeting.material_days, Meeting.kind).join(
        Meeting, Meeting.id == MeetingTime.meeting_id
    )
    query = query.where(MeetingTime.held_on >= today, MeetingTime.cancelled_at.is_(None))
    return [Ahead(*row) for row in session.connection().execute(query.order_by(MeetingTime.held_on))]


def coming(session: Session, today: date) -> list[MeetingTime]:
    """Those of today and later."""
    return listed(session, since=today)


def cancelled(session: Session, today: date) -> list[MeetingTime]:
    """Those of today and later that were to be held and are not."""
    query = _loaded().where(MeetingTime.held_on >= today, MeetingTime.cancelled_at.is_not(None))
    return list(session.scalars(query.order_by(MeetingTime.held_on, MeetingTime.id)))


def later(session: Session, of: MeetingTime) -> list[MeetingTime]:
    """This time and the later ones of the same meeting that take place."""
    query = _loaded().where(
        MeetingTime.meeting_id == of.meeting_id,
        MeetingTime.held_on >= of.held_on,
        MeetingTime.cancelled_at.is_(None),
    )
    return list(session.scalars(query.order_by(MeetingTime.held_on)))


def by_numbers(session: Session, numbers: Collection[int]) -> dict[int, MeetingTime]:
    return {one.id: one for one in session.scalars(_loaded().where(MeetingTime.id.in_(numbers)))}


def topics(of: MeetingTime) -> list[MeetingTopic]:
    """Its agenda, without what was taken off again."""
    return [one for one in of.topics if one.dropped_at is None]


def part_of(of: MeetingTime, department_id: int) -> MeetingPart | None:
    return next((one for one in of.parts if one.department_id == department_id), None)


def missing(of: MeetingTime) -> list[MeetingPart]:
    """Departments whose material has not come."""
    return [one for one in of.parts if is_missing(of, one)]


def is_missing(of: MeetingTime, part: MeetingPart) -> bool:
    """The department's material has not come, and no request asks it for that or has its reply."""
    asked = {
        answer.department_id
        for one in of.asks
        for answer in one.ask.answers
        if one.ask.state is AskState.OPEN or answer.state in GIVEN
    }
    return not part.version and part.department_id not in asked


def decided(session: Session, times: Iterable[int]) -> dict[int, list[Item]]:
    """The items that were decided in each of those, in their order."""
    wanted = list(times)
    query = select(MeetingDecision).where(MeetingDecision.time_id.in_(wanted))
    loaded = joinedload(MeetingDecision.item)
    found: dict[int, list[Item]] = {one: [] for one in wanted}
    for one in session.scalars(query.options(loaded).order_by(MeetingDecision.id)):
        found[one.time_id].append(one.item)
    return found


def before(session: Session, of: MeetingTime, today: date) -> list[MeetingTime]:
    """The earlier times of the same meeting that took place by today, the newest first."""
    query = _loaded().where(
        MeetingTime.meeting_id == of.meeting_id,
        MeetingTime.held_on < of.held_on,
        MeetingTime.held_on <= today,
        MeetingTime.cancelled_at.is_(None),
    )
    return list(session.scalars(query.order_by(MeetingTime.held_on.desc(), MeetingTime.id.desc())))
