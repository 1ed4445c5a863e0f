"""`gihan doctor`: what it looks at besides the command line's own tests."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from telegram import WebhookInfo

from bot.cli import doctor
from bot.intake import webhook_registration
from bot.settings import Settings, TelegramSettings
from jobs.clock import real_now
from jobs.settings import CalendarSettings, ClockSettings
from store import inbox, officers
from store.db import meta, schema
from store.db.engine import Store
from store.db.settings import StoreSettings
from store.states import RoleName
from tests.bot.chat import Chat, entry, task
from tests.shell import Shell


def appoint(store: Store, on: date) -> None:
    """There is a planning office from that day on."""
    with store.write() as session:
        person = officers.ensure(session, "최기획", officers.ensure_department(session, "기획예산과"))
        officers.grant(session, person, RoleName.PLANNER, on, None)
    store.close()


def test_a_planner_from_today_on_is_seen_before_nine_when_utc_is_still_yesterday(tmp_path: Path) -> None:
    """Days are the organisation's, not UTC's (pitfall 22)."""
    url = f"sqlite:///{tmp_path / 'gihan.db'}"
    store = Store(url)
    schema.upgrade(store)
    appoint(store, date(2030, 1, 2))
    clock = tmp_path / "clock.json"
    clock.write_text(json.dumps({"seq": 1, "now": "2030-01-02T08:00:00+09:00"}), encoding="utf-8")
    settings = Settings(
        store=StoreSettings(url=url),
        clock=ClockSettings(file=clock),
        telegram=TelegramSettings(api_base="http://127.0.0.1:9"),
    )
    assert doctor._store(settings) == []


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(one): (one.read_bytes(), one.stat().st_mtime_ns) for one in folder.rglob("*") if one.is_file()
    }


@pytest.mark.open_door("kind K")
@pytest.mark.parametrize("is_there", [False, True])
def test_it_writes_nothing(gihan: Shell, is_there: bool) -> None:
    if is_there:
        gihan("db", "upgrade")
    before = snapshot(gihan.folder)
    gihan("doctor", "--offline", code=1)
    assert snapshot(gihan.folder) == before


def test_it_writes_nothing_beside_a_store_in_use(chat: Chat, gihan: Shell) -> None:
    with chat.store.read() as session:
        session.execute(text("SELECT 1"))
        before = set(snapshot(gihan.folder))
        assert "gihan.db-wal" in " ".join(before)
        gihan("doctor", "--offline", code=1)
        assert set(snapshot(gihan.folder)) == before


def test_offline_it_asks_nobody(monkeypatch: pytest.MonkeyPatch, gihan: Shell) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr("socket.socket.connect", refuse)
    error = gihan("doctor", "--offline", code=1, GIHAN_TELEGRAM__TOKEN="1:abc")
    assert "telegram" not in error


@pytest.fixture
def office(gihan: Shell) -> Shell:
    """An office that has what it needs."""
    gihan("db", "upgrade")
    appoint(Store(f"sqlite:///{gihan.folder / 'gihan.db'}"), date(2026, 1, 2))
    gihan.always["GIHAN_TELEGRAM__TOKEN"] = "1:abc"
    return gihan


def test_what_a_bot_has_for_years_is_advice_and_no_fault(office: Shell) -> None:
    said = office("doctor", "--offline")
    assert "이상 없습니다" in said
    assert [key for key in ("backup_dir", "admin_chat_id", "heartbeat_url") if key not in said] == []


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("URL", ""),
        ("URL", "http://bot.example.kr/telegram"),
        ("URL", "https://bot.example.kr/metrics"),
        ("SECRET", ""),
        ("SECRET", "비밀값"),
    ],
)
def test_it_looks_at_the_settings_of_the_webhook(office: Shell, variable: str, value: str) -> None:
    office.always |= {
        "GIHAN_TELEGRAM__MODE": "webhook",
        "GIHAN_TELEGRAM__WEBHOOK_URL": "https://bot.example.kr/gihan/hook",
        "GIHAN_TELEGRAM__WEBHOOK_SECRET": "s3cret",
    }
    office("doctor", "--offline")
    office.always[f"GIHAN_TELEGRAM__WEBHOOK_{variable}"] = value
    error = office("doctor", "--offline", code=1)
    assert f"telegram.webhook_{variable.lower()}" in error


NOW = datetime(2026, 11, 29, tzinfo=UTC)
HOOKED = TelegramSettings(mode="webhook", webhook_url="https://bot.example.kr/hook")


def info(url: str, failed_ago: timedelta | None = None) -> WebhookInfo:
    failed = {} if failed_ago is None else {"last_error_date": NOW - failed_ago, "last_error_message": "404"}
    return WebhookInfo(url, False, 0, **failed)  # type: ignore[arg-type]


def test_a_foreign_webhook_is_told_by_its_host_only() -> None:
    for settings in (HOOKED, TelegramSettings()):
        [fault] = webhook_registration.standing(info("https://other.example.kr/hidden-word"), settings, NOW)
        assert "other.example.kr" in fault and "hidden-word" not in fault
    assert webhook_registration.standing(info(HOOKED.webhook_url), HOOKED, NOW) == []
    assert webhook_registration.standing(info(""), HOOKED, NOW) == []


def test_a_webhook_that_failed_a_short_while_ago_is_told() -> None:
    [fault] = webhook_registration.standing(info(HOOKED.webhook_url, timedelta(minutes=1)), HOOKED, NOW)
    assert "404" in fault
    assert webhook_registration.standing(info(HOOKED.webhook_url, timedelta(hours=2)), HOOKED, NOW) == []


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


def put_aside(store: Store, count: int) -> None:
    with store.write() as session:
        rows = inbox.receive(session, 42, [(one, 1, "[]") for one in range(count)], real_now())
        for row in rows:
            inbox.mark_failed(row, real_now(), "ValueError: 비밀 이야기")


@pytest.mark.open_door("B1", "B2")
def test_what_could_not_be_handled_is_listed_without_its_words_and_is_no_fault(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'gihan.db'}")
    schema.upgrade(store)
    put_aside(store, 12)
    store.close()
    found = doctor._put_aside(Settings(store=StoreSettings(url=f"sqlite:///{tmp_path / 'gihan.db'}")))
    assert len(found) == 11
    assert "접수번호 12번" in found[0] and "ValueError" in found[0]
    assert "2건" in found[-1]
    assert "비밀" not in " ".join(found)
    assert doctor._put_aside in doctor.ADVICE


@pytest.mark.open_door("B3")
def test_milestones_that_could_not_be_worked_out_are_listed(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'gihan.db'}")
    schema.upgrade(store)
    settings = Settings(store=StoreSettings(url=f"sqlite:///{tmp_path / 'gihan.db'}"))
    assert doctor._unscanned(settings) == []
    with store.write() as session:
        meta.put(session, meta.UNSCANNED, "112 115")
    store.close()
    assert [one.split()[1] for one in doctor._unscanned(settings)] == ["#112", "#115"]
