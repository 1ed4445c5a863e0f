"""What a hand-over ends and begins: told in the log with the assignments' numbers, and taken back from there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from jobs.authority.permissions import Deed
from store.milestones import lasts_into
from store.models import Assignment, AuditEntry, Handover
from store.states import AssignmentKind, HandoverState

DAY = timedelta(days=1)
HANDED_OVER = "handed-over"
STANDING = (HandoverState.SCHEDULED, HandoverState.EFFECTIVE)


@dataclass
class Change:
    """Until when assignments lasted before and after, by their number; one that it begins stands in `after` alone."""

    handover: Handover
    given: Assignment
    before: dict[str, date | None] = field(default_factory=dict)
    after: dict[str, date | None] = field(default_factory=dict)

    def end(self, one: Assignment, day: date, today: date) -> None:
        self.before.setdefault(str(one.id), one.until_on)
        end(one, day, today)
        self.after[str(one.id)] = one.until_on


@dataclass(frozen=True)
class TakenBack:
    """The tasks that are again as they were, and those that went on to somebody else since and stay as they are."""

    restored: list[int]
    kept: list[int]


def end(one: Assignment, day: date, today: date) -> None:
    """It lasts until the eve of the day; one that would begin only then never holds."""
    one.until_on = (day if one.from_on < day else today) - DAY


def carry_out(deed: Deed, sets: Sequence[tuple[Handover, Sequence[Assignment]]]) -> None:
    """Everything ends before anything begins: in which order several are told makes no difference."""
    changes = [_ended(deed, handover, one) for handover, moved in sets for one in moved]
    deed.session.flush()
    for change in changes:
        if change.handover.to_officer_id is not None:
            _begin(deed, change, change.handover.to_officer_id)
        _record(deed, change)


def taken_by(session: Session, officer_id: int, day: date) -> list[Assignment]:
    """What standing hand-overs have given the person that lasts into the day, or begins later."""
    given = aliased(Assignment)
    is_given = given.officer_id == Handover.from_officer_id, given.task_id == Assignment.task_id
    was_given = select(given.id).where(*is_given, given.until_on < Assignment.from_on).exists()
    query = select(Assignment).join(Handover, Handover.to_officer_id == Assignment.officer_id)
    query = query.where(
        Assignment.officer_id == officer_id,
        lasts_into(day),
        Handover.from_on == Assignment.from_on,
        Handover.state.in_(STANDING),
        Handover.task_id.is_(None) | (Handover.task_id == Assignment.task_id),
        was_given,
    )
    return list(session.scalars(query.order_by(Assignment.id)).unique())


def task_ids(session: Session, handover: Handover) -> list[int]:
    """The tasks that a confirmed hand-over is about."""
    return sorted({_task_id(one) for one in _entries(session, handover)})


def take_back(deed: Deed, handover: Handover) -> TakenBack:
    """Exactly what it ended and began; a task with which something else happened since stays as it is."""
    done = TakenBack([], [])
    for entry in reversed(_entries(deed.session, handover)):
        is_restored = _take_back(deed, handover, entry)
        (done.restored if is_restored else done.kept).append(_task_id(entry))
    return done


def _ended(deed: Deed, handover: Handover, one: Assignment) -> Change:
    """The giver answers no more from the day on; nor does he give it later, as was planned, to somebody else."""
    change = Change(handover, one)
    for planned in _planned_from(deed.session, one):
        change.end(planned, planned.from_on, deed.today)
    change.end(one, handover.from_on, deed.today)
    return change


def _planned_from(session: Session, one: Assignment) -> list[Assignment]:
    """What begins for a successor as it ends, by a hand-over that is planned."""
    if one.until_on is None:
        return []
    day = one.until_on + DAY
    query = select(Assignment).join(Handover, Handover.to_officer_id == Assignment.officer_id)
    query = query.where(
        Assignment.task_id == one.task_id,
        Assignment.from_on == day,
        lasts_into(day),
        *_plans(Handover.from_officer_id == one.officer_id, day),
    )
    return list(session.scalars(query).unique())


def _begin(deed: Deed, change: Change, officer_id: int) -> None:
    """The successor answers from the day on; somebody who shares the task already becomes the accountable one."""
    given, day, kind = change.given, change.handover.from_on, change.given.kind
    query = select(Assignment).where(
        Assignment.task_id == given.task_id, Assignment.officer_id == officer_id, lasts_into(day)
    )
    for one in deed.session.scalars(query):
        change.end(one, day, deed.today)
        kind = AssignmentKind.LEAD if AssignmentKind.LEAD in {kind, one.kind} else kind
    begun = Assignment(task_id=given.task_id, officer_id=officer_id, kind=kind, from_on=day)
    deed.session.add(begun)
    deed.session.flush()
    change.after[str(begun.id)] = None


def _record(deed: Deed, change: Change) -> None:
    handover = change.handover
    giver, successor = handover.giver, handover.successor
    deed.record(
        HANDED_OVER,
        f"task:{change.given.task_id}",
        before={"officers": giver.name if giver else "", "until_on": _written(change.before)},
        after={
            "officers": successor.name if successor else "",
            "from_on": handover.from_on,
            "handover": handover.id,
            "until_on": _written(change.after),
        },
    )


def _written(days: dict[str, date | None]) -> dict[str, str | None]:
    return {key: day.isoformat() if day else None for key, day in days.items()}


def _entries(session: Session, handover: Handover) -> list[AuditEntry]:
    """What the log tells of it, oldest first; of one confirmed by an earlier version by its people and day."""
    query = select(AuditEntry).where(AuditEntry.action == HANDED_OVER).order_by(AuditEntry.id)
    found = list(session.scalars(query.where(AuditEntry.after["handover"].as_integer() == handover.id)))
    if found or handover.state not in STANDING:
        return found
    told = session.scalars(query.where(AuditEntry.actor_id == handover.proposed_by_id))
    return [one for one in told if "handover" not in one.after and _is_about(one, handover)]


def _is_about(entry: AuditEntry, handover: Handover) -> bool:
    giver, successor = handover.giver, handover.successor
    return (
        entry.before.get("officers") == (giver.name if giver else "")
        and entry.after.get("officers") == (successor.name if successor else "")
        and entry.after.get("from_on") == handover.from_on.isoformat()
    )


def _task_id(entry: AuditEntry) -> int:
    return int(entry.subject.partition(":")[2])


def _take_back(deed: Deed, handover: Handover, entry: AuditEntry) -> bool:
    """False: not everything is as the hand-over left it, and nothing was changed."""
    before, after = _days_of(deed.session, handover, entry)
    query = select(Assignment).where(Assignment.id.in_(after)).order_by(Assignment.id)
    rows = list(deed.session.scalars(query))
    if not rows or any(one.until_on != after[one.id] for one in rows):
        return False
    for one in rows:
        if one.id not in before:
            end(one, one.from_on, deed.today)
        elif one.from_on <= handover.from_on or _is_planned(
            deed.session, Handover.to_officer_id == one.officer_id, one.from_on
        ):
            one.until_on = _lasted(deed.session, one, before[one.id])
    return True


def _lasted(session: Session, one: Assignment, until_on: date | None) -> date | None:
    """Its end before; none where the hand-over is gone by which it was to end."""
    is_own = Handover.from_officer_id == one.officer_id
    return until_on if until_on is not None and _is_planned(session, is_own, until_on + DAY) else None


def _days_of(
    session: Session, handover: Handover, entry: AuditEntry
) -> tuple[dict[int, date | None], dict[int, date | None]]:
    """Until when the assignments lasted before and after, as the entry has it; one of an earlier version does not
    say it: what ends on the eve and what begins on the day."""
    if "until_on" in entry.after:
        return _read(entry.before["until_on"]), _read(entry.after["until_on"])
    eve = handover.from_on - DAY
    rows = list(session.scalars(select(Assignment).where(Assignment.task_id == _task_id(entry))))
    ended = [one for one in rows if one.officer_id == handover.from_officer_id and one.until_on == eve]
    begun = [
        one
        for one in rows
        if (one.officer_id, one.from_on, one.until_on) == (handover.to_officer_id, handover.from_on, None)
    ]
    if not ended or (handover.to_officer_id is not None and not begun):
        return {}, {}
    before: dict[int, date | None] = {one.id: None for one in ended}
    return before, {one.id: one.until_on for one in [*ended, *begun]}


def _read(days: dict[str, str | None]) -> dict[int, date | None]:
    return {int(key): date.fromisoformat(day) if day else None for key, day in days.items()}


def _plans(side: ColumnElement[bool], day: date) -> tuple[ColumnElement[bool], ...]:
    """Conditions: the hand-over is still to come, on that day."""
    return side, Handover.from_on == day, Handover.state == HandoverState.SCHEDULED


def _is_planned(session: Session, side: ColumnElement[bool], day: date) -> bool:
    return session.scalar(select(Handover.id).where(*_plans(side, day)).limit(1)) is not None
