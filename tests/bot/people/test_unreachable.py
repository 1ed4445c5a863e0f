"""/unreachable, what a lead reads of somebody who is not reached, the other channel's text, another bot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bot.chat.invites import InviteError
from bot.cli import fallback, reach
from bot.cli.faults import FallbackError
from bot.intake.dispatch import Dispatcher
from bot.ops import logs
from bot.settings import Settings, SettingsError, load
from jobs.rules.policy import Rules
from store import chat_links, detours, reachability
from store.db import meta
from store.db.settings import StoreSettings
from store.models import AuditEntry, ChatLink, FallbackChannel
from store.states import LinkState, RoleName
from tests.bot.chat import BOT_ID, Chat, entry, task

NEW_BOT = 43
PHONE = "010-1234-5678"


def blocks(chat: Chat, name: str) -> None:
    """The person blocks the bot, and Telegram says so."""
    user = chat.people[name]
    member = {"user": {"id": user, "is_bot": False, "first_name": name}, "status": "member"}
    change: dict[str, Any] = {
        "chat": {"id": user, "type": "private"},
        "from": {"id": user, "is_bot": False, "first_name": name},
        "date": 1,
        "old_chat_member": member,
        "new_chat_member": member | {"status": "kicked", "until_date": 0},
    }
    chat.update({"my_chat_member": change}, user)


def next_texts(chat: Chat, name: str) -> list[str]:
    """What the next scan and send bring to the person."""
    chat.scan()
    return [text for chat_id, text in chat.send_all() if chat_id == chat.people[name]]


def test_the_list_names_person_reason_since_and_numbers(linked: Chat) -> None:
    blocks(linked, "김하늘")
    [text] = linked.say("최기획", "/unreachable")
    assert "도로과 김하늘" in text
    assert "봇 차단 또는 계정 삭제 (6. 30.(화)부터)" in text
    assert f"#{linked.number('설계 용역')}" in text
    assert "박바다" not in text


def test_it_says_so_where_everybody_is_reached(linked: Chat) -> None:
    [text] = linked.say("최기획", "미수신")
    assert "모든 담당자에게 알림이 전달되고 있습니다" in text


def test_a_lead_sees_the_own_department_only(chat: Chat) -> None:
    chat.join("이팀장", RoleName.LEAD, "도로과")
    [text] = chat.say("이팀장", "/unreachable")
    assert "김하늘" in text
    assert "박바다" not in text


@pytest.mark.parametrize("role", [RoleName.OFFICER, RoleName.AUDITOR, RoleName.ADMIN])
def test_others_are_refused(chat: Chat, role: RoleName) -> None:
    chat.join("아무개", role, "도로과")
    [text] = chat.say("아무개", "/unreachable")
    assert "관리자만" in text
    assert "김하늘" not in text


def test_the_planning_office_makes_a_new_link_with_one_button(chat: Chat) -> None:
    chat.join("최기획", RoleName.PLANNER)
    chat.say("최기획", "/unreachable")
    [text] = chat.tap("최기획", "김하늘")
    code = text.split("/start ")[1].split("<")[0]
    assert "등록되었습니다" in chat.say("김하늘", f"/start {code}")[0]


def test_a_link_is_not_made_for_somebody_who_is_reached(linked: Chat) -> None:
    [text] = linked.press("최기획", f"v1|reinvite|{linked.officer('김하늘').id}|0")
    assert "목록에 없는 분" in text


def test_a_lead_makes_no_links(chat: Chat) -> None:
    """The link would let its maker speak for the officer."""
    chat.join("이팀장", RoleName.LEAD, "도로과")
    chat.say("이팀장", "/unreachable")
    assert chat.keyboard("이팀장") == {}
    [text] = chat.press("이팀장", f"v1|reinvite|{chat.officer('김하늘').id}|0")
    assert "기획실에서만" in text


def test_the_lead_reads_whose_what_and_why_in_the_daily_message(linked: Chat) -> None:
    linked.send_all()
    blocks(linked, "김하늘")
    [text] = next_texts(linked, "이팀장")
    number = linked.number("설계 용역")
    assert "■ 알림 미수신" in text
    assert "도로과 김하늘 주무관님께 전달되지 않은 안내 1건" in text
    assert f"#{number} 설계 용역 · 6. 30.(화)" in text
    assert "봇 차단 또는 계정 삭제" in text


def test_after_the_daily_message_it_comes_as_one_message_of_its_own(linked: Chat) -> None:
    linked.register(
        task("가로등 교체", "도로과", ["한구름"], entry("가로등 점검", date(2026, 6, 30))), title="다른 계획"
    )
    linked.send_all()
    [daily] = next_texts(linked, "이팀장")
    assert "도로과 한구름" in daily  # who never linked
    blocks(linked, "김하늘")
    [text] = next_texts(linked, "이팀장")
    assert text.startswith("<b>[알림 미수신]</b>")
    assert "도로과 김하늘" in text
    assert "설계 용역" in text
    assert next_texts(linked, "이팀장") == []


def test_who_is_back_before_it_is_sent_is_not_spoken_of(linked: Chat) -> None:
    linked.send_all()
    blocks(linked, "김하늘")
    linked.scan()
    linked.say("김하늘", "/my")
    told = [text for chat_id, text in linked.send_all() if chat_id == linked.people["이팀장"]]
    assert told == []


def test_stop_brings_it_to_the_lead_too(linked: Chat) -> None:
    linked.send_all()
    linked.say("김하늘", "/stop")
    [text] = next_texts(linked, "이팀장")
    assert "본인이 알림을 멈춤" in text


# The other channel


def with_fallback(chat: Chat) -> None:
    chat.rules = Rules(chat.rules.settings, chat.rules.calendar, has_fallback=True)


def test_the_other_channel_gets_counts_and_numbers_and_nothing_else(linked: Chat) -> None:
    with_fallback(linked)
    linked.say("김하늘", f"/note {linked.number('설계 용역')} 문의 {PHONE}")
    blocks(linked, "김하늘")
    linked.scan()
    [text] = [text for chat_id, text in linked.send_all() if chat_id == detours.NO_CHAT]
    assert "오늘 기한 1건" in text
    assert f"#{linked.number('설계 용역')}" in text
    assert "설계 용역" not in text
    assert PHONE not in text
    assert "<" not in text


def set_channel(chat: Chat, url: str | None, *, name: str = "김하늘", remove: bool = False) -> str:
    with chat.store.write() as session:
        return fallback.change(session, name, None, url, chat.clock.now(), remove=remove)


def test_a_channel_is_set_told_of_and_removed_without_ever_being_shown(chat: Chat) -> None:
    said = [
        set_channel(chat, None),
        set_channel(chat, "json://127.0.0.1:9/hidden-word"),
        set_channel(chat, None),
        set_channel(chat, None, remove=True),
        set_channel(chat, None, remove=True),
    ]
    assert ["없습니다" in one for one in said] == [True, False, False, False, True]
    with chat.store.read() as session:
        assert session.scalars(select(FallbackChannel)).all() == []
        log = [(one.action, one.after) for one in session.scalars(select(AuditEntry))]
    assert [action for action, _ in log if action.startswith("fallback")] == [
        "fallback-set",
        "fallback-removed",
    ]
    assert "hidden-word" not in f"{said} {log}"


def test_an_address_that_nobody_can_read_changes_nothing(chat: Chat) -> None:
    with pytest.raises(FallbackError) as caught:
        set_channel(chat, "nonsense-hidden-word")
    assert "hidden-word" not in str(caught.value)
    with chat.store.read() as session:
        assert reachability.channel_of(session, chat.officer("김하늘").id) is None


@pytest.mark.parametrize("name", ["없는이", ""])
def test_a_channel_for_nobody_is_refused(chat: Chat, name: str) -> None:
    with pytest.raises((FallbackError, InviteError)):
        set_channel(chat, None, name=name)


def test_the_organisations_address_is_checked_and_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIHAN_FALLBACK__URL", "json://127.0.0.1:9/hidden-word")
    assert "hidden-word" not in repr(load(None))
    monkeypatch.setenv("GIHAN_FALLBACK__URL", "nonsense-hidden-word")
    with pytest.raises(SettingsError, match=r"fallback\.url") as caught:
        load(None)
    assert "hidden-word" not in str(caught.value)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("mailtos://user:hidden-word@mail.example.kr failed", "failed"),
        ("bad address postgresql://gihan:hidden-word@host/db!", "bad address"),
        ("https://user:hidden-word@example.kr/hook", "example.kr/hook"),
        ("refused: json://127.0.0.1:9/hidden-word?x=1", "refused"),
    ],
)
def test_the_log_blots_out_addresses_with_passwords(line: str, kept: str) -> None:
    assert "hidden-word" not in logs.redact(line)
    assert kept in logs.redact(line)


def test_the_log_keeps_addresses_that_are_no_secret() -> None:
    line = "https://api.telegram.org sqlite:///gihan.db http://127.0.0.1:8080/x"
    assert logs.redact(line) == line


# Another bot


def change_bot(chat: Chat) -> list[int]:
    """The program starts with another bot's token; gives who is out of reach."""
    chat.office = replace(chat.office, bot_id=NEW_BOT)
    chat.dispatcher = Dispatcher(chat.store, chat.office, chat.clock)
    with chat.store.write() as session:
        meta.put(session, meta.BOT_ID, str(NEW_BOT))
        return chat_links.take_over(session, NEW_BOT, chat.clock.now())


def test_after_a_change_of_the_bot_nothing_is_sent_until_start(linked: Chat) -> None:
    assert len(change_bot(linked)) == 4
    linked.scan()
    assert {linked.link_state(name) for name in linked.people} == {"other-bot"}
    assert [one for one in linked.owed() if one.event == "digest"] == []


def test_start_without_a_code_moves_the_link_and_is_on_record(linked: Chat) -> None:
    change_bot(linked)
    [text, items] = linked.say("김하늘", "/start")
    assert ("다시 연결되었습니다" in text, "설계 용역" in items) == (True, True)
    assert linked.link_state("김하늘") == "active"
    with linked.store.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "bot-changed")).one()
        link = chat_links.of_officer(session, linked.officer("김하늘").id)
    assert (entry.before, entry.after) == ({"bot_id": BOT_ID}, {"bot_id": NEW_BOT})
    assert link is not None and link.bot_id == NEW_BOT


def test_who_had_stopped_stays_stopped_until_start(linked: Chat) -> None:
    linked.say("김하늘", "/stop")
    change_bot(linked)
    linked.say("김하늘", "/my")
    assert linked.link_state("김하늘") == "stopped"
    linked.say("김하늘", "/start")
    assert linked.link_state("김하늘") == "active"


def test_a_stranger_is_a_stranger_to_the_new_bot_too(linked: Chat) -> None:
    change_bot(linked)
    assert "등록 링크" in linked.say("낯선이", "/start")[0]


def test_the_same_bot_with_a_new_token_changes_nothing(linked: Chat) -> None:
    with linked.store.write() as session:
        assert chat_links.take_over(session, BOT_ID, linked.clock.now()) == []
    assert linked.link_state("김하늘") == "active"


def test_going_back_to_the_old_bot_makes_its_links_good_again(linked: Chat) -> None:
    change_bot(linked)
    with linked.store.write() as session:
        chat_links.take_over(session, BOT_ID, linked.clock.now())
        states = {one.state for one in session.scalars(select(ChatLink))}
    assert states == {LinkState.ACTIVE}


def test_doctor_says_how_many_wait_for_start(linked: Chat) -> None:
    settings = Settings(store=StoreSettings(url=f"sqlite:///{linked.store.path}"))
    assert reach._other_bot(settings, BOT_ID, "old_bot") == []
    [fault] = reach._other_bot(settings, NEW_BOT, "new_bot")
    assert "담당자 4명" in fault
    assert "https://t.me/new_bot" in fault
    change_bot(linked)
    linked.say("김하늘", "/start")
    assert "담당자 3명" in reach._other_bot(settings, NEW_BOT, "new_bot")[0]


def test_a_group_that_moved_takes_its_waiting_answers_along(chat: Chat) -> None:
    def in_group(content: dict[str, Any]) -> None:
        message = {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "group", "title": "부서"}} | content
        chat.update({"message": message}, -5)

    in_group({"text": "/start", "from": {"id": 1, "is_bot": False, "first_name": "x"}})
    in_group({"migrate_to_chat_id": -1005})
    assert [one.chat_id for one in chat.owed()] == [-1005]
