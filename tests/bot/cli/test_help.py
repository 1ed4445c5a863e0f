"""Every command explains itself, in the language that is spoken and in no other."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from bot.cli.commands import COMMANDS, Group
from bot.cli.help_page import _columns, _wrapped
from reports.texts.speaking import LANGUAGES

HANGUL = re.compile("[\uac00-\ud7a3]")
SENTENCE = re.compile(
    r"[A-Za-z]{2,}(?: [a-z]{2,}){2,}"
)  # three words on end: no name of a file, a value or a rule
PARSERS = re.compile(r"Usage|Options|OPTIONS|Arguments|Commands|COMMAND|ARGS|required|default|Show|<[a-z]+>")


@cache
def explained(language: str) -> dict[str, Any]:
    code = [sys.executable, "-m", "tests.bot.cli.help_pages", language]
    found: dict[str, Any] = json.loads(subprocess.run(code, capture_output=True, check=True).stdout)
    return found


def commands() -> set[str]:
    """As one types them, without a language."""
    found = {"gihan"}
    for name, one in COMMANDS.items():
        beneath = one.entries if isinstance(one, Group) else {}
        found |= {f"gihan {name}", *(f"gihan {name} {other}" for other in beneath)}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_every_word_of_it_is_explained(language: str) -> None:
    found = explained(language)
    assert found.keys() == commands()
    assert {name: one["untold"] for name, one in found.items() if one["untold"]} == {}


def test_no_english_help_has_a_korean_letter() -> None:
    found = explained("en")
    assert [name for name, one in found.items() if HANGUL.search(one["page"])] == []


def test_no_korean_help_has_an_english_sentence_or_a_heading_of_the_parser() -> None:
    typed = re.compile("|".join(sorted(commands(), key=len, reverse=True)))
    rest = {name: typed.sub("", one["page"]) for name, one in explained("ko").items()}
    found = {name: SENTENCE.findall(one) + PARSERS.findall(one) for name, one in rest.items()}
    assert {name: one for name, one in found.items() if one} == {}


def test_a_line_is_as_wide_as_its_letters_are_on_a_terminal() -> None:
    for language in LANGUAGES:
        for one in explained(language).values():
            assert [
                line for line in one["page"].splitlines() if " " in line.strip() and _columns(line) > 80
            ] == []
    assert _wrapped("가나다 라마바 abc", 13) == ["가나다 라마바", "abc"]
