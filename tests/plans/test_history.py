"""What has been done, what is being done and what was done last year: 추진상황 beside 향후계획, (추진 중), 전년도 실적."""

from __future__ import annotations

import pytest

from plans.draft import PlanDraft
from plans.extract import read_draft

HEAD = "2031년 한별시 주요업무계획\n\nⅡ. 2031년 추진계획\n\n"
STATE = """1. 물길 넓히기
 □ 추진상황
  ○ 보상 협의 : 2월
  ○ 설계(추진 중) : 1월 ~ 6월
  ○ 지질 조사 중 : 3월
  ○ 착공 : 9월 예정
 □ 향후계획
  ○ 준공 : 12월

2. 숲길 잇기
 가. 추진현황
  - 조사 : 1월
 나. 향후계획
  - 착공 : 5월
"""


def told(text: str) -> dict[str, bool]:
    """Action -> whether it is done, of all entries."""
    return {entry.title: entry.done for task in read_draft(text).tasks for entry in task.milestones}


@pytest.mark.parametrize(
    ("action", "is_done"),
    [
        ("보상 협의", True),
        ("설계(추진 중)", False),
        ("지질 조사 중", False),
        ("착공", False),
        ("준공", False),
        ("조사", True),
    ],
)
def test_beside_what_is_planned_the_state_is_done_unless_it_goes_on_or_is_to_come(
    action: str, is_done: bool
) -> None:
    assert told(HEAD + STATE)[action] is is_done


def test_a_state_on_one_line_that_goes_on_is_not_done() -> None:
    text = "1. 다리 놓기\n ○ 추진상황 : 실시설계 중('30. 11. ~ '31. 4.)\n ○ 향후계획 : 착공('31. 6.), 준공('32. 12.)\n"
    assert not any(told(HEAD + text).values())


def days(draft: PlanDraft) -> list[tuple[str, str, bool]]:
    return [(one.title, str(one.windows[0].due), one.done) for task in draft.tasks for one in task.milestones]


LAST_YEAR = "1. 공원 가꾸기\n ○ 전년도 실적\n  - 나무 심기 : 4월\n ○ 올해 계획\n  - 나무 심기 : 5월\n"


def test_results_of_last_year_lie_in_last_year_and_are_done() -> None:
    assert days(read_draft(HEAD + LAST_YEAR)) == [
        ("나무 심기", "2030-04-30", True),
        ("나무 심기", "2031-05-31", False),
    ]


def test_last_year_of_a_plan_whose_year_nobody_knows_is_asked() -> None:
    draft = read_draft("한별시 공원 계획\n\n" + LAST_YEAR)
    assert days(draft) == []
    assert [one.title for task in draft.tasks for one in task.asked] == ["나무 심기", "나무 심기"]


def test_a_year_beside_a_comparison_is_no_title() -> None:
    text = "1. 공원 가꾸기\n ○ 전년 대비 확대\n  - 나무 심기 : 4월\n"
    assert days(read_draft(HEAD + text)) == [("나무 심기", "2031-04-30", False)]


def test_a_project_that_the_chapter_about_last_year_names_as_well_is_a_task() -> None:
    past = "2031년 한별시 주요업무계획\n\nⅠ. 2030년 주요성과\n\n1. 물길 넓히기\n □ 추진성과\n  ○ 물길 개통 : 9월\n\n"
    draft = read_draft(past + HEAD.partition("\n\n")[2] + STATE)
    assert [one.title for one in draft.tasks] == ["물길 넓히기", "물길 넓히기", "숲길 잇기"]
    assert days(draft)[0] == ("물길 개통", "2030-09-30", True)


def test_what_is_named_by_another_year_is_done_in_the_plan_s_and_a_list_for_next_year_is_asked() -> None:
    text = "1. 공원 가꾸기\n ○ 전년도 보조금 정산\n  - 접수 : 2월\n ○ 내년도 예산 편성\n  - 요구 : 8월\n"
    text += " ○ 내년도 추진계획\n  - 착공 : 3월\n"
    draft = read_draft(HEAD + text)
    assert days(draft) == [("접수", "2031-02-28", False), ("요구", "2031-08-31", False)]
    assert [one.title for task in draft.tasks for one in task.asked] == ["착공"]
