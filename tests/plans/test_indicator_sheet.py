"""A register of indicators from somebody's own sheet: columns by their words, targets by year and month, faults by cell."""

from __future__ import annotations

import pytest

from plans.errors import PlanError
from plans.sheet.grid import Grid
from plans.sheet.indicators import IndicatorList, digits_of, is_indicator_list, read_indicators

HEAD = ["연번", "지표명", "담당부서", "단위", "유형", "산식", "측정주기", "방향", "기준값", "2026년 목표"]
HEAD += ["'27 목표", "3월", "비고"]
ROW = [
    "1",
    "쉼터 이용",
    "도로과",
    "명",
    "건수",
    "월별 합",
    "매월",
    "상향",
    "1,800",
    "2,400",
    "2,600",
    "200",
    "신규",
]


def read(*rows: list[str], head: list[str] | None = None, **said: str) -> IndicatorList:
    return read_indicators(Grid(name="가", rows=[["2026년 성과지표"], head or HEAD, *rows]), 2026, said)


def test_columns_are_known_by_their_words_and_the_others_are_named() -> None:
    found = read(ROW)
    [row] = found.rows
    assert row.targets == {(2026, None): "2,400", (2027, None): "2,600", (2026, 3): "200"}
    assert row.codes == {"kind": "count", "period": "month", "direction": "up"}
    assert (row.text("name"), row.text("formula"), row.text("baseline")) == ("쉼터 이용", "월별 합", "1,800")
    assert (found.unread, found.faults) == (["비고"], [])


def test_english_headers_are_known_too() -> None:
    head = ["Indicator", "Department", "Unit", "Kind", "Frequency", "Target", "Jan", "March"]
    [row] = read(
        ["Shelter visits", "Roads", "people", "count", "monthly", "2400", "100", "150"], head=head
    ).rows
    assert row.targets == {(2026, 1): "100", (2026, 3): "150"}
    assert (row.text("target"), row.codes["period"]) == ("2400", "month")


def test_a_column_that_its_header_does_not_tell_is_said_once() -> None:
    head = [*HEAD[:3], "헤아리는 말", *HEAD[4:]]
    assert "헤아리는 말" in read(ROW, head=head).unread
    found = read(ROW, head=head, unit="헤아리는 말")
    assert found.rows[0].text("unit") == "명" and found.unread == ["비고"]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"단위": "%", "유형": ""}, "ratio"),
        ({"단위": "원", "유형": ""}, "amount"),
        ({"단위": "명", "유형": ""}, "count"),
        ({"단위": "", "유형": "", "2026년 목표": "모든 동에 둔다"}, "text"),
        ({"유형": "등급"}, "grade"),
    ],
)
def test_a_kind_that_is_not_told_follows_from_the_unit(cells: dict[str, str], kind: str) -> None:
    row = [cells.get(name, said) for name, said in zip(HEAD, ROW, strict=True)]
    assert read(row).rows[0].codes["kind"] == kind


def test_what_is_wrong_is_named_by_its_cell() -> None:
    wrong = [*ROW]
    wrong[4], wrong[6] = "무게", "가끔"
    empty = ["2", "", *ROW[2:]]
    found = read(wrong, empty, ROW)
    assert [(one.code, one.facts["cell"]) for one in found.faults] == [
        ("indicators.word", "E3"),
        ("indicators.word", "G3"),
        ("indicators.empty", "B4"),
        ("indicators.twice", "B5"),
    ]


def test_numbers_lose_their_unit_and_words_stay() -> None:
    said = [("1,250건", "건"), ("80%", "%"), ("80 %", None), ("우수", "등급"), ("12.50", None)]
    assert [digits_of(*one) for one in said] == ["1250", "80", "80", "우수", "12.50"]


def test_a_sheet_is_a_register_only_with_names_and_whose_they_are() -> None:
    assert is_indicator_list(Grid(name="가", rows=[HEAD, ROW]))
    assert not is_indicator_list(
        Grid(name="가", rows=[["사업명", "부서", "기한"], ["도로 정비", "도로과", "7.1."]])
    )
    with pytest.raises(PlanError) as refused:
        read(["쉼터 이용", "명"], head=["지표명", "단위"])
    assert (refused.value.code, refused.value.facts) == ("indicators-head", {"missing": ["department"]})
    with pytest.raises(PlanError):
        read()
