"""Material that a request asks for: it stands in the meeting's pack, and nobody is asked for it twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reports.meetings import pack
from store import meetings
from tests.bot.asks.office import CONTACT, PLANNER, ask, office
from tests.bot.chat import SEOUL, Chat

NEW = "/meeting 하반기 보고회 / 대회의실 / 7. 14. 14:00 / 부서 도로과,공원과,감사실"


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    made = office(tmp_path)
    made.say(PLANNER, NEW)
    return made


def tables(chat: Chat, departments: list[int] | None = None) -> dict[str, list[list[str]]]:
    with chat.store.read() as session:
        of = meetings.get(session, 1)
        assert of is not None
        made = pack.build(session, of, chat.clock.now(), SEOUL, departments)
        return {one.title: one.rows for one in made.tables}


def test_replies_stand_in_the_pack_and_the_meeting_asks_for_nothing_more(chat: Chat) -> None:
    number = ask(chat, departments=("도로과", "감사실"))
    with chat.store.read() as session:
        before = meetings.missing(meetings.by_numbers(session, [1])[1])
    [said] = chat.say(PLANNER, f"/meeting 1 요청 {number}")
    assert f"요청 {number}번의 회신을" in said
    chat.say(CONTACT, f"/ask {number} 쉼터 조성 / 30 / 시급")
    found = tables(chat)
    title = f"요청 {number}번 「수요조사」의 회신"
    assert [(row[0], row[1], row[3]) for row in found[title]] == [
        ("감사실", "미제출", ""),
        ("도로과", "사업명 쉼터 조성, 금액(백만원) 30, 비고 시급", CONTACT),
    ]
    assert {row[0]: row[1] for row in found["부서별 자료"]} == {
        "도로과": "요청으로 받음",
        "감사실": "요청으로 받음",
        "공원과": "미제출",
    }
    with chat.store.read() as session:
        after = meetings.missing(meetings.by_numbers(session, [1])[1])
    assert [len(before), [one.department.name for one in after]] == [3, ["공원과"]]


def test_a_department_asked_by_the_request_hears_of_it_once(chat: Chat) -> None:
    number = ask(chat, departments=("도로과",), due_on=date(2026, 7, 13))
    chat.say(PLANNER, f"/meeting 1 요청 {number}")
    assert "자료" not in chat.say(CONTACT, "/meeting")[0]
    assert "이미 이 회의의" in chat.say(PLANNER, f"/meeting 1 요청 {number}")[0]
    assert "요청 99번이 없습니다" in chat.say(PLANNER, "/meeting 1 요청 99")[0]
    assert "기획실이 하는 일" in chat.say(CONTACT, f"/meeting 1 요청 {number}")[0]


def test_the_meeting_asks_again_for_what_a_request_that_was_withdrawn_has_not_brought(chat: Chat) -> None:
    number = ask(chat, departments=("도로과", "감사실"))
    chat.say(PLANNER, f"/meeting 1 요청 {number}")
    chat.say(CONTACT, f"/ask {number} 쉼터 조성 / 30 / 시급")
    chat.say(PLANNER, f"/ask {number} 거둠 사업 취소")
    with chat.store.read() as session:
        after = meetings.missing(meetings.by_numbers(session, [1])[1])
    assert [one.department.name for one in after] == ["공원과", "감사실"]
