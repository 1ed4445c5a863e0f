"""The delivery ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store import claims, deliveries, milestones
from store.db.engine import Store
from store.deliveries import Html, Message
from store.models import Delivery
from store.states import DeliveryKind, DeliveryState, ItemState
from tests import builders
from tests.builders import LONG_AGO, kst

REAL = kst(2026, 6, 30)
LEASE_S = 60.0
TODAY = date(2026, 6, 30)
INSTANT = timedelta(microseconds=1)


def claim(session: Session, *, worker: str = "one", with_digests: bool = True) -> Delivery | None:
    return claims.claim(session, worker, REAL, LEASE_S, with_digests=with_digests)


def kind_of(session: Session, kind: DeliveryKind, chat_id: int) -> Delivery:
    return deliveries.add(session, kind, "answer", chat_id, LONG_AGO, message=Message(Html("답"), []))


def test_a_claim_says_who_has_it_until_when(store: Store) -> None:
    with store.write() as session:
        builders.reply(session, 1)
        claimed = claim(session)
    assert claimed is not None and claimed.state is DeliveryState.SENDING
    assert (claimed.worker, claimed.attempts) == ("one", 1)
    assert claimed.lease_until_at == REAL + timedelta(seconds=LEASE_S)


def test_a_message_is_claimed_once(store: Store) -> None:
    with store.write() as session:
        builders.reply(session, 1)
    with store.write() as session:
        assert claim(session) is not None
    with store.write() as session:
        assert claim(session, worker="two") is None


def test_of_two_who_saw_the_same_message_one_has_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.write() as session:
        message = builders.reply(session, 1)
        assert claim(session) is not None
    seen_before = select(Delivery.id).where(Delivery.id == message.id)
    monkeypatch.setattr(claims, "_FIRST", seen_before)
    with store.write() as session:
        assert claim(session, worker="two") is None
    with store.read() as session:
        assert session.get_one(Delivery, message.id).worker == "one"


def test_nothing_to_claim_is_none(store: Store) -> None:
    with store.write() as session:
        assert claim(session) is None


@pytest.mark.parametrize("state", [one for one in DeliveryState if one is not DeliveryState.PENDING])
def test_only_what_waits_is_claimed(store: Store, state: DeliveryState) -> None:
    with store.write() as session:
        builders.reply(session, 1).state = state
        assert claim(session) is None


def test_the_lease_holds_to_its_last_instant(store: Store) -> None:
    with store.write() as session:
        builders.reply(session, 1)
        claim(session)
        end = REAL + timedelta(seconds=LEASE_S)
        assert claims.abandoned(session, end, all_sending=False) == []
        assert len(claims.abandoned(session, end + INSTANT, all_sending=False)) == 1


def test_who_is_alone_takes_every_message_on_its_way_for_abandoned(store: Store) -> None:
    with store.write() as session:
        builders.reply(session, 1)
        builders.reply(session, 2)
        claim(session)
        assert len(claims.abandoned(session, REAL, all_sending=True)) == 1


def test_one_message_of_a_chat_is_on_its_way_at_a_time(store: Store) -> None:
    with store.write() as session:
        first, second = builders.reply(session, 1), builders.reply(session, 1)
        assert claim(session) is first
        assert claim(session) is None
        deliveries.finish(first, DeliveryState.SENT)
        assert claim(session) is second


def test_another_chat_does_not_wait(store: Store) -> None:
    with store.write() as session:
        builders.reply(session, 1)
        other = builders.reply(session, 2)
        claim(session)
        assert claim(session) is other


def test_an_answer_goes_before_news_and_news_before_the_daily_message(store: Store) -> None:
    kinds = [DeliveryKind.DIGEST, DeliveryKind.EDIT, DeliveryKind.EVENT, DeliveryKind.REPLY]
    with store.write() as session:
        for chat_id, kind in enumerate(kinds):
            kind_of(session, kind, chat_id)
        claimed = [found.kind for _ in kinds if (found := claim(session)) is not None]
    assert claimed == kinds[::-1]


def test_of_one_kind_the_oldest_goes_first(store: Store) -> None:
    with store.write() as session:
        messages = [builders.reply(session, chat_id) for chat_id in (3, 1, 2)]
        assert [claim(session) for _ in messages] == messages


def test_outside_the_hours_no_daily_message_is_claimed(store: Store) -> None:
    with store.write() as session:
        waiting = kind_of(session, DeliveryKind.DIGEST, 1)
        assert claim(session, with_digests=False) is None
        assert claim(session) is waiting


@pytest.mark.parametrize(("wait", "is_claimed"), [(INSTANT, False), (timedelta(), True), (-INSTANT, True)])
def test_a_message_waits_for_its_instant(store: Store, wait: timedelta, is_claimed: bool) -> None:
    with store.write() as session:
        builders.reply(session, 1).not_before_at = REAL + wait
        assert (claim(session) is not None) is is_claimed


def test_one_digest_a_day_for_a_person(store: Store) -> None:
    with pytest.raises(IntegrityError), store.write() as session:
        person = builders.officer(session)
        builders.digest(session, person, TODAY)
        builders.digest(session, person, TODAY)


def test_one_message_for_a_cause_and_part(store: Store) -> None:
    with pytest.raises(IntegrityError), store.write() as session:
        builders.reply(session, 1, cause="inbox:1")
        builders.reply(session, 1, cause="inbox:1")


def test_one_reminder_for_ever_of_a_rule_and_due_day(store: Store) -> None:
    with pytest.raises(IntegrityError), store.write() as session:
        person = builders.officer(session)
        one = builders.milestone(session, builders.task(session), TODAY)
        builders.item(session, person, one, "after:1")
        builders.item(session, person, one, "after:1", state=ItemState.SUPERSEDED)


def test_a_finished_message_belongs_to_nobody(store: Store) -> None:
    with store.write() as session:
        one = builders.reply(session, 1)
        claim(session)
        deliveries.finish(one, DeliveryState.FAILED, error="chat not found")
    assert (one.worker, one.lease_until_at, one.error) == (None, None, "chat not found")


def test_carried_reminders_leave_their_message(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        work = builders.task(session)
        sent = builders.digest(session, person, TODAY, builders.milestone(session, work, TODAY))
        dropped = builders.milestone(session, work, TODAY)
        builders.item(session, person, dropped, "after:1", delivery=sent, state=ItemState.CANCELLED)
        deliveries.release(sent, ItemState.CARRIED)
        session.flush()
        assert [one.rule for one in deliveries.carried(session)] == ["before:0"]
        assert deliveries.carried(session)[0].delivery_id is None
        assert ("after:1", ItemState.CANCELLED) in builders.all_items(session)


def test_yesterdays_unsent_digest_is_overdue(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        late = builders.digest(session, person, TODAY - timedelta(days=1))
        builders.digest(session, person, TODAY)
        sent = builders.digest(session, person, TODAY - timedelta(days=2))
        sent.state = DeliveryState.SENT
        session.flush()
        assert deliveries.overdue_digests(session, TODAY) == [late]


def test_the_newest_digest_is_the_last_that_went_out(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        for day, state in ((1, DeliveryState.SENT), (2, DeliveryState.SENT), (3, DeliveryState.FAILED)):
            builders.digest(session, person, date(2026, 6, day)).state = state
        session.flush()
        newest = deliveries.newest_digest(session, person.id)
    assert newest is not None and newest.day == date(2026, 6, 2)


def test_holders_are_those_in_whose_messages_it_stands(store: Store) -> None:
    with store.write() as session:
        people = [builders.officer(session, name) for name in ("김하늘", "박바다", "이솔")]
        one = builders.milestone(session, builders.task(session), TODAY)
        for person in people[:2]:
            builders.digest(session, person, TODAY, one)
        assert deliveries.holders(session, [milestones.subject(one.id)]) == [
            person.id for person in people[:2]
        ]


def test_it_is_known_whether_an_edit_waits(store: Store) -> None:
    with store.write() as session:
        target = builders.reply(session, 1)
        edit = deliveries.add(session, DeliveryKind.EDIT, "digest", 1, LONG_AGO, target_id=target.id)
        assert deliveries.waiting_edit(session, target.id) is not None
        edit.state = DeliveryState.SENDING
        session.flush()
        assert deliveries.waiting_edit(session, target.id) is None


@pytest.mark.parametrize(("with_digests", "count"), [(True, 3), (False, 2)])
def test_unfinished_messages_are_counted(store: Store, with_digests: bool, count: int) -> None:
    with store.write() as session:
        builders.reply(session, 1)
        builders.reply(session, 2).state = DeliveryState.SENDING
        kind_of(session, DeliveryKind.DIGEST, 3)
        for chat_id, state in enumerate((DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.CANCELLED)):
            builders.reply(session, chat_id).state = state
        session.flush()
        assert deliveries.count_unfinished(session, with_digests=with_digests) == count
