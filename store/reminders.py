"""Items of the daily messages: what stands in one, what leaves it, and whether somebody was told."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload

from store.db.types import spelled
from store.deliveries import finish, subject_of
from store.models import Delivery, DeliveryItem
from store.states import DeliveryState, ItemState

_OF_SUBJECT = DeliveryItem.subject == bindparam("subject")
_TOLD_INSTEAD = and_(
    DeliveryItem.milestone_id == bindparam("number"), DeliveryItem.instead_of_id.is_not(None)
)
_WAITING_ITEM = (
    select(DeliveryItem)
    .outerjoin(Delivery)
    .where(
        DeliveryItem.state.in_([ItemState.INCLUDED, ItemState.CARRIED]),
        or_(DeliveryItem.delivery_id.is_(None), Delivery.state == DeliveryState.PENDING),
    )
)
_WAITING_OF_MILESTONE = _WAITING_ITEM.where(or_(_OF_SUBJECT, _TOLD_INSTEAD))
_WAITING_OF_SUBJECT = _WAITING_ITEM.where(_OF_SUBJECT)


def cancel_items(session: Session, milestone_id: int) -> None:
    """Reminders of the milestone not yet on their way are dropped; a digest left empty is cancelled."""
    found = {"subject": subject_of(milestone_id), "number": milestone_id}
    _cancel(session, list(session.scalars(_WAITING_OF_MILESTONE, found)))


def cancel_notices(session: Session, subject: str) -> None:
    """The same for the lines of a matter that is settled now."""
    _cancel(session, list(session.scalars(_WAITING_OF_SUBJECT, {"subject": subject})))


def _cancel(session: Session, items: list[DeliveryItem]) -> None:
    if not items:
        return
    touched: set[int] = set()
    for item in items:
        item.state = ItemState.CANCELLED
        if item.delivery_id is not None:
            touched.add(item.delivery_id)
    session.flush()
    for delivery_id in sorted(touched):
        _cancel_if_empty(session, delivery_id)


def _cancel_if_empty(session: Session, delivery_id: int) -> None:
    included = and_(DeliveryItem.delivery_id == delivery_id, DeliveryItem.state == ItemState.INCLUDED)
    if session.scalar(select(func.count()).select_from(DeliveryItem).where(included)) == 0:
        delivery = session.get_one(Delivery, delivery_id)
        finish(delivery, DeliveryState.CANCELLED)
        if not delivery.uncertain_sends:
            delivery.day = None  # the day is free again should something else become owed


_HOLDERS = select(DeliveryItem.officer_id).where(
    DeliveryItem.subject.in_(bindparam("subjects", expanding=True))
)


def holders(session: Session, subjects: Collection[str]) -> list[int]:
    """Officers in whose digests one of the subjects stands."""
    return sorted(set(session.scalars(_HOLDERS, {"subjects": list(subjects)})))


def carried(session: Session) -> list[DeliveryItem]:
    """Items whose message could not be confirmed: the next digest takes them."""
    query = select(DeliveryItem).where(DeliveryItem.state == spelled(ItemState.CARRIED))
    return list(session.scalars(query.order_by(DeliveryItem.id)))


def notice_item(session: Session, officer_id: int, subject: str) -> DeliveryItem | None:
    """The planner's item of that list, with its message; None where the list was never owed to that planner."""
    query = select(DeliveryItem).where(DeliveryItem.officer_id == officer_id, DeliveryItem.subject == subject)
    return session.scalars(query.options(joinedload(DeliveryItem.delivery)).limit(1)).one_or_none()


def still_counts(item: DeliveryItem) -> bool:
    """It was told, or will be: carried, or in a message that is neither refused nor cancelled."""
    return counts(item.state, item.delivery.state if item.delivery else None)


def counts(state: ItemState, delivery_state: DeliveryState | None) -> bool:
    """The same of an item's state and that of its message; None where it stands in none."""
    if delivery_state is None:
        return state is ItemState.CARRIED
    return delivery_state not in {DeliveryState.FAILED, DeliveryState.CANCELLED}


def it_counts() -> ColumnElement[bool]:
    """The same as a condition on items with their messages joined from outside."""
    refused = Delivery.state.in_((DeliveryState.FAILED, DeliveryState.CANCELLED))
    carried = and_(Delivery.id.is_(None), DeliveryItem.state == ItemState.CARRIED)
    return or_(and_(Delivery.id.is_not(None), ~refused), carried)
