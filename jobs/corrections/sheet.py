"""A register that comes back as a sheet: what it says otherwise is shown first; then done days, percentages and notes are entered
as if they had been reported."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from jobs.authority.permissions import Deed
from jobs.milestones import changes, completion
from plans.sheet.register import Row
from store import milestones
from store.models import AuditEntry, Milestone
from store.states import MilestoneState, PlanState

OPEN = frozenset({MilestoneState.PLANNED, MilestoneState.ON_HOLD})


@dataclass(frozen=True)
class Change:
    """One value of one entry: "done", "percent" or "note", as it is and as it will be."""

    milestone: Milestone
    what: str
    was: object
    now: object


@dataclass
class Changes:
    """`refused`: numbers by the code of why nothing is done with them."""

    found: list[Change] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


def compare(deed: Deed, rows: Sequence[Row]) -> Changes:
    """What the changed rows of a sheet would change; nothing is written."""
    made = Changes()
    known = {one.id: one for one in milestones.by_ids(deed.session, [row.number for row in rows])}
    for row in rows:
        milestone = known.get(row.number)
        why = _obstacle(deed, milestone, row)
        if milestone is None or why is not None:
            made.refused.append((row.number, why or "unknown"))
            continue
        filled = row.filled
        told = (
            ("done", milestone.done_on, filled.done_on),
            ("percent", milestone.progress, filled.percent),
            ("note", milestone.note, filled.note),
        )
        made.found += [Change(milestone, what, was, now) for what, was, now in told if was != now]
    return made


def _obstacle(deed: Deed, milestone: Milestone | None, row: Row) -> str | None:
    """Why the row changes nothing."""
    if milestone is None:
        return "unknown"
    plan = milestone.task.plan
    if milestone.twin_of_id is not None:
        return "twin"
    if plan.state is not PlanState.ACTIVE and not milestone.outlives_plan:
        return "closed"
    if milestone.state is MilestoneState.CANCELLED:
        return "withdrawn"
    if row.filled.done_on is not None and row.filled.done_on > deed.today:
        return "ahead"
    is_reopened = row.filled.done_on is None and milestone.state not in OPEN
    return "reopened" if is_reopened else None


def take(deed: Deed, found: Sequence[Change]) -> list[AuditEntry]:
    """Enter them, in the caller's transaction."""
    return [_take(deed, one) for one in found]


def _take(deed: Deed, one: Change) -> AuditEntry:
    milestone = one.milestone
    if one.what != "done":
        key, action = ("progress", "progress") if one.what == "percent" else ("note", "note")
        return changes.remark(deed, milestone, action, {key: one.now})
    assert isinstance(one.now, date)
    if milestone.state in OPEN:
        return completion.finish(deed, milestone, one.now, None)
    return changes.apply(deed, milestone, "done", {"done_on": one.now})
