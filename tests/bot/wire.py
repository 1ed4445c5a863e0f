"""The way in without a network: a bot that answers getUpdates from a list, updates as texts, an intake over them."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from sqlalchemy import select

from bot.intake.poll import Handle, Intake, Kept, LastTry
from store.db.engine import Store
from store.inbox import Start
from store.models import InboxUpdate

BOT_ID = 42


class FakeBot:
    """Answers getUpdates from a list and remembers the offsets asked for."""

    id = BOT_ID

    def __init__(self, *batches: list[str]) -> None:
        self.batches = list(batches)
        self.offsets: list[int | None] = []
        self.store: Store | None = None
        self.kept_before_confirming: list[int] = []
        self.polled_twice = asyncio.Event()
        self.is_empty = asyncio.Event()

    async def get_raw_updates(self, *, offset: int | None, **_: Any) -> list[str]:
        self.offsets.append(offset)
        if len(self.offsets) > 1:
            self.polled_twice.set()
        if self.store is not None:
            with self.store.read() as session:
                self.kept_before_confirming.append(len(session.scalars(select(InboxUpdate)).all()))
        if not self.batches:
            self.is_empty.set()
            await asyncio.sleep(3600)
        return self.batches.pop(0)


def message(number: int, chat: int = 1, text: str = "/my") -> dict[str, Any]:
    user = {"id": chat, "is_bot": False, "first_name": "x"}
    content = {
        "message_id": number,
        "date": 1,
        "chat": {"id": chat, "type": "private"},
        "from": user,
        "text": text,
    }
    return {"update_id": number, "message": content}


def update(number: int, chat: int = 1) -> str:
    return json.dumps(message(number, chat))


def kept(number: int, chat: int | None = 1) -> Kept:
    """As the lanes get it: the inbox's number, and nothing to read."""
    return Kept(number, chat, "{}", is_fresh=True)


async def _unwanted(one: Kept, _start: Start) -> None:
    raise AssertionError(f"nobody gives up {one.inbox_id}")


def way_in(store: Store, handle: Handle, bot: FakeBot | None = None, last_try: LastTry = _unwanted) -> Intake:
    return Intake(store, bot or FakeBot(), handle, last_try)  # type: ignore[arg-type]
