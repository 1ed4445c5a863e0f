"""Adjustments of a promise (공약조정): opening one, finding one that is on its way."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import numbers
from store.models import Adjustment, Milestone
from store.states import AdjustmentStep, AdjustmentType

OVER = (AdjustmentStep.PUBLISHED, AdjustmentStep.WITHDRAWN)


def on_its_way(session: Session, milestone: Milestone, kind: AdjustmentType) -> Adjustment | None:
    """The adjustment of that type of the milestone that is neither published nor withdrawn."""
    query = select(Adjustment).where(
        Adjustment.milestone_id == milestone.id, Adjustment.type == kind, Adjustment.step.not_in(OVER)
    )
    return session.scalars(query.order_by(Adjustment.id).limit(1)).one_or_none()


def open_one(
    session: Session,
    milestone: Milestone,
    kind: AdjustmentType,
    reason: str,
    officer_id: int,
    now: datetime,
    *,
    wished_due_on: date | None = None,
) -> Adjustment:
    """발의: a number of its own, for the planning office to run."""
    made = Adjustment(
        id=numbers.allocate(session, "adjustment"),
        task_id=milestone.task_id,
        milestone_id=milestone.id,
        type=kind,
        step=AdjustmentStep.PROPOSED,
        reason=reason,
        wished_due_on=wished_due_on,
        opened_by_id=officer_id,
        opened_at=now,
    )
    session.add(made)
    session.flush()
    return made


def is_approved(session: Session, task_id: int) -> bool:
    """An adjustment of the task was decided on: its status may become what only an adjustment allows."""
    settled = (AdjustmentStep.DECIDED, AdjustmentStep.PUBLISHED)
    query = select(Adjustment.id).where(Adjustment.task_id == task_id, Adjustment.step.in_(settled))
    return session.scalar(query.limit(1)) is not None
