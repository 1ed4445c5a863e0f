"""When to remind whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jobs.rules.calendar import WorkCalendar
from jobs.rules.reminder_days import (
    EXACT,
    Reminder,
    Timeline,
    merely_ends_with_year,
    owed_until,
    reminders,
)
from jobs.settings import CalendarSettings, ReminderSettings
from store.states import MilestoneKind, Precision
from tests.builders import SEOUL

SETTINGS = ReminderSettings(week_ahead=False)
CALENDAR = WorkCalendar(CalendarSettings(), SEOUL)


def timeline(due: date | None, start: date | None = None, precision: Precision = Precision.DAY) -> Timeline:
    return Timeline(MilestoneKind.DATED if due else MilestoneKind.OPEN, precision, start, due)


def turn(due: date, start: date | None = None, precision: Precision = Precision.DAY) -> Timeline:
    """One occurrence of what recurs."""
    return Timeline(MilestoneKind.OCCURRENCE, precision, start or due, due)


def first(line: Timeline, many: int) -> list[tuple[str, date]]:
    return [(one.rule, one.on) for one in islice(reminders(line, SETTINGS, CALENDAR), many)]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (  # Wednesday; D-30 is Monday, 31 May
            date(2021, 6, 30),
            [date(2021, 5, 31), date(2021, 6, 23), date(2021, 6, 30)],
        ),
        (  # Sunday: everything before it moves to the Friday
            date(2021, 10, 31),
            [date(2021, 10, 1), date(2021, 10, 22), date(2021, 10, 29)],
        ),
        (  # 지방선거: a due day that is a holiday itself
            date(2026, 6, 3),
            [date(2026, 5, 4), date(2026, 5, 27), date(2026, 6, 2)],
        ),
        (  # D-7 is the day after Christmas
            date(2026, 1, 2),
            [date(2025, 12, 3), date(2025, 12, 26), date(2026, 1, 2)],
        ),
    ],
)
@pytest.mark.parametrize("precision", sorted(EXACT))
def test_a_day_is_reminded_of_30_7_and_0_days_before(
    due: date, expected: list[date], precision: Precision
) -> None:
    start = due if precision is Precision.DAY else due - timedelta(days=3)
    rules = ["before:30", "before:7", "before:0"]
    assert first(timeline(due, start, precision), 3) == list(zip(rules, expected, strict=True))


def test_of_what_is_asked_for_before_the_day_the_first_and_the_last_are_told() -> None:
    busy = ReminderSettings(before_days=(30, 14, 7, 3, 1, 0))
    found = [one.rule for one in islice(reminders(timeline(date(2021, 6, 30)), busy, CALENDAR), 3)]
    assert found == ["before:30", "before:1", "before:0"]


def test_a_long_range_is_told_of_when_it_begins() -> None:
    found = first(timeline(date(2021, 11, 30), date(2021, 5, 3), Precision.RANGE), 3)
    assert found == [
        ("period-start", date(2021, 5, 3)), ("before:7", date(2021, 11, 23)), ("before:0", date(2021, 11, 30)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("due", "precision", "on"),
    [
        (date(2021, 6, 24), Precision.DAY, date(2021, 6, 21)),  # a Thursday: its Monday
        (date(2021, 6, 21), Precision.DAY, date(2021, 6, 21)),  # a Monday
        (date(2021, 9, 23), Precision.DAY, date(2021, 9, 23)),  # the first working day after 추석
        (date(2021, 6, 25), Precision.RANGE, date(2021, 6, 21)),
        (date(2021, 10, 31), Precision.MONTH, date(2021, 10, 25)),
    ],
)
def test_what_recurs_is_told_of_once_in_its_week(due: date, precision: Precision, on: date) -> None:
    last = CALENDAR.previous_or_same(due)
    assert first(turn(due, None, precision), 9) == [("week", one) for one in sorted({on, last})]


def test_what_comes_each_quarter_is_reminded_of_like_any_period() -> None:
    line = turn(date(2021, 6, 30), date(2021, 4, 1), Precision.QUARTER)
    assert [rule for rule, _ in first(line, 3)] == ["period-start", "before:7", "last-day"]


@pytest.mark.parametrize(
    ("precision", "start", "due", "expected"),
    [
        (  # 2021-10-31 is a Sunday, and 10-24 too
            Precision.MONTH,
            date(2021, 10, 1),
            date(2021, 10, 31),
            [date(2021, 10, 1), date(2021, 10, 22), date(2021, 10, 29)],
        ),
        (  # 2026-03-01 is a Sunday and its substitute the Monday
            Precision.MONTH,
            date(2026, 3, 1),
            date(2026, 3, 31),
            [date(2026, 3, 3), date(2026, 3, 24), date(2026, 3, 31)],
        ),
        (  # New Year's Day is a Friday
            Precision.QUARTER,
            date(2021, 1, 1),
            date(2021, 3, 31),
            [date(2021, 1, 4), date(2021, 3, 24), date(2021, 3, 31)],
        ),
        (
            Precision.HALF,
            date(2026, 1, 1),
            date(2026, 6, 30),
            [date(2026, 1, 2), date(2026, 6, 23), date(2026, 6, 30)],
        ),
        (  # both ends lie on a weekend
            Precision.MONTH,
            date(2026, 2, 1),
            date(2026, 2, 28),
            [date(2026, 2, 2), date(2026, 2, 20), date(2026, 2, 27)],
        ),
    ],
)
def test_a_period_is_reminded_of_at_its_start_before_its_end_and_on_its_last_day(
    precision: Precision, start: date, due: date, expected: list[date]
) -> None:
    rules = ["period-start", "before:7", "last-day"]
    assert first(timeline(due, start, precision), 3) == list(zip(rules, expected, strict=True))


def test_what_merely_ends_with_the_year_is_reminded_of_at_its_start_alone() -> None:
    year = timeline(date(2021, 12, 31), date(2021, 1, 1), Precision.YEAR)
    assert first(year, 3) == [("period-start", date(2021, 1, 4))]
    part = timeline(date(2021, 12, 31), date(2021, 7, 1), Precision.RANGE)
    assert first(part, 3) == [("period-start", date(2021, 7, 1))]


def test_what_is_watched_keeps_its_deadline_on_the_last_day() -> None:
    line = replace(timeline(date(2021, 12, 31), date(2021, 1, 1), Precision.YEAR), is_watched=True)
    assert ("last-day", date(2021, 12, 31)) in first(line, 8)


def test_a_period_without_a_start_has_no_first_day() -> None:
    found = first(timeline(date(2026, 6, 30), None, Precision.MONTH), 3)
    assert [rule for rule, _ in found] == ["before:7", "last-day", "after:1"]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (  # Wednesday
            date(2021, 6, 30),
            [(1, date(2021, 7, 1)), (7, date(2021, 7, 7))],
        ),
        (  # Friday before 추석: +1 falls on a day off, +7 does not
            date(2021, 9, 17),
            [(1, date(2021, 9, 23)), (7, date(2021, 9, 24))],
        ),
        (  # after a weekend comes a 대체공휴일
            date(2026, 2, 27),
            [(1, date(2026, 3, 3)), (7, date(2026, 3, 6))],
        ),
    ],
)
@pytest.mark.parametrize("precision", Precision)
def test_after_the_due_day_twice_and_then_no_more(
    due: date, expected: list[tuple[int, date]], precision: Precision
) -> None:
    line = timeline(due, due, precision)
    found = [one for one in first(line, 10) if one[0].startswith("after")]
    assert found == [(f"after:{days}", on) for days, on in expected]


def test_an_office_may_go_on_every_so_many_days() -> None:
    weekly = ReminderSettings(after_every_days=7, week_ahead=False)
    rules = [one.rule for one in islice(reminders(timeline(date(2026, 6, 30)), weekly, CALENDAR), 60)]
    assert rules[-1] == f"after:{7 * (60 - 3 - 1)}"


@pytest.mark.parametrize(
    ("start", "on"),
    [(date(2021, 7, 1), date(2021, 7, 1)), (date(2021, 5, 1), date(2021, 5, 3))],
)
def test_what_only_has_a_start_is_reminded_of_once_there(start: date, on: date) -> None:
    assert first(timeline(None, start), 9) == [("start", on)]


def test_what_has_no_date_is_never_reminded_of() -> None:
    assert first(timeline(None), 9) == []
    assert owed_until(timeline(None), date(2026, 6, 30), SETTINGS, CALENDAR) == ([], None)


def test_of_two_rules_on_a_day_the_more_urgent_is_last() -> None:
    owed, _ = owed_until(timeline(date(2021, 10, 31)), date(2021, 10, 29), SETTINGS, CALENDAR)
    assert [one.rule for one in owed] == ["before:30", "before:7", "before:0"]
    busy, _ = owed_until(
        timeline(date(2021, 10, 31)), date(2021, 10, 29), ReminderSettings(before_days=(1, 0)), CALENDAR
    )
    assert [one.rule for one in busy][-2:] == ["before:1", "before:0"]


def test_a_missed_day_is_more_urgent_than_any_day_before() -> None:
    owed, _ = owed_until(timeline(date(2026, 2, 27)), date(2026, 3, 3), SETTINGS, CALENDAR)
    assert [one.rule for one in owed][-3:] == ["before:7", "before:0", "after:1"]


def test_the_next_day_to_look_is_that_of_the_next_reminder() -> None:
    line = timeline(date(2021, 6, 30))
    assert owed_until(line, date(2021, 5, 30), SETTINGS, CALENDAR) == ([], date(2021, 5, 31))
    owed, later = owed_until(line, date(2021, 5, 31), SETTINGS, CALENDAR)
    assert ([one.rule for one in owed], later) == (["before:30"], date(2021, 6, 23))


days = st.dates(date(2019, 1, 1), date(2030, 12, 31))
precisions = st.sampled_from(Precision)


@st.composite
def windows(draw: st.DrawFn) -> Timeline:
    """A window as plans write them: a day, a range, or whole months."""
    precision, start = draw(precisions), draw(days)
    if precision is Precision.DAY:
        return timeline(start, start, precision)
    if precision is Precision.RANGE:
        return timeline(start + timedelta(days=draw(st.integers(0, 400))), start, precision)
    months = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF: 6, Precision.YEAR: 12}[precision]
    opening = date(start.year, (start.month - 1) // months * months + 1, 1)
    following = opening.month - 1 + months
    closing = date(opening.year + following // 12, following % 12 + 1, 1) - timedelta(days=1)
    return timeline(closing, opening, precision)


@given(windows())
def test_reminders_come_in_the_order_of_their_days(line: Timeline) -> None:
    found = list(islice(reminders(line, SETTINGS, CALENDAR), 15))
    assert all(earlier.on <= later.on for earlier, later in pairwise(found))


@given(windows())
def test_every_reminder_falls_on_a_working_day(line: Timeline) -> None:
    assert all(CALENDAR.is_working(one.on) for one in islice(reminders(line, SETTINGS, CALENDAR), 15))


@given(windows())
def test_reminders_before_are_never_after_the_due_day_and_those_after_never_before_it(line: Timeline) -> None:
    assert line.due is not None
    for one in islice(reminders(line, SETTINGS, CALENDAR), 15):
        assert (one.on > line.due) is one.rule.startswith("after:")


@given(windows())
def test_a_later_day_owes_all_that_an_earlier_one_did(line: Timeline) -> None:
    assume(not merely_ends_with_year(line))
    assert line.due is not None
    for ahead in (-8, 0):
        today = line.due + timedelta(days=ahead)
        owed, later = owed_until(line, today, SETTINGS, CALENDAR)
        assert later is not None and later > today
        assert all(one.on <= today for one in owed)
        more, _ = owed_until(line, later, SETTINGS, CALENDAR)
        assert set(owed) < set(more)


@given(windows())
def test_no_rule_is_there_twice(line: Timeline) -> None:
    rules = [one.rule for one in islice(reminders(line, SETTINGS, CALENDAR), 30)]
    assert len(set(rules)) == len(rules)


def test_the_order_of_the_settings_does_not_matter() -> None:
    mixed = ReminderSettings(before_days=(0, 30, 7), after_days=(7, 1), week_ahead=False)
    line = timeline(date(2026, 6, 30))
    assert list(islice(reminders(line, mixed, CALENDAR), 12)) == list(
        islice(reminders(line, SETTINGS, CALENDAR), 12)
    )


def test_without_days_after_the_weeks_still_count() -> None:
    weekly = ReminderSettings(before_days=(), after_days=(), after_every_days=7, week_ahead=False)
    found = list(islice(reminders(timeline(date(2026, 6, 30)), weekly, CALENDAR), 2))
    assert found == [Reminder(date(2026, 7, 7), 7, "after:7"), Reminder(date(2026, 7, 14), 14, "after:14")]


def test_a_task_on_the_watch_list_is_reminded_of_more_often() -> None:
    calm = timeline(date(2021, 6, 30))
    watched = Timeline(calm.kind, calm.precision, calm.start, calm.due, is_watched=True)
    assert [rule for rule, _ in first(watched, 5)] == [
        "before:30", "before:14", "before:7", "before:3", "before:0",
    ]  # fmt: skip
    assert [rule for rule, _ in first(watched, 10)][5:] == [
        "after:1",
        "after:7",
        "after:10",
        "after:13",
        "after:16",
    ]


asked = st.lists(st.integers(0, 60), max_size=8).map(tuple)


@given(windows(), asked)
def test_before_its_last_working_day_it_is_told_of_on_two_days_at_most(
    line: Timeline, before: tuple[int, ...]
) -> None:
    assert line.due is not None
    settings = ReminderSettings(before_days=before)
    last = CALENDAR.previous_or_same(line.due)
    days = {one.on for one in reminders(line, settings, CALENDAR) if one.on < last}
    assert len(days) <= 2
