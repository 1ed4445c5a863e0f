"""Messages that pile up, are refused, or stay in doubt overnight; a store that is busy; a clean end."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from jobs.delivery.deliver import Deliverer
from jobs.delivery.pace import OVERALL, SENDS_AT_ONCE, Bucket, Pace, Rate
from jobs.delivery.telegram_errors import SendFault
from jobs.owed.next_look import next_scheduled_at
from store import deliveries
from store.models import ChatLink, Delivery, DeliveryItem
from store.states import DeliveryState, ItemState, LinkState
from tests.jobs.desk import Post, fault, render

TODAY = date(2026, 6, 30)


def item_states(post: Post) -> list[ItemState]:
    with post.desk.store.read() as session:
        return [one.state for one in session.scalars(select(DeliveryItem).order_by(DeliveryItem.id))]


def stand_still(post: Post) -> None:
    """No time passes for the pace, and the flow of all messages is free."""
    post.deliverer.pace = Pace(lambda: 0.0)
    post.deliverer.pace.spread = Bucket(Rate(per_s=1.0, burst=100.0), lambda: 0.0)


def test_a_chat_in_a_rush_is_put_off_as_a_whole_and_others_are_served(post: Post) -> None:
    """One deferred row at a time let a flood of one chat keep every worker busy and stop the loop."""
    stand_still(post)  # after its burst a chat has to wait
    flood = post.owe(*[f"{number}" for number in range(30)], chat_id=77)
    (other,) = post.owe("답")
    post.deliver()
    assert post.state(other) is DeliveryState.SENT
    waiting = [post.get(number) for number in flood if post.state(number) is DeliveryState.PENDING]
    assert post.paused_until(77) > post.real.now()
    assert {one.attempts for one in waiting} == {0}


def test_a_429_holds_the_whole_chat_so_that_answers_keep_their_order(post: Post) -> None:
    first, second = post.owe("하나", "둘")
    post.sender.will_answer(post.chat_id, fault(SendFault.TEMPORARY, retry_after_s=5))
    post.deliver()
    assert [post.state(one) for one in (first, second)] == [DeliveryState.PENDING] * 2
    post.deliver(after_s=5)
    assert post.texts[-2:] == ["하나", "둘"]


def test_what_is_written_during_the_pause_of_a_chat_waits_as_well_also_in_another_process(post: Post) -> None:
    (first,) = post.owe("하나")
    post.sender.will_answer(post.chat_id, fault(SendFault.TEMPORARY, retry_after_s=30))
    post.deliver()
    with post.desk.store.write() as session:
        deliveries.cancel(session.get_one(Delivery, first))  # the pause is the chat's, not the message's
    post.deliverer = Deliverer(post.desk.store, post.sender, render, post.desk.rules, post.desk.clock, "two")
    post.owe("둘")
    post.deliver(after_s=29.9)
    assert post.texts == ["하나"]
    post.deliver(after_s=0.1)
    assert post.texts == ["하나", "둘"]


@pytest.mark.parametrize("kind", [SendFault.TEMPORARY, SendFault.UNCERTAIN])
def test_part_2_never_arrives_before_part_1(post: Post, kind: SendFault) -> None:
    """An uncertain part was put off alone, and the next part overtook it."""
    post.owe("1부", "2부", "3부")
    post.sender.will_answer(post.chat_id, fault(kind), fault(kind))
    for _ in range(3):
        post.deliver(after_s=10)
    assert [text.removeprefix("again: ") for text in post.texts][-2:] == ["2부", "3부"]
    assert {text.removeprefix("again: ") for text in post.texts[:-2]} == {"1부"}


def test_what_is_written_during_a_pause_waits_behind_what_was_written_before(post: Post) -> None:
    stand_still(post)
    post.owe("먼저")
    post.sender.will_answer(post.chat_id, fault(SendFault.TEMPORARY, retry_after_s=5))
    post.deliver()
    (later,) = post.owe("나중")
    post.deliver(after_s=1)
    assert (post.texts, post.state(later), post.get(later).attempts) == (["먼저"], DeliveryState.PENDING, 0)


def test_a_429_lets_everybody_wait_a_moment_and_drops_nothing(post: Post) -> None:
    stand_still(post)
    numbers = [post.owe("답", chat_id=chat_id)[0] for chat_id in range(1, 31)]
    post.sender.will_answer(1, fault(SendFault.TEMPORARY, retry_after_s=5))
    post.deliver()
    assert len(post.texts) <= SENDS_AT_ONCE  # those on their way already
    assert DeliveryState.FAILED not in {post.state(number) for number in numbers}
    post.deliverer.pace = Pace()
    post.deliver(after_s=5)
    assert {post.state(number) for number in numbers} == {DeliveryState.SENT}


def test_more_than_a_second_holds_all_go_out_in_one_go(post: Post) -> None:
    """The wait for a place in the next second was taken for a pause, and the rest was left to the next tick."""
    post.deliverer.pace = Pace()
    numbers = [post.owe("답", chat_id=chat_id)[0] for chat_id in range(1, OVERALL.calls + 6)]
    post.deliver()
    assert {post.state(number) for number in numbers} == {DeliveryState.SENT}


def test_a_revoked_token_is_nobodys_fault_and_everything_waits(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    stand_still(post)
    numbers = [*post.owe("하나", "둘"), post.owe_digest(TODAY)[0]]
    post.sender.will_answer(post.chat_id, fault(SendFault.NO_ENTRY))
    post.deliver()
    post.deliver(after_s=1000)
    assert post.texts == ["하나"]
    assert [post.state(number) for number in numbers] == [DeliveryState.PENDING] * 3
    assert post.get(numbers[0]).attempts == 0
    with post.desk.store.read() as session:
        assert session.scalars(select(ChatLink)).one().state is LinkState.ACTIVE
    assert [one.levelname for one in caplog.records if "action=token-refused" in one.message] == ["ERROR"]


def test_when_the_token_is_good_again_everything_goes_out_in_its_order(post: Post) -> None:
    post.owe("하나", "둘")
    post.sender.will_answer(post.chat_id, *[fault(SendFault.NO_ENTRY)] * 3)
    for _ in range(4):
        post.deliver(after_s=60)
    assert post.texts[-2:] == ["하나", "둘"]


def test_all_that_waits_for_a_chat_that_moved_follows_it(post: Post) -> None:
    post.owe("하나", "둘", chat_id=-5)
    post.sender.will_answer(-5, fault(SendFault.MOVED, new_chat_id=-1005))
    post.deliver()
    assert post.sender.sent == [(-5, "하나"), (-1005, "하나"), (-1005, "둘")]


def test_a_chat_that_moved_to_itself_is_not_tried_for_ever(post: Post) -> None:
    (number,) = post.owe("답", chat_id=-5)
    post.sender.will_answer(-5, *[fault(SendFault.MOVED, new_chat_id=-5)] * 3)
    post.deliver()
    assert (post.state(number), len(post.texts)) == (DeliveryState.FAILED, 1)


def test_a_refused_daily_message_leaves_its_reminders_to_the_next_once(post: Post) -> None:
    post.owe_digest(TODAY)
    post.sender.will_answer(post.chat_id, fault(SendFault.REFUSED))
    post.deliver()
    assert item_states(post) == [ItemState.CARRIED]
    post.desk.scan(datetime.fromisoformat("2026-07-01T09:10:00+09:00"))
    post.sender.will_answer(post.chat_id, fault(SendFault.REFUSED))
    post.deliver(after_s=1000)
    assert ItemState.CARRIED not in item_states(post)


def test_a_daily_message_in_doubt_overnight_is_listed_and_its_items_stand_in_the_next(post: Post) -> None:
    number, _ = post.owe_digest(TODAY)
    with post.desk.store.write() as session:
        session.get_one(Delivery, number).uncertain_sends = 1
    post.desk.scan(datetime.fromisoformat("2026-07-01T09:10:00+09:00"))
    assert post.state(number) is DeliveryState.UNCERTAIN
    assert post.desk.standing(date(2026, 7, 1)) == ["after:1"]


def test_a_busy_store_is_no_reason_to_send_twice(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    (number,) = post.owe("답")
    record = post.deliverer._record_sent
    failures = iter([True, True])

    def busy_twice(*facts: object) -> None:
        if next(failures, False):
            raise OperationalError("update", {}, sqlite3.OperationalError("database is locked"))
        record(*facts)  # type: ignore[arg-type]

    monkeypatch.setattr("jobs.delivery.deliver.RETRY_FIRST_S", 0.01)
    monkeypatch.setattr(post.deliverer, "_record_sent", busy_twice)
    post.deliver()
    assert (post.state(number), post.texts) == (DeliveryState.SENT, ["답"])


def test_at_the_end_nothing_more_is_taken_up(post: Post) -> None:
    (number,) = post.owe("답")
    post.deliverer.is_ending = True
    post.deliver()
    assert (post.state(number), post.texts) == (DeliveryState.PENDING, [])


def test_a_milestone_that_cannot_be_worked_out_stops_nobody_elses_reminder(post: Post) -> None:
    broken, whole = post.desk.promise(TODAY, remind_from=None), post.desk.promise(TODAY)
    post.desk.scan(datetime.fromisoformat("2026-06-30T09:10:00+09:00"))
    assert post.desk.standing(TODAY) == ["before:0"]
    assert (post.desk.items(broken), post.desk.next_look(broken)) == ([], date(2020, 1, 2))
    assert post.desk.next_look(whole) == date(2026, 7, 1)


def test_a_carried_item_alone_is_worth_a_stop_of_the_moved_clock(post: Post) -> None:
    post.owe_digest(TODAY)
    post.sender.will_answer(post.chat_id, fault(SendFault.REFUSED))
    post.deliver()
    with post.desk.store.read() as session:
        at = next_scheduled_at(session, post.desk.clock.now(), post.desk.rules)
    assert at is not None
    assert at - post.desk.clock.now() <= timedelta(days=1)
