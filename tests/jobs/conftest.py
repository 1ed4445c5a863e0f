"""Fixtures of the jobs room: real time under control, and a desk with one officer."""

from __future__ import annotations

import pytest

from jobs.rules.policy import Rules
from store.db.engine import Store
from tests.builders import FakeClock, kst
from tests.jobs.desk import Desk, FakeSender, Post, Ticks

REAL = kst(2026, 11, 21)


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """Real time, which leases and pauses go by: it stands still until it is moved."""
    clock = FakeClock(REAL)
    monkeypatch.setattr("jobs.delivery.deliver.real_now", lambda _session: clock.now())
    monkeypatch.setattr("jobs.loop.real_now", lambda _session: clock.now())
    return clock


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> Ticks:
    """Monotonic time of whoever delivers: it stands still until it is moved."""
    found = Ticks()
    monkeypatch.setattr("jobs.delivery.deliver.time", found)
    monkeypatch.setattr("jobs.delivery.deliver.steady_s", found.monotonic)
    return found


@pytest.fixture
def desk(store: Store, rules: Rules, clock: FakeClock) -> Desk:
    """김하늘, linked for long, with one task and nothing in it."""
    return Desk(store, rules, clock)


@pytest.fixture
def post(desk: Desk, real: FakeClock) -> Post:
    """The way out of that desk, to a sender that answers from a queue."""
    return Post(desk, FakeSender(), real)
