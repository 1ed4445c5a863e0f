"""Half-finished conversations, one a person, which survive a restart."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from store.models import Dialogue


def current(session: Session, officer_id: int, now: datetime) -> Dialogue | None:
    """What the person was asked and has not answered; None once it expired (`now` is business time)."""
    found = session.get(Dialogue, officer_id)
    return found if found and found.expires_at > now else None


def begin(
    session: Session,
    officer_id: int,
    kind: str,
    step: str,
    expires_at: datetime,
    *,
    milestone_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> Dialogue:
    """Ask something; what was asked before is forgotten."""
    return session.merge(
        Dialogue(
            officer_id=officer_id,
            kind=kind,
            step=step,
            milestone_id=milestone_id,
            data=data or {},
            expires_at=expires_at,
        )
    )


def end(session: Session, officer_id: int) -> bool:
    """Forget what was asked; True where something was."""
    found = session.get(Dialogue, officer_id)
    if found is None:
        return False
    session.delete(found)
    session.flush()
    return True
