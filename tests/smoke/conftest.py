"""Fixtures of the smoke tests: a Telegram stand-in and an office with a plan, as real processes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.smoke.harness import ROOT, Office, Telegram

SHARED_PLAN = ROOT.parent / "shared" / "plans" / "000.txt"
SAMPLE_PLAN = ROOT / "sandbox" / "sample" / "plan.txt"


@pytest.fixture
def telegram(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Telegram]:
    """The stand-in, its business clock at the instant given by `@pytest.mark.parametrize("telegram", …)`."""
    server = Telegram(tmp_path, getattr(request, "param", "2026-06-29T09:00:00+09:00"))
    yield server
    server.close()


@pytest.fixture
def office(telegram: Telegram, tmp_path: Path) -> Iterator[Office]:
    """A running bot whose store has no plan yet."""
    found = Office(telegram, tmp_path)
    found.start()
    yield found
    if found.run_process is not None and found.run_process.poll() is None:
        assert found.stop() == 0


@pytest.fixture
def city(office: Office) -> Office:
    """The same with the made-up sample plan."""
    office.gihan("import", str(SAMPLE_PLAN), "--yes")
    return office
