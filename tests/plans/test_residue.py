"""What the general rule reads where no structure explains a document, and what it leaves alone; every word is made up."""

from __future__ import annotations

import pytest

from plans.draft import PlanDraft
from plans.read import plan_of
from plans.residue.evidence import WEIGHTS

Entries = set[tuple[str, str, str]]

CELLS = """2031년도 한별시 기술직 채용시험 일정이 정해졌다.

<2031년 채용 일정>

시험명

원서접수

시험일정

1

2

토목직

2.10()~2.14()

4.3()

6.20()~6.24()

건축직

2.12()~2.16()

4.5()

조경 9급

5.9()~5.11()

7.4()
"""

BESIDE = """2031년 작은도서관 지원사업 공모

2. 신청절차
□ 신청기간
사업구분\t\t서류 제출\t면접 참여
권역형\t새뜰권역\t2031. 3. 4.(화) 09:00 ~ 3. 14.(금) 18:00\t2031. 3. 24.(월) ~ 3. 25.(화)
마을형\t물빛마을\t2031. 3. 4.(화) 09:00 ~ 3. 14.(금) 18:00\t2031. 3. 26.(수) ~ 3. 27.(목)

5. 추진일정(안)
일정\t추진내용
2031년 4월\t지원 대상 확정
2031년 5월 ~ 8월\t도서관별 공사 시행
"""

TIMES_ABOVE = """[안내] 마을돌봄 평가 추진
 • 작성자관리자

아래를 참고하시기 바랍니다.

1. '31.1.16(목)까지
- 1단계 : 기초자료 입력

2. '31.1.27(월)~2.14(금)까지
- 2단계 : 자료 보완
- 3단계 : 서식 내려받기
"""


def entries(draft: PlanDraft) -> Entries:
    return {
        (str(window.start or ""), str(window.due or ""), entry.title)
        for task in draft.tasks
        for entry in task.milestones
        for window in entry.windows
    }


def proposed(draft: PlanDraft) -> list[int]:
    """The lines that the finding names, which a person is to look at."""
    found = [one.facts["shown"] for one in draft.findings if one.code == "proposed"]
    return [no for shown in found if isinstance(shown, list) for no in shown if isinstance(no, int)]


def test_cells_a_line_in_rows_of_any_length_bear_the_name_above_them() -> None:
    draft = plan_of(CELLS)
    assert ("2031-02-10", "2031-02-14", "토목직") in entries(draft)
    assert ("2031-06-20", "2031-06-24", "토목직") in entries(draft)
    assert ("2031-04-05", "2031-04-05", "건축직") in entries(draft)
    assert ("2031-07-04", "2031-07-04", "조경 9급") in entries(draft)
    assert len(entries(draft)) == 7
    assert draft.is_offered  # nobody registers it unseen


def test_a_table_of_two_names_and_two_acts_and_the_schedule_beside_it_are_read() -> None:
    found = entries(plan_of(BESIDE))
    assert ("2031-03-04", "2031-03-14", "권역형 서류제출") in found
    assert ("2031-03-26", "2031-03-27", "마을형 면접참여") in found
    assert ("2031-05-01", "2031-08-31", "도서관별 공사 시행") in found
    assert len(found) == 6


def test_what_only_the_general_rule_reads_is_told_with_its_lines() -> None:
    draft = plan_of(CELLS)
    lines = {entry.line for task in draft.tasks for entry in task.milestones}
    assert set(proposed(draft)) == lines
    assert draft.account is not None
    assert draft.account.holds


def test_bullets_below_a_numbered_time_happen_then() -> None:
    found = entries(plan_of(TIMES_ABOVE))
    assert ("", "2031-01-16", "1단계 : 기초자료 입력") in found
    assert {title for start, _, title in found if start == "2031-01-27"} == {
        "2단계 : 자료 보완",
        "3단계 : 서식 내려받기",
    }


PLAN = """2031년 한별시 시행계획

1. 골목길 가꾸기
□ 추진계획
 ○ 3월 : 설계 착수
 ○ 5월 : 공사 착공
{line}

2. 물길 넓히기
□ 추진계획
 ○ 4월 : 주민 설명회
 ○ 9월 : 준공
"""


@pytest.mark.parametrize(
    "line",
    [
        "□ 사업개요\n ○ 사업기간 : 2031. 1. ~ 12.",
        "□ 추진근거\n ○ 「골목길 지원법」 제12조(2031. 1. 1. 시행)",
        "□ 추진배경\n ○ 2031. 2. 말 기준 빈집 120채",
        "□ 추진배경\n ○ 위원 15명 위촉(임기 2031. 3. ~ 2033. 2.)",
        "□ 추진배경\n ○ 지난 2031년 1월에는 주민 300명이 다녀갔다.",
        "□ 추진배경\n ○ 2029. 5. : 기본구상 마련",
        "□ 예산\n ○ 2031년 본예산 : 1,200백만원",
        "□ 문의\n ○ 골목길팀 ☎ 02-2031-0412",
    ],
)
def test_what_is_explained_away_is_proposed_by_nobody(line: str) -> None:
    draft = plan_of(PLAN.format(line=line))
    assert not proposed(draft)
    assert len(entries(draft)) == 4


def test_an_appendix_beside_tasks_is_told_and_not_proposed() -> None:
    table = "부록 1  2031년 행사 일정\n월별\t행사명\t일자\n1월\t새해 장터\t1. 2.\n2월\t마을 이야기\t2. 12.\n"
    draft = plan_of(PLAN.format(line="") + "\n" + table)
    assert not proposed(draft)
    assert draft.account is not None
    assert draft.account.aside["outside"] > 0


def test_no_piece_of_evidence_alone_makes_an_entry_of_a_line_that_tells_of_the_past() -> None:
    assert max(WEIGHTS.values()) + WEIGHTS["past-tense"] < 0
