"""Working days in Korea."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time

import holidays
import pytest

from jobs.rules.calendar import WorkCalendar
from jobs.settings import CalendarSettings
from tests.builders import SEOUL


def calendar(*, off: tuple[date, ...] = (), on: tuple[date, ...] = ()) -> WorkCalendar:
    return WorkCalendar(CalendarSettings(days_off=off, working_days=on), SEOUL)


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2021, 2, 10), True),
        (date(2021, 2, 11), False),  # 설날 연휴
        (date(2021, 2, 12), False),
        (date(2021, 8, 16), False),  # 광복절 대체공휴일
        (date(2021, 9, 20), False),  # 추석 연휴
        (date(2021, 9, 22), False),
        (date(2021, 9, 23), True),
        (date(2021, 10, 4), False),  # 개천절 대체공휴일
        (date(2021, 10, 11), False),  # 한글날 대체공휴일
        (date(2021, 12, 31), True),
        (date(2026, 2, 16), False),  # 설날 연휴
        (date(2026, 2, 18), False),
        (date(2026, 3, 2), False),  # 삼일절 대체공휴일
        (date(2026, 5, 25), False),  # 부처님오신날 대체공휴일
        (date(2026, 6, 3), False),  # 전국동시지방선거
        (date(2026, 6, 27), False),  # Saturday
        (date(2026, 6, 28), False),  # Sunday
        (date(2026, 6, 30), True),
        (date(2026, 9, 24), False),  # 추석 연휴
        (date(2026, 10, 5), False),  # 개천절 대체공휴일
    ],
)
def test_a_working_day_in_korea(day: date, is_working: bool) -> None:
    assert calendar().is_working(day) is is_working


def test_a_day_off_of_our_own_is_not_worked() -> None:
    anniversary = date(2026, 6, 30)
    assert not calendar(off=(anniversary,)).is_working(anniversary)


@pytest.mark.parametrize("day", [date(2026, 6, 27), date(2026, 6, 3)])
def test_a_day_we_work_wins_over_weekend_and_holiday(day: date) -> None:
    assert calendar(on=(day,)).is_working(day)


def test_a_day_named_both_ways_is_worked() -> None:
    day = date(2026, 6, 30)
    assert calendar(off=(day,), on=(day,)).is_working(day)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 6, 30), date(2026, 6, 30), date(2026, 6, 30)),
        (date(2021, 10, 31), date(2021, 10, 29), date(2021, 11, 1)),
        (date(2021, 9, 19), date(2021, 9, 17), date(2021, 9, 23)),
        (date(2026, 2, 15), date(2026, 2, 13), date(2026, 2, 19)),
        (date(2021, 1, 1), date(2020, 12, 31), date(2021, 1, 4)),
    ],
)
def test_the_nearest_working_days(day: date, before: date, after: date) -> None:
    assert (calendar().previous_or_same(day), calendar().next_or_same(day)) == (before, after)


@pytest.mark.pitfall(22)
def test_a_days_date_is_that_of_korea() -> None:
    night = datetime(2026, 6, 29, 15, 0, tzinfo=UTC)
    assert calendar().local_date(night) == date(2026, 6, 30)
    assert calendar().local_date(night.replace(hour=14, minute=59)) == date(2026, 6, 29)


def test_an_instant_of_a_local_time_is_aware() -> None:
    found = calendar().at(date(2026, 6, 30), time(9, 10))
    assert found == datetime(2026, 6, 30, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [(date(2026, 10, 9), True), (date(2026, 10, 8), False), (date(2026, 10, 10), False)],
)
def test_a_weekday_on_which_nobody_works_is_a_holiday(day: date, is_holiday: bool) -> None:
    assert calendar().is_holiday(day) is is_holiday


def test_the_holidays_of_a_year_are_in_order() -> None:
    found = calendar().public_holidays(2026)
    assert found == sorted(found)
    assert {date(2026, 1, 1), date(2026, 12, 25)} <= set(found)
    assert {one.year for one in found} == {2026}


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(ValueError, match="no-country"):
        CalendarSettings(country="XX")


def test_a_second_thread_never_sees_a_half_filled_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scan and answers ask from several threads; the library marks a year as known before it fills it."""
    fill = holidays.HolidayBase._populate
    is_filling, may_go_on = threading.Event(), threading.Event()
    first = threading.Thread(target=lambda: shared.is_working(date(2026, 6, 2)))

    def slow(self: holidays.HolidayBase, year: int) -> None:
        if threading.current_thread() is first:
            is_filling.set()
            may_go_on.wait(10)
        fill(self, year)

    monkeypatch.setattr(holidays.HolidayBase, "_populate", slow)
    shared = calendar()
    first.start()
    is_filling.wait(10)
    answers: list[bool] = []
    second = threading.Thread(target=lambda: answers.append(shared.is_working(date(2026, 6, 3))))
    second.start()
    second.join(0.5)
    may_go_on.set()
    first.join()
    second.join()
    assert answers == [False]
