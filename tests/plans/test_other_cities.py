"""Layouts that other offices use: cards written as lists, officers in 사업개요, years as headings of their own."""

from __future__ import annotations

from plans.draft import PlanDraft, TaskDraft
from plans.extract import read_draft

WORKS = """2031년 주요업무 추진상황

1. 축제 개최

□ 사업개요
 ○ 기간 : 2031. 1. ~ 10.
 ○ 담당부서 : 문화과
 ○ 담당자 : 가나다 주무관

□ 앞으로 추진계획
 ○ 참가자 공모 : 5. 3.

2. 문화도시 조성

□ 사업개요
 ○ 기간 : 2031. ~ 2035.
 ○ 담당부서 : 도시과
 ○ 담당자 : 라마바 팀장

□ 앞으로 추진계획
 ○ 공모 신청 : 2031. 6월 예정
"""

LISTED = """2031년 새봄시 혁신 실행계획

1-1-① 찾아가는 민원실 운영

○ 주관부서 : 민원과
○ 담당자 : 가나다 주무관
○ 사업기간 : '31. 2. ~ 11.
○ 소요예산 : 15백만원

□ 추진실적
 ○ 2029년
  - 3월 : 수요 조사
 ○ 2030년
  - 5월 ~ 6월 : 시범 운영
  - 9월 : 평가

□ 향후계획
 - 4월 : 차량 임차
"""

BOXED = """2031년 새봄시 혁신 실행계획

과제 1\t쉬운 민원 서식

주관부서\t민원과\t담당자\t가나다 주무관

□ 추진일정

구 분\t추진내용\t추진시기
1단계\t수요조사\t2031. 2월
2단계\t서식 개발\t2031. 3월~8월

과제 2\t청년 참여단

주관부서\t청년과\t담당자\t라마바 주무관

□ 추진일정
 - 모집 : 4월
"""


def times(task: TaskDraft) -> list[tuple[str, str, str]]:
    """(title, start, due) of every milestone's first window."""
    return [(m.title, str(m.windows[0].start), str(m.windows[0].due)) for m in task.milestones]


def numbers_and_titles(draft: PlanDraft) -> list[tuple[str | None, str]]:
    return [(task.no, task.title) for task in draft.tasks]


def test_officers_in_the_overview_of_a_work_make_no_card_of_it() -> None:
    draft = read_draft(WORKS)
    assert numbers_and_titles(draft) == [("1", "축제 개최"), ("2", "문화도시 조성")]
    assert [task.department for task in draft.tasks] == ["문화과", "도시과"]
    assert [task.officers[0].name for task in draft.tasks] == ["가나다", "라마바"]
    assert [str(task.period.end) for task in draft.tasks if task.period] == ["2031-10-31", "2035-12-31"]


def test_department_and_officer_on_one_line_of_a_work_are_two_fields() -> None:
    one_line = WORKS.replace("문화과\n ○ 담당자", "문화과 / 담당자").replace(
        "나다 주무관", "나다 주무관(☎ 000-0001)"
    )
    first, second = read_draft(one_line).tasks
    assert (first.title, first.department, first.phones) == ("축제 개최", "문화과", ["000-0001"])
    assert [(o.name, o.rank) for o in first.officers] == [("가나다", "주무관")]
    assert second.department == "도시과"


def test_a_card_written_as_a_list_keeps_its_period_and_budget() -> None:
    (task,) = read_draft(LISTED).tasks
    assert [budget.krw for budget in task.budgets] == [15_000_000]
    assert task.period is not None
    assert (str(task.period.start), str(task.period.end)) == ("2031-02-01", "2031-11-30")


def test_a_year_on_a_line_of_its_own_is_the_year_of_the_lines_below_it() -> None:
    (task,) = read_draft(LISTED).tasks
    assert times(task) == [
        ("수요 조사", "2029-03-01", "2029-03-31"),
        ("시범 운영", "2030-05-01", "2030-06-30"),
        ("평가", "2030-09-01", "2030-09-30"),
        ("차량 임차", "2031-04-01", "2031-04-30"),
    ]


def test_the_header_of_a_schedule_opens_no_card() -> None:
    first, second = read_draft(BOXED).tasks
    assert (first.title, second.title) == ("쉬운 민원 서식", "청년 참여단")
    assert times(first) == [
        ("수요조사", "2031-02-01", "2031-02-28"),
        ("서식 개발", "2031-03-01", "2031-08-31"),
    ]
    assert times(second) == [("모집", "2031-04-01", "2031-04-30")]


def test_the_title_of_a_document_ends_before_its_first_heading() -> None:
    assert read_draft(LISTED).title == "2031년 새봄시 혁신 실행계획"
