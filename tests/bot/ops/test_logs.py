"""The log of a day: whatever happens, no name, no title, no word of a chat and no token stands in it."""

from __future__ import annotations

import asyncio
import io
import logging
import re
from collections.abc import Iterator

import pytest
from sqlalchemy.exc import IntegrityError

from bot.digest.daily_message import DigestRenderer
from bot.ops import logs
from jobs.delivery.deliver import Deliverer
from jobs.delivery.telegram_errors import SendFault
from tests.bot.chat import Chat
from tests.bot.ops.test_secrecy import TOKEN
from tests.jobs.desk import FakeSender, fault

LINE = re.compile(r"[\d-]+T[\d:.]+[+-]\d\d:\d\d [A-Z]+ (bot|jobs|store)\.[\w.]+ action=[a-z-]+( [a-z]+=\S+)*")
SAID = [
    "김하늘",
    "박바다",
    "이팀장",
    "최기획",
    "보행로 정비",
    "설계 용역",
    "도로과",
    "업체와 협의 중",
    "의회",
    TOKEN,
]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything our loggers write, formatted as `gihan run` formats it, at DEBUG."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.RedactingFormatter(logs.FORMAT))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def deliver(chat: Chat, sender: FakeSender) -> None:
    render = DigestRenderer(chat.office)
    asyncio.run(Deliverer(chat.store, sender, render, chat.rules, chat.clock, "one").deliver_all())


def drive(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reminders, answers, refusals, a message that breaks, a text that breaks the handling."""
    number, sender = chat.number("설계 용역"), FakeSender()
    chat.scan()
    for kind in (SendFault.REFUSED, SendFault.UNCERTAIN, SendFault.TEMPORARY, SendFault.UNREACHABLE):
        failed = fault(kind)
        failed.detail = f"can't parse entities: 설계 용역 {TOKEN}"
        sender.will_answer(chat.people["박바다"], failed)
    deliver(chat, sender)
    chat.say("김하늘", f"/note {number} 업체와 협의 중")
    chat.say("김하늘", f"/delay {number} 7.20 의회 일정")
    chat.say("김하늘", f"/done {number}")
    deliver(chat, sender)

    def broken(*_: object) -> None:
        try:
            raise IntegrityError("INSERT", {"name": "김하늘", "title": "설계 용역"}, ValueError("도로과"))
        except IntegrityError as error:
            raise KeyError("의회 일정\n박바다") from error

    monkeypatch.setattr("bot.intake.dispatch.Conversation.take", broken)
    chat.say("김하늘", "업체와 협의 중")


def test_no_name_no_title_no_word_and_no_token_in_a_days_log(
    linked: Chat, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive(linked, monkeypatch)
    assert {"sent", "handled", "send-failed", "handle-failed"} <= set(
        re.findall(r"action=([a-z-]+)", log.getvalue())
    )
    assert [word for word in SAID if word in log.getvalue()] == []


def test_every_line_is_one_action_with_its_facts(
    linked: Chat, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive(linked, monkeypatch)
    ours = [line for line in log.getvalue().splitlines() if " asyncio " not in line]
    assert len(ours) > 10
    assert [line for line in ours if not LINE.fullmatch(line)] == []


def test_an_error_is_told_by_its_classes_and_where_it_passed(
    linked: Chat, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive(linked, monkeypatch)
    assert re.search(
        r"action=handle-failed inbox=\d+ error=KeyError<IntegrityError at=bot/intake/dispatch\.py:\d+",
        log.getvalue(),
    )
