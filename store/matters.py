"""What was said about a matter that somebody decides: event messages, and lines in daily messages."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager, joinedload

from store.db.types import spelled
from store.deliveries import it_counts, still_counts
from store.models import Delivery, DeliveryItem
from store.states import DeliveryKind

YEAR_ROUND = "year-round"  # of an entry without a due day; the number is the series's
YEAR_END = "year-end"  # of all that merely ends with a year; the number is the year


def about(session: Session, event: str, since: datetime, matter: str) -> list[Delivery]:
    """Event messages that people were handed about a matter since an instant (`payload` names the matter)."""
    query = select(Delivery).where(
        Delivery.event == event, Delivery.kind == spelled(DeliveryKind.EVENT), Delivery.created_at >= since
    )
    found = session.scalars(query.order_by(Delivery.created_at, Delivery.id))
    return [one for one in found if one.payload.get("about") == matter]


def notice_on(session: Session, officer_id: int, subject: str, day: date) -> DeliveryItem | None:
    """The person's line about the matter for that day, with its message."""
    query = select(DeliveryItem).where(
        DeliveryItem.officer_id == officer_id, DeliveryItem.subject == subject, DeliveryItem.due_on == day
    )
    return session.scalars(query.options(joinedload(DeliveryItem.delivery)).limit(1)).one_or_none()


def notices_on(session: Session, subjects: Collection[str]) -> dict[tuple[int, str, date], DeliveryItem]:
    """Every line about those matters, with its message, by person, matter and day."""
    if not subjects:
        return {}
    query = select(DeliveryItem).where(DeliveryItem.subject.in_(subjects))
    found = session.scalars(query.options(joinedload(DeliveryItem.delivery)))
    return {(one.officer_id, one.subject, one.due_on): one for one in found}


def told(session: Session, subjects: Sequence[str]) -> set[tuple[str, date]]:
    """(subject, day) of every line about the subjects that somebody was told, or will be."""
    if not subjects:
        return set()
    query = select(DeliveryItem).outerjoin(Delivery).where(DeliveryItem.subject.in_(subjects))
    found = session.scalars(query.options(contains_eager(DeliveryItem.delivery)))
    return {(one.subject, one.due_on) for one in found if still_counts(one)}


def lines_told(session: Session, subjects: Collection[str]) -> set[tuple[int, str, date]]:
    """(person, subject, day) of every line about the subjects that somebody was told, or will be."""
    if not subjects:
        return set()
    query = select(DeliveryItem.officer_id, DeliveryItem.subject, DeliveryItem.due_on)
    query = query.outerjoin(Delivery, Delivery.id == DeliveryItem.delivery_id)
    rows = session.execute(query.where(DeliveryItem.subject.in_(subjects), it_counts()))
    return {(officer, subject, day) for officer, subject, day in rows}


def told_before(session: Session, items: Sequence[DeliveryItem]) -> dict[int, int]:
    """How often each line's reader was told of its matter before, by the line's number."""
    query = select(DeliveryItem).outerjoin(Delivery).options(contains_eager(DeliveryItem.delivery))
    found = session.scalars(query.where(DeliveryItem.subject.in_({one.subject for one in items})))
    days = [(one.officer_id, one.subject, one.due_on) for one in found if still_counts(one)]
    return {
        one.id: sum(day[:2] == (one.officer_id, one.subject) and day[2] < one.due_on for day in days)
        for one in items
    }


def is_told(officer_id: InstrumentedAttribute[int], subject: str, day: date) -> ColumnElement[bool]:
    """Condition: that officer was told of the matter on that day, or will be."""
    lines = select(DeliveryItem.id).outerjoin(Delivery, Delivery.id == DeliveryItem.delivery_id)
    lines = lines.where(
        DeliveryItem.subject == subject, DeliveryItem.officer_id == officer_id, DeliveryItem.due_on == day
    )
    return lines.where(it_counts()).exists()


def people_told(session: Session, subject: str, day: date, among: Collection[int]) -> set[int]:
    """Who of these people was told of the matter on that day, or will be."""
    if not among:
        return set()
    query = select(DeliveryItem.officer_id).outerjoin(Delivery, Delivery.id == DeliveryItem.delivery_id)
    mine = DeliveryItem.subject == subject, DeliveryItem.officer_id.in_(among), DeliveryItem.due_on == day
    return set(session.scalars(query.where(*mine, it_counts())))
