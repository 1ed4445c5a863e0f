"""Finding and changing milestones."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from store import deliveries, milestones
from store.db.engine import Store
from store.states import (
    AssignmentKind,
    ItemState,
    MilestoneState,
    PastReview,
    PlanState,
)
from tests import builders
from tests.builders import kst

TODAY = date(2026, 6, 30)
NOW = kst(2026, 6, 30)
LATER = {"due_on": date(2026, 7, 20)}


def test_the_officer_answers_for_current_tasks_of_active_plans(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        mine = builders.milestone(session, builders.task(session, person), TODAY)
        builders.milestone(session, builders.task(session, builders.officer(session, "박바다")), TODAY)
        archived = builders.plan(session, state=PlanState.ARCHIVED)
        builders.milestone(session, builders.task(session, person, of=archived), TODAY)
        found = milestones.of_officer(session, person.id, TODAY)
    assert [one.id for one in found] == [mine.id]


@pytest.mark.parametrize(
    ("today", "is_mine"),
    [
        (date(2026, 5, 31), False),
        (date(2026, 6, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_both_ends_of_an_assignment_belong_to_it(store: Store, today: date, is_mine: bool) -> None:
    with store.write() as session:
        person, work = builders.officer(session), builders.task(session)
        builders.assign(session, work, person, from_on=date(2026, 6, 1), until_on=date(2026, 6, 30))
        one = builders.milestone(session, work, TODAY)
        assert bool(milestones.of_officer(session, person.id, today)) is is_mine
        assert bool(milestones.assignees(one, today)) is is_mine


def test_the_lead_stands_before_the_deputies(store: Store) -> None:
    with store.write() as session:
        work = builders.task(session)
        builders.assign(session, work, builders.officer(session, "박바다"), AssignmentKind.DEPUTY)
        builders.assign(session, work, builders.officer(session, "김하늘"), AssignmentKind.LEAD)
        one = builders.milestone(session, work, TODAY)
        assert [each.officer.name for each in milestones.assignees(one, TODAY)] == ["김하늘", "박바다"]


def test_the_soonest_comes_first_and_what_has_no_due_day_last(store: Store) -> None:
    with store.write() as session:
        work = builders.task(session)
        undated = builders.milestone(session, work, None, start=TODAY)
        late = builders.milestone(session, work, date(2026, 9, 1))
        soon = builders.milestone(session, work, date(2026, 7, 1))
        found = milestones.search(session)
    assert [one.id for one in found] == [soon.id, late.id, undated.id]


@pytest.mark.parametrize(
    ("state", "is_closed"),
    [
        (MilestoneState.PLANNED, False),
        (MilestoneState.ON_HOLD, False),
        (MilestoneState.REPORTED, True),
        (MilestoneState.DONE, True),
        (MilestoneState.CANCELLED, True),
    ],
)
def test_what_is_closed(store: Store, state: MilestoneState, is_closed: bool) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY, state=state)
    assert milestones.is_closed(one) is is_closed


def test_past_entries_wait_until_somebody_decides(store: Store) -> None:
    with store.write() as session:
        work = builders.task(session)
        waiting = builders.milestone(session, work, TODAY, past_review=PastReview.OPEN)
        builders.milestone(session, work, TODAY, past_review=PastReview.SETTLED)
        builders.milestone(session, work, TODAY)
        assert [one.id for one in milestones.past_at_import(session)] == [waiting.id]


def test_what_was_due_before_the_start_is_not_late(store: Store) -> None:
    yesterday = TODAY - timedelta(days=1)
    with store.write() as session:
        work = builders.task(session)
        late = builders.milestone(session, work, yesterday)
        early = builders.milestone(session, work, yesterday, before_start=True)
        builders.milestone(session, work, yesterday, state=MilestoneState.DONE)
        builders.milestone(session, work, TODAY)
        assert [one.id for one in milestones.search(session, milestones.is_late(TODAY))] == [late.id]
        assert [one.id for one in milestones.search(session, milestones.is_before_start())] == [early.id]
        assert [milestones.is_overdue(one, TODAY) for one in (late, early)] == [True, False]


def test_milestones_come_in_the_order_asked_for(store: Store) -> None:
    with store.write() as session:
        work = builders.task(session)
        first, second = builders.milestone(session, work, TODAY), builders.milestone(session, work, TODAY)
        found = milestones.by_ids(session, [second.id, 1, first.id])
    assert [one.id for one in found] == [second.id, first.id]


def test_an_unknown_number_is_none(store: Store) -> None:
    with store.read() as session:
        assert milestones.get(session, 999) is None


def test_a_reminder_of_another_milestone_is_left_alone(store: Store) -> None:
    with store.write() as session:
        person = builders.linked(session)
        work = builders.task(session, person)
        one, other = builders.milestone(session, work, TODAY), builders.milestone(session, work, TODAY)
        builders.digest(session, person, TODAY, other)
        deliveries.cancel_items(session, milestones.subject(one.id), one.id)
        assert builders.all_items(session) == [("before:0", ItemState.INCLUDED)]
