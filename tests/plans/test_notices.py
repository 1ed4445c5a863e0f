"""What stands in a file and not in its text is said with its place: crossed out, hidden, boxed, tracked, lost."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml

from plans.readers.child import source_of
from plans.readers.form import Source, lost
from tests.plans import writers

TEXT = "2031년 계획\n첫째 줄\n둘째 줄\n셋째 줄"
Write = Callable[[str, writers.Styles, Path], None]
STRUCK: dict[str, Write] = {
    ".md": writers.write_styled_md,
    ".xlsx": writers.write_styled_xlsx,
    ".docx": writers.write_styled_docx,
    ".hwpx": writers.write_styled_hwpx,
    ".pdf": writers.write_styled_pdf,
}


def read(path: Path) -> Source:
    return source_of(path.suffix, path)


@pytest.mark.parametrize("kind", list(STRUCK))
def test_what_is_crossed_out_is_no_text_and_is_said(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"plan{kind}"
    STRUCK[kind](TEXT, {3: "struck"}, path)
    source = read(path)
    assert "둘째" not in source.text
    assert "첫째 줄" in source.text
    assert [(one.kind, one.text) for one in source.notices] == [("struck", "둘째 줄")]


@pytest.mark.parametrize(("kind", "write"), [(".xlsx", STRUCK[".xlsx"]), (".docx", STRUCK[".docx"])])
def test_what_is_hidden_is_no_text_and_is_said(tmp_path: Path, kind: str, write: Write) -> None:
    path = tmp_path / f"plan{kind}"
    write(TEXT, {3: "hidden"}, path)
    source = read(path)
    assert "둘째" not in source.text
    assert [(one.kind, one.text, one.line) for one in source.notices] == [("hidden", "둘째 줄", 3)]


@pytest.mark.parametrize(("kind", "write"), [(".docx", STRUCK[".docx"]), (".hwpx", STRUCK[".hwpx"])])
def test_a_text_box_counts_once(tmp_path: Path, kind: str, write: Write) -> None:
    path = tmp_path / f"plan{kind}"
    write(TEXT, {3: "boxed"}, path)
    source = read(path)
    assert source.text.count("둘째 줄") == 1
    assert not source.notices


def test_a_text_box_of_a_sheet_counts(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    writers.write_xlsx(TEXT, path)
    draw = "http://schemas.openxmlformats.org/drawingml/2006/main"
    box = f'<d xmlns:a="{draw}"><a:p><a:r><a:t>상자 속 글</a:t></a:r></a:p></d>'
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9"'
        ' Type="x/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/drawings/drawing1.xml", box)
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", relation)
    assert "상자 속 글" in read(path).text


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


def test_letters_that_a_second_reading_finds_are_named() -> None:
    [found] = lost("3쪽", "과정명 일시", "과정")
    assert (found.kind, found.place, found.text) == ("lost", "3쪽", "명일시")
    assert not lost("3쪽", "과정명 일시", "일시 과정명")


def test_an_open_sided_table_keeps_its_first_and_last_column(tmp_path: Path) -> None:
    """The header is a shaded box over all columns; below it only the inner rules are drawn."""
    path = tmp_path / "plan.pdf"
    writers.write_open_table([["과정명", "대상", "일정"], ["말하기", "전 직원", "2. 11."]], path)
    lines = [line for line in read(path).text.split("\n") if line.strip()]
    assert lines == ["과정명\t대상\t일정", "말하기\t전 직원\t2. 11."]
