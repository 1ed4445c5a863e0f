"""What stands outside all tasks and names none is the planning office's own (총괄부서 자체 일정), and no task."""

from __future__ import annotations

from plans.extract import read_draft

PLAN = """2031년 한별시 혁신 실행계획

Ⅰ. 과제별 계획
1-1-① 하늘길 걷기
주관부서\t건강과
담당자\t가나다 주무관
□ 추진일정
- 코스 설계 : 3월 중
- 걷기 행사 : 5월 중

1-1-② 물길 정비
주관부서\t하천과
담당자\t라마바 주무관
□ 추진일정
- 실시설계 : 4월 중
- 착공 : 6월 중

Ⅱ. 혁신 확산 방안
□ 직원 교육
○ 주요내용
- 혁신 특강과 우수사례 공유
○ 향후계획
- 직원 교육 계획 수립 : 7월 중
"""


def test_an_entry_under_no_task_and_no_heading_of_its_own_is_the_planning_offices() -> None:
    draft = read_draft(PLAN, None)
    assert [one.title for one in draft.tasks] == ["하늘길 걷기", "물길 정비"]
    assert [(one.title, one.line) for one in draft.own] == [("직원 교육 계획 수립", 23)]
    assert [one.kind for one in draft.findings] == ["outside-tasks"]
    assert draft.with_own()[-1].title == "2031년 한별시 혁신 실행계획"
