"""From the embedded store to a server and back: the way to several machines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import numbers, restore
from store.archive import ArchiveReader
from store.backup import backup
from store.engine import Store
from tests.store.random_store import Filler
from tests.store.test_backup import MADE_AT, all_rows

SERVER = "GIHAN_TEST_POSTGRES"  # an empty database: postgresql://user@host/db; all of ours in it is dropped


@pytest.fixture
def server() -> Iterator[Store]:
    if SERVER not in os.environ:
        pytest.skip(f"{SERVER} names no PostgreSQL database")
    made = Store(os.environ[SERVER])
    yield made
    made.close()


def replaced(file: Path, store: Store) -> None:
    archive = ArchiveReader(file)
    with store.writer.begin() as connection:
        restore.clear(connection)
        restore.load(connection, archive)
    archive.close()


@pytest.mark.parametrize("seed", range(3))
def test_there_and_back_every_row_is_the_same(store: Store, server: Store, tmp_path: Path, seed: int) -> None:
    with store.write() as session:
        Filler(session, seed).run()
    backup(store, tmp_path / "there.zip", MADE_AT)
    replaced(tmp_path / "there.zip", server)
    assert all_rows(server) == all_rows(store)
    backup(server, tmp_path / "back.zip", MADE_AT)
    home = Store(f"sqlite:///{tmp_path / 'home.db'}")
    replaced(tmp_path / "back.zip", home)
    assert all_rows(home) == all_rows(store)
    home.close()


def test_numbers_go_on_where_they_were(store: Store, server: Store, tmp_path: Path) -> None:
    with store.write() as session:
        last = [numbers.allocate(session, "task") for _ in range(3)][-1]
    backup(store, tmp_path / "there.zip", MADE_AT)
    replaced(tmp_path / "there.zip", server)
    with server.write() as session:
        assert numbers.allocate(session, "task") == last + 1
