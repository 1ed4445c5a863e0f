"""What is owed: the scan."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from jobs.settings import ReminderSettings
from store import chat_links
from store.models import ChatLink, Milestone, Plan, Task
from store.states import (
    DeliveryState,
    ItemState,
    LinkState,
    MilestoneState,
    PlanState,
    Precision,
)
from tests import builders
from tests.builders import kst
from tests.jobs.desk import Desk

INCLUDED, SUPERSEDED = ItemState.INCLUDED, ItemState.SUPERSEDED
TUESDAY = date(2026, 6, 30)  # the day on which the clock stands


def test_what_is_due_today_stands_in_todays_message(desk: Desk) -> None:
    desk.promise(TUESDAY, remind_from=kst(2026, 6, 30, 8))
    desk.scan()
    assert desk.standing(TUESDAY) == ["before:0"]


@pytest.mark.pitfall(7)
def test_a_second_scan_adds_nothing(desk: Desk) -> None:
    number = desk.promise(TUESDAY)
    assert (desk.scan(), desk.scan()) == (1, 0)
    assert desk.days() == [TUESDAY]
    assert len(desk.items(number)) == 3


def test_everything_of_a_day_is_one_message(desk: Desk) -> None:
    for days in (0, 2, 3, 30, -1, -7):
        desk.promise(TUESDAY + timedelta(days=days))
    desk.scan()
    assert desk.days() == [TUESDAY]
    assert len(desk.standing(TUESDAY)) == 6


@pytest.mark.pitfall(5)
def test_an_outage_of_days_gives_one_message_and_records_the_rest(desk: Desk) -> None:
    number = desk.promise(date(2026, 6, 24))
    desk.scan(kst(2026, 6, 16))  # D-7 is the 17th
    assert desk.items(number) == [("before:30", INCLUDED)]
    desk.send()
    desk.scan(kst(2026, 7, 1))
    assert desk.standing(date(2026, 7, 1)) == ["after:7"]
    assert desk.items(number)[1:] == [
        ("week", SUPERSEDED),
        ("before:0", SUPERSEDED),
        ("after:1", SUPERSEDED),
        ("after:7", INCLUDED),
    ]
    assert len(desk.days()) == 2


def test_two_rules_on_a_day_the_more_urgent_stands(desk: Desk) -> None:
    object.__setattr__(desk.rules, "settings", ReminderSettings(before_days=(1, 0)))
    number = desk.promise(date(2021, 10, 31))  # a Sunday
    desk.pass_days(kst(2021, 10, 22), kst(2021, 10, 29))
    assert desk.standing(date(2021, 10, 29)) == ["before:0"]
    assert desk.items(number)[-2:] == [("before:1", SUPERSEDED), ("before:0", INCLUDED)]


@pytest.mark.parametrize(
    "now",
    [
        kst(2026, 6, 27),  # Saturday
        kst(2026, 6, 28),  # Sunday
        kst(2026, 6, 3),  # 지방선거
        kst(2026, 9, 25),  # 추석
        kst(2026, 6, 30, 9, 9, 59),
        kst(2026, 6, 30, 18, 0),
        kst(2026, 6, 30, 0, 0),
    ],
)
def test_off_hours_nothing_is_owed(desk: Desk, now: datetime) -> None:
    number = desk.promise(now.date() - timedelta(days=2))
    assert desk.scan(now) == 0
    assert desk.items(number) == []
    assert desk.days() == []


def test_what_fell_due_on_the_weekend_comes_on_monday(desk: Desk) -> None:
    desk.promise(date(2026, 6, 26))
    desk.pass_days(kst(2026, 6, 26), kst(2026, 6, 27), kst(2026, 6, 28), kst(2026, 6, 29))
    assert desk.days() == [date(2026, 6, 26), date(2026, 6, 29)]
    assert desk.standing(date(2026, 6, 29)) == ["after:1", "week-counts"]


@pytest.mark.parametrize(
    ("remind_from", "expected"),
    [
        (kst(2026, 6, 30, 9, 10), ["before:0"]),
        (kst(2026, 6, 30, 9, 10, 1), []),
        (kst(2026, 6, 29, 9, 11), ["before:0"]),
    ],
)
def test_the_first_day_owes_nothing_that_lay_before_it(
    desk: Desk, remind_from: datetime, expected: list[str]
) -> None:
    number = desk.promise(TUESDAY, remind_from=remind_from)
    desk.scan(kst(2026, 6, 30, 12))
    assert [rule for rule, _ in desk.items(number)] == expected


def test_a_plan_of_another_year_sends_nothing(desk: Desk) -> None:
    with desk.store.write() as session:
        session.scalars(select(Plan)).one().state = PlanState.ARCHIVED
    desk.promise(TUESDAY)
    assert desk.scan() == 0


@pytest.mark.parametrize("state", [one for one in MilestoneState if one is not MilestoneState.PLANNED])
def test_what_is_not_open_is_not_owed(desk: Desk, state: MilestoneState) -> None:
    number = desk.promise(TUESDAY)
    with desk.store.write() as session:
        session.get_one(Milestone, number).state = state
    assert desk.scan() == 0


@pytest.mark.parametrize("state", [LinkState.STOPPED, LinkState.BLOCKED, LinkState.ENDED])
def test_who_cannot_be_written_to_is_owed_nothing(desk: Desk, state: LinkState) -> None:
    desk.promise(TUESDAY)
    with desk.store.write() as session:
        session.scalars(select(ChatLink)).one().state = state
    assert desk.scan() == 0
    assert desk.days() == []


def test_who_links_later_hears_only_of_what_comes_later(desk: Desk) -> None:
    number = desk.promise(TUESDAY)
    with desk.store.write() as session:
        link = session.scalars(select(ChatLink)).one()
        chat_links.pause(link, LinkState.STOPPED, kst(2026, 6, 30))
    desk.scan()
    with desk.store.write() as session:
        chat_links.resume(session.get_one(ChatLink, link.id), kst(2026, 6, 30, 10))
    desk.scan(kst(2026, 6, 30, 10))
    assert desk.items(number) == []
    desk.scan(kst(2026, 7, 1))
    assert desk.items(number) == [("after:1", INCLUDED)]


def test_each_officer_of_a_task_gets_a_message(desk: Desk) -> None:
    with desk.store.write() as session:
        deputy = builders.linked(session, "박바다")
        builders.assign(session, session.get_one(Task, desk.task_id), deputy)
    number = desk.promise(TUESDAY)
    assert desk.scan() == 2
    assert desk.items(number, deputy.id) == desk.items(number, desk.officer_id)


def test_whose_assignment_has_ended_gets_nothing(desk: Desk) -> None:
    with desk.store.write() as session:
        assignment = session.get_one(Task, desk.task_id).assignments[0]
        assignment.until_on = TUESDAY - timedelta(days=1)
    desk.promise(TUESDAY)
    assert desk.scan() == 0


def test_what_becomes_owed_after_the_days_message_comes_the_next_working_day(desk: Desk) -> None:
    desk.promise(date(2026, 7, 3))
    desk.scan(kst(2026, 7, 3))  # a Friday
    desk.send()
    later = desk.promise(date(2026, 7, 3))
    desk.scan(kst(2026, 7, 3, 10))
    assert (desk.items(later), desk.next_look(later)) == ([], date(2026, 7, 4))
    desk.pass_days(kst(2026, 7, 4), kst(2026, 7, 5), kst(2026, 7, 6))
    assert desk.days() == [date(2026, 7, 3), date(2026, 7, 6)]
    assert desk.items(later)[-1] == ("after:1", INCLUDED)


def test_what_becomes_owed_before_it_is_sent_joins_the_message(desk: Desk) -> None:
    desk.promise(TUESDAY)
    desk.scan()
    desk.promise(TUESDAY)
    desk.scan()
    assert desk.days() == [TUESDAY]
    assert desk.standing(TUESDAY) == ["before:0", "before:0"]


@pytest.mark.pitfall(21)
def test_a_moved_date_brings_no_old_reminder(desk: Desk) -> None:
    number = desk.promise(TUESDAY)
    desk.pass_days(kst(2026, 6, 29))
    desk.move(number, date(2026, 7, 20))
    desk.pass_days(kst(2026, 6, 30), kst(2026, 7, 1), kst(2026, 7, 3), kst(2026, 7, 7))
    assert desk.days() == [date(2026, 6, 29)]
    desk.pass_days(kst(2026, 7, 13))
    assert desk.standing(date(2026, 7, 13)) == ["before:7"]


@pytest.mark.pitfall(21)
def test_a_date_moved_before_the_message_goes_out_takes_it_back(desk: Desk) -> None:
    number = desk.promise(TUESDAY)
    desk.scan()
    desk.move(number, date(2026, 7, 20))
    assert desk.days() == []
    assert desk.scan() == 0


def test_an_undo_brings_the_reminder_back(desk: Desk) -> None:
    number = desk.promise(TUESDAY)
    desk.scan()
    desk.finish(number)
    assert desk.standing(TUESDAY) == []
    desk.reopen(number)
    desk.scan()
    assert desk.standing(TUESDAY) == ["before:0"]
    assert len(desk.items(number)) == 3


def test_an_undo_after_the_message_was_sent_sends_no_second(desk: Desk) -> None:
    number = desk.promise(TUESDAY)
    desk.pass_days(kst(2026, 6, 30))
    desk.finish(number)
    desk.reopen(number)
    assert desk.scan() == 0
    desk.pass_days(kst(2026, 7, 1))
    assert desk.standing(date(2026, 7, 1)) == ["after:1"]


def test_an_unsent_message_of_yesterday_is_carried_into_todays(desk: Desk) -> None:
    number = desk.promise(date(2026, 7, 30))  # D-30 is today, and nothing tomorrow
    desk.scan()
    desk.scan(kst(2026, 7, 1))
    assert desk.days() == [date(2026, 7, 1)]
    assert desk.items(number) == [("before:30", INCLUDED)]
    assert desk.standing(date(2026, 7, 1)) == ["before:30"]


def test_an_unsent_message_is_put_away_before_the_hours_begin(desk: Desk) -> None:
    desk.promise(TUESDAY)
    desk.scan()
    desk.scan(kst(2026, 7, 1, 0, 0))
    assert desk.days() == []
    assert desk.items()[-1] == ("before:0", ItemState.CARRIED)


def test_a_carried_reminder_gives_way_to_a_newer_one_of_the_same_milestone(desk: Desk) -> None:
    number = desk.promise(TUESDAY)
    desk.scan()
    desk.scan(kst(2026, 7, 1))
    assert desk.standing(date(2026, 7, 1)) == ["after:1"]
    assert desk.items(number)[-2:] == [("before:0", SUPERSEDED), ("after:1", INCLUDED)]


def test_what_could_not_be_confirmed_stands_in_the_next_message(desk: Desk) -> None:
    number = desk.promise(date(2026, 7, 30))
    desk.scan()
    desk.send(DeliveryState.UNCERTAIN)
    assert desk.scan() == 0  # one message a day, even then
    desk.scan(kst(2026, 7, 1))
    assert desk.standing(date(2026, 7, 1)) == ["before:30"]
    assert desk.items(number) == [("before:30", INCLUDED)]


def test_a_carried_reminder_of_what_is_done_is_dropped(desk: Desk) -> None:
    number = desk.promise(date(2026, 7, 30))
    desk.scan()
    desk.send(DeliveryState.UNCERTAIN)
    desk.finish(number)
    desk.scan(kst(2026, 7, 1))
    assert desk.items(number) == [("before:30", ItemState.CANCELLED)]
    assert desk.standing(date(2026, 7, 1)) == []


def test_a_carried_reminder_waits_for_a_chat(desk: Desk) -> None:
    desk.promise(date(2026, 7, 30))
    desk.scan()
    desk.send(DeliveryState.UNCERTAIN)
    with desk.store.write() as session:
        chat_links.pause(session.scalars(select(ChatLink)).one(), LinkState.STOPPED, kst(2026, 6, 30))
    desk.scan(kst(2026, 7, 1))
    assert desk.items() == [("before:30", ItemState.CARRIED)]


def test_what_only_has_a_start_is_reminded_of_once(desk: Desk) -> None:
    number = desk.promise(None, start=TUESDAY, precision=Precision.MONTH)
    desk.pass_days(kst(2026, 6, 30), kst(2026, 7, 1), kst(2026, 8, 3))
    assert desk.items(number) == [("start", INCLUDED)]
    assert desk.next_look(number) is None


def test_a_month_is_reminded_of_at_its_ends_and_in_its_last_week_and_then_missed(desk: Desk) -> None:
    desk.promise(date(2026, 6, 30), start=date(2026, 6, 1), precision=Precision.MONTH)
    every_day = [kst(2026, 6, 1) + timedelta(days=ahead) for ahead in range(31)]
    desk.pass_days(*every_day)
    assert [day.day for day in desk.days() if day] == [1, 29, 30, 1]
