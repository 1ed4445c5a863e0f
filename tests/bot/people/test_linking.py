"""Linking: one-time codes, strangers, groups, /stop, blocking."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from store.states import RoleName
from tests.bot.chat import Chat
from tests.builders import kst

GROUP = -500


def group_message(chat: Chat, name: str, text: str, **parts: Any) -> list[str]:
    user = chat.people.setdefault(name, 9000 + len(chat.people))
    message = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": GROUP, "type": "group", "title": "단체방"},
        "from": {"id": user, "is_bot": False, "first_name": name},
        "text": text,
    } | parts
    return chat.update({"message": message}, GROUP)


def membership(chat: Chat, name: str, status: str) -> list[str]:
    user: dict[str, Any] = {"id": chat.people[name], "is_bot": False, "first_name": name}
    bot = {"id": 42, "is_bot": True, "first_name": "bot"}
    change = {
        "chat": {"id": chat.people[name], "type": "private"},
        "from": user,
        "date": 1,
        "old_chat_member": {"status": "member", "user": bot},
        "new_chat_member": {"status": status, "user": bot, "until_date": 0},
    }
    return chat.update({"my_chat_member": change}, chat.people[name])


def test_a_good_code_links_and_welcomes_with_counts(chat: Chat) -> None:
    answers = chat.join("김하늘")
    assert "김하늘 주무관님" in answers[0]
    assert "현재 소관 일정 3건 — 기한 경과 0건, 오늘 1건" in answers[0]
    assert chat.link_state("김하늘") == "active"


def test_the_team_lead_hears_who_linked(chat: Chat) -> None:
    chat.join("이팀장", RoleName.LEAD, "도로과")
    chat.join("김하늘")
    told = [one.payload["text"] for one in chat.owed(chat.people["이팀장"]) if one.event == "link-notice"]
    assert len(told) == 1
    assert "도로과 김하늘 주무관님" in told[0]


def test_the_team_lead_of_another_department_hears_nothing(chat: Chat) -> None:
    chat.join("이팀장", RoleName.LEAD, "환경과")
    chat.join("김하늘")
    assert not [one for one in chat.owed() if one.event == "link-notice"]


@pytest.mark.pitfall(19)
def test_a_code_works_once(chat: Chat) -> None:
    code = chat.code("김하늘")
    chat.say("김하늘", f"/start {code}")
    assert chat.say("도둑", f"/start {code}") == chat.say("낯선이", "안녕하세요")
    assert chat.link_state("김하늘") == "active"


@pytest.mark.pitfall(19)
def test_a_code_expires(chat: Chat) -> None:
    code = chat.code("김하늘")
    chat.clock.forward(hours=72)
    assert chat.say("김하늘", f"/start {code}") == chat.say("낯선이", "안녕하세요")


def test_a_new_invite_voids_the_old_one(chat: Chat) -> None:
    old = chat.code("김하늘")
    chat.code("김하늘")
    assert chat.say("김하늘", f"/start {old}") == chat.say("낯선이", "안녕하세요")


@pytest.mark.parametrize(
    "text", ["/my", "/status", "/task 101", "/done 101", "/start", "/start abc", "완료 101", "안녕", "/help"]
)
def test_a_stranger_is_refused_politely_and_learns_nothing(linked: Chat, text: str) -> None:
    answers = linked.say("낯선이", text)
    assert answers == linked.say("다른이", "아무 말")
    assert "등록된 담당자만" in answers[0]


@pytest.mark.parametrize("form", ["https://t.me/hanbyeol_bot?start={}", " t.me/hanbyeol_bot?start={} "])
def test_a_link_that_is_pasted_instead_of_pressed_registers_as_well(chat: Chat, form: str) -> None:
    code = chat.code("김하늘")
    assert "등록된 담당자만" in chat.say("김하늘", f"이 링크 뭔가요 {form.format(code)}")[0]
    assert "김하늘" in chat.say("김하늘", form.format(code))[0]
    assert chat.link_state("김하늘") == "active"


def test_the_chat_that_hears_alarms_is_told_so_and_no_more(linked: Chat) -> None:
    linked.people["운영자"] = 9876
    linked.settle(alarms_to=9876)
    [answer] = linked.say("운영자", "123456")
    assert "알림을 받는 곳입니다" in answer and "등록된 담당자만" not in answer


def test_a_stranger_pressing_a_button_learns_nothing(linked: Chat) -> None:
    linked.people["낯선이"] = 9999
    answers = linked.press("낯선이", f"v1|done|{linked.number('설계 용역')}|1")
    assert "등록된 담당자만" in answers[0]
    assert linked.milestone("설계 용역").revision == 1


def test_in_a_group_the_bot_only_says_to_write_privately(linked: Chat) -> None:
    answers = group_message(linked, "김하늘", f"/done {linked.number('설계 용역')}")
    assert "개인 대화" in answers[0]
    assert linked.milestone("설계 용역").revision == 1


def test_talk_in_a_group_is_not_answered(linked: Chat) -> None:
    assert group_message(linked, "김하늘", "점심 드셨습니까") == []


@pytest.mark.parametrize("form", ["/start {}", "{}", "https://t.me/bot?start={} 눌러 주세요"])
def test_a_code_posted_in_a_group_is_void(chat: Chat, form: str) -> None:
    code = chat.code("김하늘")
    answers = group_message(chat, "김하늘", form.format(code))
    assert "폐기하였습니다" in answers[0]
    chat.say("김하늘", f"/start {code}")
    assert chat.link_state("김하늘") is None


def test_linking_a_second_phone_ends_the_first(chat: Chat) -> None:
    chat.join("김하늘")
    first = chat.people["김하늘"]
    chat.join("김하늘")
    chat.people["옛 전화"] = first
    chat.people["김하늘"] = 9001
    assert "등록된 담당자만" in chat.say("옛 전화", "/my")[0]


@pytest.mark.open_door("kind A")
@pytest.mark.parametrize(("ahead", "is_good"), [(timedelta(hours=9), True), (timedelta(days=730), False)])
def test_a_link_made_while_the_clock_stood_ahead(chat: Chat, ahead: timedelta, is_good: bool) -> None:
    """Some hours do no harm; years would leave a door open for years."""
    now = chat.clock.now()
    chat.clock.current = now + ahead
    code = chat.code("김하늘", RoleName.OFFICER, "도로과")
    chat.clock.current = now
    assert ("등록되었습니다" in chat.say("김하늘", f"/start {code}")[0]) is is_good


def test_stop_and_start_again(linked: Chat) -> None:
    assert "알림을 멈추었습니다" in linked.say("김하늘", "/stop")[0]
    assert linked.link_state("김하늘") == "stopped"
    assert "다시 연결되었습니다" in linked.say("김하늘", "/start")[0]
    assert linked.link_state("김하늘") == "active"


def test_who_comes_back_on_the_due_day_gets_the_item_with_its_button(linked: Chat) -> None:
    """The day's message was missed, and none is sent after."""
    linked.clock.current = kst(2026, 6, 30, 9)
    membership(linked, "김하늘", "kicked")
    linked.scan()
    linked.clock.current = kst(2026, 6, 30, 14)
    welcome, items = membership(linked, "김하늘", "member")
    assert ("오늘 1건" in welcome, "설계 용역" in items) == (True, True)
    assert any("완료" in label for label in linked.keyboard("김하늘"))
    assert len(linked.say("김하늘", "/start")) == 1


def test_blocking_pauses_and_unblocking_brings_one_welcome(linked: Chat) -> None:
    assert membership(linked, "박바다", "kicked") == []
    assert linked.link_state("박바다") == "blocked"
    [welcome] = membership(linked, "박바다", "member")
    assert "현재 소관 일정 1건" in welcome


def test_a_planner_linked_by_invite_has_the_role(chat: Chat) -> None:
    answers = chat.join("최기획", RoleName.PLANNER)
    assert "권한: 기획실" in answers[0]
    assert "[추진상황] 한별시" in chat.say("최기획", "/status")[0]


def test_a_voided_invite_grants_no_role(chat: Chat) -> None:
    code = chat.code("최기획", RoleName.PLANNER)
    group_message(chat, "최기획", code)
    chat.say("최기획", f"/start {code}")
    assert chat.link_state("최기획") is None


@pytest.mark.parametrize("text", ["/lang", "/lang ko", "언어"])
def test_which_languages_there_are_is_told_in_both(linked: Chat, text: str) -> None:
    (answer,) = linked.say("김하늘", text)
    assert "한국어로 보내 드립니다" in answer
    assert "For messages in English" in answer
    assert f"{linked.number('설계 용역')} 완료" in answer
