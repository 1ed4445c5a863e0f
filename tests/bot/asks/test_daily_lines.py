"""Requests in the daily message: on four days, at most three with a button, gone once answered; an hour that comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from jobs.owed.next_look import next_scheduled_at
from store import asks
from store.deliveries import Message
from store.states import DeliveryKind, RoleName
from tests.bot.asks.office import CONTACT, FORM, LEAD, PARKS, PLANNER, ask, office, reply
from tests.bot.chat import SEOUL, Chat


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    made = office(tmp_path)
    yield made
    made.store.close()


def to(chat: Chat, day: date, hour: int = 9, minute: int = 10) -> None:
    chat.clock.current = datetime(day.year, day.month, day.day, hour, minute, tzinfo=SEOUL)


def morning(chat: Chat, name: str = CONTACT) -> Message | None:
    """What the day's message says to the person, if one comes."""
    chat.scan()
    found = [message for chat_id, message in chat.send_messages() if chat_id == chat.people[name]]
    assert len(found) <= 1
    return found[0] if found else None


def labels(message: Message) -> list[str]:
    return [one["text"] for row in message.keyboard for one in row]


def pressed(chat: Chat, name: str, message: Message, label: str) -> str:
    """What the button of the day's message is answered."""
    data = [one["data"] for row in message.keyboard for one in row if label in one["text"]]
    return chat.press(name, data[0])[0]


def told_on(chat: Chat, number: int, first: date, last: date, name: str = CONTACT) -> list[date]:
    """The days on which the request stands in the person's message."""
    found = []
    for day in range(first.toordinal(), last.toordinal() + 1):
        to(chat, date.fromordinal(day))
        message = morning(chat, name)
        if message is not None and f"요청 {number}</b>" in message.text:
            found.append(date.fromordinal(day))
    return found


def test_it_comes_up_on_the_opening_day_half_way_three_days_before_and_on_the_day(chat: Chat) -> None:
    number = ask(chat, opens_on=date(2026, 7, 1), due_on=date(2026, 7, 15))
    days = told_on(chat, number, date(2026, 6, 30), date(2026, 7, 24))
    assert days == [
        date(2026, 7, 1),
        date(2026, 7, 8),
        date(2026, 7, 10),
        date(2026, 7, 15),
    ]  # the 12th is a Sunday


def test_who_has_answered_hears_nothing_more(chat: Chat) -> None:
    number = ask(chat)
    assert morning(chat) is not None
    chat.say(CONTACT, f"요청 {number} 없음")
    chat.send_all()
    assert told_on(chat, number, date(2026, 7, 1), date(2026, 7, 10)) == []


def test_the_departments_own_later_day_counts(chat: Chat) -> None:
    number = ask(chat, due_on=date(2026, 7, 3))
    chat.say(PLANNER, f"/ask {number} 연장 7.31 의회 일정")
    chat.send_all()
    days = told_on(chat, number, date(2026, 7, 1), date(2026, 7, 31))
    assert days[-1] == date(2026, 7, 31) and date(2026, 7, 3) not in days


def test_at_most_three_have_a_button_and_the_rest_is_a_count(chat: Chat) -> None:
    numbers = [ask(chat, title=f"조사 {at}", due_on=date(2026, 7, 6 + at)) for at in range(5)]
    message = morning(chat)
    assert message is not None
    assert [one for one in labels(message) if "답하기" in one] == [
        f"✏️ 요청 {one} 답하기" for one in numbers[:3]
    ]
    assert "이 밖에 답하실 요청 2건이 더 있습니다" in message.text
    assert f"[요청 {numbers[0]}]" in pressed(chat, CONTACT, message, f"요청 {numbers[0]} 답하기")


def test_what_was_answered_before_the_message_goes_out_is_left_out_of_it(chat: Chat) -> None:
    ask(chat, title="하나")
    second = ask(chat, title="둘")
    chat.scan()
    chat.say(CONTACT, f"요청 {second} 없음")
    [text] = [
        text for chat_id, text in chat.send_all() if chat_id == chat.people[CONTACT] and "확인 필요" in text
    ]
    assert "하나" in text and "둘" not in text


def test_nobody_is_told_of_a_request_in_a_message_of_its_own(chat: Chat) -> None:
    ask(chat)
    before = len(chat.owed())
    chat.scan()
    new = chat.owed()[before:]
    assert {one.kind for one in new} == {DeliveryKind.DIGEST}
    assert {one.officer_id for one in new} == {chat.officer(name).id for name in (CONTACT, PARKS)}


def test_a_lead_is_told_the_next_day_what_waits_with_all_and_one_by_one(chat: Chat) -> None:
    numbers = [ask(chat, steps=("answer", "confirm"), title=f"조사 {at}") for at in range(2)]
    for one in numbers:
        chat.say(CONTACT, f"요청 {one} 없음")
    chat.send_all()
    to(chat, date(2026, 7, 1))
    first = morning(chat, LEAD)
    assert first is not None and "확인하실 회신 2건이 있습니다." in first.text
    assert labels(first)[:2] == ["✅ 모두 확인 (2건)", "하나씩"]
    to(chat, date(2026, 7, 2))
    assert morning(chat, LEAD) is None
    assert f"[요청 {numbers[0]}]" in pressed(chat, LEAD, first, "하나씩")
    chat.tap(LEAD, "✅ 확인")
    assert reply(chat, numbers[0])[0].state.value == "confirmed"


@pytest.fixture
def timed(chat: Chat) -> int:
    """Due at 14:00 on 10 July."""
    return ask(chat, due_minute=14 * 60)


def hours(chat: Chat, day: date) -> list[tuple[str, str]]:
    """When on that day a message of its own comes to the contact, a quarter of an hour at a time."""
    found = []
    for minute in range(9 * 60, 19 * 60, 15):
        to(chat, day, *divmod(minute, 60))
        chat.scan()
        for chat_id, text in chat.send_all():
            if chat_id == chat.people[CONTACT] and "제출하지 않으셨습니다" in text:
                found.append((f"{minute // 60}:{minute % 60:02}", text))
    return found


def test_with_an_hour_it_comes_up_the_day_before_too_and_two_hours_before(chat: Chat, timed: int) -> None:
    days = told_on(chat, timed, date(2026, 6, 30), date(2026, 7, 9))
    assert days == [date(2026, 6, 30), date(2026, 7, 3), date(2026, 7, 7), date(2026, 7, 9)]
    [(at, text)] = hours(chat, date(2026, 7, 10))
    assert (at, "오늘 14:00까지" in text) == ("12:00", True)
    assert FORM.title is not None and FORM.title in text


def test_who_answered_in_time_is_not_called(chat: Chat, timed: int) -> None:
    to(chat, date(2026, 7, 10), 11)
    chat.say(CONTACT, f"요청 {timed} 없음")
    chat.send_all()
    assert hours(chat, date(2026, 7, 10)) == []


@pytest.mark.parametrize(("minute", "at"), [(10 * 60, None), (20 * 60, "17:00"), (11 * 60 + 30, "9:30")])
def test_the_call_lies_inside_working_hours(chat: Chat, minute: int, at: str | None) -> None:
    """Where the day's own message comes at that time, it says enough."""
    ask(chat, due_minute=minute)
    assert [one for one, _ in hours(chat, date(2026, 7, 10))] == ([at] if at else [])


def test_the_call_is_known_beforehand_to_who_moves_the_clock(chat: Chat, timed: int) -> None:
    to(chat, date(2026, 7, 10), 10)
    chat.scan()
    chat.send_all()
    with chat.store.read() as session:
        stop = next_scheduled_at(session, chat.clock.now(), chat.rules)
    assert stop == datetime(2026, 7, 10, 12, 0, tzinfo=SEOUL)
    assert timed


def looked_through(chat: Chat) -> int:
    """How many replies a scan reads."""
    with chat.store.read() as session:
        return len(asks.seats(session, chat.clock.now().date(), is_unsettled=True))


def test_what_everybody_has_been_told_of_is_not_looked_through_again_that_day(chat: Chat) -> None:
    number = ask(chat)
    assert looked_through(chat) == 3
    chat.scan()
    assert looked_through(chat) == 0
    chat.say(PLANNER, f"/ask {number} 연장 7.31 의회 일정")
    assert looked_through(chat) == 3
    chat.scan()
    to(chat, date(2026, 7, 1))
    assert looked_through(chat) == 3


def test_who_becomes_contact_or_links_later_that_day_is_told_the_same_day(chat: Chat) -> None:
    ask(chat)
    chat.scan()
    chat.send_all()
    chat.join("감서무", RoleName.CONTACT, "감사실")
    chat.send_all()
    assert morning(chat, "감서무") is not None


def test_what_is_sent_back_comes_up_the_same_day(chat: Chat) -> None:
    number = ask(chat, steps=("answer", "confirm"), opens_on=date(2026, 6, 30))
    chat.say(CONTACT, f"요청 {number} 없음")
    chat.scan()
    chat.send_all()
    assert looked_through(chat) == 0
    chat.say(PLANNER, f"/ask {number} 도로과")
    chat.tap(PLANNER, "보완 요청")
    chat.say(PLANNER, "금액을 확인해 주십시오")
    assert looked_through(chat) == 3
