"""Numbers people see (#112): one space for tasks, milestones and series, never reused."""

from collections.abc import Sequence

from sqlalchemy import func, insert, select, text
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
    ids = _next_ids(session, len(kinds))
    rows = [{"id": number, "kind": kind} for number, kind in zip(ids, kinds, strict=True)]
    session.execute(insert(Number.__table__), rows)  # type: ignore[arg-type]
    return ids


def _next_ids(session: Session, count: int) -> list[int]:
    """The next numbers, taken from the database's own counter, not the rows: after a deletion an empty table would
    count anew. SQLite's writers come one at a time, and its counter follows what is inserted."""
    if session.get_bind().dialect.name != "sqlite":
        named = func.pg_get_serial_sequence(Number.__tablename__, "id")
        return list(session.scalars(select(func.nextval(named)).select_from(func.generate_series(1, count))))
    counter = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    last: int | None = session.scalar(counter, {"name": Number.__tablename__})
    first = last + 1 if last is not None else FIRST_NUMBER
    return list(range(first, first + count))
