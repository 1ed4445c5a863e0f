"""Groups: bound by the planning office, counts only, nobody in a group's name may do anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from jobs.delivery import outcomes
from jobs.delivery.telegram_errors import SendError, SendFault
from jobs.owed.next_look import next_scheduled_at
from store import groups
from store.models import Delivery
from store.states import DeliveryState, RoleName
from tests.bot.chat import SEOUL, Chat, entry, task

GROUP, SUPERGROUP = -4000, -1004000
MONDAY = datetime(2026, 6, 29, 8, 0, tzinfo=SEOUL)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """Monday 08:00: 도로과 has something late, something due this week; 환경과 has something late, too."""
    chat = Chat(
        tmp_path,
        task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 3))),
        task("가로등", "도로과", ["이구름"], entry("교체 공사", date(2026, 6, 30))),
        task("대기 측정", "환경과", ["박바다"], entry("측정기 설치", date(2026, 6, 30))),
        now=MONDAY - timedelta(days=7),
    )
    chat.join("최기획", RoleName.PLANNER)
    chat.join("김하늘")
    yield chat
    chat.store.close()


def say(chat: Chat, name: str, text: str | None, group: int = GROUP, **extra: Any) -> list[str]:
    """What the group is answered."""
    user = chat.people.setdefault(name, 9000 + len(chat.people))
    message: dict[str, Any] = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": group, "type": "group", "title": "도로과 단체방"},
        "from": {"id": user, "is_bot": False, "first_name": name},
    }
    if text is not None:
        message["text"] = text
    return chat.update({"message": message | extra}, group)


def bound_to(chat: Chat, group: int = GROUP) -> str | None:
    with chat.store.read() as session:
        found = groups.of_chat(session, group)
        return found.department.name if found else None


def week(chat: Chat, group: int = GROUP) -> list[str]:
    """Scan and send; gives what the group got."""
    chat.scan()
    return [text for where, text in chat.send_all() if where == group]


def test_the_planning_office_binds_a_group_to_a_department(office: Chat) -> None:
    assert "이 단체방을 도로과에 연결하였습니다" in say(office, "최기획", "/bind@gihan_bot 도로과")[0]
    assert bound_to(office) == "도로과"


@pytest.mark.parametrize("name", ["김하늘", "낯선이"])
def test_nobody_else_binds_a_group(office: Chat, name: str) -> None:
    assert "기획실에서만" in say(office, name, "/bind 도로과")[0]
    assert bound_to(office) is None


@pytest.mark.parametrize("text", ["/bind", "/bind 없는과"])
def test_binding_to_no_department_lists_the_departments(office: Chat, text: str) -> None:
    assert "도로과" in say(office, "최기획", text)[0]
    assert bound_to(office) is None


def test_an_anonymous_admin_may_do_nothing(office: Chat) -> None:
    sender = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    behind = {"id": GROUP, "type": "group", "title": "도로과 단체방"}
    extra: dict[str, Any] = {"from": sender, "sender_chat": behind}
    answers = say(office, "최기획", "/bind 도로과", **extra)
    assert "익명 관리자로 보내신 내용" in answers[0]
    assert bound_to(office) is None


def test_what_is_sent_in_a_channels_name_is_nobodys_even_with_a_planners_id(office: Chat) -> None:
    channel = {"id": -1009, "type": "channel", "title": "채널"}
    say(office, "최기획", "/bind 도로과", sender_chat=channel)
    assert bound_to(office) is None


def test_anybody_in_a_bound_group_sees_the_counts_and_no_names(office: Chat) -> None:
    say(office, "최기획", "/bind 도로과")
    office.clock.forward(days=9)
    [text] = say(office, "낯선이", "/status")
    assert "이번 주 기한 1건" in text
    assert "기한 경과 1건" in text
    assert not any(word in text for word in ("김하늘", "이구름", "교체 공사", "설계 용역", "#"))


def test_other_commands_and_an_unbound_group_get_the_word_to_write_privately(office: Chat) -> None:
    assert "개인 대화에서" in say(office, "김하늘", "/status")[0]
    say(office, "최기획", "/bind 도로과")
    office.send_all()
    assert "개인 대화에서" in say(office, "최기획", "/overdue")[0]


def test_the_week_begins_with_one_message_of_counts(office: Chat) -> None:
    say(office, "최기획", "/bind 도로과")
    office.send_all()
    number = office.number("설계 용역")
    office.say("김하늘", f"/done {number}")
    office.clock.current = MONDAY
    assert week(office) == []
    office.clock.forward(hours=2)
    [text] = week(office)
    assert "이번 주 기한 1건" in text
    assert "지난주 완료 1건" in text
    assert week(office) == []
    office.clock.forward(days=1)
    assert week(office) == []


def test_a_group_that_is_bound_in_the_middle_of_a_week_waits_for_the_next(office: Chat) -> None:
    office.clock.current = MONDAY + timedelta(days=1, hours=3)
    say(office, "최기획", "/bind 도로과")
    office.send_all()
    assert week(office) == []
    office.clock.forward(days=6)
    assert len(week(office)) == 1


def test_the_clock_stops_at_the_groups_next_monday(office: Chat) -> None:
    office.clock.current = MONDAY + timedelta(days=1, hours=3)
    office.say("김하늘", "/stop")
    office.say("최기획", "/stop")
    say(office, "최기획", "/bind 도로과")
    with office.store.read() as session:
        stop = next_scheduled_at(session, office.clock.now(), office.rules)
    assert stop == datetime(2026, 7, 6, 9, 10, tzinfo=SEOUL)


def test_a_supergroup_keeps_the_binding(office: Chat) -> None:
    say(office, "최기획", "/bind 도로과")
    say(office, "최기획", None, migrate_to_chat_id=SUPERGROUP)
    say(office, "최기획", None, group=SUPERGROUP, migrate_from_chat_id=GROUP)
    assert (bound_to(office), bound_to(office, SUPERGROUP)) == (None, "도로과")


def test_unbinding_ends_the_counts(office: Chat) -> None:
    say(office, "최기획", "/bind 도로과")
    assert "연결을 끊었습니다" in say(office, "최기획", "/unbind")[0]
    office.send_all()
    office.clock.current = MONDAY + timedelta(hours=2)
    assert week(office) == []


def changed(office: Chat, before: str, after: str, kind: str = "group") -> list[str]:
    """What the group is told once the bot has become that in it."""
    bot = {"id": 42, "is_bot": True, "first_name": "봇"}
    change = {
        "chat": {"id": GROUP, "type": kind, "title": "도로과 단체방"},
        "from": {"id": office.people["최기획"], "is_bot": False, "first_name": "최기획"},
        "date": 1,
        "old_chat_member": {"status": before, "user": bot},
        "new_chat_member": {"status": after, "user": bot},
    }
    return office.update({"my_chat_member": change}, GROUP)


def test_a_group_that_puts_the_bot_out_is_bound_no_more(office: Chat) -> None:
    say(office, "최기획", "/bind 도로과")
    assert changed(office, "member", "left") == []
    assert bound_to(office) is None


def test_a_group_that_takes_the_bot_in_is_told_once_what_it_is_for(office: Chat) -> None:
    [told] = changed(office, "left", "member")
    assert "/bind 부서" in told and "개인 대화" in told
    assert changed(office, "member", "member") == []
    assert bound_to(office) is None


def test_a_channel_is_told_nothing(office: Chat) -> None:
    assert changed(office, "left", "member", "channel") == []


def test_counts_that_were_owed_when_the_group_was_unbound_are_not_sent(office: Chat) -> None:
    say(office, "최기획", "/bind 도로과")
    office.send_all()
    office.clock.current = MONDAY + timedelta(hours=2)
    office.scan()
    with office.store.write() as session:
        groups.end(session, GROUP, office.clock.now())
    office.send_all()
    assert office.owed(GROUP)[-1].state is DeliveryState.CANCELLED


def refused(office: Chat, words: str) -> None:
    """Telegram refuses what the group is owed with these words."""
    today = office.rules.calendar.local_date(office.clock.now())
    with office.store.write() as session:
        waiting = select(Delivery).where(Delivery.chat_id == GROUP, Delivery.state == DeliveryState.PENDING)
        for one in session.scalars(waiting).all():
            error = SendError(SendFault.UNREACHABLE, words)
            outcomes.settle(session, one, error, office.clock.now(), office.clock.now(), today)


@pytest.mark.open_door("kind G")
@pytest.mark.parametrize(
    ("words", "is_bound", "said"),
    [
        ("Forbidden: bot was kicked from the group chat", False, "연결이 끝났습니다"),
        ("Bad Request: not enough rights to send text messages to the chat", True, "글을 쓸 권한이 없어"),
    ],
)
def test_a_group_that_gets_nothing_any_more_is_logged_and_told_to_the_planning_office(
    office: Chat, words: str, is_bound: bool, said: str
) -> None:
    say(office, "최기획", "/bind 도로과")
    refused(office, words)
    assert (bound_to(office) == "도로과") is is_bound
    office.clock.current = MONDAY + timedelta(hours=2)
    office.scan()
    told = [text for where, text in office.send_all() if where == office.people["최기획"]]
    assert any("도로과 단체방" in one and said in one for one in told)
