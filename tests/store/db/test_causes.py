"""Database errors are judged in one place: what waiting mends, and what only the operator does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from psycopg import sql
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError

from bot.texts import store_words
from store.db import engine
from store.db.causes import Cause, cause_of, error_of
from store.db.engine import Store
from store.db.errors import StoreError
from tests import postgres


def cause_at(url: str) -> Cause:
    """What keeps us from a look at the store."""
    with closing(Store(url)) as store, pytest.raises(SQLAlchemyError) as caught, store.read() as session:
        session.execute(text("SELECT 1"))
    return cause_of(caught.value)


def test_a_file_that_is_no_store_is_the_operators_to_mend(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("not a database, but longer than its header " * 9, encoding="utf-8")
    found = cause_at(f"sqlite:///{tmp_path / 'x.db'}")
    assert (found.code, found.is_temporary) == ("SQLITE_NOTADB", False)


def test_a_folder_that_is_not_there_is_the_operators_to_mend(tmp_path: Path) -> None:
    found = cause_at(f"sqlite:///{tmp_path / 'none' / 'x.db'}")
    assert (found.code, found.is_temporary) == ("SQLITE_CANTOPEN", False)


def test_a_store_that_another_program_keeps_is_waited_for(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    with closing(sqlite3.connect(str(Store(sqlite_url).path), isolation_level=None)) as own:
        own.execute("PRAGMA locking_mode=EXCLUSIVE")
        own.execute("BEGIN EXCLUSIVE")
        found = cause_at(sqlite_url)
    assert (found.code, found.is_temporary) == ("SQLITE_BUSY", True)


@pytest.mark.parametrize(
    ("host", "code"),
    [("127.0.0.1:9", "ECONNREFUSED"), ("no-such-host.invalid", "EAI"), ("", "ENOENT")],
)
def test_a_server_that_cannot_be_reached_is_waited_for(host: str, code: str) -> None:
    found = cause_at(f"postgresql://gihan@{host}/gihan" + ("" if host else "?host=/nowhere"))
    assert (found.code, found.is_temporary) == (code, True)


@pytest.fixture
def role(postgres_server: postgres.Server) -> Iterator[sql.Identifier]:
    """A role without any rights of its own."""
    name = sql.Identifier("nobody_in_particular")
    postgres_server.run(sql.SQL("CREATE ROLE {} LOGIN").format(name))
    yield name
    postgres_server.run(sql.SQL("DROP ROLE {}").format(name))


def refused(server: postgres.Server, user: str = postgres.SUPERUSER, database: str = "postgres") -> Cause:
    url = make_url(server.url).set(username=user, database=database)
    return cause_at(url.render_as_string(hide_password=False))


def test_an_unknown_role_or_database_is_the_operators_to_mend(postgres_server: postgres.Server) -> None:
    found = refused(postgres_server, user="no_such_role"), refused(postgres_server, database="no_such_one")
    assert [(one.code, one.is_temporary) for one in found] == [("28000", False), ("3D000", False)]


def test_a_server_without_tls_is_named_where_the_address_wants_it(postgres_server: postgres.Server) -> None:
    url = make_url(postgres_server.url).update_query_dict({"sslmode": "require"})
    found = cause_at(url.render_as_string(hide_password=False))
    assert (found.code, found.is_temporary) == ("TLS", True)
    assert "sslrootcert" in store_words.told(StoreError("unusable", cause=found, code=found.code))


def test_a_password_that_nobody_has_set_is_the_operators_to_mend(postgres_server: postgres.Server) -> None:
    """The driver gives up by itself: the server has refused nothing, and says no code."""
    run, rules = postgres_server.run, postgres_server.admin.execute("SHOW hba_file").fetchall()[0][0]
    before = Path(rules).read_bytes()
    run(sql.SQL("CREATE ROLE locked LOGIN PASSWORD 'right'"))
    Path(rules).write_bytes(b"host all locked all scram-sha-256\n" + before)
    try:
        run(sql.SQL("SELECT pg_reload_conf()"))
        found = refused(postgres_server, user="locked")
    finally:
        Path(rules).write_bytes(before)
        run(sql.SQL("SELECT pg_reload_conf()"))
        run(sql.SQL("DROP ROLE locked"))
    assert (found.code, found.is_temporary) == ("28P01", False)


def test_a_database_that_the_role_may_not_enter_is_the_operators_to_mend(
    postgres_server: postgres.Server, postgres_url: str, role: sql.Identifier
) -> None:
    database = str(make_url(postgres_url).database)
    postgres_server.run(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
    found = refused(postgres_server, role.as_string().strip('"'), database)
    assert (found.code, found.is_temporary) == ("42501", False)


def test_a_role_with_too_many_connections_is_waited_for(
    postgres_server: postgres.Server, role: sql.Identifier
) -> None:
    postgres_server.run(sql.SQL("ALTER ROLE {} CONNECTION LIMIT 0").format(role))
    found = refused(postgres_server, role.as_string().strip('"'))
    assert (found.code, found.is_temporary) == ("53300", True)


def test_the_operator_reads_our_words_only(tmp_path: Path) -> None:
    with closing(Store(f"postgresql://gihan:hidden-word@127.0.0.1:9/{tmp_path.name}")) as store:
        with pytest.raises(SQLAlchemyError) as caught, store.read() as session:
            session.execute(text("SELECT 1"))
        said = store_words.told(error_of(caught.value))
    assert said == ("store: 데이터베이스가 연결을 받지 않습니다(꺼져 있거나 포트가 다릅니다) (ECONNREFUSED).")


@pytest.mark.open_door("D2")
def test_a_store_with_a_second_name_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "gihan.db"
    path.touch()
    (tmp_path / "other.db").hardlink_to(path)
    with pytest.raises(StoreError, match="second-name"):
        Store(f"sqlite:///{path}")
    (tmp_path / "other.db").unlink()
    Store(f"sqlite:///{path}").close()
