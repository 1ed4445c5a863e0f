"""Messages that go to somebody else or another way, where a person cannot be reached by Telegram."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from store.models import Delivery
from store.states import DeliveryKind

# Events that go out in the hours of the daily message only.
UNREACHED = "unreached"  # somebody's reminders have nowhere to go: this person is told instead
FALLBACK = "fallback"  # the day's message by another channel; its chat_id is NO_CHAT
NUDGE = "nudge"  # somebody above asks once more
SHARE = "share"  # the planning office tells other departments of a task
DUE_TODAY = "due-today"  # entered today and due today, after the reader's daily message had gone out
ASK_HOUR = "ask-hour"  # the hour comes at which a department's reply is due
ITEM_HOUR = "item-hour"  # the hour comes at which what was raised is due
IN_HOURS = (UNREACHED, FALLBACK, NUDGE, SHARE, DUE_TODAY, ASK_HOUR, ITEM_HOUR)
NO_CHAT = 0


def unreached_subject(missed_id: int, milestone_id: int) -> str:
    """The subject of an item that tells somebody of a milestone because officer `missed_id` cannot be reached."""
    return f"{UNREACHED}:{missed_id}:{milestone_id}"


def by_cause(session: Session, cause: str) -> Delivery | None:
    """The one message of that cause, in whatever state."""
    query = select(Delivery).where(Delivery.cause == cause, Delivery.part == 1)
    return session.scalars(query.options(selectinload(Delivery.items))).one_or_none()


def fallback_of(session: Session, officer_id: int, day: date) -> Delivery | None:
    """The officer's message of `day` by the fallback channel, in whatever state."""
    query = select(Delivery).where(
        Delivery.officer_id == officer_id, Delivery.kind == DeliveryKind.EVENT, Delivery.day == day
    )
    return session.scalars(query.options(selectinload(Delivery.items))).one_or_none()
