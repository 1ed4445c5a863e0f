"""`gihan calendar`: the year's table as a file, and one clear line where it cannot be made."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.bot.conftest import Gihan

PLAN = str(Path(__file__).parents[2] / "sandbox" / "sample" / "plan.txt")


def test_the_year_of_a_plan_is_made_and_of_one_department(gihan: Gihan, folder: Path) -> None:
    gihan("import", PLAN, "--yes")
    assert "2026년 과제 12개" in gihan("calendar", "2026", "-o", "a.xlsx")
    assert "과제 2개" in gihan("calendar", "2026", "-o", "b.xlsx", "--scope", "기획예산과")
    titles = openpyxl.load_workbook(folder / "b.xlsx")["연간 일정표"]
    assert "기획예산과" in [row[0] for row in titles.iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("2026", "-o", "a.pdf"), ".xlsx 파일로"),
        (("206", "-o", "a.xlsx"), "206년은 쓸 수 없습니다"),
        (("2026", "-o", "없는 폴더/a.xlsx"), "만들 수 없습니다"),
        (("2026", "-o", "a.xlsx", "--scope", "없는과"), "없습니다"),
    ],
)
def test_what_cannot_be_is_one_clear_line(gihan: Gihan, arguments: tuple[str, ...], word: str) -> None:
    gihan("db", "upgrade")
    error = gihan("calendar", *arguments, code=2)
    assert word in error
    assert len(error.strip().splitlines()) == 1
