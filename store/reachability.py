"""Who cannot be reached: chats that are blocked or stopped, and people with something owed who never linked."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store import links
from store.models import ChatLink
from store.states import LinkState


def count_unreachable(session: Session, today: date) -> int:
    """People whose chat is blocked or stopped, and those who answer today for a task and never linked."""
    paused = ChatLink.state.in_([LinkState.BLOCKED, LinkState.STOPPED])
    shut = session.scalar(select(func.count()).select_from(ChatLink).where(paused)) or 0
    return shut + sum(state is None for state in links.states_of_assigned(session, today).values())
