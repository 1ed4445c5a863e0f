"""The languages hold against each other: the same texts with the same facts, and no letter of another language in a message but
in what people and documents wrote."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace as Made
from typing import Any

import pytest
from jinja2 import Environment

from bot.privacy import guard
from bot.texts import plan_words, render
from reports.quarterly import page
from reports.texts import templates
from reports.texts.speaking import FIRST, LANGUAGES
from tests.messages import book, facts
from tests.messages.branches import facts_of

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "jobs", "reports")
OTHERS = [one for one in LANGUAGES if one != FIRST]
HANGUL = re.compile(r"[\uac00-\ud7a3]+")
OWN_NAMES = {
    "bot/texts/en/people/lines.toml:language.button.ko": "what the language calls itself",
    "bot/texts/en/plans/errors.toml:sheet-title": "the head of a row of the sheet, as the sheet has it",
    "bot/texts/en/plans/sheet.toml:help": "the heads of the sheet, which are Korean or English",
    "bot/texts/en/plans/sheet.toml:register-help": "the same of the register",
    "bot/texts/en/privacy/lines.toml:page.rights": "an article of a law, by its own name",
}
"""Where an English text has Hangul, and why."""


def files(language: str, rooms: Iterable[str] = ROOMS) -> dict[str, Path]:
    """Every file of texts by its place below the language."""
    found: dict[str, Path] = {}
    for room in rooms:
        top = ROOT / room / "texts" / language
        found |= {f"{room}/{one.relative_to(top)}": one for one in top.rglob("*.*") if one.is_file()}
    return found


def leaves(found: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in found.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


@cache
def texts(path: Path) -> dict[str, Any]:
    """Of a file of lines by key; a whole one under \"\"."""
    source = path.read_text(encoding="utf-8")
    return dict(leaves(tomllib.loads(source))) if path.suffix == ".toml" else {"": source}


@cache
def environment(language: str) -> Environment:
    """All filters that texts use."""
    made = templates.environment(language)
    made.filters |= render.environment(language).filters | page._environment(language).filters
    made.filters |= plan_words.TEXTS.of(language).environment.filters
    return made


def test_every_language_has_the_same_files() -> None:
    rooms = (*ROOMS, "sandbox")
    for one in OTHERS:
        theirs = files(one, rooms)
        assert theirs.keys() ^ files(FIRST, rooms).keys() == set()
        for place, path in files(FIRST, ["sandbox"]).items():
            assert texts(path).keys() == texts(theirs[place]).keys(), place


def pairs(language: str) -> Iterator[tuple[str, Any, Any]]:
    """Each text of the first language with that of the other; None where there is none."""
    for place, path in files(FIRST).items():
        ours, theirs = texts(path), texts(files(language)[place])
        for key in {**ours, **theirs}:
            yield f"{place}:{key}", ours.get(key), theirs.get(key)


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_stands_in_both_and_lists_are_as_long(language: str) -> None:
    def size(text: Any) -> int:
        return len(text) if isinstance(text, list) else -1

    assert [
        place for place, ours, theirs in pairs(language)
        if ours is None or theirs is None or type(ours) is not type(theirs) or size(ours) != size(theirs)
    ] == []  # fmt: skip


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_uses_the_same_facts_in_both(language: str) -> None:
    odd = {
        place: facts_of(environment(FIRST), ours) ^ facts_of(environment(language), theirs)
        for place, ours, theirs in pairs(language)
        if isinstance(ours, str) and isinstance(theirs, str)
    }
    assert {place: one for place, one in odd.items() if one} == {}


def hangul_in(language: str) -> set[str]:
    return {
        f"{path.relative_to(ROOT)}:{key}"
        for path in files(language).values()
        for key, text in texts(path).items()
        if HANGUL.search(str(text))
    }


def test_no_english_text_has_a_korean_letter_but_of_its_own_name() -> None:
    assert hangul_in("en") == set(OWN_NAMES)


def latin(value: Any) -> Any:
    """A fact as it would be in an office whose people and papers know no Hangul."""
    if isinstance(value, str):
        return type(value)(HANGUL.sub("Xx", value)) if type(value) is not str else HANGUL.sub("Xx", value)
    if isinstance(value, Made):
        return Made(**{name: latin(one) for name, one in vars(value).items()})
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(latin, value))
    if isinstance(value, list | tuple):
        return type(value)(map(latin, value))
    return {latin(key): latin(one) for key, one in value.items()} if type(value) is dict else value


def test_a_message_in_english_has_no_korean_letter_but_in_its_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts are known by where they come from: what a template is given, and what it reads of a thing."""
    of, inert = facts.of, guard.inert
    monkeypatch.setattr(book, "of", lambda *named: latin(of(*named)))
    monkeypatch.setattr(guard, "inert", lambda words: inert(HANGUL.sub("Xx", words)))
    wrong = {
        text.place: look.html
        for one in book.groups.__wrapped__("en")  # not what was made before
        if one.file.startswith("bot/") and "/plans/" not in one.file
        for text in one.texts
        for look in text.looks
        if HANGUL.search(look.html)
    }
    named = {place.partition(":")[0] for place in OWN_NAMES}
    assert {place: html for place, html in wrong.items() if place.partition(":")[0] not in named} == {}
