"""A rush of updates shares transactions: each keeps its own effect and answer, and none stops another's."""

from __future__ import annotations

from datetime import date
from json import dumps
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from telegram import Update

from bot.intake.dispatch import Incoming
from jobs.clock import real_now
from store import inbox
from store.models import InboxUpdate
from store.states import InboxState, MilestoneState
from tests.bot.chat import BOT_ID, Chat, entry, task

NAMES = ("김하늘", "이바다", "박산들")


@pytest.fixture
def office(tmp_path: Path) -> Chat:
    """Three officers, each with a task of the own."""
    works = [task(f"{name} 사업", "도로과", [name], entry(f"{name} 일", date(2026, 6, 30))) for name in NAMES]
    chat = Chat(tmp_path, *works)
    for name in NAMES:
        chat.join(name)
    return chat


def incoming(chat: Chat, **texts: str) -> list[Incoming]:
    """What each of them writes, kept in the inbox and not handled yet."""
    found = []
    for name, text in texts.items():
        user = chat.people[name]
        who = {"id": user, "is_bot": False, "first_name": name}
        message = {"message_id": user, "date": 1, "chat": {"id": user, "type": "private"}, "from": who}
        json: dict[str, Any] = {"update_id": user, "message": message | {"text": text}}
        with chat.store.write() as session:
            (row,) = inbox.receive(session, BOT_ID, [(user, user, dumps(json))], real_now())
            found.append(Incoming(row.id, Update.de_json(json, None)))
    return found


def dones(chat: Chat) -> dict[str, str]:
    return {name: f"/done {chat.number(f'{name} 일')}" for name in NAMES}


def states(chat: Chat) -> list[MilestoneState]:
    return [chat.milestone(f"{name} 일").state for name in NAMES]


def left(chat: Chat) -> int:
    with chat.store.read() as session:
        new = InboxUpdate.state == InboxState.NEW
        return session.scalar(select(func.count()).select_from(InboxUpdate).where(new)) or 0


def test_each_has_its_effect_and_its_answer(office: Chat) -> None:
    given = office.dispatcher.handle_all(incoming(office, **dones(office)))
    assert (given, states(office), left(office)) == ([None] * 3, [MilestoneState.DONE] * 3, 0)
    for name in NAMES:
        answers = [one.payload["text"] for one in office.owed(office.people[name])]
        assert sum(f"{name} 일" in text and "완료" in text for text in answers) == 1


def test_a_rush_is_one_transaction(office: Chat) -> None:
    rush = incoming(office, **dones(office))
    opened: list[str] = []
    event.listen(office.store.writer, "begin", lambda _connection: opened.append("BEGIN"))
    office.dispatcher.handle_all(rush)
    assert len(opened) == 1


def test_who_comes_later_sees_what_the_earlier_ones_changed(office: Chat) -> None:
    number = office.number("김하늘 일")
    first = incoming(office, 김하늘=f"/done {number}")
    again = Incoming(first[0].inbox_id, first[0].update)
    office.dispatcher.handle_all([*first, again, *incoming(office, 이바다=f"/done {number}")])
    answers = [one.payload["text"] for one in office.owed(office.people["이바다"])]
    assert office.milestone("김하늘 일").revision == 2
    assert any(f"#{number}번은 조회하실 수 있는 일정 가운데 없습니다" in text for text in answers)


def test_one_that_breaks_stops_nobody_elses(office: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    effect = office.dispatcher._talk

    def broken(session: Any, one: Incoming) -> Any:
        talked = effect(session, one)
        if one.update.effective_chat is not None and one.update.effective_chat.id == office.people["이바다"]:
            raise KeyError("wire")
        return talked

    rush = incoming(office, **dones(office))
    monkeypatch.setattr(office.dispatcher, "_talk", broken)
    office.dispatcher.handle_all(rush)
    assert states(office) == [MilestoneState.DONE, MilestoneState.PLANNED, MilestoneState.DONE]
    with office.store.read() as session:
        failed = session.scalars(select(InboxUpdate).where(InboxUpdate.state == InboxState.FAILED)).one()
    assert (failed.id, failed.error) == (rush[1].inbox_id, "KeyError: 'wire'")


def test_a_store_that_is_gone_leaves_all_of_them_owed(office: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("disk I/O error"))

    rush = incoming(office, **dones(office))
    monkeypatch.setattr("store.inbox.mark_handled", gone)
    monkeypatch.setattr("bot.intake.dispatch.BUSY_PAUSE_S", 0.0)
    given = office.dispatcher.handle_all(rush)
    assert [type(one) for one in given] == [OperationalError] * 3
    assert (states(office), left(office)) == ([MilestoneState.PLANNED] * 3, 3)
