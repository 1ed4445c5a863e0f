"""Backup: everything the store knows at one moment, in one file, beside whoever is writing."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, MetaData, Table, text
from sqlalchemy.exc import DatabaseError

from store.backup.archive import (
    ArchiveError,
    ArchiveReader,
    ArchiveWriter,
    BackupError,
    Manifest,
    Row,
    encode,
    kind_of,
)
from store.db import schema
from store.db.engine import Store
from store.db.schema import VERSION_TABLE  # its one row stands in the manifest

BATCH = 1000


def tables_of(connection: Connection) -> list[Table]:
    """The tables as the database has them, whatever the schema's version, each after those it refers to."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != VERSION_TABLE]


def backup(store: Store, path: Path, made_at: datetime, *, overwrite: bool = False) -> Manifest:
    """Write the store's contents to `path`, readable by its owner only, and read the file back.

    The file appears whole or not at all. Raises StoreError where the store is damaged or has no tables, where
    the file is there already, or where it cannot be written.
    """
    refuse_taken(path, overwrite, store)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise BackupError("not-written", path=path, error=error.strerror) from error
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            with ArchiveWriter(file) as archive:
                manifest = _dump(store, archive, made_at)
            file.flush()
            os.fsync(file.fileno())
        _verify(unfinished)
        refuse_taken(path, overwrite, store)
        unfinished.replace(path)
    except OSError as error:
        raise BackupError("not-written", path=path, error=error.strerror) from error
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()
    return manifest


def refuse_taken(path: Path, overwrite: bool, store: Store) -> None:
    """Raises BackupError for a file that is there, unless an earlier backup may be overwritten; the store never may."""
    if store.path is not None and store.path.exists() and path.exists() and path.samefile(store.path):
        raise BackupError("the-store", path=path)
    if path.exists() and overwrite and not is_archive(path):
        raise BackupError("no-backup", path=path)
    if path.exists() and not overwrite:
        raise BackupError("there-already", path=path)


def is_archive(path: Path) -> bool:
    """It is an earlier backup."""
    try:
        ArchiveReader(path).close()
    except ArchiveError:
        return False
    return True


def _verify(path: Path) -> None:
    reader = ArchiveReader(path)
    try:
        reader.verify()
    finally:
        reader.close()


def _dump(store: Store, archive: ArchiveWriter, made_at: datetime) -> Manifest:
    with snapshot(store) as connection:
        version = schema.version_on(connection)
        if version is None:
            raise BackupError("empty")
        _check_whole(connection)
        for table in tables_of(connection):
            columns = [(column.name, kind_of(column)) for column in table.columns]
            archive.put(table.name, columns, _rows(connection, table), counter_of(connection, table))
        return archive.finish(version, connection.dialect.name, made_at)


def snapshot(store: Store) -> Connection:
    """A connection that sees one moment, however long it reads and whoever writes meanwhile."""
    engine = store.reader
    if not store.is_sqlite:  # SQLite's reading transaction is such a snapshot anyway
        engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.connect()


def _check_whole(connection: Connection) -> None:
    """Rows of a damaged file may be missing without a word: no backup is made of it."""
    if connection.dialect.name == "sqlite":
        try:
            found = connection.scalar(text("PRAGMA integrity_check"))
        except DatabaseError:  # too damaged even to be checked
            found = None
        if found != "ok":
            raise BackupError("damaged-store")


def _rows(connection: Connection, table: Table) -> Iterator[Row]:
    kinds = [kind_of(column) for column in table.columns]
    values = [
        sa.cast(column, sa.Text) if kind == "json" else column
        for column, kind in zip(table.columns, kinds, strict=True)
    ]
    query = sa.select(*values).order_by(*table.primary_key.columns)
    for row in connection.execute(query.execution_options(yield_per=BATCH)):
        yield [encode(value, kind) for value, kind in zip(row, kinds, strict=True)]


def counter_of(connection: Connection, table: Table) -> int | None:
    """The last number the database has given to a row of the table; None where it keeps no count."""
    if connection.dialect.name == "sqlite":
        has_counters = sa.inspect(connection).has_table("sqlite_sequence")
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return connection.scalar(query, {"name": table.name}) if has_counters else None
    sequence = sequence_of(connection, table)
    if sequence is None:
        return None
    row = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()
    return int(row.last_value) if row.is_called else None


def sequence_of(connection: Connection, table: Table) -> str | None:
    """PostgreSQL's sequence of the table's id; None where ids come from elsewhere."""
    [*keys] = table.primary_key.columns
    query = text("SELECT pg_get_serial_sequence(:name, :column)")
    found = connection.scalar(query, {"name": table.name, "column": keys[0].name}) if len(keys) == 1 else None
    return str(found) if found else None
