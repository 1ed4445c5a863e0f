"""Every doubt of the reader of words has its sentence, every sentence its doubt, and every placeholder its fact."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import meta

from bot.speech.reading import ASKED, Understood
from bot.speech.understand import understand
from bot.texts import doubt_words
from bot.texts.render import environment, label, words
from plans.time.typed.meanings import Doubt, Shift
from tests.bot.speech.tables.rows import CALENDAR, SATURDAY

ROOT = Path(__file__).parents[3]
ALWAYS: dict[str, set[str]] = {"Doubt": set(), "asking": set(), "_doubted": {"text"}, "unclear": {"text"}}
"""What makes a doubt, and the facts that it gives by itself."""


def doubts() -> Iterator[tuple[str, set[str]]]:
    """Each code in the source, with the facts given there."""
    yield from ((f"ask-{one}", set()) for one in ASKED)
    for path in (*(ROOT / "bot/speech").glob("*.py"), *(ROOT / "plans/time").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and name in ALWAYS:
                yield from ((code, ALWAYS[name] | facts_of(node)) for code in codes_of(node))


def codes_of(call: ast.Call) -> list[str]:
    """One, or the two of a condition; none where the code is another's."""
    places = [*call.args[:1], *(one.value for one in call.keywords if one.arg == "code")]
    ends = [
        end for one in places for end in ([one.body, one.orelse] if isinstance(one, ast.IfExp) else [one])
    ]
    return [one.value for one in ends if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def facts_of(call: ast.Call) -> set[str]:
    tables = [
        one for one in [*call.args[2:], *(one.value for one in call.keywords)] if isinstance(one, ast.Dict)
    ]
    keys = {key.value for one in tables for key in one.keys if isinstance(key, ast.Constant)}
    return {str(one) for one in keys} | {one.arg for one in call.keywords if one.arg}


def test_every_doubt_has_its_sentence_and_every_sentence_its_doubt() -> None:
    assert {code for code, _ in doubts()} == words("speech.doubt").keys()


def test_every_placeholder_gets_its_fact() -> None:
    sentences = words("speech.doubt")
    wrong = {
        code: facts
        for code, facts in doubts()
        if not meta.find_undeclared_variables(environment().parse(sentences[code])) <= facts
    }
    assert wrong == {}


def said(text: str) -> Understood:
    return understand(text, SATURDAY, CALENDAR)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/done 121 11.25", "2026. 11. 25.(수)은 아직 오지 않은 날입니다."),
        ("/delay 121 11.29 의회 일정", "2026. 11. 29.(일)은 휴무일입니다."),
        ("/delay 121 12.4(목) 의회 일정", "2026. 12. 4.은 목요일이 아니라 금요일입니다."),
        ("/delay 121 2.30 의회 일정", "2026년 2월 30일은 없는 날짜입니다."),
        ("/delay 121 12월 중순 의회 일정", "“12월 중순”: 며칠인지 날짜로 알려 주십시오."),
        (
            "부재 12.7부터",
            "언제까지인지 알려 주십시오. 부재 기간을 “부재 7.5-7.9 @대직자”처럼 알려 주십시오.",
        ),
        ("부재", "부재 기간을 “부재 7.5-7.9 @대직자”처럼 알려 주십시오."),
        ("121 완료했습니다만 확인 부탁드립니다", "완료로 등록할까요?"),
    ],
)
def test_a_reading_is_asked_back_in_a_sentence_with_its_facts(text: str, told: str) -> None:
    assert doubt_words.question(said(text).asks) == told


def test_what_acts_asks_nothing() -> None:
    assert doubt_words.question(said("완료 121").asks) is None


def test_words_in_doubt_are_told_as_they_were_typed() -> None:
    assert (
        doubt_words.told(Doubt("two", facts={"text": "<b>12.4. & 12.5."}))
        == "“<b>12.4. & 12.5.”에 날짜가 둘입니다."
    )


@pytest.mark.parametrize(
    ("shift", "told"), [(Shift(days=14), "2주"), (Shift(days=10), "10일"), (Shift(months=1), "1개월")]
)
def test_a_length_is_told_in_the_unit_in_which_people_say_it(shift: Shift, told: str) -> None:
    assert label("speech.length", shift=shift) == told
