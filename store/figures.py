"""Figures of the ledger and the inbox, counted from their indexes: what metrics and alerts go by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from store import chat_links
from store.db.types import spelled
from store.deliveries import AT_ANY_HOUR, EVERYBODYS, has_come, is_paused
from store.models import ChatLink, Delivery, DeliveryItem, InboxUpdate
from store.states import DeliveryKind, DeliveryState, InboxState, ItemState, LinkState

UNFINISHED = [DeliveryState.PENDING, DeliveryState.SENDING]


@dataclass(frozen=True)
class Ledger:
    """Messages by state and kind; the pairs that do not occur are missing."""

    messages: Mapping[tuple[DeliveryState, DeliveryKind], int]

    def of(self, *states: DeliveryState) -> int:
        return sum(count for (state, _), count in self.messages.items() if state in states)


def ledger(session: Session) -> Ledger:
    query = select(Delivery.state, Delivery.kind, func.count()).group_by(Delivery.state, Delivery.kind)
    return Ledger({(state, kind): count for state, kind, count in session.execute(query)})


def finals(session: Session) -> tuple[int, int]:
    """How many messages ended uncertain, and how many refused."""
    found = [
        session.scalar(select(func.count()).select_from(Delivery).where(Delivery.state == state)) or 0
        for state in (DeliveryState.UNCERTAIN, DeliveryState.FAILED)
    ]
    return found[0], found[1]


class Oldest(NamedTuple):
    """The oldest unsent message, and when it was made (business time)."""

    id: int
    created_at: datetime


def oldest_owed(
    session: Session,
    real_now: datetime,
    *,
    with_digests: bool,
    claimable_only: bool = False,
    hour: int = EVERYBODYS,
) -> Oldest | None:
    """None where nothing is owed.

    `claimable_only`: without those that wait for their next try. `with_digests` False: outside the hours in
    which daily messages, and whatever else waits for them, go out.
    """
    wanted: list[ColumnElement[bool]] = [Delivery.state.in_(UNFINISHED), has_come(hour)]
    if not with_digests:
        wanted += AT_ANY_HOUR
    if claimable_only:
        wanted.append(Delivery.state == DeliveryState.PENDING)
        wanted.append(or_(Delivery.not_before_at.is_(None), Delivery.not_before_at <= real_now))
        wanted.append(~is_paused(real_now))
    query = select(Delivery.id, Delivery.created_at).where(*wanted)
    found = session.execute(query.order_by(Delivery.created_at, Delivery.id).limit(1)).one_or_none()
    return Oldest(*found) if found else None


def count_late_digests(session: Session, today: date, *, is_today_late: bool, hour: int = EVERYBODYS) -> int:
    """Daily messages of earlier days that are not out; today's, too, where their time is past: everybody's, and the
    own hour up to `hour`."""
    is_today = and_(Delivery.day == today, has_come(hour))
    is_past = or_(Delivery.day < today, is_today) if is_today_late else Delivery.day < today
    wanted = Delivery.kind == DeliveryKind.DIGEST, Delivery.state.in_(UNFINISHED), is_past
    return session.scalar(select(func.count()).select_from(Delivery).where(*wanted)) or 0


def count_late_messages(session: Session, before: datetime) -> int:
    """Answers, news and edits made before that instant that are not out; those that wait for the hours in which
    daily messages go out are not late."""
    wanted = *AT_ANY_HOUR, Delivery.state.in_(UNFINISHED), Delivery.created_at < before
    return session.scalar(select(func.count()).select_from(Delivery).where(*wanted)) or 0


def count_carried(session: Session) -> int:
    """Reminders that wait for the next daily message, because theirs was not confirmed. Not those of people who
    cannot be reached, which wait for them however long, while others are told and gihan_unreachable counts."""
    reached = select(ChatLink.officer_id).where(chat_links.is_live(), ChatLink.state == LinkState.ACTIVE)
    wanted = (
        DeliveryItem.delivery_id.is_(None),
        DeliveryItem.state == spelled(ItemState.CARRIED),
        DeliveryItem.officer_id.in_(reached),
    )
    return session.scalar(select(func.count()).select_from(DeliveryItem).where(*wanted)) or 0


def count_inbox(session: Session, state: InboxState) -> int:
    return (
        session.scalar(select(func.count()).select_from(InboxUpdate).where(InboxUpdate.state == state)) or 0
    )
