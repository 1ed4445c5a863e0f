"""취소와 합침: what is withdrawn keeps its number, its row and its history, and leaves every count."""

from datetime import timedelta

from sqlalchemy import select

from jobs.authority.permissions import Deed
from jobs.corrections import fields
from jobs.corrections.edit import put_officers
from jobs.milestones import changes
from store import milestones
from store.models import AuditEntry, Milestone, Series, Task
from store.states import MilestoneState

WITHDRAWN, MERGED, MOVED = "withdrawn", "merged-into", "moved-task"
# What the one that stays takes over from the one that was done under another number.
TAKEN = ("state", "done_on", "note", "progress", "reported_by_id", "reported_at")


def drop(deed: Deed, thing: Milestone | Series | Task, reason: str) -> list[AuditEntry]:
    """취소 with its reason: a milestone; a series with its turns that are open; a task with all of it, done or not."""
    if isinstance(thing, Milestone):
        return [changes.cancel(deed, thing, reason=reason)]
    if isinstance(thing, Series):
        return _drop_series(deed, thing, reason)
    left = [one for one in thing.milestones if one.state is not MilestoneState.CANCELLED]
    entries = [changes.cancel(deed, one, reason=reason) for one in left]
    for series in series_of(deed, thing):
        entries += _drop_series(deed, series, reason)
    values = {"withdrawn_on": deed.today, "withdrawn_reason": reason}
    return [*entries, fields.put(deed, thing, WITHDRAWN, values, reason=reason)]


def series_of(deed: Deed, task: Task) -> list[Series]:
    """The task's series that go on."""
    query = select(Series).where(Series.task_id == task.id, Series.until_on >= deed.today)
    return list(deed.session.scalars(query.order_by(Series.id)))


def _drop_series(deed: Deed, series: Series, reason: str) -> list[AuditEntry]:
    query = select(Milestone).where(
        Milestone.series_id == series.id, Milestone.state.not_in(milestones.CLOSED)
    )
    entries = [changes.cancel(deed, one, reason=reason) for one in deed.session.scalars(query)]
    values = {"until_on": deed.today - timedelta(days=1), "extend_on": None, "ask_on": None}
    return [*entries, fields.put(deed, series, WITHDRAWN, values, reason=reason)]


def merge(deed: Deed, kept: Milestone, gone: Milestone, reason: str) -> list[AuditEntry]:
    """One event under two numbers: the first one stays, done where either is; the other is withdrawn."""
    entries = []
    if not milestones.is_closed(kept) and gone.state in {MilestoneState.DONE, MilestoneState.REPORTED}:
        values = {key: getattr(gone, key) for key in TAKEN}
        entries.append(changes.apply(deed, kept, MERGED, values, reason=reason))
    for twin in milestones.twins(deed.session, gone):
        changes.follow(deed, twin, kept)
    return [*entries, changes.cancel(deed, gone, reason=reason)]


def merge_series(deed: Deed, kept: Series, gone: Series, reason: str) -> list[AuditEntry]:
    """One event that recurs under two numbers: its turns of the same day are one, the second number brings no more."""
    there = {one.due_on: one for one in _turns(deed, kept)}
    entries: list[AuditEntry] = []
    for turn in _turns(deed, gone):
        same = there.get(turn.due_on)
        if same is not None and turn.state is not MilestoneState.CANCELLED:
            entries += merge(deed, same, turn, reason)
    return [*entries, *_drop_series(deed, gone, reason)]


def _turns(deed: Deed, series: Series) -> list[Milestone]:
    query = select(Milestone).where(Milestone.series_id == series.id).order_by(Milestone.id)
    return list(deed.session.scalars(query))


def merge_tasks(deed: Deed, kept: Task, gone: Task, reason: str) -> list[AuditEntry]:
    """One task under two numbers: what both have is merged, what the other one has besides goes over to the first."""
    there = {(one.identity, one.due_on): one for one in kept.milestones if one.series_id is None}
    entries: list[AuditEntry] = []
    for one in [one for one in gone.milestones if one.series_id is None]:
        same = there.get((one.identity, one.due_on))
        if same is None:
            entries.append(_move(deed, one, kept))
        elif one.state is not MilestoneState.CANCELLED:
            entries += merge(deed, same, one, reason)
    known = {(one.title, one.expr): one for one in series_of(deed, kept)}
    for series in series_of(deed, gone):
        if (series.title, series.expr) in known:
            entries += merge_series(deed, known[series.title, series.expr], series, reason)
        else:
            entries += _move_series(deed, series, kept)
    deed.session.expire(kept, ["milestones"])
    deed.session.expire(gone, ["milestones"])
    entries += _bring_people(deed, kept, gone)
    values = {"withdrawn_on": deed.today, "withdrawn_reason": reason}
    return [*entries, fields.put(deed, gone, WITHDRAWN, values, reason=reason)]


def _bring_people(deed: Deed, kept: Task, gone: Task) -> list[AuditEntry]:
    """Who answered for the other one may report for the first, too."""
    there, here = ([one.officer for one in milestones.of_task(task, deed.today)] for task in (kept, gone))
    more = [one for one in here if one not in there]
    return [put_officers(deed, kept, [*there, *more])] if more else []


def _move(deed: Deed, milestone: Milestone, task: Task) -> AuditEntry:
    """The milestone is the other task's from now on, numbered after those of the same name."""
    query = select(Milestone.window_no).where(
        Milestone.task_id == task.id, Milestone.identity == milestone.identity
    )
    number = max(deed.session.scalars(query), default=0) + 1
    printed = milestone.printed | {"moved": milestone.task_id}
    values: dict[str, object] = {"task_id": task.id, "window_no": number, "printed": printed}
    entry = changes.apply(deed, milestone, MOVED, values)
    deed.session.flush()
    deed.session.expire(milestone, ["task"])
    return entry


def _move_series(deed: Deed, series: Series, task: Task) -> list[AuditEntry]:
    turns = [_move(deed, one, task) for one in _turns(deed, series)]
    return [*turns, fields.put(deed, series, MOVED, {"task_id": task.id})]
