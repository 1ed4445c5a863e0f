"""Requests for a delay: the one that waits, what became of the others, and the one place where one is settled."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, select, update
from sqlalchemy.orm import Session, joinedload

from store import milestones
from store.db.engine import changed
from store.db.types import spelled
from store.models import DelayRequest, Milestone, Plan, Task
from store.states import DelayState, MilestoneState, PlanState


def get(session: Session, request_id: int) -> DelayRequest | None:
    """The request, read afresh."""
    query = _full(select(DelayRequest).where(DelayRequest.id == request_id))
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def pending(session: Session, milestone_id: int) -> DelayRequest | None:
    """The milestone's request that nobody has decided yet."""
    query = select(DelayRequest).where(
        DelayRequest.milestone_id == milestone_id, DelayRequest.state == DelayState.PENDING
    )
    return session.scalars(_full(query)).one_or_none()


def pending_of(session: Session, officer_id: int) -> DelayRequest | None:
    """The officer's own newest request that nobody has decided yet."""
    query = select(DelayRequest).where(
        DelayRequest.requested_by_id == officer_id, DelayRequest.state == DelayState.PENDING
    )
    return session.scalars(_full(query.order_by(DelayRequest.id.desc()).limit(1))).one_or_none()


def newest(session: Session, milestone_id: int) -> DelayRequest | None:
    query = select(DelayRequest).where(
        DelayRequest.milestone_id == milestone_id, DelayRequest.level.is_not(None)
    )
    return session.scalars(_full(query.order_by(DelayRequest.id.desc()).limit(1))).one_or_none()


def _full(query: Select[DelayRequest]) -> Select[DelayRequest]:
    return query.options(joinedload(DelayRequest.requested_by), joinedload(DelayRequest.decided_by))


def is_live() -> ColumnElement[bool]:
    """Condition on requests joined with milestone, task and plan: there is still something to decide.

    The milestone stands open where the request found it; a done, moved or closed one needs no decision.
    """
    return and_(
        DelayRequest.state == DelayState.PENDING,
        Milestone.state == MilestoneState.PLANNED,
        Milestone.due_on == DelayRequest.old_due_on,
        milestones.is_owed(),
    )


def waiting(session: Session, *conditions: ColumnElement[bool]) -> list[DelayRequest]:
    """Requests that wait for a decision, the oldest first."""
    # Its own statement, by the index of the few: joined, SQLite would begin with every milestone there is.
    pending = select(DelayRequest.id).where(DelayRequest.state == spelled(DelayState.PENDING))
    ids = list(session.scalars(pending))
    if not ids:
        return []
    query = select(DelayRequest).join(Milestone, DelayRequest.milestone_id == Milestone.id)
    query = query.join(Task, Milestone.task_id == Task.id).join(Plan)
    query = query.where(DelayRequest.id.in_(ids), is_live(), *conditions)
    return list(session.scalars(_full(query.order_by(DelayRequest.id))).unique())


def still_wants(request: DelayRequest) -> bool:
    """The milestone stands open where the request found it (is_live, of one loaded request)."""
    milestone = request.milestone
    is_open = milestone.state is MilestoneState.PLANNED and milestone.twin_of_id is None
    plan = milestone.task.plan
    is_owed = plan.state is PlanState.ACTIVE or (plan.state is PlanState.CLOSED and milestone.outlives_plan)
    return is_open and is_owed and milestone.due_on == request.old_due_on


def settle(
    session: Session,
    request: DelayRequest,
    state: DelayState,
    now: datetime,
    *,
    by: int | None,
    note: str | None = None,
) -> bool:
    """End the waiting; False where somebody else was first: the row count decides, so two never both win."""
    return _turn(
        session, request, DelayState.PENDING, state, decided_by_id=by, decided_at=now, decision_note=note
    )


def reopen(session: Session, request: DelayRequest) -> bool:
    """The approver takes the decision back: it waits again. False where it is no longer as it was decided."""
    undecided = {"decided_by_id": None, "decided_at": None, "decision_note": None}
    return _turn(session, request, request.state, DelayState.PENDING, **undecided)


def _turn(
    session: Session, request: DelayRequest, old: DelayState, new: DelayState, **values: object
) -> bool:
    session.flush()
    is_there = DelayRequest.id == request.id, DelayRequest.state == old
    turned = changed(session, update(DelayRequest).where(*is_there).values(state=new, **values))
    session.refresh(request)
    return turned == 1
