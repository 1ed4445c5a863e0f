"""Where newer documents disagree with the store: asked once, decided by the planning office."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from store.models import Difference, Task
from store.states import DifferenceKind, DifferenceState


def keys(session: Session) -> set[str]:
    """Every question that was ever put, decided or not."""
    return set(session.scalars(select(Difference.key)))


def waiting(session: Session) -> list[Difference]:
    """Questions nobody has decided, oldest first."""
    query = select(Difference).where(Difference.state == DifferenceState.OPEN)
    loaded = joinedload(Difference.task).joinedload(Task.plan), joinedload(Difference.milestone)
    return list(session.scalars(query.options(*loaded).order_by(Difference.id)))


def count_of(session: Session, kind: DifferenceKind, plan_id: int) -> int:
    """Open questions of that kind about the plan's tasks."""
    query = select(func.count()).select_from(Difference).join(Task, Difference.task_id == Task.id)
    wanted = Difference.state == DifferenceState.OPEN, Difference.kind == kind, Task.plan_id == plan_id
    return session.scalar(query.where(*wanted)) or 0


def count_waiting(session: Session) -> int:
    query = select(func.count()).select_from(Difference).where(Difference.state == DifferenceState.OPEN)
    return session.scalar(query) or 0
