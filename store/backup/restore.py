"""Restore: a backup's rows into an empty database, SQLite or PostgreSQL, whichever the backup came from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, MetaData, Table, text

from store.backup.archive import ArchiveError, ArchiveReader, Row, TableEntry
from store.backup.backup import BATCH, counter_of, sequence_of, tables_of
from store.db import schema
from store.db.schema import VERSION_TABLE
from store.models import Base

# Plain columns for what a backup holds: nobody's defaults and words interfere.
TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "instant": sa.DateTime(timezone=True),
    "day": sa.Date(),
    "json": sa.Text(),
    "bool": sa.Boolean(),
    "integer": sa.BigInteger(),
    "real": sa.Float(),
    "bytes": sa.LargeBinary(),
    "text": sa.Text(),
}
NO_CONTENT = {"meta"}  # a store that has never been used knows these at most


def check(archive: ArchiveReader) -> None:
    """Raises ArchiveError for a file that is damaged or comes from a newer program."""
    version = archive.manifest.version
    schema.refuse_old(version)
    if not schema.is_known(version):
        raise ArchiveError("newer-form", path=archive.path, version=version)
    archive.verify()


def has_content(connection: Connection) -> bool:
    """Something is remembered there that a restore would put away."""
    for table in tables_of(connection):
        if table.name not in NO_CONTENT and connection.scalar(sa.select(sa.exists().select_from(table))):
            return True
    return False


def clear(connection: Connection) -> None:
    """Take away our tables, whatever their version, and nobody else's."""
    found = MetaData()
    found.reflect(connection)
    ours = set(Base.metadata.tables) | {VERSION_TABLE}
    found.drop_all(connection, [table for name, table in found.tables.items() if name in ours])


def load(connection: Connection, archive: ArchiveReader) -> None:
    """Tables of the backup's version with its rows and counters, then brought up to this program's version.

    The database has no tables of ours yet. Raises ArchiveError where the backup does not fit its own version.
    """
    schema.upgrade_on(connection, archive.manifest.version)
    tables = {table.name: table for table in tables_of(connection)}
    entries = {entry.name: entry for entry in archive.manifest.tables}
    if set(tables) != set(entries):
        odd = ", ".join(sorted(set(tables) ^ set(entries)))
        raise ArchiveError("other-tables", path=archive.path, names=odd)
    for table in reversed(tables.values()):  # what a migration put there
        if connection.scalar(sa.select(sa.exists().select_from(table))):
            connection.execute(sa.delete(table))
    for name, table in tables.items():  # each after those it refers to
        _Loading(connection, table, entries[name]).run(archive.rows(entries[name]))
        last = max(entries[name].counter or 0, _newest_id(connection, table))
        set_counter(connection, table, last)
    schema.upgrade_on(connection)


@dataclass
class _Loading:
    """One table being filled. What refers to a later row of the same table is filled in at the end."""

    connection: Connection
    table: Table
    entry: TableEntry
    later: list[dict[str, object]] = field(default_factory=list)

    def run(self, rows: Iterator[Row]) -> None:
        missing = {name for name, _ in self.entry.columns} ^ {column.name for column in self.table.columns}
        if missing:
            raise ArchiveError("other-columns", name=self.table.name, names=", ".join(missing))
        insert = sa.insert(self._target()).values(self._values())
        while batch := [self._ready(row) for row in islice(rows, BATCH)]:
            self.connection.execute(insert, batch)
        for one in self.later:
            key = self.table.primary_key.columns[0]
            changed = {name: value for name, value in one.items() if name != key.name}
            self.connection.execute(sa.update(self.table).where(key == one[key.name]).values(changed))

    def _target(self) -> sa.TableClause:
        """The table as the backup writes it."""
        columns = [sa.column(name, TYPES[kind]) for name, kind in self.entry.columns]
        return sa.table(self.table.name, *columns)

    def _values(self) -> dict[str, sa.ColumnElement[object]]:
        """One bound value a column; PostgreSQL wants to be told that a text is JSON."""
        is_postgresql = self.connection.dialect.name == "postgresql"
        return {
            column.name: sa.cast(sa.bindparam(column.name, type_=sa.Text()), sa.JSON())
            if is_postgresql and kind == "json"
            else sa.bindparam(column.name, type_=column.type)
            for column, (_, kind) in zip(self._target().columns, self.entry.columns, strict=True)
        }

    def _ready(self, row: Row) -> dict[str, object]:
        names = [name for name, _ in self.entry.columns]
        values = {name: self._here(value) for name, value in zip(names, row, strict=True)}
        forward = {name: values[name] for name in self._inward() if self._is_later(values, name)}
        if forward:
            [key] = self.table.primary_key.columns
            self.later.append({key.name: values[key.name]} | forward)
            values |= dict.fromkeys(forward)
        return values

    def _here(self, value: object) -> object:
        if isinstance(value, datetime) and self.connection.dialect.name == "sqlite":
            return value.astimezone(UTC).replace(tzinfo=None)
        return value

    def _inward(self) -> list[str]:
        """Columns that refer to the table itself."""
        return [
            key.parent.name for key in self.table.foreign_keys if key.column.table.name == self.table.name
        ]

    def _is_later(self, values: dict[str, object], name: str) -> bool:
        [key] = self.table.primary_key.columns
        own, other = values[key.name], values[name]
        return isinstance(own, int) and isinstance(other, int) and other > own


def _newest_id(connection: Connection, table: Table) -> int:
    """The largest number among the rows; 0 where rows are not numbered."""
    [*keys] = table.primary_key.columns
    if len(keys) != 1 or not isinstance(keys[0].type, sa.Integer):
        return 0
    return connection.scalar(sa.select(sa.func.max(keys[0]))) or 0


def set_counter(connection: Connection, table: Table, last: int) -> None:
    """The next row of the table gets a number above `last`; nothing happens where the database keeps no count."""
    if last < 1:
        return
    if connection.dialect.name != "sqlite":
        if sequence := sequence_of(connection, table):
            connection.execute(
                text("SELECT setval(CAST(:name AS regclass), :last)"), {"name": sequence, "last": last}
            )
        return
    facts = {"name": table.name, "last": last}
    if counter_of(connection, table) is not None:
        connection.execute(text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name"), facts)
    elif _counts_by_itself(connection, table):
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), facts)


def _counts_by_itself(connection: Connection, table: Table) -> bool:
    """SQLite keeps a counter only for tables that were made so."""
    query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    return "AUTOINCREMENT" in str(connection.scalar(query, {"name": table.name})).upper()
