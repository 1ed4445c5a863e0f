"""The three forms of the result: escaped, whole, printable; and the order of columns."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from reports.period import Period
from reports.quarterly import page
from reports.quarterly.result import Result
from reports.quarterly.rows import Correction, Quarter, Row
from reports.quarterly.workbook import wrapped_lines
from reports.quarterly.xlsx import xlsx
from reports.settings import RoundSettings
from store.states import PledgeStatus
from tests.builders import kst
from tests.reports.quarterly.samples import SAMPLES, bureaus, city, quarter
from tests.reports.quarterly.samples import result as built


@pytest.fixture(scope="module")
def result() -> Result:
    return city()


def small(
    *rows: Row, corrections: tuple[Correction, ...] = (), settings: RoundSettings | None = None
) -> Result:
    now = Quarter(Period(2030, 2), Period(2030, 2).last_day, rows, corrections=corrections)
    return built(now, None, settings)


EVIL = Row("1", "<script>alert(1)</script>=1+1", PledgeStatus.ON_TRACK, "<b>분야", "국", "과", id=1)


def test_every_section_of_the_form_is_there_in_order(result: Result) -> None:
    heads = ["1. 점검개요", "2. 점검결과", "변경사항", "총평", "공약조정 필요사업", "추진현황", "3. 향후계획"]
    for form in (page.html(result), page.text(result)):
        places = [form.index(head) for head in heads]
        assert places == sorted(places)


def test_the_page_escapes_what_documents_say() -> None:
    shown = page.html(small(EVIL))
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_the_page_needs_nothing_from_outside(result: Result) -> None:
    shown = page.html(result)
    assert "http" not in shown
    assert "<link" not in shown and "src=" not in shown


def test_text_in_the_spreadsheet_is_never_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(small(replace(EVIL, title="=1+1\x07")))))
    cells = [cell for row in book["자료"].iter_rows() for cell in row if cell.value == "=1+1 "]
    assert [cell.data_type for cell in cells] == ["s"]


def test_the_spreadsheet_prints_on_a4_one_page_wide(result: Result) -> None:
    form = openpyxl.load_workbook(io.BytesIO(xlsx(result)))["점검결과"]
    assert (form.page_setup.paperSize, form.page_setup.fitToWidth) == (
        "9",
        1,
    ) or form.page_setup.paperSize == 9
    assert form.sheet_properties.pageSetUpPr.fitToPage


def test_the_data_sheet_has_one_row_per_project_with_both_quarters(result: Result) -> None:
    rows = list(openpyxl.load_workbook(io.BytesIO(xlsx(result)))["자료"].iter_rows(values_only=True))
    assert len(rows) == result.total + 1
    moved = next(row for row in rows if row[3] == "2-1")
    assert moved[7:] == ("이행 후 계속추진", "일부추진", 0)


def test_the_as_of_day_and_the_zone_are_printed_everywhere(result: Result) -> None:
    for form in (page.html(result), page.text(result)):
        assert "2030. 6. 30." in form
        assert "Asia/Seoul" in form


def test_a_correction_is_shown_with_both_values_and_both_rates() -> None:
    change = Correction(1, "status", "정상추진", "완료", "증빙 확인", "최기획", kst(2030, 8, 1))
    shown = page.text(small(EVIL, corrections=(change,)))
    assert "정상추진 → 완료 (2030. 8. 1. 최기획, 증빙 확인)" in shown
    assert "확정 당시 0.0% (0/1) → 정정 후 100.0% (1/1)" in shown


def test_the_organisations_order_of_bureaus_wins() -> None:
    of = bureaus(SAMPLES / "quarter-bureaus.csv")
    wanted = RoundSettings(bureau_order=("보건소", "복지국", "도시국", "실"))
    found = built(quarter(SAMPLES / "quarter.txt", of), None, wanted)
    assert found.matrix.bureaus == ("보건소", "복지국", "도시국", "실")


def test_without_a_printed_matrix_the_bureaus_file_orders_the_columns() -> None:
    now = replace(quarter(SAMPLES / "quarter.txt", bureaus(SAMPLES / "quarter-bureaus.csv")), claims={})
    assert built(now, None).matrix.bureaus == ("도시국", "복지국", "보건소", "실")


def test_a_status_left_out_of_the_formula_has_no_share() -> None:
    rows = [replace(EVIL, id=i, no=str(i), status=one) for i, one in enumerate(PledgeStatus, 1)]
    found = small(*rows, settings=RoundSettings(excluded_statuses=(PledgeStatus.DROPPED,)))
    assert (found.rate.done, found.rate.counted) == (2, 6)
    assert [one.label for one in found.columns if one.share is None] == ["폐기"]
    assert "전체 − 폐기" in found.footnotes[0]


def test_steps_are_drafted_from_the_calendar_where_none_are_written() -> None:
    assert [one.when for one in small(EVIL).steps] == ["2030. 8.", "2030. 8.", "2030. 10."]


def test_a_long_text_gets_the_lines_that_it_needs() -> None:
    assert wrapped_lines("가" * 30, 21) == 3


def test_particles_follow_what_stands_before_them() -> None:
    rows = (Row("1", "보행로", PledgeStatus.ON_TRACK),)
    now = Quarter(Period(2030, 2), Period(2030, 2).last_day, rows)
    found = built(now, replace(now, period=Period(2029, 4)), RoundSettings(rate_name="이행도"))
    for form in (page.html(found), page.text(found)):
        assert "2029년 4분기와 견주었습니다" in form
        assert "이행도는 0.0%(0/1)이며" in form
