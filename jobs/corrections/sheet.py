"""A register that comes back as a sheet: what it says otherwise is shown first. Then done days, percentages and notes are entered
as if they had been reported, corrections as by /edit; another due day becomes a question: misread, or a delay?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from jobs.authority.permissions import Deed
from jobs.corrections import written
from jobs.corrections.register_sheet import cells
from jobs.corrections.written import UnreadableError
from jobs.milestones import changes, completion
from plans.sheet.columns import OF_TASK
from plans.sheet.register import Row
from plans.sheet.register import written as spelled
from store import milestones
from store.models import AuditEntry, Difference, Milestone, Task
from store.states import DifferenceKind, DifferenceState, MilestoneState, PlanState, Precision

OPEN = frozenset({MilestoneState.PLANNED, MilestoneState.ON_HOLD})
REPORTED = frozenset({"done", "percent", "note"})
FIELDS = {"task": "title"}  # columns that /edit calls otherwise


@dataclass(frozen=True)
class Change:
    """One column of an entry or a task, as it is and as it will be, in the spelling of the sheet ("" is nothing)."""

    thing: Milestone | Task
    what: str
    was: str
    now: str


@dataclass(frozen=True)
class Refused:
    """A row, or one column of it, with which nothing is done: the code of why."""

    number: int
    code: str
    column: str | None = None


@dataclass
class Changes:
    found: list[Change] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@dataclass
class Taken:
    """What was entered, and for how many entries another due day is asked about."""

    entries: list[AuditEntry] = field(default_factory=list)
    asked: int = 0


def compare(deed: Deed, rows: Sequence[Row]) -> Changes:
    """What the changed rows of a sheet would change; nothing is written."""
    made = Changes()
    numbers = [row.number for row in rows]
    known: dict[int, Milestone | Task] = {one.id: one for one in milestones.by_ids(deed.session, numbers)}
    known |= {one.id: one for one in deed.session.scalars(select(Task).where(Task.id.in_(numbers)))}
    of_tasks: dict[tuple[int, str], Change] = {}
    for row in rows:
        thing = known.get(row.number)
        why = _obstacle(deed, thing, row)
        if thing is None or why is not None:
            made.refused.append(Refused(row.number, why or "unknown"))
            continue
        for what, now in row.cells.items():
            _compare_cell(deed, made, of_tasks, thing, what, now)
    return made


def _compare_cell(
    deed: Deed,
    made: Changes,
    of_tasks: dict[tuple[int, str], Change],
    thing: Milestone | Task,
    what: str,
    now: str,
) -> None:
    about = written.task_of(thing) if what in OF_TASK else thing
    was = spelled(cells(deed.session, about, deed.today).get(what))
    if was == now:
        return
    change = Change(about, what, was, now)
    before = of_tasks.setdefault((about.id, what), change) if what in OF_TASK else change
    if before.now != now:
        made.refused.append(Refused(thing.id, "two", what))
    elif before is change:
        why = _flaw(deed, change)
        made.found += [change] if why is None else []
        made.refused += [Refused(thing.id, why, what)] if why is not None else []


def _flaw(deed: Deed, change: Change) -> str | None:
    """Why the column cannot be that."""
    if change.what not in OF_TASK and isinstance(change.thing, Task):
        return "no-entry"
    if change.what in REPORTED:
        return None
    if change.what == "due":
        return None if change.now else "empty"
    try:
        written.read(deed, change.thing, FIELDS.get(change.what, change.what), change.now)
    except UnreadableError as error:
        return error.code if change.now else "empty"
    return None


def _obstacle(deed: Deed, thing: Milestone | Task | None, row: Row) -> str | None:
    """Why the row changes nothing."""
    if thing is None:
        return "unknown"
    task = written.task_of(thing)
    outlives = isinstance(thing, Milestone) and thing.outlives_plan
    if task.plan.state is not PlanState.ACTIVE and not outlives:
        return "closed"
    if task.withdrawn_on is not None:
        return "withdrawn"
    return _entry_obstacle(deed, thing, row.cells.get("done")) if isinstance(thing, Milestone) else None


def _entry_obstacle(deed: Deed, milestone: Milestone, done: str | None) -> str | None:
    if milestone.twin_of_id is not None:
        return "twin"
    if milestone.state is MilestoneState.CANCELLED:
        return "withdrawn"
    if done and date.fromisoformat(done) > deed.today:
        return "ahead"
    return "reopened" if done == "" and milestone.state not in OPEN else None


def take(deed: Deed, found: Sequence[Change], source: str) -> Taken:
    """Enter them, in the caller's transaction. `source`: the sheet's name."""
    taken = Taken()
    for one in found:
        if one.what == "due":
            taken.asked += _ask(deed, one, source)
        elif one.what in REPORTED:
            taken.entries.append(_report(deed, one))
        else:
            taken.entries += written.read(deed, one.thing, FIELDS.get(one.what, one.what), one.now)()
    return taken


def _report(deed: Deed, one: Change) -> AuditEntry:
    milestone = one.thing
    assert isinstance(milestone, Milestone)
    if one.what == "percent":
        return changes.remark(deed, milestone, "progress", {"progress": int(one.now) if one.now else None})
    if one.what == "note":
        return changes.remark(deed, milestone, "note", {"note": one.now or None})
    day = date.fromisoformat(one.now)
    if milestone.state in OPEN:
        return completion.finish(deed, milestone, day, None)
    return changes.apply(deed, milestone, "done", {"done_on": day})


def _ask(deed: Deed, one: Change, source: str) -> bool:
    """The question whether the day was misread or moves, unless it waits already."""
    milestone = one.thing
    assert isinstance(milestone, Milestone)
    waiting = select(Difference).where(
        Difference.milestone_id == milestone.id, Difference.state == DifferenceState.OPEN
    )
    if any(
        each.value.get("sheet") and each.value["due"] == one.now for each in deed.session.scalars(waiting)
    ):
        return False
    is_range = milestone.precision is Precision.RANGE and milestone.start_on is not None
    start = milestone.start_on.isoformat() if is_range and milestone.start_on else one.now
    value = {"sheet": True, "start": min(start, one.now), "due": one.now, "expr": milestone.expr}
    value["precision"] = (Precision.RANGE if is_range else Precision.DAY).value
    deed.session.add(
        Difference(
            key=f"{DifferenceKind.DATE.value}:{milestone.id}:{one.now}:{deed.now.isoformat()}",
            kind=DifferenceKind.DATE,
            plan_id=milestone.task.plan_id,
            task_id=milestone.task_id,
            milestone_id=milestone.id,
            source_name=source,
            value=value,
            state=DifferenceState.OPEN,
            created_at=deed.now,
        )
    )
    deed.session.flush()
    return True
