"""Numbers people see (#112): one space for tasks, milestones and series, never reused."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from store.models import Number
from store.tables.plans import FIRST_NUMBER


def allocate(session: Session, kind: str) -> int:
    """A number nobody has had before."""
    return allocate_all(session, [kind])[0]


def allocate_all(session: Session, kinds: Sequence[str]) -> list[int]:
    """A number for each, in their order, in one go."""
    if not kinds:
        return []
    if _is_first_on_sqlite(session):  # it counts on from the first row; PostgreSQL's identity starts there
        session.execute(insert(Number), {"id": FIRST_NUMBER, "kind": kinds[0]})
        return [FIRST_NUMBER, *allocate_all(session, kinds[1:])]
    made = insert(Number).returning(Number.id, sort_by_parameter_order=True)
    return list(session.scalars(made, [{"kind": kind} for kind in kinds]))


def _is_first_on_sqlite(session: Session) -> bool:
    """Asks SQLite's own counter, not the rows: after a deletion an empty table would count anew."""
    if session.get_bind().dialect.name != "sqlite":
        return False
    counter = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    return session.scalar(counter, {"name": Number.__tablename__}) is None
