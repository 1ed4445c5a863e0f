"""담당 지정: who answers for a task from today on."""

from dataclasses import dataclass
from datetime import date, timedelta

from jobs.authority.permissions import Deed
from jobs.milestones import changes
from jobs.people import handover_steps
from store import milestones
from store.models import Assignment, Officer, Task
from store.states import AssignmentKind


@dataclass(frozen=True)
class Given:
    """Who answers for it no more, and who was to take it over on a later day and will not."""

    before: list[Officer]
    planned: list[tuple[date, Officer]]


def assign(deed: Deed, task: Task, officer: Officer, kind: AssignmentKind) -> Given:
    """담당 지정 from today on. A new accountable officer takes the place of the one before, and of whoever was to follow
    that one by a planned hand-over; a deputy is added."""
    before = [one for one in task.assignments if milestones.holds(one, deed.today)]
    for one in before:
        if one.officer_id == officer.id or (kind is AssignmentKind.LEAD and one.kind is kind):
            one.until_on = deed.today - timedelta(days=1)
    planned = give_up_planned(deed, task, {kind} & {AssignmentKind.LEAD})
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
    gone = [
        one.officer
        for one in before
        if not milestones.holds(one, deed.today) and one.officer_id != officer.id
    ]
    return Given(gone, [one for one in planned if one[1].id != officer.id])


def give_up_planned(deed: Deed, task: Task, kinds: set[AssignmentKind]) -> list[tuple[date, Officer]]:
    """Who takes it over from today on has it: what was to begin later in that way does not begin. Gives whose and when."""
    planned = [
        one
        for one in task.assignments
        if one.from_on > deed.today and one.kind in kinds and milestones.holds(one, one.from_on)
    ]
    for one in planned:
        handover_steps.end(one, one.from_on, deed.today)
    return [(one.from_on, one.officer) for one in planned]
