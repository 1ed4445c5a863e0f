"""What a bound group gets once a week: the counts of its department, no names."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.texts import render
from reports.scope import of_department
from reports.week import week_counts
from store.deliveries import Html, Message
from store.models import ChatGroup, Delivery, Department


def group_message(session: Session, delivery: Delivery, today: date, zone: ZoneInfo) -> Message | None:
    """The week's counts; None for a group that is bound no more."""
    group = session.get(ChatGroup, delivery.payload["group"])
    if group is None or group.ended_at is not None:
        return None
    return Message(group_text(session, group.department, today, zone), [])


def group_text(session: Session, department: Department, today: date, zone: ZoneInfo) -> Html:
    counts = week_counts(session, today, zone, of_department(department))
    return render.text("group_counts", department=department.name, day=today, counts=counts)
