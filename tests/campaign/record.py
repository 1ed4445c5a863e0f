"""What Telegram accepted, from its own record, beside what the ledger says of it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.entities import formatted
from store.models import Delivery
from store.states import DeliveryKind
from tests.builders import SEOUL

MARK = "(다시 보냄)\n"
DAILY = ("소관 일정 안내", "아침 요약")
NUMBER = re.compile(r"#(\d+)\b")

Key = tuple[int, date | str]
"""What makes two messages copies of one: the chat, and the day of a daily message or the text of another."""


@dataclass(frozen=True)
class Accepted:
    """A message of the bot as it first stood in the chat, without the mark of a repetition."""

    key: Key
    text: str
    is_marked: bool
    is_daily: bool
    day: date  # business day on which Telegram took it

    @property
    def numbers(self) -> set[int]:
        """The promises it speaks of."""
        return {int(found) for found in NUMBER.findall(self.text)}


def accepted(state: dict[str, Any]) -> dict[int, list[Accepted]]:
    """All messages of the bot by chat, oldest first; `state` is the whole of /sandbox/state."""
    found: dict[int, list[Accepted]] = defaultdict(list)
    for chat in state["chats"]:
        for message in chat["messages"]:
            if message["from"]["is_bot"]:
                found[chat["id"]].append(_read(chat["id"], message))
    return found


def _read(chat_id: int, message: dict[str, Any]) -> Accepted:
    first = message["revisions"][0] if message["revisions"] else message
    text = first["text"].removeprefix(MARK)
    day = datetime.fromtimestamp(message["date"], UTC).astimezone(SEOUL).date()
    is_daily = any(one in text.partition("\n")[0] for one in DAILY)
    return Accepted((chat_id, day if is_daily else text), text, first["text"].startswith(MARK), is_daily, day)


@dataclass(frozen=True)
class Ledger:
    """The rows of the ledger that stand for messages of their own; edits write over one that is there."""

    rows: list[Delivery]

    @property
    def by_key(self) -> dict[Key, list[Delivery]]:
        found: dict[Key, list[Delivery]] = defaultdict(list)
        for row in self.rows:
            found[key_of(row)].append(row)
        return found


def ledger(session: Session) -> Ledger:
    query = select(Delivery).where(Delivery.kind != DeliveryKind.EDIT).order_by(Delivery.id)
    return Ledger(list(session.scalars(query)))


def key_of(row: Delivery) -> Key:
    if row.kind is DeliveryKind.DIGEST:
        return row.chat_id, row.day or f"cancelled:{row.id}"
    return row.chat_id, formatted(row.payload["text"], "HTML", None)[0]
