"""Columns of a task, a series or a department are set, with their entry in the log; milestones go by jobs.milestones.changes."""

from collections.abc import Mapping

from jobs.authority.permissions import Deed
from jobs.milestones import changes, outdated
from store import milestones
from store.models import AuditEntry, Department, Series, Task

Thing = Task | Series | Department
KINDS: dict[str, type[Thing]] = {"task": Task, "series": Series, "department": Department}
DERIVED = {"department_id": "department", "task_id": "task"}  # column -> what is loaded by it


def subject(thing: Thing) -> str:
    """Its name in the log."""
    kind = next(name for name, table in KINDS.items() if isinstance(thing, table))
    return f"{kind}:{thing.id}"


def put(
    deed: Deed,
    thing: Thing,
    action: str,
    values: Mapping[str, object],
    *,
    reason: str | None = None,
    undoes_id: int | None = None,
) -> AuditEntry:
    """Set them, in the caller's transaction; the messages that show the task are outdated, and who is asked about it is
    worked out anew."""
    before = {key: getattr(thing, key) for key in values}
    for key, value in values.items():
        setattr(thing, key, value)
    deed.session.flush()
    deed.session.expire(thing, [DERIVED[key] for key in values if key in DERIVED])
    entry = deed.record(
        action, subject(thing), before=before, after=values, reason=reason, undoes_id=undoes_id
    )
    if isinstance(thing, Task):
        shown_anew(deed, thing)
    return entry


def shown_anew(deed: Deed, task: Task) -> None:
    """Whatever shows the task is brought up to date, and its milestones are looked at again."""
    changes.look_again(deed, task.milestones)
    outdated.outdate(deed, [milestones.subject(one.id) for one in task.milestones])
