"""What is drawn on the pages of a PDF, and what is read of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from gihan.fonts import KOREAN
from plans.readers.child import source_of
from plans.readers.form import Source
from plans.readers.pdf.lines import once
from plans.readers.pdf.places import Glyph
from tests.plans import writers
from tests.plans.writers import show


def read(pages: list[list[str]], folder: Path) -> Source:
    """What is read of these pages."""
    path = folder / "plan.pdf"
    writers.write_drawn(pages, path)
    return source_of(".pdf", path)


def lines_of(pages: list[list[str]], folder: Path) -> list[str]:
    return [line for line in read(pages, folder).text.split("\n") if line.strip()]


def table(rows: list[list[str]], top: float = 700, wide: int = 100) -> list[str]:
    """A table with all its rules, the upper edge of its first row at `top`."""
    cells = [
        (40 + wide * c, top - 16 * (r + 1), text) for r, row in enumerate(rows) for c, text in enumerate(row)
    ]
    return [command for x, y, text in cells for command in (box(x, y, wide, 16), show(text, x + 4, y + 4))]


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {y0} m {x1} {y1} l S"


def box(x: float, y: float, wide: float, high: float) -> str:
    return f"{x} {y} {wide} {high} re S"


def test_words_drawn_twice_to_look_bold_are_read_once(tmp_path: Path) -> None:
    twice = [show("착공식 개최", 40, 700), show("착공식 개최", 40.4, 700)]
    assert lines_of([twice], tmp_path) == ["착공식 개최"]


def test_a_year_and_a_title_with_wide_spacing_are_words(tmp_path: Path) -> None:
    assert lines_of([[show("2 0 2 6 년 주 요 업 무 계 획", 40, 700)]], tmp_path) == ["2026년 주요업무계획"]


def test_single_letters_that_are_no_word_stay_apart(tmp_path: Path) -> None:
    assert lines_of([[show("1 2 3 4 5 6", 40, 700)]], tmp_path) == ["1 2 3 4 5 6"]


def test_two_columns_of_running_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"왼쪽 {number}번째 줄에는 일정이 길게 적혀 있다" for number in range(8)]
    right = [f"오른쪽 {number}번째 줄에도 글이 길게 이어진다" for number in range(8)]
    drawn = [show("두 단으로 된 글의 제목", 40, 760)]
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        drawn += [show(one, 40, 700 - 16 * number), show(other, 300, 700 - 16 * number)]
    assert lines_of([drawn], tmp_path) == ["두 단으로 된 글의 제목", *left, *right]


def test_names_beside_their_values_stay_on_one_line(tmp_path: Path) -> None:
    drawn = [
        show(text, x, 700 - 16 * row) for row in range(8) for text, x in (("담당", 40), ("김주무관", 300))
    ]
    assert lines_of([drawn], tmp_path) == ["담당 김주무관"] * 8


def test_text_that_runs_upwards_is_a_line_of_its_own(tmp_path: Path) -> None:
    upwards = f"BT /F1 9 Tf 0 1 -1 0 30 500 Tm <{'추진일정'.encode('utf-16-be').hex()}> Tj ET"
    assert lines_of([[upwards, show("착공", 60, 510)]], tmp_path) == ["추진일정", "착공"]


def test_letters_below_each_other_in_a_cell_are_one_word(tmp_path: Path) -> None:
    cells = [box(40, 640, 20, 64), box(60, 640, 100, 64), show("착공", 66, 670)]
    letters = [show(letter, 45, 690 - 14 * row) for row, letter in enumerate("기반시설")]
    assert lines_of([[*cells, *letters]], tmp_path) == ["기반시설\t착공"]


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    framed = [box(30, 600, 400, 120), show("□ 추진일정", 40, 700), show("- 착공 : 2026. 7. 20.", 40, 680)]
    assert lines_of([framed], tmp_path) == ["□ 추진일정", "- 착공 : 2026. 7. 20."]


def test_a_table_within_a_frame_is_read_as_a_table(tmp_path: Path) -> None:
    inner = table([["일자", "사항"], ["3. 4.", "착수"]], top=656)
    drawn = [box(30, 600, 400, 120), show("추진일정은 다음과 같다", 40, 700), *inner]
    assert lines_of([drawn], tmp_path) == ["추진일정은 다음과 같다", "일자\t사항", "3. 4.\t착수"]


def test_a_number_in_a_box_of_its_own_belongs_to_the_title_beside_it(tmp_path: Path) -> None:
    drawn = [box(40, 690, 20, 20), box(60, 690, 200, 20), show("1", 46, 696), show("하늘길 걷기", 66, 696)]
    assert lines_of([drawn], tmp_path) == ["1 하늘길 걷기"]


@pytest.mark.parametrize("turns", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(tmp_path: Path, turns: int) -> None:
    path = tmp_path / "plan.pdf"
    wide, high = writers.PAGE_WIDTH, writers.PAGE_HEIGHT
    turned = {90: f"0 1 -1 0 {wide} 0", 180: f"-1 0 0 -1 {wide} {high}", 270: f"0 -1 1 0 0 {high}"}[turns]
    writers.write_drawn([[f"{turned} cm", show("2026. 7. 20.", 40, 700), show("착공", 40, 680)]], path)
    path.write_bytes(
        path.read_bytes().replace(b"/Type /Page /Parent", b"/Type /Page /Rotate %d /Parent" % turns)
    )
    assert source_of(".pdf", path).text.split("\n") == ["2026. 7. 20.", "착공"]


def test_page_numbers_are_left_out_and_nothing_is_said_to_be_lost(tmp_path: Path) -> None:
    pages = [[show("- 착공 : 2026. 7. 20.", 40, 700), show(f"- {number} -", 300, 30)] for number in (1, 2, 3)]
    source = read(pages, tmp_path)
    assert source.text.split("\n") == ["- 착공 : 2026. 7. 20."] * 3
    assert not source.notices


def test_a_lone_number_that_counts_nothing_stays(tmp_path: Path) -> None:
    assert lines_of([[show("착공", 40, 700), show("120", 300, 30)], [show("준공", 40, 700)]], tmp_path) == [
        "착공",
        "120",
        "준공",
    ]


def test_a_header_is_told_once(tmp_path: Path) -> None:
    pages = [
        [show("2026년 주요업무계획", 40, 810), show(f"{number}번째 쪽의 글", 40, 600)] for number in range(3)
    ]
    assert lines_of(pages, tmp_path) == [
        "2026년 주요업무계획",
        *(f"{number}번째 쪽의 글" for number in range(3)),
    ]


def test_a_table_that_goes_on_over_pages_has_its_head_once(tmp_path: Path) -> None:
    head = ["일자", "사항"]
    source = read([table([head, ["3. 4.", "착수"]]), table([head, ["5. 6.", "보고"]])], tmp_path)
    assert source.text.split("\n") == ["일자\t사항", "3. 4.\t착수", "5. 6.\t보고"]
    assert not source.notices


def test_a_row_that_a_page_cuts_is_one_row(tmp_path: Path) -> None:
    """The table is open where the page ends, and where the next begins."""
    pages = []
    for top, edge, words in (
        (60, 60, ("3. 4.", "착수 보고회와", "전 직원")),
        (800, 768, ("", "현장 설명회", "및 주민")),
    ):
        sides = [rule(x, top, x, top - 32) for x in (40, 140, 240, 340)]
        texts = [show(text, 44 + 100 * column, top - 16) for column, text in enumerate(words)]
        pages.append([*sides, rule(40, edge, 340, edge), *texts])
    assert lines_of(pages, tmp_path) == ["3. 4.\t착수 보고회와<br>현장 설명회\t전 직원<br>및 주민"]


def test_bars_under_months_are_said_to_be_unread(tmp_path: Path) -> None:
    months = table([["사업", *(f"{month}월" for month in range(1, 7))], ["설계", *[""] * 6]], wide=60)
    bar = "0.4 0.6 0.9 rg 165 672 110 8 re f 0 g"
    [notice] = read([[show("추진일정", 40, 760), *months, bar]], tmp_path).notices
    assert (notice.kind, notice.spot.number) == ("drawn", 1)
    assert notice.text.startswith("1월 2월 3월")


def test_the_shaded_head_of_a_table_of_months_is_no_bar(tmp_path: Path) -> None:
    shaded = "0.9 g 40 684 420 16 re f 0 g"
    rows = [["사업", *(f"{month}월" for month in range(1, 7))], ["설계", *["○"] * 6]]
    assert not read([[shaded, *table(rows, wide=60)]], tmp_path).notices


def test_boxes_in_a_row_with_a_time_each_are_said_to_be_unread(tmp_path: Path) -> None:
    boxes = [
        part for n in range(3) for part in (box(40 + 150 * n, 600, 100, 40), show("보상", 60 + 150 * n, 616))
    ]
    times = [show(f"(’2{5 + n}.{n + 2}.)", 60 + 150 * n, 585) for n in range(3)]
    assert [notice.kind for notice in read([[*boxes, *times]], tmp_path).notices] == ["drawn"]


def test_letters_of_a_drawn_font_are_read_a_second_time(tmp_path: Path) -> None:
    """The font draws its letter itself and says no size, so that PDFium passes it over."""
    path = tmp_path / "plan.pdf"
    objects = writers.objects_of([f"{show('착공', 40, 700)}\nBT /F2 9 Tf 60 700 Td <01> Tj ET"])
    number = len(objects) + 1
    objects = [one.replace("/F1 3 0 R", f"/F1 3 0 R /F2 {number} 0 R") for one in objects]
    objects += [
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.001 0 0 0.001 0 0]"
        f" /CharProcs << /a {number + 1} 0 R >> /Encoding << /Type /Encoding /Differences [1 /a] >>"
        f" /FirstChar 1 /LastChar 1 /Widths [500] /ToUnicode {number + 2} 0 R >>",
        writers.stream("500 0 0 0 500 500 d1 0 0 500 500 re f"),
        writers.stream(
            "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <01> <5E02> endbfchar"
        ),
    ]
    path.write_bytes(writers.assemble(objects))
    source = source_of(".pdf", path)
    assert (source.text, source.notices) == ("착공 市", [])


def test_the_same_letter_twice_in_text_that_runs_down_is_no_false_bold(tmp_path: Path) -> None:
    downwards = f"BT /F1 9 Tf 0 -1 1 0 30 700 Tm <{'교육교육'.encode('utf-16-be').hex()}> Tj ET"
    assert lines_of([[downwards]], tmp_path) == ["교육교육"]


def test_the_letters_of_a_ligature_stand_in_one_place_and_all_count() -> None:
    letters = [Glyph(letter, 10, 0, 18, 10, 8) for letter in "ffi"]
    assert [glyph.text for glyph in once([*letters, Glyph("ce", 18, 0, 28, 10, 8)])] == ["f", "f", "i", "ce"]


def test_a_chart_of_another_make_keeps_its_table_and_says_its_bars(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "plan.pdf"), pagesize=(576, 432))
    pdfmetrics.registerFont(TTFont("Korean", KOREAN))
    for row, cells in enumerate([["추진내용", "일정"], ["착공", "2026. 3. 4."], ["준공", "2026. 11. 30."]]):
        for column, cell in enumerate(cells):
            canvas.rect(70 + 220 * column, 340 - 16 * row, 220, 16)
            canvas.setFont("Korean", 10)
            canvas.drawCentredString(180 + 220 * column, 344 - 16 * row, cell)
    for month in range(1, 13):
        canvas.drawCentredString(40 + 40 * month, 190, f"{month}월")
    for row, (name, first, months) in enumerate([("공사", 4, 5), ("설계", 1, 3)]):
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawRightString(70, 70 + 60 * row, name)
        canvas.setFillColorRGB(0.2, 0.5, 0.8)
        canvas.rect(40 + 40 * first, 50 + 60 * row, 40 * months, 48, stroke=0, fill=1)
    canvas.save()
    source = source_of(".pdf", tmp_path / "plan.pdf")
    assert "추진내용\t일정\n착공\t2026. 3. 4.\n준공\t2026. 11. 30." in source.text
    assert [notice.kind for notice in source.notices] == ["drawn"]
