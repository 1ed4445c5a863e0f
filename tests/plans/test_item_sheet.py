"""A list of items from whoever's own sheet: its header by its words, rows, what is wrong by its cell."""

from __future__ import annotations

from datetime import date

import pytest

from plans.errors import PlanError
from plans.sheet.grid import Grid
from plans.sheet.items import is_item_list, names_in, read_items


def grid(*rows: list[str]) -> Grid:
    return Grid(name="목록", rows=list(rows))


def test_an_offices_own_header_below_a_title_is_understood() -> None:
    found = read_items(
        grid(
            ["2030년 시민과의 대화 건의사항 처리현황"],
            [],
            [
                "연번",
                "건의자",
                "건의사항(요지)",
                "접수 일자",
                "주관 부서",
                "협조부서",
                "처리결과",
                "반영여부",
                "비고",
            ],
            ["1", "홍길동", "그늘막 설치", "7. 1.", "교통과", "공원과, 도로과", "설치함", "반영", "8월"],
            ["2", "김영희", "가로등", "2030-07-02", "도로과", "", "", "추진 중", ""],
            [],
        ),
        2030,
    )
    assert found.faults == [] and found.unread == ["비고"]
    first, second = found.rows
    assert (first.texts["title"], first.texts["requester"], first.texts["outcome"]) == (
        "그늘막 설치",
        "홍길동",
        "반영",
    )
    assert first.texts["reply"] == "설치함" and names_in(first.texts["cooperating"]) == ["공원과", "도로과"]
    assert (first.days["source_on"], second.days["source_on"]) == (date(2030, 7, 1), date(2030, 7, 2))
    assert second.text("outcome") is None  # under way is no outcome


def test_a_column_of_results_alone_is_the_reply_and_what_is_said_wins() -> None:
    head = ["민원요지", "소관부서", "처리결과"]
    found = read_items(grid(head, ["그늘막", "교통과", "설치함"]), 2030, {"title": "민원 요지"})
    assert (found.rows[0].texts["title"], found.rows[0].texts["reply"]) == ("그늘막", "설치함")


def test_an_english_header_is_understood() -> None:
    head = ["Request", "Requester", "Lead department", "Deadline", "Outcome"]
    [row] = read_items(grid(head, ["Shade", "J. Miller", "Transport", "10 July 2030", "adopted"]), 2030).rows
    assert (row.texts["department"], row.days["due"]) == ("Transport", date(2030, 7, 10))


def test_what_is_wrong_is_named_by_its_cell() -> None:
    found = read_items(
        grid(["건의사항", "주관부서", "기한"], ["그늘막", "", "조만간"], ["", "도로과", ""]), 2030
    )
    said = [(one.code, one.facts["cell"], one.facts["name"]) for one in found.faults]
    assert said == [
        ("items.empty", "B2", "주관부서"),
        ("items.day", "C2", "기한"),
        ("items.empty", "A3", "건의사항"),
    ]


def test_the_example_of_the_empty_list_is_no_item() -> None:
    head = ["건의사항", "주관부서"]
    with pytest.raises(PlanError) as refused:
        read_items(grid(head, ["(예) 버스 정류장에 그늘막 설치", "교통과"]), 2030)
    assert refused.value.code == "items-none"


def test_a_list_of_items_is_told_from_other_sheets_with_departments() -> None:
    assert is_item_list(grid(["건의자", "건의사항", "주관부서"], ["홍길동", "그늘막", "교통과"]))
    assert not is_item_list(grid(["업무내용", "부서", "성명"], ["도로 정비", "도로과", "김하늘"]))
    assert not is_item_list(
        grid(["번호", "과제명", "주관부서", "추진상황"], ["1", "그늘막", "교통과", "완료"])
    )


def test_a_sheet_without_the_columns_that_are_needed_is_refused_with_their_names() -> None:
    with pytest.raises(PlanError) as refused:
        read_items(grid(["건의사항", "비고"], ["그늘막", ""]), 2030)
    assert (refused.value.code, refused.value.facts["missing"]) == ("items-head", ["department"])
