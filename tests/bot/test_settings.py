"""Settings: file and environment, all faults at once."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import make_url

from bot.intake import webhook_settings
from bot.settings import Settings, SettingsError, TelegramSettings, load
from bot.texts import setting_words, store_words
from reports.texts.speaking import speaking
from store.db.errors import StoreError
from store.db.settings import StoreSettings

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder and no variables of ours."""
    monkeypatch.chdir(tmp_path)
    for name in ("GIHAN_CONFIG", "GIHAN_STORE__URL", "GIHAN_WEB__LISTEN"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_without_a_file_the_defaults_hold() -> None:
    assert load().store.url == "sqlite:///gihan.db"


def test_the_file_in_the_folder_is_read(elsewhere: Path) -> None:
    (elsewhere / "config.toml").write_text('[organisation]\nname = "한별시"', encoding="utf-8")
    assert load().organisation.name == "한별시"


def test_the_environment_wins_over_the_file(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / "config.toml").write_text('[web]\nlisten = "127.0.0.1:1"', encoding="utf-8")
    monkeypatch.setenv("GIHAN_WEB__LISTEN", "127.0.0.1:2")
    assert load().web.port == 2


def test_a_named_file_is_read_instead(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = elsewhere / "other.toml"
    named.write_text('[organisation]\nname = "가온군"', encoding="utf-8")
    monkeypatch.setenv("GIHAN_CONFIG", str(named))
    assert load().organisation.name == "가온군"


def test_every_fault_is_told_at_once_with_its_key(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = '[web]\nlisten = "x"\n[store]\nurll = "y"\n[organisation]\ntimezone = "Asia/Nowhere"\n[strange]\n'
    (elsewhere / "config.toml").write_text(bad, encoding="utf-8")
    monkeypatch.setenv("GIHAN_STORES__URL", "z")
    with pytest.raises(SettingsError) as caught:
        load()
    keys = {line.split(":")[0] for line in setting_words.told(caught.value).splitlines()}
    assert keys == {"web.listen", "store.urll", "organisation.timezone", "strange", "GIHAN_STORES__URL"}


@pytest.mark.parametrize("content", [b"\xff\xfe", "한글 = ".encode(), b"[web\n"])
def test_a_file_that_cannot_be_read_is_one_line(elsewhere: Path, content: bytes) -> None:
    (elsewhere / "config.toml").write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load()
    assert len(setting_words.told(caught.value).splitlines()) == 1


def test_a_missing_named_file_is_told(elsewhere: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(elsewhere / "none.toml")
    assert "읽을 수 없습니다" in setting_words.told(caught.value)


def test_the_clock_file_is_refused_unless_telegram_is_on_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GIHAN_CLOCK__FILE", "clock.json")
    with pytest.raises(SettingsError, match=r"clock\.file"):
        load()
    monkeypatch.setenv("GIHAN_TELEGRAM__API_BASE", "http://127.0.0.1:8080")
    assert load().clock.file == Path("clock.json")


def test_the_token_may_come_from_a_file(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / "token").write_text("1:abc\n", encoding="utf-8")
    monkeypatch.setenv("GIHAN_TELEGRAM__TOKEN_FILE", str(elsewhere / "token"))
    assert load().telegram.secret() == "1:abc"


@pytest.mark.parametrize(
    ("url", "path", "address"),
    [
        ("https://bot.example.kr/a/hook", "/a/hook", "https://bot.example.kr/a/hook"),
        ("https://bot.example.kr", "/telegram", "https://bot.example.kr/telegram"),
        ("https://bot.example.kr/", "/", "https://bot.example.kr/"),
        ("http://127.0.0.1:80/%ED%9B%85", "/훅", "http://127.0.0.1:80/%ED%9B%85"),
    ],
)
def test_the_webhook_is_taken_where_its_address_says(url: str, path: str, address: str) -> None:
    settings = TelegramSettings(webhook_url=url)
    assert (settings.hook_path, settings.hook_address) == (path, address)


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("https://bot.example.kr/x", True),
        ("http://localhost:8080/x", True),
        ("http://[::1]:8080/x", True),
        ("http://bot.example.kr/x", False),
        ("http://127.0.0.1.example.kr/x", False),
        ("ftp://127.0.0.1/x", False),
        ("https:///x", False),
        ("https://bot.example.kr/{x}", False),
    ],
)
def test_a_webhook_by_http_stays_on_this_machine(url: str, is_taken: bool) -> None:
    settings = TelegramSettings(mode="webhook", webhook_url=url, webhook_secret=SecretStr("s3cret"))
    assert (webhook_settings.faults(settings) == []) == is_taken


def test_the_other_secrets_may_come_from_files_as_well(elsewhere: Path) -> None:
    for name, content in (("hook", "s3cret\n"), ("password", "p@ss/word\n"), ("mail", "json://host/x\n")):
        (elsewhere / name).write_text(content, encoding="utf-8")
    (elsewhere / "config.toml").write_text(
        '[telegram]\nwebhook_secret_file = "hook"\n[fallback]\nurl_file = "mail"\n'
        '[store]\nurl = "postgresql://gihan@host/db"\npassword_file = "password"',
        encoding="utf-8",
    )
    settings = load()
    assert settings.telegram.hook_secret() == "s3cret"
    assert make_url(settings.store.address()).password == "p@ss/word"
    assert settings.fallback.address() == "json://host/x"


@pytest.mark.parametrize("content", [None, b"", b"one\ntwo", b"\xff"])
def test_a_secrets_file_that_holds_none_is_told_by_its_key(elsewhere: Path, content: bytes | None) -> None:
    if content is not None:
        (elsewhere / "password").write_bytes(content)
    settings = StoreSettings(url="postgresql://gihan@host/db", password_file=elsewhere / "password")
    with pytest.raises(StoreError) as caught:
        settings.address()
    assert re.fullmatch(r"store\.password_file: .*", store_words.told(caught.value))


@pytest.mark.open_door("D4")
@pytest.mark.parametrize("zone", ["Asia/Nowhere", "", "../../etc/passwd", "/etc/localtime", "KST+9"])
def test_a_wrong_zone_is_refused_with_a_right_one(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIHAN_ORGANISATION__TIMEZONE", zone)
    with pytest.raises(SettingsError) as caught:
        load()
    assert "Asia/Seoul" in setting_words.told(caught.value)


@pytest.mark.parametrize(
    ("language", "name"), [("ko", "config.example.toml"), ("en", "config.example.en.toml")]
)
def test_the_example_names_every_key_with_its_default(language: str, name: str) -> None:
    example = tomllib.loads((ROOT / name).read_text(encoding="utf-8"))
    known = {
        (section, key)
        for section, field in Settings.model_fields.items()
        for key in type(field.get_default(call_default_factory=True)).model_fields
    }
    commented = (ROOT / name).read_text(encoding="utf-8")
    assert {(section, key) for section, keys in example.items() for key in keys} <= known
    assert not [key for _, key in known if key not in commented]
    with speaking(language):
        usual = Settings().model_dump()
        made = Settings.model_validate(example).model_dump()
    usual["organisation"]["language"] = language
    assert made == usual


def test_a_privacy_level_that_does_not_exist_is_refused_with_those_that_do(elsewhere: Path) -> None:
    (elsewhere / "config.toml").write_text('[privacy]\nlevel = "secret"\n', encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load()
    told = setting_words.told(caught.value)
    assert told == "privacy.level: 'minimal', 'standard' 또는 'full' 가운데 하나여야 합니다."


@pytest.mark.parametrize(
    ("section", "line", "told"),
    [
        (
            "escalation",
            "lead_days = 9\nhead_days = 9",
            "escalation: lead_days < head_days < planner_days 의 차례",
        ),
        ("web", 'listen = "x"', "web.listen: 주소:포트로"),
        ("calendar", 'country = "XX"', "calendar.country: 공휴일을 아는 나라의 코드"),
        ("reminders", "send_until = 09:00:00", "reminders: send_until은 send_at보다 늦어야"),
        ("reminders", "before_month_end_days = 0", "reminders.before_month_end_days: 1 이상의 숫자여야"),
        ("telegram", 'api_base = "x"', "telegram.api_base: http:// 또는 https:// 로"),
        ("log", "level = 1", "log.level: 'DEBUG', 'INFO', 'WARNING' 또는 'ERROR' 가운데"),
    ],
)
def test_a_wrong_value_is_told_in_words(elsewhere: Path, section: str, line: str, told: str) -> None:
    (elsewhere / "config.toml").write_text(f"[{section}]\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load()
    assert setting_words.told(caught.value).startswith(told)


def test_every_number_of_the_settings_has_a_least_and_a_most() -> None:
    """A slip of a few noughts is told at the start, not by a date that has no room for it."""
    unbounded = [
        f"{section}.{name}"
        for section, field in Settings.model_fields.items()
        for name, one in getattr(field.annotation, "model_fields", {}).items()
        if one.annotation is int and not {"Ge", "Le"} <= {type(it).__name__ for it in one.metadata}
    ]
    assert unbounded == []


def test_a_number_beyond_all_years_is_told_with_its_key(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    for text in ("[links]\ninvite_hours = 99999999999", "[reminders]\nbefore_days = [99999999]"):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError):
            load(file)
