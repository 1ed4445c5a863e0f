"""From the embedded store to a server and back: the way to several machines."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import numbers
from store.backup import restore
from store.backup.archive import ArchiveReader
from store.backup.backup import backup
from store.db.engine import Store
from tests.store.backup.test_backup import MADE_AT, all_rows
from tests.store.random_store import Filler


def replaced(file: Path, store: Store) -> None:
    archive = ArchiveReader(file)
    with store.writer.begin() as connection:
        restore.clear(connection)
        restore.load(connection, archive)
    archive.close()


@pytest.mark.parametrize("seed", [0, *(pytest.param(one, marks=pytest.mark.long) for one in (1, 2))])
def test_there_and_back_every_row_is_the_same(
    sqlite_store: Store, postgres_store: Store, tmp_path: Path, seed: int
) -> None:
    with sqlite_store.write() as session:
        Filler(session, seed).run()
    backup(sqlite_store, tmp_path / "there.zip", MADE_AT)
    replaced(tmp_path / "there.zip", postgres_store)
    assert all_rows(postgres_store) == all_rows(sqlite_store)
    backup(postgres_store, tmp_path / "back.zip", MADE_AT)
    home = Store(f"sqlite:///{tmp_path / 'home.db'}")
    replaced(tmp_path / "back.zip", home)
    assert all_rows(home) == all_rows(sqlite_store)
    home.close()


def test_numbers_go_on_where_they_were(sqlite_store: Store, postgres_store: Store, tmp_path: Path) -> None:
    with sqlite_store.write() as session:
        last = [numbers.allocate(session, "task") for _ in range(3)][-1]
    backup(sqlite_store, tmp_path / "there.zip", MADE_AT)
    replaced(tmp_path / "there.zip", postgres_store)
    with postgres_store.write() as session:
        assert numbers.allocate(session, "task") == last + 1
