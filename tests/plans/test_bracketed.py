"""Times in brackets among counts and labels, and years that only compare (괄호 속 시기)."""

from __future__ import annotations

import pytest

from plans.entries.clauses import read_clauses
from plans.entries.phrase import Clause
from plans.extract import read_draft
from plans.time.timeline import Context


def read(text: str) -> list[tuple[str, str]]:
    """Action and time of each entry of a line of a plan of 2031."""
    return [
        (one.title, one.expr)
        for one in read_clauses(text, "content", Context(2031))
        if isinstance(one, Clause)
    ]


@pytest.mark.parametrize(
    "bracket", ["5월, 80교, 350명", "5월, 1,000명", "5월, 1박 2일", "5월, 중2, 4기", "2,000부, 5월"]
)
def test_counts_beside_a_month_leave_it_the_time(bracket: str) -> None:
    assert read(f"마을 책방 운영 지원({bracket})") == [("마을 책방 운영 지원", "5월")]


@pytest.mark.parametrize("tag", ["공약", "신규", "확대"])
def test_what_a_plan_calls_a_line_stands_behind_the_bracket(tag: str) -> None:
    assert read(f"골목 음악제 운영(7월, 100명) {tag}") == [("골목 음악제 운영", "7월")]


def test_each_act_in_a_bracket_has_the_time_before_it() -> None:
    assert read("하천 실태 점검(4월 전수조사, 9월 표본조사)") == [
        ("하천 실태 점검 전수조사", "4월"),
        ("하천 실태 점검 표본조사", "9월"),
    ]


def test_the_sum_behind_several_months_is_no_part_of_them() -> None:
    assert read("나무 상태 검사(6월, 9월 총 2회) 및 보고") == [("나무 상태 검사", "6월, 9월")]


@pytest.mark.parametrize(
    "line",
    [
        "(’30년) 마을 책방 15곳 → (’31년) 20곳",
        "쉼터 넓히기 ('30) 동네 쉼터 → ('31) 동네 쉼터, 강변 쉼터",
        "(’30) 의자 교체 40개 → (’31) 의자 교체 50개",
    ],
)
def test_the_year_before_beside_the_plans_year_compares(line: str) -> None:
    assert read(line) == []


def test_acts_of_two_years_are_a_chain() -> None:
    assert read("(’30년) 설계 → (’31년) 착공") == [("설계", "’30년"), ("착공", "’31년")]
    assert [title for title, _ in read("(’31년) 책방 3곳 조성 → (’32년) 5곳 조성")] != []


def test_a_bullet_that_ends_in_its_time_does_not_go_on() -> None:
    draft = read_draft(
        "2031년 한별시 계획\n\n1. 골목 음악제\n - 골목에서 만나는 「작은 음악 나눔터」(8월, 2기, 80명)\n동네 합창단 돕기\n",
        2031,
    )
    assert [one.title for task in draft.tasks for one in task.milestones] == [
        "골목에서 만나는 「작은 음악 나눔터」"
    ]


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        ("맞춤 안내(30년말 시범→ 32년 고도화)", [("맞춤 안내 시범", "30년말"), ("맞춤 안내 고도화", "32년")]),
        ("이동 신분증 도입(30∼31년 안전성 검증) / 민원과", [("이동 신분증 도입 안전성 검증", "30∼31년")]),
        (
            "처리장 늘리기(’31.3. 착공, ’32.12. 준공) 공정률 30%",
            [("처리장 늘리기 착공", "’31.3."), ("처리장 늘리기 준공", "’32.12.")],
        ),
        ("사무실 바꾸기(31.上 전략 재수립)", [("사무실 바꾸기 전략 재수립", "31.上")]),
        (
            "플랫폼 구축(30년 본청 → 31년 읍면동)",
            [("플랫폼 구축 본청", "30년"), ("플랫폼 구축 읍면동", "31년")],
        ),
    ],
)
def test_what_is_done_stands_behind_the_time_in_a_bracket(line: str, entries: list[tuple[str, str]]) -> None:
    assert read(line) == entries


@pytest.mark.parametrize(
    "line",
    [
        "마을 돌봄 조례(2030. 11. 1. 제정)",
        "개정법령 : 마을건강법(2030.10.2. 개정, 2031.4.3. 시행)",
        "돌봄 통장 도입(’31.4월 도청 기발표)",
        "유럽 여러 도시에서 제도화·시행(28.5)",
        "발급기 넓히기 확대(’30년 12대 → ’31년 20대)",
        "한 사람이 버리는 양 0.92kg → 0.88kg (’29.12 → ’30.12)",
    ],
)
def test_since_when_a_law_holds_and_how_much_there_was_is_no_entry(line: str) -> None:
    assert read(line) == []


@pytest.mark.parametrize(
    "line", ["만족도 : 31.2", "만족도 31.2 -> 31.3", "처리율 : 75.2", "이용률 25.2% → 25.3%"]
)
def test_a_decimal_is_no_month(line: str) -> None:
    assert read(line) == []


def test_a_month_of_a_year_needs_no_closing_dot_behind_an_act() -> None:
    assert read("준공 : 31.12") == [("준공", "31.12")]


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        ("설계 2∼3월, 계약 4월, 준공 10월", [("설계", "2∼3월"), ("계약", "4월"), ("준공", "10월")]),
        ("(추진) 허가 3월 / 착공 5월", [("허가", "3월"), ("착공", "5월")]),
        ("설명회, 공람 3월, 심의 5월", [("설명회, 공람", "3월"), ("심의", "5월")]),
        ("교육 4월 → 훈련 5.18~5.22 → 평가 6월", [("교육", "4월"), ("훈련", "5.18~5.22"), ("평가", "6월")]),
        ("길 넓히기 / ~ 2032. 12.", [("길 넓히기", "~ 2032. 12.")]),
        ("정거장 운영 / 31. 4월 ~ 11월 / 자원팀", [("정거장 운영", "31. 4월 ~ 11월")]),
    ],
)
def test_each_action_of_a_list_has_the_time_behind_it(line: str, entries: list[tuple[str, str]]) -> None:
    assert read(line) == entries
