"""The picture of an indicator by month: what is drawn recomputes from its rows, the same each time, nothing covers another."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from openpyxl import load_workbook

from reports import indicator_files
from reports.drawing.indicator import BAR, PLAN, RANGE, draw, png
from reports.drawing.sheet import Box, Sheet, Words, extent
from reports.indicator_picture import KpiPicture, picture_of
from reports.indicator_svg import svg
from reports.indicators import Count, KpiRow, RangeRow, TargetRow, ValueRow

PNG = b"\x89PNG\r\n\x1a\n"
AT = datetime(2026, 7, 7, tzinfo=UTC)
ENDS = [date(2026, month, monthrange(2026, month)[1]) for month in range(1, 13)]


def row(**more: Any) -> KpiRow:
    """A flow of 12 months, 60 planned a month, of which five have come."""
    given: dict[str, Any] = {
        "no": 7, "name": "시설 이용 주민", "task": None, "task_title": None, "department": "복지과", "unit": "명",
        "formula": None, "kind": "count", "direction": "up", "adding": "flow", "period": "month", "source": "own",
        "announced_month": None, "year": 2026, "as_of": ENDS[4], "reached": Count(number="275"),
        "planned": Count(number="300"), "rate": "91.7", "state": "short", "periods": ENDS,
        "targets": [TargetRow(year=2026, month=month, number="60") for month in range(1, 13)],
        "values": [ValueRow(ends_on=end, number=str(45 + 5 * at)) for at, end in enumerate(ENDS[:5])],
        "projection": RangeRow(low="660", high="730", as_of=ENDS[4]),
    }  # fmt: skip
    return KpiRow(**(given | more))


def shown(**more: Any) -> KpiPicture:
    found = picture_of(row(**more))
    assert found is not None
    return found


def boxes(sheet: Sheet, color: str) -> list[Box]:
    return [one for one in sheet.things if isinstance(one, Box) and one.color == color]


def test_a_flow_is_drawn_to_date_beside_its_plan_to_date() -> None:
    found = shown()
    assert [one.reached for one in found.points] == [45, 95, 150, 210, 275, *[None] * 7]
    assert [one.planned for one in found.points] == [60 * month for month in range(1, 13)]
    assert "275명 / 계획 300명 (91.7%) · 2026. 5. 31. 기준 · 연말 전망 660~730명" in found.under


def test_what_came_behind_a_gap_is_not_added_and_a_month_without_a_plan_has_no_line() -> None:
    values = [ValueRow(ends_on=ENDS[at], number="50") for at in (0, 1, 3)]
    targets = [TargetRow(year=2026, month=month, number="60") for month in (1, 3)]
    whole = TargetRow(year=2026, month=None, number="700")
    found = shown(values=values, targets=[*targets, whole], as_of=ENDS[1], projection=None)
    assert [one.reached for one in found.points] == [50, 100, *[None] * 10]
    assert [one.planned for one in found.points] == [60, None, 120, *[None] * 8, 700]


def test_a_stock_is_each_days_and_a_ratio_the_share_of_both_counts() -> None:
    assert [one.reached for one in shown(adding="stock").points[:5]] == [45, 50, 55, 60, 65]
    ratio = shown(
        kind="ratio",
        unit="%",
        projection=None,
        values=[ValueRow(ends_on=ENDS[0], number="1", of="4"), ValueRow(ends_on=ENDS[1], number="5", of="8")],
        targets=[TargetRow(year=2026, month=2, number="80", of="100")],
        as_of=ENDS[1],
    )
    assert [(one.reached, one.planned) for one in ratio.points[:2]] == [(25, None), (50, 80)]
    assert ratio.points[1].told == "50.0%"


def test_words_and_what_has_neither_value_nor_plan_have_no_picture() -> None:
    assert picture_of(row(values=[], targets=[], as_of=None)) is None


def test_bars_are_as_high_as_their_numbers_and_the_range_stands_at_the_last_period() -> None:
    sheet = draw(shown())
    heights = [one.bottom - one.top for one in boxes(sheet, BAR)]
    assert heights == pytest.approx([heights[0] * at / 45 for at in (45, 95, 150, 210, 275)])
    lines = boxes(sheet, PLAN)
    assert len(lines) == 12
    assert all(above.top < below.top for below, above in pairwise(lines))
    [found] = boxes(sheet, RANGE)
    assert found.bottom - found.top == pytest.approx(heights[0] * (730 - 660) / 45)
    assert found.left > lines[-2].right


def test_no_word_covers_another_or_leaves_the_sheet() -> None:
    big = [ValueRow(ends_on=end, number="123456789") for end in ENDS[:5]]
    for found in (shown(), shown(values=big, name="아주 긴 이름의 지표 " * 20)):
        sheet = draw(found)
        placed = [extent(sheet, one) for one in sheet.things if isinstance(one, Words)]
        assert all(a >= 0 and b >= 0 and c <= sheet.width and d <= sheet.height for a, b, c, d in placed)
        for at, one in enumerate(placed):
            for other in placed[at + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (one, other)


def test_it_is_the_same_whenever_it_is_made_and_every_letter_is_there() -> None:
    assert png(shown()).startswith(PNG) and png(shown()) == png(shown())
    assert svg(shown()) == svg(shown())


def test_the_page_and_the_workbook_have_it() -> None:
    page = indicator_files.page([row(name="<b>이름")], AT).decode()
    assert page.count("<rect x=") == 6 and f'stroke="{PLAN}"' in page and "<b>이름" not in page
    book = load_workbook(BytesIO(indicator_files.workbook([row()], AT)))
    sheet = book["월별 그림"]
    told = [[cell.value for cell in line[:3]] for line in sheet.iter_rows(min_row=4, max_row=15)]
    assert told[4] == ["2026. 5. 31.", 275, 300] and told[11] == ["2026. 12. 31.", None, 720]
    assert len(sheet._charts) == 1
    assert "연말 전망 660~730명 (2026. 5. 31. 실적 기준)" in [
        cell.value for line in book.worksheets[0].iter_rows() for cell in line
    ]
