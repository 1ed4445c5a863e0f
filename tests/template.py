"""An empty store of SQLite, migrated once in each test process; tests take copies of its file or of its tables.

That the migrations make these tables, and change nothing where they were run, is shown by tests/store/db/test_schema.py,
which runs them each time; so do older stores and backups, PostgreSQL, and processes of their own.
"""

from __future__ import annotations

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from unittest import mock

from sqlalchemy import Connection

from store.db import schema
from store.db.engine import Store

MIGRATE = schema.upgrade_on


@cache
def migrated_file() -> Path:
    folder = tempfile.mkdtemp(prefix="gihan-template-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "gihan.db"
    store = Store(f"sqlite:///{path}")
    with mock.patch.object(schema, "upgrade_on", MIGRATE):
        schema.upgrade(store)
    store.close()
    return path


def copy_to(path: Path) -> str:
    """Puts an empty, migrated store there; gives its address."""
    shutil.copy(migrated_file(), path)
    return f"sqlite:///{path}"


@contextmanager
def in_place_of_migrations() -> Iterator[None]:
    """In it, empty stores of SQLite are brought up to date by making the tables that the migrations had made."""
    with mock.patch.object(schema, "upgrade_on", _make_tables):
        yield


def _make_tables(connection: Connection, version: str = "head") -> None:
    newest = schema.newest_version()
    if connection.dialect.name != "sqlite" or version not in {"head", newest}:
        MIGRATE(connection, version)
    elif not _has_tables(connection):
        for statement in _statements():
            connection.exec_driver_sql(statement)
    elif schema.version_on(connection) != newest:
        MIGRATE(connection, version)


def _has_tables(connection: Connection) -> bool:
    return connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").first() is not None


@cache
def _statements() -> list[str]:
    """What makes the tables with their indexes and triggers, and the rows and counters that migrations put there."""
    with closing(sqlite3.connect(migrated_file())) as connection:
        return [one for one in connection.iterdump() if not one.startswith(("BEGIN", "COMMIT"))]
