"""What ends the process it is handled in is begun twice and never a third time; whoever did no harm loses nothing."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from json import dumps
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.intake.poll import Kept
from jobs.clock import real_now
from store.db.engine import Store
from store.inbox import Start, start_again
from store.models import InboxUpdate
from store.states import InboxState
from tests import template
from tests.bot.chat import Chat
from tests.bot.wire import message, way_in


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(template.copy_to(tmp_path / "gihan.db"))


def row(store: Store, update_id: int) -> InboxUpdate:
    with store.read() as session:
        return session.query(InboxUpdate).filter_by(update_id=update_id).one()


class Lives:
    """Processes on one store, one after the other; what is begun in one never comes to an end there."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.last_tries: list[tuple[int, Start]] = []

    def live(self, *texts: str, until: int = 1) -> list[int]:
        """Take up what is there, then what comes; gives the inbox numbers of what was begun. The process is killed
        when so many are begun or asked to be tried a last time."""
        begun: list[int] = []

        async def scene() -> None:
            seen = asyncio.Semaphore(0)

            async def dies(one: Kept) -> None:
                begun.append(one.inbox_id)
                seen.release()
                await asyncio.sleep(3600)

            async def last_try(one: Kept, start: Start) -> None:
                self.last_tries.append((one.inbox_id, start))
                seen.release()

            intake = way_in(self.store, dies, last_try=last_try)
            intake.resume()
            await intake.accept(list(texts))
            for _ in range(until):
                await seen.acquire()

        asyncio.run(scene())
        return begun


@pytest.mark.open_door("B1")
def test_what_was_begun_twice_and_outlived_by_nobody_is_not_begun_a_third_time(store: Store) -> None:
    lives = Lives(store)
    [number] = lives.live(dumps(message(7)))
    assert row(store, 7).attempts == 1
    assert lives.live() == [number]
    assert row(store, 7).attempts == 2
    assert lives.live() == []
    assert lives.last_tries == [(number, Start(3, is_known=True))]


@pytest.mark.open_door("B1")
def test_what_an_ended_process_left_is_taken_up_one_by_one(store: Store) -> None:
    """Only the one that is begun is counted: the others may have done nothing at all."""
    lives = Lives(store)
    lives.live(*(dumps(message(number, chat=number)) for number in range(1, 5)), until=4)
    assert len(lives.live()) == 1
    assert sorted(row(store, number).attempts for number in range(1, 5)) == [1, 1, 1, 2]


def test_what_comes_meanwhile_waits_for_nothing_that_was_left(store: Store) -> None:
    lives = Lives(store)
    lives.live(dumps(message(1, chat=1)))
    assert len(lives.live(dumps(message(2, chat=2)), until=2)) == 2


def test_a_busy_store_is_no_start_the_update_did_not_outlive(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.poll.AGAIN_AFTER_S", 0.0)
    Lives(store).live(dumps(message(7)))
    tries: list[int] = []

    async def busy(one: Kept) -> None:
        tries.append(one.inbox_id)
        if len(tries) < 10:
            raise OperationalError("UPDATE", {}, Exception("locked"))

    async def scene() -> None:
        intake = way_in(store, busy)
        intake.resume()
        await asyncio.gather(*intake.lanes._running.values())

    asyncio.run(scene())
    assert (len(tries), row(store, 7).attempts) == (10, 2)


def test_what_is_handled_meanwhile_is_not_counted(store: Store) -> None:
    Lives(store).live(dumps(message(7)))
    with store.write() as session:
        session.query(InboxUpdate).one().state = InboxState.HANDLED
        assert start_again(session, 1, real_now()) is None


@pytest.mark.open_door("B1")
def test_who_wrote_what_is_given_up_is_told_in_one_sentence(linked: Chat) -> None:
    with linked.store.write() as session:
        came = InboxUpdate(
            bot_id=42,
            update_id=7,
            chat_id=linked.people["김하늘"],
            raw=dumps(message(7)),
            state=InboxState.NEW,
            received_at=real_now() - timedelta(minutes=1),
        )
        session.add(came)
        session.flush()
        number = came.id
    linked.dispatcher.give_up(number, 2)
    linked.dispatcher.give_up(number, 2)
    [told] = [one.payload["text"] for one in linked.owed() if one.cause == f"inbox:{number}"]
    assert f"접수번호 {number}" in told and told.strip().count(". ") == 0
    assert (row(linked.store, 7).state, row(linked.store, 7).error) == (InboxState.FAILED, "GivenUp")


def test_a_group_is_told_nothing_of_it(linked: Chat) -> None:
    with linked.store.write() as session:
        came = InboxUpdate(
            bot_id=42, update_id=7, chat_id=-5, raw="[]", state=InboxState.NEW, received_at=real_now()
        )
        session.add(came)
        session.flush()
        number = came.id
    linked.dispatcher.give_up(number, 2)
    assert not [one for one in linked.owed() if one.cause == f"inbox:{number}"]
