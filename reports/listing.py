"""Milestones as rows, one per date window or occurrence, as `gihan list --json` prints them; and tasks, as `--tasks` does."""

from datetime import date

from pydantic import BaseModel
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from store import milestones, plans
from store.models import Assignment, Department, Milestone, Plan, Task
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


class TaskRow(BaseModel):
    """One task, pledges without any milestone included; `officers` the accountable one first."""

    id: int
    plan: str
    no: str | None
    title: str
    area: str | None
    pledge_no: str | None
    pledge: str | None
    department: str | None
    related: list[str]
    officers: list[OfficerRow]
    start: date | None
    end: date | None
    status: str | None
    milestones: int
    open: int


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
    query = query.where(*_filters(session, department, plan))
    if state is not None:
        query = query.where(Milestone.state == state)
    query = query.order_by(Plan.id, Task.position, Milestone.id)
    return [_row(one, today) for one in session.scalars(milestones.full(query)).unique()]


def task_rows(
    session: Session, today: date, *, department: str | None = None, plan: str | None = None
) -> list[TaskRow]:
    """All tasks under the filters, in the plans' own order."""
    query = select(Task).join(Plan).where(*_filters(session, department, plan))
    people = selectinload(Task.assignments).joinedload(Assignment.officer)
    loaded = joinedload(Task.department), joinedload(Task.plan), selectinload(Task.milestones), people
    query = query.options(*loaded).order_by(Plan.id, Task.position)
    return [_task_row(one, today) for one in session.scalars(query).unique()]


def _filters(session: Session, department: str | None, plan: str | None) -> list[ColumnElement[bool]]:
    """Conditions on tasks joined with their plan."""
    found = []
    if department is not None:
        found.append(Task.department.has(Department.name == "".join(department.split())))
    if plan is not None:
        found.append(plans.named(session, plan))
    return found


def _task_row(one: Task, today: date) -> TaskRow:
    return TaskRow(
        id=one.id,
        plan=one.plan.title,
        no=one.no,
        title=one.title,
        area=one.area,
        pledge_no=one.pledge_no,
        pledge=one.pledge,
        department=one.department.name if one.department else None,
        related=[str(each) for each in one.related],
        officers=[_officer_row(each) for each in milestones.of_task(one, today)],
        start=one.start_on,
        end=one.end_on,
        status=one.status,
        milestones=len(one.milestones),
        open=sum(not milestones.is_closed(each) for each in one.milestones),
    )


def _officer_row(one: Assignment) -> OfficerRow:
    return OfficerRow(id=one.officer.id, name=one.officer.name)


def _row(one: Milestone, today: date) -> Row:
    return Row(
        id=one.id,
        plan=one.task.plan.title,
        task_no=one.task.no,
        task=one.task.title,
        title=one.title,
        department=one.task.department.name if one.task.department else None,
        officers=[_officer_row(each) for each in milestones.assignees(one, today)],
        start=one.start_on,
        due=one.due_on,
        original_due=one.original_due_on,
        precision=one.precision.value,
        state=one.state.value,
        done_on=one.done_on,
        progress=one.progress,
        delays=sum(each.state is DelayState.APPLIED for each in one.delays),
    )
