"""`gihan audit`: found by what people type, exported in each form, and clear where it cannot be."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from tests.shell import Shell

PLAN = str(Path(__file__).parents[2] / "samples" / "quarter.txt")


@pytest.fixture
def office(gihan: Shell) -> Shell:
    """A plan is registered and somebody is invited."""
    gihan("import", PLAN, "--yes")
    gihan("invite", "윤감사", "--department", "감사담당관", "--role", "auditor")
    return gihan


def test_the_log_is_found_and_exported_in_each_form(office: Shell, folder: Path) -> None:
    assert "초대" in office("audit", "초대") and "계획 등록" not in office("audit", "초대")
    assert "계획 등록" in office("audit", "계획", "등록")
    for name in ("a.csv", "a.xlsx", "a.jsonl"):
        office("audit", "계획 등록", "-o", name)
    with (folder / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    sheet = openpyxl.load_workbook(folder / "a.xlsx")["이력"]
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        [cell or None for cell in row] for row in rows
    ]
    lines = (folder / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(one)["action"] for one in lines] == ["imported"] and rows[1][3] == "계획 등록"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("-o", "이력.hwp"), ".csv, .xlsx, .jsonl"),
        (("-o", "없는 폴더/이력.csv"), "만들 수 없습니다"),
        (("6.30~6.1",), "시작~끝"),
    ],
)
def test_what_cannot_be_is_one_clear_line(gihan: Shell, arguments: tuple[str, ...], word: str) -> None:
    gihan("db", "upgrade")
    error = gihan("audit", *arguments, code=2)
    assert word in error
    assert len(error.strip().splitlines()) == 1
