"""/split in chat: a line that holds several acts becomes several entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from store.models import Milestone
from store.states import MilestoneState, RoleName
from tests.bot.chat import Chat, entry, task

TITLE = "실시설계, 주민설명회 및 착공"
DUE = date(2026, 9, 30)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    plan = task("보행로 정비", "도로과", ["김하늘"], entry(TITLE, DUE, date(2026, 7, 1), "quarter", "3분기"))
    chat = Chat(tmp_path, plan)
    chat.join("김하늘")
    chat.join("최기획", RoleName.PLANNER)
    yield chat
    chat.store.close()


def entries(chat: Chat) -> dict[str, Milestone]:
    with chat.store.read() as session:
        found = session.query(Milestone).where(Milestone.state != MilestoneState.CANCELLED)
        return {one.title: one for one in found}


def test_the_acts_of_the_title_are_proposed_and_nothing_changes_before_the_tap(office: Chat) -> None:
    [answer] = office.say("최기획", f"/split {office.number(TITLE)}")
    assert "1) 실시설계" in answer and "3) 착공" in answer
    assert list(entries(office)) == [TITLE]


def test_the_first_keeps_the_number_and_the_others_have_its_time(office: Chat) -> None:
    number = office.number(TITLE)
    office.say("최기획", f"/split {number}")
    office.tap("최기획", "이대로")
    found = entries(office)
    assert list(found) == ["실시설계", "주민설명회", "착공"] and found["실시설계"].id == number
    assert {(one.due_on, one.original_due_on, one.precision.value) for one in found.values()} == {
        (DUE, DUE, "quarter")
    }


def test_the_acts_can_be_written(office: Chat) -> None:
    office.say("최기획", f"/split {office.number(TITLE)} 설계 / 착공")
    assert list(entries(office)) == ["설계", "착공"]


def test_they_are_one_again_after_undo(office: Chat) -> None:
    office.say("최기획", f"/split {office.number(TITLE)} 설계 / 착공")
    office.say("최기획", "/undo")
    assert list(entries(office)) == [TITLE]


def test_the_same_document_finds_nothing_missing_and_nothing_new(office: Chat) -> None:
    office.say("최기획", f"/split {office.number(TITLE)} 설계 / 착공")
    office.register(
        task("보행로 정비", "도로과", ["김하늘"], entry(TITLE, DUE, date(2026, 7, 1), "quarter", "3분기"))
    )
    assert list(entries(office)) == ["설계", "착공"]
    [answer] = office.say("최기획", "/review")
    assert "1." not in answer


def test_a_title_of_one_act_needs_words(office: Chat) -> None:
    office.say("최기획", f"/edit {office.number(TITLE)} 제목 착공")
    [answer] = office.say("최기획", f"/split {office.number('착공')}")
    assert "나눌 곳을 찾지 못했습니다" in answer
