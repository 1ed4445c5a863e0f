"""A leader that lost its lease, stood still or came back late: it begins nothing and overwrites nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from jobs.delivery.outcomes import SPARED_S, reap
from jobs.delivery.pace import LEASE_S, SEND_BEGINS_WITHIN_S, SEND_TIMEOUT_S
from jobs.leader import Sole
from jobs.loop import Loop
from store import claims, deliveries
from store.models import LeaderLease
from store.states import DeliveryState
from tests.builders import LONG_AGO
from tests.jobs.desk import Post, Ticks
from tests.jobs.test_loop import tick

CLAIM_IS_OVER_S = SEND_BEGINS_WITHIN_S + SEND_TIMEOUT_S


class Told(Sole):
    """A leader of whom the test says what he believes, and what the store says."""

    def __init__(self, token: int, current: int) -> None:
        self.token: int | None = token
        self.current = current
        self.believes = True

    def is_current(self, _session: Session) -> bool:
        return self.token == self.current

    def is_leading(self) -> bool:
        return self.believes


def lead(post: Post, token: int, *, current: int | None = None) -> Told:
    """The desk's deliverer leads under `token`; the store says that `current` does."""
    with post.desk.store.write() as session:
        session.merge(LeaderLease(name="leader", holder="x", token=current or token, until_at=LONG_AGO))
    leader = Told(token, current or token)
    post.deliverer.leader = leader
    return leader


def claimed(post: Post, token: int | None, worker: str = "other") -> int:
    (number,) = post.owe("답")
    with post.desk.store.write() as session:
        found = claims.claim(session, worker, post.real.now(), LEASE_S, with_digests=True, token=token)
        assert found is not None
    return number


def test_the_current_leader_claims_under_its_token_and_sends(post: Post) -> None:
    lead(post, 3)
    (number,) = post.owe("답")
    post.deliver()
    assert (post.state(number), post.texts) == (DeliveryState.SENT, ["답"])


def test_a_claim_under_an_old_token_is_refused(post: Post) -> None:
    lead(post, 3, current=4)
    (number,) = post.owe("답")
    post.deliver()
    assert (post.state(number), post.texts) == (DeliveryState.PENDING, [])


def test_who_does_not_believe_to_lead_claims_nothing(post: Post) -> None:
    lead(post, 3).believes = False
    (number,) = post.owe("답")
    post.deliver()
    assert (post.state(number), post.get(number).attempts) == (DeliveryState.PENDING, 0)


def test_a_claim_whose_leadership_ended_before_the_send_is_given_back(post: Post) -> None:
    leader = lead(post, 3)
    (number,) = post.owe("답")

    def lose(key: int) -> float:
        leader.believes = False
        return 0.0

    post.deliverer.pace.wait_overall = lose  # type: ignore[method-assign]
    post.deliver()
    found = post.get(number)
    assert (found.state, found.attempts, found.worker, post.texts) == (DeliveryState.PENDING, 0, None, [])


def test_who_stood_still_between_claim_and_send_does_not_send(post: Post, ticks: Ticks) -> None:
    """Meanwhile another may have sent the message, marked; ours would be a copy without a mark."""
    (number,) = post.owe("답")

    def stand_still(key: int) -> float:
        ticks.forward(SEND_BEGINS_WITHIN_S)
        return 0.0

    post.deliverer.pace.wait_overall = stand_still  # type: ignore[method-assign]
    post.deliverer.pace.not_sent = lambda key: None  # type: ignore[method-assign]
    post.deliver()
    assert (post.state(number), post.texts) == (DeliveryState.PENDING, [])


@pytest.mark.parametrize("answer", [7001, RuntimeError("connection lost")])
def test_a_late_result_changes_nothing_of_what_the_next_leader_did(
    post: Post, answer: int | Exception
) -> None:
    lead(post, 3)
    (number,) = post.owe("답")
    send = post.sender.send

    async def overtaken(chat_id: int, message: deliveries.Message) -> int:
        later = post.real.now() + timedelta(seconds=LEASE_S)
        with post.desk.store.write() as session:
            assert reap(session, later, all_sending=False, token=4) == 1
            session.merge(LeaderLease(name="leader", holder="y", token=4, until_at=LONG_AGO))
        return await send(chat_id, message)

    post.sender.will_answer(post.chat_id, answer)
    post.sender.send = overtaken  # type: ignore[method-assign]
    post.deliver()
    found = post.get(number)
    assert (found.state, found.uncertain_sends, found.message_id) == (DeliveryState.PENDING, 1, None)


@pytest.mark.parametrize(("past_s", "is_reaped"), [(CLAIM_IS_OVER_S, False), (CLAIM_IS_OVER_S + 1, True)])
def test_an_earlier_leaders_claim_is_taken_for_dead_when_its_send_must_be_over(
    post: Post, past_s: float, is_reaped: bool
) -> None:
    lead(post, 3)
    number = claimed(post, 3)
    with post.desk.store.write() as session:
        reap(session, post.real.now() + timedelta(seconds=past_s), all_sending=False, token=4)
    assert (post.state(number) is DeliveryState.PENDING) is is_reaped


def test_ones_own_claim_lasts_its_whole_lease(post: Post) -> None:
    lead(post, 3)
    number = claimed(post, 3)
    with post.desk.store.write() as session:
        assert reap(session, post.real.now() + timedelta(seconds=LEASE_S), all_sending=False, token=3) == 0
    assert post.state(number) is DeliveryState.SENDING


def test_a_send_is_over_and_recorded_within_its_claim() -> None:
    assert 0 < SPARED_S < LEASE_S - SEND_TIMEOUT_S


@pytest.mark.parametrize(("token", "believes"), [(3, True), (4, False)])
def test_who_leads_no_more_owes_nothing(post: Post, token: int, believes: bool) -> None:
    post.desk.promise(post.desk.clock.now().date())
    lead(post, token, current=4).believes = believes
    loop = Loop(post.desk.store, post.desk.clock, post.desk.rules, post.deliverer, is_alone=False)
    tick(loop)
    assert (post.desk.items(), post.texts) == ([], [])
