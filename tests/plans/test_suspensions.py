"""What a plan says to rest until something happens is an entry with its condition; what merely ends is none."""

from __future__ import annotations

import pytest

from plans.entries.suspensions import is_suspension
from plans.extract import read_draft
from tests.plans.test_checks import CARD


def entries(*lines: str) -> list[tuple[str, str, str]]:
    text = CARD + "□ 추진일정\n\n" + "".join(f"- {line}\n" for line in lines)
    [task] = read_draft(text).tasks
    return [(one.title, one.expr, one.kind) for one in task.milestones]


@pytest.mark.parametrize(
    ("line", "title", "until"),
    [
        ("쉼터 공사 : 국비 확보 시까지 보류", "쉼터 공사 보류", "국비 확보 시까지"),
        ("부지 보상이 끝날 때까지 공사 중단", "공사 중단", "부지 보상이 끝날 때까지"),
        ("사업 중단(예산 확보 시 재개)", "사업 중단", "예산 확보 시 재개"),
        ("차량 임차 잠정 보류 (추경 편성 후 재추진)", "차량 임차 잠정 보류", "추경 편성 후 재추진"),
    ],
)
def test_a_condition_is_read_with_what_rests(line: str, title: str, until: str) -> None:
    assert entries(line) == [(title, until, "ongoing")] and is_suspension(title, until)


def test_the_line_below_may_tell_when_it_goes_on() -> None:
    lines = ("감염병 위기에 따라 사업 중단", "거리두기 완화 후 사업 재개 예정")
    assert entries(*lines) == [(lines[0], lines[1], "ongoing")]


@pytest.mark.parametrize(
    "line", ["일회용 컵 사용 중단", "공사 중단 안내", "보류 안건 처리", "운영 중단(담당: 총무과)"]
)
def test_what_is_stopped_without_a_condition_is_no_suspension(line: str) -> None:
    assert entries(line) == []


def test_a_day_is_a_due_day_and_no_condition() -> None:
    assert [one[2] for one in entries("2031. 6. 30.까지 공사 중단")] == ["dated"]


def test_what_goes_on_all_year_is_no_suspension() -> None:
    assert not is_suspension("공사 중단 안내", "연중") and not is_suspension("일회용 컵 사용 중단", "연중")
