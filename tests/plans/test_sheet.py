"""The spreadsheet of a draft: out and back, corrected by hand, and the empty form."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.texts import plan_words
from plans.draft import PlanDraft
from plans.errors import PlanError
from plans.read import plan_of, read_plan
from plans.sheet.columns import ENTRY_COLUMNS
from plans.sheet.form import fitting_precision, read_sheet
from plans.sheet.writer import write_sheet, write_template

SAMPLE = Path(__file__).parents[2] / "sandbox" / "sample" / "plan.txt"


def without_lines(draft: PlanDraft) -> dict[str, Any]:
    content = draft.model_dump(exclude={"findings", "claims", "account", "own"})
    for task in content["tasks"]:
        for milestone in task["milestones"]:
            del milestone["line"]
        for goal in task["indicators"]:
            del goal["line"]
    return content


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The sample plan's spreadsheet."""
    path = tmp_path / "draft.xlsx"
    path.write_bytes(write_sheet(read_plan(SAMPLE), plan_words.sheet()))
    return path


def test_a_draft_comes_back_from_its_spreadsheet_as_it_was(file: Path) -> None:
    assert without_lines(read_plan(file)) == without_lines(read_plan(SAMPLE))


def test_areas_and_pledges_come_back_too(tmp_path: Path) -> None:
    register = read_plan(Path(__file__).parents[1] / "samples" / "register.txt")
    path = tmp_path / "draft.xlsx"
    path.write_bytes(write_sheet(register, plan_words.sheet()))
    assert register.tasks[0].area
    assert without_lines(read_plan(path)) == without_lines(register)


def test_goals_come_back_too_and_what_is_wrong_with_one_is_told(tmp_path: Path) -> None:
    text = (
        "2031년 가온군 혁신 실행계획\n\n1-1 마을 쉼터 가꾸기\n\n주관부서\t마을과\n담당자\t김하늘 주무관\n소요예산\t비예산\n\n"
        "□ 성과목표\n\n시행 전\t시행 후\n○ 쉼터 이용 주민 180명\t○ 쉼터 이용 주민 240명 이상\n○ 조용하다\t○ 북적인다\n\n"
        "최종목표\t연차별 달성 목표\t\n모든 마을에 쉼터\t2031년\t네 곳\n\n□ 추진일정\n\n- 쉼터 준공 : 2031. 9.\n"
    )
    draft, path = plan_of(text), tmp_path / "draft.xlsx"
    assert [one.target for one in draft.tasks[0].indicators] == ["240", None]
    path.write_bytes(write_sheet(draft, plan_words.sheet()))
    assert without_lines(read_plan(path)) == without_lines(draft)
    book = openpyxl.load_workbook(path)
    sheet = book["목표"]
    sheet["H2"].value = "많이"
    sheet["C3"].value = None
    book.save(path)
    again = read_plan(path)
    assert [one.code for one in again.findings] == ["sheet-row.goal-number", "sheet-row.goal"]
    assert not again.tasks[0].indicators


def test_a_corrected_date_is_read(file: Path) -> None:
    book = openpyxl.load_workbook(file)
    row = next(row for row in book["일정"].iter_rows() if row[3].value == "정책 제안 발표회")
    row[list(ENTRY_COLUMNS).index("start")].value = date(2026, 7, 14)
    row[list(ENTRY_COLUMNS).index("due")].value = date(2026, 7, 14)
    book.save(file)
    entries = [one for task in read_plan(file).tasks for one in task.milestones]
    [window] = next(one for one in entries if one.title == "정책 제안 발표회").windows
    assert (window.due, window.precision) == (date(2026, 7, 14), "day")


def test_the_empty_form_reads_words_for_times(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_template(2027, plan_words.sheet(), plan_words.example(2027)))
    [task] = read_plan(path).tasks
    [window] = task.milestones[0].windows
    assert (window.start, window.due, window.precision) == (date(2027, 7, 1), date(2027, 7, 31), "month")


def sheet(*entries: str) -> str:
    """The common text form with one task and the given entry rows."""
    return "\n".join(
        [
            "기한 계획표\t1",
            "계획 제목\t2027년 계획",
            "계획 연도\t2027",
            "",
            "과제번호\t과제명\t주관부서\t담당자\t협업기관\t연락처\t소요예산(원)\t사업기간 시작\t사업기간 끝\t끝 미정\t추진상황",
            "1\t정비\t도로과\t김하늘 주무관; 박바다\t\t\t2027: 1,000\t\t\t\t",
            "",
            "\t".join(ENTRY_COLUMNS.values()),
            *entries,
        ]
    )


def test_several_officers_and_budgets_are_read() -> None:
    [task] = read_sheet(sheet()).tasks
    assert [(one.name, one.rank) for one in task.officers] == [("김하늘", "주무관"), ("박바다", None)]
    assert [(one.year, one.krw) for one in task.budgets] == [(2027, 1000)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1\t정비\t\t착공\t언젠가", "시기 '언젠가'"),
        ("1\t정비\t\t착공\t\t2027. 9. 1.\t2027. 8. 1.", "시작 2027-09-01보다 빠릅니다"),
        ("1\t정비\t\t착공\t\t\t내년쯤", "날짜로 읽지 못했습니다"),
        ("9\t없는 과제\t\t착공\t2027. 9.", "같은 과제가 없어"),
        ("1\t정비\t\t\t2027. 9.", "일정 이름이 없어"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_finding_with_its_line(row: str, said: str) -> None:
    draft = read_sheet(sheet(row))
    assert any(said in plan_words.finding(one) and one.line == 9 for one in draft.findings)
    assert draft.tasks[0].milestones == []


def test_a_form_without_a_title_or_a_header_is_refused() -> None:
    with pytest.raises(PlanError, match="sheet-title"):
        read_sheet(sheet().replace("2027년 계획", ""))
    with pytest.raises(PlanError, match="sheet-head"):
        read_sheet(sheet().replace("순번", "번호"))


def test_a_precision_that_the_days_do_not_bear_out_is_not_kept() -> None:
    assert fitting_precision(date(2027, 7, 1), date(2027, 7, 31), "month") == "month"
    assert fitting_precision(date(2027, 7, 1), date(2027, 7, 20), "month") == "range"
    assert fitting_precision(date(2027, 7, 20), date(2027, 7, 20), "month") == "day"
    assert fitting_precision(date(2027, 4, 1), date(2027, 6, 30), "quarter") == "quarter"


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    draft = read_plan(SAMPLE)
    draft.tasks[0].title = '=HYPERLINK("http://x","y")'
    path = tmp_path / "x.xlsx"
    path.write_bytes(write_sheet(draft, plan_words.sheet()))
    cell = openpyxl.load_workbook(path)["과제"]["B2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x","y")')


@pytest.mark.open_door("kind N")
def test_a_name_of_several_words_is_one_name(tmp_path: Path) -> None:
    """Only a rank of the list of ranks is a rank: 남궁 of the rank 민수 is nobody."""
    draft = _with_officer(tmp_path, "남궁 민수; Anna Maria Kim; 김하늘 주무관; 남궁 옥분 팀장")
    found = [(one.name, one.rank) for one in draft.tasks[0].officers]
    assert found == [
        ("남궁 민수", None),
        ("Anna Maria Kim", None),
        ("김하늘", "주무관"),
        ("남궁 옥분", "팀장"),
    ]


@pytest.mark.open_door("kind E")
def test_a_sheet_in_letters_of_a_mac_holds_the_same_people(tmp_path: Path) -> None:
    draft = _with_officer(tmp_path, unicodedata.normalize("NFD", "김하늘 주무관"))
    assert [(one.name, one.rank) for one in draft.tasks[0].officers] == [("김하늘", "주무관")]


@pytest.mark.open_door("kind M", "B5")
@pytest.mark.parametrize("amount", ["25²", "9" * 16, "-5", "2026²: 100"])
def test_an_amount_that_is_no_number_is_found_at_its_row(tmp_path: Path, amount: str) -> None:
    draft = _with_cell(tmp_path, "소요예산(원)", amount)
    assert draft.tasks[0].budgets == []
    assert any("소요예산" in plan_words.finding(one) for one in draft.findings)


def _with_officer(folder: Path, written: str) -> PlanDraft:
    return _with_cell(folder, "담당자", written)


def _with_cell(folder: Path, column: str, value: str) -> PlanDraft:
    """The sample plan's spreadsheet with that cell in its first task."""
    path = folder / "changed.xlsx"
    path.write_bytes(write_sheet(read_plan(SAMPLE), plan_words.sheet()))
    book = openpyxl.load_workbook(path)
    sheet = book["과제"]
    header = next(row for row in sheet.iter_rows() if any(cell.value == column for cell in row))
    at = next(cell for cell in header if cell.value == column)
    sheet.cell(at.row + 1, at.column).value = value
    book.save(path)
    return read_plan(path)
