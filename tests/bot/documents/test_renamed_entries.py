"""A document imported again that calls an entry otherwise proposes its new title; it is neither missing nor a second one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from plans.draft import MilestoneDraft
from store.models import Milestone
from store.states import MilestoneState, RoleName
from tests.bot.chat import Chat, entry, task

JULY, AUGUST = date(2026, 7, 3), date(2026, 8, 20)


def register(chat: Chat, *entries: MilestoneDraft) -> None:
    chat.register(task("보행로 정비", "도로과", ["김하늘"], *entries))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    chat = Chat(tmp_path)
    register(chat, entry("설계 용역", JULY), entry("공사 착공", AUGUST))
    chat.join("최기획", RoleName.PLANNER)
    yield chat
    chat.store.close()


def entries(chat: Chat) -> list[tuple[str, MilestoneState]]:
    with chat.store.read() as session:
        found = session.scalars(select(Milestone).order_by(Milestone.id))
        return [(one.title, one.state) for one in found]


def review(chat: Chat) -> str:
    return chat.say("최기획", "/review")[0]


def test_similar_words_at_the_same_time_are_a_new_title(office: Chat) -> None:
    register(office, entry("실시설계 용역", JULY), entry("공사 착공", AUGUST))
    said = review(office)
    assert "등록 “설계 용역” ↔ 문서 “실시설계 용역”" in said and "새 문서에는 없습니다" not in said
    office.tap("최기획", "문서의 제목으로")
    assert [one[0] for one in entries(office)] == ["실시설계 용역", "공사 착공"]


def test_the_next_import_knows_it_by_the_new_title(office: Chat) -> None:
    for _ in range(2):
        register(office, entry("실시설계 용역", JULY), entry("공사 착공", AUGUST))
        if "실시설계" in review(office):
            office.tap("최기획", "문서의 제목으로")
    assert "결정하실 내용이 없습니다" in review(office) and len(entries(office)) == 2


def test_kept_as_it_is_it_is_not_asked_again(office: Chat) -> None:
    register(office, entry("실시설계 용역", JULY), entry("공사 착공", AUGUST))
    review(office)
    office.tap("최기획", "그대로")
    register(office, entry("실시설계 용역", JULY), entry("공사 착공", AUGUST))
    assert "결정하실 내용이 없습니다" in review(office)
    assert [one[0] for one in entries(office)] == ["설계 용역", "공사 착공"]


def test_other_words_or_another_time_are_missing_and_new(office: Chat) -> None:
    register(office, entry("주민 설명회", JULY), entry("공사 착공식", date(2026, 9, 1)))
    assert review(office).count("새 문서에는 없습니다") == 2
    assert len(entries(office)) == 4


def test_what_was_done_under_the_old_title_stays_done(office: Chat) -> None:
    office.say("최기획", f"/done {office.number('설계 용역')} 6.28")
    register(office, entry("실시설계 용역", JULY), entry("공사 착공", AUGUST))
    review(office)
    office.tap("최기획", "문서의 제목으로")
    assert entries(office)[0] == ("실시설계 용역", MilestoneState.DONE)


def test_several_of_one_title_keep_their_order(tmp_path: Path) -> None:
    chat = Chat(tmp_path)
    register(chat, entry("점검", JULY), entry("점검", AUGUST))
    chat.join("최기획", RoleName.PLANNER)
    register(chat, entry("정기점검", JULY), entry("정기점검", AUGUST))
    for _ in range(2):
        review(chat)
        chat.tap("최기획", "문서의 제목으로")
    register(chat, entry("정기점검", JULY), entry("정기점검", AUGUST))
    assert "결정하실 내용이 없습니다" in review(chat) and len(entries(chat)) == 2
