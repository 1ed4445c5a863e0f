"""What the line above an officer was told of a milestone that is late, and why it need not be told."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import deliveries
from store.models import DelayRequest, Delivery, DeliveryItem, Milestone
from store.states import DelayState, ItemState

RULE = "escalate"  # the rule of a line is escalate:<level>


def subject_of(milestone_id: int) -> str:
    return f"{RULE}:{milestone_id}"


def rule_of(level: str) -> str:
    return f"{RULE}:{level}"


class Told(NamedTuple):
    """A line of the ledger, and what became of it; `day`: that of its message, None where it is in none."""

    item_id: int
    officer_id: int
    subject: str
    rule: str
    since: date
    state: ItemState
    counts: bool
    day: date | None


def told(session: Session, ids: Sequence[int]) -> list[Told]:
    """Every line about the milestones that the ledger has."""
    query = select(
        *(DeliveryItem.id, DeliveryItem.officer_id, DeliveryItem.subject, DeliveryItem.rule),
        *(DeliveryItem.due_on, DeliveryItem.state, Delivery.state, Delivery.day),
    ).outerjoin(Delivery)
    rows = session.connection().execute(
        query.where(DeliveryItem.subject.in_([subject_of(one) for one in ids]))
    )
    return [Told(*row[:6], deliveries.counts(row[5], row[6]), row[7]) for row in rows]


def asked_for_delay(session: Session, ids: Sequence[int]) -> set[int]:
    """Those of the milestones for whose present due day a delay was asked, decided or not: the reason is known."""
    query = select(Milestone.id).join(DelayRequest, DelayRequest.milestone_id == Milestone.id)
    query = query.where(
        Milestone.id.in_(ids),
        DelayRequest.old_due_on == Milestone.due_on,
        DelayRequest.state.in_([DelayState.PENDING, DelayState.REJECTED]),
    )
    return set(session.scalars(query))
