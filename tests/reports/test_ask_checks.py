"""What does not fit in a reply is asked: sums unlike their rows, results below the last ones."""

from __future__ import annotations

from typing import Any

import pytest

from plans.sheet.grid import Grid
from plans.sheet.question import Form, read_form
from reports.ask_checks import doubts, said


def form(*names: str) -> Form:
    return read_form(Grid(name="조사", rows=[list(names)]))


def rows(*given: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [{f"c{at}": value for at, value in enumerate(one, 1) if value is not None} for one in given]


PARTED = form("사업명", "국비(백만원)", "시비(백만원)", "합계(백만원)", "인원(명)")
RESULT = form("사업명", "추진실적(건)", "목표(건)")


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (("쉼터", 10, 20, 30, 7), []),
        (("쉼터", 10, 20, 31, 7), ["across"]),
        (("쉼터", 10, None, 10, 7), []),
        (("쉼터", None, None, 30, 7), []),  # nothing to add up
        (("쉼터", 10.25, 20.25, 30.5, 7), []),
        (("쉼터", 10.25, 20.26, 30.5, 7), []),  # rounded
    ],
)
def test_a_sum_beside_its_parts_of_the_same_unit(row: tuple[Any, ...], codes: list[str]) -> None:
    assert [one.code for one in doubts(PARTED, rows(row))] == codes


def test_a_last_row_that_is_the_sum_of_those_above() -> None:
    good = rows(("가", 1, 1, 2, 5), ("나", 2, 2, 4, 5), ("합계", 3, 3, 6, 10))
    bad = rows(("가", 1, 1, 2, 5), ("나", 2, 2, 4, 5), ("합계", 3, 3, 6, 11))
    assert doubts(PARTED, good) == []
    [one] = doubts(PARTED, bad)
    assert said(one) == "마지막 행 ‘인원(명)’ 합계는 11인데 위 행을 더하면 10입니다. 맞습니까?"


def test_a_sum_under_a_name_over_several_columns_is_that_of_its_own() -> None:
    grid = Grid(
        name="예산",
        rows=[
            ["사업명", "본예산", "", "", "추경", "", ""],
            ["", "국비", "시비", "계", "국비", "시비", "계"],
        ],
        reaches={0: {1: 3, 4: 3}},
    )
    made = read_form(grid)
    made = made.model_copy(
        update={
            "columns": tuple(
                one.model_copy(update={"kind": "number"}) if one.key != "c1" else one for one in made.columns
            )
        }
    )
    assert doubts(made, rows(("쉼터", 1, 2, 3, 10, 20, 30))) == []
    [one] = doubts(made, rows(("쉼터", 1, 2, 3, 10, 20, 33)))
    assert (one.code, one.facts["name"], one.facts["summed"]) == ("across", "추경 계", 30)


def test_a_result_below_that_of_last_time_is_asked_and_a_target_is_not() -> None:
    last = rows(("쉼터", 12, 20), ("그늘막", 3, 9))
    now = rows(("그늘막", 3, 8), ("쉼 터", 10, 20), ("새 사업", 0, 4))
    [one] = doubts(RESULT, now, last)
    assert (one.code, one.row, one.facts["before"]) == ("below", 2, 12)
    assert said(one) == "2행 ‘추진실적(건)’ 값 10, 지난번 12보다 적습니다. 맞습니까?"
