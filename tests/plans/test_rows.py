"""Rows and lines that belong together: a title between rows parts no table, and each line is looked at once."""

from __future__ import annotations

import pytest

from plans.entries import paragraphs
from plans.extract import read_draft
from plans.read import plan_of
from plans.text.lines import Line, split_lines

PLAN = """2031년도 주요업무계획

1. 하늘마당 조성

□ 추진일정
추진일자\t추진사항
6. 18.\t개관 행사
마무리 단계
9. 28.\t설계 용역 착수
\t보상 협의

2. 별빛길 정비

□ 추진계획
 ○ 9. 9. : 기본구상 발표
"""


def test_a_title_in_a_row_of_its_own_parts_no_table_and_ends_no_task() -> None:
    first = plan_of(PLAN).tasks[0]
    assert [entry.title for entry in first.milestones] == ["개관 행사", "설계 용역 착수", "보상 협의"]


def test_each_line_is_asked_once_whether_it_is_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def counted(line: Line) -> bool:
        nonlocal asked
        asked += 1
        return line.body.endswith("월")

    monkeypatch.setattr(paragraphs, "is_time", counted)
    lines = split_lines("3월\n보도 정비\n" * 300)
    assert len(paragraphs.actions_beside(lines)) == 300
    assert asked == len(lines)


def test_bullets_below_times_happen_then() -> None:
    text = (
        "2031년 한별시 도서관 계획\n\n□ 추진일정\n○ 2031년 1분기\n- 설문 문항 만들기\n- 부지 조사(2월)\n* 설문은 누리집에서\n"
        "○ 2031년 3, 4분기\n- 도면 공람\n○ 사서 모임\n- 매주 만나는 자리\n"
    )
    entries = [entry for task in read_draft(text, 2031).tasks for entry in task.milestones]
    told = [
        (one.title, f"{one.windows[0].start:%m}-{one.windows[-1].due:%m}") for one in entries if one.windows
    ]
    assert told == [("설문 문항 만들기", "01-03"), ("부지 조사", "02-02"), ("도면 공람", "07-12")]
