"""`gihan bureaus`, `gihan round import` and `gihan report`: from files to the quarter's result."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.reports.quarterly.samples import table
from tests.shell import Shell

SAMPLES = Path(__file__).parents[2] / "samples"
PLAN, BUREAUS, BEFORE = (
    str(SAMPLES / name) for name in ("quarter.txt", "quarter-bureaus.csv", "quarter-before.csv")
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the made-up city's store is kept once it is filled."""
    return tmp_path_factory.mktemp("city") / "gihan.db"


@pytest.fixture
def city(gihan: Shell, folder: Path, made: Path) -> Shell:
    """The made-up city's quarter is registered, with bureaus and the quarter before."""
    if not made.exists():
        gihan("import", PLAN, "--yes")
        gihan("bureaus", BUREAUS)
        gihan("round", "import", "2030Q1", BEFORE)
        shutil.copy(folder / "gihan.db", made)
    shutil.copy(made, folder / "gihan.db")
    return gihan


def test_a_result_document_is_frozen_when_it_is_registered(gihan: Shell) -> None:
    assert "2030년 2분기 점검결과 11건을 확정 기록으로 둡니다" in gihan("import", PLAN, "--yes")
    assert "2030Q2" in gihan("round", "list")
    assert "바뀐 것이 없습니다" in gihan("import", PLAN, "--yes")


def test_the_report_is_made_in_each_form(city: Shell, folder: Path) -> None:
    for period, name in (("2030Q2", "r.xlsx"), ("2030-2분기", "r.html"), ("2030년 2분기", "r.txt")):
        assert "11건" in city("report", period, "-o", name)
    book = openpyxl.load_workbook(folder / "r.xlsx")
    assert book.sheetnames == ["점검결과", "자료"]
    assert "45.5%" in (folder / "r.html").read_text(encoding="utf-8")
    text = (folder / "r.txt").read_text(encoding="utf-8")
    assert "(2-1) 이웃 돌봄 배움터 만들기 : 이행 후 계속추진 → 일부추진" in text
    assert "[원문 모순]" in text


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("2030Q2", "-o", "r.hwp"), ".xlsx, .html, .txt"),
        (("지난 분기", "-o", "r.txt"), "2024Q1"),
        (("2029Q4", "-o", "r.txt"), "있는 분기: 2030Q2, 2030Q1"),
        (("2030Q2", "-o", "없는 폴더/r.txt"), "만들 수 없습니다"),
    ],
)
def test_a_report_that_cannot_be_made_is_one_clear_line(
    city: Shell, arguments: tuple[str, ...], word: str
) -> None:
    error = city("report", *arguments, code=2)
    assert word in error
    assert len(error.strip().splitlines()) == 1


@pytest.fixture
def empty(gihan: Shell) -> Shell:
    """An office that has a store and nothing in it."""
    gihan("db", "upgrade")
    return gihan


def test_an_empty_office_is_told_how_to_begin(empty: Shell) -> None:
    assert "문서를 대화방에 보내" in empty("report", "2030Q2", "-o", "r.txt", code=2)


def test_faulty_rows_are_listed_and_nothing_is_written(city: Shell, folder: Path) -> None:
    bad = folder / "bad.csv"
    bad.write_text(
        "관리번호,공약명,추진상황\n1-2,골목 안내판,잘됨\n9-9,없는 사업,완료\n1-3,시민 제안,완료\n",
        encoding="utf-8",
    )
    error = city("round", "import", "2029Q4", str(bad), code=2)
    assert "2행" in error and "3행" in error
    assert "2029Q4" not in city("round", "list")
    city("round", "import", "2029Q4", str(bad), "--yes")
    assert "2029Q4" in city("round", "list")


def test_a_quarter_on_record_is_not_written_over(city: Shell) -> None:
    assert "정정" in city("round", "import", "2030Q1", BEFORE, code=2)


def test_bureaus_of_a_faulty_list_are_not_written(empty: Shell, folder: Path) -> None:
    bad = folder / "bad.csv"
    bad.write_text("부서,국\n도로과,도시국\n도로과,복지국\n", encoding="utf-8")
    assert "3행" in empty("bureaus", str(bad), code=2)
    assert "도시국" in empty("bureaus", str(bad), "--yes")


def test_bureaus_come_from_a_spreadsheet_too_in_their_own_order(empty: Shell, folder: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (("부서", "국", "순서"), ("도로과", "도시국", 2), ("보건행정과", "보건소", 1)):
        book.active.append(row)
    book.save(folder / "b.xlsx")
    assert "국 2개: 보건소, 도시국" in empty("bureaus", "b.xlsx")


def test_settings_of_the_result_are_the_organisations(city: Shell, folder: Path) -> None:
    city("report", "2030Q2", "-o", "r.txt", GIHAN_REVIEW__DECIMALS="0", GIHAN_REVIEW__RATE_NAME="이행률")
    assert "이행률(단위사업 기준) : 45% (5/11)" in (folder / "r.txt").read_text(encoding="utf-8")


def test_a_wrong_status_in_the_settings_is_told_with_the_choices(gihan: Shell) -> None:
    error = gihan("round", "list", code=2, GIHAN_REVIEW__RESIDUAL_STATUS="잘됨")
    assert "review.residual_status" in error and "정상추진" in error


@pytest.mark.parametrize(
    "command", [("report",), ("bureaus",), ("round",), ("round", "import"), ("round", "list")]
)
def test_every_command_has_help(gihan: Shell, command: tuple[str, ...]) -> None:
    assert "--help" in gihan(*command, "--help")


def test_a_real_quarter_comes_back_from_the_spreadsheet_cell_by_cell(gihan: Shell, folder: Path) -> None:
    shared = Path(__file__).parents[4] / "shared"
    if not (shared / "gold" / "004-bureaus.csv").is_file():
        pytest.skip("no reference plans beside the project (../shared)")
    gihan("import", str(shared / "plans" / "004.txt"), "--yes")
    gihan("bureaus", str(shared / "gold" / "004-bureaus.csv"))
    gihan("round", "import", "2023Q4", str(shared / "gold" / "004-previous-quarter.csv"))
    gihan("report", "2024Q1", "-o", "r.xlsx")
    form = openpyxl.load_workbook(folder / "r.xlsx")["점검결과"]
    _, total, *rows = table(form, "총계", 7)
    assert total[1:] == [49, 5, 13, 10, 5, 6, 5, 5]
    assert [row[1] for row in rows] == [5, 11, 12, 15, 6]
    assert table(form, "계", 3)[1][1:5] == [49, 33, 15, 1]
    said = [row[0].value for row in form.iter_rows(max_col=1) if isinstance(row[0].value, str)]
    assert any("67.3%(33/49) ※ 2023.4분기 65.3%(32/49) 대비 2.0%p↑" in one for one in said)
    assert any("[원문 모순]" in one and "32→33" in one for one in said)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(("2030Q2", "-o", "m.xlsx"), "시작한 자체점검이 없어"), (("2030Q2", "-o", "m.hwp"), ".xlsx 파일로")],
)
def test_papers_that_cannot_be_made_are_one_clear_line(
    city: Shell, arguments: tuple[str, ...], word: str
) -> None:
    error = city("material", *arguments, code=2)
    assert word in error
    assert len(error.strip().splitlines()) == 1


@pytest.mark.parametrize("ending", ["txt", "xlsx"])
def test_the_weekly_report_of_the_office_is_made_into_a_file(gihan: Shell, folder: Path, ending: str) -> None:
    gihan("import", PLAN, "--yes")
    assert "개 부서" in gihan("report", "week", "-o", f"week.{ending}")
    assert (folder / f"week.{ending}").stat().st_size > 100
    assert "gihan report week -o" in gihan("report", "week", "-o", "week.pdf", code=2)


def test_a_round_with_a_name_is_opened_and_stands_among_what_is_asked(city: Shell) -> None:
    opened = ("round", "open", "--name", "총점검", "--as-of", "2030-10-31", "--yes")
    assert "분기(--quarter)나 점검의 이름" in city("round", "open", "--due", "2030-11-14", "--yes", code=2)
    told = city(*opened, "--due", "2030-11-14", "--begin")
    assert "2030년 총점검" in told and "입력을 시작하였습니다. 요청 번호 1" in told
    assert "2030Q4 총점검" in city("round", "list")
    assert "이미 있습니다" in city(*opened, "--due", "2030-11-14", code=2)
    [listed] = json.loads(city("ask", "list", "--json"))
    shown = json.loads(city("ask", "show", "1", "--json"))
    assert (listed["no"], listed["kind"], listed["state"], listed["scope"]) == (1, "check", "open", "all")
    assert listed["title"] == "2030년 총점검 자체점검" and listed["due_at"].startswith("2030-11-14")
    assert listed["respondents"] == len(shown["rows"]) > 0 and listed["answered"] == 0
    assert {one["state"] for one in shown["rows"]} == {"asked"}
    assert [one["key"] for one in shown["fields"]][:2] == ["status", "results"]
    assert "총점검" in city("ask", "list") and "추진상황" in city("ask", "show", "1")
    assert "자체점검입니다" in city("ask", "book", "1", "-o", "r.xlsx", code=2)
