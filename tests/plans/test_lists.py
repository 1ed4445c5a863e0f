"""Lists beside a plan: bureaus of departments, statuses of a quarter; every faulty row with its line."""

from __future__ import annotations

import pytest

from bot.texts import plan_words
from plans.errors import PlanError
from plans.sheet.lists import read_bureaus, read_statuses


def test_departments_and_bureaus_are_read_under_korean_or_english_heads() -> None:
    for head in ("부서\t국", "주관부서\t실·국", "department\tbureau"):
        rows, faults = read_bureaus(f"{head}\n감 사 실\t본청\n도로과\t도시국\n")
        assert [(one.department, one.bureau) for one in rows] == [("감사실", "본청"), ("도로과", "도시국")]
        assert faults == []


def test_a_row_without_a_bureau_and_one_that_contradicts_are_told_with_their_lines() -> None:
    rows, faults = read_bureaus("부서\t국\n도로과\t도시국\n공원과\t\n도로과\t복지국\n도로과\t도시국\n")
    assert [one.department for one in rows] == ["도로과"]
    assert [one.line for one in faults] == [3, 4]


def test_a_numbered_list_keeps_its_numbers() -> None:
    rows, faults = read_bureaus("부서\t국\t순서\n도로과\t도시국\t2\n보건행정과\t보건소\t둘\n")
    assert rows[0].order == 2
    assert "숫자" in plan_words.fault(faults[0])


def test_a_list_without_its_head_says_what_to_write() -> None:
    with pytest.raises(PlanError) as caught:
        read_statuses("가\t나\n1\t2\n")
    assert plan_words.refusal(caught.value).endswith("관리번호, 공약명, 추진상황")


def test_statuses_are_read_in_their_one_spelling() -> None:
    rows, faults = read_statuses(
        "no\ttitle\tstatus_2030_1\n1-1-①\t보행로\t정 상 추 진\n1-2\t쉼터\t이행후계속\n"
    )
    assert [(one.no, one.status) for one in rows] == [("1-1-①", "정상추진"), ("1-2", "이행후계속추진")]
    assert faults == []


def test_the_same_project_twice_or_without_a_status_is_told() -> None:
    rows, faults = read_statuses("관리번호\t공약명\t추진상황\n1\t보행로\t완료\n1\t보행로\t완료\n2\t쉼터\t\n")
    assert len(rows) == 1
    assert [one.line for one in faults] == [3, 4]
