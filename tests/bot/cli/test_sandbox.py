"""The made-up city of `gihan sandbox`: a department has two teams, each with its lead."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot import open_store
from bot.cli.sandbox_town import fill, sample
from bot.settings import Settings
from jobs.authority.permissions import standing_of, team_led
from store import officers, tasks, teams
from store.db.settings import StoreSettings


def test_a_lead_of_each_team_of_a_department_oversees_the_teams_tasks_alone(tmp_path: Path) -> None:
    settings = Settings(store=StoreSettings(url=f"sqlite:///{tmp_path / 'gihan.db'}"))
    codes = fill(settings)
    assert len(set(codes)) == len(sample().players)
    today = open_store.rules_of(settings).calendar.local_date(open_store.clock_of(settings).now())
    with closing(open_store.open_store(settings)) as store, store.read() as session:
        seen = {}
        for name in ("박문수", "장길산"):
            [lead] = officers.find(session, name)
            team = team_led(session, standing_of(session, lead, today), today)
            assert team is not None
            seen[teams.full_name(team)] = [
                one.title for one in tasks.search(session, teams.is_of(team.id, today))
            ]
    assert set(seen) == {"일자리경제과 일자리팀", "일자리경제과 골목상권팀"}
    assert all(seen.values()) and not set.intersection(*map(set, seen.values()))
