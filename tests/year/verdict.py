"""What must hold of a year: one scheduled message a day, none on a day off, nothing that nobody was asked about."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from sqlalchemy import select

from jobs.rules.calendar import WorkCalendar
from store import milestones
from store.db.engine import Store
from store.models import Delivery, DeliveryItem, Milestone, Plan, Task
from store.states import DeliveryKind, DeliveryState, ItemState, MilestoneState
from tests.builders import SEOUL
from tests.campaign.record import DAILY
from tests.year.town import Town

SCHEDULED = ("fallback", "unreached", "group-week")  # events that no person's act brings about


def day_of(message: dict[str, object]) -> date:
    """The day of the town on which a message stands in its chat."""
    return datetime.fromtimestamp(int(str(message["date"])), SEOUL).date()


def daily_messages(town: Town) -> Counter[tuple[int, date]]:
    """(chat, day) -> how many daily messages Telegram has, copies that are marked as such left out."""
    return Counter(
        (chat, day_of(one))
        for chat, messages in town.chats().items()
        for one in messages
        if one["from"]["is_bot"]
        and any(heading in one["text"] for heading in DAILY)
        and not one["text"].startswith("(다시 보냄)")
    )


def on_days_off(town: Town, calendar: WorkCalendar) -> list[tuple[int, date]]:
    """Messages of the bot that stand on days off, whatever brought them about: nobody writes then."""
    return [
        (chat, day_of(one))
        for chat, messages in town.chats().items()
        for one in messages
        if one["from"]["is_bot"] and not calendar.is_working(day_of(one))
    ]


def scheduled_on_days_off(store: Store, calendar: WorkCalendar) -> list[int]:
    """The same by the ledger: daily messages and events that nobody's act brought about."""
    query = select(Delivery.id, Delivery.sent_at).where(
        Delivery.state == DeliveryState.SENT,
        (Delivery.kind == DeliveryKind.DIGEST) | Delivery.event.in_(SCHEDULED),
    )
    with store.read() as session:
        rows = session.execute(query).all()
    return [
        row.id for row in rows if row.sent_at and not calendar.is_working(calendar.local_date(row.sent_at))
    ]


def never_asked(store: Store, last: date) -> list[int]:
    """Milestones due by `last` of which nobody was told before they were closed, or at all."""
    told = (
        select(DeliveryItem.milestone_id)
        .join(Delivery, DeliveryItem.delivery_id == Delivery.id)
        .where(Delivery.state == DeliveryState.SENT, DeliveryItem.milestone_id.is_not(None))
        .where(DeliveryItem.state.in_([ItemState.INCLUDED, ItemState.SUPERSEDED]))
    )
    query = (
        select(Milestone.id)
        .join(Task, Milestone.task_id == Task.id)
        .join(Plan)
        .where(milestones.is_owed(), Milestone.due_on <= last, Milestone.remind_from.is_not(None))
        .where(Milestone.past_review.is_(None), Milestone.id.not_in(told))
        .where(Milestone.state != MilestoneState.CANCELLED)
    )
    with store.read() as session:
        return list(session.scalars(query.order_by(Milestone.id)))
