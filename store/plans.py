"""Plans: finding the one a document speaks of."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from store.models import Plan, Series, Task


def squeeze(text: str) -> str:
    """A title reduced to its letters and digits, for telling whether two are the same."""
    return "".join(char for char in text.casefold() if char.isalnum())


def find(session: Session, title: str, year: int | None) -> Plan | None:
    """The plan of that title and year, however it is spaced; None where there is none."""
    query = select(Plan).where(Plan.year == year if year is not None else Plan.year.is_(None))
    wanted = squeeze(title)
    return next((one for one in session.scalars(query) if squeeze(one.title) == wanted), None)


def tasks(session: Session, plan: Plan) -> list[Task]:
    """The plan's tasks with their milestones, in the document's order."""
    query = select(Task).where(Task.plan_id == plan.id).order_by(Task.position)
    loaded = selectinload(Task.milestones), selectinload(Task.assignments)
    return list(session.scalars(query.options(*loaded)))


def series(session: Session, task: Task) -> list[Series]:
    return list(session.scalars(select(Series).where(Series.task_id == task.id).order_by(Series.id)))
