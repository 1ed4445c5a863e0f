"""What is drawn on the pages of a PDF, and what is read of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans.readers.child import source_of
from tests.plans import writers
from tests.plans.writers import show


def lines_of(pages: list[list[str]], folder: Path) -> list[str]:
    """The lines that are read of these pages."""
    path = folder / "plan.pdf"
    writers.write_drawn(pages, path)
    return [line for line in source_of(".pdf", path).text.split("\n") if line.strip()]


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
    inner = [box(40 + 100 * c, 640 - 16 * r, 100, 16) for r in range(2) for c in range(2)]
    words = [
        show(text, 44 + 100 * c, 644 - 16 * r)
        for r, c, text in ((0, 0, "일자"), (0, 1, "사항"), (1, 0, "3. 4."), (1, 1, "착수"))
    ]
    drawn = [box(30, 600, 400, 120), show("추진일정은 다음과 같다", 40, 700), *inner, *words]
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
