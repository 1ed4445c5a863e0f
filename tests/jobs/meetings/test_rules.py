"""The rules of a meeting: its days, who presides, until when things come, when it is told of (jobs/meetings/rules.py)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.meetings.rules import chairs, closes_on, days_of, item_kind, told_days
from plans.time.workdays import next_turn
from store.states import ItemKind, MeetingKind
from tests.builders import RULES

CALENDAR = RULES.calendar
FIRST, LAST = date(2030, 1, 1), date(2030, 12, 31)


def test_the_last_tuesday_of_every_month_is_twelve_days_all_of_them_worked() -> None:
    days = days_of("FREQ=MONTHLY;BYDAY=-1TU", FIRST, LAST, CALENDAR)
    assert len(days) == 12 and all(CALENDAR.is_working(one) for one in days)
    assert days[0] == date(2030, 1, 29)


def test_a_day_off_moves_to_the_next_working_day() -> None:
    [moved] = days_of("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", FIRST, LAST, CALENDAR)
    assert not CALENDAR.is_working(date(2030, 3, 1)) and moved == CALENDAR.next_or_same(date(2030, 3, 1))


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3", "every day", ""])
def test_a_rule_without_days_has_none(rule: str) -> None:
    assert days_of(rule, FIRST, LAST, CALENDAR) == []


def test_who_presides_by_month_as_the_plans_write_it() -> None:
    found = chairs("시장(1, 7월), 부시장·국소장(2~6월, 8~12월)")
    assert {month for month, name in found.items() if name == "시장"} == {"1", "7"}
    assert len(found) == 12 and found["12"] == "부시장·국소장"
    assert chairs("Mayor (1, 7), deputy mayor") == {"1": "Mayor", "7": "Mayor", "": "deputy mayor"}
    assert chairs("") == {}


@given(st.dates(FIRST, LAST), st.integers(0, 14), st.booleans(), st.booleans())
def test_everybody_is_told_on_working_days_before_it_and_of_what_is_due_by_then(
    held_on: date, before: int, is_wanted: bool, is_missing: bool
) -> None:
    due = closes_on(held_on, before, CALENDAR)
    assert due <= held_on - timedelta(days=before) and CALENDAR.is_working(due)
    days = told_days(held_on, due, CALENDAR, is_wanted=is_wanted, is_missing=is_missing)
    assert days and all(CALENDAR.is_working(one) and one <= held_on for one in days)
    assert len(days) <= 1 + is_wanted + is_missing
    assert not is_missing or any(one == due for one in days)


def test_what_is_decided_is_of_the_kind_of_its_meeting() -> None:
    assert item_kind(MeetingKind.MEETING) is ItemKind.DIRECTIVE
    assert item_kind(MeetingKind.FIELD) is ItemKind.VISIT
    assert item_kind(MeetingKind.PANEL) is ItemKind.PROPOSAL


def test_the_fifth_and_the_last_working_day_are_those_of_requests_that_come_again() -> None:
    first, until = date(2026, 1, 1), date(2026, 12, 31)
    for rule in (
        "FREQ=MONTHLY;BYWORKDAY=5",
        "FREQ=MONTHLY;BYWORKDAY=-1",
        "FREQ=MONTHLY;INTERVAL=3;BYWORKDAY=1",
    ):
        found = days_of(rule, first, until, RULES.calendar)
        turns, after = [], first - timedelta(days=1)
        while (turn := next_turn(rule, after, RULES.calendar.is_working)) is not None and turn <= until:
            turns.append(turn)
            after = turn
        assert found == turns and len(found) == (4 if "INTERVAL" in rule else 12)
    assert days_of("FREQ=MONTHLY;BYWORKDAY=-1", date(2026, 10, 1), until, RULES.calendar)[0] == date(
        2026, 10, 30
    )
