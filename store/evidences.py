"""Evidence of what was done (증빙): adding it, finding it again, taking it away."""

from datetime import datetime

from sqlalchemy.orm import Session

from store.models import Evidence, Milestone
from store.states import EvidenceKind


def add(
    session: Session,
    milestone: Milestone,
    kind: EvidenceKind,
    value: str,
    officer_id: int,
    now: datetime,
    *,
    is_public: bool,
) -> Evidence | None:
    """The new piece; None where the milestone has the same one already."""
    if any(one.kind is kind and one.value == value and one.removed_at is None for one in milestone.evidence):
        return None
    made = Evidence(kind=kind, value=value, is_public=is_public, submitted_by_id=officer_id, submitted_at=now)
    milestone.evidence.append(made)
    session.flush()
    return made


def remove(session: Session, evidence_id: int, now: datetime) -> None:
    """It stays on record and is shown no more."""
    session.get_one(Evidence, evidence_id).removed_at = now
