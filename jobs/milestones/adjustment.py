"""An adjustment of a promise (공약조정): opened once, then step by step; the planning office takes the steps."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.authority.refused import StepError
from store import adjustments, indicators, milestones, numbers
from store.db.engine import changed
from store.models import Adjustment, AuditEntry, Milestone, Task
from store.states import AdjustmentDecision, AdjustmentStep, AdjustmentType

OPENED, MOVED = "adjustment-opened", "adjustment-moved"


class AdjustmentError(StepError):
    """A step of an adjustment cannot be taken."""


@dataclass(frozen=True)
class Opened:
    """발의: a wish that changes the promise itself, for the planning office to run; it changes nothing by itself."""

    adjustment: Adjustment
    entry: AuditEntry


def open_one(
    deed: Deed,
    task: Task,
    milestone: Milestone | None,
    kind: AdjustmentType,
    reason: str,
    *,
    wished: date | None = None,
) -> Opened:
    """Once for a milestone, or with None for the task as a whole. Raises AdjustmentError where one of the kind is on its
    way."""
    known = adjustments.on_its_way(deed.session, task, milestone, kind)
    if known is not None:
        raise AdjustmentError("opened", subject=(milestone or task).id, kind=kind, number=known.id)
    assert deed.who.officer_id is not None
    made = Adjustment(
        id=numbers.allocate(deed.session, "adjustment"),
        task_id=task.id,
        milestone_id=milestone.id if milestone is not None else None,
        type=kind,
        step=AdjustmentStep.PROPOSED,
        reason=reason,
        wished_due_on=wished,
        opened_by_id=deed.who.officer_id,
        opened_at=deed.now,
    )
    deed.session.add(made)
    entry = deed.record(
        OPENED,
        milestones.subject(milestone.id) if milestone is not None else f"task:{task.id}",
        after={"adjustment": made.id, "type": kind.value, "wished_due_on": wished},
        revision=milestone.revision if milestone is not None else None,
        reason=reason,
    )
    return Opened(made, entry)


def withdraw(session: Session, number: int) -> Adjustment:
    """철회 by whoever opened it. Raises AdjustmentError where the planning office has taken it up."""
    made = session.get_one(Adjustment, number)
    if made.step is not AdjustmentStep.PROPOSED:
        raise AdjustmentError("taken-up", number=number)
    made.step = AdjustmentStep.WITHDRAWN
    return made


@dataclass(frozen=True)
class Move:
    """One step. `on`: the day on which it took place; `note` of the step 변경안 is the draft itself."""

    to: AdjustmentStep
    on: date
    note: str | None = None
    decision: AdjustmentDecision | None = None


def advance(deed: Deed, number: int, move: Move) -> Adjustment:
    """The adjustment in its next step, or withdrawn before its decision. Raises AdjustmentError."""
    found = deed.session.get(Adjustment, number)
    if found is None:
        raise AdjustmentError("unknown", number=number)
    _check(found, move, deed.today)
    before = found.step
    day, at = move.on.isoformat(), deed.now.isoformat()
    entry = {"step": move.to.value, "on": day, "at": at, "by": deed.who.name, "note": move.note}
    values: dict[str, object] = {"step": move.to, "history": [*found.history, entry]}
    if move.to is AdjustmentStep.DRAFTED:
        values["draft"] = move.note
    if move.decision is not None:
        values["decision"] = move.decision
    is_there = Adjustment.id == number, Adjustment.step == before
    done = changed(deed.session, update(Adjustment).where(*is_there).values(values))
    deed.session.refresh(found)
    if done == 1 and move.decision is not None:
        for one in indicators.of_adjustment(deed.session, number):
            one.revision += 1  # what it is measured by may be another from now on
    if done != 1:
        raise AdjustmentError("settled", number=number, step=found.step)
    after = {"step": move.to.value, "on": move.on, "decision": move.decision.value if move.decision else None}
    deed.record(MOVED, f"adjustment:{number}",
        before={"step": before.value}, after=after, reason=move.note,
    )  # fmt: skip
    return found


def _check(found: Adjustment, move: Move, today: date) -> None:
    where = {"number": found.id, "step": found.step}
    if move.to is AdjustmentStep.WITHDRAWN:
        if found.decision is not None or found.step in adjustments.OVER:
            raise AdjustmentError("not-withdrawn", **where)
        return
    wanted = adjustments.next_step(found.step)
    if wanted is None:
        raise AdjustmentError("ended", **where)
    if move.to is not wanted:
        raise AdjustmentError("next", **where, current=wanted)
    if (move.to is AdjustmentStep.DECIDED) is not (move.decision is not None):
        raise AdjustmentError("no-decision")
    if move.to is AdjustmentStep.DRAFTED and not move.note:
        raise AdjustmentError("no-draft")
    last = date.fromisoformat(found.history[-1]["on"]) if found.history else None
    if move.on > today or (last is not None and move.on < last):
        raise AdjustmentError("order")
