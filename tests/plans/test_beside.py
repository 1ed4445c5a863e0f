"""A time in a bracket beside another time: which one is the action's own, and when a person has to say it."""

from __future__ import annotations

import pytest

from plans.entries.clauses import read_clauses
from plans.entries.phrase import Clause, Unreadable
from plans.extract import read_draft
from plans.time.timeline import Context


def told(text: str) -> list[tuple[str, str, str]]:
    found = [one for one in read_clauses(text, "content", Context(2031)) if isinstance(one, Clause)]
    return [
        (one.title, str(window.start or ""), str(window.due or ""))
        for one in found
        for window in one.reading.windows
    ]


def test_a_bracket_that_begins_on_the_same_day_says_how_long_the_action_takes() -> None:
    assert told("31. 5. 21. : 물길 조사 용역 시행('31. 5. 21. ~ '32. 4. 18.)") == [
        ("물길 조사 용역 시행", "2031-05-21", "2032-04-18")
    ]


def test_a_bracket_closes_a_time_that_was_left_open() -> None:
    assert told("'31. 8. 31. ~ : 기본계획 용역 시행 중('31. 8. 31. ~ '32. 8. 25.)") == [
        ("기본계획 용역 시행 중", "2031-08-31", "2032-08-25")
    ]


def test_acts_in_a_bracket_are_entries_beside_the_line_s_own() -> None:
    assert told("'31. 2. 26. : 물길 조례 의결(3. 16. 공포, 9. 17. 시행)") == [
        ("물길 조례 의결(3. 16. 공포, 9. 17. 시행)", "2031-02-26", "2031-02-26"),
        ("물길 조례 의결 공포", "2031-03-16", "2031-03-16"),
        ("물길 조례 의결 시행", "2031-09-17", "2031-09-17"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "3. 14. : 주민 보고회(4. 2.)",
        "3. 14. 주민 보고회(4. 2.)",
        "주민 보고회 : 3. 14.(4. 2.)",
        "주민 보고회(3. 14.) : 4. 2.",
    ],
)
def test_two_days_of_one_action_are_asked_and_none_is_registered(text: str) -> None:
    [one] = read_clauses(text, "content", Context(2031))
    assert isinstance(one, Unreadable) and one.reason == {"why": "two-times"}


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("3. 14. : 설계 완료 및 주민 설명회(4. 2.)", "2031-03-14"),  # of the last act alone
        ("'31. 7. : 공원 공사 추진('32. 상반기 완료 예정)", "2031-07-31"),  # of another act
        ("5. 21. : 다리 착공('31. 5. 21. ~ '32. 4. 18.)", "2031-05-21"),  # what begins then ends elsewhere
        ("'31. 6. : 계획 용역 준공('30. 6. ~ '31. 12.)", "2031-06-30"),  # how long the thing lasts
    ],
)
def test_a_bracket_that_says_something_else_leaves_the_line_its_time(text: str, due: str) -> None:
    assert [one[2] for one in told(text)] == [due]


def test_the_question_of_two_days_stands_in_the_findings_with_its_line() -> None:
    text = "2031년 물길 계획\n\n1. 물길 넓히기\n□ 추진계획\n ○ 3. 14. : 주민 보고회(4. 2.)\n ○ 5월 : 착공\n"
    draft = read_draft(text)
    assert [one.line for one in draft.findings if one.kind == "unreadable-time"] == [5]
