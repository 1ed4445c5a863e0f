"""`gihan init`: the first set-up, against a stand-in of Telegram."""

from __future__ import annotations

import asyncio
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import admin_chat, init, unit_files
from bot.cli.unit_files import Place
from bot.ops.telegram_bot import telegram_bot
from bot.settings import Settings, TelegramSettings, load
from reports.texts.speaking import FIRST, settle, speaking
from tests.shell import Shell
from tests.smoke.harness import TOKEN, Telegram

pytestmark = [pytest.mark.smoke, pytest.mark.timeout(300)]
HANGUL = re.compile("[\uac00-\ud7a3]")
ANSWERS = f"""
name = "한별시 \\"기획\\""
token = "{TOKEN}"
admin_chat_id = 77
planner = "최기획"
department = "기획예산과"
"""


@pytest.fixture(scope="module")
def telegram(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Telegram]:
    """One stand-in for all of them: init changes nothing there."""
    server = Telegram(tmp_path_factory.mktemp("telegram"), "2026-06-29T09:00:00+09:00")
    yield server
    server.close()


@pytest.fixture
def shell(telegram: Telegram, tmp_path: Path) -> Shell:
    (tmp_path / "answers.toml").write_text(ANSWERS, encoding="utf-8")
    return Shell(tmp_path, {"GIHAN_TELEGRAM__API_BASE": telegram.url})


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(one): (one.read_bytes(), one.stat().st_mtime_ns) for one in folder.rglob("*") if one.is_file()
    }


def test_answers_make_a_folder_with_which_the_doctor_is_content(shell: Shell) -> None:
    told = shell("init", "--answers", "answers.toml", "--folder", "city")
    assert "최기획" in told and "start=" in told and TOKEN not in told
    city = Shell(shell.folder / "city", shell.always)
    faults = city("doctor", "--offline", code=1).splitlines()
    assert [one for one in faults if "✗" in one] == [
        one for one in faults if "roles:" in one or "backup" in one
    ]


def test_what_was_answered_stands_in_the_settings_and_secrets_are_the_owners_only(shell: Shell) -> None:
    shell("init", "--answers", "answers.toml", "--folder", "city")
    settings = load(shell.folder / "city" / "config.toml")
    assert (settings.organisation.name, settings.operation.admin_chat_id) == ('한별시 "기획"', 77)
    assert settings.telegram.secret() == TOKEN
    for name in ("config.toml", "secrets/token", "gihan.db"):
        assert stat.S_IMODE((shell.folder / "city" / name).stat().st_mode) == 0o600
    assert TOKEN not in (shell.folder / "city" / "config.toml").read_text(encoding="utf-8")


def test_the_address_at_which_the_token_was_tried_stands_in_the_settings(
    shell: Shell, telegram: Telegram
) -> None:
    """Else whatever runs without the variable would ask somebody else with it."""
    shell("init", "--answers", "answers.toml", "--folder", "city")
    assert load(shell.folder / "city" / "config.toml").telegram.api_base == telegram.url
    assert f'api_base = "{telegram.url}"' in (shell.folder / "city" / "config.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/London", "GB"),
        ("America/New_York", "US"),
        ("Asia/Seoul", "KR"),
        ("UTC", "KR"),
        ("Nowhere/At_All", "KR"),
    ],
)
def test_public_holidays_are_those_of_the_time_zones_country(zone: str, country: str) -> None:
    assert init.country_of(zone) == country


def test_a_town_abroad_keeps_its_own_holidays(shell: Shell) -> None:
    (shell.folder / "answers.toml").write_text(f'{ANSWERS}timezone = "Europe/London"\n', encoding="utf-8")
    shell("init", "--answers", "answers.toml", "--folder", "city")
    assert load(shell.folder / "city" / "config.toml").calendar.country == "GB"


def test_a_token_is_not_blamed_where_telegram_cannot_be_asked(shell: Shell) -> None:
    nobody = Shell(shell.folder, {"GIHAN_TELEGRAM__API_BASE": "http://127.0.0.1:9"})
    told = nobody("init", "--answers", "answers.toml", "--folder", "city", code=2)
    assert "물어보지 못해" in told and "BotFather" not in told
    assert not (shell.folder / "city").exists()


def test_the_password_of_a_database_is_kept_beside_the_settings_not_in_them(
    shell: Shell, postgres_url: str
) -> None:
    """A server that lets everybody in takes any."""
    file = shell.folder / "answers.toml"
    file.write_text(
        f'{ANSWERS}store_url = "{postgres_url}"\nstore_password_file = "{shell.folder}/pw"\n', "utf-8"
    )
    assert "pw" in shell("init", "--answers", "answers.toml", "--folder", "city", code=2)
    assert not (shell.folder / "city").exists()
    (shell.folder / "pw").write_text("not-to-be-seen\n", encoding="utf-8")
    told = shell("init", "--answers", "answers.toml", "--folder", "city")
    settings = load(shell.folder / "city" / "config.toml")
    kept = settings.store.password_file
    assert kept is not None and stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "not-to-be-seen" in settings.store.address()
    assert "not-to-be-seen" not in told + (shell.folder / "city" / "config.toml").read_text(encoding="utf-8")
    assert not (shell.folder / "city" / "gihan.db").exists()


def test_twice_changes_nothing(shell: Shell) -> None:
    shell("init", "--answers", "answers.toml", "--folder", "city")
    before = files(shell.folder / "city")
    assert "바뀐 것은 없습니다" in shell("init", "--answers", "answers.toml", "--folder", "city")
    assert files(shell.folder / "city") == before


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ('name = "x"\ntoken = "no token"', "token"),
        (f'name = "x"\ntoken = "7{TOKEN}"', "토큰을 확인하지 못했습니다"),
        (f'name = "x"\ntoken = "{TOKEN}"\ntimezone = "Seoul/Asia"', "timezone"),
        (f'token = "{TOKEN}"\nplanet = 1', "planet"),
        ("name = ", "읽을 수 없습니다"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_written(shell: Shell, answers: str, told: str) -> None:
    (shell.folder / "answers.toml").write_text(answers, encoding="utf-8")
    said = shell("init", "--answers", "answers.toml", "--folder", "city", code=2)
    assert told in said and TOKEN not in said
    assert not (shell.folder / "city").exists()


def test_a_person_is_asked_and_the_token_is_not_shown(
    shell: Shell, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {
        "언어": "ko",
        "기관": "한별시",
        "시간대": "Asia/Seoul",
        "토큰": TOKEN,
        "기획실": "",
        "부서": "",
    }
    hidden: list[str] = []

    def answer(question: str, *, hide_input: bool = False, **_: object) -> str:
        hidden.extend([question] * hide_input)
        return next(said for word, said in answers.items() if word in question)

    async def heard(*_: object) -> int:
        return 55

    monkeypatch.setattr("typer.prompt", answer)
    monkeypatch.setattr(init, "learned", heard)
    told = shell("init", "--folder", "city")
    assert [one for one in hidden if "토큰" in one] == hidden != []
    assert TOKEN not in told
    assert load(shell.folder / "city" / "config.toml").operation.admin_chat_id == 55


ENGLISH = f"""
name = "Hanbyeol Town"
language = "en"
token = "{TOKEN}"
planner = "Peter Wells"
department = "Planning and Policy"
"""


def test_in_english_all_that_is_told_and_made_is_english(shell: Shell) -> None:
    (shell.folder / "answers.toml").write_text(ENGLISH, encoding="utf-8")
    city = shell.folder / "city"
    with speaking("en"):
        told, again, refused = (
            shell("init", "--answers", "answers.toml", "--folder", "city"),
            shell("init", "--answers", "answers.toml", "--folder", "city"),
            shell("init", "--answers", "none.toml", "--folder", "other", code=2),
        )
    assert "Registration link of Peter Wells" in told and "config.example.toml" in told
    assert load(city / "config.toml").organisation.language == "en"
    settle(FIRST)
    written = [
        one.read_text(encoding="utf-8") for one in (city / "config.toml", city / "config.example.toml")
    ]
    assert [text for text in (told, *written) if HANGUL.search(text)] == []
    assert "Nothing has changed" in again
    assert "cannot be read" in refused and not HANGUL.search(refused)


def test_the_language_is_asked_first_and_the_rest_is_asked_in_it(
    shell: Shell, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = ["french", "en", "Hanbyeol Town", "Asia/Seoul", TOKEN, ""]
    asked: list[str] = []

    def answer(question: str, **_: object) -> str:
        asked.append(question)
        return said[len(asked) - 1]

    async def heard(*_: object) -> None:
        return None

    monkeypatch.setattr("typer.prompt", answer)
    monkeypatch.setattr(init, "learned", heard)
    with speaking(None):
        shell("init", "--folder", "city")
    assert HANGUL.search(asked[0]) and not [one for one in asked[2:] if HANGUL.search(one)]
    assert load(shell.folder / "city" / "config.toml").organisation.language == "en"
    settle(FIRST)


@pytest.mark.parametrize(("written", "is_heard"), [("123456", True), ("654321", False)])
def test_whoever_sends_the_word_on_the_screen_hears_the_alarms(
    telegram: Telegram, written: str, is_heard: bool
) -> None:
    person = telegram.post("persons", name="정운영")["id"]
    telegram.post("send", person=person, text=written)
    bot = telegram_bot(Settings(telegram=TelegramSettings(token=SecretStr(TOKEN), api_base=telegram.url)))
    found = asyncio.run(admin_chat.learned(bot, "123456" if is_heard else "000000", looks=2, pause_s=0))
    assert found == (person if is_heard else None)


def test_answers_may_leave_the_alarms_chat_to_be_learned(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def heard(_bot: object, word: str) -> int:
        assert re.fullmatch(r"\d{6}", word)
        return 56

    monkeypatch.setattr(init, "learned", heard)
    answers = ANSWERS.replace("admin_chat_id = 77", "learn_admin_chat = true")
    (shell.folder / "answers.toml").write_text(answers, encoding="utf-8")
    shell("init", "--answers", "answers.toml", "--folder", "city")
    assert load(shell.folder / "city" / "config.toml").operation.admin_chat_id == 56


def test_whoever_presses_enter_does_not_wait_for_the_alarms_chat(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = os.openpty()
    with open(theirs, encoding="utf-8") as terminal:  # noqa: PTH123 - a number, not a path
        monkeypatch.setattr("sys.stdin", terminal)
        os.write(ours, b"\n")
        bot = telegram_bot(Settings(telegram=TelegramSettings(token=SecretStr(TOKEN), api_base=telegram.url)))
        assert asyncio.run(admin_chat.learned(bot, "000000", looks=2, pause_s=600)) is None
    os.close(ours)


def test_the_units_name_what_is_in_the_folder(tmp_path: Path) -> None:
    place = Place(tmp_path / "with space%")
    place.prepare()
    bot, backup = (unit_files.units(place)[name] for name in unit_files.UNITS[:2])
    assert not re.search(r"^DynamicUser|/opt/gihan/bin|/etc/gihan|%S", bot + backup, re.MULTILINE)
    assert f'run --config "{tmp_path}/with space%%/config.toml"' in bot
    assert f"LoadCredential=token:{tmp_path}/with space%%/secrets/token" in bot
    assert f"User={place.folder.owner()}" in bot and "Restart=always" in bot


def test_word_after_word_differs() -> None:
    found = {admin_chat.a_word() for _ in range(50)}
    assert len(found) > 40 and all(re.fullmatch(r"\d{6}", one) for one in found)
