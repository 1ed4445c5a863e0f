"""What is entered and due today is told today, whether the day's message is out or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from store.states import DeliveryKind, MilestoneState, RoleName
from tests.bot.chat import Chat, entry, task

TODAY = date(2026, 6, 30)


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    """09:40 of a working day; 김하늘 got the day's message at 09:10, 박바다 had nothing to get."""
    made = Chat(
        tmp_path,
        task("사업", "도로과", ["김하늘"], entry("설계", TODAY)),
        task("대기", "환경과", ["박바다"], entry("측정", date(2026, 9, 10))),
    )
    made.clock.forward(minutes=-20)
    for name, role in (
        ("최기획", RoleName.PLANNER),
        ("김하늘", RoleName.OFFICER),
        ("박바다", RoleName.OFFICER),
    ):
        made.join(name, role)
    made.clock.forward(minutes=20)
    made.scan()
    made.send_all()
    made.clock.forward(minutes=30)
    yield made
    made.store.close()


def sent_to(chat: Chat, name: str) -> list[str]:
    chat.scan()
    return [text for where, text in chat.send_all() if where == chat.people[name]]


def add(chat: Chat, of: str) -> None:
    chat.say("최기획", f"/add {chat.milestone(of).task_id} 2026. 6. 30. 긴급 현황 제출")


@pytest.mark.open_door("kind J")
def test_whose_message_is_out_gets_one_of_its_own_once(chat: Chat) -> None:
    add(chat, "설계")
    [told] = sent_to(chat, "김하늘")
    assert "[오늘 기한]" in told and "긴급 현황 제출" in told
    assert sent_to(chat, "김하늘") == []


@pytest.mark.open_door("kind J")
def test_who_had_no_message_today_gets_the_days_message(chat: Chat) -> None:
    add(chat, "측정")
    [told] = sent_to(chat, "박바다")
    assert "오늘 기한" in told and "긴급 현황 제출" in told
    kinds = [one.kind for one in chat.owed(chat.people["박바다"])]
    assert kinds.count(DeliveryKind.DIGEST) == 1


@pytest.mark.open_door("kind J")
def test_a_document_registered_after_the_mornings_message_is_told_today(chat: Chat) -> None:
    chat.register(task("새 사업", "도로과", ["김하늘"], entry("오늘 일", TODAY)), title="새 계획")
    assert any("오늘 일" in one for one in sent_to(chat, "김하늘"))


def test_what_was_settled_meanwhile_is_not_told(chat: Chat) -> None:
    add(chat, "설계")
    chat.scan()
    chat.say("김하늘", f"/done {chat.number('긴급 현황 제출')}")
    assert chat.milestone("긴급 현황 제출").state is MilestoneState.DONE
    assert not [text for text in sent_to(chat, "김하늘") if "[오늘 기한]" in text]
