"""Every code that the reader gives has its sentence, every sentence its code, and every placeholder its fact."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from jinja2 import meta

from bot.texts import plan_words
from plans.draft import Account, Aside, Window
from plans.entries.phrase import Unreadable
from plans.entries.remarks import notice_finding, remark_finding, unreadable
from plans.readers import sniff
from plans.readers.form import Notice, NoticeKind, Spot
from plans.time.english import Usage, read_english
from plans.time.timeline import CannotSay, Code, Context, Reading, Remark, read_time
from reports.texts.catalogue import TextError

ROOT = Path(__file__).parents[2]
TEXTS = {
    one.stem: tomllib.loads(one.read_text(encoding="utf-8"))
    for one in (ROOT / "bot/texts/ko/plans").glob("*.toml")
}
MAKERS = {"finding": "findings", "note": "findings", "complain": "findings", "_odd": "findings"} | {
    "PlanError": "errors",
    "Fault": "faults",
}
"""What makes something that is worded, and the group of its sentences."""
FROM_ELSEWHERE = "remarks.py"
"""Its codes come with what was read: its functions are called below with each of them."""
REMARKS = get_args(get_type_hints(Remark)["code"])
NOTICED = (
    *("text-lost", "struck-out", "hidden-text", "revised-text", "formula-empty"),
    *("drawn-times", "pictured-page"),
)


def leaves(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a table by their codes."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def placeholders(text: str) -> set[str]:
    """What a sentence asks for; the line of a finding is always there."""
    environment = plan_words.TEXTS.now().environment
    return meta.find_undeclared_variables(environment.parse(text)) - {"line", *environment.globals}


@cache
def modules() -> list[tuple[str, ast.Module]]:
    others = ["jobs/plans/quarter_document.py", "jobs/items/sheet.py", "jobs/meetings/panels.py"]
    others += ["jobs/indicators/sheet.py"]
    places = [*(ROOT / "plans").rglob("*.py"), *(ROOT / one for one in others)]
    return [(path.name, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(places)]


def named(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def words_in(node: ast.AST) -> set[str]:
    return {
        one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def code_of(call: ast.Call) -> ast.expr:
    """The argument that is the code: the first of a refusal, else the second."""
    return call.args[0 if named(call) == "PlanError" else 1]


def facts_of(call: ast.Call, module: ast.Module) -> set[str]:
    """The names of the facts that a call gives."""
    names = {one.arg for one in call.keywords if one.arg} | (
        {"first", "last"} if named(call) == "_odd" else set()
    )
    for one in call.keywords:
        names |= Account().facts.keys() if one.arg is None else set()
    for facts in call.args[2:]:
        names |= keys_of(facts if isinstance(facts, ast.Dict) else kept_as(ast.unparse(facts), module))
    return names


def kept_as(name: str, module: ast.Module) -> ast.AST:
    kept = (one for one in ast.walk(module) if isinstance(one, ast.AnnAssign))
    return next(one.value for one in kept if ast.unparse(one.target) == name and one.value is not None)


def keys_of(node: ast.AST) -> set[str]:
    return words_in(ast.Tuple([key for key in node.keys if key])) if isinstance(node, ast.Dict) else set()


def given(group: str) -> Iterator[tuple[str, set[str]]]:
    """Each code of the group that stands in the source, with the facts given there; one that is handed on as a name
    is any that its module has and no call names."""
    known = dict(leaves(TEXTS[group])).keys()
    for name, module in modules():
        found = [
            one for one in ast.walk(module) if isinstance(one, ast.Call) and MAKERS.get(named(one)) == group
        ]
        calls = [one for one in found if words_in(code_of(one)) or all(k.arg for k in one.keywords)]
        said = {word for one in calls for word in words_in(code_of(one))}
        for call in calls if name != FROM_ELSEWHERE else ():
            codes = words_in(code_of(call)) or (words_in(module) & known) - said
            yield from ((code, facts_of(call, module)) for code in codes)


def codes_of_remarks() -> set[str]:
    return {*REMARKS, *NOTICED, "time-missing", "cells-differ", "year-unknown.entry", *get_args(Code)} - {
        "year-unknown"
    }


@pytest.mark.parametrize("group", ["findings", "errors", "faults"])
def test_every_code_has_its_sentence_and_every_sentence_its_code(group: str) -> None:
    elsewhere = codes_of_remarks() if group == "findings" else set()
    assert {code for code, _ in given(group)} | elsewhere == dict(leaves(TEXTS[group])).keys()


@pytest.mark.parametrize("group", ["findings", "errors", "faults"])
def test_every_placeholder_gets_its_fact_and_no_fact_is_given_in_vain(group: str) -> None:
    sentences = dict(leaves(TEXTS[group]))
    wrong = {code: facts for code, facts in given(group) if facts != placeholders(sentences[code])}
    assert not wrong


@pytest.mark.parametrize("code", get_args(Code))
def test_a_time_that_cannot_be_said_is_told_with_its_words(code: Code) -> None:
    found = plan_words.finding(unreadable(Unreadable("착공", "2. 30.", {"why": "unreadable"}, code), 7))
    assert found.startswith("'착공'의 ")
    assert "'2. 30.'(날짜로 보이지만 읽을 수 없습니다)" in found


LOOKED_AT = {
    "weekday-differs": ("2031. 4. 1.(금)", "2031. 4. 1.은 화요일인데 금요일로 적혀 있습니다"),
    "year-carried": ("3월", "앞 일정보다 앞선 달이어서 다음 해(2032년)로 읽었습니다"),
    "date-moved": (
        "2031. 4. 1.~4. 5. → 2031. 5. 2.",
        "2031. 4. 1.~2031. 4. 5.에서 바뀐 시기로 적혀 있습니다",
    ),
    "season-read": (
        "Autumn 2031",
        "'Autumn 2031'은 계절로 적혀 있어 2031. 9. 1.~2031. 11. 30.로 읽었습니다",
    ),
}
JULY = Context(2031, Window(start=None, due=date(2031, 7, 1), precision="day"), turning="next")


@pytest.mark.parametrize("code", REMARKS)
def test_what_should_be_looked_at_is_told(code: str) -> None:
    text, told = LOOKED_AT[code]
    found = read_english(text, JULY, Usage()) if text.isascii() else read_time(text, JULY)
    assert isinstance(found, Reading)
    [remark] = found.remarks
    assert plan_words.finding(remark_finding(remark, 7)) == f"{told}. 날짜를 확인하여 주시기 바랍니다."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("보도블록", "시기를 나타내는 말이 아닙니다"),
        ("2031. 13. 1.", "날짜로 보이지만 읽을 수 없습니다"),
        ("2031. 2. 30.", "2031년 2월에는 30일이 없습니다"),
        ("2031. 7. 1. 의회 협의", "시기 뒤에 읽을 수 없는 말이 있습니다: 의회 협의"),
        ("2031. 12. ~ 2031. 2.", "끝나는 때가 시작하는 때보다 앞섭니다"),
        ("2031. 4. 20. ~ 5.", "기간의 끝이 몇 월인지 며칠인지 알 수 없습니다"),
    ],
)
def test_why_a_time_cannot_be_said_is_told_with_its_facts(text: str, told: str) -> None:
    found = read_time(text, JULY)
    assert isinstance(found, CannotSay)
    assert plan_words.reason(found.reason) == told


@pytest.mark.parametrize("spot", [Spot("text"), Spot("changes"), Spot("page", 3), Spot("row", 4, "일정")])
@pytest.mark.parametrize("kind", get_args(NoticeKind))
def test_what_is_not_in_the_text_is_told_with_its_place(kind: NoticeKind, spot: Spot) -> None:
    place = {"text": "본문", "changes": "변경 추적", "page": "3쪽", "row": "'일정' 시트 4행"}[spot.place]
    found = notice_finding(Notice(kind, spot, "착공 4. 1."))
    assert found.facts.keys() == placeholders(TEXTS["findings"][found.code])
    assert plan_words.finding(found).startswith(f"{place}: ")
    assert "'착공 4. 1.'" in plan_words.finding(found)


def reasons(module: ast.Module) -> Iterator[ast.AST]:
    """What stands in the module as the reason why a time or its year cannot be said."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield from node.args[:1] if named(node) == "_TimeError" else ()
            yield from (one.value for one in node.keywords if one.arg == "doubt")
        if isinstance(node, ast.Dict):
            told = zip(node.keys, node.values, strict=True)
            yield from (value for key, value in told if key and "why" in words_in(key))


def test_every_reason_why_a_time_cannot_be_said_has_its_words() -> None:
    found = set[str]()
    for _, module in modules():
        kept = [one for one in ast.walk(module) if isinstance(one, ast.AnnAssign) and one.value]
        values = {ast.unparse(one.target): one.value for one in kept}
        for one in reasons(module):
            found |= words_in(values.get(ast.unparse(one)) or one)
    assert found == TEXTS["words"]["reasons"].keys()


def test_every_word_inside_a_sentence_belongs_to_something() -> None:
    assert TEXTS["account"]["aside"].keys() == set(get_args(Aside))
    assert TEXTS["words"]["places"].keys() == set(get_args(get_type_hints(Spot)["place"]))
    assert TEXTS["words"]["contents"].keys() == TEXTS["words"]["anew"].keys() == sniff.UNREAD


def test_a_sentence_without_its_fact_or_a_code_without_its_sentence_is_a_fault() -> None:
    with pytest.raises(Exception, match="is undefined"):
        plan_words.line("faults.bureaus.order", line=3)
    with pytest.raises(TextError):
        plan_words.line("faults.bureaus.nothing", line=3)


def test_words_of_a_document_are_no_template() -> None:
    assert "{{ 7 * 7 }}" in plan_words.line("faults.bureaus.order", line=3, order="{{ 7 * 7 }}")
