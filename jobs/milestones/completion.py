"""완료: done, or reported and then confirmed or sent back for more, where the organisation has completions confirmed."""

from datetime import date

from jobs.authority.permissions import Deed
from jobs.milestones import changes
from store import deliveries
from store.models import AuditEntry, Milestone
from store.states import MilestoneState, PastReview

CONFIRM = "confirm"  # a report in the ledger of daily messages; its number is the milestone's


def finish(
    deed: Deed, milestone: Milestone, done_on: date, note: str | None, *, is_confirmed: bool = False
) -> AuditEntry:
    """완료 on that day, or 완료 보고: nobody is reminded any more, and it is not counted as done until it is confirmed.

    `is_confirmed`: nobody has to confirm it. An entry that waited for the planning office's decision is settled by it.
    """
    values: dict[str, object] = {"state": MilestoneState.DONE, "done_on": done_on}
    if note:
        values["note"] = note
    if milestone.past_review is PastReview.OPEN:
        values["past_review"] = PastReview.SETTLED
    if deed.rules.approval.confirm_done and not is_confirmed:
        values |= {"state": MilestoneState.REPORTED, "reported_by_id": deed.who.officer_id}
        values |= {"reported_at": deed.now}
        return changes.apply(deed, milestone, "reported", values, reason=note)
    return changes.apply(deed, milestone, "done", values, reason=note)


def confirm(deed: Deed, milestone: Milestone) -> AuditEntry:
    """완료 확인: done on the day that was reported."""
    deliveries.cancel_items(deed.session, subject(milestone))
    return changes.apply(deed, milestone, "confirmed", {"state": MilestoneState.DONE})


def send_back(deed: Deed, milestone: Milestone, reason: str) -> AuditEntry:
    """보완 요청: planned again, reminded from now on."""
    deliveries.cancel_items(deed.session, subject(milestone))
    values: dict[str, object] = {
        "state": MilestoneState.PLANNED,
        "done_on": None,
        "reported_by_id": None,
        "reported_at": None,
        "remind_from": deed.now,
    }
    return changes.apply(deed, milestone, "sent-back", values, reason=reason)


def subject(milestone: Milestone) -> str:
    """The report's name in the ledger of daily messages."""
    return f"{CONFIRM}:{milestone.id}"
