"""Lines and labels: every one that code asks for is there, every one that is there is asked for, and none lets out more
than a template would."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeGuard

import pytest
from jinja2 import UndefinedError

from bot.chat.turn import UsageError
from bot.privacy import guard
from bot.privacy.levels import Level
from bot.texts import round_words
from bot.texts.render import catalogue, label, say, text, words
from jobs.rounds.lifecycle import RoundError
from reports.texts.catalogue import TextError
from store.deliveries import Html
from store.states import RoundState

ROOT = Path(__file__).parents[3]
ASKING = {"say", "label", "words", "labels", "misused"}


def asked_for() -> Iterator[str]:
    """Keys in the code of bot, as patterns: what an f-string fills in is "*"."""
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ASKING
                and node.args
            ):
                yield from (one for one in _keys(node.args[0]) if "." in one)  # fmt: skip


def _keys(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(one.value) if isinstance(one, ast.Constant) else "*" for one in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*_keys(node.body), *_keys(node.orelse))


def is_of(key: str, pattern: str) -> bool:
    """The line, or the table that holds it."""
    return fnmatchcase(key, pattern) or fnmatchcase(key, f"{pattern}.*")


def test_every_line_that_is_asked_for_is_there() -> None:
    there = [*catalogue().keys()]
    missing = {one for one in asked_for() if not any(is_of(key, one) for key in there)}
    assert missing == set()


def test_every_line_that_is_there_is_asked_for() -> None:
    wanted = {
        *asked_for(),
        "cli.help",
        "cli.acting.example",
        "ops.actions",
    }  # by names of commands; by the log's tests
    assert [key for key in catalogue().keys() if not any(is_of(key, one) for one in wanted)] == []  # noqa: SIM118


OPEN_PARTICLE = re.compile(r"은\(는\)|을\(를\)|이\(가\)|과\(와\)|\((?:은|을|이|과)\)[는를가와]|\(으\)로")
LESS_POLITE = re.compile(r"[가-힣](?:세요|어요|아요|해요)\b")


@pytest.mark.parametrize("wrong", [OPEN_PARTICLE, LESS_POLITE])
def test_every_text_chooses_its_particle_and_speaks_as_politely_as_the_others(wrong: re.Pattern[str]) -> None:
    files = [one for one in sorted(ROOT.glob("*/texts/ko/**/*.*")) if one.suffix not in {".py", ".pyc"}]
    found = [one.relative_to(ROOT) for one in files if wrong.search(one.read_text("utf-8"))]
    assert len(files) > 180
    assert found == []


def test_a_line_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(TextError):
        say("cli.texts.nothing")


def test_a_fact_that_is_missing_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalogue()._found, "cli.made-up", "{{ count }}건")
    with pytest.raises(UndefinedError):
        say("cli.made-up")


def test_foreign_words_in_a_line_are_words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalogue()._found, "cli.foreign", "{{ title }}: 등록했습니다.")
    with guard.speaking(Level.FULL):
        told = say("cli.foreign", title="/done <b>1</b>")
    assert "<b>" not in told
    assert "/done" not in told


def test_a_label_has_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalogue()._found, "cli.marked", "<b>{{ title }}</b> 등록")
    assert label("cli.marked", title="A<B") == "A<B 등록"


def test_the_reason_of_a_refusal_is_a_line_for_a_message_and_plain_for_a_terminal() -> None:
    error = UsageError(Html("A&amp;B"))
    assert (str(error), text("usage", reason=error.reason, example=None)) == ("A&B", "A&amp;B")
    assert text("usage", reason=UsageError("A&B").reason, example=None) == "A&amp;B"


def test_every_refusal_of_a_round_has_its_sentence() -> None:
    source = "".join(one.read_text("utf-8") for one in (ROOT / "jobs/rounds").glob("*.py"))
    calls = [
        node
        for node in ast.walk(ast.parse(source.replace("from __future__ import annotations", "")))
        if is_refusal(node)
    ]
    assert {code for one in calls for code in _keys(one.args[0])} == set(words("rounds.refusal"))


def is_refusal(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "RoundError"


def test_a_state_among_the_facts_of_a_refusal_is_told_by_its_name() -> None:
    error = RoundError(
        "wrong-state",
        round="2분기",
        state=RoundState.FROZEN,
        wanted=(RoundState.INPUT, RoundState.EVALUATION),
    )
    told = "2분기 점검은 지금 확정 상태입니다. 입력·총괄평가 상태에서만 할 수 있습니다."
    assert round_words.refusal(error) == told
