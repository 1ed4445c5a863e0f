"""What stands in a file and not in its text is said with its place: crossed out, hidden, boxed, tracked, lost."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml

from bot.texts import plan_words
from plans.entries.remarks import notice_finding
from plans.readers.child import source_of
from plans.readers.form import Source, Spot, lost
from tests.plans import hwp_writer, writers

TEXT = "2031년 계획\n첫째 줄\n둘째 줄\n셋째 줄"
STRUCK: dict[str, writers.Write] = {
    ".md": writers.write_md,
    ".xlsx": writers.write_xlsx,
    ".docx": writers.write_docx,
    ".hwp": writers.write_hwp,
    ".hwpx": writers.write_hwpx,
    ".pdf": writers.write_pdf,
}
HIDDEN = (".md", ".xlsx", ".docx")
BOXED = (".xlsx", ".docx", ".hwp", ".hwpx", ".pdf")


def read(path: Path) -> Source:
    return source_of(path.suffix, path)


@pytest.mark.parametrize("kind", list(STRUCK))
def test_what_is_crossed_out_is_no_text_and_is_said(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"plan{kind}"
    STRUCK[kind](TEXT, path, writers.Looks({3: "struck"}))
    source = read(path)
    assert "둘째" not in source.text
    assert "첫째 줄" in source.text
    assert [(one.kind, one.text) for one in source.notices] == [("struck", "둘째 줄")]


@pytest.mark.parametrize("kind", HIDDEN)
def test_what_is_hidden_is_no_text_and_is_said(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"plan{kind}"
    STRUCK[kind](TEXT, path, writers.Looks({3: "hidden"}))
    source = read(path)
    assert "둘째" not in source.text
    assert [(one.kind, one.text, one.line) for one in source.notices] == [("hidden", "둘째 줄", 3)]


@pytest.mark.parametrize("kind", BOXED)
def test_a_text_box_counts_once(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"plan{kind}"
    STRUCK[kind](TEXT, path, writers.Looks({3: "boxed"}))
    source = read(path)
    assert source.text.count("둘째 줄") == 1
    assert not source.notices


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_tracked_changes_are_never_silent(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    document = Document()
    paragraph = document.add_paragraph("기한 : ")
    for tag, inner in (("del", "<w:delText>3월</w:delText>"), ("ins", "<w:t>9월</w:t>")):
        paragraph._p.append(parse_xml(f'<w:{tag} xmlns:w="{WORD}" w:id="1"><w:r>{inner}</w:r></w:{tag}>'))
    document.save(str(path))
    source = read(path)
    assert source.text == "기한 : 9월"
    assert [(one.kind, one.text) for one in source.notices] == [("revised", "3월")]


def test_a_table_inside_a_content_control_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    document = Document()
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "3월", "착수"
    wrapped = parse_xml(f'<w:sdt xmlns:w="{WORD}"><w:sdtContent/></w:sdt>')
    table._tbl.addprevious(wrapped)
    wrapped[0].append(table._tbl)
    document.save(str(path))
    assert "3월\t착수" in read(path).text


def word_file(path: Path, body: str) -> Source:
    """A Word file with this body, as read."""
    document = Document()
    inner = parse_xml(f'<w:body xmlns:w="{WORD}" xmlns:m="{MATH}">{body}</w:body>')
    for child in list(inner):
        document.element.body.insert(len(document.element.body) - 1, child)
    document.save(str(path))
    return read(path)


MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def cell(text: str, about: str = "", around: str = "{}") -> str:
    return around.format(f"<w:tc><w:tcPr>{about}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")


def row(*cells: str, about: str = "") -> str:
    return f"<w:tr><w:trPr>{about}</w:trPr>{''.join(cells)}</w:tr>"


CONTROL = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"


@pytest.mark.open_door("kind D")
def test_rows_and_cells_inside_content_controls_keep_their_columns(tmp_path: Path) -> None:
    rows = row(cell("일자"), cell("사항")) + CONTROL.format(row(cell("3월", around=CONTROL), cell("착수")))
    source = word_file(tmp_path / "plan.docx", f"<w:tbl>{rows}</w:tbl>")
    assert "일자\t사항\n3월\t착수" in source.text
    assert not source.notices


def test_a_deleted_row_is_gone_and_said_and_an_inserted_one_counts(tmp_path: Path) -> None:
    rows = row(cell("3월"), cell("착수"), about='<w:del w:id="1"/>') + row(
        cell("9월"), cell("준공"), about='<w:ins w:id="2"/>'
    )
    source = word_file(tmp_path / "plan.docx", f"<w:tbl>{rows}</w:tbl>")
    assert source.text.strip() == "9월\t준공"
    assert [(one.kind, one.text) for one in source.notices] == [("revised", "3월 착수")]


def test_merged_cells_of_a_word_table_keep_the_columns_of_every_row(tmp_path: Path) -> None:
    down = ('<w:vMerge w:val="restart"/>', "<w:vMerge/>")
    rows = row(cell("가", down[0]), cell("나", '<w:gridSpan w:val="2"/>'), cell("끝"))
    rows += row(cell("", down[1]), cell("다"), cell("라"), cell("마"))
    source = word_file(tmp_path / "plan.docx", f"<w:tbl>{rows}</w:tbl>")
    assert source.text.strip("\n") == "가\t나\t<span>\t끝\n\t다\t라\t마"


def test_a_table_inside_a_box_of_one_cell_stays_a_table(tmp_path: Path) -> None:
    inner = f"<w:tbl>{row(cell('3월'), cell('착수'))}</w:tbl>"
    source = word_file(tmp_path / "plan.docx", f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>")
    assert "3월\t착수" in source.text


def test_a_row_of_a_table_inside_a_cell_is_one_line_of_it(tmp_path: Path) -> None:
    inner = f"<w:tbl>{row(cell('3월'), cell('착수'))}{row(cell('9월'), cell('준공'))}</w:tbl>"
    outer = f"<w:tbl><w:tr>{cell('일정')}<w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    assert "일정\t3월 착수<br>9월 준공" in word_file(tmp_path / "plan.docx", outer).text


@pytest.mark.open_door("kind D")
def test_a_formula_of_a_word_file_is_counted_and_told(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>기한</w:t></w:r><m:oMath><m:r><m:t>3월</m:t></m:r></m:oMath></w:p>"
    assert [(one.kind, one.text) for one in word_file(tmp_path / "plan.docx", body).notices] == [
        ("lost", "3월")
    ]


@pytest.mark.open_door("kind D")
def test_the_words_of_a_diagram_are_told(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    writers.write_docx("2031년 계획", path)
    words = '<d xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:t>3월 착수</a:t></d>'
    writers.add_part(path, "word/diagrams/data1.xml", words)
    assert [(one.kind, one.text) for one in read(path).notices] == [("lost", "3월 착수")]


CELL = '<c r="A2"><f>EDATE(B1,1)</f>'


@pytest.mark.open_door("kind D")
def test_a_formula_whose_value_nobody_stored_is_told_and_one_that_has_a_value_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    writers.write_xlsx("일자\t사항\n\t착수", path)
    writers.change_part(path, "xl/worksheets/sheet1.xml", '<c r="B2"', f'{CELL}</c><c r="B2"')
    [notice] = read(path).notices
    assert (notice.kind, notice.text) == ("formula", "A2")
    assert "'Sheet' 시트 2행: 수식의 값이" in plan_words.finding(notice_finding(notice))
    writers.change_part(path, "xl/worksheets/sheet1.xml", CELL, f"{CELL}<v>7</v>")
    assert not read(path).notices
    assert "7\t착수" in read(path).text


@pytest.mark.open_door("kind D")
def test_words_drawn_in_a_shape_of_a_hwp_are_told(tmp_path: Path) -> None:
    path = tmp_path / "plan.hwp"
    drawn = hwp_writer.record(90, 3, bytes(33) + "착공 3월 예정".encode("utf-16-le") + bytes(8))
    path.write_bytes(hwp_writer.document(hwp_writer.paragraph("2031년 계획") + drawn))
    assert [(one.kind, sorted(one.text)) for one in read(path).notices] == [("lost", sorted("착공3월예정"))]


HWPX_DRAWN = {
    "<hp:t>첫째 줄</hp:t>": '<hp:t>첫째 줄</hp:t><hp:textart text="착공 3월"/>',
    "<hp:t>둘째 줄</hp:t>": "<hp:t>둘째 줄</hp:t><hp:equation><hp:script>7월</hp:script></hp:equation>",
}


@pytest.mark.open_door("kind D")
def test_words_drawn_in_a_hwpx_and_its_formulas_are_told(tmp_path: Path) -> None:
    [notice] = read(hwpx_with(TEXT, HWPX_DRAWN, tmp_path)).notices
    assert (notice.kind, sorted(notice.text)) == ("lost", sorted("착공3월7월"))


HWPX_PARTS = {
    "<hp:t>첫째 줄</hp:t>": "<hp:t>첫째 줄</hp:t><hp:unheard><hp:t>남은 말</hp:t></hp:unheard>",
    "<hp:t>둘째 줄</hp:t>": "<hp:ctrl><hp:header><hp:subList><hp:p><hp:run><hp:t>머리말</hp:t></hp:run></hp:p></hp:subList>"
    "</hp:header></hp:ctrl><hp:t>둘째 줄</hp:t>",
}


def hwpx_with(text: str, parts: dict[str, str], folder: Path) -> Path:
    """A .hwpx with some of its XML changed."""
    whole, odd = folder / "whole.hwpx", folder / "odd.hwpx"
    writers.write_hwpx(text, whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(odd, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            for part, other in parts.items():
                content = content.replace(part, other)
            new.writestr(name, content)
    return odd


def test_what_the_library_passes_over_in_a_hwpx_is_named_but_for_page_headers(tmp_path: Path) -> None:
    source = read(hwpx_with(TEXT, HWPX_PARTS, tmp_path))
    assert "남은" not in source.text
    assert [(one.kind, one.text) for one in source.notices] == [("lost", "남은말")]


def test_what_the_library_passes_over_in_a_hwp_is_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.hwp"
    unheard = hwp_writer.record(hwp_writer.CONTROL, 1, b"nohX" + bytes(8)) + hwp_writer.paragraph(
        "남은 말", 2
    )
    path.write_bytes(hwp_writer.document(hwp_writer.paragraph("2031년 계획") + unheard))
    assert [(one.kind, one.text) for one in read(path).notices] == [("lost", "남은말")]


def test_the_caption_of_a_hwpx_table_is_read(tmp_path: Path) -> None:
    words = "<hp:subList><hp:p><hp:run><hp:t>표 1. 추진일정</hp:t></hp:run></hp:p></hp:subList>"
    rows = {"<hp:tr>": f'<hp:caption side="TOP">{words}</hp:caption><hp:tr>'}
    source = read(hwpx_with("일자\t사항", rows, tmp_path))
    assert source.text.split("\n")[0] == "표 1. 추진일정"
    assert not source.notices


def test_letters_that_a_second_reading_finds_are_named() -> None:
    [found] = lost(Spot("page", 3), "과정명 일시", "과정")
    assert (found.kind, found.text) == ("lost", "명일시")
    assert plan_words.finding(notice_finding(found)).startswith("3쪽: 글자 3자를 읽지 못했습니다: '명일시'.")
    assert not lost(Spot("page", 3), "과정명 일시", "일시 과정명")


def test_an_open_sided_table_keeps_its_first_and_last_column(tmp_path: Path) -> None:
    """The header is a shaded box over all columns; below it only the inner rules are drawn."""
    path = tmp_path / "plan.pdf"
    writers.write_open_table([["과정명", "대상", "일정"], ["말하기", "전 직원", "2. 11."]], path)
    lines = [line for line in read(path).text.split("\n") if line.strip()]
    assert lines == ["과정명\t대상\t일정", "말하기\t전 직원\t2. 11."]


def test_a_markdown_comment_keeps_the_numbers_of_the_lines_below(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("앞\n<!-- 첫\n둘 -->뒤\n~~셋~~ <!-- 열린", encoding="utf-8")
    source = read(path)
    assert source.text == "앞\n\n뒤\n <!-- 열린"
    assert [(one.text, one.line) for one in source.notices] == [("첫", 2), ("둘", 3), ("셋", 4)]


def test_a_link_of_markdown_is_its_words(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("- [설명회](https://a.kr/x) : 3월\n- [1단계](3월) 착공", encoding="utf-8")
    assert read(path).text == "- 설명회 : 3월\n- [1단계](3월) 착공"
