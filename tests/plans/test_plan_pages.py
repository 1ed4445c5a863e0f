"""Whole pages of plans in shapes of their own: boxes between lists, fields beside each other, a cover's own day."""

from __future__ import annotations

from plans.draft import PlanDraft
from plans.read import plan_of
from plans.time.scan import find_dates


def entries(draft: PlanDraft) -> list[tuple[str, str]]:
    """Action and time of every entry, in order."""
    return [(one.title, one.expr) for task in draft.tasks for one in task.milestones]


def test_the_only_day_of_a_cover_is_no_entry() -> None:
    text = "온누리 정보 추진계획\n2031. 10. 29.\n관계부서 합동\n\n○ 안내문 제작(’31. 11.)\n○ 안내문 배포(’31. 12.)\n"
    assert entries(plan_of(text)) == [("안내문 제작", "’31. 11."), ("안내문 배포", "’31. 12.")]


def test_a_box_between_two_lists_ends_neither() -> None:
    text = (
        "2031년 정보 추진계획\n○ 길찾기 안내 구축(31.上)\n<이웃 도시의 길찾기 안내 운영 성과>\n이웃 도시는 널리 쓰고 있음\n"
        "○ 길찾기 안내 점검(31.下)\n"
    )
    draft = plan_of(text)
    assert [(one.title, one.done) for one in draft.tasks[0].milestones] == [
        ("길찾기 안내 구축", False),
        ("길찾기 안내 점검", False),
    ]


def test_fields_beside_each_other_are_fields() -> None:
    text = (
        "2031년 안전계획\n\n1. 카메라 설치\n ▸(사업량) 45대 / (기간) 31. 2월 ~ 31. 10월\n ▸(추진) 설계 2월, 준공 10월\n"
        "\n2. 보험\n ▸ 계약 갱신(’31. 2. 1.)\n"
    )
    first = plan_of(text).tasks[0]
    assert first.period is not None and str(first.period.end) == "2031-10-31"
    assert [(one.title, one.expr) for one in first.milestones] == [("설계", "2월"), ("준공", "10월")]


def test_a_line_far_shorter_than_others_was_not_broken_by_the_page() -> None:
    long = "가" * 150
    text = f"2031년 계획\n○ {long}\n○ 표준 마련 및 배포를 위한 협의체를 둔다는 방안\n이동 신분증 도입(’31. 5.)\n○ 점검(’31. 6.)\n"
    assert entries(plan_of(text))[0] == ("이동 신분증 도입", "’31. 5.")


def test_a_month_behind_a_year_needs_no_closing_dot_to_be_counted() -> None:
    assert [(one.year, one.month) for one in find_dates("2031.12 준공, ’31.04 개관, 31.上 설계")] == [
        (2031, 12),
        (2031, 4),
        (2031, 1),
    ]


def test_two_digits_of_the_last_century_are_of_it() -> None:
    assert [one.year for one in find_dates("’87. 6. 매립장 설치")] == [1987]
