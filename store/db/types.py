"""Column types that refuse what would be misread later: aware UTC instants and checked words."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Dialect, Index, literal, text
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.processors import str_to_datetime_processor_factory
from sqlalchemy.types import TypeDecorator

# As SQLAlchemy writes instants into SQLite.
_WRITTEN = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{6}))?")


class _OnSqlite(sqlite.DATETIME):
    """SQLite keeps the instant as UTC without its zone, and gets it back as an aware one."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return str_to_datetime_processor_factory(_WRITTEN, partial(datetime, tzinfo=UTC))


class UtcInstant(TypeDecorator[datetime]):
    """An aware instant, stored and given back in UTC (a server's sessions are in UTC). A naive datetime raises ValueError."""

    impl = DateTime(timezone=True).with_variant(_OnSqlite(timezone=True), "sqlite")  # type: ignore[no-untyped-call]
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime refused: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value


def spelled(word: StrEnum) -> ColumnElement[str]:
    """The word written into the statement itself: an index on the rows of one word is found only by it."""
    return literal(word.value, literal_execute=True)


def word(words: type[StrEnum], name: str | None = None) -> SqlEnum:
    """A text column that holds one of `words` by value, with a CHECK the database enforces.

    `name` of the CHECK, where several columns of a table hold the same words.
    """
    return SqlEnum(
        words,
        native_enum=False,
        create_constraint=True,
        name=name or words.__name__.lower(),
        length=20,
        values_callable=lambda kind: [member.value for member in kind],
    )


def few(table: str, column: str, *columns: str) -> Index:
    """An index on the rows of the table in which the column says anything at all; by `columns`, or by itself."""
    where = text(f"{column} IS NOT NULL")
    return Index(f"ix_{table}_{column}", *columns or [column], sqlite_where=where, postgresql_where=where)


def only(table: str, name: str, state: str, word: StrEnum, *columns: str) -> Index:
    """An index on the rows in one state, by `columns`; a query finds it by the `spelled` word."""
    where = text(f"{state} = '{word.value}'")
    return Index(f"ix_{table}_{name}", *columns, sqlite_where=where, postgresql_where=where)


def once(name: str, column: str, where: str) -> Index:
    """A unique index on the rows of which the condition holds."""
    return Index(name, column, unique=True, sqlite_where=text(where), postgresql_where=text(where))
