"""Sheets of the command line: a document's review sheet, and the register there and back."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.shell import Shell

PLAN = """2026년 한별시 실행계획

1-1 보행로 정비
 주관부서 : 도로과
 담당자 : 김하늘 주무관
 추진일정
 - 2026. 7. 3. 설계 용역
 - 2026. 9. 30. 공사 착공
"""


def imported(gihan: Shell) -> None:
    (gihan.folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    gihan("import", "plan.txt", "--yes", "--accept-unread")


def test_the_review_sheet_is_written_and_nothing_is_registered(gihan: Shell) -> None:
    (gihan.folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    gihan("import", "plan.txt", "--sheet", "검토.xlsx")
    assert (gihan.folder / "검토.xlsx").exists() and not (gihan.folder / "gihan.db").exists()
    printed = gihan("import", "검토.xlsx", "--yes")
    assert "설계 용역" in gihan("list") and "새" in printed


def test_the_register_comes_back(gihan: Shell) -> None:
    imported(gihan)
    gihan("list", "--sheet", "등록부.xlsx")
    assert "바뀐 것이 없습니다" in gihan("import", "등록부.xlsx", "--yes")
    _fill(gihan.folder / "등록부.xlsx")
    assert "메모: 없음 → 업체 선정" in gihan("import", "등록부.xlsx", "--dry-run")
    assert "1곳을 반영" in gihan("import", "등록부.xlsx", "--yes")
    assert "바뀐 것이 없습니다" in gihan("import", "등록부.xlsx", "--yes")


def _fill(path: Path) -> None:
    book = load_workbook(path)
    page = book.active
    assert page is not None
    page.cell(page.max_row, 13).value = "업체 선정"
    book.save(path)
