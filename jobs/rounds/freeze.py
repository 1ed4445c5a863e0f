"""확정, 통보, 공개, 정정: a quarter's rows are frozen once, and corrected only by rows that keep both values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jobs.authority.permissions import Deed
from jobs.rounds.lifecycle import LISTED, RoundError, log, name_of, take
from reports.period import Period
from reports.pledges import read_pledge_status
from reports.quarterly.rows import CORRECTABLE
from reports.settings import RoundSettings
from reports.texts.states import PLEDGE_WORDS
from store import rounds
from store.models import Round, RoundEntry, SnapshotCorrection, SnapshotRow, Task
from store.states import EntryState, PledgeStatus, RoundOrigin, RoundState


@dataclass(frozen=True)
class RegisterRow:
    """One row of a register that is taken over as a frozen quarter. `task_id` None: not registered here."""

    no: str | None
    title: str
    status: PledgeStatus
    area: str | None = None
    pledge_no: str | None = None
    pledge: str | None = None
    department: str | None = None
    bureau: str | None = None
    task_id: int | None = None


@dataclass(frozen=True)
class Register:
    """A quarter that was not played here: its rows, and what its document says of itself."""

    period: Period
    as_of_on: date
    rows: Sequence[RegisterRow]
    source_name: str
    basis: str | None = None
    content: str | None = None
    method: str | None = None
    steps: Sequence[dict[str, str]] = ()
    claims: dict[str, Any] = field(default_factory=dict)


def freeze(deed: Deed, round_id: int, settings: RoundSettings) -> Round:
    """총괄평가 -> 확정: one frozen row per entry, and each task's status is the one settled.

    Raises RoundError where something is still to be evaluated, with what.
    """
    entries = rounds.entries(deed.session, round_id)
    left = [one for one in entries if one.state is not EntryState.EVALUATED]
    if left:
        listed = ", ".join(one.task.no or f"#{one.task_id}" for one in left[:LISTED])
        more = max(0, len(left) - LISTED)
        raise RoundError("unevaluated", count=len(left), choices=listed, more=more)
    values = {"frozen_at": deed.now, "settings": settings.model_dump(mode="json")}
    found = take(deed.session, round_id, (RoundState.EVALUATION,), RoundState.FROZEN, values)
    deed.session.add_all([_row_of(one) for one in entries])
    deed.session.flush()
    for one in entries:
        _settle(deed, one)
    log(deed, found, "round-frozen", RoundState.EVALUATION)
    return found


def _row_of(entry: RoundEntry) -> SnapshotRow:
    task = entry.task
    assert entry.final_status is not None
    return SnapshotRow(
        round_id=entry.round_id,
        task_id=task.id,
        position=entry.position,
        no=task.no,
        title=task.title,
        area=task.area,
        pledge_no=task.pledge_no,
        pledge=task.pledge,
        department=task.department.name if task.department else None,
        bureau=task.department.bureau if task.department else None,
        status=entry.final_status,
        results=entry.results,
        problems=entry.problems,
        next_plan=entry.next_plan,
        opinion=entry.opinion,
    )


def _settle(deed: Deed, entry: RoundEntry) -> None:
    """The task takes the status, unless a later round has settled it already."""
    assert entry.final_status is not None
    newest = rounds.newest_row(deed.session, entry.task_id)
    if newest is not None and newest.round_id == entry.round_id:
        _set_status(deed, entry.task, entry.final_status, None)


def _set_status(deed: Deed, task: Task, status: PledgeStatus, reason: str | None) -> None:
    """The one place where a pledge's status changes: at the close of a round, or by a correction of one."""
    if read_pledge_status(task.status) is status:
        return
    before, task.status = task.status, PLEDGE_WORDS.kept(status)
    deed.record("pledge-status", f"task:{task.id}",
        before={"status": before}, after={"status": task.status}, reason=reason,
    )  # fmt: skip


def notify(deed: Deed, round_id: int) -> Round:
    """확정 -> 통보. Telling the departments is the caller's, in the same transaction."""
    found = take(deed.session, round_id, (RoundState.FROZEN,), RoundState.NOTIFIED, {"notified_at": deed.now})
    log(deed, found, "round-notified", RoundState.FROZEN)
    return found


def publish(deed: Deed, round_id: int) -> Round:
    """통보 -> 공개, which is final."""
    values = {"published_at": deed.now}
    found = take(deed.session, round_id, (RoundState.NOTIFIED,), RoundState.PUBLISHED, values)
    log(deed, found, "round-published", RoundState.NOTIFIED)
    return found


def set_comment(deed: Deed, round_id: int, comment: str | None) -> Round:
    """총평 as a person edited it; None goes back to the draft. Frozen with the publication."""
    found = rounds.locked(deed.session, round_id)
    if found is None or found.state is RoundState.PUBLISHED:
        raise RoundError("comment-published" if found else "no-round")
    before, found.comment = found.comment, comment
    deed.record("round-comment", f"round:{round_id}",
        before={"comment": before}, after={"comment": comment},
    )  # fmt: skip
    return found


def correct(deed: Deed, row_id: int, field_name: str, after: str, reason: str) -> SnapshotCorrection:
    """정정 of a frozen row, kept beside it with both values. A status is given by its Korean word.

    Raises RoundError for an unknown row, field or status, no reason, or no change.
    """
    row = deed.session.get(SnapshotRow, row_id)
    if row is None:
        raise RoundError("no-row")
    if field_name not in CORRECTABLE:
        raise RoundError("no-field", choices=", ".join(CORRECTABLE))
    if not reason.strip():
        raise RoundError("no-reason-to-correct")
    value, before = _readable(field_name, after), _present(row, field_name)
    if value == before:
        raise RoundError("same-already", before=before)
    made = SnapshotCorrection(
        row=row,
        field=field_name,
        before=before,
        after=value,
        reason=reason,
        corrected_by_id=deed.who.officer_id,
        corrected_by=deed.who.name,
        corrected_at=deed.now,
    )
    deed.session.add(made)
    deed.session.flush()
    deed.record("corrected-snapshot", f"snapshot:{row.id}",
        before={field_name: before}, after={field_name: value}, reason=reason,
    )  # fmt: skip
    _follow_correction(deed, row, made)
    return made


def _readable(field_name: str, text: str) -> str:
    if field_name != "status":
        return text
    status = read_pledge_status(text)
    if status is None:
        raise RoundError("no-status", choices=", ".join(PLEDGE_WORDS.values()))
    return PLEDGE_WORDS.kept(status)


def _present(row: SnapshotRow, field_name: str) -> str | None:
    """What holds now: the last correction, else what was frozen."""
    own = [one.after for one in row.corrections if one.field == field_name]
    if own:
        return own[-1]
    return PLEDGE_WORDS.kept(row.status) if field_name == "status" else getattr(row, field_name)


def _follow_correction(deed: Deed, row: SnapshotRow, made: SnapshotCorrection) -> None:
    """The task takes a corrected status while no later round has settled it."""
    status = read_pledge_status(made.after)
    if made.field != "status" or status is None or row.task_id is None:
        return
    newest = rounds.newest_row(deed.session, row.task_id)
    if newest is not None and newest.id == row.id:
        _set_status(deed, deed.session.get_one(Task, row.task_id), status, made.reason)


def take_over(deed: Deed, register: Register) -> Round:
    """A quarter that was not played here, frozen at once. Raises RoundError where that quarter has a round."""
    period = register.period
    there = rounds.find(deed.session, period.year, period.quarter)
    if there is not None:
        raise RoundError("quarter-kept", round=name_of(there))
    if not register.rows:
        raise RoundError("nothing-to-register", period=period)
    made = Round(
        year=period.year,
        quarter=period.quarter,
        origin=RoundOrigin.IMPORTED,
        state=RoundState.FROZEN,
        as_of_on=register.as_of_on,
        basis=register.basis,
        content=register.content,
        method=register.method,
        steps=list(register.steps),
        claims=register.claims,
        source_name=register.source_name,
        opened_by_id=deed.who.officer_id,
        opened_at=deed.now,
        frozen_at=deed.now,
    )
    deed.session.add(made)
    deed.session.flush()
    for position, row in enumerate(register.rows, 1):
        deed.session.add(SnapshotRow(round_id=made.id, position=position, **vars(row)))
    deed.session.flush()
    after = {"state": made.state.value, "source": register.source_name, "rows": len(register.rows)}
    deed.record("round-taken-over", f"round:{made.id}", after=after)
    return made
