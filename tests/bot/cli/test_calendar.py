"""`gihan calendar`: the year's table as a file, and one clear line where it cannot be made."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.shell import Shell

QUARTER = str(Path(__file__).parents[2] / "samples" / "quarter.txt")
PLAN = str(Path(__file__).parents[3] / "sandbox" / "sample" / "plan.txt")


def test_the_year_of_a_plan_is_made_and_of_one_department(gihan: Shell, folder: Path) -> None:
    gihan("import", PLAN, "--yes")
    assert "2026년 과제 12개" in gihan("calendar", "2026", "-o", "a.xlsx")
    assert "과제 2개" in gihan("calendar", "2026", "-o", "b.xlsx", "--scope", "기획예산과")
    titles = openpyxl.load_workbook(folder / "b.xlsx")["연간 일정표"]
    assert "기획예산과" in [row[0] for row in titles.iter_rows(values_only=True)]


def test_the_yearbook_holds_what_the_year_has(gihan: Shell, folder: Path) -> None:
    gihan("import", QUARTER, "--yes")
    assert "2030년 5개 파일" in gihan("yearbook", "2030", "-o", "b.zip")
    with zipfile.ZipFile(folder / "b.zip") as book:
        names = book.namelist()
        assert names == [
            "차례.txt",
            "연간 일정표.xlsx",
            "2분기 점검결과.xlsx",
            "2분기 점검결과.html",
            "이력.csv",
        ]
        assert "45.5%" in book.read("2분기 점검결과.html").decode()
        contents = book.read("차례.txt").decode()
        assert "2030년 자료집" in contents and "4. 이력.csv" in contents
        assert (
            len(book.read("이력.csv").decode("utf-8-sig").splitlines()) == 1
        )  # nothing was recorded in 2030
    gihan("yearbook", "-o", "now.zip")
    with zipfile.ZipFile(folder / "now.zip") as book:
        assert "계획 등록" in book.read("이력.csv").decode("utf-8-sig")


@pytest.mark.parametrize("name", ["b.rar", "없는 폴더/b.zip"])
def test_a_yearbook_that_cannot_be_made_is_one_clear_line(gihan: Shell, name: str) -> None:
    gihan("db", "upgrade")
    assert len(gihan("yearbook", "2030", "-o", name, code=2).strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("2026", "-o", "a.pdf"), ".xlsx 파일로"),
        (("206", "-o", "a.xlsx"), "206년은 쓸 수 없습니다"),
        (("2026", "-o", "없는 폴더/a.xlsx"), "만들 수 없습니다"),
        (("2026", "-o", "a.xlsx", "--scope", "없는과"), "없습니다"),
    ],
)
def test_what_cannot_be_is_one_clear_line(gihan: Shell, arguments: tuple[str, ...], word: str) -> None:
    gihan("db", "upgrade")
    error = gihan("calendar", *arguments, code=2)
    assert word in error
    assert len(error.strip().splitlines()) == 1
