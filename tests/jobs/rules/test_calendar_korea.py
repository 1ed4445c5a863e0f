"""Every day of 2021 to 2027 against the rules of the law, written here a second time and apart from the library.

Source: 공휴일에 관한 법률 (2021-07-07; amended 2026-02-10), 관공서의 공휴일에 관한 규정 (substitute days: 2021-08-04,
2023-05-04, 2026); the lunar days as announced by the Korea Astronomy and Space Science Institute. See docs/calendar.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from jobs.rules.calendar import CHECKED_YEARS, WorkCalendar
from jobs.settings import CalendarSettings
from tests.builders import SEOUL

DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
NEW_YEAR = {
    2021: "02-12",
    2022: "02-01",
    2023: "01-22",
    2024: "02-10",
    2025: "01-29",
    2026: "02-17",
    2027: "02-07",
}
CHUSEOK = {
    2021: "09-21",
    2022: "09-10",
    2023: "09-29",
    2024: "09-17",
    2025: "10-06",
    2026: "09-25",
    2027: "09-15",
}
BUDDHA = {
    2021: "05-19",
    2022: "05-08",
    2023: "05-27",
    2024: "05-15",
    2025: "05-05",
    2026: "05-24",
    2027: "05-13",
}
# Elections at the end of a term (임기만료에 의한 선거) and days the government named (임시공휴일).
SINGLE = (
    *("2022-03-09", "2022-06-01", "2024-04-10", "2026-06-03"),
    *("2023-10-02", "2024-10-01", "2025-01-27", "2025-06-03"),
)


def of(year: int, table: dict[int, str]) -> date:
    return date.fromisoformat(f"{year}-{table[year]}")


def lunar(year: int) -> list[date]:
    """설날과 추석 연휴: the day before, the day, the day after."""
    days = of(year, NEW_YEAR), of(year, CHUSEOK)
    return [day + offset * DAY for day in days for offset in (-1, 0, 1)]


def national(year: int) -> list[date]:
    """국경일 that are days off: 제헌절 again from 2026."""
    days = [date(year, 3, 1), date(year, 8, 15), date(year, 10, 3), date(year, 10, 9)]
    return days + ([date(year, 7, 17)] if year >= 2026 else [])


def fixed(year: int) -> list[date]:
    days = [date(year, 1, 1), date(year, 5, 5), date(year, 6, 6), date(year, 12, 25), of(year, BUDDHA)]
    return days + ([date(year, 5, 1)] if year >= 2026 else [])  # 노동절


def substituted(year: int) -> Iterator[date]:
    """Days whose fall on a weekend is made good: since when, by the amendments."""
    for day in national(year):
        if (year, day.month) >= (2021, 8):
            yield day
    yield date(year, 5, 5)
    if year >= 2023:
        yield from (of(year, BUDDHA), date(year, 12, 25))
    if year >= 2026:
        yield date(year, 5, 1)


def holidays_of(year: int) -> set[date]:
    every = [*lunar(year), *national(year), *fixed(year)]
    off = set(every) | {date.fromisoformat(one) for one in SINGLE if one.startswith(str(year))}
    taken = set(off)
    owed = [day for day in lunar(year) if day.weekday() == SUNDAY or every.count(day) > 1]
    owed += [day for day in substituted(year) if day.weekday() >= SATURDAY or every.count(day) > 1]
    for day in sorted(set(owed)):
        taken.add(next_free(day, taken))
    return taken


def next_free(day: date, taken: set[date]) -> date:
    """대체공휴일: the first day from then on that is neither a holiday nor a weekend."""
    while day in taken or day.weekday() >= SATURDAY:
        day += DAY
    return day


@pytest.mark.parametrize("year", CHECKED_YEARS)
def test_every_day_of_the_year_is_worked_or_not_as_the_law_says(year: int) -> None:
    calendar, off = WorkCalendar(CalendarSettings(), SEOUL), holidays_of(year)
    days = [
        date(year, 1, 1) + number * DAY for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]
    wrong = [day for day in days if calendar.is_working(day) is (day.weekday() >= SATURDAY or day in off)]
    assert wrong == []


def test_a_by_election_is_a_working_day() -> None:
    assert WorkCalendar(CalendarSettings(), SEOUL).is_working(date(2021, 4, 7))


@pytest.mark.parametrize("day", [date(2025, 5, 1), date(2025, 7, 17)])
def test_before_2026_the_two_days_were_worked_in_public_offices(day: date) -> None:
    assert WorkCalendar(CalendarSettings(), SEOUL).is_working(day)
