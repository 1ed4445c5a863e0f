"""The small cut of the campaign (`make campaign`): kills, lost answers and doubled updates lose and double nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.campaign import campaign
from tests.campaign.__main__ import SEED
from tests.campaign.databases import SqliteFiles
from tests.campaign.report import screen
from tests.campaign.size import SMALL

pytestmark = [pytest.mark.smoke, pytest.mark.timeout(1200)]


def test_twenty_kills_and_five_hundred_messages_lose_and_double_nothing(tmp_path: Path) -> None:
    seed = int(os.environ.get(SEED) or 20260303)
    outcome = campaign.run(SqliteFiles(tmp_path), 1, SMALL, seed, tmp_path)
    assert outcome.verdict.faults == [], screen(outcome)
    assert len(outcome.kills) >= SMALL.kills
    assert outcome.verdict.deliveries >= SMALL.deliveries
    assert 0 < outcome.verdict.copies <= outcome.verdict.uncertain_sends
    assert outcome.verdict.acts > 0
