"""A store with something in every table, made up from a seed."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Table
from sqlalchemy.orm import Session

from store.db.types import UtcInstant
from store.models import Base

WORDS = ["보행로 정비", "a\nb\tc", "😀 \u2028 \x7f", "'; DROP TABLE plan; --", "한별시", "null", ""]
ROWS = 7

ONE_OF = {"indicator": ("task_id", "department_id")}  # of these columns just one has a value


class Filler:
    """Rows for every table in the order in which they refer to each other, also to later rows of their own."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self.chance = random.Random(seed)
        self.ids: dict[str, list[Any]] = {}
        self.orders: dict[str, list[Any]] = {}

    def run(self) -> None:
        for table in Base.metadata.sorted_tables:
            self._fill(table)
        self.session.flush()

    def _fill(self, table: Table) -> None:
        rows = [self._row(table, index) for index in range(ROWS)]
        self.session.execute(sa.insert(table), rows)
        [*keys] = table.primary_key.columns
        self.ids[table.name] = [row[keys[0].name] for row in rows]
        forward = [key for key in table.foreign_keys if key.column.table is table]
        for key in forward if table.name != "audit_entry" else []:
            first, last = self.ids[table.name][0], self.ids[table.name][-1]
            self.session.execute(sa.update(table).where(keys[0] == first).values({key.parent.name: last}))

    def _row(self, table: Table, index: int) -> dict[str, Any]:
        row = {column.name: self._value(table, column, index) for column in table.columns}
        if (names := ONE_OF.get(table.name)) is not None:
            kept = self.chance.choice(names)
            row |= dict.fromkeys(names) | {kept: self._distinct(table.columns[kept])[index]}
        return row

    def _value(self, table: Table, column: sa.Column[Any], index: int) -> Any:
        if column.foreign_keys:
            [key] = column.foreign_keys
            if key.column.table is table:
                return None
            known = self.ids[key.column.table.name]
            return known[index] if column.primary_key else self._maybe(column, self._distinct(column)[index])
        if column.primary_key and isinstance(column.type, sa.Integer):
            return 101 + index * 3
        return self._maybe(column, self._made_up(column, index))

    def _distinct(self, column: sa.Column[Any]) -> list[Any]:
        """The rows it refers to, each once in some order: what is unique refers to each at most once."""
        key = str(column)
        if key not in self.orders:
            [foreign] = column.foreign_keys
            self.orders[key] = self.chance.sample(self.ids[foreign.column.table.name], ROWS)
        return self.orders[key]

    def _maybe(self, column: sa.Column[Any], value: Any) -> Any:
        return None if column.nullable and self.chance.random() < 0.3 else value

    def _made_up(self, column: sa.Column[Any], index: int) -> Any:
        kind = column.type
        if isinstance(kind, sa.Enum):
            return self._word(column, kind)
        if isinstance(kind, UtcInstant):
            return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=self.chance.randrange(10**14))
        if isinstance(kind, sa.Date):
            return date(1999, 12, 28) + timedelta(days=index)  # distinct: days stand in unique keys
        if isinstance(kind, sa.JSON):
            return self.chance.choice([{}, [], {"제목": [1, 2.5, None, True]}, {"x": {"y": "\u2028"}}])
        if isinstance(kind, sa.Boolean):
            return self.chance.random() < 0.5
        if isinstance(kind, sa.BigInteger):
            return self.chance.randrange(-(2**52), 2**52)
        if isinstance(kind, sa.Integer):
            return self.chance.randrange(2**31)
        return f"{self.chance.choice(WORDS)}{index}"[-(getattr(kind, "length", None) or 99) :]

    def _word(self, column: sa.Column[Any], kind: sa.Enum) -> Any:
        """Any of its words; a link is ended, for nobody may have two."""
        words = list(kind.enum_class or [])
        ended = [word for word in words if word.value == "ended"]
        return (ended or [self.chance.choice(words)])[0]


def contents(connection: sa.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as Python has it."""
    return {
        table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
        for table in Base.metadata.sorted_tables
    }
