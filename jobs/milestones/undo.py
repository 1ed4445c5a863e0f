"""되돌리기: an entry of the log is taken back; which can be, and what a milestone held before it."""

from datetime import date, datetime
from typing import Any

from jobs.authority.permissions import Deed
from jobs.milestones import changes
from store import audit
from store.models import AuditEntry, Milestone
from store.states import DelayReason, DelayState, Gate, MilestoneState, PastReview, Precision

DECISIONS = frozenset(
    {"delay-approved", "delay-rejected", "confirmed", "sent-back", "held", "reopened", "reopen-declined"}
)
CORRECTIONS = frozenset({
    "cancelled", "merged-into", "moved-task", "withdrawn", "edited", "misread", "officers-edited", "split", "split-off",
    "corrected", "renamed", "merged", "area-renamed",
})  # fmt: skip
STEPS = frozenset({"evidence", "adjustment-opened", "delay-rejected"})  # leave the milestone as it was
REQUEST = "delay-requested"
UNDOABLE = DECISIONS | STEPS | CORRECTIONS | {
    "done", "reported", "delay", "fix-day", "past-asked", "past-archived", "note", "progress", REQUEST,
    "late-reason", "waiting", "resumed", "seen", "reopen-asked", "report-withdrawn", "roster-applied",
}  # fmt: skip
WORDS = {
    "state": MilestoneState,
    "precision": Precision,
    "past_review": PastReview,
    "reason_code": DelayReason,
    "gate": Gate,
}


def restore(deed: Deed, entry: AuditEntry, milestone: Milestone) -> None:
    """The milestone is as it was before the entry. A delay that took effect by it is withdrawn; of an approval the request
    waits again instead, which is the chat's to tell."""
    values = {key: from_json(key, value) for key, value in entry.before.items()}
    changes.apply(deed, milestone, "undo", values, undoes_id=entry.id)
    if "task_id" in values:
        deed.session.flush()
        deed.session.expire(milestone, ["task"])
    if entry.action == "delay":
        applied = [one for one in milestone.delays if one.state is DelayState.APPLIED]
        applied[-1].state = DelayState.WITHDRAWN


def later_than(deed: Deed, entry: AuditEntry) -> AuditEntry | None:
    """The newest change of its milestone after the entry that still stands, what the same act did aside; None where there is
    none."""
    assert entry.revision is not None
    entries = audit.since_revision(deed.session, entry.subject, entry.revision)
    taken_back = {one.undoes_id for one in entries}
    others = [one for one in entries if one.act != entry.act]
    left = [one for one in others if one.undoes_id is None and one.id not in taken_back]
    return left[-1] if left else None


def from_json(key: str, value: Any) -> object:
    """A value of the audit log as the milestone holds it."""
    if value is None:
        return None
    if key in WORDS:
        return WORDS[key](value)
    if key.endswith("_at") or key == "remind_from":
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if key.endswith("_on") else value
