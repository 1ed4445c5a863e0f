"""What the picture of a scope shows, read from the store."""

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from reports import texts
from reports.pictures import MOST_ROWS, Bar, Mark, Picture, Project
from reports.status import status
from reports.texts import unnamed
from reports.texts.hidden_titles import shown_title
from store import milestones
from store.models import Milestone, Plan, Task
from store.states import MilestoneState, PlanState


def picture_of(
    session: Session,
    now: datetime,
    title: str,
    as_of: str,
    *scope: ColumnElement[bool],
    reported_is_done: bool = True,
) -> Picture:
    """Of dated milestones of active plans under the conditions on tasks; `now` is aware, in the zone.

    More projects than fit are drawn as one row a department; problems come first.
    """
    today = now.date()
    counted = status(session, now, today, "", *scope, reported_is_done=reported_is_done)
    done = {MilestoneState.DONE, *([MilestoneState.REPORTED] if reported_is_done else [])}
    found = _dated(session, *scope)
    by_task, by_department = defaultdict(list), defaultdict(list)
    for one in found:
        by_task[_name(one.task)].append(one)
        by_department[one.task.department.name if one.task.department else unnamed.department()].append(one)
    groups = by_task if len(by_task) <= MOST_ROWS else _with_counts(by_department)
    projects = [_project(name, rows, today, done) for name, rows in groups.items()]
    ordered = sorted(counted.departments, key=lambda one: (-one.late, one.name))
    return Picture(
        title=title,
        as_of=as_of,
        today=today,
        bars=[Bar(one.name, one.done, one.late, one.total) for one in ordered],
        projects=sorted(projects, key=lambda one: -one.late),
        planned=[one.due_on for one in found if one.due_on and one.due_on.year == today.year],
        done=[
            one.done_on or one.due_on or today
            for one in found
            if one.state in done and one.due_on and one.due_on.year == today.year
        ],
    )


def _dated(session: Session, *scope: ColumnElement[bool]) -> list[Milestone]:
    query = select(Milestone).join(Task, Milestone.task_id == Task.id).join(Plan)
    query = query.where(
        Plan.state == PlanState.ACTIVE,
        Milestone.due_on.is_not(None),
        Milestone.state != MilestoneState.CANCELLED,
        Milestone.twin_of_id.is_(None),
        *scope,
    )
    loaded = joinedload(Milestone.task).joinedload(Task.department)
    return list(
        session.scalars(query.options(loaded).order_by(Task.plan_id, Task.position, Milestone.due_on))
    )


def _name(task: Task) -> str:
    return f"{task.shown_no or f'#{task.id}'} {shown_title(task)}"


def _with_counts(groups: dict[str, list[Milestone]]) -> dict[str, list[Milestone]]:
    """도로과 (과제 12개)"""
    return {_with_count(name, len({one.task_id for one in rows})): rows for name, rows in groups.items()}


def _with_count(department: str, tasks: int) -> str:
    return texts.line("picture.department-with-count", department=department, tasks=tasks)


def _project(name: str, rows: list[Milestone], today: date, done: set[MilestoneState]) -> Project:
    days = [(one.start_on or one.due_on, one.due_on) for one in rows]
    marks = [
        Mark(one.due_on, one.state in done, milestones.is_overdue(one, today))
        for one in rows
        if one.due_on is not None
    ]
    return Project(
        name,
        min(start for start, _ in days if start is not None),
        max(end for _, end in days if end is not None),
        tuple(marks),
    )
