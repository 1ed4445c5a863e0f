"""다시 열기: what was called done by mistake is owed again; whoever answers for it asks, and somebody above decides."""

from datetime import date

from sqlalchemy.orm import Session

from jobs.authority.approval import Matter, reopening_matter
from jobs.authority.permissions import Deed
from jobs.milestones import changes
from store import audit, deliveries, milestones
from store.models import AuditEntry, Milestone
from store.states import MilestoneState

REOPEN = "reopen"  # a wish in the ledger of daily messages; its number is the milestone's
ASKED = "reopen-asked"


def is_asked(milestone: Milestone) -> bool:
    """Somebody asked that it be opened again, and nobody has decided."""
    return milestone.state is MilestoneState.DONE and milestone.reopen_at is not None


def asked(session: Session, milestone: Milestone) -> AuditEntry | None:
    """The newest wish, as the log has it: who, and why."""
    return audit.newest(session, milestones.subject(milestone.id), ASKED)


def matter(session: Session, milestone: Milestone, today: date) -> Matter:
    """What somebody above decides on."""
    wish = asked(session, milestone)
    return reopening_matter(session, milestone, wish.actor_id if wish else None, today)


def ask(deed: Deed, milestone: Milestone, reason: str) -> AuditEntry:
    """It stays done until somebody above has decided."""
    return changes.remark(deed, milestone, ASKED, {"reopen_at": deed.now}, reason=reason)


def reopen(deed: Deed, milestone: Milestone, reason: str) -> AuditEntry:
    """It is owed as before, reminded from now on."""
    return _open(deed, milestone, "reopened", reason)


def take_back(deed: Deed, milestone: Milestone, reason: str) -> AuditEntry:
    """The same of a report that nobody has confirmed, by whoever made it."""
    return _open(deed, milestone, "report-withdrawn", reason)


def _open(deed: Deed, milestone: Milestone, action: str, reason: str) -> AuditEntry:
    deliveries.cancel_items(deed.session, subject(milestone))
    values: dict[str, object] = {
        "state": MilestoneState.PLANNED,
        "done_on": None,
        "reported_by_id": None,
        "reported_at": None,
        "reopen_at": None,
        "remind_from": deed.now,
    }
    return changes.apply(deed, milestone, action, values, reason=reason)


def decline(deed: Deed, milestone: Milestone, reason: str) -> AuditEntry:
    """반려: it stays done."""
    deliveries.cancel_items(deed.session, subject(milestone))
    return changes.remark(deed, milestone, "reopen-declined", {"reopen_at": None}, reason=reason)


def subject(milestone: Milestone) -> str:
    """The wish's name in the ledger of daily messages."""
    return f"{REOPEN}:{milestone.id}"
