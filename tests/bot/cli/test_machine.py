"""`gihan doctor` on the machine: each fault in one line, with what mends it."""

from __future__ import annotations

import asyncio
import os
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from telegram import Bot
from telegram.error import BadRequest, TimedOut

from bot.cli import machine, reach
from bot.settings import OperationSettings, Settings, TelegramSettings
from jobs.settings import FallbackSettings
from store.backup.retention import OLDEST
from store.db.secrets import SecretFileError, read_secret
from store.db.settings import StoreSettings
from tests.builders import kst

NOW = kst(2026, 11, 21)


@pytest.mark.parametrize(("seconds", "word"), [(31, "빠릅니다"), (-31, "느립니다")])
def test_a_clock_that_is_off_is_told_with_its_direction(seconds: int, word: str) -> None:
    [fault] = reach.drift(NOW + timedelta(seconds=seconds), NOW)
    assert "31초" in fault
    assert word in fault


def test_half_a_minute_is_no_fault() -> None:
    assert reach.drift(NOW + timedelta(seconds=30), NOW) == []


def test_no_way_to_telegram_is_not_told_twice() -> None:
    settings = Settings(telegram=TelegramSettings(api_base="http://127.0.0.1:9"))
    assert reach.clock_drift(settings) == []


def test_little_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: usage(1, 1, (200 << 20) - 1))
    assert "199 MB" in machine.room(tmp_path)[0]


def test_a_roomy_folder_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: usage(1, 1, 200 << 20))
    assert machine.room(tmp_path) == []


def test_a_store_that_others_can_read_is_told(tmp_path: Path) -> None:
    store = tmp_path / "gihan.db"
    store.touch(mode=0o600)
    assert machine.permissions(store) == []
    store.chmod(0o640)
    assert "chmod 600" in machine.permissions(store)[0]


def test_every_file_with_a_secret_that_others_can_read_is_told(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("token", "hook", "password", "fallback")]
    settings = Settings(
        telegram=TelegramSettings(token_file=files[0], webhook_secret_file=files[1]),
        store=StoreSettings(password_file=files[2]),
        fallback=FallbackSettings(url_file=files[3]),
    )
    for path in files:
        path.touch(mode=0o600)
    assert machine.secrets(settings, None) == []
    for path in files:
        path.chmod(0o604)
    keys = [fault.split(":")[0] for fault in machine.secrets(settings, None)]
    assert keys == [
        "telegram.token_file", "telegram.webhook_secret_file", "store.password_file", "fallback.url_file",
    ]  # fmt: skip


@pytest.mark.open_door("D3")
@pytest.mark.parametrize(
    ("content", "key"),
    [
        ('[telegram]\ntoken = "1:abc"', "telegram.token"),
        ('[telegram]\nwebhook_secret = "s3cret"', "telegram.webhook_secret"),
        ('[store]\nurl = "postgresql://gihan:hidden-word@host/gihan"', "store.url"),
        ('[fallback]\nurl = "json://gihan:hidden-word@host"', "fallback.url"),
    ],
)
def test_settings_with_a_secret_that_others_can_read_are_told(tmp_path: Path, content: str, key: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(content, encoding="utf-8")
    config.chmod(0o644)
    [fault] = machine.secrets(Settings(), config)
    assert key in fault and f"chmod 600 {config}" in fault and "hidden-word" not in fault
    config.chmod(0o600)
    assert machine.secrets(Settings(), config) == []


def test_settings_without_a_secret_may_be_read(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[store]\nurl = "postgresql://gihan@host/gihan"', encoding="utf-8")
    config.chmod(0o644)
    assert machine.secrets(Settings(), config) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, _mode: Path(path) != tmp_path)
    assert "쓸 수 없습니다" in machine.permissions(tmp_path / "gihan.db")[0]


def test_the_korean_font_is_there() -> None:
    assert machine.fonts(Settings()) == []


def test_a_missing_font_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(machine, "KOREAN", tmp_path / "none.ttf")
    assert "글꼴" in machine.fonts(Settings())[0]


def test_backups_are_asked_for_only_where_a_folder_is_set(tmp_path: Path) -> None:
    assert machine.backups(Settings()) == []
    assert machine.backups(Settings(operation=OperationSettings(backup_dir=tmp_path / "none"))) != []


def test_the_newest_backup_counts(tmp_path: Path) -> None:
    assert "백업이 없습니다" in machine.age_of_backups(tmp_path, NOW)[0]
    for name, age in (("old.zip", 2 * OLDEST), ("new.zip", OLDEST)):
        (tmp_path / name).touch()
        at = (NOW - age).timestamp()
        os.utime(tmp_path / name, (at, at))
    assert machine.age_of_backups(tmp_path, NOW) == []
    assert "36시간" in machine.age_of_backups(tmp_path, NOW + timedelta(seconds=1))[0]


def ask_for_chat(error: Exception | None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    async def get_chat(_bot: Bot, _chat_id: int) -> None:
        if error is not None:
            raise error

    monkeypatch.setattr(Bot, "get_chat", get_chat)
    return asyncio.run(reach.admin_chat(Bot("1:abc"), 7))


def test_an_admin_chat_that_cannot_be_written_to_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask_for_chat(None, monkeypatch) == []
    assert "admin_chat_id" in ask_for_chat(BadRequest("chat not found"), monkeypatch)[0]


def test_a_telegram_that_does_not_answer_is_no_fault_of_the_chat(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TimedOut):
        ask_for_chat(TimedOut(), monkeypatch)


@pytest.mark.open_door("kind E")
def test_a_secret_that_is_no_line_of_a_file_is_not_waited_for_nor_read_without_end(tmp_path: Path) -> None:
    pipe, long = tmp_path / "pipe", tmp_path / "long"
    os.mkfifo(pipe)
    long.write_bytes(b"x" * 5000)
    for path in (pipe, long, Path("/dev/zero")):
        with pytest.raises(SecretFileError):
            read_secret(path, "telegram.token_file")
