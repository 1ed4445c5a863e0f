"""Numbers people see (#112): one space for tasks, milestones and series, never reused."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import Number
from store.tables.plans import FIRST_NUMBER


def allocate(session: Session, kind: str) -> int:
    """A number nobody has had before."""
    number = Number(kind=kind)
    if session.get_bind().dialect.name == "sqlite" and session.scalar(select(Number.id).limit(1)) is None:
        number.id = FIRST_NUMBER  # SQLite counts on from the first row; PostgreSQL's identity starts there
    session.add(number)
    session.flush()
    return number.id
