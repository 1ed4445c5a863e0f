"""Files of messages are made beside everything else: one at a time, one for all who ask for the same."""

from __future__ import annotations

import asyncio
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.digest import files as making
from bot.digest.daily_message import DigestRenderer
from bot.digest.files import Files
from jobs.delivery.deliver import Deliverer
from store.deliveries import Message
from store.models import Delivery
from store.states import DeliveryState, RoleName
from tests.bot.chat import Chat, entry, task


@pytest.fixture
def office(tmp_path: Path) -> Chat:
    chat = Chat(tmp_path, task("보행로 정비", "도로과", ["김하늘"], entry("설계", date(2026, 7, 10))))
    chat.join("최기획", RoleName.PLANNER)
    chat.join("김하늘")
    chat.send_all()
    return chat


class Drawing:
    """In the place of the drawing: counts, and lasts until it may end."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may_end = threading.Event()
        self.made = 0
        monkeypatch.setitem(making.FILES, "picture", (None, self))
        monkeypatch.setitem(making.FILES, "year", (None, self))

    def __call__(self, *_facts: object) -> tuple[str, bytes]:
        self.made += 1
        assert self.may_end.wait(20)
        return "그림.png", b"png"


class Out:
    """A sender that takes everything down."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, Message]] = []

    async def send(self, chat_id: int, message: Message) -> int:
        self.sent.append((chat_id, message))
        return 1000 + len(self.sent)

    async def edit(self, chat_id: int, message_id: int, message: Message) -> None:
        self.sent.append((chat_id, message))


def deliverer_of(office: Chat, out: Out) -> tuple[Deliverer, Files]:
    files = Files(office.store, office.office, lambda: None)
    renderer = DigestRenderer(office.office, files)
    return Deliverer(office.store, out, renderer, office.rules, office.clock, "test"), files


def deliver(deliverer: Deliverer) -> None:
    asyncio.run(deliverer.deliver_all())


def until_there(deliverer: Deliverer, out: Out, count: int) -> None:
    """Deliver again and again, as the loop does, until so many messages are out."""
    end = time.monotonic() + 30
    while len(out.sent) < count and time.monotonic() < end:
        deliver(deliverer)
        time.sleep(0.02)
    assert len(out.sent) == count


@pytest.mark.open_door("B8")
def test_nobody_waits_for_a_picture_that_is_being_made(office: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing, out = Drawing(monkeypatch), Out()
    monkeypatch.setattr("jobs.delivery.deliver.MAKING_PAUSE_S", 0.01)
    deliverer, files = deliverer_of(office, out)
    office.press("최기획", "v1|stpic0|1|0")
    deliver(deliverer)
    office.say("김하늘", "/my")
    deliver(deliverer)
    assert [chat for chat, _ in out.sent] == [office.people["김하늘"]]
    drawing.may_end.set()
    until_there(deliverer, out, 2)
    assert out.sent[-1][1].document == ("그림.png", b"png")
    files.close()


@pytest.mark.open_door("B8")
def test_a_dozen_presses_make_one_file_and_say_that_it_is_being_made(
    office: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing, out = Drawing(monkeypatch), Out()
    monkeypatch.setattr("jobs.delivery.deliver.MAKING_PAUSE_S", 0.01)
    drawing.may_end.set()
    answers = [office.press("최기획", "v1|stpic0|1|0")[0] for _ in range(12)]
    assert [one for one in answers if "만들고 있습니다" in one] == answers[1:]
    deliverer, files = deliverer_of(office, out)
    until_there(deliverer, out, 12)
    assert drawing.made == 1
    files.close()


@pytest.mark.open_door("B8")
def test_the_same_file_again_is_not_made_again_until_something_changes(
    office: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing, out = Drawing(monkeypatch), Out()
    monkeypatch.setattr("jobs.delivery.deliver.MAKING_PAUSE_S", 0.01)
    drawing.may_end.set()
    deliverer, files = deliverer_of(office, out)
    made = []
    for number in range(3):
        office.clock.forward(minutes=1)
        if number == 2:
            office.say("김하늘", f"/done {office.number('설계')}")
        office.press("최기획", "v1|stpic0|1|0")
        waiting = len(office.owed())
        until_there(deliverer, out, len(out.sent) + sum(_is_waiting(one) for one in office.owed()))
        assert waiting
        made.append(drawing.made)
    assert made == [1, 1, 2]
    files.close()


def _is_waiting(one: Delivery) -> bool:
    return one.state is DeliveryState.PENDING


@pytest.mark.open_door("B8")
def test_a_file_that_cannot_be_made_fails_alone(office: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_facts: object) -> None:
        raise ValueError("no picture")

    monkeypatch.setitem(making.FILES, "picture", (None, breaks))
    monkeypatch.setattr("jobs.delivery.deliver.MAKING_PAUSE_S", 0.01)
    out = Out()
    deliverer, files = deliverer_of(office, out)
    office.press("최기획", "v1|stpic0|1|0")
    office.say("김하늘", "/my")
    until_there(deliverer, out, 1)
    end = time.monotonic() + 20
    while _state_of_the_picture(office) is not DeliveryState.FAILED and time.monotonic() < end:
        deliver(deliverer)
    assert _state_of_the_picture(office) is DeliveryState.FAILED
    files.close()


def _state_of_the_picture(office: Chat) -> DeliveryState:
    with office.store.read() as session:
        return session.scalars(select(Delivery).where(Delivery.event.startswith("file:"))).one().state


def test_other_kinds_of_files_do_not_wait_for_each_other(office: Chat) -> None:
    office.press("최기획", "v1|stpic0|1|0")
    assert "연간 일정표" in office.press("최기획", "v1|styear0|1|0")[0]
