"""비공개 과제: which tasks have no title in chat; audited. Nothing else about them changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import audit
from store.audit import Who
from store.models import Adjustment, AuditEntry, Milestone, Plan, ReviewEntry, Task
from store.states import PlanState

# The kinds of subjects of the log that belong to a task, and the column that names it.
_OWNERS = {
    "task": Task.id,
    "milestone": Milestone.task_id,
    "adjustment": Adjustment.task_id,
    "entry": ReviewEntry.task_id,
}


def mark(session: Session, task: Task, who: Who, now: datetime, *, is_secret: bool) -> bool:
    """비공개 from now on, or no longer; False where it was so already."""
    if task.is_secret is is_secret:
        return False
    task.is_secret = is_secret
    action = "made-secret" if is_secret else "made-public"
    before, after = {"is_secret": not is_secret}, {"is_secret": is_secret}
    audit.record(session, who, now, action, f"task:{task.id}", before=before, after=after)
    return True


def secrets(session: Session) -> list[Task]:
    """The secret tasks of active plans, by number."""
    query = select(Task).join(Plan).where(Task.is_secret.is_(True), Plan.state == PlanState.ACTIVE)
    return list(session.scalars(query.order_by(Task.id)))


def is_about_secret(session: Session, entry: AuditEntry) -> bool:
    """The entry of the log is about a secret task or something of it."""
    kind, _, number = entry.subject.partition(":")
    column = _OWNERS.get(kind)
    if column is None or not number.isdigit():
        return False
    query = (
        select(Task.is_secret).join(column.class_, column == Task.id)
        if kind != "task"
        else select(Task.is_secret)
    )
    return bool(session.scalar(query.where(column.class_.id == int(number))))
