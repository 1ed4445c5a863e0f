"""Tasks on which nothing moves: nothing was registered for long, or nothing is left to do before their end."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from store import milestones, plans
from store.models import AuditEntry, Milestone, Plan, Series, Task
from store.states import MilestoneState

STILL_DAYS = 60


class Why(StrEnum):
    """Why a task is named."""

    STILL = "still"  # something is open, and nothing was registered for STILL_DAYS
    EMPTY = "empty"  # nothing is open any more, and its end is still to come


class Still(NamedTuple):
    """A task, why, and for how many days (0 where nothing is left to do)."""

    task: Task
    why: Why
    days: int


def still(session: Session, now: datetime, *scope: ColumnElement[bool]) -> list[Still]:
    """Of plans in use, under the conditions on tasks; the longest still first. Days count from the task's first day at the
    earliest: before it has begun nothing is to move. `now` is aware, in the organisation's zone."""
    today = now.date()
    query = select(Task).join(Plan).where(plans.is_in_use(), *scope)
    tasks = list(session.scalars(query.order_by(Task.id)))
    entries = _entries(session, [one.id for one in tasks])
    moved = _moved(session)
    going = set(session.scalars(select(Series.task_id)))
    found = []
    for task in tasks:
        mine = entries.get(task.id, [])
        if any(one.is_open for one in mine):
            at = max(
                [moved[one.number] for one in mine if one.number in moved], default=task.plan.imported_at
            )
            since = max([at.astimezone(now.tzinfo).date(), *_first_day(task, mine)])
            days = (today - since).days
            if days >= STILL_DAYS:
                found.append(Still(task, Why.STILL, days))
        elif mine and task.end_on is not None and task.end_on > today and task.id not in going:
            found.append(Still(task, Why.EMPTY, 0))
    return sorted(found, key=lambda one: (-one.days, one.task.id))


class _Entry(NamedTuple):
    """An entry of a task. `day`: its first one, where it has any."""

    number: int
    day: date | None
    is_open: bool


def _first_day(task: Task, entries: Sequence[_Entry]) -> list[date]:
    """The day on which the task begins, by its period and its entries; none where neither has a day."""
    days = [task.start_on, *(one.day for one in entries)]
    return sorted(one for one in days if one is not None)[:1]


def _entries(session: Session, task_ids: Sequence[int]) -> dict[int, list[_Entry]]:
    """What each task has."""
    columns = Milestone.task_id, Milestone.id, Milestone.start_on, Milestone.due_on, Milestone.state
    found: dict[int, list[_Entry]] = {}
    query = select(*columns).where(Milestone.task_id.in_(task_ids))
    for task_id, number, start_on, due_on, state in session.execute(query):
        is_open = state in {MilestoneState.PLANNED, MilestoneState.ON_HOLD, MilestoneState.REPORTED}
        found.setdefault(task_id, []).append(_Entry(number, start_on or due_on, is_open))
    return found


def _moved(session: Session) -> dict[int, datetime]:
    """When something was last registered of each milestone."""
    prefix = milestones.subject(0).removesuffix("0")
    query = select(AuditEntry.subject, func.max(AuditEntry.at)).where(AuditEntry.subject.startswith(prefix))
    rows = session.execute(query.group_by(AuditEntry.subject))
    return {int(subject.removeprefix(prefix)): at for subject, at in rows}


def of_officer(session: Session, now: datetime, officer_id: int) -> list[Still]:
    """The same of the tasks that the person answers for."""
    mine = Task.id.in_(milestones.tasks_of([officer_id], now.date()))
    return still(session, now, mine)
