"""What goes on all year (연중) is asked about once a quarter: issue 5, item 5."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jobs.authority.permissions import Deed
from jobs.owed import yearround
from jobs.owed.next_look import next_scheduled_at
from jobs.owed.yearround import question_day
from jobs.rules.calendar import WorkCalendar
from jobs.settings import CalendarSettings
from store.matters import YEAR_ROUND
from store.models import Series, Task
from store.states import PlanState, RoleName
from tests import builders
from tests.builders import BOT, SEOUL, kst
from tests.jobs.desk import Desk

CALENDAR = WorkCalendar(CalendarSettings(), SEOUL)
YEAR = [date(2026, 3, 3), date(2026, 6, 1), date(2026, 9, 1), date(2026, 12, 1)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 1), date(2026, 3, 3)),  # 3. 1. is a Sunday and made up for on Monday
        (date(2026, 5, 31), date(2026, 6, 1)),
        (date(2026, 12, 31), date(2026, 12, 1)),
        (date(2024, 6, 30), date(2024, 6, 3)),
    ],
)
def test_the_first_working_day_of_a_quarters_last_month(day: date, expected: date) -> None:
    assert question_day(day, CALENDAR) == expected


@pytest.fixture
def going(desk: Desk) -> int:
    """A year-round entry of the officer's task."""
    with desk.store.write() as session:
        return builders.series(session, session.get_one(Task, desk.task_id), None).id


def play(desk: Desk, first: date, last: date) -> None:
    day = first
    while day <= last:
        desk.pass_days(kst(day.year, day.month, day.day))
        day += timedelta(days=1)


def answer(desk: Desk, number: int) -> None:
    with desk.store.write() as session:
        series, now = session.get_one(Series, number), desk.clock.now()
        yearround.answer(Deed(session, BOT, now, desk.rules), series, "추진 중")


@pytest.mark.usefixtures("going")
def test_it_is_asked_about_four_times_a_year(desk: Desk) -> None:
    for day in YEAR:
        play(desk, day - timedelta(days=9), day + timedelta(days=9))
    assert desk.days() == YEAR
    assert desk.standing(YEAR[0]) == [YEAR_ROUND]


@pytest.mark.usefixtures("going")
def test_what_was_missed_is_asked_once_when_the_program_runs_again(desk: Desk) -> None:
    play(desk, date(2026, 2, 20), date(2026, 2, 27))
    play(desk, date(2026, 3, 20), date(2026, 3, 27))
    assert desk.days() == [date(2026, 3, 20)]


def test_a_quarter_that_was_answered_by_itself_is_not_asked_about(desk: Desk, going: int) -> None:
    desk.scan(kst(2026, 1, 15))
    answer(desk, going)
    play(desk, date(2026, 2, 20), date(2026, 6, 5))
    assert desk.days() == [date(2026, 6, 1)]


@pytest.mark.usefixtures("going")
def test_an_archived_plan_is_not_asked_about(desk: Desk) -> None:
    with desk.store.write() as session:
        session.get_one(Task, desk.task_id).plan.state = PlanState.ARCHIVED
    play(desk, date(2026, 3, 2), date(2026, 3, 5))
    assert desk.days() == []


def test_what_came_in_after_the_question_waits_for_the_next(desk: Desk, going: int) -> None:
    with desk.store.write() as session:
        session.get_one(Series, going).remind_from = kst(2026, 3, 10)
    play(desk, date(2026, 3, 10), date(2026, 6, 5))
    assert desk.days() == [date(2026, 6, 1)]


def test_without_an_officer_the_lead_is_asked(desk: Desk) -> None:
    with desk.store.write() as session:
        lead = builders.linked(session, "이팀장", "도로과")
        builders.role(session, lead, RoleName.LEAD, department_id=lead.department_id)
        builders.series(session, builders.task(session, title="빈자리"), None)
    desk.pass_days(kst(2026, 3, 3))
    assert YEAR_ROUND in desk.standing(date(2026, 3, 3), lead.id)


@pytest.mark.usefixtures("going")
def test_who_moves_the_clock_stops_at_the_question(desk: Desk) -> None:
    desk.scan(kst(2026, 1, 15))
    with desk.store.read() as session:
        assert next_scheduled_at(session, kst(2026, 1, 15), desk.rules) == kst(2026, 3, 3)


@pytest.fixture
def quota(desk: Desk) -> int:
    """Something to be done three times a year, whenever (연 3회)."""
    with desk.store.write() as session:
        made = builders.series(session, session.get_one(Task, desk.task_id), None)
        made.expr, made.quota = "연 3회", 3
        return made.id


def count(desk: Desk, number: int, by: int = 1) -> int:
    with desk.store.write() as session:
        series, now = session.get_one(Series, number), desk.clock.now()
        yearround.count(Deed(session, BOT, now, desk.rules), series, by, "함")
        return series.done_times


def test_a_quota_counts_up_and_back_and_never_below_nothing(desk: Desk, quota: int) -> None:
    assert [count(desk, quota, by) for by in (1, 1, -1, -1, -1)] == [1, 2, 1, 0, 0]


def test_a_complete_quota_is_asked_about_no_more(desk: Desk, quota: int) -> None:
    for _ in range(3):
        count(desk, quota)
    with desk.store.read() as session:
        assert session.get_one(Series, quota).ask_on is None
    count(desk, quota, -1)
    with desk.store.read() as session:
        assert session.get_one(Series, quota).ask_on is not None


def test_what_rests_until_something_happens_is_asked_about_every_month(desk: Desk, going: int) -> None:
    with desk.store.write() as session:
        session.get_one(Series, going).is_suspension = True
    with desk.store.read() as session:
        series = session.get_one(Series, going)
        days = [yearround.next_question(series, date(2026, month, 1), desk.rules) for month in (7, 8, 9)]
    assert days == [date(2026, 7, 1), date(2026, 8, 3), date(2026, 9, 1)]
