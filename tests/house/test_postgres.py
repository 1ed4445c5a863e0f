"""The tests' own PostgreSQL: where it comes from, and what is said where there is none."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests import postgres


def test_where_no_server_can_be_had_the_reason_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr("tests.postgres.own_binaries", lambda: None)
    monkeypatch.setattr("tests.postgres.importlib.import_module", missing)
    with pytest.raises(postgres.NoServerError, match="postgres-test"), postgres.running(tmp_path):
        pass


def test_every_database_is_of_its_own_and_dropped_at_the_end(postgres_server: postgres.Server) -> None:
    with postgres_server.database() as one, postgres_server.database() as two:
        assert one != two
        with psycopg.connect(one) as connection:
            connection.execute("INSERT INTO meta VALUES ('key', 'one')")
        with psycopg.connect(two) as connection:
            assert connection.execute("SELECT count(*) FROM meta").fetchone() == (0,)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(one)
