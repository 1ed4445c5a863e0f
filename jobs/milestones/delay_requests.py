"""What becomes of a request for a delay: each step with its audit entry, in the caller's transaction."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from jobs.milestones import changes
from jobs.rules.policy import Rules
from store import audit, milestones, requests
from store.audit import Who
from store.models import AuditEntry, DelayRequest, Milestone
from store.states import DelayReason, DelayState, RoleName


def ask(
    session: Session,
    milestone: Milestone,
    who: Who,
    now: datetime,
    *,
    due_on: date,
    reason: str,
    code: DelayReason | None,
    level: RoleName,
) -> DelayRequest:
    """승인 요청: on record, and nothing else changes. The milestone must not have one that waits already."""
    assert milestone.due_on is not None and who.officer_id is not None
    request = DelayRequest(
        requested_by_id=who.officer_id,
        old_due_on=milestone.due_on,
        new_due_on=due_on,
        reason=reason,
        reason_code=code,
        state=DelayState.PENDING,
        level=level,
        requested_at=now,
    )
    milestone.delays.append(request)
    session.flush()
    values = {"request": request.id, "due_on": due_on, "level": level.value}
    _record(session, request, who, now, "delay-requested", values, reason)
    return request


def withdraw(session: Session, request: DelayRequest, who: Who, now: datetime, action: str) -> bool:
    """Taken back, or replaced (`action` says which); False where it was decided first."""
    if not requests.settle(session, request, DelayState.WITHDRAWN, now, by=who.officer_id):
        return False
    asked = audit.of_value(
        session, milestones.subject(request.milestone_id), "delay-requested", "request", request.id
    )
    _record(
        session, request, who, now, action, {"request": request.id}, undoes_id=asked.id if asked else None
    )
    return True


def lapse(session: Session, request: DelayRequest, who: Who, now: datetime) -> bool:
    """There is nothing to decide any more: the milestone was done, moved or closed. False where it was decided."""
    if not requests.settle(session, request, DelayState.LAPSED, now, by=None):
        return False
    _record(session, request, who, now, "delay-lapsed", {"request": request.id})
    return True


def approve(
    session: Session, request: DelayRequest, who: Who, now: datetime, rules: Rules
) -> AuditEntry | None:
    """승인: the date moves, reminders of the old one go. None where somebody else was first."""
    if not requests.settle(session, request, DelayState.APPLIED, now, by=who.officer_id):
        return None
    return changes.move(
        session,
        request.milestone,
        who,
        now,
        rules,
        due_on=request.new_due_on,
        reason=request.reason,
        action="delay-approved",
    )


def reject(
    session: Session, request: DelayRequest, who: Who, now: datetime, reason: str
) -> AuditEntry | None:
    """반려, with a reason: the old date stays. None where somebody else was first."""
    if not requests.settle(session, request, DelayState.REJECTED, now, by=who.officer_id, note=reason):
        return None
    return _record(session, request, who, now, "delay-rejected", {"request": request.id}, reason)


def talk_first(session: Session, request: DelayRequest, who: Who, now: datetime) -> None:
    """협의 후: it goes on waiting and stands in that approver's next daily message."""
    request.talked_by_id, request.talked_at = who.officer_id, now
    _record(session, request, who, now, "delay-talk", {"request": request.id})


def classify(session: Session, request: DelayRequest, who: Who, now: datetime, code: DelayReason) -> None:
    """사유 분류: said by the person, never guessed."""
    before, request.reason_code = request.reason_code, code
    audit.record(
        session,
        who,
        now,
        "delay-reason",
        milestones.subject(request.milestone_id),
        before={"reason_code": before.value if before else None},
        after={"request": request.id, "reason_code": code.value},
        revision=request.milestone.revision,
    )


def plan_catch_up(session: Session, request: DelayRequest, who: Who, now: datetime, words: str) -> None:
    """만회대책, in a line."""
    request.catch_up = words
    _record(session, request, who, now, "delay-catch-up", {"request": request.id}, words)


def _record(
    session: Session,
    request: DelayRequest,
    who: Who,
    now: datetime,
    action: str,
    after: dict[str, object],
    reason: str | None = None,
    undoes_id: int | None = None,
) -> AuditEntry:
    """A step that leaves the milestone as it is: no new revision, its buttons stay good."""
    return audit.record(
        session,
        who,
        now,
        action,
        milestones.subject(request.milestone_id),
        after=after,
        revision=request.milestone.revision,
        reason=reason,
        undoes_id=undoes_id,
    )
