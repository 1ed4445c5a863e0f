"""Whose words a message holds: passed on, edited, for another bot; and letters and numbers as people's devices write them."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from store import meta, officers
from store.models import Officer, Task
from store.states import MilestoneState, RoleName
from tests.bot.chat import Chat
from tests.bot.test_linking import group_message

COLLEAGUE = {"type": "user", "date": 1, "sender_user": {"id": 5, "is_bot": False, "first_name": "동료"}}
VIA = {"id": 6, "is_bot": True, "first_name": "다른 봇", "username": "other_bot"}
PASSED_ON: list[dict[str, Any]] = [{"forward_origin": COLLEAGUE}, {"via_bot": VIA}]


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def know_own_name(chat: Chat) -> None:
    with chat.store.write() as session:
        meta.put(session, meta.BOT_USERNAME, "gihan_bot")


def edited(chat: Chat, name: str, text: str) -> list[str]:
    user = chat.people[name]
    message = {
        "message_id": 1,
        "date": 1,
        "edit_date": 2,
        "chat": {"id": user, "type": "private"},
        "from": {"id": user, "is_bot": False, "first_name": name},
        "text": text,
    }
    return chat.update({"edited_message": message}, user)


@pytest.mark.open_door("kind F")
@pytest.mark.parametrize("mark", PASSED_ON)
@pytest.mark.parametrize(
    "words", ["{} 완료했습니다", "/done {}", "완료 {}", "/delay {} 7.20 의회", "{} 2주 연기 의회"]
)
def test_words_that_are_passed_on_are_not_carried_out(linked: Chat, words: str, mark: dict[str, Any]) -> None:
    before = linked.milestone("설계 용역")
    answer = linked.say("김하늘", words.format(before.id), **mark)[0]
    assert "처리하지 않았습니다" in answer and "설계 용역" in answer
    assert any("완료" in label for label in linked.keyboard("김하늘"))
    after = linked.milestone("설계 용역")
    assert (after.state, after.due_on) == (MilestoneState.PLANNED, before.due_on)


def test_what_is_passed_on_shows_nothing_that_may_not_be_seen(linked: Chat) -> None:
    said = linked.say("김하늘", f"{linked.number('측정기 설치')} 완료", forward_origin=COLLEAGUE)[0]
    assert "측정기" not in said and "직접 적어" in said


def test_a_code_that_is_passed_on_links_nobody(chat: Chat) -> None:
    chat.say("김하늘", f"/start {chat.code('김하늘')}", forward_origin=COLLEAGUE)
    assert chat.link_state("김하늘") is None


@pytest.mark.open_door("kind F")
def test_an_edited_command_is_answered_with_what_stands_now(linked: Chat) -> None:
    number = linked.number("공사 착공")
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    answer = edited(linked, "김하늘", f"/done {number}")[0]
    assert "다시 처리하지 않았습니다" in answer and "공사 착공" in answer
    assert linked.milestone("공사 착공").state is MilestoneState.PLANNED


@pytest.mark.open_door("kind F")
def test_a_command_for_another_bot_is_ignored(linked: Chat) -> None:
    know_own_name(linked)
    number = linked.number("설계 용역")
    group_message(linked, "최기획", "/bind 도로과")
    assert linked.say("김하늘", f"/done@other_bot {number}") == []
    assert group_message(linked, "최기획", "/unbind@other_bot") == []
    assert linked.milestone("설계 용역").state is MilestoneState.PLANNED
    assert "도로과" in group_message(linked, "최기획", "/status@Gihan_Bot")[0]
    assert "완료" in linked.say("김하늘", f"/done@gihan_bot {number}")[0]


@pytest.mark.open_door("kind E")
def test_commands_names_and_searches_from_a_mac_are_understood(linked: Chat) -> None:
    number = linked.number("설계 용역")
    assert "보행로 정비" in linked.say("김하늘", nfd("/찾기 설계"))[0]
    assert "완료" in linked.say("김하늘", nfd(f"/완료 {number}"))[0]
    assert "담당자 지정" in linked.say("최기획", nfd(f"/담당지정 {number} 환경과 박바다"))[0]


@pytest.mark.open_door("kind M")
@pytest.mark.parametrize("number", ["9" * 16, "9" * 40, "²", "١٢٣", "-1", "1e9", "0"])
@pytest.mark.parametrize("command", ["/add {} 2026. 9. 20. 준공식", "/audit {}", "/task {}", "/upcoming {}"])
def test_a_number_that_is_none_is_answered(linked: Chat, command: str, number: str) -> None:
    answer = linked.say("최기획", command.format(number))
    assert answer and "처리하지 못" not in answer[0]


@pytest.mark.open_door("kind M")
def test_full_width_digits_are_digits(linked: Chat) -> None:
    wide = str(linked.number("설계 용역")).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    linked.say("김하늘", f"/done {wide}")
    assert linked.milestone("설계 용역").state is MilestoneState.DONE


@pytest.mark.open_door("kind N")
@pytest.mark.parametrize(
    "written", ["남궁 민수", "남궁 민수 주무관에게", "도로과 남궁 민수", "Anna Maria Kim"]
)
def test_a_name_may_have_several_words(linked: Chat, written: str) -> None:
    with linked.store.write() as session:
        for name in ("남궁 민수", "Anna Maria Kim"):
            officers.ensure(session, name, officers.department(session, "도로과"))
    number = linked.number("설계 용역")
    assert "담당자 지정" in linked.say("최기획", f"/assign {number} {written}")[0]
    with linked.store.read() as session:
        found = session.get_one(Task, linked.milestone("설계 용역").task_id)
        assert found.assignments[-1].officer.name in {"남궁 민수", "Anna Maria Kim"}
        assert session.query(Officer).filter(Officer.name.in_(["남궁", "민수", "Anna"])).count() == 0


def test_a_role_is_held_by_whoever_speaks_and_not_by_whose_words_are_passed_on(linked: Chat) -> None:
    linked.join("정팀장", RoleName.LEAD, "환경과")
    number = linked.number("측정기 설치")
    linked.say("정팀장", f"/nudge {number}", forward_origin=COLLEAGUE)
    assert not [one for one in linked.owed() if one.event == "nudge"]
