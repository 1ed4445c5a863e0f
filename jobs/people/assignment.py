"""담당 지정: who answers for a task from today on."""

from __future__ import annotations

from datetime import timedelta

from jobs.authority.access import Deed
from jobs.milestones import changes
from store import milestones
from store.models import Assignment, Officer, Task
from store.states import AssignmentKind


def assign(deed: Deed, task: Task, officer: Officer, kind: AssignmentKind) -> list[Officer]:
    """담당 지정 from today on. A new accountable officer takes the place of the one before; a deputy is added. Gives
    who answers for it no more."""
    before = [one for one in task.assignments if milestones.holds(one, deed.today)]
    for one in before:
        if one.officer_id == officer.id or (kind is AssignmentKind.LEAD and one.kind is kind):
            one.until_on = deed.today - timedelta(days=1)
    task.assignments.append(Assignment(task_id=task.id, officer=officer, kind=kind, from_on=deed.today))
    deed.session.flush()
    names = [one.officer.name for one in task.assignments if milestones.holds(one, deed.today)]
    deed.record(
        "assigned",
        f"task:{task.id}",
        before={"officers": ", ".join(one.officer.name for one in before)},
        after={"officers": ", ".join(names)},
    )
    changes.look_again(deed, task.milestones)
    return [
        one.officer
        for one in before
        if not milestones.holds(one, deed.today) and one.officer_id != officer.id
    ]
