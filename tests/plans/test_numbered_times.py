"""Numbered lines that are only a time, above the bullets that happen then (1. '27. 3. 4.까지)."""

from __future__ import annotations

from plans.draft import PlanDraft
from plans.read import plan_of

LIST = (
    "2027년 나루배 안전점검 추진일정\n\n"
    "1. '27. 3. 4.(목)까지\n- 1단계 : 점검표 제출\n  (나루터) 배마다 점검표를 적어 보냄\n\n"
    "2. '27. 3. 15.(월) ~ 3. 26.(금)\n\n- 2단계 : 현장 점검\n- 3단계 : 보완 요청\n /처음에는 3. 12.(금)까지였음\n\n"
    "3. '27. 4. 9.(금) 18:00까지 ※ 시간 엄수\n- 4단계 : 보완 결과 제출\n"
)


def read(text: str) -> PlanDraft:
    return plan_of(text)


def told(text: str) -> list[tuple[str, str, str]]:
    entries = [entry for task in read(text).tasks for entry in task.milestones]
    return [
        (one.title, str(window.start or ""), str(window.due or ""))
        for one in entries
        for window in one.windows
    ]


def test_bullets_below_a_numbered_time_happen_then() -> None:
    assert told(LIST) == [
        ("1단계 : 점검표 제출", "", "2027-03-04"),
        ("2단계 : 현장 점검", "2027-03-15", "2027-03-26"),
        ("3단계 : 보완 요청", "2027-03-15", "2027-03-26"),
        ("4단계 : 보완 결과 제출", "", "2027-04-09"),
    ]


def test_the_times_of_such_a_list_are_not_told_as_lines_that_nobody_read() -> None:
    assert not [one for one in read(LIST).findings if one.code == "unread"]


def test_a_value_below_a_numbered_time_is_no_act() -> None:
    text = LIST.replace("4단계 : 보완 결과 제출", "장소 : 나루터 사무실")
    assert [one[0] for one in told(text)] == ["1단계 : 점검표 제출", "2단계 : 현장 점검", "3단계 : 보완 요청"]


def test_a_day_with_its_number_of_the_month_is_no_numbered_time() -> None:
    text = "2027년 나루배 안전점검\n3. 4.(목)\n- 점검표 제출\n3. 15.(월)\n- 현장 점검\n"
    assert told(text) == [
        ("점검표 제출", "2027-03-04", "2027-03-04"),
        ("현장 점검", "2027-03-15", "2027-03-15"),
    ]
