"""A form that goes out: its header is what is asked, and what comes back is read cell by cell."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from plans.errors import PlanError
from plans.readers.cells import read_cells
from plans.readers.document import read_cells as read_in_a_process
from plans.sheet.grid import Grid, cell_name
from plans.sheet.question import Form, corrected, read_form
from plans.sheet.returned import Returned, outcome_of, read_returned, read_values

HEAD = [
    "연번",
    "부서명",
    "쉼터 이름",
    "면적(㎡)",
    "구분(신규/보수)",
    "설치 예정일",
    "설명(20자 이내)",
    "비고",
]


def grid(*rows: list[str], reaches: dict[int, dict[int, int]] | None = None) -> Grid:
    return Grid(name="조사", rows=[list(row) for row in rows], reaches=reaches or {})


@pytest.fixture
def form() -> Form:
    return read_form(grid(["그늘 쉼터 수요조사"], [], HEAD))


def kinds(form: Form) -> dict[str, str]:
    return {one.name: one.kind for one in form.columns}


def test_the_header_below_a_title_is_what_is_asked(form: Form) -> None:
    assert form.title == "그늘 쉼터 수요조사"
    assert kinds(form) == {
        "연번": "no",
        "부서명": "department",
        "쉼터 이름": "text",
        "면적(㎡)": "number",
        "구분(신규/보수)": "choice",
        "설치 예정일": "day",
        "설명(20자 이내)": "text",
        "비고": "text",
    }
    by_name = {one.name: one for one in form.columns}
    assert by_name["면적(㎡)"].unit == "㎡"
    assert by_name["구분(신규/보수)"].choices == ("신규", "보수")
    assert by_name["설명(20자 이내)"].most == 20
    assert [one.name for one in form.asked if not one.is_needed] == ["비고"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("추진 여부", "choice"), ("사업비(단위: 백만원)", "number"), ("문서번호", "document"), ("참여 인원", "number"),
     ("Budget (krw)", "number"), ("Due date", "day"), ("Stage (plan/work/done)", "choice"), ("추진 계획", "text")],
)  # fmt: skip
def test_words_of_a_header_tell_what_its_cells_hold(name: str, kind: str) -> None:
    assert kinds(read_form(grid(["사업명", name])))[name] == kind


def test_where_a_column_is_marked_the_others_may_be_empty() -> None:
    form = read_form(grid(["사업명*", "예산(천원)", "담당(필수)"]))
    assert [one.is_needed for one in form.columns] == [True, False, True]


def test_a_header_of_two_rows_joins_both() -> None:
    head = grid(["사업명", "사업비(백만원)", "", "비고"], ["", "계", "시비", ""], reaches={0: {1: 2}})
    assert [one.name for one in read_form(head).columns] == [
        "사업명",
        "사업비(백만원) 계",
        "사업비(백만원) 시비",
        "비고",
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [([["제목뿐"]], "form-head"), ([["사업명", "", "예산"]], "form-unnamed"), ([["예산", "예산"]], "form-twice"),
     ([["연번", "부서"]], "form-head"), ([[f"칸 {at}" for at in range(41)]], "form-wide")],
)  # fmt: skip
def test_what_is_no_form_is_refused(rows: list[list[str]], code: str) -> None:
    with pytest.raises(PlanError) as refused:
        read_form(grid(*rows))
    assert refused.value.code == code


def test_a_guess_is_put_right(form: Form) -> None:
    form = corrected(corrected(form, "면적(㎡)=number:평?"), "비고=choice:있음/없음!")
    by_name = {one.name: one for one in form.columns}
    assert (by_name["면적(㎡)"].unit, by_name["면적(㎡)"].is_needed) == ("평", False)
    assert (by_name["비고"].choices, by_name["비고"].is_needed) == (("있음", "없음"), True)


@pytest.mark.parametrize(
    ("spec", "code"),
    [("비고", "form-spec"), ("비고=그림", "form-spec"), ("없는 칸=text", "form-field"), ("비고=choice", "form-choices")],
)  # fmt: skip
def test_a_correction_that_says_nothing_is_refused(form: Form, spec: str, code: str) -> None:
    with pytest.raises(PlanError) as refused:
        corrected(form, spec)
    assert refused.value.code == code


def back(form: Form, *rows: list[str], head: list[str] | None = None) -> Returned:
    return read_returned(form, grid(["아무 제목"], head or HEAD, *rows), 2026)


ROW = ["1", "도로과", "시청 앞", "1,200.5", "신규", "2026. 7. 10.", "느티나무 아래", ""]


def test_filled_rows_come_back_as_values(form: Form) -> None:
    found = back(form, ROW, ["2"], ["3", "도로과", "역 앞", "30㎡", "보 수", "7.20.", "평상", "급함"])
    assert found.faults == []
    assert [list(row.values()) for row in found.rows] == [
        ["시청 앞", 1200.5, "신규", "2026-07-10", "느티나무 아래"],
        ["역 앞", 30, "보수", "2026-07-20", "평상", "급함"],
    ]


@pytest.mark.parametrize(
    ("column", "said", "code", "cell"),
    [(2, "", "form.empty", "C3"), (3, "넓음", "form.number", "D3"), (3, "30평", "form.unit", "D3"),
     (4, "이전", "form.choice", "E3"), (5, "곧", "form.day", "F3"), (5, "2026. 7.", "form.day", "F3"),
     (6, "가" * 21, "form.long", "G3")],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_named(
    form: Form, column: int, said: str, code: str, cell: str
) -> None:
    row = [said if at == column else text for at, text in enumerate(ROW)]
    [fault] = back(form, row).faults
    assert (fault.code, fault.facts["cell"], fault.line) == (code, cell, 3)


def test_a_changed_header_is_named_and_nothing_counts(form: Form) -> None:
    head = [*HEAD[:3], "크기", *HEAD[4:]]
    found = back(form, ROW, head=head)
    [fault] = found.faults
    assert (fault.code, fault.facts["cell"], fault.facts["said"]) == ("form.header", "D2", "크기")
    assert found.rows == []


def test_columns_may_stand_in_another_order(form: Form) -> None:
    found = back(form, list(reversed(ROW)), head=list(reversed(HEAD)))
    assert found.faults == [] and found.rows[0]["c3"] == "시청 앞"


def test_another_form_is_refused(form: Form) -> None:
    with pytest.raises(PlanError) as refused:
        read_returned(form, grid(["이름", "주소"], ["가", "나"]), 2026)
    assert refused.value.code == "form-other"


@pytest.mark.parametrize(
    ("said", "outcome"), [("없음", "none"), ("0건", "none"), ("해당 없음", "not-applicable"), ("해당없음.", "not-applicable")]
)  # fmt: skip
def test_nothing_is_an_answer(form: Form, said: str, outcome: str) -> None:
    found = back(form, ["1", "도로과", said])
    assert (found.outcome, found.rows, found.faults) == (outcome, [], [])
    assert outcome_of("없음직한 일") is None


def test_examples_of_the_form_and_notes_below_it_are_no_rows() -> None:
    form = read_form(
        grid(
            HEAD, ["1", "○○과", "(예) 시청 앞", "10", "신규", "2026. 1. 2.", "예시", ""], ["※ 한 줄에 하나씩"]
        )
    )
    found = read_returned(form, grid(HEAD, *map(list, form.examples), ROW, ["", "", "※ 추가 설명"]), 2026)
    assert [row["c3"] for row in found.rows] == ["시청 앞"]


def test_values_that_are_typed_are_read_alike(form: Form) -> None:
    said = {"c3": "시청 앞", "c4": "30", "c5": "신규", "c6": "2026-07-10", "c7": "평상"}
    assert read_values(form, said, 2026).rows == [said | {"c4": 30}]
    [fault] = read_values(form, said | {"c4": ""}, 2026).faults
    assert (fault.code, fault.facts["cell"]) == ("form.empty", "면적(㎡)")


@pytest.mark.parametrize(
    ("place", "name"), [((0, 0), "A1"), ((4, 25), "Z5"), ((0, 26), "AA1"), ((9, 701), "ZZ10")]
)
def test_cells_are_called_as_spreadsheets_call_them(place: tuple[int, int], name: str) -> None:
    assert cell_name(*place) == name


def book() -> bytes:
    """A form as offices make them: a hidden sheet before it, a title over all columns, a drop-down list."""
    made = Workbook()
    hidden = made.active
    assert hidden is not None
    hidden.title, hidden.sheet_state = "코드", "hidden"
    sheet = made.create_sheet("조사표")
    made.active = sheet
    sheet.append(["수요조사"])
    sheet.merge_cells("A1:C1")
    sheet.append(["사업명", "단계", "시작일자"])
    sheet.append(["쉼터", "설계", date(2026, 7, 1)])
    choice = DataValidation(type="list", formula1='"설계,공사"')
    sheet.add_data_validation(choice)
    choice.add("B3:B90")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_the_cells_of_the_first_sheet_that_is_shown_are_read() -> None:
    found = read_cells(book())
    assert found.name == "조사표"
    assert found.rows == [["수요조사"], ["사업명", "단계", "시작일자"], ["쉼터", "설계", "2026. 7. 1."]]
    form = read_form(found)
    assert form.columns[1].choices == ("설계", "공사") and form.columns[2].kind == "day"


def test_a_form_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "서식.xlsx"
    file.write_bytes(book())
    assert read_in_a_process(file) == read_cells(book())


def test_a_form_of_another_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "서식.txt"
    file.write_text("사업명 예산\n", encoding="utf-8")
    with pytest.raises(PlanError) as refused:
        read_in_a_process(file)
    assert refused.value.code == "not-cells"


def test_a_file_of_values_is_a_sheet_without_looks(tmp_path: Path) -> None:
    file = tmp_path / "서식.csv"
    file.write_text('사업명,"예산(백만원)"\n보행로 정비,120\n', encoding="utf-8")
    assert read_in_a_process(file).rows == [["사업명", "예산(백만원)"], ["보행로 정비", "120"]]


def test_a_broken_form_is_refused() -> None:
    for content in (b"", b"PK\x03\x04 broken", book()[:400]):
        with pytest.raises(PlanError):
            read_cells(content)
