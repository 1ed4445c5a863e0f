"""When something is owed next, and what a changed policy does to it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from jobs.owed.next_look import next_scheduled_at, reschedule
from jobs.settings import ReminderSettings
from store import chat_links
from store.models import ChatLink
from store.states import (
    LinkState,
)
from tests.builders import kst
from tests.jobs.desk import Desk


def scheduled(desk: Desk) -> datetime | None:
    with desk.store.read() as session:
        return next_scheduled_at(session, desk.clock.now(), desk.rules)


def test_the_next_instant_is_that_of_the_next_reminder(desk: Desk) -> None:
    desk.promise(date(2026, 7, 30))
    desk.pass_days(kst(2026, 6, 30))
    assert scheduled(desk) == kst(2026, 7, 27)


def test_nothing_is_scheduled_for_who_cannot_be_written_to(desk: Desk) -> None:
    desk.promise(date(2026, 7, 30))
    with desk.store.write() as session:
        chat_links.pause(session.scalars(select(ChatLink)).one(), LinkState.STOPPED, kst(2026, 6, 30))
    assert scheduled(desk) is None


def test_without_anything_open_nothing_is_scheduled(desk: Desk) -> None:
    number = desk.promise(date(2026, 7, 30))
    desk.finish(number)
    assert scheduled(desk) is None


def test_a_changed_policy_is_worked_out_anew(desk: Desk) -> None:
    number = desk.promise(date(2026, 7, 30))
    desk.pass_days(kst(2026, 6, 30))
    assert desk.next_look(number) == date(2026, 7, 27)
    object.__setattr__(desk.rules, "settings", ReminderSettings(before_days=(14, 0)))
    with desk.store.write() as session:
        assert reschedule(session, desk.clock.now(), desk.rules) == (1, None)
    assert desk.next_look(number) == date(2026, 7, 16)


def test_working_it_out_anew_changes_nothing_where_nothing_changed(desk: Desk) -> None:
    desk.promise(date(2026, 7, 29), remind_from=kst(2026, 6, 30))
    desk.pass_days(kst(2026, 6, 30))
    with desk.store.write() as session:
        assert reschedule(session, desk.clock.now(), desk.rules) == (0, None)
