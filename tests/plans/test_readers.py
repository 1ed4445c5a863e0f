from __future__ import annotations

import shutil
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from bot.texts import plan_words
from plans.draft import PlanDraft
from plans.errors import PlanError
from plans.read import read_plan
from plans.readers.document import read_text
from tests.plans import writers

Writer = Callable[[str, Path], None]
WRITERS: dict[str, Writer] = {
    ".csv": writers.write_csv,
    ".md": writers.write_md,
    ".xlsx": writers.write_xlsx,
    ".docx": writers.write_docx,
    ".hwp": writers.write_hwp,
    ".hwpx": writers.write_hwpx,
    ".pdf": writers.write_pdf,
}


def without_lines(draft: PlanDraft) -> object:
    """The draft without line numbers and the findings that speak of them."""
    lines = {name: {"__all__": {"line"}} for name in ("milestones", "indicators", "targets", "asked")}
    tasks = [task.model_dump(exclude=lines) for task in draft.tasks]
    codes = [(finding.code, finding.severity) for finding in draft.findings]
    return draft.plan_year, draft.title, draft.organisation, tasks, codes


@pytest.mark.parametrize("kind", list(WRITERS))
def test_the_same_plan_gives_the_same_draft_in_every_format(
    sample_plan: Path, tmp_path: Path, kind: str
) -> None:
    text = sample_plan.read_text(encoding="utf-8")
    if kind == ".pdf":
        text = text.replace("·", "ㆍ")  # the standard PDF font has no U+00B7
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    WRITERS[kind](text, tmp_path / f"plan{kind}")
    assert without_lines(read_plan(tmp_path / f"plan{kind}")) == without_lines(
        read_plan(tmp_path / "plan.txt")
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949"])
def test_a_text_file_is_read_in_every_usual_encoding(
    sample_plan: Path, tmp_path: Path, encoding: str
) -> None:
    text = sample_plan.read_text(encoding="utf-8")
    (tmp_path / "plan.txt").write_bytes(text.replace("\n", "\r\n").encode(encoding))
    assert read_text(tmp_path / "plan.txt") == text


def refusal(path: Path) -> str:
    """The message with which a file is refused: one line, and what to do."""
    with pytest.raises(PlanError) as caught:
        read_plan(path)
    message = plan_words.refusal(caught.value)
    assert "\n" not in message
    assert message.endswith(("십시오.", "주십시오."))
    return message


@pytest.mark.parametrize("kind", [".txt", ".md", ".csv", *(".xlsx", ".docx", ".hwpx", ".hwp", ".pdf")])
def test_an_empty_file_is_refused(tmp_path: Path, kind: str) -> None:
    (tmp_path / f"plan{kind}").write_bytes(b"")
    assert "내용이 없는 파일" in refusal(tmp_path / f"plan{kind}")


@pytest.mark.parametrize("kind", [".xlsx", ".docx", ".hwpx", ".pdf"])
def test_a_truncated_file_is_refused_as_damaged(sample_plan: Path, tmp_path: Path, kind: str) -> None:
    copy = tmp_path / f"plan{kind}"
    WRITERS[kind](sample_plan.read_text(encoding="utf-8"), copy)
    copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 3])
    assert "손상" in refusal(copy)


def test_a_cell_that_says_it_reaches_over_nothing_is_read_all_the_same(
    sample_plan: Path, tmp_path: Path
) -> None:
    whole, odd = tmp_path / "plan.hwpx", tmp_path / "odd.hwpx"
    writers.write_hwpx(sample_plan.read_text(encoding="utf-8"), whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(odd, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'colSpan="1" rowSpan="1"', b'colSpan="0" rowSpan="0"'))
    assert b'colSpan="0"' in zipfile.ZipFile(odd).read("Contents/section0.xml")
    assert read_plan(odd).tasks == read_plan(whole).tasks


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert "파일이 없습니다" in refusal(tmp_path / "plan.txt")


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "plan.xyz").write_bytes(b"PK\x03\x04")
    assert ".hwpx" in refusal(tmp_path / "plan.xyz")


def test_a_wrong_extension_is_named_with_the_real_content(sample_plan: Path, tmp_path: Path) -> None:
    writers.write_pdf("가", tmp_path / "a.pdf")
    shutil.copy(tmp_path / "a.pdf", tmp_path / "plan.docx")
    assert "내용은 .pdf" in refusal(tmp_path / "plan.docx")


def test_a_spreadsheet_named_docx_is_refused(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "plan.docx")
    assert "내용은 .xlsx" in refusal(tmp_path / "plan.docx")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def test_an_office_file_with_a_password_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(OLE + "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0"))
    assert "암호" in refusal(tmp_path / "plan.xlsx")


HWPML = '<?xml version="1.0" encoding="UTF-8"?>\n<HWPML Version="2.9"><BODY/></HWPML>'
OTHERS = {
    "plan.hwp": (HWPML.encode(), "한글 XML", ".hwpx"),
    "old.hwp": (b"HWP Document File V3.00 \x1a\1\2\3\4\5", "옛 한글", ".hwpx"),
    "old.xlsx": (OLE + "Workbook".encode("utf-16-le").ljust(64, b"\0"), "옛 엑셀", ".xlsx"),
    "old.docx": (OLE + "WordDocument".encode("utf-16-le").ljust(64, b"\0"), "옛 워드", ".docx"),
    "slides.hwp": (OLE + "PowerPoint Document".encode("utf-16-le").ljust(64, b"\0"), "발표 자료", ".pdf"),
    "rich.docx": (b"{\\rtf1\\ansi plan}", "RTF", ".docx"),
    "shot.pdf": (b"\x89PNG\r\n\x1a\n" + bytes(60), "그림", ".hwpx"),
    "page.txt": ("\ufeff<html><body>계획".encode("utf-16"), "웹 페이지", ".txt"),
    "plan.hml": (HWPML.encode(), "한글 XML", ".hwpx"),
    "plan.xls": (b"anything", "옛 엑셀", ".xlsx"),
    "plan.pptx": (b"anything", "발표 자료", ".pdf"),
    "plan.odt": (b"anything", "오픈도큐먼트", ".docx"),
    "plans.zip": (b"anything", "압축", "하나씩"),
    "scan.jpg": (b"anything", "그림", ".pdf"),
}


@pytest.mark.open_door("kind D")
@pytest.mark.parametrize("name", list(OTHERS))
def test_what_nobody_reads_is_named_by_what_it_is_with_the_way_to_save_it_anew(
    tmp_path: Path, name: str
) -> None:
    data, what, way = OTHERS[name]
    (tmp_path / name).write_bytes(data)
    message = refusal(tmp_path / name)
    assert what in message
    assert way in message


@pytest.mark.parametrize(("part", "what"), [("ppt/presentation.xml", "발표 자료"), ("notes.txt", "압축")])
def test_an_archive_of_another_kind_is_named(tmp_path: Path, part: str, what: str) -> None:
    with zipfile.ZipFile(tmp_path / "plan.hwpx", "w") as archive:
        archive.writestr(part, "가")
    assert f"내용은 {what}" in refusal(tmp_path / "plan.hwpx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "plan.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 120_000_000)
    assert "지나치게 커지는" in refusal(tmp_path / "plan.docx")


def test_the_head_of_a_markdown_table_stays_with_its_rows(tmp_path: Path) -> None:
    writers.write_md("일자\t사항\n3. 4.\t착수", tmp_path / "plan.md")
    assert read_text(tmp_path / "plan.md") == "일자\t사항\n\t\n3. 4.\t착수\n"


def test_a_table_of_markdown_needs_no_bars_at_its_ends(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text(
        "일자 | 사항 |\n---|---|\n3. 4. | 착수 |\n\n가 | 나\n", encoding="utf-8"
    )
    assert read_text(tmp_path / "plan.md") == "일자\t사항\n\t\n3. 4.\t착수\n\n가 | 나\n"


def test_a_time_alone_below_a_row_of_a_sheet_belongs_to_its_table(tmp_path: Path) -> None:
    writers.write_csv("일자\t사항\n3. 4.\t보고회\n9. 5.\t\n제목\t", tmp_path / "plan.csv")
    assert read_text(tmp_path / "plan.csv") == "일자\t사항\n3. 4.\t보고회\n9. 5.\t\n제목"


def test_a_row_into_which_a_cell_reaches_from_above_belongs_to_its_table(tmp_path: Path) -> None:
    looks = writers.Looks(merged={(2, 1): (2, 1)})
    writers.write_xlsx("사항\t일자\n보고회\t3. 4.\n설명회\t", tmp_path / "plan.xlsx", looks)
    assert "설명회\t" in read_text(tmp_path / "plan.xlsx")


def test_a_scanned_pdf_is_refused(tmp_path: Path) -> None:
    writers.write_pdf("", tmp_path / "plan.pdf")
    assert "스캔" in refusal(tmp_path / "plan.pdf")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_bytes(bytes(range(1, 9)) * 200)
    assert "UTF-8" in refusal(tmp_path / "plan.txt")


def test_a_merged_cell_of_a_word_table_is_told_once(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "합친 칸"
    table.cell(1, 2).text = "끝"
    document.save(str(tmp_path / "a.docx"))
    assert [line for line in read_text(tmp_path / "a.docx").split("\n") if line] == ["합친 칸\t\t", "\t\t끝"]


def test_dates_and_numbers_of_a_sheet_are_written_as_plans_write_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["일정", date(2031, 3, 2), 12.0])
    book.save(tmp_path / "a.xlsx")
    assert read_text(tmp_path / "a.xlsx").split("\n")[0] == "일정\t2031. 3. 2.\t12"


REAL = {
    "01_project_plan_form.hwpx": "프로젝트 이름\t",
    "02_gangbuk_festival_rfp.hwpx": "구 분\t시 간\t내 용\t비 고",
    "04_table.hwp": "LMN\tOPQ\tSTR",
    "05_merging_cell.hwp": "6,0\t",
    "10_gian_form.hwpx": "전화번호",
}


@pytest.mark.parametrize("name", list(REAL))
def test_a_real_hangul_file_gives_its_tables(shared: Path, name: str) -> None:
    assert REAL[name] in read_text(shared / "files" / name)


def test_a_distribution_file_gives_its_real_text_and_not_the_placeholder(shared: Path) -> None:
    text = read_text(shared / "files" / "08_distribution.hwp")
    assert "입찰" in text
    assert "배포용 문서" not in text


def test_a_hangul_file_with_a_password_is_refused(shared: Path) -> None:
    assert "암호" in refusal(shared / "files" / "09_password_123456.hwpx")


def test_a_truncated_hangul_file_is_refused(shared: Path, tmp_path: Path) -> None:
    data = (shared / "files" / "05_merging_cell.hwp").read_bytes()
    (tmp_path / "cut.hwp").write_bytes(data[: len(data) // 2])
    assert "손상" in refusal(tmp_path / "cut.hwp")


@pytest.mark.open_door("kind E")
def test_a_text_in_letters_of_a_mac_is_read_as_any_other(tmp_path: Path) -> None:
    sample = Path(__file__).parents[1] / "samples" / "cards.txt"
    path = tmp_path / "cards.txt"
    path.write_text(unicodedata.normalize("NFD", sample.read_text(encoding="utf-8")), encoding="utf-8")
    assert read_plan(path) == read_plan(sample)
