"""What changed in the days before a morning: what was registered as done, asked for, and became late."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from store import milestones
from store.models import AuditEntry, DelayRequest, Milestone, Plan, Task

REGISTERED = ("done", "reported")


class Changed(BaseModel):
    """Numbers of milestones, of everything that is owed; `done` by the day on which it was registered."""

    done: list[int]
    requested: list[int]
    became_late: list[int]

    @property
    def is_empty(self) -> bool:
        return not (self.done or self.requested or self.became_late)


def changed(session: Session, since: date, today: date, zone: ZoneInfo) -> Changed:
    """From the beginning of `since` to that of `today`."""
    span = datetime.combine(since, time(), zone), datetime.combine(today, time(), zone)
    at = DelayRequest.requested_at
    requested = select(DelayRequest.milestone_id).where(at >= span[0], at < span[1]).order_by(DelayRequest.id)
    late = (
        milestones.is_late(today), Milestone.due_on >= since,
        ~milestones.recurs_often(), ~milestones.is_left_in_peace(today),
    )  # fmt: skip
    return Changed(
        done=sorted(registered(session, *span)),
        requested=list(dict.fromkeys(session.scalars(requested))),
        became_late=_numbers(session, *late),
    )


def registered(session: Session, since_at: datetime, until_at: datetime) -> set[int]:
    """Numbers of what was registered as done between the instants and still is, whenever it was done."""
    query = select(AuditEntry.subject).where(
        AuditEntry.action.in_(REGISTERED), AuditEntry.at >= since_at, AuditEntry.at < until_at
    )
    numbers = {int(one.partition(":")[2]) for one in session.scalars(query)}
    if not numbers:
        return set()
    closed = Milestone.id.in_(numbers), Milestone.state.in_(milestones.CLOSED), milestones.is_owed()
    held = select(Milestone.id).join(Task, Milestone.task_id == Task.id).join(Plan)
    return set(session.scalars(held.where(*closed)))


def _numbers(session: Session, *conditions: ColumnElement[bool]) -> list[int]:
    query = select(Milestone.id).join(Task, Milestone.task_id == Task.id).join(Plan)
    query = query.where(milestones.is_owed(), *conditions)
    return list(session.scalars(query.order_by(Milestone.due_on, Milestone.id)))
