"""Cards that wait for a tap, in the order in which they were drawn; each is taken once."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from store.models import Card

KEPT = timedelta(days=30)  # after which nobody presses a card any more


def draw(
    session: Session, officer_id: int, chat_id: int, topic: int | None, now: datetime, data: dict[str, Any]
) -> Card:
    """A new card, the newest of its chat and topic; the officer's very old ones go."""
    session.execute(delete(Card).where(Card.officer_id == officer_id, Card.drawn_at < now - KEPT))
    card = Card(officer_id=officer_id, chat_id=chat_id, topic=topic, drawn_at=now, data=data)
    session.add(card)
    session.flush()
    return card


def get(session: Session, card_id: int, officer_id: int) -> Card | None:
    """The officer's own card of that number."""
    found = session.get(Card, card_id)
    return found if found is not None and found.officer_id == officer_id else None


def newest(session: Session, officer_id: int, chat_id: int, topic: int | None) -> Card | None:
    """The last card drawn there, open or not."""
    query = select(Card).where(Card.officer_id == officer_id, Card.chat_id == chat_id)
    query = query.where(Card.topic.is_(None) if topic is None else Card.topic == topic)
    return session.scalars(query.order_by(Card.id.desc()).limit(1)).first()


def take(session: Session, card: Card) -> bool:
    """Close the card; False where it was closed before, so that two taps act once."""
    statement = update(Card).where(Card.id == card.id, Card.is_open.is_(True)).values(is_open=False)
    result = session.execute(statement)
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
