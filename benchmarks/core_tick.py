"""The measure of a tick: its own statements, recorded and executed anew by SQLAlchemy Core on the same rows.

What is to be written was worked out before, and nothing is made of what is read. A tick may cost half as much again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Executable, Table, event, select, update

from benchmarks.fill import TODAY
from store.db.base import Base
from store.db.engine import Store

TABLES = Base.metadata.tables
MILESTONE = TABLES["milestone"]
DELIVERY, ITEM = TABLES["delivery"], TABLES["delivery_item"]


@dataclass
class Written:
    """What a tick has written, without the numbers that the store gives: to be compared, and written again."""

    digests: list[dict[str, Any]] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    looks: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Mark:
    """How far the ledger reached before a tick."""

    delivery: int
    item: int


def mark(store: Store) -> Mark:
    with store.reader.connect() as connection:
        return Mark(*(connection.scalar(select(_newest(table))) or 0 for table in (DELIVERY, ITEM)))


def _newest(table: Table) -> Any:
    return select(table.c.id).order_by(table.c.id.desc()).limit(1).scalar_subquery()


def written_since(store: Store, before: Mark, ids: list[int]) -> Written:
    """What stands in the ledger beyond the mark, and the next looks of the milestones."""
    made = select(DELIVERY.c.id, DELIVERY.c.officer_id, DELIVERY.c.chat_id).where(
        DELIVERY.c.id > before.delivery
    )
    columns = ITEM.c.officer_id, ITEM.c.subject, ITEM.c.milestone_id, ITEM.c.rule, ITEM.c.due_on, ITEM.c.state
    items = select(*columns, ITEM.c.delivery_id.is_not(None).label("stands")).where(ITEM.c.id > before.item)
    looks = select(MILESTONE.c.id, MILESTONE.c.next_remind_on).where(MILESTONE.c.id.in_(ids))
    with store.reader.connect() as connection:
        digests = [{"officer_id": row.officer_id, "chat_id": row.chat_id} for row in connection.execute(made)]
        return Written(
            sorted(digests, key=str),
            sorted((dict(row._mapping) for row in connection.execute(items)), key=str),
            sorted((dict(row._mapping) for row in connection.execute(looks)), key=str),
        )


def take_back(store: Store, before: Mark, ids: list[int]) -> None:
    """The rows as they were before the tick."""
    with store.writer.begin() as connection:
        connection.execute(ITEM.delete().where(ITEM.c.id > before.item))
        connection.execute(DELIVERY.delete().where(DELIVERY.c.id > before.delivery))
        connection.execute(update(MILESTONE).where(MILESTONE.c.id.in_(ids)).values(next_remind_on=TODAY))


@dataclass(frozen=True)
class Statement:
    """One statement of a tick with its parameters; no parameters, those of one row, or of many."""

    clause: Executable
    parameters: Any


@contextmanager
def recording(store: Store) -> Iterator[list[Statement]]:
    """Every statement that is executed for the store's writer until the block ends, in their order."""
    found: list[Statement] = []

    def note(_connection: Any, clause: Any, many: Any, one: Any, _options: Any) -> None:
        found.append(Statement(clause, list(many) or one or None))

    event.listen(store.writer, "before_execute", note)
    try:
        yield found
    finally:
        event.remove(store.writer, "before_execute", note)


def core_tick(store: Store, statements: list[Statement]) -> None:
    """The same statements in one transaction, by SQLAlchemy Core: every row is fetched, nothing is made of it."""
    with store.writer.begin() as connection:
        for one in statements:
            result = connection.execute(one.clause, one.parameters)
            if result.returns_rows:
                result.all()
