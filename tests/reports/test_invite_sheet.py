"""The sheet of registration links: pages of a department, codes that fit their place."""

from __future__ import annotations

import segno

from reports.invite_sheet import A_PAGE, CODE, Invited, pages, squares

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
    area = sum((right[0] - left[0]) * unit for left, right, *_ in squares(LINK, (0.0, 0.0)))
    assert round(area / unit**2) == sum(map(sum, matrix))


def test_the_code_stays_in_its_place() -> None:
    corners = [corner for bar in squares(LINK, (20.0, 30.0)) for corner in bar]
    assert max(x for x, _ in corners) <= 20.0 + CODE + 1e-9 and min(y for _, y in corners) >= 30.0
