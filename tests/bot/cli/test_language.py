"""In which language the command line speaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.language import choose, chosen, in_front
from reports.texts.speaking import SPOKEN, house, language, settle


@pytest.mark.parametrize(
    ("arguments", "environ", "found"),
    [
        (["--lang", "en", "list"], {}, "en"),
        (["--lang=ko", "list"], {"LANG": "en_GB.UTF-8"}, "ko"),
        (["list"], {"LANG": "en_GB.UTF-8"}, "en"),
        (["list"], {"LANG": "ko_KR.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        (["list"], {"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
        (["list"], {"LANG": "C.UTF-8"}, None),
        (["list"], {"LANG": "de_DE.UTF-8"}, None),
        (["list"], {}, None),
        ([], {}, None),
        (["--lang"], {"LANG": "en_GB.UTF-8"}, None),
        (["sandbox", "--lang", "en"], {"LANG": "ko_KR.UTF-8"}, "en"),
        (["init", "--folder", "city", "--lang=en"], {}, "en"),
        (["import", "--", "--lang", "en"], {}, None),
        (["done", "112", "--lang", "en"], {}, None),  # a word that was typed for somebody else
    ],
)
def test_the_option_goes_before_the_system_and_neither_chooses_what_there_is_not(
    arguments: list[str], environ: dict[str, str], found: str | None
) -> None:
    assert chosen(arguments, environ) == found


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("sandbox --lang en --port 0", "--lang en sandbox --port 0"),
        ("init --lang=en", "--lang=en init"),
        ("--lang ko list", "--lang ko list"),
        ("list", "list"),
        ("note 112 --lang en", "note 112 --lang en"),
    ],
)
def test_the_option_may_stand_behind_the_command(typed: str, taken: str) -> None:
    assert in_front(typed.split()) == taken.split()


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "town.toml"
    file.write_text('[organisation]\nname = "Highfield"\nlanguage = "en"\n', encoding="utf-8")
    before, token = house(), SPOKEN.set(None)
    yield file
    SPOKEN.reset(token)
    settle(before)


@pytest.mark.parametrize("said", ["argument", "variable"])
def test_whoever_chose_nothing_is_spoken_to_as_the_organisation_is(city: Path, said: str) -> None:
    environ = {"LANG": "C.UTF-8"}
    if said == "variable":
        choose(["--help"], environ | {"GIHAN_CONFIG": str(city)})
    else:
        choose(["status", "--config", str(city), "--help"], environ)
    assert language() == "en"


@pytest.mark.parametrize(
    "content", [b"[organisation", b"\xff", b"organisation = 3", b'[organisation]\nlanguage = "xx"']
)
def test_settings_that_cannot_be_read_choose_nothing(city: Path, content: bytes) -> None:
    city.write_bytes(content)
    choose(["list"], {"GIHAN_CONFIG": str(city)})
    choose(["list"], {"GIHAN_CONFIG": str(city.parent / "none.toml")})
    assert language() == "ko"


@pytest.mark.parametrize(
    ("told", "spoken"), [("de_DE.UTF-8", "en"), ("ja_JP", "en"), ("C.UTF-8", "ko"), ("", "ko")]
)
def test_whoever_told_the_system_a_third_language_is_spoken_to_in_english(
    city: Path, told: str, spoken: str
) -> None:
    choose(["--help"], {"LANG": told, "GIHAN_CONFIG": str(city.parent / "none.toml")})
    assert language() == spoken
