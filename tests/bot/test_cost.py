"""What an officer writes costs what it is about, however large the office and however long the ledger has grown."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from json import dumps
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select
from telegram import Update

from benchmarks.fill import BEGAN, BOT_ID, NOW, SEOUL, Size, chat_of, fill, rules
from benchmarks.tick import StandingClock, loop_of
from bot.chat.turn import Office
from bot.digest.daily_message import DigestRenderer
from bot.intake.dispatch import Dispatcher
from jobs.delivery.deliver import Deliverer
from jobs.settings import LinkSettings
from store import inbox
from store.db.base import Base
from store.db.engine import Store
from store.models import Assignment, Milestone
from store.states import DeliveryKind, DeliveryState, MilestoneState
from tests.jobs.desk import FakeSender
from tests.steps import counted

SAME = 1.02  # a page more or less
ALIKE = 1.2  # who shares a transaction with whom differs from run to run
WRITER = 1  # the officer
SMALL, LARGE = (500, 1), (5_000, 60)  # milestones, days that lie behind


@dataclass
class City:
    """An office at work: its store, what it answers with, and numbers that the writer may report."""

    store: Store
    dispatcher: Dispatcher
    office: Office
    numbers: list[int]
    said: int = 0

    def cost(self, text: str) -> int:
        """Steps of one message of the writer's, from the update to what is owed for it."""
        self.said += 1
        (one,) = self._take_in(text)
        return counted(self.store, lambda: self.dispatcher.handle(*one))

    def _take_in(self, text: str) -> list[tuple[int, Update]]:
        chat = chat_of(WRITER)
        who = {"id": chat, "is_bot": False, "first_name": "직원"}
        message: dict[str, Any] = {"message_id": self.said, "date": int(NOW.timestamp()), "text": text}
        message |= {"chat": {"id": chat, "type": "private"}, "from": who}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        update = {"update_id": self.said, "message": message}
        with self.store.write() as session:
            rows = inbox.receive(session, BOT_ID, [(self.said, chat, dumps(update))], NOW)
            return [(row.id, Update.de_json(update, None)) for row in rows]

    def cost_of_sending(self) -> int:
        """Steps from the claim to the record, of all that waits."""
        deliverer = Deliverer(
            self.store, FakeSender(), DigestRenderer(self.office), self.office.rules, StandingClock(), "test"
        )
        return counted(self.store, lambda: asyncio.run(deliverer.deliver_all()))


def _city(path: Path, milestones: int, days: int) -> City:
    store = fill(path, Size(milestones, owed=20))
    _grow(store, milestones, days)
    links = LinkSettings()
    office = Office(name="시청", zone=SEOUL, rules=rules(), links=links, bot_id=BOT_ID)
    loop_of(store).owe()
    mine = (
        select(Milestone.id)
        .join(Assignment, Assignment.task_id == Milestone.task_id)
        .where(Assignment.officer_id == WRITER, Milestone.state == MilestoneState.PLANNED)
    )
    with store.read() as session:
        numbers = list(session.scalars(mine.order_by(Milestone.id)))
    return City(store, Dispatcher(store, office, StandingClock()), office, numbers)


def _grow(store: Store, milestones: int, days: int) -> None:
    """Everybody got a daily message, an answer, news and an edit on each of the days."""
    kinds = {
        DeliveryKind.DIGEST: "digest",
        DeliveryKind.REPLY: "reply",
        DeliveryKind.EVENT: "approval-request",
        DeliveryKind.EDIT: "edit",
    }
    common = {"state": DeliveryState.SENT, "priority": 3, "attempts": 1, "uncertain_sends": 0, "payload": {}}
    common |= {"part": 1, "page": 1}
    rows: list[dict[str, Any]] = []
    for day in range(1, days + 1):
        at = BEGAN + timedelta(days=day)
        for officer in range(1, Size(milestones).officers + 1):
            whose = common | {
                "officer_id": officer,
                "chat_id": chat_of(officer),
                "created_at": at,
                "sent_at": at,
            }
            for kind, event in kinds.items():
                is_digest = kind is DeliveryKind.DIGEST
                number = (day * 10_000 + officer) * 10 + len(rows) % 4
                rows.append(
                    whose
                    | {"kind": kind, "event": event, "message_id": number}
                    | {"day": at.date() if is_digest else None}
                    | {"cause": None if is_digest else f"{event}:{number}"}
                )
    if rows:
        with store.write() as session:
            session.execute(insert(Base.metadata.tables["delivery"]), rows)


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[City, City]]:
    """A small office on its second day, and one ten times as large after sixty days."""
    folder = tmp_path_factory.mktemp("cost")
    found = _city(folder / "small.db", *SMALL), _city(folder / "large.db", *LARGE)
    yield found
    for one in found:
        one.store.close()


@pytest.mark.parametrize(
    "texts",
    [
        ["/my"],
        ["/done {0}", "/undo"],
        ["{1} 끝냈습니다"],
        ["/delay {2} 7.30 업체 사정"],
        ["/delay {3} 7.31", "보상 협의가 늦어지고 있습니다"],
        ["/task {4}", "/note {4} 메모", "/progress {4} 50"],
        ["/find 추진일정 77"],
        ["/help", "/away 7.10", "/stop", "/start"],
    ],
    ids=lambda texts: texts[0].split()[0],
)
def test_what_is_written_costs_the_same_in_a_large_and_old_office(
    cities: tuple[City, City], texts: list[str]
) -> None:
    few, many = (sum(city.cost(text.format(*city.numbers)) for text in texts) for city in cities)
    assert 0 < many <= few * SAME


def test_what_is_sent_costs_the_same_in_a_large_and_old_office(cities: tuple[City, City]) -> None:
    few, many = (city.cost_of_sending() for city in cities)
    assert 0 < many <= few * ALIKE
