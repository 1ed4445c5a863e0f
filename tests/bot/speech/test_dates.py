"""Dates as officers type them, seen from Wednesday 2021-06-30."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.speech.dates import Doubt, Leaning, Shift, When, read
from tests.bot.speech.tables.rows import CALENDAR

TODAY = date(2021, 6, 30)
AHEAD = When(TODAY, Leaning.FUTURE, CALENDAR)
BEHIND = When(TODAY, Leaning.PAST, CALENDAR)


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("7.20 의회 일정", date(2021, 7, 20), "의회 일정"),
        ("7. 20.(화) 의회", date(2021, 7, 20), "의회"),
        ("7/20까지 의회", date(2021, 7, 20), "의회"),
        ("2021-07-20", date(2021, 7, 20), ""),
        ("2021. 7. 20. 의회", date(2021, 7, 20), "의회"),
        ("'21.7.20", date(2021, 7, 20), ""),
        ("21.7.20 의회", date(2021, 7, 20), "의회"),
        ("7월 20일 화요일", date(2021, 7, 20), ""),
        ("2021년 7월 20일까지", date(2021, 7, 20), ""),
        ("20일", date(2021, 7, 20), ""),
        ("오늘", TODAY, ""),
        ("모레 의회", date(2021, 7, 2), "의회"),
        ("이달 말", TODAY, ""),
        ("12.31 사유", date(2021, 12, 31), "사유"),
        ("10월 말", date(2021, 10, 31), ""),
        ("10월까지 사유", date(2021, 10, 31), "사유"),
        ("다음달 말까지 사유", date(2021, 7, 31), "사유"),
        ("다음 달 15일", date(2021, 7, 15), ""),
        ("다음 주 금요일 의회", date(2021, 7, 9), "의회"),
        ("3일 뒤", date(2021, 7, 3), ""),
        ("2주 후 의회", date(2021, 7, 14), "의회"),
        ("12.5", date(2021, 12, 5), ""),
        ("1.5", date(2022, 1, 5), ""),
    ],
)
def test_a_date_is_read_from_the_front(text: str, day: date, rest: str) -> None:
    found = read(text, AHEAD)
    assert found is not None
    assert (found.value, found.rest) == (day, rest)


@pytest.mark.parametrize(
    ("text", "shift", "rest"),
    [
        ("+3일 의회", Shift(days=3), "의회"),
        ("3일 연기 의회", Shift(days=3), "의회"),
        ("2주 의회", Shift(days=14), "의회"),
        ("일주일", Shift(days=7), ""),
        ("한 달 의회", Shift(months=1), "의회"),
        ("2개월", Shift(months=2), ""),
    ],
)
def test_a_length_counts_from_the_milestones_own_due_day(text: str, shift: Shift, rest: str) -> None:
    found = read(text, AHEAD)
    assert found is not None
    assert (found.value, found.rest) == (shift, rest)


@pytest.mark.parametrize(
    "text", ["2.30", "13.1", "2021-02-29", "7.20(월)", "6월 31일", "0.0", "6.1", "10월 중순"]
)
def test_a_date_that_cannot_be_is_told_with_the_reason(text: str) -> None:
    found = read(text, AHEAD)
    assert found is not None
    assert isinstance(found.value, Doubt)


@pytest.mark.parametrize("text", ["", "의회", "말씀", "3명 참석", "7.20억원", "1.2.3.4", "7.20kg"])
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert read(text, AHEAD) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12.31", date(2020, 12, 31)),
        ("6.28", date(2021, 6, 28)),
        ("20일", date(2021, 6, 20)),
    ],
)
def test_a_day_on_which_something_was_done_lies_mostly_behind(text: str, day: date) -> None:
    found = read(text, BEHIND)
    assert found is not None
    assert found.value == day


def test_a_month_too_short_gives_its_last_day() -> None:
    assert Shift(months=1).from_day(date(2021, 1, 31)) == date(2021, 2, 28)


@settings(deadline=None)
@given(st.text(max_size=40), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_no_text_breaks_the_reader(text: str, today: date) -> None:
    found = read(text, When(today, Leaning.FUTURE, CALENDAR))
    assert found is None or len(found.rest) <= len(text)
