"""Numbers people see (#112): one space for tasks, milestones and series, never reused."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from store.models import Number
from store.tables.plans import FIRST_NUMBER


def allocate(session: Session, kind: str) -> int:
    """A number nobody has had before."""
    number = Number(kind=kind)
    if _is_first_on_sqlite(session):
        number.id = FIRST_NUMBER  # SQLite counts on from the first row; PostgreSQL's identity starts there
    session.add(number)
    session.flush()
    return number.id


def _is_first_on_sqlite(session: Session) -> bool:
    """Asks SQLite's own counter, not the rows: after a deletion an empty table would count anew."""
    if session.get_bind().dialect.name != "sqlite":
        return False
    counter = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    return session.scalar(counter, {"name": Number.__tablename__}) is None
