"""Fixtures that several rooms use: a store in a file of its own, the rules of Korea, a clock."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs.calendar import WorkCalendar
from jobs.policy import Rules
from jobs.settings import CalendarSettings, ReminderSettings
from store import schema
from store.engine import Store
from tests.builders import SEOUL, FakeClock, kst


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, migrated once; tests take copies of it."""
    path = tmp_path_factory.mktemp("template") / "gihan.db"
    store = Store(f"sqlite:///{path}")
    schema.upgrade(store)
    store.close()
    return path


@pytest.fixture
def store(migrated_file: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty, migrated SQLite store."""
    path = tmp_path / "gihan.db"
    shutil.copy(migrated_file, path)
    made = Store(f"sqlite:///{path}")
    yield made
    made.close()


@pytest.fixture
def rules() -> Rules:
    """The rules as they are without any setting, in Korea."""
    return Rules(ReminderSettings(), WorkCalendar(CalendarSettings(), SEOUL))


@pytest.fixture
def clock() -> FakeClock:
    """Business time: Tuesday 2026-06-30, 09:10 in Korea."""
    return FakeClock(kst(2026, 6, 30))
