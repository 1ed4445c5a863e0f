"""The sheet of registration links: pages of a department, codes that fit their place."""

from __future__ import annotations

import segno

from reports.drawing.invites import A_PAGE, CODE, pages, squares
from reports.invite_sheet import Invited

LINK = "https://t.me/hanbyeol_bot?start=k7Qm2xWpk7Qm2xWpk7Qm2x"


def people(*departments: str) -> list[Invited]:
    return [Invited(one, "김하늘", "주무관", LINK) for one in departments]


def test_a_department_begins_a_page_of_its_own() -> None:
    assert [len(page) for page in pages(people("도로과", "도로과", "환경과"))] == [2, 1]


def test_a_large_department_takes_as_many_pages_as_it_needs() -> None:
    assert [len(page) for page in pages(people(*["도로과"] * (A_PAGE + 1)))] == [A_PAGE, 1]


def test_the_bars_are_the_dark_squares_of_the_code() -> None:
    matrix = segno.make_qr(LINK, error="m").matrix
    unit = CODE / len(matrix)
    area = sum(width * height for _, _, width, height in squares(LINK, (0.0, 0.0)))
    assert round(area / unit**2) == sum(map(sum, matrix))


def test_the_code_stays_in_its_place() -> None:
    bars = squares(LINK, (20.0, 30.0))
    assert min(left for left, *_ in bars) >= 20.0 and min(top for _, top, *_ in bars) >= 30.0
    assert max(left + width for left, _, width, _ in bars) <= 20.0 + CODE + 1e-9
    assert max(top + height for _, top, _, height in bars) <= 30.0 + CODE + 1e-9
