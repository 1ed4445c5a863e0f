"""증빙: a document's number or a public photo, on record with its entry of the log."""

from jobs.authority.permissions import Deed
from store import milestones
from store.models import AuditEntry, Evidence, Milestone
from store.states import EvidenceKind


def attach(deed: Deed, milestone: Milestone, kind: EvidenceKind, value: str) -> AuditEntry | None:
    """None where the milestone has it already. A photo is public; of it the log has no more than that there is one."""
    if any(one.kind is kind and one.value == value and one.removed_at is None for one in milestone.evidence):
        return None
    is_public, by = kind is EvidenceKind.PHOTO, deed.who.officer_id
    made = Evidence(kind=kind, value=value, is_public=is_public, submitted_by_id=by, submitted_at=deed.now)
    milestone.evidence.append(made)
    deed.session.flush()
    return deed.record(
        "evidence",
        milestones.subject(milestone.id),
        after={"evidence": made.id, "kind": kind.value, "value": value if not is_public else None},
        revision=milestone.revision,
    )
