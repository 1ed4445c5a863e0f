"""The counts of a department's week: what a group may know, no names."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import BaseModel
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from store import milestones
from store.models import Milestone, Plan, Task
from store.states import MilestoneState

SUNDAY = 6


class WeekCounts(BaseModel):
    """Milestones of a department; a week is Monday to Sunday. A promise in two plans counts once."""

    due_this_week: int
    overdue: int
    done_last_week: int


def week_counts(session: Session, today: date, department_id: int) -> WeekCounts:
    """As of `today`; what is due this week and done already is not counted as due."""
    monday = today - timedelta(days=today.weekday())
    is_open = Milestone.state == MilestoneState.PLANNED

    def count(*conditions: ColumnElement[bool]) -> int:
        query = select(func.count(Milestone.id)).join(Task, Milestone.task_id == Task.id).join(Plan)
        query = query.where(milestones.is_owed(), Task.department_id == department_id, *conditions)
        return session.scalar(query) or 0

    return WeekCounts(
        due_this_week=count(
            is_open, Milestone.due_on >= today, Milestone.due_on <= monday + timedelta(days=SUNDAY)
        ),
        overdue=count(is_open, Milestone.due_on < today),
        done_last_week=count(
            Milestone.state == MilestoneState.DONE,
            Milestone.done_on >= monday - timedelta(days=7),
            Milestone.done_on < monday,
        ),
    )
