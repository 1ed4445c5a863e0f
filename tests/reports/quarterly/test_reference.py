"""R1 of a real quarter, cell by cell, also read back from the spreadsheet; the documents lie beside the project."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from reports.period import Period
from reports.quarterly.result import FindingKind, Result
from reports.quarterly.xlsx import xlsx
from tests.reports.quarterly.samples import ROOT, before, bureaus, quarter, table
from tests.reports.quarterly.samples import result as built

BUREAUS = ["실·단", "문화경제국", "환경교통국", "통합복지국", "안전도시국", "자치행정국", "보건소"]
CELLS = [
    [0, 0, 0, 0, 0, 5, 0],
    [1, 10, 0, 0, 0, 0, 0],
    [2, 1, 0, 5, 0, 0, 4],
    [1, 0, 7, 0, 6, 0, 1],
    [1, 2, 3, 0, 0, 0, 0],
]


@pytest.fixture(scope="module")
def shared() -> Path:
    folder = ROOT.parent / "shared"
    if not (folder / "gold" / "004-bureaus.csv").is_file():
        pytest.skip("no reference plans beside the project (../shared)")
    return folder


@pytest.fixture(scope="module")
def result(shared: Path) -> Result:
    now = quarter(shared / "plans" / "004.txt", bureaus(shared / "gold" / "004-bureaus.csv"))
    return built(now, before(shared / "gold" / "004-previous-quarter.csv", Period(2023, 4)))


def test_the_matrix_is_the_printed_one_in_every_cell(result: Result) -> None:
    assert list(result.matrix.bureaus) == BUREAUS
    assert [list(row) for row in result.matrix.cells] == CELLS
    assert result.matrix.row_totals == [5, 11, 12, 15, 6]
    assert result.matrix.column_totals == [5, 13, 10, 5, 6, 5, 5]


def test_counts_and_shares_are_the_printed_ones(result: Result) -> None:
    assert [one.count for one in result.columns] == [33, 15, 1]
    assert [str(one.share) for one in result.columns] == ["67.3", "30.7", "2.0"]
    assert sum(one.share or Decimal(0) for one in result.columns) == 100


def test_the_rate_rises_by_two_points(result: Result) -> None:
    assert result.previous is not None
    assert str(result.rate.value) == "67.3"
    assert (str(result.previous.rate.value), f"{result.previous.difference:+}") == ("65.3", "+2.0")


def test_the_contradiction_of_list_and_counts_is_told(result: Result) -> None:
    assert result.previous is not None
    assert {one.row.no for one in result.previous.changes.moves} == {"2-4-①", "3-4-②", "4-1-②"}
    [found] = [one for one in result.findings if one.kind is FindingKind.CONTRADICTION]
    assert (found.printed, found.computed) == ("2건", "+1건(32→33)")
    assert FindingKind.DIFFERENCE not in {one.kind for one in result.findings}


def test_by_bureau_and_area_the_done_ones_add_up(result: Result) -> None:
    assert [one.rate.done for one in result.by_area] == [4, 10, 11, 7, 1]
    assert [one.rate.done for one in result.by_bureau] == [4, 10, 1, 4, 5, 4, 5]
    assert result.scope == "5대 분야 21개 공약 49개 사업"


def test_the_spreadsheet_holds_the_same_cells(result: Result) -> None:
    form = openpyxl.load_workbook(io.BytesIO(xlsx(result)))["점검결과"]
    head, total, *rows = table(form, "총계", 7)
    assert head == ["구분", "총계", *BUREAUS]
    assert total == ["계", 49, 5, 13, 10, 5, 6, 5, 5]
    assert [row[2:] for row in rows] == CELLS
    assert [row[1] for row in rows] == [5, 11, 12, 15, 6]


def test_the_spreadsheet_holds_the_same_shares(result: Result) -> None:
    form = openpyxl.load_workbook(io.BytesIO(xlsx(result)))["점검결과"]
    _, counts, shares = table(form, "계", 3)
    assert counts[:5] == ["건수", 49, 33, 15, 1]
    assert shares[:5] == ["비율", 1, 0.673, 0.307, 0.02]
