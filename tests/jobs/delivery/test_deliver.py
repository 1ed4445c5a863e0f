"""Claim, look again, render, send, record."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from jobs.delivery import deliver
from jobs.delivery.deliver import Fact, Outgoing
from jobs.delivery.pace import (
    DELIVER_AT_MOST_S,
    LEASE_S,
    OVERALL,
    RETRY_FIRST_S,
    SEND_BEGINS_WITHIN_S,
    SEND_TIMEOUT_S,
    TOKEN_FIRST_S,
)
from jobs.delivery.telegram_errors import SendFault
from jobs.marks import SUSPECT_DEATHS
from store import chat_links, claims, deliveries
from store.deliveries import Message
from store.models import ChatLink, Delivery, Milestone, Officer
from store.states import DeliveryKind, DeliveryState, ItemState, LinkState, MilestoneState
from tests import builders
from tests.builders import kst
from tests.jobs import desk as desk_module
from tests.jobs.desk import Post, Ticks, fault

TODAY = date(2026, 6, 30)
PENDING, SENT, FAILED = DeliveryState.PENDING, DeliveryState.SENT, DeliveryState.FAILED
CANCELLED, UNCERTAIN = DeliveryState.CANCELLED, DeliveryState.UNCERTAIN


def items(post: Post) -> list[tuple[str, ItemState]]:
    return post.desk.items()


def test_what_is_sent_is_recorded_with_its_message_and_instant(post: Post) -> None:
    (number,) = post.owe("답")
    post.deliver()
    assert post.sender.sent == [(post.chat_id, "답")]
    found = post.get(number)
    assert (found.state, found.message_id, found.attempts) == (SENT, 7000, 1)
    assert (found.sent_at, found.worker, found.error) == (kst(2026, 6, 30), None, None)


def test_what_was_sent_is_not_sent_again(post: Post) -> None:
    post.owe("답")
    post.deliver()
    post.deliver(after_s=3600)
    assert post.texts == ["답"]


def test_answers_of_a_chat_arrive_in_their_order(post: Post) -> None:
    texts = [f"답 {number}" for number in range(1, 6)]
    post.owe(*texts)
    post.deliver()
    assert post.texts == texts


def test_a_send_is_over_before_its_lease_ends() -> None:
    assert SEND_TIMEOUT_S < LEASE_S


@pytest.mark.pitfall(11)
def test_after_a_temporary_error_it_waits_as_long_as_telegram_says(post: Post) -> None:
    (number,) = post.owe("답")
    post.sender.will_answer(post.chat_id, fault(SendFault.TEMPORARY, retry_after_s=17))
    post.deliver()
    assert (post.state(number), len(post.texts)) == (PENDING, 1)
    post.deliver(after_s=16.9)
    assert len(post.texts) == 1
    post.deliver(after_s=0.1)
    assert (post.state(number), post.texts) == (SENT, ["답", "답"])


def test_temporary_errors_without_a_number_wait_longer_each_time(post: Post) -> None:
    post.owe("답")
    post.sender.will_answer(post.chat_id, *[fault(SendFault.TEMPORARY)] * 3)
    pauses = []
    for _ in range(3):
        post.deliver(after_s=1000)
        pauses.append((post.paused_until() - post.real.now()).total_seconds())
    assert pauses == [RETRY_FIRST_S, 2 * RETRY_FIRST_S, 4 * RETRY_FIRST_S]


@pytest.mark.pitfall(2)
def test_a_temporary_error_is_no_doubt(post: Post) -> None:
    (number,) = post.owe("답")
    post.sender.will_answer(post.chat_id, *[fault(SendFault.TEMPORARY)] * 5)
    for _ in range(6):
        post.deliver(after_s=1000)
    assert (post.state(number), post.get(number).uncertain_sends) == (SENT, 0)
    assert "again: 답" not in post.texts


@pytest.mark.pitfall(1)
def test_an_uncertain_send_is_repeated_once_and_marked(post: Post) -> None:
    (number,) = post.owe("답")
    post.sender.will_answer(post.chat_id, fault(SendFault.UNCERTAIN))
    post.deliver()
    assert post.state(number) is PENDING
    post.deliver(after_s=10)
    assert post.texts == ["답", "again: 답"]
    assert post.state(number) is SENT


def test_a_send_uncertain_twice_is_final(post: Post) -> None:
    (number,) = post.owe("답")
    post.sender.will_answer(post.chat_id, fault(SendFault.UNCERTAIN), fault(SendFault.UNCERTAIN))
    for _ in range(3):
        post.deliver(after_s=1000)
    assert (post.state(number), len(post.texts)) == (UNCERTAIN, 2)


def test_a_digest_uncertain_twice_leaves_its_reminders_to_the_next(post: Post) -> None:
    number, _ = post.owe_digest(TODAY)
    post.sender.will_answer(post.chat_id, fault(SendFault.UNCERTAIN), fault(SendFault.UNCERTAIN))
    post.deliver()
    post.deliver(after_s=1000)
    assert post.texts == ["before:0", "again: before:0"]
    assert post.state(number) is UNCERTAIN
    assert items(post) == [("before:0", ItemState.CARRIED)]


@pytest.mark.pitfall(8)
def test_an_error_of_an_unknown_sort_is_a_doubt(post: Post) -> None:
    (number,) = post.owe("답")
    post.sender.will_answer(post.chat_id, RuntimeError("1234567:secret"))
    post.deliver()
    found = post.get(number)
    assert (found.state, found.uncertain_sends, found.error) == (PENDING, 1, "RuntimeError")


@pytest.mark.parametrize("kind", [SendFault.REFUSED, SendFault.UNREACHABLE])
@pytest.mark.pitfall(8)
def test_a_permanent_error_fails_the_message(post: Post, kind: SendFault) -> None:
    (number,) = post.owe("답")
    post.sender.will_answer(post.chat_id, fault(kind))
    post.deliver()
    post.deliver(after_s=100_000)
    found = post.get(number)
    assert (found.state, found.error, len(post.texts)) == (FAILED, "in Telegram's words", 1)


@pytest.mark.parametrize(
    ("kind", "state"), [(SendFault.REFUSED, LinkState.ACTIVE), (SendFault.UNREACHABLE, LinkState.BLOCKED)]
)
@pytest.mark.pitfall(9)
def test_who_cannot_be_reached_is_not_written_to_any_more(
    post: Post, kind: SendFault, state: LinkState
) -> None:
    post.owe("답")
    post.sender.will_answer(post.chat_id, fault(kind))
    post.deliver()
    with post.desk.store.read() as session:
        assert session.scalars(select(ChatLink)).one().state is state


def test_an_old_chat_that_is_gone_blocks_no_new_one(post: Post) -> None:
    post.owe("답")
    with post.desk.store.write() as session:
        person = session.get_one(Officer, post.desk.officer_id)
        chat_links.connect(session, person, builders.BOT_ID, 1, 1, None, kst(2026, 6, 30))
    post.sender.will_answer(post.chat_id, fault(SendFault.UNREACHABLE))
    post.deliver()
    with post.desk.store.read() as session:
        assert chat_links.active(session, post.desk.officer_id) is not None


@pytest.mark.pitfall(10)
def test_a_chat_that_moved_is_written_to_at_its_new_id(post: Post) -> None:
    (number,) = post.owe("답", chat_id=-5)
    post.sender.will_answer(-5, fault(SendFault.MOVED, new_chat_id=-1005))
    post.deliver()
    assert post.sender.sent == [(-5, "답"), (-1005, "답")]
    assert (post.state(number), post.get(number).chat_id) == (SENT, -1005)


@pytest.mark.pitfall(10)
def test_a_moved_persons_digest_follows(post: Post) -> None:
    number, _ = post.owe_digest(TODAY)
    post.sender.will_answer(post.chat_id, fault(SendFault.MOVED, new_chat_id=77))
    post.deliver()
    assert post.state(number) is SENT
    with post.desk.store.read() as session:
        assert session.scalars(select(ChatLink)).one().chat_id == 77


def test_the_digest_of_yesterday_is_not_sent(post: Post) -> None:
    number, _ = post.owe_digest(TODAY - timedelta(days=1), due=TODAY)
    post.deliver()
    assert (post.state(number), post.texts) == (CANCELLED, [])
    assert items(post) == [("before:0", ItemState.CARRIED)]


@pytest.mark.parametrize("now", [kst(2026, 6, 30, 18, 0), kst(2026, 6, 30, 9, 9)])
def test_outside_the_hours_answers_go_out_and_digests_wait(post: Post, now: datetime) -> None:
    post.desk.clock.current = now
    number, _ = post.owe_digest(TODAY)
    post.owe("답")
    post.deliver()
    assert (post.texts, post.state(number)) == (["답"], PENDING)


def test_what_is_done_when_its_turn_comes_is_not_sent(post: Post) -> None:
    number, milestone = post.owe_digest(TODAY)
    with post.desk.store.write() as session:
        session.get_one(Milestone, milestone).state = MilestoneState.DONE
    post.deliver()
    assert (post.state(number), post.texts) == (CANCELLED, [])
    assert items(post) == [("before:0", ItemState.CANCELLED)]


@pytest.mark.pitfall(21)
def test_what_moved_meanwhile_leaves_the_digest(post: Post) -> None:
    number, moved = post.owe_digest(TODAY)
    kept = post.desk.promise(TODAY)
    with post.desk.store.write() as session:
        person = session.get_one(Officer, post.desk.officer_id)
        other = session.get_one(Milestone, kept)
        builders.item(session, person, other, "after:1", delivery=session.get_one(Delivery, number))
        session.get_one(Milestone, moved).due_on = TODAY + timedelta(days=20)
    post.deliver()
    assert post.texts == ["after:1"]
    assert items(post) == [("before:0", ItemState.CANCELLED), ("after:1", ItemState.INCLUDED)]


@pytest.mark.parametrize("state", [LinkState.STOPPED, LinkState.BLOCKED])
def test_who_stopped_meanwhile_gets_no_digest(post: Post, state: LinkState) -> None:
    number, _ = post.owe_digest(TODAY)
    with post.desk.store.write() as session:
        chat_links.pause(session.scalars(select(ChatLink)).one(), state, kst(2026, 6, 30))
    post.deliver()
    assert (post.state(number), post.texts) == (CANCELLED, [])


def test_a_digest_is_not_sent_to_a_chat_that_is_no_longer_that_persons(post: Post) -> None:
    number, _ = post.owe_digest(TODAY)
    with post.desk.store.write() as session:
        person = session.get_one(Officer, post.desk.officer_id)
        chat_links.connect(session, person, builders.BOT_ID, 1, 1, None, kst(2026, 6, 30))
    post.deliver()
    assert (post.state(number), post.texts) == (CANCELLED, [])


def test_what_nothing_is_left_of_is_cancelled(post: Post) -> None:
    (number,) = post.owe("답")
    post.deliverer.render = lambda *_: None
    post.deliver()
    assert (post.state(number), post.texts) == (CANCELLED, [])


@pytest.mark.parametrize(
    "answer",
    [
        fault(SendFault.UNREACHABLE),
        fault(SendFault.REFUSED),
        fault(SendFault.UNCERTAIN),
        fault(SendFault.TEMPORARY, retry_after_s=600),
        RuntimeError("no such thing"),
    ],
)
@pytest.mark.pitfall(9)
def test_one_failing_recipient_stops_nobody(post: Post, answer: Exception) -> None:
    for chat_id in range(1, 21):
        post.owe(f"답 {chat_id}", chat_id=chat_id)
    post.sender.will_answer(3, answer)
    post.deliver()
    with post.desk.store.read() as session:
        states = builders.states_of(session)
    assert (len(states), states.count(SENT)) == (20, 19)


def test_a_message_that_cannot_be_written_stops_nobody(post: Post) -> None:
    bad, good = post.owe("나쁜 답", chat_id=1) + post.owe("좋은 답", chat_id=2)

    def render(session: Session, delivery: Delivery, now: object) -> Message | None:
        if delivery.id == bad:
            raise KeyError("text")
        return desk_module.render(session, delivery, kst(2026, 6, 30))

    post.deliverer.render = render
    post.deliver()
    assert (post.state(bad), post.state(good)) == (FAILED, SENT)
    assert post.get(bad).error == "KeyError: 'text'"


@pytest.mark.parametrize(("is_harmless", "state"), [(True, SENT), (False, FAILED)])
def test_a_message_over_which_processes_ended_is_tried_apart_while_others_go_out(
    post: Post, is_harmless: bool, state: DeliveryState
) -> None:
    suspect, other = post.owe("수상한 답", chat_id=1) + post.owe("다른 답", chat_id=2)
    post.deliverer.marks._deaths[f"delivery:{suspect}"] = SUSPECT_DEATHS
    asked: list[int] = []

    def trial(number: int) -> bool:
        asked.append(number)
        return is_harmless

    post.deliverer.trial = trial
    post.deliver()
    assert (post.state(suspect), post.state(other)) == (PENDING, SENT)
    while post.deliverer._tried:
        time.sleep(0.001)
    post.deliver(after_s=5)
    assert (asked, post.state(suspect)) == ([suspect], state)


def test_a_trial_that_found_the_store_busy_says_nothing_and_is_made_again(post: Post) -> None:
    [suspect] = post.owe("수상한 답")
    post.deliverer.marks._deaths[f"delivery:{suspect}"] = SUSPECT_DEATHS
    answers = iter([None, True])
    post.deliverer.trial = lambda _: next(answers)
    for _ in range(3):
        post.deliver(after_s=5)
        while post.deliverer._tried:
            time.sleep(0.001)
    assert post.state(suspect) is SENT


def test_a_worker_that_breaks_lets_the_others_finish(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = post.owe("하나", chat_id=1) + post.owe("둘", chat_id=2)
    record = post.deliverer._record_sent

    def broken(out: deliver.Outgoing, message_id: int | None, session: Session) -> None:
        if out.delivery_id == bad:
            raise OSError("disk full")
        record(out, message_id, session)

    monkeypatch.setattr(post.deliverer, "_record_sent", broken)
    with pytest.raises(OSError, match="disk full"):
        post.deliver()
    assert (post.state(bad), post.state(good)) == (DeliveryState.SENDING, SENT)


def test_a_chat_in_a_rush_waits_without_counting_a_try(post: Post) -> None:
    post.deliverer.pace.monotonic = lambda: 0.0
    numbers = post.owe(*[f"답 {number}" for number in range(1, 8)])
    post.deliver()
    assert len(post.texts) == 5
    waiting = [post.get(number) for number in numbers[5:]]
    assert [(one.state, one.attempts) for one in waiting] == [(PENDING, 0)] * 2


def test_a_reply_needs_no_link(post: Post) -> None:
    (number,) = post.owe("이 봇은 등록된 분만 쓰실 수 있습니다", chat_id=1)
    post.deliver()
    assert post.get(number).kind is DeliveryKind.REPLY
    assert post.state(number) is SENT


def test_what_comes_while_one_is_sent_does_not_stand_in_line_behind_it(post: Post) -> None:
    """With the first send still on its way, others that were written meanwhile go out beside it."""
    (first,) = post.owe("하나", chat_id=1)
    send, others = post.sender.send, asyncio.Event()
    sent: list[int] = []

    async def slow(chat_id: int, message: Message) -> int:
        if chat_id == 1:
            await asyncio.to_thread(post.owe, "둘", chat_id=2)
            post.deliverer.more()
            async with asyncio.timeout(60):
                await others.wait()
        else:
            others.set()
        sent.append(chat_id)
        return await send(chat_id, message)

    post.deliverer.sender.send = slow  # type: ignore[method-assign]
    post.deliver()
    assert (sent, post.state(first)) == ([2, 1], SENT)


def test_what_takes_long_to_make_goes_out_and_holds_up_nobody_for_good(
    post: Post, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large file: its claim counts from when it is there, or it would be given back each time, before all others."""
    slow, quick = post.owe("큰 파일", chat_id=1) + post.owe("답", chat_id=2)

    def render(session: Session, delivery: Delivery, now: datetime) -> Message | None:
        if delivery.id == slow:
            ticks.forward(SEND_BEGINS_WITHIN_S + 1)
            post.real.forward(seconds=SEND_BEGINS_WITHIN_S + 1)
        return desk_module.render(session, delivery, now)

    post.deliverer.render = render
    post.deliver()
    post.deliver()
    assert (post.state(slow), post.state(quick)) == (SENT, SENT)
    assert post.texts == ["큰 파일", "답"]


def test_the_lease_of_what_takes_long_to_make_begins_when_it_is_there(post: Post, ticks: Ticks) -> None:
    """Else the next leader, or a reap, would take it for abandoned while it is on its way."""
    (slow,) = post.owe("큰 파일")
    leases: list[datetime | None] = []
    send = post.sender.send

    def render(session: Session, delivery: Delivery, now: datetime) -> Message | None:
        ticks.forward(20)
        post.real.forward(seconds=20)
        return desk_module.render(session, delivery, now)

    async def noted(chat_id: int, message: Message) -> int:
        leases.append(post.get(slow).lease_until_at)
        return await send(chat_id, message)

    post.deliverer.render = render
    post.sender.send = noted  # type: ignore[method-assign]
    post.deliver()
    assert leases == [post.real.now() + timedelta(seconds=LEASE_S)]


def test_a_send_that_hangs_holds_up_nobody(post: Post, ticks: Ticks, monkeypatch: pytest.MonkeyPatch) -> None:
    """The turn ends although one answer is still awaited; the next turn sends what came meanwhile."""
    (hanging,) = post.owe("첫째", chat_id=1)
    send = post.sender.send

    async def scene() -> None:
        let_go, came = asyncio.Event(), asyncio.Event()

        async def hangs(chat_id: int, message: Message) -> int:
            if chat_id == 1:
                ticks.forward(DELIVER_AT_MOST_S)  # whoever finds nothing now ends the turn
                await let_go.wait()
            came.set()
            return await send(chat_id, message)

        monkeypatch.setattr(post.sender, "send", hangs)
        assert await post.deliverer.deliver_all()
        post.owe("둘째", chat_id=2)
        next_turn = asyncio.create_task(post.deliverer.deliver_all())
        await came.wait()
        assert post.state(hanging) is DeliveryState.SENDING
        let_go.set()
        await next_turn
        await post.deliverer.finish()

    asyncio.run(scene())
    assert post.state(hanging) is SENT and post.texts == ["둘째", "첫째"]


def test_what_is_given_back_leaves_its_place_in_the_flow(post: Post, ticks: Ticks) -> None:
    """More claims that stood still before their send than the flow has places: then nothing would go out any more."""
    take = post.deliverer.pace.wait_overall

    def stands_still(key: int) -> float:
        wait_s = take(key)
        ticks.forward(0.0 if wait_s else SEND_BEGINS_WITHIN_S)
        return wait_s

    post.deliverer.pace.wait_overall = stands_still  # type: ignore[method-assign]
    for _ in range(OVERALL.calls):
        (number,) = post.owe("답")
        post.deliver()
        with post.desk.store.write() as session:
            deliveries.cancel(session.get_one(Delivery, number))
    assert (post.texts, post.deliverer.pace.overall.wait_s()) == ([], 0.0)


def test_after_a_message_went_out_the_next_refusal_of_the_token_counts_as_the_first(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(post.deliverer.pace, "pause_all", pauses.append)
    post.sender.will_answer(post.chat_id, fault(SendFault.NO_ENTRY), 7001, fault(SendFault.NO_ENTRY))
    post.owe("하나", "둘")
    for _ in range(4):
        post.deliver(after_s=1000)
    assert (pauses, post.texts) == ([TOKEN_FIRST_S, TOKEN_FIRST_S], ["하나", "하나", "둘", "둘"])


def test_what_came_of_a_send_is_written_down_only_as_long_as_its_claim_lasts(
    post: Post, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy store is tried again for what the claim has left after the longest send; then another may have it."""
    monkeypatch.setattr("jobs.delivery.deliver.RETRY_FIRST_S", 0.0)
    turn, tried = post.deliverer._turn, []

    def busy(facts: Sequence[Fact], seats: int) -> list[Outgoing]:
        if facts:
            ticks.forward(1.0)
            tried.append(ticks.at)
            raise OperationalError("UPDATE", {}, Exception("database is locked"))
        return turn(facts, seats)

    post.deliverer._turn = busy  # type: ignore[method-assign]
    post.owe("답")
    with suppress(OperationalError):
        post.deliver()
    assert tried[-1] - tried[0] == LEASE_S - SEND_TIMEOUT_S


def test_a_claim_is_told_from_the_next_one_of_the_same_worker(post: Post) -> None:
    (number,) = post.owe("답")
    ends = []
    for later in (timedelta(0), timedelta(seconds=1)):
        with post.desk.store.write() as session:
            taken = claims.claim(session, "one", post.real.now() + later, LEASE_S, with_digests=True)
            assert taken is not None and taken.lease_until_at is not None
            ends.append(taken.lease_until_at)
            deliveries.finish(taken, PENDING)
            taken.attempts -= 1
            if later:
                claims.renew(taken, post.real.now() + later, LEASE_S)
                taken.state, taken.worker = DeliveryState.SENDING, "one"
    with post.desk.store.write() as session:
        assert claims.held(session, number, "one", ends[0]) is None
        assert claims.held(session, number, "one", ends[1]) is not None


@pytest.mark.open_door("kind B")
@pytest.mark.parametrize(
    "error", [ValueError("no such template"), OperationalError("SELECT", {}, Exception("too many terms"))]
)
def test_a_message_that_can_never_be_written_is_given_up_and_holds_up_nobody(
    post: Post, error: Exception
) -> None:
    """Also where it is the store that says no each time, and to this message only."""
    broken, other = post.owe("가", "나", chat_id=1), post.owe("다", chat_id=2)

    def render(session: Session, delivery: Delivery, now: datetime) -> Message | None:
        if delivery.id == broken[0]:
            raise error
        return desk_module.render(session, delivery, now)

    post.deliverer.render = render
    for _ in range(deliver.RENDER_MOST):
        with suppress(OperationalError):
            post.deliver()
    assert post.get(broken[0]).state is FAILED
    assert [post.get(one).state for one in (broken[1], *other)] == [SENT, SENT]
