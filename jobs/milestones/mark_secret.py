"""비공개 과제: which tasks have no title in chat; audited. Nothing else about them changes."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.milestones.outdated import outdate
from store import milestones
from store.models import Adjustment, AuditEntry, Milestone, Plan, RoundEntry, Series, SnapshotRow, Task
from store.states import PlanState

# The kinds of subjects of the log that belong to a task, and the column that names it.
_OWNERS = {
    "task": Task.id,
    "milestone": Milestone.task_id,
    "adjustment": Adjustment.task_id,
    "entry": RoundEntry.task_id,
    "series": Series.task_id,
    "snapshot": SnapshotRow.task_id,
}


def mark(deed: Deed, task: Task, *, is_secret: bool) -> bool:
    """비공개 from now on, or no longer, with the same task in other plans; False where all were so already."""
    marked = [one for one in _same(deed.session, task) if one.is_secret is not is_secret]
    for one in marked:
        one.is_secret = is_secret
        action = "made-secret" if is_secret else "made-public"
        before, after = {"is_secret": not is_secret}, {"is_secret": is_secret}
        deed.record(action, f"task:{one.id}", before=before, after=after)
        outdate(deed, [milestones.subject(each.id) for each in one.milestones])
    return bool(marked)


def _same(session: Session, task: Task) -> list[Task]:
    """The task and those that are bound to it as the same promise in other plans."""
    first = task.same_as_id or task.id
    query = select(Task).where(or_(Task.id.in_([first, task.id]), Task.same_as_id == first))
    return list(session.scalars(query.order_by(Task.id)))


def secrets(session: Session) -> list[Task]:
    """The secret tasks of active plans, by number."""
    query = select(Task).join(Plan).where(Task.is_secret.is_(True), Plan.state == PlanState.ACTIVE)
    return list(session.scalars(query.order_by(Task.id)))


def subjects(session: Session) -> set[str]:
    """The names in the log of all secret tasks and of what belongs to them."""
    is_secret = select(Task.id).where(Task.is_secret.is_(True))
    return {
        f"{kind}:{number}"
        for kind, column in _OWNERS.items()
        for number in session.scalars(select(column.class_.id).where(column.in_(is_secret)))
    }


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
