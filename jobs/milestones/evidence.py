"""증빙: a document's number or a public photo, on record with its entry of the log."""

from jobs.authority.permissions import Deed
from store import evidences, milestones
from store.models import AuditEntry, Milestone
from store.states import EvidenceKind


def attach(deed: Deed, milestone: Milestone, kind: EvidenceKind, value: str) -> AuditEntry | None:
    """None where the milestone has it already. A photo is public; of it the log has no more than that there is one."""
    is_public = kind is EvidenceKind.PHOTO
    assert deed.who.officer_id is not None
    made = evidences.add(
        deed.session, milestone, kind, value, deed.who.officer_id, deed.now, is_public=is_public
    )
    if made is None:
        return None
    return deed.record(
        "evidence",
        milestones.subject(milestone.id),
        after={"evidence": made.id, "kind": kind.value, "value": value if not is_public else None},
        revision=milestone.revision,
    )
