"""Plan documents sent in chat: kept as drafts until they are registered or given up."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store.models import PlanUpload
from store.states import UploadState

KEEP = timedelta(days=30)
LOOKED_AT = 5  # waiting documents of one person that a new one is compared with


def keep(
    session: Session, officer_id: int, source_name: str, draft: dict[str, Any], now: datetime
) -> PlanUpload:
    upload = PlanUpload(
        officer_id=officer_id,
        source_name=source_name,
        draft=draft,
        state=UploadState.WAITING,
        created_at=now,
    )
    session.add(upload)
    session.flush()
    return upload


def waiting(session: Session, number: int, holds: str) -> PlanUpload | None:
    """The document of that number that still waits and holds what is asked for: "tasks" (a plan), "register", "roster" or
    "items"."""
    found = session.get(PlanUpload, number)
    is_it = found is not None and found.state is UploadState.WAITING and holds in found.draft
    return found if is_it else None


def same_waiting(session: Session, officer_id: int, draft: dict[str, Any]) -> PlanUpload | None:
    """A document of the person that says the same and still waits, among the newest."""
    query = select(PlanUpload).where(
        PlanUpload.officer_id == officer_id, PlanUpload.state == UploadState.WAITING
    )
    newest = session.scalars(query.order_by(PlanUpload.id.desc()).limit(LOOKED_AT))
    return next((one for one in newest if one.draft == draft), None)


def forget_old(session: Session, now: datetime) -> None:
    """Drop what was sent in long ago: a plan that is registered stands in its own tables."""
    session.execute(delete(PlanUpload).where(PlanUpload.created_at < now - KEEP))
