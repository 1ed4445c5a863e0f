"""Actions about another year than that of their time: 2028년 예산 반영 in December 2027."""

from __future__ import annotations

import pytest

from plans.read import plan_of

Told = list[tuple[str, str, str]]


def told(text: str) -> Told:
    """Action, first and last day."""
    return [
        (entry.title, str(window.start or ""), str(window.due or ""))
        for task in plan_of(text).tasks
        for entry in task.milestones
        for window in entry.windows
    ]


PAGE = (
    "이 누리집은 대한민국 공식 전자정부 누리집입니다.\n2027년도 예산편성을 위한 주민참여 공모\n공모 기준\n"
    "법령에 어긋나는 사업, 구 소관이 아닌 사업\n※ 단, 고치자는 제안은 가능\n접수\n3. 15.(월)~6. 30.(수)\n검토 및 선정\n7~9월 중\n"
    "의회 제출\n11월 중\n2028년 예산 반영\n12월 중\n여러 소식을 친구 추가로 받아보세요!\n"
)


def test_an_action_about_a_year_above_its_time() -> None:
    assert told(PAGE) == [
        ("접수", "2027-03-15", "2027-06-30"),
        ("검토 및 선정", "2027-07-01", "2027-09-30"),
        ("의회 제출", "2027-11-01", "2027-11-30"),
        ("2028년 예산 반영", "2027-12-01", "2027-12-31"),
    ]


@pytest.mark.parametrize("year", ["2028년", "2028년도"])
def test_such_a_line_gives_its_year_to_nothing(year: str) -> None:
    text = (
        f"2027년도 주민제안 공모\n제안 받기\n3. 2.(화)~4. 30.(금)\n부서 검토\n5~7월 중\n총회 투표\n9월 중\n"
        f"{year} 사업계획 담기\n12월 중\n소식을 받아보세요!\n"
    )
    assert told(text)[-1] == (f"{year} 사업계획 담기", "2027-12-01", "2027-12-31")


def test_what_a_page_says_to_its_readers_is_no_title() -> None:
    assert plan_of(PAGE).title.startswith("2027년도 예산편성을 위한 주민참여 공모")


@pytest.mark.parametrize("mark", ["○ ", "- ", ""])
def test_an_action_about_a_year_below_its_time(mark: str) -> None:
    text = (
        f"2027년 구정 제안 일정\n\n□ 추진일정\n{mark}4월\n제안 모으기\n{mark}6월\n2028년 예산안 편성\n{mark}9월\n"
        f"2026년 결산 승인\n{mark}11월\n예산안 제출\n"
    )
    assert told(text) == [
        ("제안 모으기", "2027-04-01", "2027-04-30"),
        ("2028년 예산안 편성", "2027-06-01", "2027-06-30"),
        ("2026년 결산 승인", "2027-09-01", "2027-09-30"),
        ("예산안 제출", "2027-11-01", "2027-11-30"),
    ]


def test_a_year_above_times_is_theirs() -> None:
    text = "한별시 행사 일정\n\n2027년 행사\n3월\n꽃 잔치\n5월\n물놀이\n2028년 행사\n3월\n얼음 잔치\n5월\n불꽃 잔치\n"
    assert [one for one in told(text) if one[0].startswith("202")] == []
