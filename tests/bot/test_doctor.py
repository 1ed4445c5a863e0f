"""`gihan doctor`: what it looks at besides the command line's own tests."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from bot import doctor
from bot.settings import Settings, TelegramSettings
from jobs.settings import CalendarSettings, ClockSettings
from store import officers, schema
from store.engine import Store
from store.settings import StoreSettings
from store.states import RoleName
from tests.bot.chat import Chat, entry, task


def test_a_planner_from_today_on_is_seen_before_nine_when_utc_is_still_yesterday(tmp_path: Path) -> None:
    """Days are the organisation's, not UTC's (pitfall 22)."""
    url = f"sqlite:///{tmp_path / 'gihan.db'}"
    store = Store(url)
    schema.upgrade(store)
    with store.write() as session:
        person = officers.ensure(session, "최기획", officers.ensure_department(session, "기획예산과"))
        officers.grant(session, person, RoleName.PLANNER, date(2030, 1, 2), None)
    store.close()
    clock = tmp_path / "clock.json"
    clock.write_text(json.dumps({"seq": 1, "now": "2030-01-02T08:00:00+09:00"}), encoding="utf-8")
    settings = Settings(
        store=StoreSettings(url=url),
        clock=ClockSettings(file=clock),
        telegram=TelegramSettings(api_base="http://127.0.0.1:9"),
    )
    assert doctor._store(settings) == []


def test_it_warns_for_years_whose_holidays_nobody_has_compared(tmp_path: Path) -> None:
    chat = Chat(tmp_path, task("축제", "관광과", ["김하늘"], entry("정산", date(2029, 1, 31))))
    chat.register(task("공원", "공원과", ["박구름"], entry("준공", date(2027, 1, 29))), title="2027년 계획")
    settings = Settings(store=StoreSettings(url=f"sqlite:///{tmp_path / 'gihan.db'}"))
    faults = doctor._far_years(settings)
    assert len(faults) == 1 and "2029년" in faults[0] and "days_off" in faults[0]
    told = Settings(
        store=StoreSettings(url=f"sqlite:///{tmp_path / 'gihan.db'}"),
        calendar=CalendarSettings(days_off=(date(2029, 1, 1),)),
    )
    assert doctor._far_years(told) == []
