"""Several processes on one PostgreSQL take updates in: each has one effect, a chat keeps its order."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from json import dumps
from pathlib import Path
from threading import Barrier, Semaphore
from typing import Any

import pytest
from telegram import Update

from bot.intake.dispatch import Dispatcher
from bot.intake.poll import Kept
from jobs.clock import real_now
from store import audit, inbox, milestones
from store.db.engine import Store
from store.states import MilestoneState
from tests.bot.chat import BOT_ID, Chat, entry, task
from tests.bot.wire import kept, way_in

AT_ONCE = 6


@pytest.fixture
def chat(tmp_path: Path, postgres_url: str) -> Iterator[Chat]:
    """김하늘 with one milestone, on PostgreSQL."""
    work = task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 30)))
    office = Chat(tmp_path, work, store_url=postgres_url)
    office.join("김하늘")
    yield office
    office.store.close()


@pytest.fixture
def others(chat: Chat) -> Iterator[list[Store]]:
    """The stores of as many other processes: connections of their own, nothing shared but the database."""
    url = chat.store.url.render_as_string(hide_password=False)
    stores = [Store(url) for _ in range(AT_ONCE)]
    yield stores
    for one in stores:
        one.close()


def wire(chat: Chat, number: int, text: str) -> dict[str, Any]:
    person = chat.people["김하늘"]
    user = {"id": person, "is_bot": False, "first_name": "김하늘"}
    where = {"id": person, "type": "private"}
    message = {"message_id": number, "date": 1, "chat": where, "from": user, "text": text}
    return {"update_id": number, "message": message}


def at_once(stores: list[Store], work: Any) -> list[Any]:
    """What each process gives that does the work at the same moment as the others."""
    gate = Barrier(len(stores))

    def one(store: Store) -> Any:
        gate.wait()
        return work(store)

    with ThreadPoolExecutor(len(stores)) as pool:
        return list(pool.map(one, stores))


def keep(store: Store, *wires: dict[str, Any]) -> list[int]:
    with store.write() as session:
        rows = [(one["update_id"], one["message"]["chat"]["id"], dumps(one)) for one in wires]
        return [row.id for row in inbox.receive(session, BOT_ID, rows, real_now())]


def test_the_same_update_offered_to_all_is_kept_by_one(chat: Chat, others: list[Store]) -> None:
    kept = at_once(others, lambda store: keep(store, wire(chat, 7, "/my")))
    assert sorted(map(len, kept)) == [0] * (AT_ONCE - 1) + [1]


def test_an_update_that_all_handle_at_once_has_one_effect_and_one_answer(
    chat: Chat, others: list[Store]
) -> None:
    number = chat.number("설계 용역")
    json = wire(chat, 7, f"/done {number}")
    [inbox_id] = keep(chat.store, json)

    def handle(store: Store) -> None:
        Dispatcher(store, chat.office, chat.clock).handle(inbox_id, Update.de_json(json, None))

    at_once(others, handle)
    found = chat.milestone("설계 용역")
    with chat.store.read() as session:
        entries = audit.history(session, milestones.subject(number))
    assert (found.state, found.revision) == (MilestoneState.DONE, 2)
    assert [one.action for one in entries].count("done") == 1
    assert len([one for one in chat.owed() if one.cause == f"inbox:{inbox_id}"]) == 1


def test_different_updates_about_one_milestone_each_see_what_the_other_did(
    chat: Chat, others: list[Store]
) -> None:
    """Without one writer at a time both would read revision 1, and one change would be lost."""
    number = chat.number("설계 용역")
    wires = [wire(chat, 10 + step, f"/note {number} 메모{step}") for step in range(AT_ONCE)]
    ids = iter(keep(chat.store, *wires))
    work = iter([(next(ids), one) for one in wires])

    def handle(store: Store) -> None:
        inbox_id, json = next(work)
        Dispatcher(store, chat.office, chat.clock).handle(inbox_id, Update.de_json(json, None))

    at_once(others, handle)
    assert chat.milestone("설계 용역").revision == 1 + AT_ONCE


class Handled:
    """Notes what is handled, and marks it so in the store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ids: list[int] = []

    async def __call__(self, one: Kept) -> None:
        self.ids.append(one.inbox_id)
        await asyncio.to_thread(self.mark, one.inbox_id)

    def mark(self, inbox_id: int) -> None:
        with self.store.write() as session:
            row = inbox.take(session, inbox_id)
            if row is not None:
                inbox.mark_handled(row, real_now())


def test_a_later_update_waits_until_another_replica_is_done_with_the_earlier(chat: Chat) -> None:
    earlier, later = keep(chat.store, wire(chat, 7, "/my"), wire(chat, 8, "/my"))
    handled = Handled(chat.store)

    async def scene() -> None:
        intake = way_in(chat.store, handled)
        look, looks = intake._earlier, Semaphore(0)

        def looked(inbox_id: int) -> Kept | None:
            looks.release()
            return look(inbox_id)

        intake._earlier = looked  # type: ignore[method-assign]
        intake.lanes.put(kept(later))
        await asyncio.to_thread(lambda: [looks.acquire() for _ in range(3)])
        assert handled.ids == []
        await asyncio.to_thread(handled.mark, earlier)
        await asyncio.gather(*intake.lanes._running.values())

    asyncio.run(scene())
    assert handled.ids == [later]


def test_the_earlier_update_of_a_replica_that_died_is_handled_before_the_later(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.poll.HELD_UP_S", 0.0)
    earlier, later = keep(chat.store, wire(chat, 7, "/my"), wire(chat, 8, "/my"))
    handled = Handled(chat.store)

    async def scene() -> None:
        intake = way_in(chat.store, handled)
        intake.lanes.put(kept(later))
        await asyncio.gather(*intake.lanes._running.values())

    asyncio.run(scene())
    assert handled.ids == [earlier, later]


@pytest.mark.parametrize(("alive_s", "is_offered"), [(3600.0, False), (0.0, True)])
def test_what_another_replica_left_is_offered_again_once_it_is_old(
    chat: Chat, alive_s: float, is_offered: bool
) -> None:
    [left] = keep(chat.store, wire(chat, 7, "/my"))
    with chat.store.read() as session:
        found = inbox.unhandled(session, BOT_ID, real_now() - timedelta(seconds=alive_s))
    assert ([row.id for row in found] == [left]) is is_offered
