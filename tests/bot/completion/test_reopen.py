"""/reopen: what was called done by mistake is owed again; its officer asks, somebody above decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from store import audit, milestones
from store.models import Milestone
from store.states import DeliveryKind, MilestoneState, RoleName
from tests.bot.chat import Chat, entry, task


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """김하늘 called 설계 용역 done yesterday; 이팀장 leads, 최기획 plans."""
    chat = Chat(
        tmp_path,
        task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 6, 29))),
        task("공원", "공원과", ["박바다"], entry("수목 정비", date(2026, 9, 30))),
    )
    chat.join("이팀장", RoleName.LEAD, "도로과")
    chat.join("최기획", RoleName.PLANNER)
    chat.join("김하늘")
    chat.join("박바다")
    chat.say("김하늘", f"/done {chat.number('설계 용역')}")
    chat.clock.forward(days=1)
    yield chat
    chat.store.close()


def reopen(chat: Chat, name: str, words: str = "준공 검사가 남음") -> str:
    return chat.say(name, f"/reopen {chat.number('설계 용역')} {words}")[0]


def item(chat: Chat) -> Milestone:
    return chat.milestone("설계 용역")


def told(chat: Chat, name: str) -> str:
    owed = chat.owed(chat.people[name])
    return [str(one.payload["text"]) for one in owed if one.kind is DeliveryKind.EVENT][-1]


@pytest.mark.open_door("kind G")
def test_the_officer_asks_and_it_stays_done_until_the_lead_has_opened_it(office: Chat) -> None:
    assert "이팀장 님께 다시 열기를 요청하였습니다" in reopen(office, "김하늘")
    assert item(office).state is MilestoneState.DONE
    assert "준공 검사가 남음" in told(office, "이팀장")
    assert "다시 열었습니다" in office.tap("이팀장", "다시 열기")[0]
    assert (item(office).state, item(office).done_on) == (MilestoneState.PLANNED, None)
    assert "이팀장 님이 완료를 취소하고 다시 열었습니다" in told(office, "김하늘")


def test_the_log_keeps_who_asked_and_who_decided(office: Chat) -> None:
    reopen(office, "김하늘")
    office.say("이팀장", f"/approve {office.number('설계 용역')}")
    with office.store.read() as session:
        entries = audit.history(session, milestones.subject(item(office).id), 2)
        assert [(one.action, one.actor) for one in entries] == [
            ("reopened", "이팀장"),
            ("reopen-asked", "김하늘"),
        ]
        assert {one.reason for one in entries} == {"준공 검사가 남음"}


@pytest.mark.parametrize("name", ["이팀장", "최기획"])
def test_whoever_decides_opens_it_at_once_and_the_officer_hears_of_it(office: Chat, name: str) -> None:
    assert "다시 열었습니다" in reopen(office, name)
    assert item(office).state is MilestoneState.PLANNED
    assert f"{name} 님이 완료를 취소하고 다시 열었습니다" in told(office, "김하늘")


def test_what_is_opened_again_is_reminded_of_again(office: Chat) -> None:
    reopen(office, "이팀장")
    office.clock.forward(days=5)  # the Monday after, on which its day is a week ago
    office.scan()
    mine = [text for to, text in office.send_all() if to == office.people["김하늘"]]
    assert any("소관 일정 안내" in text and "기한 경과 1건" in text for text in mine)


def test_a_refusal_needs_a_reason_and_leaves_it_done(office: Chat) -> None:
    reopen(office, "김하늘")
    assert "반려 사유를 한 줄로" in office.tap("이팀장", "반려")[0]
    office.say("이팀장", "검사는 다른 일정에 있음")
    assert item(office).state is MilestoneState.DONE
    assert "다시 열기를 반려하였습니다. 사유: 검사는 다른 일정에 있음" in told(office, "김하늘")
    assert "요청한 것이 없습니다" in office.press("이팀장", f"v1|reopen|{item(office).id}|0")[0]


def test_the_wish_stands_in_the_list_of_what_waits_and_in_the_daily_message(office: Chat) -> None:
    reopen(office, "김하늘")
    assert "다시 열기 요청" in office.say("이팀장", "/approve")[0]
    office.clock.forward(days=3)
    office.scan()
    assert any("다시 열기 요청" in text for _, text in office.send_all())


@pytest.mark.parametrize(
    ("words", "says"),
    [("", "왜 다시 여는지"), ("…", "왜 다시 여는지")],
)
def test_without_a_reason_nothing_is_asked(office: Chat, words: str, says: str) -> None:
    assert says in reopen(office, "김하늘", words)
    assert item(office).reopen_at is None


def test_what_is_open_or_asked_already_is_answered_and_nothing_changes(office: Chat) -> None:
    assert "완료된 일정이 아닙니다" in office.say("박바다", f"/reopen {office.number('수목 정비')} 사유")[0]
    reopen(office, "김하늘")
    assert "이미 다시 열기를 요청하여" in reopen(office, "김하늘")
    assert "팀장·부서장" in office.say("김하늘", f"/approve {office.number('설계 용역')}")[0]


def test_nobody_asks_for_anothers_item(office: Chat) -> None:
    assert "없습니다" in reopen(office, "박바다")
    assert item(office).reopen_at is None


def test_the_wish_is_taken_back_and_the_opening_is_undone(office: Chat) -> None:
    reopen(office, "김하늘")
    office.say("김하늘", "/undo")
    assert item(office).reopen_at is None
    reopen(office, "이팀장")
    office.say("이팀장", "/undo")
    assert (item(office).state, item(office).done_on) == (MilestoneState.DONE, date(2026, 6, 30))


def test_too_late_an_undo_names_the_way_that_is_left(office: Chat) -> None:
    assert "/reopen" in office.say("김하늘", "/undo")[0]
    assert "/reopen" in office.press("김하늘", f"v1|done|{item(office).id}|0")[0]
