"""Where newer documents disagree with the store: asked once, decided by the planning office."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from store.models import Difference, Task
from store.states import DifferenceKind, DifferenceState


def ask(
    session: Session,
    kind: DifferenceKind,
    key: str,
    task: Task,
    source_name: str,
    now: datetime,
    value: dict[str, Any],
    milestone_id: int | None = None,
) -> bool:
    """Put the question once; False where the same one was put before, decided or not."""
    full_key = f"{kind.value}:{key}"
    if session.scalar(select(Difference.id).where(Difference.key == full_key)) is not None:
        return False
    session.add(
        Difference(
            key=full_key,
            kind=kind,
            plan_id=task.plan_id,
            task_id=task.id,
            milestone_id=milestone_id,
            source_name=source_name,
            value=value,
            state=DifferenceState.OPEN,
            created_at=now,
        )
    )
    session.flush()
    return True


def waiting(session: Session) -> list[Difference]:
    """Questions nobody has decided, oldest first."""
    query = select(Difference).where(Difference.state == DifferenceState.OPEN)
    loaded = joinedload(Difference.task).joinedload(Task.plan), joinedload(Difference.milestone)
    return list(session.scalars(query.options(*loaded).order_by(Difference.id)))


def count_waiting(session: Session) -> int:
    query = select(func.count()).select_from(Difference).where(Difference.state == DifferenceState.OPEN)
    return session.scalar(query) or 0


def settle(difference: Difference, state: DifferenceState, now: datetime) -> None:
    difference.state, difference.settled_at = state, now
