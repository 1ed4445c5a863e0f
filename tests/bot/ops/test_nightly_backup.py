"""A backup each night by the running bot."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.ops import nightly_backup
from bot.ops.nightly_backup import Nightly
from bot.settings import OperationSettings, Settings
from store.backup import retention
from store.backup.archive import ArchiveReader
from store.db.engine import Store
from tests.builders import kst

NOW = kst(2026, 6, 30, 2, 30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def made(folder: Path, at: datetime) -> Path:
    """A backup of that moment."""
    folder.mkdir(exist_ok=True)
    path = folder / retention.NAME.format(at)
    path.touch()
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def test_a_backup_is_made_and_those_older_than_a_month_go(store: Store, folder: Path) -> None:
    old, young = made(folder, NOW - timedelta(days=31)), made(folder, NOW - timedelta(days=29))
    other = folder / "mine.zip"
    other.touch()
    retention.keep(store, folder, NOW, NOW.tzinfo)  # type: ignore[arg-type]
    ArchiveReader(folder / retention.NAME.format(NOW)).verify()
    assert (old.exists(), young.exists(), other.exists()) == (False, True, True)


def test_a_night_that_was_missed_is_known(folder: Path) -> None:
    assert retention.is_overdue(folder, NOW)
    made(folder, NOW - timedelta(hours=25))
    assert retention.is_overdue(folder, NOW)
    made(folder, NOW - timedelta(hours=23))
    assert not retention.is_overdue(folder, NOW)


def test_what_goes_wrong_at_night_is_told_in_the_log(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "taken").touch()
    asyncio.run(Nightly(store, tmp_path / "taken", NOW.tzinfo).run())  # type: ignore[arg-type]
    assert "action=backup-failed error=FileExistsError" in caplog.text


def test_it_lies_beside_an_embedded_store_or_where_it_is_said(store: Store, tmp_path: Path) -> None:
    said = Settings(operation=OperationSettings(backup_dir=tmp_path))
    assert nightly_backup.folder_of(said, store) == tmp_path
    beside = store.path.parent / "backup" if store.path else None
    assert nightly_backup.folder_of(Settings(), store) == beside
