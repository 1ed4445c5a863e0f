"""What may go after its time (보관 기간): the words of messages that went out, links that opened a chat or never will.

Kept for ever are the log, original dates, reasons, settled quarters and answers; that a message went out, to whom and when,
stays, too, for figures count it. Updates go by themselves (`store.inbox.KEEP`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, delete, func, or_, select, update
from sqlalchemy.orm import Session

from store.figures import UNFINISHED
from store.models import Delivery, Invite


@dataclass(frozen=True)
class Kept:
    """How long what is over stays."""

    messages: timedelta
    invites: timedelta


def due(session: Session, kept: Kept, now: datetime) -> dict[str, int]:
    """How much may go, by kind; nothing is changed. `now` is business time."""
    return {
        "messages": _count(session, select(Delivery.id).where(_worded(now - kept.messages))),
        "invite": _count(session, select(Invite.id).where(_over(now - kept.invites))),
    }


def prune(session: Session, kept: Kept, now: datetime) -> dict[str, int]:
    """The same, and it goes, in the caller's transaction. A second call finds nothing more."""
    found = due(session, kept, now)
    words: dict[str, Any] = {"payload": {}, "error": None}
    plainly = {"synchronize_session": False}
    session.execute(
        update(Delivery).where(_worded(now - kept.messages)).values(**words), execution_options=plainly
    )
    session.execute(delete(Invite).where(_over(now - kept.invites)), execution_options=plainly)
    return found


def _worded(before: datetime) -> ColumnElement[bool]:
    """Messages made before that day that are over, of which no words are gone yet."""
    over = Delivery.state.not_in(UNFINISHED), Delivery.created_at < before
    return and_(*over, cast(Delivery.payload, Text) != "{}")


def _over(before: datetime) -> ColumnElement[bool]:
    """Links that were used, made void or ran out before."""
    return or_(Invite.used_at < before, Invite.voided_at < before, Invite.expires_at < before)


def _count(session: Session, query: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0
