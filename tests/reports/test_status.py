"""Counts, as the contract of `gihan status --json` defines them."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from reports.overview import overview
from reports.status import Counts, Status, status
from store.db.engine import Store
from store.models import Department, Milestone, Plan, Task
from store.states import MilestoneState, PlanState, Precision
from tests import builders
from tests.builders import SEOUL, kst

NOW = kst(2026, 6, 30)
TODAY = date(2026, 6, 30)
FIELDS = ("total", "done", "overdue", "due_today", "due_14_days", "on_hold", "before_start")
PLANNED, DONE, HELD = MilestoneState.PLANNED, MilestoneState.DONE, MilestoneState.ON_HOLD


def read(store: Store) -> Status:
    with store.read() as session:
        return status(session, NOW, TODAY, "Asia/Seoul")


def numbers(counts: Counts) -> dict[str, int]:
    """The counts that are not zero."""
    return {name: value for name in FIELDS if (value := getattr(counts, name))}


@pytest.mark.parametrize(
    ("state", "days", "expected"),
    [
        (PLANNED, -1, {"total": 1, "overdue": 1}),
        (PLANNED, -400, {"total": 1, "overdue": 1}),
        (PLANNED, 0, {"total": 1, "due_today": 1, "due_14_days": 1}),
        (PLANNED, 1, {"total": 1, "due_14_days": 1}),
        (PLANNED, 14, {"total": 1, "due_14_days": 1}),
        (PLANNED, 15, {"total": 1}),
        (DONE, -1, {"total": 1, "done": 1}),
        (DONE, 0, {"total": 1, "done": 1}),
        (DONE, 7, {"total": 1, "done": 1}),
        (MilestoneState.REPORTED, -1, {"total": 1, "done": 1}),
        (MilestoneState.REPORTED, 0, {"total": 1, "done": 1}),
        (HELD, -1, {"total": 1, "on_hold": 1}),
        (HELD, 0, {"total": 1, "on_hold": 1}),
        (MilestoneState.CANCELLED, -1, {}),
        (MilestoneState.CANCELLED, 0, {}),
    ],
)
def test_where_a_milestone_counts(
    store: Store, state: MilestoneState, days: int, expected: dict[str, int]
) -> None:
    with store.write() as session:
        due = TODAY + timedelta(days=days)
        builders.milestone(session, builders.task(session), due, state=state)
    assert numbers(read(store).milestones) == expected


def test_what_was_due_before_the_start_counts_as_overdue_and_apart(store: Store) -> None:
    yesterday = TODAY - timedelta(days=1)
    with store.write() as session:
        task = builders.task(session)
        builders.milestone(session, task, yesterday)
        builders.milestone(session, task, yesterday, before_start=True)
        builders.milestone(session, task, TODAY + timedelta(days=1), before_start=True)
    found = read(store).milestones
    assert (found.overdue, found.before_start, found.late) == (2, 1, 1)


def test_what_has_no_due_day_is_not_counted(store: Store) -> None:
    with store.write() as session:
        builders.milestone(session, builders.task(session), None, start=TODAY)
    found = read(store)
    assert (found.tasks, found.milestones, found.departments) == (1, Counts(), [])


@pytest.mark.parametrize("precision", Precision)
def test_every_precision_counts_by_its_due_day(store: Store, precision: Precision) -> None:
    with store.write() as session:
        start = TODAY.replace(day=1)
        builders.milestone(session, builders.task(session), TODAY, start=start, precision=precision)
    assert read(store).milestones.due_today == 1


@pytest.mark.parametrize("state", [one for one in PlanState if one is not PlanState.ACTIVE])
def test_only_active_plans_count(store: Store, state: PlanState) -> None:
    with store.write() as session:
        plan = builders.plan(session, state=state)
        builders.milestone(session, builders.task(session, of=plan), TODAY)
    found = read(store)
    assert (found.tasks, found.milestones, found.departments) == (0, Counts(), [])


@pytest.mark.parametrize(
    ("state", "done_on", "counted"),
    [
        (PLANNED, None, {"total": 1, "due_today": 1, "due_14_days": 1}),
        (HELD, None, {"total": 1, "on_hold": 1}),
        (DONE, date(2026, 1, 1), {"total": 1, "done": 1}),
        (DONE, date(2025, 12, 31), {}),  # of the year before
    ],
)
def test_what_outlives_its_closed_plan_counts_while_it_is_open_and_in_the_year_it_was_done(
    store: Store, state: MilestoneState, done_on: date | None, counted: dict[str, int]
) -> None:
    with store.write() as session:
        task = builders.task(session)
        carried = builders.milestone(session, task, TODAY, state=state, title="정산")
        carried.outlives_plan, carried.done_on = True, done_on
        builders.milestone(session, task, TODAY, state=state)  # ends with the plan
        task.plan.state = PlanState.CLOSED
    found = read(store)
    assert (numbers(found.milestones), found.tasks) == (counted, bool(counted))
    assert [numbers(one) for one in found.departments] == [counted] * bool(counted)
    with store.read() as session:
        shown = overview(session, NOW.astimezone(SEOUL))
    assert [one.title for one in shown.next_14_days] == ["정산"] * (state is PLANNED)


def test_departments_come_by_name(store: Store) -> None:
    with store.write() as session:
        for name in ("환경과", "도로과", None, "도로과"):
            builders.milestone(session, builders.task(session, department=name), TODAY)
    found = read(store)
    assert [(one.name, one.total) for one in found.departments] == [
        ("도로과", 2),
        ("부서 미지정", 1),
        ("환경과", 1),
    ]
    assert found.tasks == 4


def test_a_scope_counts_only_what_lies_in_it(store: Store) -> None:
    with store.write() as session:
        for name in ("환경과", "도로과"):
            task = builders.task(session, department=name)
            for _ in range(2):
                builders.milestone(session, task, TODAY)
        where = session.scalars(select(Department.id).where(Department.name == "도로과")).one()
        found = status(session, NOW, TODAY, "Asia/Seoul", Task.department_id == where)
    assert (found.tasks, found.milestones.total) == (1, 2)
    assert [one.name for one in found.departments] == ["도로과"]


def test_a_scope_of_one_plan(store: Store) -> None:
    with store.write() as session:
        plans = [builders.plan(session, f"계획 {number}") for number in (1, 2)]
        for plan in plans:
            builders.milestone(session, builders.task(session, of=plan), TODAY)
        found = status(session, NOW, TODAY, "Asia/Seoul", Plan.id == plans[0].id)
    assert (found.tasks, found.milestones.total) == (1, 1)


def test_the_json_is_as_the_contract_has_it(store: Store) -> None:
    with store.write() as session:
        builders.milestone(session, builders.task(session), TODAY)
    found = json.loads(read(store).model_dump_json())
    assert found.keys() == {"as_of", "timezone", "tasks", "milestones", "departments"}
    assert found["as_of"] == "2026-06-30T00:10:00Z"
    assert found["milestones"].keys() == set(FIELDS)
    assert found["departments"][0].keys() == {"name", *FIELDS}


one_milestone = st.tuples(
    st.sampled_from(["도로과", "환경과", "기획과"]),
    st.sampled_from(MilestoneState),
    st.integers(-40, 40),
)


@given(st.lists(one_milestone, max_size=60))
def test_the_whole_is_the_sum_of_its_departments(entries: list[tuple[str, MilestoneState, int]]) -> None:
    whole, parts = Counts(), {name: Counts() for name, _, _ in entries}
    for name, state, days in entries:
        for counts in (whole, parts[name]):
            counts.add(state, TODAY + timedelta(days=days), TODAY)
    for field in FIELDS:
        assert getattr(whole, field) == sum(getattr(one, field) for one in parts.values())
    assert whole.done + whole.on_hold + whole.overdue + whole.due_14_days <= whole.total


@pytest.mark.parametrize("seed", range(3))
def test_the_stored_whole_is_the_sum_of_its_departments(store: Store, seed: int) -> None:
    with store.write() as session:
        for number in range(60):
            place = (number * 7 + seed) % 4
            task = builders.task(session, department=("도로과", "환경과", "기획과", None)[place])
            state = list(MilestoneState)[(number * 3 + seed) % 5]
            builders.milestone(session, task, TODAY + timedelta(days=number - 30), state=state)
        stored = list(session.scalars(select(Milestone.state)))
    found = read(store)
    for field in FIELDS:
        assert getattr(found.milestones, field) == sum(getattr(one, field) for one in found.departments)
    assert found.milestones.total == sum(one is not MilestoneState.CANCELLED for one in stored)
    assert found.tasks == 60


@pytest.mark.parametrize(
    ("done", "total", "rate"),
    [
        (0, 0, "0.0"),
        (0, 5, "0.0"),
        (5, 5, "100.0"),
        (33, 49, "67.3"),
        (15, 49, "30.6"),
        (1, 49, "2.0"),
        (32, 49, "65.3"),
        (51, 66, "77.3"),
        (1, 2000, "0.1"),  # 0.05 goes up
        (1, 2001, "0.0"),
        (1, 16, "6.3"),  # 6.25 goes up
        (3, 16, "18.8"),  # 18.75 goes up
        (1, 3, "33.3"),
        (2, 3, "66.7"),
    ],
)
def test_a_rate_has_one_decimal_half_up(done: int, total: int, rate: str) -> None:
    assert Counts(done=done, total=total).rate() == rate


@given(st.integers(1, 10_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_a_rate_is_never_more_than_half_a_tenth_off(counts: tuple[int, int]) -> None:
    done, total = counts
    tenths = int(Counts(done=done, total=total).rate().replace(".", ""))
    assert -total < 2 * (1000 * done - tenths * total) < total or 2 * (tenths * total - 1000 * done) == total
