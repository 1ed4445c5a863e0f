"""What becomes of a request for a delay: each step with its audit entry, in the caller's transaction."""

from __future__ import annotations

from datetime import date

from jobs.authority.deed import Deed
from jobs.milestones import changes
from store import audit, milestones, requests
from store.models import AuditEntry, DelayRequest, Milestone
from store.states import DelayReason, DelayState, RoleName


def ask(
    deed: Deed,
    milestone: Milestone,
    *,
    due_on: date,
    reason: str,
    code: DelayReason | None,
    level: RoleName,
) -> DelayRequest:
    """승인 요청: on record, and nothing else changes. The milestone must not have one that waits already."""
    assert milestone.due_on is not None and deed.who.officer_id is not None
    request = DelayRequest(
        requested_by_id=deed.who.officer_id,
        old_due_on=milestone.due_on,
        new_due_on=due_on,
        reason=reason,
        reason_code=code,
        state=DelayState.PENDING,
        level=level,
        requested_at=deed.now,
    )
    milestone.delays.append(request)
    deed.session.flush()
    values = {"request": request.id, "due_on": due_on, "level": level.value}
    _record(deed, request, "delay-requested", values, reason)
    return request


def withdraw(deed: Deed, request: DelayRequest, action: str) -> bool:
    """Taken back, or replaced (`action` says which); False where it was decided first."""
    if not requests.settle(deed.session, request, DelayState.WITHDRAWN, deed.now, by=deed.who.officer_id):
        return False
    asked = audit.of_value(
        deed.session, milestones.subject(request.milestone_id), "delay-requested", "request", request.id
    )
    _record(deed, request, action, {"request": request.id}, undoes_id=asked.id if asked else None)
    return True


def lapse(deed: Deed, request: DelayRequest) -> bool:
    """There is nothing to decide any more: the milestone was done, moved or closed. False where it was decided."""
    if not requests.settle(deed.session, request, DelayState.LAPSED, deed.now, by=None):
        return False
    _record(deed, request, "delay-lapsed", {"request": request.id})
    return True


def approve(deed: Deed, request: DelayRequest) -> AuditEntry | None:
    """승인: the date moves, reminders of the old one go. None where somebody else was first."""
    if not requests.settle(deed.session, request, DelayState.APPLIED, deed.now, by=deed.who.officer_id):
        return None
    return changes.move(
        deed,
        request.milestone,
        due_on=request.new_due_on,
        reason=request.reason,
        action="delay-approved",
    )


def reject(deed: Deed, request: DelayRequest, reason: str) -> AuditEntry | None:
    """반려, with a reason: the old date stays. None where somebody else was first."""
    if not requests.settle(
        deed.session, request, DelayState.REJECTED, deed.now, by=deed.who.officer_id, note=reason
    ):
        return None
    return _record(deed, request, "delay-rejected", {"request": request.id}, reason)


def talk_first(deed: Deed, request: DelayRequest) -> None:
    """협의 후: it goes on waiting and stands in that approver's next daily message."""
    request.talked_by_id, request.talked_at = deed.who.officer_id, deed.now
    _record(deed, request, "delay-talk", {"request": request.id})


def classify(deed: Deed, request: DelayRequest, code: DelayReason) -> None:
    """사유 분류: said by the person, never guessed."""
    before, request.reason_code = request.reason_code, code
    deed.record(
        "delay-reason",
        milestones.subject(request.milestone_id),
        before={"reason_code": before.value if before else None},
        after={"request": request.id, "reason_code": code.value},
        revision=request.milestone.revision,
    )


def plan_catch_up(deed: Deed, request: DelayRequest, words: str) -> None:
    """만회대책, in a line."""
    request.catch_up = words
    _record(deed, request, "delay-catch-up", {"request": request.id}, words)


def _record(
    deed: Deed,
    request: DelayRequest,
    action: str,
    after: dict[str, object],
    reason: str | None = None,
    undoes_id: int | None = None,
) -> AuditEntry:
    """A step that leaves the milestone as it is: no new revision, its buttons stay good."""
    return deed.record(
        action,
        milestones.subject(request.milestone_id),
        after=after,
        revision=request.milestone.revision,
        reason=reason,
        undoes_id=undoes_id,
    )
