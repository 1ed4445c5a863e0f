"""/share: whom a task of all departments is told to, who has read it, and what cannot be shared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from store.models import Task
from store.states import RoleName
from tests.bot.chat import Chat, entry, task


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Chat]:
    """A task of 기획예산실 for 전 부서; 도로과 has head and lead, 환경과 a lead, 공원과 nobody."""
    office = Chat(tmp_path)
    club = task("혁신 학습동아리 운영", "기획예산실", ["허주무"], entry("팀 구성", date(2026, 7, 10)))
    club.related = ["전 부서"]
    road = task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 20)))
    air = task("대기 측정", "환경과", ["박바다"], entry("설치", date(2026, 7, 21)))
    air.related = ["도로과", "없는과"]
    office.register(club, road, air, task("나무 심기", "공원과", ["나공원"], entry("식재", date(2026, 9, 1))))
    office.join("최기획", RoleName.PLANNER)
    office.join("도로부장", RoleName.HEAD, "도로과")
    office.join("도로팀장", RoleName.LEAD, "도로과")
    office.join("환경팀장", RoleName.LEAD, "환경과")
    for name in ("김하늘", "박바다", "허주무"):
        office.join(name)
    office.send_all()
    yield office
    office.store.close()


def number(chat: Chat, title: str) -> int:
    with chat.store.read() as session:
        return session.scalars(select(Task.id).where(Task.title == title)).one()


def told(chat: Chat) -> set[str]:
    """Who has been handed such a message."""
    chats = {one.chat_id for one in chat.owed() if one.event == "share"}
    return {name for name, chat_id in chat.people.items() if chat_id in chats}


def shared(chat: Chat) -> str:
    return chat.say("최기획", f"/share {number(chat, '혁신 학습동아리 운영')} 참여 직원을 정해 주십시오")[0]


def test_every_departments_head_else_its_lead_is_told_and_nobody_else(city: Chat) -> None:
    answer = shared(city)
    assert told(city) == {"도로부장", "환경팀장"}
    assert "2개 부서 2명에게 알렸습니다" in answer and "미등록): 공원과" in answer
    [text] = {one.payload["text"] for one in city.owed() if one.event == "share"}
    assert "참여 직원을 정해 주십시오" in text and "주관 기획예산실" in text


def test_who_has_read_it_is_shown(city: Chat) -> None:
    shared(city)
    data = next(iter(city.keyboard("도로부장").values()))
    assert "확인하신 것으로" in city.press("도로부장", data)[0]
    assert "이미 확인" in city.press("도로부장", data)[0]
    shown = city.say("최기획", f"/share {number(city, '혁신 학습동아리 운영')}")[0]
    assert "확인 1/2명" in shown
    assert shown.index("환경과 환경팀장") < shown.index("■ 확인함") < shown.index("도로과 도로부장")


def test_named_departments_alone_are_told(city: Chat) -> None:
    city.say("최기획", f"/share {number(city, '대기 측정')} 측정 지점을 알려 주십시오")
    assert told(city) == {"도로부장"}


def test_a_task_that_names_nobody_needs_the_word(city: Chat) -> None:
    of = number(city, "보행로 정비")
    assert "‘전부서’를 적어" in city.say("최기획", f"/share {of} 공사 안내")[0]
    assert told(city) == set()
    city.say("최기획", f"/share {of} 전부서 공사 안내")
    assert told(city) == {"환경팀장"}


def test_once_a_day(city: Chat) -> None:
    shared(city)
    assert "오늘 이미 알렸습니다" in shared(city)
    city.clock.forward(days=1)
    assert "알렸습니다" in shared(city)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("/share", "번호 하나와"),
        ("/share 99999 안내", "과제나 일정이 아닙니다"),
        ("/share {} 전부서", "알릴 내용을"),
    ],
)
def test_what_cannot_be_shared_is_told(city: Chat, text: str, word: str) -> None:
    assert word in city.say("최기획", text.format(number(city, "보행로 정비")))[0]
    assert told(city) == set()


def test_it_is_the_planning_offices(city: Chat) -> None:
    assert "이용하실 수 있습니다" in city.say("도로부장", "/share 112 전부서 안내")[0]


def test_somebody_who_was_not_told_confirms_nothing(city: Chat) -> None:
    shared(city)
    data = next(iter(city.keyboard("도로부장").values()))
    assert "본인께 온 안내가 아니어서" in city.press("김하늘", data)[0]


def test_at_night_it_waits_for_the_morning(city: Chat) -> None:
    city.clock.forward(hours=12)
    assert "7. 1.(수) 09:10에 알리겠습니다" in shared(city)
