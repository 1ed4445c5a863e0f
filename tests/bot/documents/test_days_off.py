"""/daysoff: the planning office's own days off, in chat or from an .ics; what is still to come changes by them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.documents.upload import Attachment
from jobs.owed.next_look import reschedule
from plans.readers.ics import read_days
from store import own_days
from store.states import RoleName
from tests.bot.chat import Chat, entry, task

CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260803
DTEND;VALUE=DATE:20260805
SUMMARY:개청
 기념일\\, 한별시
END:VEVENT
BEGIN:VEVENT
DTSTART:20200101
SUMMARY:지난 날
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    made = Chat(tmp_path, task("축제", "관광과", ["김하늘"], entry("무대 설치", date(2026, 7, 8))))
    made.join("김하늘")
    made.join("최기획", RoleName.PLANNER)
    return made


def off(chat: Chat) -> dict[date, bool]:
    with chat.store.read() as session:
        return own_days.working(session)


def test_a_day_off_is_entered_and_told_with_what_is_due_on_it(chat: Chat) -> None:
    said = chat.say("최기획", "/daysoff 7.8 개청기념일")[0]
    assert "2026. 7. 8.(수)" in said and "개청기념일" in said and "일정 1건" in said
    assert off(chat) == {date(2026, 7, 8): False}
    assert not chat.rules.calendar.is_working(date(2026, 7, 8))


@pytest.mark.open_door("kind L")
def test_what_is_still_to_come_is_worked_out_anew(chat: Chat) -> None:
    chat.clock.forward(days=1)
    chat.scan()
    chat.say("최기획", "/daysoff 7.8 개청기념일")
    with chat.store.write() as session:
        assert reschedule(session, chat.clock.now(), chat.rules)[0] >= 0
    chat.clock.forward(days=6)  # 7.7., the last working day now
    chat.scan()
    assert any("휴무일" in text and "무대 설치" in text for _, text in chat.send_all())
    chat.clock.forward(days=1)
    chat.scan()
    assert chat.send_all() == []


def test_a_span_a_worked_day_and_what_is_lifted(chat: Chat) -> None:
    chat.say("최기획", "/daysoff 12.30-12.31 종무")
    chat.say("최기획", "/daysoff 7.17 근무 행사 준비")
    assert off(chat) == {date(2026, 7, 17): True, date(2026, 12, 30): False, date(2026, 12, 31): False}
    assert chat.rules.calendar.is_working(date(2026, 7, 17))
    chat.say("최기획", "/daysoff 12.30 해제")
    assert date(2026, 12, 30) not in off(chat)
    assert "종무" in chat.say("최기획", "/daysoff")[0]


@pytest.mark.parametrize("words", ["언젠가 종무식", "1.1-12.31 쉼"])
def test_what_cannot_be_is_answered_with_an_example_and_changes_nothing(chat: Chat, words: str) -> None:
    assert "예)" in chat.say("최기획", f"/daysoff {words}")[0]
    assert off(chat) == {}


def test_only_the_planning_office_enters_them(chat: Chat) -> None:
    assert "기획실에서만" in chat.say("김하늘", "/daysoff 12.31 종무식")[0]
    assert off(chat) == {}


def test_a_calendar_file_is_shown_and_registered_by_a_button(chat: Chat) -> None:
    days = tuple(read_days(CALENDAR))
    said = chat.send_document("최기획", Attachment("휴무일.ics", days=days))[0]
    assert "휴무일 2일" in said and off(chat) == {}
    chat.tap("최기획", "휴무일 2일 등록")
    assert off(chat) == {date(2026, 8, 3): False, date(2026, 8, 4): False}


def test_whole_days_of_a_calendar_are_read_with_their_names() -> None:
    found = read_days(CALENDAR)
    assert found[-1] == (date(2026, 8, 4), "개청기념일, 한별시")
    assert [day for day, _ in found] == [date(2020, 1, 1), date(2026, 8, 3), date(2026, 8, 4)]


@pytest.mark.parametrize(
    "text", ["", "아무 글", "BEGIN:VEVENT\nDTSTART:99999999\nEND:VEVENT", "BEGIN:VEVENT"]
)
def test_what_is_no_calendar_has_no_days(text: str) -> None:
    assert read_days(text) == []


def test_next_years_are_asked_for_once_in_december(chat: Chat) -> None:
    chat.clock.forward(days=154)  # 12.1.
    chat.scan()
    asked = [
        text for to, text in chat.send_all() if to == chat.people["최기획"] and "2027년에 기관만의" in text
    ]
    assert len(asked) == 1
    chat.clock.forward(days=1)
    chat.scan()
    assert not any("2027년에 기관만의" in text for _, text in chat.send_all())


def test_the_log_says_who_entered_what(chat: Chat) -> None:
    chat.say("최기획", "/daysoff 12.31 종무식")
    said = chat.say("최기획", "/audit 최기획")[0]
    assert "휴무일 등록" in said and "종무식" in said
