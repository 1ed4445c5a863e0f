"""Why something is late, what it waits for, and 보류: each with its audit entry, in the caller's transaction."""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.authority.permissions import PROGRAM, Deed
from jobs.milestones import changes, outdated
from jobs.rules.policy import Rules
from jobs.singly import singly
from store import numbers, yearround
from store.audit import Who
from store.db.engine import when_committed
from store.matters import YEAR_ROUND
from store.models import AuditEntry, Milestone, Series, Task
from store.states import DelayReason, Gate, MilestoneState

log = logging.getLogger(__name__)
LONGEST = timedelta(days=3660)  # no suspension is asked about longer
GRACE = timedelta(days=7)


def explained(milestone: Milestone, words: str, code: DelayReason | None = None) -> dict[str, object]:
    """What a late reason sets: from then on nobody above is told of this due day."""
    return {"reason": words, "reason_code": code, "explained_due_on": milestone.due_on}


def explain(deed: Deed, milestone: Milestone, words: str, code: DelayReason | None = None) -> AuditEntry:
    """지연 사유: the date stays and the officer goes on being reminded."""
    return changes.remark(deed, milestone, "late-reason", explained(milestone, words, code))


def wait(deed: Deed, milestone: Milestone, *, gate: Gate, review_on: date, words: str | None) -> AuditEntry:
    """대기(외부): until the review day nobody is reminded, and nobody above is told; then it is asked about."""
    values: dict[str, object] = {"gate": gate, "review_on": review_on, "reason": words, "reason_code": None}
    values["explained_due_on"] = None
    return changes.apply(deed, milestone, "waiting", values, reason=words)


def hold(deed: Deed, milestone: Milestone, *, review_on: date | None, words: str) -> AuditEntry:
    """보류: neither owed nor overdue until the review day, on which it comes back; without a day it rests until what
    the words say, and is asked about every month."""
    if review_on is None:
        deed.session.add(_suspension(deed, milestone.task, milestone.title, words, held_id=milestone.id))
    values: dict[str, object] = {"state": MilestoneState.ON_HOLD, "gate": None, "review_on": review_on}
    values |= {"reason": words, "reason_code": None, "explained_due_on": None}
    return changes.apply(deed, milestone, "held", values, reason=words)


def resume(deed: Deed, milestone: Milestone) -> AuditEntry:
    """재개: it is reminded as before. What became late meanwhile is left in peace for a week more, is asked about then, and
    its silence counts from then on."""
    is_late = milestone.due_on is not None and milestone.due_on < deed.today
    review_on = deed.today + GRACE if is_late else None
    values: dict[str, object] = {"state": MilestoneState.PLANNED, "gate": None, "review_on": review_on}
    return changes.apply(deed, milestone, "resumed", values)


def suspend(deed: Deed, task: Task, *, review_on: date | None, words: str) -> list[Milestone]:
    """보류 of a whole task, pledges without any milestone included; gives what of it was open. Without a day, and where
    nothing of it comes back by itself, it is asked about every month (from that day on)."""
    opened = [one for one in task.milestones if one.state is MilestoneState.PLANNED]
    for one in opened:
        values: dict[str, object] = {"state": MilestoneState.ON_HOLD, "gate": None, "review_on": review_on}
        values |= {"reason": words, "reason_code": None, "explained_due_on": None}
        changes.apply(deed, one, "held", values, reason=words)
    if review_on is None or not opened:
        deed.session.add(_suspension(deed, task, task.title, words, since=review_on))
    deed.record("suspended", f"task:{task.id}", before={}, after={"review_on": review_on}, reason=words)
    return opened


def _suspension(
    deed: Deed, task: Task, title: str, words: str, *, held_id: int | None = None, since: date | None = None
) -> Series:
    return Series(
        id=numbers.allocate(deed.session, "series"),
        task_id=task.id,
        title=title,
        expr=words,
        start_on=since or deed.today,
        until_on=(since or deed.today) + LONGEST,
        remind_from=deed.now,
        is_suspension=True,
        held_id=held_id,
    )


def is_suspended(session: Session, task: Task, today: date) -> bool:
    """The task, or something of it, is on hold."""
    is_held = any(one.state is MilestoneState.ON_HOLD for one in task.milestones)
    return is_held or bool(suspensions(session, task, today))


def suspensions(session: Session, task: Task, today: date) -> list[Series]:
    """What of the task rests until something happens."""
    return [one for one in yearround.of_task(session, task.id) if one.is_suspension and one.until_on >= today]


def take_up(deed: Deed, task: Task) -> list[Milestone]:
    """재개 of a whole task: what of it is on hold is reminded as before; gives that."""
    held = [one for one in task.milestones if one.state is MilestoneState.ON_HOLD]
    for one in held:
        resume(deed, one)
    for series in suspensions(deed.session, task, deed.today):
        end(deed, series)
    deed.record("taken-up", f"task:{task.id}", before={}, after={})
    return held


def end(deed: Deed, series: Series) -> None:
    """The suspension is over: nobody is asked about it any more."""
    series.until_on, series.ask_on = deed.today - timedelta(days=1), None
    outdated.outdate(deed, [f"{YEAR_ROUND}:{series.id}"])


def take_effect(session: Session, now: datetime, rules: Rules) -> int:
    """What was on hold until today or earlier comes back and is asked about; gives how many."""
    today = rules.calendar.local_date(now)
    is_over = Milestone.review_on <= today, Milestone.state == MilestoneState.ON_HOLD
    back = list(session.scalars(select(Milestone).where(*is_over, Milestone.twin_of_id.is_(None))))
    done: list[Milestone] = []

    def come_back(some: Sequence[Milestone]) -> int:
        for one in some:
            who = Who(None, PROGRAM, "jobs", f"hold-over:{one.id}:{one.revision}")
            values: dict[str, object] = {"state": MilestoneState.PLANNED}
            changes.apply(Deed(session, who, now, rules), one, "hold-over", values)
        done.extend(some)
        return len(some)

    def broken(one: Milestone) -> None:
        log.exception("action=scan-failed milestone=%d", one.id)

    singly(session, back, come_back, broken)
    for one in done:
        when_committed(session, log.info, "action=hold-over milestone=%d", one.id)
    return len(done)


def next_day(session: Session) -> date | None:
    """The day on which the next one on hold comes back; None where nothing is."""
    held = Milestone.review_on.is_not(None), Milestone.state == MilestoneState.ON_HOLD
    return session.scalar(select(Milestone.review_on).where(*held).order_by(Milestone.review_on).limit(1))
