from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.draft import Precision, Window
from plans.time.timeline import CannotSay, Context, Reading, month_end, read_prefix, read_time

CONTEXT = Context(2031)

DATED = [
    ("2031. 4. 1.", ["2031-04-01/2031-04-01"]),
    ("'31. 4. 1.", ["2031-04-01/2031-04-01"]),
    ("31.4.1", ["2031-04-01/2031-04-01"]),
    ("2031-04-01", ["2031-04-01/2031-04-01"]),
    ("2031년 4월 1일(화) 14:00", ["2031-04-01/2031-04-01"]),
    ("2031. 6.", ["2031-06-01/2031-06-30"]),
    ("6월 중", ["2031-06-01/2031-06-30"]),
    ("2031. 4월중", ["2031-04-01/2031-04-30"]),
    ("2032. 7월 완료 예정", ["2032-07-01/2032-07-31"]),
    ("2031. 5월 하순", ["2031-05-01/2031-05-31"]),
    ("2031. 1. ~ 12.", ["2031-01-01/2031-12-31"]),
    ("2031. 1. 25. ~ 2. 17.", ["2031-01-25/2031-02-17"]),
    ("2031. 4. 1. ~ 5.", ["2031-04-01/2031-04-05"]),
    ("2031. 12. ~ 2032. 2.", ["2031-12-01/2032-02-29"]),
    ("11월 ~ 2월", ["2031-11-01/2032-02-29"]),
    ("2031.2~3.", ["2031-02-01/2031-03-31"]),
    ("'31. 6월 ~ 11월 중", ["2031-06-01/2031-11-30"]),
    ("3월부터 6월까지", ["2031-03-01/2031-06-30"]),
    ("31년 하반기", ["2031-07-01/2031-12-31"]),
    ("1분기", ["2031-01-01/2031-03-31"]),
    ("2031년 4/4분기", ["2031-10-01/2031-12-31"]),
    ("2034. 하반기", ["2034-07-01/2034-12-31"]),
    ("상·하반기", ["2031-01-01/2031-06-30", "2031-07-01/2031-12-31"]),
    ("연 2회(2월/7월)", ["2031-02-01/2031-02-28", "2031-07-01/2031-07-31"]),
    ("'30. 1. / 8.", ["2030-01-01/2030-01-31", "2030-08-01/2030-08-31"]),
    ("1기 3~4월, 2기 5~6월", ["2031-03-01/2031-04-30", "2031-05-01/2031-06-30"]),
    ("2031. 3~4월(1기), 5~6월(2기)", ["2031-03-01/2031-04-30", "2031-05-01/2031-06-30"]),
    ("3, 9월", ["2031-03-01/2031-03-31", "2031-09-01/2031-09-30"]),
    ("~ 31. 11. 30.", ["None/2031-11-30"]),
    ("2031. 6. 30.까지", ["None/2031-06-30"]),
    ("18~19년", ["2018-01-01/2019-12-31"]),
    ("내년 3월", ["2032-03-01/2032-03-31"]),
]
OPEN = [
    ("2031. 7. ~", "2031-07-01"),
    ("2031. 5. ~ 예산소진시", "2031-05-01"),
    ("2028. ~ 지속", "2028-01-01"),
]
RULES = [
    ("매월 마지막 주 화요일 13:30 ~ 17:00", "FREQ=MONTHLY;BYDAY=-1TU"),
    ("매월 둘째, 셋째 주 화요일", "FREQ=MONTHLY;BYDAY=2TU,3TU"),
    ("매월 1·3주 수요일", "FREQ=MONTHLY;BYDAY=1WE,3WE"),
    ("매월 둘째 주", "FREQ=MONTHLY;BYDAY=2FR"),
    ("매월 마지막 주", "FREQ=MONTHLY;BYDAY=-1FR"),
    ("매월 15일", "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("매월 25일~30일", "FREQ=MONTHLY;BYMONTHDAY=30"),
    ("매년 1월 10일 ~ 20일", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20"),
    ("매년 4월 3주차", "FREQ=YEARLY;BYMONTH=4;BYDAY=3FR"),
    ("매년 2월 29일", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
    ("매월 말일", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("매주 화·목요일", "FREQ=WEEKLY;BYDAY=TU,TH"),
    ("월 1회", "FREQ=MONTHLY"),
    ("매 월", "FREQ=MONTHLY"),
    ("격월", "FREQ=MONTHLY;INTERVAL=2"),
    ("2주 1회", "FREQ=WEEKLY;INTERVAL=2"),
    ("분기별 1회", "FREQ=MONTHLY;INTERVAL=3"),
    ("반기 1회 이상", "FREQ=MONTHLY;INTERVAL=6"),
    ("연 1회", "FREQ=YEARLY"),
    ("매년 8월", "FREQ=YEARLY;BYMONTH=8"),
    ("연 3회", None),
    ("월 1~2회", None),
]


def spans_of(text: str, context: Context = CONTEXT) -> list[str]:
    found = read_time(text, context)
    assert isinstance(found, Reading), found
    return [f"{window.start}/{window.due}" for window in found.windows]


@pytest.mark.parametrize(("text", "expected"), DATED)
def test_it_reads_dates_months_ranges_and_lists(text: str, expected: list[str]) -> None:
    assert spans_of(text) == expected


@pytest.mark.parametrize(("text", "start"), OPEN)
def test_an_open_end_has_a_start_and_no_due(text: str, start: str) -> None:
    found = read_time(text, CONTEXT)
    assert isinstance(found, Reading)
    assert (found.kind, [(str(w.start), w.due) for w in found.windows]) == ("open", [(start, None)])


@pytest.mark.parametrize(("text", "rrule"), RULES)
def test_what_comes_again_is_a_calendar_rule(text: str, rrule: str | None) -> None:
    found = read_time(text, CONTEXT)
    assert isinstance(found, Reading)
    assert (found.kind, found.rrule, found.windows) == ("recurring", rrule, ())


@pytest.mark.parametrize("text", ["연중", "연 중", "연중 상시", "수시", "연중(예산 소진시까지)"])
def test_all_year_round_has_no_window(text: str) -> None:
    found = read_time(text, CONTEXT)
    assert isinstance(found, Reading)
    assert (found.kind, found.windows) == ("ongoing", ())


@pytest.mark.parametrize(
    "text",
    [
        "3년간",
        "5개월",
        "1일 1건",
        "월2매",
        "2회",
        "4.",
        "10:00 ~ 12:00",
        "2031. 13. 1.",
        "예산 300명",
        "",
        "~",
    ],
)
def test_what_is_no_time_is_not_read_as_one(text: str) -> None:
    assert isinstance(read_time(text, CONTEXT), CannotSay)


def test_a_day_that_does_not_exist_is_refused_with_the_reason() -> None:
    found = read_time("2031. 2. 30.", CONTEXT)
    assert isinstance(found, CannotSay)
    assert found.reason == {"why": "no-such-day", "year": 2031, "month": 2, "day": 30}


def test_an_end_that_could_be_a_month_or_a_day_is_not_guessed() -> None:
    assert isinstance(read_time("2031. 4. 20. ~ 5.", CONTEXT), CannotSay)


def test_a_range_that_ends_before_it_starts_is_refused() -> None:
    assert isinstance(read_time("2031. 12. ~ 2031. 2.", CONTEXT), CannotSay)


def test_a_missing_year_comes_from_the_entry_above() -> None:
    assert spans_of(
        "7월", Context(2031, Window(start=date(2033, 2, 1), due=date(2033, 2, 28), precision="month"))
    ) == ["2033-07-01/2033-07-31"]


def test_a_missing_year_without_context_is_not_guessed() -> None:
    found = read_time("7월", Context())
    assert isinstance(found, CannotSay)
    assert found.reason == {"why": "unknown-year"}


def test_a_weekday_that_does_not_fit_its_date_is_a_warning() -> None:
    found = read_time("2031. 4. 1.(금)", CONTEXT)
    assert isinstance(found, Reading)
    assert [one.facts for one in found.remarks] == [{"day": "2031-04-01", "written": "금"}]


def test_a_prefix_stops_where_the_time_ends() -> None:
    text = "2주 1회 소식 제공"
    found = read_prefix(text, CONTEXT)
    assert isinstance(found, Reading)
    assert text[found.end :] == " 소식 제공"


PIECES = [
    *(
        "2031",
        "'31",
        "31",
        "12",
        "4",
        "0",
        "99999",
        "년",
        "월",
        "일",
        "분기",
        "상",
        "하반기",
        "매월",
        "연",
        "회",
    ),
    *(
        "첫째",
        "주",
        "화요일",
        "중",
        "까지",
        "부터",
        "~",
        "-",
        ".",
        "/",
        ",",
        "·",
        "(",
        ")",
        ":",
        " ",
        "지속",
        "13:30",
        "가",
    ),
]
anything = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
contexts = st.builds(
    Context,
    st.one_of(st.none(), st.integers(1980, 2099)),
    st.one_of(
        st.none(),
        st.builds(
            lambda day, days: Window(start=day, due=day + timedelta(days), precision="range"),
            st.dates(date(1980, 1, 1), date(2090, 12, 31)),
            st.integers(0, 800),
        ),
    ),
    st.sampled_from(["same", "next", "asked"]),
)


@given(anything, contexts)
def test_no_text_makes_it_raise_or_end_before_it_starts(text: str, context: Context) -> None:
    for found in (read_time(text, context), read_prefix(text, context)):
        if isinstance(found, Reading):
            for window in found.windows:
                assert window.start is None or window.due is None or window.start <= window.due
                assert window.start is not None or window.due is not None
            assert 0 < found.end <= len(text)


def span_of(day: date, precision: Precision) -> Window:
    """The window of this precision that holds `day`."""
    if precision == "day":
        return Window(start=day, due=day, precision=precision)
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[precision]
    first = (day.month - 1) // months * months + 1
    return Window(
        start=date(day.year, first, 1), due=month_end(day.year, first + months - 1), precision=precision
    )


days = st.dates(date(1980, 1, 1), date(2099, 12, 31))
precisions: st.SearchStrategy[Precision] = st.sampled_from(["day", "month", "quarter", "half", "year"])
points = st.builds(span_of, days, precisions)
ranges = st.tuples(days, days).map(lambda two: Window(start=min(two), due=max(two), precision="range"))
open_ends = points.map(lambda window: window.model_copy(update={"due": None}))
open_starts = points.map(lambda window: window.model_copy(update={"start": None}))


def format_window(window: Window) -> str:
    """The window as a plan would write it: read back in any context, it gives the same window."""
    if window.precision == "range":
        return _format_range(window)
    if window.start is None and window.due is not None:
        return f"~ {_format_point(window.due, window.precision)}"
    if window.start is None:
        return ""
    mark = " ~" if window.due is None else ""
    return _format_point(window.start, window.precision) + mark


def _format_range(window: Window) -> str:
    start = "" if window.start is None else _format_point(window.start, "day") + " "
    due = "" if window.due is None else " " + _format_point(window.due, "day")
    return f"{start}~{due}"


def _format_point(day: date, precision: Precision) -> str:
    if precision == "half":
        return f"{day.year}년 {'상반기' if day.month <= 6 else '하반기'}"
    if precision == "quarter":
        return f"{day.year}년 {(day.month + 2) // 3}분기"
    if precision == "year":
        return f"{day.year}년"
    return f"{day.year}. {day.month}." + (f" {day.day}." if precision == "day" else "")


@given(st.one_of(points, ranges, open_ends, open_starts), contexts)
def test_a_window_written_out_is_read_back_as_the_same_window(window: Window, context: Context) -> None:
    found = read_time(format_window(window), context)
    assert isinstance(found, Reading)
    assert found.windows == (window,)


@given(days)
def test_every_day_with_its_own_weekday_is_read_without_a_warning(day: date) -> None:
    found = read_time(f"{day.year}. {day.month}. {day.day}.({'월화수목금토일'[day.weekday()]})", Context())
    assert isinstance(found, Reading)
    assert (found.windows[0].due, found.remarks) == (day, ())


@given(st.integers(1980, 2099), st.integers(1, 12))
def test_a_month_ends_on_its_last_day(year: int, month: int) -> None:
    assert month_end(year, month).day == calendar.monthrange(year, month)[1]
