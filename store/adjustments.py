"""Adjustments of a promise (공약조정): opening one, finding one that is on its way."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import Adjustment, Milestone, Task
from store.states import AdjustmentDecision, AdjustmentStep, AdjustmentType

ORDER = tuple(one for one in AdjustmentStep if one is not AdjustmentStep.WITHDRAWN)
OVER = (AdjustmentStep.PUBLISHED, AdjustmentStep.WITHDRAWN)


def on_its_way(
    session: Session, task: Task, milestone: Milestone | None, kind: AdjustmentType
) -> Adjustment | None:
    """The adjustment of that type of the milestone, else of the task as a whole, that is not over."""
    number = milestone.id if milestone is not None else None
    query = select(Adjustment).where(
        Adjustment.task_id == task.id,
        Adjustment.milestone_id == number,
        Adjustment.type == kind,
        Adjustment.step.not_in(OVER),
    )
    return session.scalars(query.order_by(Adjustment.id).limit(1)).one_or_none()


def is_approved(session: Session, task_id: int) -> bool:
    """An adjustment of the task was approved: its status may become what only an adjustment allows."""
    query = select(Adjustment.id).where(
        Adjustment.task_id == task_id, Adjustment.decision == AdjustmentDecision.APPROVED
    )
    return session.scalar(query.limit(1)) is not None


def tasks_with_one(session: Session, task_ids: Collection[int], at: datetime) -> set[int]:
    """Those of the tasks of which an adjustment was opened by that instant, whatever became of it."""
    query = select(Adjustment.task_id).where(Adjustment.task_id.in_(task_ids), Adjustment.opened_at <= at)
    return set(session.scalars(query))


def under_way(session: Session) -> list[Adjustment]:
    """Those neither published nor withdrawn, the oldest first."""
    query = select(Adjustment).where(Adjustment.step.not_in(OVER))
    return list(session.scalars(query.order_by(Adjustment.id)))


def of_task_under_way(session: Session, task_id: int) -> list[Adjustment]:
    """The same of one task."""
    query = select(Adjustment).where(Adjustment.step.not_in(OVER), Adjustment.task_id == task_id)
    return list(session.scalars(query.order_by(Adjustment.id)))


def next_step(step: AdjustmentStep) -> AdjustmentStep | None:
    """What comes after; None at the end."""
    if step not in ORDER or step is ORDER[-1]:
        return None
    return ORDER[ORDER.index(step) + 1]


def step_at(found: Adjustment, at: datetime) -> AdjustmentStep:
    """The step that was recorded by that instant."""
    taken = [one["step"] for one in found.history if datetime.fromisoformat(one["at"]) <= at]
    return AdjustmentStep(taken[-1]) if taken else AdjustmentStep.PROPOSED


def of_tasks_at(session: Session, task_ids: Collection[int], at: datetime) -> list[Adjustment]:
    """Those of the tasks that were on their way at that instant, the oldest first."""
    query = select(Adjustment).where(Adjustment.task_id.in_(task_ids), Adjustment.opened_at <= at)
    found = session.scalars(query.order_by(Adjustment.id))
    return [one for one in found if step_at(one, at) not in OVER]
