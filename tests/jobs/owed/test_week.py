"""확인함, the week's first message, and the counts of those above: issue 5, item 5."""

from __future__ import annotations

from datetime import date
from itertools import islice, takewhile

import pytest

from jobs.authority.permissions import Deed
from jobs.milestones import changes
from jobs.owed.managers_week import COUNTS
from jobs.rules.calendar import WorkCalendar
from jobs.rules.reminder_days import Timeline, reminders, seen_until
from jobs.settings import CalendarSettings, ReminderSettings
from store.models import Milestone
from store.states import MilestoneKind, Precision, RoleName
from tests import builders
from tests.builders import BOT, SEOUL, kst
from tests.jobs.desk import Desk

SETTINGS = ReminderSettings()
CALENDAR = WorkCalendar(CalendarSettings(), SEOUL)
FRIDAY = date(2026, 11, 27)


def line(due: date, *, seen: date | None = None) -> Timeline:
    return Timeline(MilestoneKind.DATED, Precision.DAY, None, due, seen_until=seen)


def weeks(due: date, settings: ReminderSettings = SETTINGS) -> list[date]:
    upto = takewhile(lambda one: one.on <= due, reminders(line(due), settings, CALENDAR))
    return [one.on for one in upto if one.rule == "week"]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (FRIDAY, [date(2026, 11, 23)]),
        (date(2026, 11, 29), [date(2026, 11, 23)]),  # Sunday
        (date(2026, 10, 8), [date(2026, 10, 6)]),  # 개천절 is made up for on Monday
        (date(2026, 11, 23), []),  # its own day is Monday
        (date(2026, 10, 6), []),  # its own day is the week's first working day
    ],
)
def test_the_weeks_first_working_day_names_what_is_due_in_it(due: date, expected: list[date]) -> None:
    assert weeks(due) == expected


def test_without_the_week_ahead_nothing_more_is_said() -> None:
    assert weeks(FRIDAY, ReminderSettings(week_ahead=False)) == []


@pytest.mark.parametrize(
    ("due", "times", "today", "expected"),
    [
        (date(2026, 12, 31), 0, date(2026, 11, 27), date(2026, 12, 4)),  # D-30 is the 1st
        (date(2026, 12, 24), 0, date(2026, 11, 24), None),  # nothing would be said before the 17th anyway
        (FRIDAY, 0, date(2026, 11, 20), FRIDAY),
        (FRIDAY, 1, date(2026, 11, 20), FRIDAY),  # never past the due day
        (date(2026, 11, 29), 0, date(2026, 11, 20), FRIDAY),  # a Sunday: its last working day
        (date(2026, 12, 24), 2, date(2026, 11, 24), None),  # twice at most
        (FRIDAY, 0, FRIDAY, None),
        (FRIDAY, 0, date(2026, 12, 1), None),
        (None, 0, FRIDAY, None),
    ],
)
def test_until_when_it_can_be_left_in_peace(
    due: date | None, times: int, today: date, expected: date | None
) -> None:
    timeline = Timeline(MilestoneKind.DATED, Precision.DAY, date(2026, 1, 2), due)
    assert seen_until(timeline, times, today, SETTINGS, CALENDAR) == expected


def test_nothing_is_said_until_that_day_and_then_as_before() -> None:
    spared = line(date(2026, 12, 24), seen=date(2026, 12, 18))
    found = [(one.rule, one.on) for one in islice(reminders(spared, SETTINGS, CALENDAR), 3)]
    assert found == [
        ("seen:2026-12-18", date(2026, 12, 18)),
        ("week", date(2026, 12, 21)),
        ("before:0", date(2026, 12, 24)),
    ]


def see(desk: Desk, number: int, until: date) -> None:
    with desk.store.write() as session:
        one = session.get_one(Milestone, number)
        changes.see(Deed(session, BOT, desk.clock.now(), desk.rules), one, until=until)


def test_who_has_seen_it_hears_of_it_a_week_later(desk: Desk) -> None:
    desk.rules.settings.before_days = (7, 2, 0)
    number = desk.promise(FRIDAY, remind_from=kst(2026, 11, 2))
    desk.pass_days(kst(2026, 11, 20))
    see(desk, number, FRIDAY)
    for day in (23, 24, 25, 26, 27):
        desk.pass_days(kst(2026, 11, day))
    assert desk.days() == [date(2026, 11, 20), FRIDAY]


def test_another_due_day_forgets_what_was_seen(desk: Desk) -> None:
    number = desk.promise(FRIDAY, remind_from=kst(2026, 11, 2))
    desk.pass_days(kst(2026, 11, 20))
    see(desk, number, FRIDAY)
    desk.move(number, date(2026, 12, 24))
    with desk.store.read() as session:
        moved = session.get_one(Milestone, number)
        assert (moved.seen_until_on, moved.seen_times) == (None, 0)


def lead_of(desk: Desk) -> int:
    with desk.store.write() as session:
        lead = builders.linked(session, "이팀장", "도로과")
        builders.role(session, lead, RoleName.LEAD, department_id=lead.department_id)
        return lead.id


def test_a_lead_gets_the_departments_counts_once_a_week(desk: Desk) -> None:
    desk.promise(FRIDAY, remind_from=kst(2026, 11, 2))
    lead = lead_of(desk)
    desk.pass_days(kst(2026, 11, 23), kst(2026, 11, 23, 9, 30), kst(2026, 11, 24), kst(2026, 11, 30))
    assert desk.days(lead) == [date(2026, 11, 23), date(2026, 11, 30)]
    assert desk.standing(date(2026, 11, 23), lead) == [COUNTS]


def test_where_there_is_nothing_to_count_nobody_above_is_written_to(desk: Desk) -> None:
    desk.promise(date(2026, 12, 24), remind_from=kst(2026, 11, 2))
    lead = lead_of(desk)
    desk.pass_days(kst(2026, 11, 23))
    assert desk.days(lead) == []


def test_on_another_day_than_the_first_nobody_gets_counts(desk: Desk) -> None:
    desk.promise(FRIDAY, remind_from=kst(2026, 11, 2))
    lead = lead_of(desk)
    desk.pass_days(kst(2026, 11, 24))
    assert desk.days(lead) == []
