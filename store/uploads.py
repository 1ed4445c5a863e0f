"""Plan documents sent in chat: kept as drafts until they are registered or given up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from store.models import PlanUpload
from store.states import UploadState


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


def get(session: Session, upload_id: int) -> PlanUpload | None:
    return session.get(PlanUpload, upload_id)
