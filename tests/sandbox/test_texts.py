"""What the sandbox says: every text is asked for, every one asked for is there, and none stands elsewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import sandbox
from sandbox import texts

ROOM = Path(sandbox.__file__).parent
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


def read(*paths: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_a_text_takes_its_facts() -> None:
    assert texts.line("no-answer", seconds=60.0).startswith("봇이 60초 안에 응답하지 않았습니다.")
    with texts.speaking("en"):
        assert texts.line("no-answer", seconds=60.0).startswith("The bot has not answered within 60 seconds.")


@pytest.mark.parametrize(("key", "facts"), [("nothing-of-that-name", {}), ("no-chat", {})])
def test_a_text_or_a_fact_that_is_missing_is_a_fault(key: str, facts: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        texts.line(key, **facts)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_servers_texts_are_those_that_it_asks_for(language: str) -> None:
    asked = set(re.findall(r'\bline\("([a-z0-9-]+)"', read(*ROOM.rglob("*.py"))))
    assert asked == set(tomllib.loads(read(texts.folder(language) / "lines.toml")))


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_pages_texts_are_those_that_it_asks_for(language: str) -> None:
    asked = set(re.findall(r"\bTEXTS\.(\w+)", read(*(ROOM / "page").glob("*.js"))))
    there = re.findall(r"^  (\w+):", read(texts.folder(language) / "page.js"), re.MULTILINE)
    assert sorted(asked) == sorted(there)


def test_the_page_itself_has_no_words_of_any_language() -> None:
    assert [path.name for path in (ROOM / "page").iterdir() if HANGUL.search(read(path))] == []
