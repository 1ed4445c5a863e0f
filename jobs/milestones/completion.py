"""완료 보고: reported, confirmed or sent back for more, where the organisation has completions confirmed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from jobs.milestones import changes
from jobs.rules.policy import Rules
from store.audit import Who
from store.models import AuditEntry, Milestone
from store.states import MilestoneState, PastReview


def report(
    session: Session,
    milestone: Milestone,
    who: Who,
    now: datetime,
    rules: Rules,
    *,
    done_on: date,
    note: str | None,
) -> AuditEntry:
    """완료 보고: nobody is reminded any more, and it is not counted as done until it is confirmed."""
    values: dict[str, object] = {
        "state": MilestoneState.REPORTED,
        "done_on": done_on,
        "reported_by_id": who.officer_id,
        "reported_at": now,
    }
    if note:
        values["note"] = note
    if milestone.past_review is PastReview.OPEN:
        values["past_review"] = PastReview.SETTLED
    return changes.apply(session, milestone, who, now, "reported", values, rules, reason=note)


def confirm(session: Session, milestone: Milestone, who: Who, now: datetime, rules: Rules) -> AuditEntry:
    """완료 확인: done on the day that was reported."""
    values: dict[str, object] = {"state": MilestoneState.DONE}
    return changes.apply(session, milestone, who, now, "confirmed", values, rules)


def send_back(
    session: Session, milestone: Milestone, who: Who, now: datetime, rules: Rules, *, reason: str
) -> AuditEntry:
    """보완 요청: planned again, reminded from now on."""
    values: dict[str, object] = {
        "state": MilestoneState.PLANNED,
        "done_on": None,
        "reported_by_id": None,
        "reported_at": None,
        "remind_from": now,
    }
    return changes.apply(session, milestone, who, now, "sent-back", values, rules, reason=reason)
