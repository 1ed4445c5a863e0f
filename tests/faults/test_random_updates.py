"""Random updates, hostile texts and forged buttons among them: nothing stops, nothing changes without the right to it.

The campaign plays a hundred times as many (`make campaign`); the seed is printed where a test fails.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.campaign.doors import DOORS, through
from tests.campaign.odd import Play
from tests.campaign.seed import usual_seed

pytestmark = pytest.mark.long
SEED = usual_seed()


@pytest.mark.open_door("kind B", "kind M", "B2")
@pytest.mark.timeout(900)
def test_two_thousand_random_updates_break_nothing_and_change_nothing_of_others(tmp_path: Path) -> None:
    outcome = asyncio.run(Play(tmp_path, SEED).run(2000))
    assert (SEED, outcome.faults) == (SEED, [])
    assert 0 < len(outcome.unreadable) < outcome.updates


@pytest.mark.smoke
@pytest.mark.open_door("kind B", "B2")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("door", list(DOORS))
def test_random_updates_stop_no_running_bot_and_change_nothing_of_others(tmp_path: Path, door: str) -> None:
    passed = through(door, tmp_path, SEED, 200, 300.0)
    assert (SEED, passed.faults) == (SEED, [])
    assert passed.kept >= 190  # some say that they are others, by their number
