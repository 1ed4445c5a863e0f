"""Rounds of the self-check (자체점검), of quarters and by name: opening one, who has answered, where it stands; in the
caller's transaction.

A step is a conditional UPDATE whose row count decides, so that two at once have one outcome, and is audited.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.authority.refused import StepError
from reports.period import Period, month_after, period_of
from reports.pledges import read_pledge_status, settled_status
from reports.quarterly.changes import match
from reports.quarterly.rows import Row
from reports.settings import RoundSettings
from store import asks, rounds
from store.db.engine import changed
from store.models import Round, RoundEntry, SnapshotRow, Task
from store.states import EntryState, PledgeStatus, RoundOrigin, RoundState

LISTED = 10
NAME_MOST = 40
NOT_IN_NAMES = frozenset('/\\:*?"<>|\n\t')  # a round's name becomes that of files


class RoundError(StepError):
    """A step of a round cannot be taken."""


@dataclass(frozen=True)
class Opening:
    """How a round begins. `period` with a name: beside the quarter's own. `publish_on` None: the settings' months after the
    as-of day."""

    period: Period
    as_of_on: date
    basis: str | None = None
    content: str | None = None
    method: str | None = None
    plan_ids: Sequence[int] = ()
    areas: Sequence[str] = ()
    departments: Sequence[str] = ()
    bureaus: Sequence[str] = ()
    first_due_on: date | None = None
    second_due_on: date | None = None
    publish_on: date | None = None

    @property
    def scope(self) -> dict[str, list[Any]]:
        """As the round keeps it."""
        limits = {"plans": self.plan_ids, "areas": self.areas, "departments": self.departments}
        return {key: list(one) for key, one in {**limits, "bureaus": self.bureaus}.items()}


def announce(deed: Deed, opening: Opening, settings: RoundSettings) -> Round:
    """예고. Raises RoundError for a quarter that has a round, a name that the year has, an empty scope or deadlines in the
    wrong order."""
    period = opening.period
    there = _there(deed.session, period)
    if there is not None:
        raise RoundError("there-already", period=period, state=there.state)
    if len(period.name) > NAME_MOST or any(one in NOT_IN_NAMES for one in period.name):
        raise RoundError("name", most=NAME_MOST)
    if not rounds.scoped(deed.session, opening.scope):
        raise RoundError("empty-scope")
    days = [day for day in (opening.first_due_on, opening.second_due_on) if day is not None]
    if days != sorted(days) or any(day < opening.as_of_on for day in days):
        raise RoundError("deadlines")
    made = Round(
        number=asks.next_number(deed.session),
        year=period.year,
        quarter=period.quarter,
        name=period.name,
        origin=RoundOrigin.PLAYED,
        state=RoundState.ANNOUNCED,
        as_of_on=opening.as_of_on,
        scope=opening.scope,
        first_due_on=opening.first_due_on,
        second_due_on=opening.second_due_on,
        publish_on=opening.publish_on or month_after(opening.as_of_on, settings.publish_after_months),
        opened_by_id=deed.who.officer_id,
        opened_at=deed.now,
    )
    before = rounds.compared_with(deed.session, made)
    made.basis = opening.basis or (before.basis if before is not None else None) or settings.basis or None
    made.content = opening.content or (before.content if before is not None else None)
    made.method = opening.method or (before.method if before is not None else None)
    deed.session.add(made)
    deed.session.flush()
    log(deed, made, "round-announced", None)
    return made


def _there(session: Session, period: Period) -> Round | None:
    """The round that this one would be a second of: the quarter's own, or one that the year calls by that name."""
    if not period.name:
        return rounds.find(session, period.year, period.quarter)
    return next((one for one in rounds.named(session, period.year) if one.name == period.name), None)


def begin(deed: Deed, round_id: int) -> list[RoundEntry]:
    """예고 -> 입력: every task of the scope is asked, with its status of the quarter before."""
    found = take(deed.session, round_id, (RoundState.ANNOUNCED,), RoundState.INPUT, {})
    tasks = rounds.scoped(deed.session, found.scope)
    if not tasks:
        raise RoundError("nothing-to-ask")
    before = previous_statuses(deed.session, found, tasks)
    for position, task in enumerate(tasks, 1):
        deed.session.add(
            RoundEntry(
                round_id=found.id,
                task=task,
                position=position,
                state=EntryState.ASKED,
                previous_status=before.get(task.id),
                asked_at=deed.now,
            )
        )
    deed.session.flush()
    log(deed, found, "round-begun", RoundState.ANNOUNCED)
    return rounds.entries(deed.session, found.id)


def withdraw(deed: Deed, round_id: int) -> str:
    """A round that was only announced is taken back; gives its name. Raises RoundError once it has begun."""
    found = rounds.locked(deed.session, round_id)
    if found is None:
        raise RoundError("no-round")
    if found.state is not RoundState.ANNOUNCED:
        raise RoundError("begun-already", round=name_of(found))
    before = {"state": found.state.value, "as_of_on": found.as_of_on}
    deed.record("round-withdrawn", f"round:{found.id}", before=before)
    deed.session.delete(found)
    deed.session.flush()
    return name_of(found)


def previous_statuses(session: Session, of: Round, tasks: Sequence[Task]) -> dict[int, PledgeStatus]:
    """The status of each task a quarter ago, by its frozen row; else what its own document said."""
    found = {task.id: status for task in tasks if (status := read_pledge_status(task.status)) is not None}
    before = rounds.compared_with(session, of)
    if before is None:
        return found
    old = [Row(one.no, one.title, status_of(one), id=one.id) for one in rounds.rows(session, before.id)]
    now = [Row(task.no, task.title, PledgeStatus.ON_TRACK, id=task.id) for task in tasks]
    return found | {row.id: one.status for one, row in match(old, now) if row.id is not None}


def status_of(row: SnapshotRow) -> PledgeStatus:
    """The frozen status with its corrections."""
    return settled_status(row)


def last_texts(session: Session, entry: RoundEntry) -> SnapshotRow | None:
    """What was written of the task in the newest earlier quarter (직전 분기 내용 불러오기)."""
    own = entry.review_round
    before = rounds.compared_with(session, own)
    found = rounds.rows(session, before.id) if before is not None else []
    return next((row for row in found if row.task_id == entry.task_id), None)


def stage(states: Collection[EntryState]) -> RoundState:
    """The state of a round under way: that of the entry furthest behind."""
    there = set(states)
    if not there or there & set(rounds.UNANSWERED):
        return RoundState.INPUT
    if EntryState.ANSWERED in there:
        return RoundState.LEAD_CHECK
    return RoundState.HEAD_SIGN if EntryState.CONFIRMED in there else RoundState.EVALUATION


def is_late(of: Round, today: date, answered_on: date | None) -> bool:
    """Answered after the first deadline, or not answered although it is over. Days are the organisation's."""
    if of.first_due_on is None:
        return False
    return (answered_on or today) > of.first_due_on


def take(
    session: Session, round_id: int, froms: Collection[RoundState], to: RoundState, values: dict[str, Any]
) -> Round:
    """The round in its new state, if it was in one of the others. Raises RoundError."""
    condition = Round.id == round_id, Round.state.in_(froms)
    done = changed(session, update(Round).where(*condition).values({**values, "state": to}))
    found = rounds.locked(session, round_id)
    if found is None:
        raise RoundError("no-round")
    if done != 1:
        raise RoundError("wrong-state", round=name_of(found), state=found.state, wanted=tuple(froms))
    return found


def name_of(of: Round) -> str:
    return period_of(of).label


def log(deed: Deed, of: Round, action: str, before: RoundState | None) -> None:
    was = {"state": before.value} if before is not None else {}
    deed.record(action, f"round:{of.id}", before=was, after={"state": of.state.value})
