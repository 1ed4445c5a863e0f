"""Backup and restore of every table, row by row."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import text

from store import numbers
from store.backup import restore
from store.backup.archive import KINDS, ArchiveError, ArchiveReader, kind_of
from store.backup.backup import backup
from store.db import schema
from store.db.engine import Store
from store.db.errors import StoreError
from store.models import Base
from tests import builders
from tests.store.random_store import Filler, contents

MADE_AT = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    """A database without any table."""
    made = Store(f"sqlite:///{tmp_path / 'empty.db'}")
    yield made
    made.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gihan.zip"


def fill(store: Store, seed: int = 1) -> None:
    with store.write() as session:
        Filler(session, seed).run()


def put_back(file: Path, store: Store) -> None:
    archive = ArchiveReader(file)
    restore.check(archive)
    with store.writer.begin() as connection:
        restore.load(connection, archive)
    archive.close()


def all_rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.reader.connect() as connection:
        return contents(connection)


@pytest.mark.parametrize("seed", [0, *(pytest.param(one, marks=pytest.mark.long) for one in range(1, 5))])
def test_what_is_restored_is_what_was_backed_up_row_by_row(
    store: Store, empty: Store, file: Path, seed: int
) -> None:
    fill(store, seed)
    manifest = backup(store, file, MADE_AT)
    put_back(file, empty)
    assert manifest.rows == sum(map(len, all_rows(store).values())) > 100
    assert all_rows(empty) == all_rows(store)


def test_a_restored_store_has_the_schema_of_this_program(store: Store, empty: Store, file: Path) -> None:
    backup(store, file, MADE_AT)
    put_back(file, empty)
    assert schema.is_current(empty)


def test_a_number_of_the_backup_is_not_given_again(store: Store, empty: Store, file: Path) -> None:
    with store.write() as session:
        last = [numbers.allocate(session, "task") for _ in range(3)][-1]
        session.execute(text("DELETE FROM number WHERE id = :last"), {"last": last})
    backup(store, file, MADE_AT)
    put_back(file, empty)
    with empty.write() as session:
        assert numbers.allocate(session, "task") == last + 1


def test_the_restored_audit_log_is_still_append_only(store: Store, empty: Store, file: Path) -> None:
    fill(store)
    backup(store, file, MADE_AT)
    put_back(file, empty)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), empty.write() as session:
        session.execute(text("DELETE FROM audit_entry"))


def test_a_backup_sees_one_moment_while_others_write(store: Store, file: Path, tmp_path: Path) -> None:
    """A row written after the backup began stands in no table of it, also in those read later."""
    with store.write() as session:
        builders.officer(session, "김하늘")
    reads: list[str] = []

    def meanwhile(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT meta.") and not reads:
            reads.append(statement)
            with store.write() as session:
                builders.officer(session, "박바다", "환경과")

    sa.event.listen(store.reader, "before_cursor_execute", meanwhile)
    manifest = backup(store, file, MADE_AT)
    assert reads
    assert {entry.name: entry.rows for entry in manifest.tables if entry.rows} == {
        "department": 1,
        "officer": 1,
    }


def test_a_backup_is_for_its_owner_only(store: Store, file: Path) -> None:
    backup(store, file, MADE_AT)
    assert file.stat().st_mode & 0o077 == 0


def test_a_file_that_is_there_is_kept_unless_asked(store: Store, file: Path) -> None:
    file.write_text("dear", encoding="utf-8")
    with pytest.raises(StoreError, match="there-already"):
        backup(store, file, MADE_AT)
    with pytest.raises(StoreError, match="no-backup"):
        backup(store, file, MADE_AT, overwrite=True)
    assert file.read_text(encoding="utf-8") == "dear"
    file.unlink()
    backup(store, file, MADE_AT)
    backup(store, file, MADE_AT + timedelta(days=1), overwrite=True)
    assert zipfile.is_zipfile(file)


def test_a_backup_that_fails_leaves_nothing_behind(empty: Store, file: Path) -> None:
    if empty.path is not None:
        empty.path.touch()
    with pytest.raises(StoreError, match="empty"):
        backup(empty, file, MADE_AT)
    assert [one for one in file.parent.iterdir() if "gihan.zip" in one.name] == []


def test_a_folder_that_is_not_there_is_one_clear_line(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not-written"):
        backup(store, tmp_path / "none" / "x.zip", MADE_AT)


def test_a_damaged_store_is_not_backed_up(sqlite_store: Store, file: Path) -> None:
    store = sqlite_store
    fill(store)
    assert store.path is not None
    with store.writer.connect() as connection:
        root = connection.scalar(
            text("SELECT rootpage FROM sqlite_master WHERE name = 'ix_audit_entry_subject'")
        )
        size = connection.scalar(text("PRAGMA page_size"))
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    store.close()
    with store.path.open("r+b") as raw:
        raw.seek((int(root or 0) - 1) * int(size or 0) + 8)
        raw.write(b"\xff" * 64)
    with pytest.raises(StoreError, match=r"damaged|no-archive"):
        backup(store, file, MADE_AT)


def rewritten(file: Path, name: str, content: bytes) -> None:
    """The backup with one member replaced."""
    with zipfile.ZipFile(file) as old:
        members = {one: old.read(one) for one in old.namelist()}
    with zipfile.ZipFile(file, "w") as new:
        for one, data in members.items():
            new.writestr(one, content if one == name else data)


def test_a_changed_row_is_noticed(store: Store, file: Path) -> None:
    fill(store)
    backup(store, file, MADE_AT)
    rewritten(file, "tables/meta.jsonl", b'["key","other"]\n')
    with pytest.raises(ArchiveError, match=r"damaged|no-archive"):
        restore.check(ArchiveReader(file))


@pytest.mark.parametrize("cut", [0, 10, 1000, -10])
def test_a_file_cut_short_or_of_another_kind_is_one_clear_line(store: Store, file: Path, cut: int) -> None:
    fill(store)
    backup(store, file, MADE_AT)
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(ArchiveError, match="no-archive"):
        ArchiveReader(file)


def test_kinds_have_a_column_type_each() -> None:
    assert {kind for _, kind in KINDS} == set(restore.TYPES)


@pytest.mark.parametrize("content", ["[]", "{", '{"gihan_backup": 1}', '"x"'])
def test_a_zip_of_somebody_else_is_one_clear_line(file: Path, content: str) -> None:
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("manifest.json", content)
    with pytest.raises(ArchiveError, match="no-archive"):
        ArchiveReader(file)


@pytest.mark.parametrize(("key", "value"), [("version", "9999"), ("gihan_backup", 2)])
def test_a_backup_of_a_newer_program_is_refused(store: Store, file: Path, key: str, value: object) -> None:
    backup(store, file, MADE_AT)
    with zipfile.ZipFile(file) as made:
        manifest = json.loads(made.read("manifest.json"))
    rewritten(file, "manifest.json", json.dumps(manifest | {key: value}).encode())
    with pytest.raises(ArchiveError, match="newer"):
        restore.check(ArchiveReader(file))


def test_every_column_of_the_store_can_be_backed_up() -> None:
    assert {kind_of(column) for table in Base.metadata.sorted_tables for column in table.columns} >= {
        "instant", "day", "json", "bool", "integer", "text",
    }  # fmt: skip


def test_a_type_nobody_thought_of_is_refused() -> None:
    table = sa.Table("odd", sa.MetaData(), sa.Column("length", sa.Uuid()))
    with pytest.raises(StoreError, match=r"odd\.length"):
        kind_of(table.c.length)
