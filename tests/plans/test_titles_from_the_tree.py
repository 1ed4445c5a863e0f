"""What a document without tasks is called: by the heading over all its dated lines, and numbers that lie in bullets."""

from __future__ import annotations

from plans.extract import read_draft

PAGE = """한별시 나눔예산
나눔예산이란?
- 시민이 예산을 함께 짜는 제도
2031년 나눔예산 모임 운영
- 2031. 2월 : 운영계획 수립
- 2031. 4월 : 나눔학교 운영
"""

CONTEST = """제4회 한별 그림 공모전

■ 공모 부문

1. 물길 그리기

2. 옛말 쓰기

■ 지원 자격

1. 물길 그리기: 초등학생

2. 옛말 쓰기: 누구나

■ 시상 내역

1. 물길 그리기

한별상 / 1명 / 상금 50만원

2. 옛말 쓰기

당선작 / 6명

■ 주요 일정

■ 2031. 11. 14. (금) 공모 마감

■ 2031. 12. 4. (목) 결과 발표
"""


def test_the_heading_over_all_dated_lines_names_the_task_of_a_page() -> None:
    draft = read_draft(PAGE)
    assert draft.is_offered
    assert [one.title for one in draft.tasks] == ["2031년 나눔예산 모임 운영"]


def test_a_heading_that_only_names_a_section_leaves_the_document_s_title() -> None:
    text = PAGE.replace("2031년 나눔예산 모임 운영", "< 추진 일정 >")
    assert [one.title for one in read_draft(text).tasks] == ["한별시 나눔예산 나눔예산이란?"]


def test_numbers_that_begin_again_below_each_bullet_head_no_tasks() -> None:
    draft = read_draft(CONTEST)
    assert [(one.title, len(one.milestones)) for one in draft.tasks] == [("제4회 한별 그림 공모전", 2)]
