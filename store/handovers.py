"""Hand-overs (인계·인수): proposed, due, and those a successor has not been told of."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import Handover
from store.states import HandoverState

PROPOSAL_LASTS = timedelta(days=1)  # who proposed it must mean it still


def due(session: Session, today: date) -> list[Handover]:
    """Confirmed ones whose day has come and that have not taken effect."""
    query = select(Handover).where(Handover.state == HandoverState.SCHEDULED, Handover.from_on <= today)
    return list(session.scalars(query.order_by(Handover.id)))


def next_on(session: Session) -> date | None:
    """The day of the next confirmed hand-over; None where there is none."""
    query = select(Handover.from_on).where(Handover.state == HandoverState.SCHEDULED)
    return session.scalar(query.order_by(Handover.from_on).limit(1))


def untold(session: Session) -> list[Handover]:
    """Those in effect whose successor has not seen the pack (인수인계서)."""
    query = select(Handover).where(
        Handover.state == HandoverState.EFFECTIVE,
        Handover.to_officer_id.is_not(None),
        Handover.pack_shown_at.is_(None),
    )
    return list(session.scalars(query.order_by(Handover.id)))
