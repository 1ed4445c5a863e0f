"""완료 보고: reported, confirmed or sent back for more, where the organisation has completions confirmed."""

from __future__ import annotations

from datetime import date

from jobs.authority.deed import Deed
from jobs.milestones import changes
from store.models import AuditEntry, Milestone
from store.states import MilestoneState, PastReview


def report(
    deed: Deed,
    milestone: Milestone,
    *,
    done_on: date,
    note: str | None,
) -> AuditEntry:
    """완료 보고: nobody is reminded any more, and it is not counted as done until it is confirmed."""
    values: dict[str, object] = {
        "state": MilestoneState.REPORTED,
        "done_on": done_on,
        "reported_by_id": deed.who.officer_id,
        "reported_at": deed.now,
    }
    if note:
        values["note"] = note
    if milestone.past_review is PastReview.OPEN:
        values["past_review"] = PastReview.SETTLED
    return changes.apply(deed, milestone, "reported", values, reason=note)


def confirm(deed: Deed, milestone: Milestone) -> AuditEntry:
    """완료 확인: done on the day that was reported."""
    values: dict[str, object] = {"state": MilestoneState.DONE}
    return changes.apply(deed, milestone, "confirmed", values)


def send_back(deed: Deed, milestone: Milestone, *, reason: str) -> AuditEntry:
    """보완 요청: planned again, reminded from now on."""
    values: dict[str, object] = {
        "state": MilestoneState.PLANNED,
        "done_on": None,
        "reported_by_id": None,
        "reported_at": None,
        "remind_from": deed.now,
    }
    return changes.apply(deed, milestone, "sent-back", values, reason=reason)
