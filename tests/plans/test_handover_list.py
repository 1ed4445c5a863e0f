"""A hand-over list: its columns by their usual names, every row that cannot be read told by its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.texts import plan_words
from plans.errors import PlanError
from plans.readers.document import read_text
from plans.sheet.handover import FORM, read_list

HEADER = "전임자\t전임 부서\t후임자\t후임 부서\t기준일"


def test_it_reads_rows_under_the_header() -> None:
    row = read_list(f"2026년 하반기\n{HEADER}\n김하늘\t관광과\t이바다\t\t2026. 7. 6.").rows[0]
    assert (row.giver, row.giver_department, row.taker, row.taker_department) == (
        "김하늘",
        "관광과",
        "이바다",
        None,
    )
    assert (row.day, row.line) == (date(2026, 7, 6), 3)


def test_it_reads_english_columns() -> None:
    text = "From\tTo\tTo department\tEffective date\nKim Haneul\tLee Bada\tRoads\t2026-07-06\nPark Maru\tNone\t\t2026-07-06"
    rows = read_list(text).rows
    assert [(one.giver, one.taker, one.taker_department) for one in rows] == [
        ("Kim Haneul", "Lee Bada", "Roads"),
        ("Park Maru", "", None),
    ]


@pytest.mark.parametrize("written", ["2026. 7. 6.", "2026-07-06", "2026-07-06 00:00:00", "'26. 7. 6."])
def test_it_reads_the_days_people_and_spreadsheets_write(written: str) -> None:
    assert read_list(f"{HEADER}\n김하늘\t\t이바다\t\t{written}").rows[0].day == date(2026, 7, 6)


@pytest.mark.parametrize("written", ["7. 6.", "2026. 7.", "다음 주", ""])
def test_a_day_without_its_year_is_told_and_never_guessed(written: str) -> None:
    found = read_list(f"{HEADER}\n김하늘\t\t이바다\t\t{written}")
    assert found.rows == [] and "2번째 줄" in plan_words.fault(found.faults[0])


@pytest.mark.parametrize("nobody", ["", "없음", "공석", "미정"])
def test_a_successor_may_be_open(nobody: str) -> None:
    assert read_list(f"{HEADER}\n김하늘\t\t{nobody}\t\t2026. 7. 6.").rows[0].taker == ""


def test_another_document_is_no_list() -> None:
    assert not FORM.is_in("2026년 실행계획\n과제명\t담당자\t시기")
    with pytest.raises(PlanError, match=r"list-head\.handovers"):
        read_list("2026년 실행계획")


def test_the_empty_form_reads_back_without_its_example(tmp_path: Path) -> None:
    path = tmp_path / "명단.xlsx"
    path.write_bytes(FORM.empty(plan_words.line("handovers.sheet"), plan_words.handover_example(2026)))
    found = read_list(read_text(path))
    assert found.rows == [] and found.faults == []
