"""Changing a milestone, and when it is looked at next."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from jobs.authority.permissions import Deed
from jobs.milestones import changes, completion, undo
from jobs.rules.policy import Rules
from store import audit, milestones
from store.db.engine import Store
from store.models import AuditEntry, Delivery, Milestone
from store.states import DeliveryState, ItemState, MilestoneState, PastReview, Precision
from tests import builders
from tests.builders import BOT, LONG_AGO, kst

TODAY = date(2026, 6, 30)
NOW = kst(2026, 6, 30)
LATER = {"due_on": date(2026, 7, 20)}


@pytest.mark.parametrize(
    ("due", "today", "expected"),
    [
        (date(2026, 7, 31), TODAY, date(2026, 7, 1)),  # D-30
        (date(2026, 7, 29), date(2026, 6, 28), date(2026, 6, 29)),
        (date(2026, 7, 29), date(2026, 6, 29), date(2026, 6, 29)),  # a reminder of today is looked at
        (date(2026, 6, 30), TODAY, TODAY),
        (date(2026, 6, 1), TODAY, TODAY),
    ],
)
def test_the_next_look_is_the_next_reminder(
    store: Store, rules: Rules, due: date, today: date, expected: date
) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), due)
    assert changes.next_look(one, today, rules) == expected


@pytest.mark.parametrize(
    ("remind_from", "expected"),
    [
        (kst(2026, 6, 30, 23, 59), TODAY),
        (kst(2026, 7, 1, 0, 0), date(2026, 7, 1)),
        (None, None),
    ],
)
def test_reminders_that_lie_before_its_beginning_are_not_looked_at(
    store: Store, rules: Rules, remind_from: datetime | None, expected: date | None
) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY, remind_from=remind_from)
    assert changes.next_look(one, TODAY, rules) == expected


@pytest.mark.parametrize("state", [one for one in MilestoneState if one is not MilestoneState.PLANNED])
def test_what_is_not_open_is_never_looked_at(store: Store, rules: Rules, state: MilestoneState) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY, state=state)
    assert changes.next_look(one, TODAY, rules) is None


def test_what_only_had_a_start_is_over_when_it_is_past(store: Store, rules: Rules) -> None:
    with store.write() as session:
        began = date(2026, 6, 1)
        one = builders.milestone(
            session, builders.task(session), None, start=began, remind_from=kst(2026, 6, 15)
        )
    assert changes.next_look(one, TODAY, rules) is None


def done(store: Store, rules: Rules, one: Milestone, note: str | None = None) -> AuditEntry:
    with store.write() as session:
        found = session.get_one(Milestone, one.id)
        return completion.finish(Deed(session, BOT, NOW, rules), found, date(2026, 6, 28), note)


def stored(store: Store, one: Milestone) -> Milestone:
    with store.read() as session:
        return session.get_one(Milestone, one.id)


def test_what_is_done_is_never_looked_at_again(store: Store, rules: Rules) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY)
    entry = done(store, rules, one, "설치 완료")
    found = stored(store, one)
    assert (found.state, found.done_on, found.note) == (
        MilestoneState.DONE,
        date(2026, 6, 28),
        "설치 완료",
    )
    assert found.next_remind_on is None
    assert (entry.action, entry.before["state"], entry.reason) == ("done", "planned", "설치 완료")


def test_done_without_a_note_keeps_the_note(store: Store, rules: Rules) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY)
        one.note = "입찰 중"
    done(store, rules, one)
    assert stored(store, one).note == "입찰 중"


def test_done_settles_what_waited_for_the_planning_office(store: Store, rules: Rules) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY, past_review=PastReview.OPEN)
    done(store, rules, one)
    assert stored(store, one).past_review is PastReview.SETTLED


def moved(store: Store, rules: Rules, one: Milestone) -> Milestone:
    with store.write() as session:
        found = session.get_one(Milestone, one.id)
        changes.move(
            Deed(session, BOT, NOW, rules), found, due_on=date(2026, 7, 20), reason="의회", action="delay"
        )
    return stored(store, one)


def test_a_new_day_settles_what_waited_for_the_planning_office(store: Store, rules: Rules) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY, past_review=PastReview.OPEN)
    assert moved(store, rules, one).past_review is PastReview.SETTLED


def test_a_new_day_ends_what_was_before_the_start(store: Store, rules: Rules) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY, before_start=True)
    assert not moved(store, rules, one).before_start


def test_done_ends_what_was_before_the_start_and_undone_brings_it_back(store: Store, rules: Rules) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY, before_start=True)
    entry = done(store, rules, one)
    assert not stored(store, one).before_start
    with store.write() as session:
        found = session.get_one(Milestone, one.id)
        undo.restore(Deed(session, BOT, NOW, rules), session.get_one(AuditEntry, entry.id), found)
    assert stored(store, one).before_start


def test_a_note_leaves_it_before_the_start(store: Store, rules: Rules) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY, before_start=True)
        changes.remark(Deed(session, BOT, NOW, rules), one, "note", {"note": "입찰 중"})
    assert stored(store, one).before_start


@pytest.mark.parametrize("precision", [one for one in Precision if one is not Precision.RANGE])
def test_a_day_of_its_own_makes_a_period_a_day(store: Store, rules: Rules, precision: Precision) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY, precision=precision)
    found = moved(store, rules, one)
    assert (found.due_on, found.precision) == (date(2026, 7, 20), Precision.DAY)


def test_a_range_stays_one_with_another_end(store: Store, rules: Rules) -> None:
    with store.write() as session:
        start = date(2026, 6, 1)
        one = builders.milestone(
            session, builders.task(session), TODAY, start=start, precision=Precision.RANGE
        )
    found = moved(store, rules, one)
    assert (found.start_on, found.due_on, found.precision) == (start, date(2026, 7, 20), Precision.RANGE)


def test_a_move_counts_reminders_from_its_moment(store: Store, rules: Rules) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY)
    found = moved(store, rules, one)
    assert (found.remind_from, found.next_remind_on) == (NOW, date(2026, 7, 13))


def test_an_undo_looks_again_at_once(store: Store, rules: Rules) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY)
    done(store, rules, one)
    with store.write() as session:
        found = session.get_one(Milestone, one.id)
        values: dict[str, object] = {"state": MilestoneState.PLANNED, "remind_from": LONG_AGO}
        changes.apply(Deed(session, BOT, NOW, rules), found, "undo", values)
        assert found.next_remind_on == TODAY


def test_a_change_counts_the_revision_and_is_audited(store: Store, rules: Rules) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY)
        entry = changes.apply(Deed(session, BOT, NOW, rules), one, "delay", dict(LATER), reason="의회")
        assert (one.due_on, one.revision) == (date(2026, 7, 20), 2)
    assert (entry.before, entry.after) == ({"due_on": "2026-06-30"}, {"due_on": "2026-07-20"})
    assert (entry.subject, entry.revision, entry.reason) == (f"milestone:{one.id}", 2, "의회")


def test_a_change_leaves_the_original_date(store: Store, rules: Rules) -> None:
    with store.write() as session:
        one = builders.milestone(session, builders.task(session), TODAY)
        changes.apply(Deed(session, BOT, NOW, rules), one, "delay", dict(LATER))
    assert one.original_due_on == TODAY


def test_an_empty_digest_is_cancelled_and_its_day_is_free_again(store: Store, rules: Rules) -> None:
    with store.write() as session:
        person = builders.linked(session)
        one = builders.milestone(session, builders.task(session, person), TODAY)
        waiting = builders.digest(session, person, TODAY, one)
        changes.apply(Deed(session, BOT, NOW, rules), one, "delay", dict(LATER))
        again = builders.digest(session, person, TODAY)
    assert (waiting.state, waiting.day) == (DeliveryState.CANCELLED, None)
    assert again.state is DeliveryState.PENDING


def test_a_digest_with_something_left_still_goes_out(store: Store, rules: Rules) -> None:
    with store.write() as session:
        person = builders.linked(session)
        work = builders.task(session, person)
        moved, kept = builders.milestone(session, work, TODAY), builders.milestone(session, work, TODAY)
        waiting = builders.digest(session, person, TODAY, moved, kept)
        changes.apply(Deed(session, BOT, NOW, rules), moved, "delay", dict(LATER))
        assert (waiting.state, waiting.day) == (DeliveryState.PENDING, TODAY)
        assert [state for _, state in builders.all_items(session)] == [
            ItemState.CANCELLED,
            ItemState.INCLUDED,
        ]


@pytest.mark.parametrize("state", [DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCERTAIN])
def test_reminders_on_their_way_stay_as_they_are(store: Store, rules: Rules, state: DeliveryState) -> None:
    with store.write() as session:
        person = builders.linked(session)
        one = builders.milestone(session, builders.task(session, person), TODAY)
        out = builders.digest(session, person, TODAY, one)
        out.state = state
        changes.apply(Deed(session, BOT, NOW, rules), one, "done", {"state": MilestoneState.DONE})
        assert out.state is state
        assert builders.all_items(session) == [("before:0", ItemState.INCLUDED)]


def test_a_carried_reminder_is_dropped_by_a_change(store: Store, rules: Rules) -> None:
    with store.write() as session:
        person = builders.linked(session)
        one = builders.milestone(session, builders.task(session, person), TODAY)
        waiting = builders.item(session, person, one, "after:1", state=ItemState.CARRIED)
        changes.apply(Deed(session, BOT, NOW, rules), one, "delay", dict(LATER))
    assert waiting.state is ItemState.CANCELLED


def test_every_holders_digest_loses_the_reminder(store: Store, rules: Rules) -> None:
    with store.write() as session:
        people = [builders.linked(session, name) for name in ("김하늘", "박바다")]
        one = builders.milestone(session, builders.task(session, *people), TODAY)
        waiting = [builders.digest(session, person, TODAY, one) for person in people]
        changes.apply(Deed(session, BOT, NOW, rules), one, "done", {"state": MilestoneState.DONE})
    assert [each.state for each in waiting] == [DeliveryState.CANCELLED] * 2


def test_a_change_that_fails_cancels_nothing(store: Store, rules: Rules) -> None:
    with store.write() as session:
        person = builders.linked(session)
        one = builders.milestone(session, builders.task(session, person), TODAY)
        waiting = builders.digest(session, person, TODAY, one)
    with pytest.raises(RuntimeError), store.write() as session:
        changes.apply(
            Deed(session, BOT, NOW, rules), session.get_one(Milestone, one.id), "delay", dict(LATER)
        )
        raise RuntimeError
    with store.read() as session:
        assert session.get_one(Delivery, waiting.id).state is DeliveryState.PENDING
        assert audit.history(session, milestones.subject(one.id)) == []
