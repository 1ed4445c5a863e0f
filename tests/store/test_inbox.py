"""The inbox."""

from __future__ import annotations

from datetime import timedelta
from json import dumps

import pytest
from sqlalchemy.orm import Session

from store import inbox
from store.db.engine import Store
from store.models import InboxUpdate
from store.states import InboxState
from tests.builders import BOT_ID, kst

REAL = kst(2026, 6, 30)


def receive(session: Session, *update_ids: int, bot_id: int = BOT_ID) -> list[InboxUpdate]:
    return inbox.receive(session, bot_id, [(one, 1, dumps({"update_id": one})) for one in update_ids], REAL)


def test_an_update_twice_is_kept_once(store: Store) -> None:
    with store.write() as session:
        assert len(receive(session, 1)) == 1
    with store.write() as session:
        assert [one.update_id for one in receive(session, 1, 2)] == [2]
        assert inbox.count_unhandled(session) == 2


def test_a_copy_in_the_same_answer_is_kept_once(store: Store) -> None:
    with store.write() as session:
        assert len(receive(session, 7, 7)) == 1


def test_another_bots_update_is_another_update(store: Store) -> None:
    with store.write() as session:
        receive(session, 1)
        assert len(receive(session, 1, bot_id=BOT_ID + 1)) == 1
        assert [one.bot_id for one in inbox.unhandled(session, BOT_ID)] == [BOT_ID]


def test_updates_wait_in_the_order_they_came(store: Store) -> None:
    with store.write() as session:
        receive(session, 900, 3)
        assert [one.update_id for one in inbox.unhandled(session, BOT_ID)] == [900, 3]


def test_a_handled_update_is_not_taken_again(store: Store) -> None:
    with store.write() as session:
        row = receive(session, 1)[0]
        assert inbox.take(session, row.id) is row
        inbox.mark_handled(row, REAL)
    with store.write() as session:
        assert inbox.take(session, row.id) is None
        assert inbox.count_unhandled(session) == 0


def test_an_update_that_broke_is_put_aside_with_its_error(store: Store) -> None:
    with store.write() as session:
        row = receive(session, 1)[0]
        inbox.mark_failed(row, REAL, "KeyError: 'text'")
    with store.write() as session:
        assert inbox.take(session, row.id) is None
        assert session.get_one(InboxUpdate, row.id).error == "KeyError: 'text'"


def test_an_unknown_update_is_none(store: Store) -> None:
    with store.write() as session:
        assert inbox.take(session, 1) is None


@pytest.mark.parametrize(("past", "is_kept"), [(timedelta(), True), (timedelta(microseconds=1), False)])
def test_a_handled_update_is_forgotten_after_three_days(store: Store, past: timedelta, is_kept: bool) -> None:
    with store.write() as session:
        row = receive(session, 1)[0]
        inbox.mark_handled(row, REAL)
    with store.write() as session:
        inbox.forget_old(session, REAL + inbox.KEEP + past)
    with store.write() as session:
        assert (receive(session, 1) == []) is is_kept


def test_what_nobody_has_handled_is_never_forgotten(store: Store) -> None:
    with store.write() as session:
        receive(session, 1)[0].state = InboxState.NEW
        session.flush()
        inbox.forget_old(session, REAL + timedelta(days=365))
        assert session.get(InboxUpdate, 1) is not None
