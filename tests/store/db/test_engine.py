"""The engines and transactions of the store."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from bot.texts import store_words
from store.db import meta
from store.db.engine import Store, parse_url, when_committed
from store.db.errors import StoreError
from store.db.postgres import WRITE_LOCK
from store.models import Plan
from tests import builders
from tests.builders import SEOUL


def statements(engine: Engine) -> list[str]:
    """What the engine sends from now on."""
    seen: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def _note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    return seen


def test_a_write_takes_the_lock_at_its_beginning(store: Store) -> None:
    seen = statements(store.writer)
    with store.write() as session:
        session.execute(text("SELECT 1"))
    lock = "BEGIN IMMEDIATE" if store.is_sqlite else f"SELECT pg_advisory_xact_lock({WRITE_LOCK})"
    assert seen == [lock, "SELECT 1"]


def test_a_read_takes_no_write_lock(store: Store) -> None:
    with store.write() as session, store.read() as other:
        meta.put(session, "key", "value")
        session.flush()
        assert meta.get(other, "key") is None


def test_a_write_locks_out_other_processes(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    other = sqlite3.connect(str(store.path), timeout=0)
    with store.write() as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()
    store.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 5000), ("synchronous", 2)],
)
def test_every_connection_is_set_up(sqlite_url: str, pragma: str, value: object) -> None:
    store = Store(sqlite_url)
    with store.write() as session:
        assert session.scalar(text(f"PRAGMA {pragma}")) == value
    with store.read() as session:
        assert session.scalar(text(f"PRAGMA {pragma}")) == value
    store.close()


def test_what_a_reading_session_changes_is_never_kept(store: Store) -> None:
    with store.read() as session:
        meta.put(session, "key", "value")
        session.flush()
    with store.read() as session:
        assert meta.get(session, "key") is None


def test_a_look_at_a_store_that_is_not_there_makes_none(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(OperationalError), store.read() as session:
        meta.get(session, "key")
    store.close()
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_keeps_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write() as session:
        meta.put(session, "key", "value")
        session.flush()
        raise RuntimeError
    with store.read() as session:
        assert meta.get(session, "key") is None


def test_what_was_done_is_said_once_it_stands(store: Store) -> None:
    said: list[bool] = []

    def look() -> None:
        with store.read() as reading:
            said.append(meta.get(reading, "key") is not None)

    with store.write() as session:
        meta.put(session, "key", "value")
        when_committed(session, look)
        assert said == []
    assert said == [True]


def test_what_was_taken_back_is_not_said(store: Store) -> None:
    said: list[str] = []
    with pytest.raises(ZeroDivisionError), store.write() as session:
        when_committed(session, said.append, "done")
        raise ZeroDivisionError
    with store.write():
        pass
    assert said == []


def test_a_failed_read_gives_its_connection_back(store: Store) -> None:
    with pytest.raises(RuntimeError), store.read() as session:
        session.execute(text("SELECT 1"))
        raise RuntimeError
    assert "Checked out connections: 0" in store.reader.pool.status()


def test_a_reading_session_sees_one_picture(store: Store) -> None:
    with store.read() as reader:
        assert meta.get(reader, "key") is None
        with store.write() as session:
            meta.put(session, "key", "value")
        reader.expire_all()
        assert meta.get(reader, "key") is None


def test_a_savepoint_is_taken_back_alone(store: Store) -> None:
    with store.write() as session:
        meta.put(session, "kept", "1")
        with pytest.raises(RuntimeError), session.begin_nested():
            meta.put(session, "lost", "1")
            session.flush()
            raise RuntimeError
    with store.read() as session:
        assert (meta.get(session, "kept"), meta.get(session, "lost")) == ("1", None)


def test_a_naive_datetime_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="naive datetime refused"), store.write() as session:
        builders.plan(session, imported_at=datetime(2026, 6, 30, 9, 10))  # noqa: DTZ001


def test_an_instant_comes_back_in_utc(store: Store) -> None:
    with store.write() as session:
        number = builders.plan(session, imported_at=datetime(2026, 6, 30, 9, 10, tzinfo=SEOUL)).id
    with store.read() as session:
        found = session.get_one(Plan, number).imported_at
    assert (found, found.tzinfo) == (datetime(2026, 6, 30, 0, 10, tzinfo=UTC), UTC)


def test_a_word_that_is_no_state_is_refused_by_the_database(store: Store) -> None:
    with store.write() as session:
        builders.plan(session)
    with pytest.raises(IntegrityError, match=r"(?i)check"), store.write() as session:
        session.execute(text("UPDATE plan SET state = 'forgotten'"))


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///gihan.db", "sqlite+pysqlite"),
        ("postgresql://user@host/db", "postgresql+psycopg"),
        ("postgres://user@host/db", "postgresql+psycopg"),
    ],
)
def test_the_driver_is_ours_to_choose(url: str, driver: str) -> None:
    assert parse_url(url).drivername == driver


@pytest.mark.parametrize("url", ["", "gihan.db", "mysql://user@host/db", "sqlite", "://", "oracle://x"])
def test_another_store_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(StoreError) as caught:
        parse_url(url)
    assert re.fullmatch(r"store\.url: .+", store_words.told(caught.value))


def test_only_a_file_has_a_path(store: Store) -> None:
    assert (store.path.name if store.path else None) == ("gihan.db" if store.is_sqlite else None)
    memory = Store("sqlite://")
    assert memory.path is None
    memory.close()
