"""A wish for another day, and what becomes of it: each step with its audit entry, in the caller's transaction."""

from dataclasses import dataclass, replace
from datetime import date

from jobs.authority import approval
from jobs.authority.approval import Way
from jobs.authority.permissions import Deed
from jobs.milestones import changes
from jobs.milestones.adjustment import Opened, open_one
from store import audit, deliveries, milestones, requests
from store.models import AuditEntry, DelayRequest, Milestone
from store.states import AdjustmentType, DelayReason, DelayState, RoleName

APPROVAL = "approval"  # a request in the ledger of daily messages; its number is the request's


@dataclass(frozen=True)
class Applied:
    """연기: the other day counts from now on. `replaced`: the request that gave way to it."""

    request: DelayRequest
    entry: AuditEntry
    replaced: DelayRequest | None = None


@dataclass(frozen=True)
class Requested:
    """승인 요청: the old day counts until somebody decides. `asked`: who that is, None where nobody can be written to."""

    request: DelayRequest
    asked: approval.Asked | None
    replaced: DelayRequest | None


def wish(
    deed: Deed, milestone: Milestone, day: date, reason: str, code: DelayReason | None = None
) -> Applied | Requested | Opened:
    """What the rules make of the wish for another day: past the plan's year it is no delay, whoever asks and however
    short, but an adjustment. A newer wish replaces the one that waits. Raises AdjustmentError; see open_one.
    """
    by, settings = deed.who.officer_id, deed.rules.approval
    ruling = approval.ruling(deed.session, milestone, day, by, deed.today, settings)
    if ruling.way is Way.ADJUSTMENT:
        return open_one(deed, milestone.task, milestone, AdjustmentType.PERIOD, reason, wished=day)
    old = requests.pending(deed.session, milestone.id)
    replaced = old if old is not None and withdraw(deed, old, "delay-replaced") else None
    if ruling.level is None:
        return replace(apply(deed, milestone, day, reason, code), replaced=replaced)
    request = _request(deed, milestone, day, reason, code, DelayState.PENDING, ruling.level)
    values = {"request": request.id, "due_on": day, "level": ruling.level.value}
    _record(deed, request, "delay-requested", values, reason)
    asked = approval.asked_of(deed.session, request, deed.today, ruling.line)
    return Requested(request, asked, replaced)


def apply(
    deed: Deed, milestone: Milestone, day: date, reason: str, code: DelayReason | None = None
) -> Applied:
    """The other day counts at once; the delay is on record, the original date stays as it is."""
    request = _request(deed, milestone, day, reason, code, DelayState.APPLIED)
    return Applied(request, changes.move(deed, milestone, due_on=day, reason=reason, action="delay"))


def _request(
    deed: Deed,
    milestone: Milestone,
    day: date,
    reason: str,
    code: DelayReason | None,
    state: DelayState,
    level: RoleName | None = None,
) -> DelayRequest:
    assert milestone.due_on is not None and deed.who.officer_id is not None
    made = DelayRequest(
        requested_by_id=deed.who.officer_id,
        old_due_on=milestone.due_on,
        new_due_on=day,
        reason=reason,
        reason_code=code,
        state=state,
        level=level,
        requested_at=deed.now,
    )
    milestone.delays.append(made)
    deed.session.flush()
    return made


def subject(request: DelayRequest) -> str:
    """The request's name in the ledger of daily messages."""
    return f"{APPROVAL}:{request.id}"


def _settle(deed: Deed, request: DelayRequest, state: DelayState, note: str | None = None) -> bool:
    """The waiting is over, and nobody is reminded of it any more; False where somebody else was first."""
    by = deed.who.officer_id if state is not DelayState.LAPSED else None
    if not requests.settle(deed.session, request, state, deed.now, by=by, note=note):
        return False
    deliveries.cancel_items(deed.session, subject(request))
    return True


def withdraw(deed: Deed, request: DelayRequest, action: str) -> bool:
    """Taken back, or replaced (`action` says which); False where it was decided first."""
    if not _settle(deed, request, DelayState.WITHDRAWN):
        return False
    asked = audit.of_value(
        deed.session, milestones.subject(request.milestone_id), "delay-requested", "request", request.id
    )
    _record(deed, request, action, {"request": request.id}, undoes_id=asked.id if asked else None)
    return True


def lapse(deed: Deed, request: DelayRequest) -> bool:
    """There is nothing to decide any more: the milestone was done, moved or closed. False where it was decided."""
    if not _settle(deed, request, DelayState.LAPSED):
        return False
    _record(deed, request, "delay-lapsed", {"request": request.id})
    return True


def approve(deed: Deed, request: DelayRequest) -> AuditEntry | None:
    """승인: the date moves, reminders of the old one go. None where somebody else was first."""
    if not _settle(deed, request, DelayState.APPLIED):
        return None
    due_on, reason = request.new_due_on, request.reason
    return changes.move(deed, request.milestone, due_on=due_on, reason=reason, action="delay-approved")


def reject(deed: Deed, request: DelayRequest, reason: str) -> AuditEntry | None:
    """반려, with a reason: the old date stays. None where somebody else was first."""
    if not _settle(deed, request, DelayState.REJECTED, reason):
        return None
    return _record(deed, request, "delay-rejected", {"request": request.id}, reason)


def talk_first(deed: Deed, request: DelayRequest) -> None:
    """협의 후: it goes on waiting and stands in that approver's next daily message."""
    request.talked_by_id, request.talked_at = deed.who.officer_id, deed.now
    deliveries.cancel_items(deed.session, subject(request))
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
