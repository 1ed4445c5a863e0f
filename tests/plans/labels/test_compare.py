"""Comparing a draft's indicators with labels, on a made-up plan; and the table of labels itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.plans.labels import compare
from tests.plans.labels.compare import Label, name_hash, text_hash

NAME, NEW, GOAL = "쉼터 이용 주민", "쉼터 신규 지정", "○ 쉼터를 걸어서 가는 동네"
VISITS = Label(
    document="900", line=12, where="indicators", indicator=1, role="after", kind="count", number=Decimal(2400),
    of=None, unit="명", bound="least", period="2026", must=True, names=frozenset({name_hash(NAME)}), text=None,
)  # fmt: skip
VISITS_BEFORE = replace(VISITS, role="before", number=Decimal(1800), bound=None, period=None)
SHELTERS = replace(VISITS, line=20, role="before", number=Decimal(25), unit="개소", bound=None, period=None)
NEW_ONES = replace(SHELTERS, indicator=2, role="after", number=Decimal(6), period="2026",
    names=frozenset({name_hash(NEW)}),
)  # fmt: skip
WORDS = replace(VISITS, line=30, kind="text", number=None, unit=None, bound=None, period=None, names=frozenset(),
    text=text_hash(GOAL),
)  # fmt: skip
WORDS_BEFORE = replace(WORDS, role="before", text=text_hash("차로만 간다"))
SHARE = replace(VISITS, line=40, role="result", kind="ratio", number=Decimal("9.2"), unit="%", bound=None,
    period=None, must=False,
)  # fmt: skip
YEARLY = replace(WORDS, line=50, where="targets", role="target", period="2027", text=text_hash("세 곳"))
END = replace(YEARLY, line=49, period=None, text=text_hash("모든 동"))
MARKS = [VISITS_BEFORE, VISITS, SHELTERS, NEW_ONES, WORDS_BEFORE, WORDS, SHARE, YEARLY, END]

READ: list[dict[str, Any]] = [
    {"line": 12, "name": NAME, "unit": "명", "before": "1,800", "target": "2400", "year": 2026, "text": ""},
    {"line": 18, "name": NAME, "unit": "개소", "before": "25", "target": None, "year": None, "text": "25개소"},
    {"line": 20, "name": NEW, "unit": "개소", "before": None, "target": "6", "year": 2026, "text": "6개소"},
    {"line": 30, "name": GOAL, "unit": None, "before": "차로만 간다", "target": None, "year": 2026, "text": GOAL},
]  # fmt: skip
TARGETS: list[dict[str, Any]] = [{"year": 2027, "text": "세 곳"}, {"year": None, "text": "모든 동"}]


def draft(*entries: Mapping[str, Any], targets: list[dict[str, Any]] = TARGETS) -> dict[str, Any]:
    tasks = [{"indicators": list(entries[:2])}, {"indicators": entries[2:], "targets": targets}]
    return {"plan_year": 2026, "tasks": tasks}


def test_a_draft_that_reads_all_is_right_in_all() -> None:
    result = compare.compare(draft(*READ), MARKS)
    assert [one.share for one in (result.numbers, result.texts, result.targets)] == [1, 1, 1]
    assert (result.numbers.right, result.texts.right, result.targets.right) == (4, 1, 2)
    assert (result.named, result.misnamed, result.sentences) == (4, [], (1, 1))
    assert list(result.lines())[3:] == []


def test_an_empty_draft_misses_all_that_must_be_there_and_invents_nothing() -> None:
    result = compare.compare({"tasks": [{"title": "가"}]}, MARKS)
    assert [len(one.missed) for one in (result.numbers, result.texts, result.targets)] == [4, 1, 2]
    assert not result.numbers.invented and not result.texts.invented and not result.targets.invented
    assert result.sentences == (0, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"target": "2500"},
        {"unit": "건"},
        {"year": 2025},
        {"kind": "ratio"},
        {"bound": "most"},
        {"target": "35만"},
    ],
)
def test_a_value_that_differs_is_invented_and_the_labelled_one_missed(change: dict[str, Any]) -> None:
    result = compare.compare(draft(READ[0] | change, *READ[1:]), MARKS)
    wrong = ["before", "after"] if change.keys() & {"unit", "kind"} else ["after"]
    assert len(result.numbers.invented) == len(result.numbers.missed) == len(wrong)


def test_what_is_said_beyond_the_contract_counts_where_it_is_right() -> None:
    told = READ[1] | {"kind": "count", "before_year": None}
    assert compare.compare(draft(READ[0], told, *READ[2:]), MARKS).numbers.right == 4
    told = READ[1] | {"before_year": 2025}
    assert compare.compare(draft(READ[0], told, *READ[2:]), MARKS).numbers.missed == [str(SHELTERS)]


def test_a_bound_that_is_told_as_none_is_told() -> None:
    told = READ[0] | {"bound": None}
    assert compare.compare(draft(told, *READ[1:]), MARKS).numbers.missed == [str(VISITS)]
    told = READ[0] | {"bound": "least", "of": None}
    assert compare.compare(draft(told, *READ[1:]), MARKS).numbers.right == 4


def test_a_goal_in_words_is_of_no_year_or_of_the_plans() -> None:
    for year, right in ((None, 1), (2026, 1), (1999, 0)):
        found = compare.compare(draft(*READ[:3], READ[3] | {"year": year}), MARKS)
        assert (found.texts.right, len(found.texts.missed)) == (right, 1 - right), year


def test_a_result_in_the_row_below_excuses_one_value() -> None:
    told = {
        "line": 41,
        "name": NAME,
        "unit": "%",
        "before": None,
        "target": "3",
        "year": None,
        "result": "9.2",
    }
    found = compare.compare(draft(*READ, told, told), MARKS).numbers.invented
    assert found == ["41 after 3 %", "41 after 3 %", "41 result 9.2 %"]


def test_a_sentence_before_that_no_label_has_is_listed() -> None:
    found = compare.compare(draft(READ[0], READ[1] | {"before": "쉼터가 없다"}, *READ[2:]), MARKS)
    assert found.beside == ["18 before text 개소"]
    found = compare.compare(draft(*READ[:3], READ[3] | {"before": "걸어간다"}), MARKS)
    assert (found.sentences, found.beside) == ((0, 1), ["30 before text "])


def test_a_start_and_a_goal_of_two_indicators_are_not_one() -> None:
    joined = READ[2] | {"before": "25"}
    result = compare.compare(draft(READ[0], joined, READ[3]), MARKS)
    assert len(result.numbers.invented) == len(result.numbers.missed) == 1
    assert result.numbers.right == 3


def test_a_goal_in_words_counts_as_a_whole() -> None:
    half = READ[3] | {"text": "○ 쉼터를", "before": None}
    result = compare.compare(draft(*READ[:3], half, half | {"text": "걸어서 가는 동네"}), MARKS)
    assert (result.texts.right, len(result.texts.invented), len(result.texts.missed)) == (0, 2, 1)


def test_a_number_read_from_a_goal_in_words_is_invented() -> None:
    number = READ[3] | {"before": None, "target": "1", "unit": "동"}
    result = compare.compare(draft(*READ[:3], number), MARKS)
    assert result.numbers.invented == ["30 after 1 동"]
    assert result.texts.missed == [str(WORDS)]


def test_what_may_be_read_is_neither_missed_nor_invented() -> None:
    may = {"line": 40, "name": "몫", "unit": "%", "before": None, "target": "77", "year": 2026, "text": "77%"}
    result = compare.compare(draft(*READ, may, may | {"target": None, "result": "9.2"}), MARKS)
    assert result.numbers.right == 4
    assert result.numbers.invented == []
    assert compare.compare(draft(*READ, may | {"line": 41}), MARKS).numbers.invented == ["41 after 77 %"]


def test_a_name_is_counted_apart() -> None:
    result = compare.compare(draft(READ[0] | {"name": "이용"}, *READ[1:]), MARKS)
    assert result.numbers.right == 4
    assert result.misnamed == [str(VISITS_BEFORE), str(VISITS)]


def test_a_yearly_goal_of_another_year_is_wrong() -> None:
    result = compare.compare(draft(*READ, targets=[{"year": 2028, "text": "세 곳"}]), MARKS)
    assert result.targets.invented == ["yearly goal of 2028"]
    assert len(result.targets.missed) == 2


def test_names_and_sentences_are_alike_whatever_their_marks() -> None:
    assert name_hash("쉼터(그늘막) 이용 주민") == name_hash("쉼터 이용・주민")
    assert text_hash("<ul> ○ 쉼터 ① Ａ") == text_hash("쉼터1a")
    assert name_hash("쉼터 이용") != name_hash("쉼터 지정")


def test_numbers_as_they_are_written() -> None:
    said = [
        ("1,250", "대"),
        ("35만", "명"),
        ("50%", "%"),
        ("1.5억", "원"),
        ("우수", "등급"),
        ("1 ~ 2", None),
    ]
    assert [compare.number_of(*one) for one in said] == [1250, 350_000, 50, 150_000_000, None, None]


def test_without_the_document_nothing_is_compared_and_that_is_said(tmp_path: Path) -> None:
    assert [*compare.main(["000"], tmp_path)] == [
        f"skipped: no document 000 beside the project ({tmp_path / 'plans'})"
    ]
    path = tmp_path / "draft.json"
    path.write_text(json.dumps({"tasks": []}), encoding="utf-8")
    assert next(iter(compare.main(["001", str(path)], tmp_path))).startswith("numbers: 0/0 right")
    assert [*compare.main(["hash", "name", NAME], tmp_path)] == [name_hash(NAME)]


def test_the_table_holds_known_words_and_no_wording() -> None:
    marks = compare.labels()
    assert {one.role for one in marks} <= compare.SIDES.keys()
    assert {one.kind for one in marks} <= {"count", "ratio", "amount", "grade", "text", "any"}
    assert {one.where for one in marks} == {"indicators", "targets"}
    assert {one.bound for one in marks} <= {None, "least", "most", "about"}
    assert all(one.period is None or re.fullmatch(r"\d{4}(-\d{2})?", one.period) for one in marks)
    hashes = {one for mark in marks for one in (*mark.names, mark.text) if one is not None}
    assert all(re.fullmatch(r"[0-9a-f]{64}", one) for one in hashes)
    units = {one.unit for one in marks}
    assert units == {None, "%", "명", "대", "건", "개", "개소", "개교", "등급", "원"}
    rest = re.sub("\t(명|대|건|개|개소|개교|등급|원)\t", "\t\t", compare.TABLE.read_text(encoding="utf-8"))
    assert re.search("[가-힣]", rest) is None


def test_each_label_has_what_its_kind_needs() -> None:
    for one in compare.labels():
        if one.kind == "text":
            assert (one.number, one.unit) == (None, None), one
            assert one.text, one
        elif one.kind != "any":
            assert one.number is not None and one.unit and one.names, one
            assert one.must is False or one.role not in {"result", "baseline"}, one
    keys = [
        (one.document, one.line, one.where, one.indicator, one.side, one.period, one.number)
        for one in compare.labels()
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", ["000", "001"])
def test_each_label_stands_in_its_document(shared: Path, name: str) -> None:
    rows = (shared / "plans" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    marks = [one for one in compare.labels() if one.document == name and one.must]
    assert marks
    for one in marks:
        row = rows[one.line - 1]
        if one.number is None:
            assert one.text in {text_hash(cell) for cell in row.split("\t")}, one
        else:
            written = {compare.number_of("".join(found), None) for found in compare.NUMBER.findall(row)}
            assert one.number in written, one


def test_every_row_before_and_after_is_labelled(shared: Path) -> None:
    rows = (shared / "plans" / "000.txt").read_text(encoding="utf-8").splitlines()
    labelled = {one.line for one in compare.labels() if one.document == "000" and one.must}
    heads = [at for at, row in enumerate(rows) if row.split("\t")[:2] == ["시행 전", "시행 후"]]
    assert len(heads) == 39
    for head in heads:
        end = next(at for at in range(head, len(rows)) if not rows[at].strip())
        assert end > head + 1
        assert {at + 1 for at in range(head + 1, end)} <= labelled, head
