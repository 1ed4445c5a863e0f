"""The counts of a department, once a week to its group: owed on the week's first working day."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.rules.policy import Rules
from jobs.rules.sending_hours import next_sending_at
from store import deliveries, groups
from store.models import ChatGroup, Delivery
from store.states import DeliveryKind

EVENT = "group-week"
WEEK = timedelta(days=7)


def cause(group: ChatGroup, day: date) -> str:
    """Names the group's message of that week, so that it is owed once."""
    year, week, _ = day.isocalendar()
    return f"group:{group.id}:{year}-{week:02}"


def owe_week(session: Session, now: datetime, rules: Rules) -> int:
    """Owe each bound group its week's counts; gives how many were added. To be called at sending times only."""
    today = rules.calendar.local_date(now)
    added = 0
    for group in groups.bound(session):
        if _is_owed(session, group, today, rules):
            made = deliveries.add(
                session, DeliveryKind.EVENT, EVENT, group.chat_id, now,
                cause=cause(group, today), day=today, topic_id=group.topic_id,
            )  # fmt: skip
            made.payload = {"group": group.id}
            added += 1
    return added


def _is_owed(session: Session, group: ChatGroup, today: date, rules: Rules) -> bool:
    """Its day has come, it was bound by then, and the ledger does not have it."""
    first = rules.calendar.first_of_week(today)
    if today < first or group.bound_at > rules.calendar.at(first, rules.settings.send_at):
        return False
    return session.scalar(select(Delivery.id).where(Delivery.cause == cause(group, today))) is None


def next_day(session: Session, now: datetime, rules: Rules) -> date | None:
    """The day of the next weekly counts; None where no group is bound."""
    today = rules.calendar.local_date(now)
    found = groups.bound(session)
    if not found:
        return None
    if any(_is_owed(session, one, today, rules) for one in found):
        return today
    this_week = rules.calendar.first_of_week(today)
    is_ahead = next_sending_at(now, this_week, rules.settings, rules.calendar) <= rules.calendar.at(
        this_week, rules.settings.send_at
    )
    return this_week if is_ahead else rules.calendar.first_of_week(today + WEEK)
