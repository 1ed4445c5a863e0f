"""Edits, and messages whose sender died: what may safely be repeated."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jobs.delivery import outcomes
from jobs.delivery.pace import LEASE_S
from jobs.delivery.telegram_errors import SendFault
from store import claims
from store.models import Delivery
from store.states import DeliveryState
from tests.jobs.desk import Post, fault

TODAY = date(2026, 6, 30)
PENDING, SENT, FAILED = DeliveryState.PENDING, DeliveryState.SENT, DeliveryState.FAILED
CANCELLED, UNCERTAIN = DeliveryState.CANCELLED, DeliveryState.UNCERTAIN


def test_an_edit_writes_over_the_message(post: Post) -> None:
    (number,) = post.owe("답")
    post.deliver()
    edit = post.owe_edit(target_id=number)
    post.deliver()
    assert post.sender.edited == [(post.chat_id, 7000, "edited")]
    assert (post.state(edit), post.get(edit).message_id) == (SENT, 7000)


def test_an_edit_that_changes_nothing_counts_as_sent(post: Post) -> None:
    edit = post.owe_edit(message_id=5)
    post.sender.will_answer(post.chat_id, fault(SendFault.UNCHANGED))
    post.deliver()
    assert post.state(edit) is SENT


def test_an_edit_in_doubt_is_repeated_without_a_mark(post: Post) -> None:
    edit = post.owe_edit(message_id=5)
    post.sender.will_answer(post.chat_id, *[fault(SendFault.UNCERTAIN)] * 4)
    for _ in range(5):
        post.deliver(after_s=1000)
    assert [text for _, _, text in post.sender.edited] == ["edited"] * 5
    assert (post.state(edit), post.get(edit).uncertain_sends) == (SENT, 0)


def test_an_edit_waits_for_the_message_it_is_of(post: Post) -> None:
    (number,) = post.owe("답")
    post.sender.will_answer(post.chat_id, fault(SendFault.TEMPORARY, retry_after_s=5))
    edit = post.owe_edit(target_id=number)
    post.deliver()
    assert (post.state(edit), post.sender.edited) == (PENDING, [])
    post.deliver(after_s=5)
    post.deliver(after_s=5)
    assert (post.state(edit), post.sender.edited) == (SENT, [(post.chat_id, 7000, "edited")])


@pytest.mark.parametrize("state", [FAILED, CANCELLED, UNCERTAIN])
def test_an_edit_of_a_message_that_never_came_is_cancelled(post: Post, state: DeliveryState) -> None:
    (number,) = post.owe("답")
    with post.desk.store.write() as session:
        session.get_one(Delivery, number).state = state
    edit = post.owe_edit(target_id=number)
    post.deliver()
    assert (post.state(edit), post.sender.edited) == (CANCELLED, [])


def reap(post: Post, *, after_s: float, all_sending: bool = False) -> int:
    now = post.real.now() + timedelta(seconds=after_s)
    with post.desk.store.write() as session:
        return outcomes.reap(session, now, all_sending=all_sending)


def begin_sending(post: Post) -> int:
    (number,) = post.owe("답")
    with post.desk.store.write() as session:
        claims.claim(session, "one", post.real.now(), LEASE_S, with_digests=True)
    return number


def test_a_message_whose_sender_died_is_repeated_and_marked(post: Post) -> None:
    number = begin_sending(post)
    assert reap(post, after_s=LEASE_S) == 0
    assert reap(post, after_s=LEASE_S + 1) == 1
    post.deliver(after_s=LEASE_S + 10)
    assert (post.texts, post.state(number)) == (["again: 답"], SENT)


def test_a_message_whose_sender_died_twice_is_unconfirmed(post: Post) -> None:
    number = begin_sending(post)
    reap(post, after_s=0, all_sending=True)
    with post.desk.store.write() as session:
        later = post.real.now() + timedelta(seconds=10)
        assert claims.claim(session, "two", later, LEASE_S, with_digests=True) is not None
    reap(post, after_s=10, all_sending=True)
    assert post.state(number) is UNCERTAIN


def test_an_edit_whose_sender_died_is_just_repeated(post: Post) -> None:
    edit = post.owe_edit(message_id=5)
    with post.desk.store.write() as session:
        claims.claim(session, "one", post.real.now(), LEASE_S, with_digests=True)
    reap(post, after_s=0, all_sending=True)
    assert (post.state(edit), post.get(edit).uncertain_sends) == (PENDING, 0)
