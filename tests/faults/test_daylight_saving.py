"""Zones with daylight saving: 09:10 on the wall stays 09:10, and no day is lost or doubled over the changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from jobs.rules.sending_hours import is_sending_time, next_sending_at
from jobs.settings import CalendarSettings, ReminderSettings
from store.db.engine import Store
from tests.builders import FakeClock
from tests.jobs.desk import Desk

CITIES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]


def rules_of(zone: str, send_at: time = time(9, 10), send_until: time = time(18, 0)) -> Rules:
    settings = ReminderSettings(send_at=send_at, send_until=send_until)
    return Rules(settings, WorkCalendar(CalendarSettings(country="DE"), ZoneInfo(zone)))


def changes(zone: str) -> list[date]:
    """The days of 2026 on which the clocks are changed there: in spring and in autumn."""
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    offsets = [datetime.combine(day, time(12), ZoneInfo(zone)).utcoffset() for day in days]
    return [day for day, was, now in zip(days[1:], offsets, offsets[1:], strict=False) if was != now]


def through(desk: Desk, first: date, days: int, hours: set[int]) -> list[datetime]:
    """Every half hour of those hours is a tick; gives the local instants at which something was owed."""
    at, zone, found = datetime.combine(first, time(0, 10), UTC), desk.rules.calendar.zone, []
    for _ in range(days * 48):
        if at.astimezone(zone).hour in hours and desk.scan(at):
            found.append(at.astimezone(zone))
            desk.send()
        at += timedelta(minutes=30)
    return found


@pytest.mark.parametrize("zone", CITIES)
@pytest.mark.pitfall(22)
def test_every_morning_of_a_year_is_at_ten_past_nine(zone: str) -> None:
    rules = rules_of(zone)
    now, seen = datetime(2026, 1, 1, tzinfo=UTC), []
    while now < datetime(2027, 1, 1, tzinfo=UTC):
        now = next_sending_at(now, now.date(), rules.settings, rules.calendar)
        seen.append(now.astimezone(rules.calendar.zone))
    assert {one.time() for one in seen} == {time(9, 10)}
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [one.date() for one in seen if one.year == 2026] == [
        day for day in days if rules.calendar.is_working(day)
    ]


@pytest.mark.parametrize("zone", CITIES)
@pytest.mark.parametrize("which", [0, 1])
def test_over_a_change_each_working_day_brings_one_message(
    store: Store, clock: FakeClock, zone: str, which: int
) -> None:
    desk = Desk(store, rules_of(zone), clock)
    first = changes(zone)[which] - timedelta(days=3)
    week = [first + timedelta(days=number) for number in range(1, 7)]
    working = [day for day in week if desk.rules.calendar.is_working(day)]
    for day in working:
        desk.promise(day, remind_from=datetime.combine(day, time(), desk.rules.calendar.zone))
    told = through(desk, first, 7, {7, 8, 9, 10})
    assert [one.date() for one in told if one.date() in week] == working
    assert {one.time() for one in told} == {time(9, 10)}


@pytest.mark.parametrize(
    ("send_at", "send_until", "day"),
    [
        (time(0, 30), time(18, 0), date(2026, 4, 24)),  # Friday: the clock goes from 00:00 to 01:00
        (
            time(23, 30),
            time(23, 59),
            date(2026, 10, 29),
        ),  # Thursday: from 24:00 back to 23:00, 23:30 comes twice
    ],
)
def test_a_sending_time_that_does_not_exist_or_comes_twice_brings_one_message(
    store: Store, clock: FakeClock, send_at: time, send_until: time, day: date
) -> None:
    desk = Desk(store, rules_of("Africa/Cairo", send_at, send_until), clock)
    desk.promise(day, remind_from=datetime.combine(day, time(), UTC) - timedelta(hours=12))
    told = through(desk, day - timedelta(days=1), 3, {22, 23, 0, 1})
    assert desk.standing(day) == ["before:0"]
    assert [one.date() for one in told].count(day) == 1


def test_the_moved_clock_stops_at_an_instant_at_which_it_may_send() -> None:
    rules = rules_of("Africa/Cairo", time(0, 30))
    eve = datetime(2026, 4, 23, 12, tzinfo=UTC)
    stop = next_sending_at(eve, date(2026, 4, 24), rules.settings, rules.calendar)
    assert stop.astimezone(rules.calendar.zone).date() == date(2026, 4, 24)
    assert is_sending_time(stop, rules.settings, rules.calendar)
