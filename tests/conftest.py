"""Fixtures that several rooms use: a store of one's own on SQLite or PostgreSQL, the rules of Korea, a clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path

import pytest
from hypothesis import settings

from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from jobs.settings import CalendarSettings, ReminderSettings
from store.db.engine import Store
from tests import postgres, statements, template
from tests.builders import SEOUL, FakeClock, kst

# The language of whoever runs the tests is none of theirs.
for _variable in ("LC_ALL", "LC_MESSAGES"):
    os.environ.pop(_variable, None)
os.environ["LANG"] = "C.UTF-8"

# No test asserts how long something took, those of made-up examples neither: a busy machine failed them.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _composed_once() -> Iterator[None]:
    """See tests/statements.py."""
    with statements.shared():
        yield


@pytest.fixture
def are_migrations_run() -> bool:
    """Whether empty stores are migrated step by step, which takes a second, or get the tables ready-made."""
    return False


@pytest.fixture(autouse=True)
def _migrated_once(are_migrations_run: bool) -> Iterator[None]:
    """See tests/template.py."""
    with nullcontext() if are_migrations_run else template.in_place_of_migrations():
        yield


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Server]:
    """A real server of this test process; what needs it is skipped where none can be had."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres.running(tmp_path_factory.mktemp("postgres")))
        except postgres.NoServerError as reason:
            pytest.skip(f"PostgreSQL: {reason}")
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty, migrated store in a file of its own."""
    return template.copy_to(tmp_path / "gihan.db")


@pytest.fixture
def postgres_url(postgres_server: postgres.Server) -> Iterator[str]:
    """An empty, migrated store in a database of its own."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest) -> str:
    """Where the store of the test is: every test that takes a store runs on both databases."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty, migrated store."""
    made = Store(store_url)
    yield made
    made.close()


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    """The same on SQLite alone, for what only a file can suffer."""
    made = Store(sqlite_url)
    yield made
    made.close()


@pytest.fixture
def postgres_store(postgres_url: str) -> Iterator[Store]:
    """The same on PostgreSQL alone."""
    made = Store(postgres_url)
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


LONGEST = ("test_small_campaign", "test_quarter.py", "test_operation.py", "test_replicas.py", "test_pitfalls")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for processes begins first, the longest before all: nobody waits for them alone at the end."""
    items.sort(key=lambda one: (not any(name in one.nodeid for name in LONGEST), "smoke" not in one.keywords))
