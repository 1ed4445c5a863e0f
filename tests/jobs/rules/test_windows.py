"""Sending windows of working days: which were missed, and what says so."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from jobs.rules import windows
from store.db import meta
from store.states import DeliveryKind
from tests import builders
from tests.builders import kst
from tests.jobs.desk import Desk

TUESDAY = date(2026, 6, 30)
pytestmark = pytest.mark.open_door("kind C")


def look(desk: Desk, now: datetime) -> list[date]:
    """A tick at that instant; gives the days that are found missed."""
    with desk.store.write() as session:
        missed = windows.judge(session, now, desk.rules)
        windows.seen(session, now, desk.rules)
        return missed


def test_a_day_whose_window_was_looked_at_is_not_missed(desk: Desk) -> None:
    looks = [kst(2026, 6, 30, 8), kst(2026, 6, 30, 9, 10), kst(2026, 6, 30, 18), kst(2026, 7, 1, 9, 10)]
    assert [look(desk, now) for now in looks] == [[]] * 4


def test_working_days_that_nobody_saw_are_missed_and_counted(desk: Desk) -> None:
    look(desk, kst(2026, 6, 30, 9, 10))
    found = look(desk, kst(2026, 7, 6, 8))
    assert found == [date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 3)]  # no Saturday, no Sunday
    with desk.store.read() as session:
        assert meta.get(session, meta.WINDOWS_MISSED) == "3"


def test_what_was_missed_is_found_once(desk: Desk) -> None:
    look(desk, kst(2026, 6, 30, 9, 10))
    assert [len(look(desk, kst(2026, 7, 2, hour))) for hour in (8, 9, 10)] == [1, 0, 0]


def test_the_first_look_of_all_finds_nothing_missed(desk: Desk) -> None:
    assert look(desk, kst(2026, 6, 30, 19)) == []


def test_a_daily_message_that_is_not_out_at_the_end_makes_the_day_missed(desk: Desk) -> None:
    look(desk, kst(2026, 6, 30, 9, 10))
    with desk.store.write() as session:
        one = builders.reply(session, 1)
        one.kind, one.day = DeliveryKind.DIGEST, TUESDAY
    assert look(desk, kst(2026, 6, 30, 17, 59)) == []
    assert look(desk, kst(2026, 6, 30, 18)) == [TUESDAY]


def test_a_clock_that_went_back_misses_nothing(desk: Desk) -> None:
    look(desk, kst(2026, 7, 10, 9, 10))
    looks = [kst(2026, 6, 30, 9, 10), kst(2026, 6, 30, 18), kst(2026, 7, 1, 9, 10)]
    assert [look(desk, now) for now in looks] == [[]] * 3
