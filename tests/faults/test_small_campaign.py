"""Small cuts of the campaign (`make campaign`): kills, lost answers and doubled updates lose and double nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaign import campaign
from tests.campaign.databases import Databases, PostgresServer, SqliteFiles
from tests.campaign.report import Outcome, screen
from tests.campaign.seed import usual_seed
from tests.campaign.size import SMALL

pytestmark = [pytest.mark.smoke, pytest.mark.timeout(1200)]


def carried_out(databases: Databases, replicas: int, folder: Path) -> Outcome:
    """The outcome, with nothing lost and every copy marked."""
    outcome = campaign.run(databases, replicas, SMALL, usual_seed(), folder)
    assert outcome.verdict.faults == [], screen(outcome)
    assert len(outcome.kills) >= SMALL.kills
    assert outcome.verdict.deliveries >= SMALL.deliveries
    assert 0 < outcome.verdict.copies <= outcome.verdict.uncertain_sends
    assert outcome.verdict.acts > 0
    return outcome


def test_twenty_kills_and_five_hundred_messages_lose_and_double_nothing(tmp_path: Path) -> None:
    carried_out(SqliteFiles(tmp_path), 1, tmp_path)


def test_nor_where_two_run_on_one_server_and_the_leader_is_killed_each_time(
    tmp_path: Path, postgres_url: str
) -> None:
    databases = PostgresServer(postgres_url)
    try:
        outcome = carried_out(databases, 2, tmp_path)
    finally:
        databases.close()
    assert all(kill.gap_s is not None for kill in outcome.kills), "each time somebody led again"
