"""The page of every message: each text is on it with what is told beside it, made by what makes messages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

import pytest

from bot.privacy import guard
from bot.privacy.kinds import headers
from bot.privacy.levels import Kind, Level
from bot.texts import render
from reports.texts.headers import header, of_tables, of_template
from tests.messages import book, facts
from tests.messages.book import Group, UntoldError
from tests.messages.branches import facts_of
from tests.messages.page import page

ROOT = Path(__file__).parents[2]
SAID = "when: 완료를 등록한 뒤 · to: 등록한 분 · if: 언제나"


@cache
def made() -> list[Group]:
    return [one for language in book.languages() for one in book.groups(language)]


@cache
def whole_page() -> str:
    return page()


def there() -> Iterator[tuple[str, str]]:
    """Every text as it lies in the folders, whatever the catalogue or the page finds: file and key, "" of a whole one."""
    for path in sorted(ROOT.glob("*/texts/*/**/*.*")):
        name = path.relative_to(ROOT).as_posix()
        if name.split("/")[2] not in book.languages():
            continue
        if path.suffix == ".toml":
            yield from ((name, key) for key in keys(tomllib.loads(path.read_text("utf-8"))))
        elif path.suffix not in {".py", ".pyc"}:
            yield name, ""


def keys(table: dict[str, object], above: str = "") -> Iterator[str]:
    for key, value in table.items():
        yield from keys(value, f"{above}{key}.") if isinstance(value, dict) else [f"{above}{key}"]


def test_every_text_of_every_language_is_in_the_book() -> None:
    found = [
        (one.file, text.name if one.file.endswith(".toml") else "") for one in made() for text in one.texts
    ]
    assert sorted(found) == sorted(there())
    assert len(found) > 1_500


def test_what_is_in_the_book_is_on_the_page_with_when_to_whom_and_if_what() -> None:
    for group in made():
        told = (
            group.header.when,
            group.header.to,
            group.header.condition,
            f"{group.file}:{group.header.line}",
        )
        for said in (*told, *(text.place for text in group.texts if group.file.endswith(".toml"))):
            assert escape(said) in whole_page(), (group.file, said)


def test_the_page_needs_nothing_from_outside() -> None:
    own = re.sub(r'srcdoc="[^"]*"', "", whole_page())
    assert re.findall(r"(?:src|href)=|<script|<link|@import|url\(", own) == []


@pytest.mark.parametrize("name", ["done", "digest", "away", "report", "alert_deaf"])
def test_a_message_looks_there_as_it_is_sent(name: str) -> None:
    source = render.catalogue().templates[name].read_text(encoding="utf-8")
    with guard.speaking(Level.FULL):
        sent = render.text(
            name, **{one: facts.of(name, one) for one in facts_of(render.environment(), source)}
        )
    assert looks(name)[0] == sent


def looks(name: str) -> list[str]:
    """How the message looks in each of its ways."""
    [found] = [one for one in made() if one.language == "ko" and one.file.endswith(f"/{name}.txt")]
    return [one.html for one in found.texts[0].looks]


def test_each_way_that_a_message_can_go_is_shown() -> None:
    assert {len(looks("alert_deaf")), len(looks("alert_over"))} == {6, 3}
    assert any("이미 완료 보고" in one for one in looks("already_done"))
    assert any("적으신 글은 남기지 않습니다" in one for one in looks("late_ask"))  # at the lowest level


def test_no_fact_is_of_another_kind_than_its_text_needs() -> None:
    odd = re.compile(r"\[(?:'|&#39;|&#x27;)|namespace\(|object at|&lt;store|None|datetime\.")
    found = [(text.place, look.html) for one in made() for text in one.texts for look in text.looks]
    assert [(place, html) for place, html in found if place.startswith("bot") and odd.search(html)] == []


def test_a_line_stands_with_its_place() -> None:
    [group] = [
        one for one in made() if one.file.endswith("/ko/standing/lines.toml") and one.name == "[not-spared]"
    ]
    [text] = [one for one in group.texts if one.name == "not-spared.often"]
    file, number = text.place.split(":")
    assert (ROOT / file).read_text(encoding="utf-8").splitlines()[int(number) - 1].startswith("often = ")
    assert text.looks[0].html.startswith("#112번은 이미 3번 확인하셨습니다.")


def test_a_fact_that_nobody_has_made_up_is_a_fault() -> None:
    with pytest.raises(KeyError, match=r"add it to tests/messages/facts.py"):
        facts.of("done", "nothing")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without a text."""
    monkeypatch.setattr(book, "ROOT", tmp_path)
    for room in book.ROOMS:
        (tmp_path / room / "texts" / "ko" / "trees").mkdir(parents=True)
    return tmp_path / "bot/texts/ko/trees"


@pytest.mark.parametrize(
    "first", ["", "{# when: 언제나 · to: 모두 #}\n", "{# when: 언제나 · to: 모두 · if: #}\n"]
)
def test_a_message_that_tells_nothing_or_half_of_it_is_a_fault(tree: Path, first: str) -> None:
    (tree / "oak.txt").write_text(f"{first}나무", encoding="utf-8")
    with pytest.raises(UntoldError, match=r"trees/oak\.txt"):
        list(book.fresh_groups("ko"))


@pytest.mark.parametrize("text", ['oak = "참나무"', f'# {SAID}\noak = "참나무"\n[leaves]\noak = "잎"'])
def test_and_so_is_a_table_of_lines(tree: Path, text: str) -> None:
    (tree / "lines.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UntoldError, match=r"trees/lines\.toml"):
        list(book.fresh_groups("ko"))


def test_a_table_inside_another_goes_with_it_unless_it_has_its_own(tmp_path: Path) -> None:
    other = SAID.replace("언제나", "급할 때")
    path = tmp_path / "lines.toml"
    path.write_text(
        f"# {SAID}\n[a]\nx = 1\n[a.b]\nx = 1\n# {other}\n[a.c]\nx = 1\n[d]\nx = 1\n", encoding="utf-8"
    )
    found = {name: one and one.condition for name, one in of_tables(path).items()}
    assert found == {"a": "언제나", "a.b": "언제나", "a.c": "급할 때", "d": None}


def test_a_header_says_four_things_in_one_line() -> None:
    found = header(f"{{# class: registered · {SAID} #}}")
    assert found is not None
    assert (found.kind, found.when, found.to, found.condition) == (
        "registered", "완료를 등록한 뒤", "등록한 분", "언제나",
    )  # fmt: skip
    assert header("# Delays, their decisions, and adjustments of a promise.") is None


def test_every_message_says_its_class_in_its_very_first_line_and_it_is_one_in_all_languages() -> None:
    for language in book.languages():
        for name, path in render.catalogue(language).templates.items():
            found = of_template(path)
            assert found is not None and found.line == 1, path
            assert Kind(found.kind) is Kind(headers()[name].kind), path


def test_no_message_pays_for_what_its_first_line_says() -> None:
    environment = render.environment()
    source, _, _ = environment.loader.get_source(environment, "done")  # type: ignore[union-attr]
    compiled = environment.compile(source, raw=True)
    assert "class: registered" in source and "registered" not in compiled
