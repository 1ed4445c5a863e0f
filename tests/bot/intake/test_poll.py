"""Updates in: kept before they are confirmed, handled in order per chat, several chats at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select
from telegram.error import RetryAfter

from bot.chat.turn import Office
from bot.chat.update import read
from bot.intake.dispatch import Dispatcher
from bot.intake.poll import PAUSED_MOST_S, Kept, Lanes, _pause_s, cause_of, next_offset
from store.db.engine import Store
from store.models import InboxUpdate
from store.states import InboxState
from tests import template
from tests.bot.chat import Chat
from tests.bot.wire import FakeBot, kept, update, way_in


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(template.copy_to(tmp_path / "gihan.db"))


async def polled(store: Store, bot: FakeBot, wanted: int) -> list[int]:
    """The update ids handled, once `wanted` of them are."""
    handled: list[int] = []
    done = asyncio.Event()

    async def handle(one: Kept) -> None:
        handled.append(read(one.raw, None).update_id)
        if len(handled) >= wanted:
            done.set()

    polling = asyncio.create_task(way_in(store, handle, bot).poll())
    await done.wait()
    await bot.polled_twice.wait()
    polling.cancel()
    return handled


@pytest.mark.pitfall(13)
def test_an_update_is_committed_before_the_next_poll_confirms_it(store: Store) -> None:
    bot = FakeBot([update(7), update(8)])
    bot.store = store
    assert asyncio.run(polled(store, bot, 2)) == [7, 8]
    assert bot.offsets == [None, 9]
    assert bot.kept_before_confirming == [0, 2]


def test_a_copy_of_a_known_update_is_not_handled_again(store: Store) -> None:
    assert asyncio.run(polled(store, FakeBot([update(7)], [update(7), update(8)]), 2)) == [7, 8]


def test_what_was_not_handled_is_handed_out_after_a_restart(store: Store) -> None:
    async def scene() -> list[int]:
        seen: list[int] = []
        done = asyncio.Event()

        async def crash(_one: Kept) -> None:
            await asyncio.sleep(3600)

        async def handle(one: Kept) -> None:
            seen.append(read(one.raw, None).update_id)
            if len(seen) > 1:
                done.set()

        await way_in(store, crash).accept([update(1), update(2)])
        again = way_in(store, handle)
        again.resume()
        await done.wait()
        return seen

    assert asyncio.run(scene()) == [1, 2]


def test_one_chat_keeps_its_order_and_a_slow_one_delays_nobody_else() -> None:
    async def scene() -> list[tuple[int, int]]:
        gate, done = asyncio.Event(), asyncio.Event()
        order: list[tuple[int, int]] = []

        async def handle(one: Kept) -> None:
            if one.inbox_id == 1:
                await gate.wait()
            order.append((one.chat_id or 0, one.inbox_id))
            if one.chat_id == 2:
                gate.set()
            if len(order) == 3:
                done.set()

        lanes = Lanes(handle)
        for inbox_id, chat in ((1, 1), (2, 1), (3, 2)):
            lanes.put(kept(inbox_id, chat))
        await done.wait()
        return order

    assert asyncio.run(scene()) == [(2, 3), (1, 1), (1, 2)]


def test_an_update_that_breaks_is_put_aside_and_its_sender_is_told(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat.join("김하늘")
    tries = []

    def broken(*_: object) -> None:
        tries.append(1)
        raise RuntimeError("wire cut")

    monkeypatch.setattr("bot.intake.dispatch.Conversation.take", broken)
    answers = chat.say("김하늘", "/my")
    assert "처리하지 못했습니다" in answers[0]
    assert len(tries) == 2
    with chat.store.read() as session:
        row = session.scalars(select(InboxUpdate).order_by(InboxUpdate.id.desc()).limit(1)).one()
        assert (row.state, row.error) == (InboxState.FAILED, "RuntimeError: wire cut")


@pytest.mark.pitfall(14)
def test_effect_and_inbox_row_are_one_transaction(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    chat.join("김하늘")
    number = chat.number("설계 용역")

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("store.inbox.mark_handled", crash)
    with pytest.raises(KeyboardInterrupt):
        chat.say("김하늘", f"/done {number}")
    assert chat.milestone("설계 용역").revision == 1


def test_a_dispatcher_needs_no_telegram(store: Store, chat: Chat) -> None:
    office: Office = chat.office
    assert Dispatcher(store, office, chat.clock).handle(999, read(update(1), None)) is None


@pytest.mark.open_door("B2")
@pytest.mark.parametrize(
    ("numbers", "offset", "confirming"),
    [
        ([8, 9], None, 9),
        ([8, 9], 7, 9),
        ([7], 8, 7),  # a copy of what is confirmed
        ([], 7, 7),
        ([8, 2**31 - 1], 7, 8),  # everything that still comes would be confirmed with the last one
        ([8, 2**31 - 1], None, 8),
        ([2**31 - 1], 7, 7),
        ([50_000_000], 7, 7),
        ([50_000_000, 50_000_001], 7, 50_000_001),  # Telegram counts on from another place
        ([5, 6], 50_000_000, 6),
    ],
)
def test_a_number_far_from_all_others_confirms_nothing(
    numbers: list[int], offset: int | None, confirming: int
) -> None:
    assert next_offset(numbers, offset) == confirming


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
@pytest.mark.open_door("kind C")
def test_a_pause_of_years_is_one_of_minutes_and_said_as_what_it_is() -> None:
    assert _pause_s(RetryAfter(10**9), 1) == PAUSED_MOST_S
    assert _pause_s(RetryAfter(7), 1) == 7
    assert cause_of(RetryAfter(7)) == "flood"
