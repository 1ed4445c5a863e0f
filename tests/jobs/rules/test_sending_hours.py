"""When the daily messages may go out."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from jobs.rules.calendar import WorkCalendar
from jobs.rules.sending_hours import come_until, is_sending_time, next_sending_at, next_turn_at, own_hours
from jobs.settings import CalendarSettings, ReminderSettings
from store.deliveries import EVERYBODYS
from tests.builders import SEOUL, kst

SETTINGS = ReminderSettings(week_ahead=False)
CALENDAR = WorkCalendar(CalendarSettings(), SEOUL)


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        (kst(2026, 6, 30, 9, 9, 59), False),
        (kst(2026, 6, 30, 9, 10), True),
        (kst(2026, 6, 30, 17, 59, 59), True),
        (kst(2026, 6, 30, 18, 0), False),
        (kst(2026, 6, 28, 12, 0), False),  # Sunday
        (kst(2026, 6, 3, 12, 0), False),  # 지방선거
    ],
)
def test_scheduled_messages_go_out_in_working_hours(now: datetime, is_open: bool) -> None:
    assert is_sending_time(now, SETTINGS, CALENDAR) is is_open


@pytest.mark.parametrize(
    ("now", "day", "expected"),
    [
        (kst(2026, 6, 30, 9, 9), date(2026, 6, 30), kst(2026, 6, 30)),
        (kst(2026, 6, 30, 9, 10), date(2026, 6, 30), kst(2026, 7, 1)),
        (kst(2026, 6, 30, 9, 10), date(2026, 1, 1), kst(2026, 7, 1)),
        (kst(2026, 7, 3, 20, 0), date(2026, 7, 3), kst(2026, 7, 6)),
        (kst(2026, 6, 30, 9, 10), date(2026, 9, 24), kst(2026, 9, 28)),
    ],
)
def test_the_next_sending_instant(now: datetime, day: date, expected: datetime) -> None:
    assert next_sending_at(now, day, SETTINGS, CALENDAR) == expected


@pytest.mark.parametrize(
    ("until", "hours"),
    [(time(18, 0), range(9, 18)), (time(17, 30), range(9, 18)), (time(9, 30), range(9, 10))],
)
def test_an_own_hour_begins_while_daily_messages_go_out(until: time, hours: range) -> None:
    assert own_hours(ReminderSettings(send_until=until)) == hours


@pytest.mark.parametrize(("hour", "come"), [(9, 9), (12, 12), (16, 16), (17, EVERYBODYS), (20, EVERYBODYS)])
def test_in_the_last_hour_of_the_day_everybodys_hour_has_come(hour: int, come: int) -> None:
    assert come_until(kst(2026, 6, 30, hour, 30), SETTINGS, CALENDAR) == come


def test_the_loop_wakes_when_somebodys_own_hour_comes() -> None:
    assert next_turn_at(kst(2026, 6, 30, 10, 30), SETTINGS, CALENDAR) == kst(2026, 6, 30, 11, 0)
    assert next_turn_at(kst(2026, 6, 30, 17, 30), SETTINGS, CALENDAR) == kst(2026, 6, 30, 18, 0)
