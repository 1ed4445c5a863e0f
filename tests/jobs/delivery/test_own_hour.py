"""An own hour of the daily message: it waits until then, and for nothing else, and no day's message is lost by it."""

from __future__ import annotations

from datetime import date, time

import pytest

from jobs.owed.next_look import next_scheduled_at
from jobs.people.own_hour import comes_at
from jobs.settings import ReminderSettings
from store import deliveries
from store.models import Officer
from store.states import DeliveryState
from tests.builders import kst
from tests.jobs.desk import Desk, Post

DAY = date(2026, 6, 30)


@pytest.fixture
def later(post: Post) -> Post:
    """김하늘 wants it from 14:00 on."""
    choose(post.desk, 14)
    return post


def choose(desk: Desk, hour: int) -> None:
    with desk.store.write() as session:
        session.get_one(Officer, desk.officer_id).own_hour = hour


def at(post: Post, hour: int, minute: int = 0, day: int = 30) -> None:
    post.desk.clock.current = kst(2026, 6, day, hour, minute)
    post.deliver()


def test_the_daily_message_waits_for_the_hour(later: Post) -> None:
    number, _ = later.owe_digest(DAY)
    at(later, 13, 59)
    assert later.state(number) is DeliveryState.PENDING
    at(later, 14, 0)
    assert later.state(number) is DeliveryState.SENT


def test_answers_do_not_wait(later: Post) -> None:
    [number] = later.owe("답")
    at(later, 10)
    assert later.state(number) is DeliveryState.SENT


def test_what_is_owed_meanwhile_stands_in_the_same_message(later: Post) -> None:
    later.desk.promise(DAY)
    later.desk.scan(kst(2026, 6, 30))
    later.desk.promise(date(2026, 7, 3))
    later.desk.scan(kst(2026, 6, 30, 11))
    assert len(later.desk.days()) == 1 and len(later.desk.standing(DAY)) == 2


def test_a_missed_hour_is_made_up_on_the_same_day(later: Post) -> None:
    number, _ = later.owe_digest(DAY)
    at(later, 16, 20)
    assert later.state(number) is DeliveryState.SENT


def test_an_hour_of_other_settings_never_keeps_it_back(post: Post) -> None:
    choose(post.desk, 23)
    number, _ = post.owe_digest(DAY)
    at(post, 17, 0)
    assert post.state(number) is DeliveryState.SENT


def test_who_moves_the_clock_stops_at_the_hour(later: Post) -> None:
    later.owe_digest(DAY)
    now = kst(2026, 6, 30, 9, 10)
    with later.desk.store.read() as session:
        assert next_scheduled_at(session, now, later.desk.rules) == kst(2026, 6, 30, 14, 0)
        assert deliveries.count_unfinished(session, with_digests=True, hour=9) == 0
        assert deliveries.count_unfinished(session, with_digests=True, hour=14) == 1


@pytest.mark.parametrize(
    ("hour", "expected"), [(None, time(9, 10)), (9, time(9, 10)), (11, time(11)), (23, time(17))]
)
def test_when_it_comes_is_told_as_it_is(hour: int | None, expected: time) -> None:
    assert comes_at(Officer(name="김하늘", own_hour=hour), ReminderSettings()) == expected
