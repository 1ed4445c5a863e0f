"""Another process holds the store for longer than a write waits: nothing is lost, the answer only comes later."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from store.db.engine import BUSY_TIMEOUT_MS
from tests.faults.asked import asker, log_of
from tests.smoke.harness import Office

pytestmark = [pytest.mark.smoke, pytest.mark.long]


@contextmanager
def held(city: Office) -> Iterator[None]:
    """The store's write lock is somebody else's."""
    with closing(sqlite3.connect(city.folder / "gihan.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_store_locked_for_long_delays_and_loses_nothing(city: Office) -> None:
    one = asker(city)
    with held(city):
        one.ask()
        one.ask()
        time.sleep(BUSY_TIMEOUT_MS / 1000 + 1.5)
        assert not one.answers()
    one.wait_for_all()
    assert "database is locked" in log_of(city) or "store-" in log_of(city)


def test_a_message_on_its_way_when_the_store_is_locked_is_not_sent_again(city: Office) -> None:
    one = asker(city)
    city.telegram.post("faults", method="sendMessage", kind="delay", seconds=1.5, times=1)
    one.ask()
    while not one.answers():
        time.sleep(0.05)
    with held(city):
        time.sleep(BUSY_TIMEOUT_MS / 1000 + 1.5)
    one.ask()
    one.wait_for_all()
    assert not [text for text in one.person.received() if text["text"].startswith("(다시 보냄)")]
