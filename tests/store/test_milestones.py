"""Finding and changing milestones."""

from __future__ import annotations

from datetime import date

import pytest

from store import audit, milestones, reminders
from store.db.engine import Store
from store.models import Delivery, Milestone
from store.states import (
    AssignmentKind,
    DeliveryState,
    ItemState,
    MilestoneState,
    PastReview,
    PlanState,
)
from tests import builders
from tests.builders import BOT, kst

TODAY = date(2026, 6, 30)
NOW = kst(2026, 6, 30)
LATER = {"due_on": date(2026, 7, 20)}


def never(_milestone: Milestone) -> date | None:
    """The day of the next look, which does not matter here."""
    return None


def test_a_change_counts_the_revision_and_is_audited(store: Store) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY)
        entry = milestones.change(
            session, one, BOT, NOW, "delay", dict(LATER), reason="의회", next_look=never
        )
        assert (one.due_on, one.revision) == (date(2026, 7, 20), 2)
    assert (entry.before, entry.after) == ({"due_on": "2026-06-30"}, {"due_on": "2026-07-20"})
    assert (entry.subject, entry.revision, entry.reason) == (f"milestone:{one.id}", 2, "의회")


def test_a_change_leaves_the_original_date(store: Store) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY)
        milestones.change(session, one, BOT, NOW, "delay", dict(LATER), next_look=never)
    assert one.original_due_on == TODAY


def test_an_empty_digest_is_cancelled_and_its_day_is_free_again(store: Store) -> None:
    with store.write() as session:
        person = builders.linked(session)
        one = builders.milestone(session, builders.task(session, person), TODAY)
        waiting = builders.digest(session, person, TODAY, one)
        milestones.change(session, one, BOT, NOW, "delay", dict(LATER), next_look=never)
        again = builders.digest(session, person, TODAY)
    assert (waiting.state, waiting.day) == (DeliveryState.CANCELLED, None)
    assert again.state is DeliveryState.PENDING


def test_a_digest_with_something_left_still_goes_out(store: Store) -> None:
    with store.write() as session:
        person = builders.linked(session)
        work = builders.task(session, person)
        moved, kept = builders.milestone(session, work, TODAY), builders.milestone(session, work, TODAY)
        waiting = builders.digest(session, person, TODAY, moved, kept)
        milestones.change(session, moved, BOT, NOW, "delay", dict(LATER), next_look=never)
        assert (waiting.state, waiting.day) == (DeliveryState.PENDING, TODAY)
        assert [state for _, state in builders.all_items(session)] == [
            ItemState.CANCELLED,
            ItemState.INCLUDED,
        ]


@pytest.mark.parametrize("state", [DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCERTAIN])
def test_reminders_on_their_way_stay_as_they_are(store: Store, state: DeliveryState) -> None:
    with store.write() as session:
        person = builders.linked(session)
        one = builders.milestone(session, builders.task(session, person), TODAY)
        out = builders.digest(session, person, TODAY, one)
        out.state = state
        milestones.change(session, one, BOT, NOW, "done", {"state": MilestoneState.DONE}, next_look=never)
        assert out.state is state
        assert builders.all_items(session) == [("before:0", ItemState.INCLUDED)]


def test_a_carried_reminder_is_dropped_by_a_change(store: Store) -> None:
    with store.write() as session:
        person = builders.linked(session)
        one = builders.milestone(session, builders.task(session, person), TODAY)
        waiting = builders.item(session, person, one, "after:1", state=ItemState.CARRIED)
        milestones.change(session, one, BOT, NOW, "delay", dict(LATER), next_look=never)
    assert waiting.state is ItemState.CANCELLED


def test_every_holders_digest_loses_the_reminder(store: Store) -> None:
    with store.write() as session:
        people = [builders.linked(session, name) for name in ("김하늘", "박바다")]
        one = builders.milestone(session, builders.task(session, *people), TODAY)
        waiting = [builders.digest(session, person, TODAY, one) for person in people]
        milestones.change(session, one, BOT, NOW, "done", {"state": MilestoneState.DONE}, next_look=never)
    assert [each.state for each in waiting] == [DeliveryState.CANCELLED] * 2


def test_a_change_that_fails_cancels_nothing(store: Store) -> None:
    with store.write() as session:
        person = builders.linked(session)
        one = builders.milestone(session, builders.task(session, person), TODAY)
        waiting = builders.digest(session, person, TODAY, one)
    with pytest.raises(RuntimeError), store.write() as session:
        milestones.change(
            session, session.get_one(Milestone, one.id), BOT, NOW, "delay", dict(LATER), next_look=never
        )
        raise RuntimeError
    with store.read() as session:
        assert session.get_one(Delivery, waiting.id).state is DeliveryState.PENDING
        assert audit.history(session, milestones.subject(one.id)) == []


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
        reminders.cancel_items(session, one.id)
        assert builders.all_items(session) == [("before:0", ItemState.INCLUDED)]
