"""In: one effect per update, its answer also after a death, people served at once and each in order."""

from __future__ import annotations

import ast
import asyncio
from json import dumps
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from telegram import Update

from bot.chat.update import read
from bot.digest.daily_message import DigestRenderer
from bot.intake import poll as intake_module
from bot.intake.poll import Intake, Kept, Lanes
from jobs.delivery.deliver import Deliverer
from store.models import AuditEntry, Delivery, InboxUpdate
from store.states import DeliveryState, InboxState
from tests.bot import wire
from tests.bot.chat import BOT_ID, Chat
from tests.bot.wire import kept
from tests.jobs.desk import FakeSender

ROOT = Path(__file__).parents[3]


def message(chat: Chat, update_id: int, text: str) -> dict[str, Any]:
    """What 김하늘 writes, as Telegram tells it."""
    user = chat.people["김하늘"]
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1,
            "chat": {"id": user, "type": "private"},
            "from": {"id": user, "is_bot": False, "first_name": "x"},
            "text": text,
        },
    }


def intake(chat: Chat) -> Intake:
    """The way in as `gihan run` has it, without PTB's application between."""

    async def handle(one: Kept) -> None:
        await asyncio.to_thread(chat.dispatcher.handle, one.inbox_id, read(one.raw, None))

    return wire.way_in(chat.store, handle)


def accept(chat: Chat, *updates: dict[str, Any]) -> None:
    """Hand the updates in and let them be handled."""

    async def scene() -> None:
        way_in = intake(chat)
        for one in updates:
            await way_in.accept([dumps(one)])
        await asyncio.gather(*way_in.lanes._running.values())

    asyncio.run(scene())


def done_entries(chat: Chat) -> int:
    with chat.store.read() as session:
        query = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "done")
        return session.scalar(query) or 0


def sent(chat: Chat) -> list[str]:
    """A fresh process delivers what the ledger owes."""
    sender = FakeSender()
    render = DigestRenderer(chat.office)
    asyncio.run(Deliverer(chat.store, sender, render, chat.rules, chat.clock, "new").deliver_all())
    return [text for _, text in sender.sent]


def test_an_update_that_comes_three_times_has_one_effect_and_one_answer(linked: Chat) -> None:
    linked.send_all()
    again = message(linked, 700, f"/done {linked.number('설계 용역')}")
    accept(linked, again, again)
    accept(linked, again)
    assert done_entries(linked) == 1
    assert sum("완료" in text for text in sent(linked)) == 1


def test_handled_twice_at_once_it_has_one_effect(linked: Chat) -> None:
    """Two processes that both took the row from the inbox: the second finds it handled."""
    number = linked.number("설계 용역")
    json = message(linked, 700, f"/done {number}")

    async def scene() -> None:
        async def hold(_one: Kept) -> None:
            """Kept, and not handled."""

        await wire.way_in(linked.store, hold).accept([dumps(json)])
        with linked.store.read() as session:
            inbox_id = session.scalars(select(InboxUpdate.id).order_by(InboxUpdate.id.desc()).limit(1)).one()
        both = (asyncio.to_thread(linked.dispatcher.handle, inbox_id, plain_update(json)) for _ in range(2))
        await asyncio.gather(*both)

    asyncio.run(scene())
    assert done_entries(linked) == 1


def plain_update(json: dict[str, Any]) -> Update:
    return Update.de_json(json, None)


def test_the_answer_goes_out_when_the_process_died_between_commit_and_answer(linked: Chat) -> None:
    linked.send_all()
    accept(linked, message(linked, 700, f"/done {linked.number('설계 용역')}"))
    with linked.store.read() as session:
        waiting = session.scalars(select(Delivery).where(Delivery.state == DeliveryState.PENDING)).all()
    assert waiting  # effect and answer are committed; nothing was sent when the process died
    assert sum("완료" in text for text in sent(linked)) == 1
    assert sent(linked) == []


def test_killed_before_the_commit_it_is_handled_after_the_restart(
    linked: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    json = message(linked, 700, f"/done {linked.number('설계 용역')}")
    with monkeypatch.context() as patch:

        def dies(*_: object) -> None:
            raise OperationalError("UPDATE", {}, Exception("killed"))

        patch.setattr("store.inbox.mark_handled", dies)
        patch.setattr("bot.intake.dispatch.BUSY_PAUSE_S", 0.0)

        async def ending() -> None:
            way_in = intake(linked)
            await way_in.accept([dumps(json)])
            await asyncio.sleep(0)
            await way_in.lanes.finish()

        asyncio.run(ending())
    assert done_entries(linked) == 0

    async def restart() -> None:
        way_in = intake(linked)
        way_in.resume()
        await asyncio.gather(*way_in.lanes._running.values())

    asyncio.run(restart())
    assert done_entries(linked) == 1


def test_what_a_busy_store_refused_is_offered_again_while_running(
    linked: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_module, "OFFER_EVERY_S", 0.01)
    tries: list[int] = []
    done = asyncio.Event()

    async def handle(one: Kept) -> None:
        tries.append(one.inbox_id)
        if len(tries) == 1:
            raise OperationalError("UPDATE", {}, Exception("locked"))
        await asyncio.to_thread(linked.dispatcher.handle, one.inbox_id, read(one.raw, None))
        done.set()

    async def scene() -> None:
        way_in = wire.way_in(linked.store, handle)
        offering = asyncio.create_task(way_in.offer_again())
        await way_in.accept([dumps(message(linked, 700, "/my"))])
        await done.wait()
        offering.cancel()
        await asyncio.gather(offering, return_exceptions=True)

    asyncio.run(scene())
    with linked.store.read() as session:
        newest = session.scalars(select(InboxUpdate).order_by(InboxUpdate.id.desc()).limit(1)).one()
    assert (newest.state, len(set(tries))) == (InboxState.HANDLED, 1)


def test_fifty_officers_are_in_work_at_once() -> None:
    """Each waits until all are there: one after the other, nobody would ever be done."""

    async def scene() -> None:
        everybody = asyncio.Barrier(50)

        async def handle(_one: Kept) -> None:
            await everybody.wait()

        lanes = Lanes(handle)
        for number in range(1, 51):
            lanes.put(kept(number, number))
        await asyncio.gather(*lanes._running.values())

    asyncio.run(scene())


def test_one_officers_messages_never_overlap_and_keep_their_order() -> None:
    order: list[str] = []

    async def scene() -> None:
        async def handle(one: Kept) -> None:
            order.append(f"begin {one.inbox_id}")
            await asyncio.sleep(0)
            order.append(f"end {one.inbox_id}")

        lanes = Lanes(handle)
        for number in range(1, 6):
            lanes.put(kept(number))
        await asyncio.gather(*lanes._running.values())

    asyncio.run(scene())
    assert order == [f"{word} {number}" for number in range(1, 6) for word in ("begin", "end")]


def test_what_the_store_refused_comes_before_what_came_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_module, "AGAIN_AFTER_S", 0.0)
    order: list[int] = []

    async def scene() -> None:
        async def handle(one: Kept) -> None:
            order.append(one.inbox_id)
            if len(order) < 3:
                raise OperationalError("UPDATE", {}, Exception("locked"))

        lanes = Lanes(handle)
        for number in (1, 2):
            lanes.put(kept(number))
        await asyncio.gather(*lanes._running.values())

    asyncio.run(scene())
    assert order == [1, 1, 1, 2]


def test_what_the_store_can_never_take_does_not_hold_up_its_chat_for_good(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(intake_module, "AGAIN_AFTER_S", 0.0)
    monkeypatch.setattr(intake_module, "AGAIN_MOST", 2)
    order: list[int] = []

    async def scene() -> None:
        async def handle(one: Kept) -> None:
            order.append(one.inbox_id)
            if one.inbox_id == 1:
                raise OperationalError("SELECT", {}, Exception("too complex"))

        lanes = Lanes(handle)
        for number in (1, 2):
            lanes.put(kept(number))
        await asyncio.gather(*lanes._running.values())

    asyncio.run(scene())
    assert order == [1, 1, 1, 2]


def test_a_slow_update_delays_no_other_chat() -> None:
    """A hundred others are done while the first is still in work (pitfall: a sequential default)."""
    served: list[int] = []

    async def scene() -> None:
        others_done = asyncio.Event()

        async def handle(one: Kept) -> None:
            if one.inbox_id == 1:
                await others_done.wait()
            served.append(one.inbox_id)
            if len(served) == 100:
                others_done.set()

        lanes = Lanes(handle)
        for number in range(1, 102):
            lanes.put(kept(number, number))
        await asyncio.gather(*lanes._running.values())

    asyncio.run(scene())
    assert served[-1] == 1
    assert len(served) == 101


def test_nothing_pending_is_ever_dropped() -> None:
    """Every mention of drop_pending_updates in the program says False (pitfall 13)."""
    said = []
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "drop_pending_updates":
                said.append(isinstance(node.value, ast.Constant) and node.value.value)
    assert said
    assert not any(said)


def test_who_writes_while_the_bot_is_down_is_answered(linked: Chat) -> None:
    """What Telegram kept meanwhile comes with the first poll, however much it is."""
    linked.send_all()
    came = [dumps(message(linked, 700 + number, "/help")) for number in range(3)]

    async def scene() -> None:
        way_in = intake(linked)
        bot = wire.FakeBot(came)
        way_in.bot = bot  # type: ignore[assignment]
        polling = asyncio.create_task(way_in.poll())
        await bot.polled_twice.wait()
        await asyncio.gather(*way_in.lanes._running.values())
        polling.cancel()

    asyncio.run(scene())
    assert len(sent(linked)) == 3
    assert wire.FakeBot.id == BOT_ID
