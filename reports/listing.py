"""Milestones as rows, one per date window or occurrence, as `gihan list --json` prints them."""

from datetime import date

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from store import milestones, plans
from store.models import Department, Milestone, Plan, Task
from store.states import DelayState, MilestoneState


class OfficerRow(BaseModel):
    id: int
    name: str


class Row(BaseModel):
    """One milestone; `due` is what holds now, `original_due` what the plan said."""

    id: int
    plan: str
    task_no: str | None
    task: str
    title: str
    department: str | None
    officers: list[OfficerRow]
    start: date | None
    due: date | None
    original_due: date | None
    precision: str
    state: str
    done_on: date | None
    progress: int | None
    delays: int


def rows(
    session: Session,
    today: date,
    *,
    department: str | None = None,
    state: MilestoneState | None = None,
    plan: str | None = None,
) -> list[Row]:
    """All milestones under the filters, in the plans' own order. `plan` is a plan's id or a part of its title."""
    query = select(Milestone).join(Task, Milestone.task_id == Task.id).join(Plan)
    query = query.outerjoin(Department, Task.department_id == Department.id)
    if department is not None:
        query = query.where(Department.name == "".join(department.split()))
    if state is not None:
        query = query.where(Milestone.state == state)
    if plan is not None:
        query = query.where(plans.named(session, plan))
    query = query.order_by(Plan.id, Task.position, Milestone.id)
    return [_row(one, today) for one in session.scalars(milestones.full(query)).unique()]


def _row(one: Milestone, today: date) -> Row:
    return Row(
        id=one.id,
        plan=one.task.plan.title,
        task_no=one.task.no,
        task=one.task.title,
        title=one.title,
        department=one.task.department.name if one.task.department else None,
        officers=[
            OfficerRow(id=each.officer.id, name=each.officer.name)
            for each in milestones.assignees(one, today)
        ],
        start=one.start_on,
        due=one.due_on,
        original_due=one.original_due_on,
        precision=one.precision.value,
        state=one.state.value,
        done_on=one.done_on,
        progress=one.progress,
        delays=sum(each.state is DelayState.APPLIED for each in one.delays),
    )
