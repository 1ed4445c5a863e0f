"""Where newer documents disagree with the store: asked once, decided by the planning office."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from store.models import Difference, Task
from store.states import DifferenceKind, DifferenceState


def keys(session: Session) -> set[str]:
    """Every question that was ever put, decided or not."""
    return set(session.scalars(select(Difference.key)))


def question(
    kind: DifferenceKind,
    key: str,
    task: Task,
    source_name: str,
    now: datetime,
    value: dict[str, Any],
    milestone_id: int | None = None,
) -> Difference:
    """The question, open and not yet kept; one key is asked once for ever."""
    return Difference(
        key=key,
        kind=kind,
        plan_id=task.plan_id,
        task_id=task.id,
        milestone_id=milestone_id,
        source_name=source_name,
        value=value,
        state=DifferenceState.OPEN,
        created_at=now,
    )


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
