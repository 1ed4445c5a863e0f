"""Text of a word processor whose lines are broken: marks, dates and numbers of tasks on lines of their own."""

from __future__ import annotations

import pytest

from plans.extract import read_draft
from plans.read import plan_of
from plans.text.lines import split_lines

REPORT = (
    "교통국 ☎2033 주차과 ☎8921\n2-①\n시장 뒤 주차장 넓히기\n■\n사업개요\n○ 위    치 : 다온동 12번지\n"
    "○ 공사기간 : 2027. 3. ~ 2028. 5.\n■\n향후계획\n○ 2027.\n2.\n: 보상계획 공고\n○ 2027. 9. ~ 2028. 5. : 공사 추진\n"
    "지속추진 사업\n교통국 ☎2033 주차과 ☎8921\n2-②\n솔숲로 이음길 놓기\n■\n사업개요\n○ 위    치 : 솔숲동\n■\n향후계획\n"
    "○\n2027. 4.\n: 기본설계 마침\n※\n건축물\n3개동\n○ 2027.  6. ~ 12. : 공사 추진\n○ 2028.\n1. :\n개통\n"
)


def told(text: str) -> list[tuple[str, str, str, str]]:
    """Task, action, first and last day."""
    return [
        (task.title, entry.title, str(window.start or ""), str(window.due or ""))
        for task in plan_of(text).tasks
        for entry in task.milestones
        for window in entry.windows
    ]


def test_dates_broken_over_lines_are_whole_and_tasks_have_their_titles() -> None:
    assert told(REPORT) == [
        ("시장 뒤 주차장 넓히기", "보상계획 공고", "2027-02-01", "2027-02-28"),
        ("시장 뒤 주차장 넓히기", "공사 추진", "2027-09-01", "2028-05-31"),
        ("솔숲로 이음길 놓기", "기본설계 마침", "2027-04-01", "2027-04-30"),
        ("솔숲로 이음길 놓기", "공사 추진", "2027-06-01", "2027-12-31"),
        ("솔숲로 이음길 놓기", "개통", "2028-01-01", "2028-01-31"),
    ]


def test_the_number_of_a_telephone_is_no_year_and_its_line_no_title() -> None:
    draft = read_draft(REPORT)
    assert draft.plan_year is None
    assert "☎" not in draft.title


def test_a_line_that_says_whom_to_call_stands_in_no_title_of_a_task() -> None:
    text = (
        "Ⅱ-3\n강변 자전거길 잇기\n관광과 ☏ 031-555-2040\n□ 추진일정\n○ 2027. 3.\n: 노선 조사\n○ 2027. 10. : 개통\n"
        "Ⅱ-4\n물빛공원 음악분수\n공원과 ☏ 031-555-2077\n□ 추진일정\n○ 2027.\n5.\n: 시운전\n○ 2027. 6. : 가동\n"
    )
    assert [one[:3] for one in told(text)] == [
        ("강변 자전거길 잇기", "노선 조사", "2027-03-01"),
        ("강변 자전거길 잇기", "개통", "2027-10-01"),
        ("물빛공원 음악분수", "시운전", "2027-05-01"),
        ("물빛공원 음악분수", "가동", "2027-06-01"),
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("○ 2027.\n11.\n: 공고", ["○ 2027. 11. : 공고"]),
        ("2027년\n3월\n: 공모", ["2027년 3월 : 공모"]),
        ("2027. 12. :\n개장", ["2027. 12. : 개장"]),
        ("2027. 3. 2.\n: 공고", ["2027. 3. 2. : 공고"]),
        ("○\n2027.\n10.\n:\n설계", ["○ 2027. 10. : 설계"]),
        ("2027.\n1. 사업 개요", ["2027.", "1. 사업 개요"]),
        ("2027. 3.\n2027. 4.\n개장", ["2027. 3.", "2027. 4.", "개장"]),
        ("2027. 12. :\n○ 개장", ["2027. 12. :", "○ 개장"]),
        ("외부\n-\n5\n너른내", ["외부", "-", "5", "너른내"]),
        ("2027.\n\n11.", ["2027.", "", "11."]),
        ("참석\t2027.\n11.\t: 공고", ["참석\t2027.", "11.\t: 공고"]),
    ],
)
def test_only_what_is_no_mark_and_no_date_by_itself_is_joined(text: str, lines: list[str]) -> None:
    assert [line.text for line in split_lines(text)] == lines


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2027 한별시 주요업무계획", 2027),
        ("2050 탄소중립 이행계획", None),
        ("2050년 탄소중립 이행계획", 2050),
    ],
)
def test_a_bare_number_in_a_title_is_a_year_only_where_the_dates_have_it(
    title: str, year: int | None
) -> None:
    text = f"{title}\n\n□ 추진일정\n○ 2027. 3. : 나무 심기\n○ 2027. 10. : 숲길 열기\n"
    assert read_draft(text).plan_year == year
