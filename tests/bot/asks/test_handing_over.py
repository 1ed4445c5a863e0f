"""[담당자에게 넘기기]: an officer of the department fills in rows, the contact gathers and hands them in: one reply."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.states import AnswerState
from tests.bot.asks.office import CONTACT, OFFICER, PARKS, ask, log, office, reply
from tests.bot.chat import Chat


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    made = office(tmp_path)
    yield made
    made.store.close()


def hand(chat: Chat, number: int, name: str = OFFICER) -> str:
    chat.say(CONTACT, f"/ask {number}")
    chat.tap(CONTACT, "담당자에게 넘기기")
    return chat.say(CONTACT, name)[0]


def fill(chat: Chat, *said: str) -> None:
    chat.tap(OFFICER, "답하기")
    for one in said:
        chat.say(OFFICER, one)


def test_an_officer_fills_in_and_the_contact_hands_in(chat: Chat) -> None:
    number = ask(chat)
    assert "김하늘 주무관님께 넘겼습니다" in hand(chat, number)
    fill(chat, "쉼터 조성", "30", "국비")
    assert "1건을 서무님께 전하였습니다" in chat.tap(OFFICER, "1건 제출")[0]
    assert reply(chat, number)[0].state is AnswerState.ASKED  # nothing is handed in by it
    told = [one for one in chat.owed(chat.people[CONTACT]) if one.event == "ask-part-filled"]
    assert len(told) == 1 and "1건을 적었습니다" in told[0].payload["text"]
    assert "쉼터 조성" in chat.tap(CONTACT, "모아서 제출")[0]
    chat.tap(CONTACT, "한 건 더")
    for one in ("가로등", "12"):
        chat.say(CONTACT, one)
    chat.tap(CONTACT, "비워 두기")
    chat.tap(CONTACT, "2건 제출")
    own, rows = reply(chat, number)
    assert (own.state, own.answered_by) == (AnswerState.ANSWERED, CONTACT)
    assert rows == [{"c3": "쉼터 조성", "c4": 30, "c5": "국비"}, {"c3": "가로등", "c4": 12}]
    assert [one for one in log(chat) if "part" in one] == ["reply-part-asked", "reply-part-filled"]


def test_the_officer_is_reminded_in_the_daily_message_until_it_is_filled_in(chat: Chat) -> None:
    number = ask(chat)
    hand(chat, number)
    chat.scan()
    sent = {chat_id: text for chat_id, text in chat.send_all() if "확인 필요" in text}
    assert f"요청 {number}</b>" in sent[chat.people[OFFICER]]
    chat.press(OFFICER, f"v1|askfill|{reply(chat, number)[0].id}|0")
    for one in ("쉼터", "3", "없음"):
        chat.say(OFFICER, one)
    chat.tap(OFFICER, "1건 제출")
    chat.send_all()
    chat.clock.forward(days=10)
    chat.scan()
    assert not [
        1 for chat_id, text in chat.send_all() if chat_id == chat.people[OFFICER] and f"요청 {number}" in text
    ]


def test_whole_rows_at_once_go_to_the_contact_too(chat: Chat) -> None:
    number = ask(chat)
    hand(chat, number)
    chat.tap(OFFICER, "답하기")
    assert "2건을 서무님께" in chat.say(OFFICER, "쉼터 / 3; 가로등 / 4")[0]
    chat.say(CONTACT, f"요청 {number} 없음")
    chat.press(OFFICER, f"v1|askfill|{reply(chat, number)[0].id}|0")
    assert "제출 상태" in chat.say(OFFICER, "쉼터 / 9; 가로등 / 9")[0]
    assert reply(chat, number)[1] == []


def test_only_to_somebody_of_the_department_and_once(chat: Chat) -> None:
    number = ask(chat)
    assert "없거나 여러 분" in hand(chat, number, PARKS)
    chat.say(CONTACT, "취소")
    hand(chat, number)
    assert "이미 넘겼습니다" in hand(chat, number)
    assert "아직 적지 않음" in chat.say(CONTACT, f"/ask {number}")[0]


def test_without_anything_handed_over_an_officer_cannot_answer(chat: Chat) -> None:
    number = ask(chat)
    own = reply(chat, number)[0]
    assert "보실 수 있는 요청 가운데 없습니다" in chat.press(OFFICER, f"v1|askfill|{own.id}|0")[0]
    hand(chat, number)
    chat.press(OFFICER, f"v1|asknone|{own.id}|0")
    assert reply(chat, number)[0].version == 0
