"""Recurring entries and their occurrences."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from jobs.plans.series import AHEAD, Occurrence, extend_all, materialise, occurrences
from store.db.engine import Store
from store.models import Milestone, Number
from store.states import MilestoneKind, MilestoneState, PlanState, Precision
from tests import builders
from tests.builders import LONG_AGO

TODAY = date(2026, 1, 2)
YEAR = date(2026, 1, 1), date(2026, 12, 31)


def dues(rule: str, first: date = YEAR[0], until: date = YEAR[1]) -> list[date]:
    return [one.due for one in occurrences(rule, first, until)]


@pytest.mark.parametrize(
    ("rule", "first", "expected"),
    [
        (  # 매월 마지막 주 화요일
            "FREQ=MONTHLY;BYDAY=-1TU",
            date(2021, 3, 1),
            [date(2021, 3, 30), date(2021, 4, 27), date(2021, 5, 25)],
        ),
        (  # 매월 둘째, 셋째 주 화요일
            "FREQ=MONTHLY;BYDAY=2TU,3TU",
            date(2021, 3, 10),
            [date(2021, 3, 16), date(2021, 4, 13), date(2021, 4, 20), date(2021, 5, 11), date(2021, 5, 18)],
        ),
        (  # 매월 15일
            "FREQ=MONTHLY;BYMONTHDAY=15",
            date(2021, 3, 15),
            [date(2021, 3, 15), date(2021, 4, 15), date(2021, 5, 15)],
        ),
        (  # 매월 말일
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            date(2021, 3, 1),
            [date(2021, 3, 31), date(2021, 4, 30), date(2021, 5, 31)],
        ),
        (  # 매주 월요일
            "FREQ=WEEKLY;BYDAY=MO",
            date(2021, 5, 11),
            [date(2021, 5, 17), date(2021, 5, 24), date(2021, 5, 31)],
        ),
    ],
)
def test_a_rule_with_a_day_falls_on_days(rule: str, first: date, expected: list[date]) -> None:
    found = list(occurrences(rule, first, date(2021, 5, 31)))
    assert found == [Occurrence(day, day, Precision.DAY) for day in expected]


@pytest.mark.parametrize(
    ("rule", "many", "first", "last", "precision"),
    [
        ("FREQ=MONTHLY", 12, (date(2026, 1, 1), date(2026, 1, 31)), date(2026, 12, 1), Precision.MONTH),
        (
            "FREQ=MONTHLY;INTERVAL=3",
            4,
            (date(2026, 1, 1), date(2026, 3, 31)),
            date(2026, 10, 1),
            Precision.QUARTER,
        ),
        (
            "FREQ=MONTHLY;INTERVAL=6",
            2,
            (date(2026, 1, 1), date(2026, 6, 30)),
            date(2026, 7, 1),
            Precision.HALF,
        ),
        ("FREQ=YEARLY", 1, (date(2026, 1, 1), date(2026, 12, 31)), date(2026, 1, 1), Precision.YEAR),
    ],
)
def test_a_rule_without_a_day_means_the_whole_period(
    rule: str, many: int, first: tuple[date, date], last: date, precision: Precision
) -> None:
    found = list(occurrences(rule, *YEAR))
    assert len(found) == many
    assert found[0] == Occurrence(*first, precision)
    assert found[-1] == Occurrence(last, date(2026, 12, 31), precision)


def test_a_period_is_counted_from_january_whenever_the_plan_came_in() -> None:
    assert dues("FREQ=MONTHLY;INTERVAL=3", date(2026, 5, 20)) == [
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
    ]


def test_every_week_ends_on_its_friday() -> None:
    found = list(occurrences("FREQ=WEEKLY", date(2026, 6, 24), date(2026, 7, 3)))
    assert found == [
        Occurrence(date(2026, 6, 22), date(2026, 6, 26), Precision.RANGE),
        Occurrence(date(2026, 6, 29), date(2026, 7, 3), Precision.RANGE),
    ]


def test_february_ends_on_its_own_last_day() -> None:
    assert dues("FREQ=MONTHLY", date(2028, 2, 1), date(2028, 2, 29)) == [date(2028, 2, 29)]
    assert dues("FREQ=MONTHLY", date(2026, 2, 1), date(2026, 2, 28)) == [date(2026, 2, 28)]


def test_every_march_is_that_month() -> None:
    found = list(occurrences("FREQ=YEARLY;BYMONTH=3", *YEAR))
    assert found == [Occurrence(date(2026, 3, 1), date(2026, 3, 31), Precision.MONTH)]


@pytest.mark.open_door("B3")
def test_turns_have_an_end_even_where_a_plan_has_none() -> None:
    assert dues("FREQ=MONTHLY;BYMONTHDAY=31", until=date(9999, 12, 31))[-1] < date(2037, 1, 1)
    assert dues("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-31", until=date(9999, 12, 31)) == []


@pytest.mark.open_door("B3")
def test_a_rule_kept_long_ago_that_nobody_knows_stops_no_other_series(store: Store) -> None:
    with store.write() as session:
        task = builders.task(session)
        builders.series(session, task, "FREQ=SECONDLY;BYDAY=MO")
        builders.series(session, task, "FREQ=MONTHLY")
    with store.write() as session:
        assert extend_all(session, TODAY) == 3
    with store.write() as session:
        assert extend_all(session, TODAY) == 0


@pytest.mark.open_door("B3")
@pytest.mark.parametrize("rule", ["FREQ=HOURLY", "FREQ=MONTHLY;BYDAY=XX", "FREQ=DAILY;INTERVAL=0;BYDAY=MO"])
def test_a_rule_nobody_knows_is_refused(rule: str) -> None:
    with pytest.raises(ValueError):
        dues(rule)


RULES = (
    "FREQ=MONTHLY;BYDAY=-1TU",
    "FREQ=MONTHLY;BYDAY=2TU,3TU",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;INTERVAL=3",
    "FREQ=MONTHLY;INTERVAL=6",
    "FREQ=YEARLY",
    "FREQ=WEEKLY",
)


@given(
    rule=st.sampled_from(RULES),
    first=st.dates(date(2020, 1, 1), date(2029, 1, 1)),
    length=st.integers(0, 800),
)
def test_occurrences_lie_inside_the_span_in_order(rule: str, first: date, length: int) -> None:
    until = first + timedelta(days=length)
    found = list(occurrences(rule, first, until))
    assert all(first <= one.due <= until and one.start <= one.due for one in found)
    assert [one.due for one in found] == sorted({one.due for one in found})


@given(rule=st.sampled_from(RULES), ahead=st.integers(0, 400), start=st.dates(*YEAR))
def test_looking_further_ahead_changes_nothing_before(rule: str, ahead: int, start: date) -> None:
    near, far = start + timedelta(days=ahead), start + timedelta(days=ahead + 90)
    assert dues(rule, start, far)[: len(dues(rule, start, near))] == dues(rule, start, near)


def due_days(store: Store) -> list[date | None]:
    with store.read() as session:
        return list(session.scalars(select(Milestone.due_on).order_by(Milestone.id)))


def test_occurrences_exist_90_days_ahead(store: Store) -> None:
    with store.write() as session:
        series = builders.series(session, builders.task(session), "FREQ=WEEKLY;BYDAY=FR")
        materialise(session, series, TODAY)
    assert due_days(store)[0] == TODAY
    assert due_days(store)[-1] == TODAY + timedelta(days=84)
    assert TODAY + timedelta(days=91) > TODAY + AHEAD


def test_what_is_due_in_exactly_90_days_exists(store: Store) -> None:
    with store.write() as session:
        series = builders.series(session, builders.task(session), "FREQ=MONTHLY")
        materialise(session, series, date(2026, 4, 30) - AHEAD - timedelta(days=1))
        assert due_days_in(session.scalars(select(Milestone.due_on)).all())[-1] == date(2026, 3, 31)
        materialise(session, series, date(2026, 4, 30) - AHEAD)
        assert due_days_in(session.scalars(select(Milestone.due_on)).all())[-1] == date(2026, 4, 30)


def test_a_long_period_exists_before_it_begins(store: Store) -> None:
    """Else the reminder of its first working day would come late: a half-year ends far beyond 90 days."""
    with store.write() as session:
        series = builders.series(session, builders.task(session), "FREQ=MONTHLY;INTERVAL=6")
        materialise(session, series, date(2026, 6, 26))
        starts = session.scalars(select(Milestone.start_on)).all()
        assert date(2026, 7, 1) in starts


def due_days_in(found: object) -> list[date]:
    assert isinstance(found, list)
    return sorted(found)


def test_occurrences_end_with_the_plan(store: Store) -> None:
    with store.write() as session:
        series = builders.series(session, builders.task(session), "FREQ=MONTHLY", start=date(2026, 11, 21))
        materialise(session, series, date(2026, 11, 21))
    assert due_days(store) == [date(2026, 11, 30), date(2026, 12, 31)]


def test_twice_adds_nothing(store: Store) -> None:
    with store.write() as session:
        builders.series(session, builders.task(session), "FREQ=MONTHLY")
    counts = []
    for _ in range(2):
        with store.write() as session:
            counts.append(extend_all(session, TODAY))
    assert counts == [3, 0]


def test_a_moved_occurrence_is_not_made_again(store: Store) -> None:
    with store.write() as session:
        series = builders.series(session, builders.task(session), "FREQ=MONTHLY")
        first = materialise(session, series, TODAY)[0]
        first.due_on = date(2026, 2, 10)
    with store.write() as session:
        assert extend_all(session, TODAY) == 0


def test_later_days_add_later_occurrences(store: Store) -> None:
    with store.write() as session:
        builders.series(session, builders.task(session), "FREQ=MONTHLY")
        extend_all(session, TODAY)
    with store.write() as session:
        assert extend_all(session, TODAY + timedelta(days=31)) == 1
    with store.read() as session:
        assert list(session.scalars(select(Milestone.window_no))) == [1, 2, 3, 4]


def test_an_occurrence_has_a_number_and_says_what_the_plan_wrote(store: Store) -> None:
    with store.write() as session:
        series = builders.series(session, builders.task(session), "FREQ=MONTHLY;INTERVAL=3")
        made = materialise(session, series, TODAY)[0]
        assert session.get_one(Number, made.id).kind == "milestone"
    assert (made.title, made.expr, made.series_id) == (series.title, series.expr, series.id)
    assert (made.kind, made.precision) == (MilestoneKind.OCCURRENCE, Precision.QUARTER)
    assert (made.start_on, made.due_on, made.original_due_on) == (YEAR[0], date(2026, 3, 31), made.due_on)
    assert (made.state, made.remind_from) == (MilestoneState.PLANNED, LONG_AGO)


def test_a_quota_without_months_has_no_occurrences(store: Store) -> None:
    with store.write() as session:
        series = builders.series(session, builders.task(session), None)
        assert materialise(session, series, TODAY) == []


@pytest.mark.parametrize(
    "state", [PlanState.DRAFT, PlanState.CLOSED, PlanState.ARCHIVED], ids=lambda state: state.value
)
def test_only_active_plans_are_extended(store: Store, state: PlanState) -> None:
    with store.write() as session:
        plan = builders.plan(session, state=state)
        builders.series(session, builders.task(session, of=plan), "FREQ=MONTHLY")
        assert extend_all(session, TODAY) == 0


def test_a_series_that_has_ended_is_left_alone(store: Store) -> None:
    with store.write() as session:
        builders.series(session, builders.task(session), "FREQ=MONTHLY", until=TODAY - timedelta(days=1))
        assert extend_all(session, TODAY) == 0
