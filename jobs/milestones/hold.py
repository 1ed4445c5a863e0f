"""Why something is late, what it waits for, and 보류: each with its audit entry, in the caller's transaction."""

import logging
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.milestones import changes
from jobs.rules.policy import Rules
from jobs.singly import singly
from store.audit import Who
from store.db.engine import when_committed
from store.models import AuditEntry, Milestone
from store.states import DelayReason, Gate, MilestoneState

log = logging.getLogger(__name__)
PROGRAM = "기한"  # as the log names it


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


def hold(deed: Deed, milestone: Milestone, *, review_on: date, words: str) -> AuditEntry:
    """보류: neither owed nor overdue until the review day, on which it comes back."""
    values: dict[str, object] = {"state": MilestoneState.ON_HOLD, "gate": None, "review_on": review_on}
    values |= {"reason": words, "reason_code": None, "explained_due_on": None}
    return changes.apply(deed, milestone, "held", values, reason=words)


def resume(deed: Deed, milestone: Milestone) -> AuditEntry:
    """재개: it is reminded as before."""
    values: dict[str, object] = {"state": MilestoneState.PLANNED, "gate": None, "review_on": None}
    return changes.apply(deed, milestone, "resumed", values)


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
