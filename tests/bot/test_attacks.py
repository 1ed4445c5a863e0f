"""What fresh eyes broke once, and must not break again."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from bot.texts import message_length
from store.models import ChatLink, Delivery, InboxUpdate, Milestone, Plan, Task
from store.states import DeliveryKind, DeliveryState, InboxState, LinkState, PlanState
from tests.bot.chat import Chat, entry, task
from tests.bot.people.test_linking import group_message


def test_a_flood_of_a_stranger_owes_one_answer(linked: Chat) -> None:
    for _ in range(50):
        linked.say("낯선이", "안녕")
    waiting = [one for one in linked.owed(linked.people["낯선이"]) if one.state is DeliveryState.PENDING]
    assert len(waiting) == 1


def test_many_numbers_with_a_long_note_are_answered_within_the_limit(tmp_path: Path) -> None:
    entries = [entry(f"{'긴 이름 ' * 20}{number}", date(2026, 6, 30)) for number in range(20)]
    chat = Chat(tmp_path, task("사업", "도로과", ["김하늘"], *entries))
    chat.join("김하늘")
    with chat.store.read() as session:
        numbers = " ".join(str(one) for one in session.scalars(select(Milestone.id)))
    answers = chat.say("김하늘", f"/done {numbers} {'메모 ' * 100}")
    answers += chat.tap("김하늘", "모두 등록")  # so long a note is shown first
    assert all(message_length.units(one) <= message_length.MOST_UNITS for one in answers)
    assert "되돌리기" in next(iter(chat.keyboard("김하늘")))


def test_a_long_task_with_many_people_and_a_long_history_stays_within_the_limit(tmp_path: Path) -> None:
    entries = [entry("가" * 80 + str(number), date(2026, 7, 30), expr="나" * 40) for number in range(15)]
    people = [f"{'긴이름' * 10}{number}" for number in range(120)]
    chat = Chat(tmp_path, task("다" * 200, "도로과", ["김하늘", *people], *entries))
    chat.join("김하늘")
    for day in range(1, 11):
        chat.say("김하늘", f"/note {chat.number('가' * 80 + '0')} {'메모 ' * 60}{day}")
    answers = chat.say("김하늘", f"/task {chat.number('가' * 80 + '0')}")
    assert all(message_length.units(one) <= message_length.MOST_UNITS for one in answers)
    assert any("완료" in label for label in chat.keyboard("김하늘"))


def test_a_digest_in_doubt_keeps_its_day_when_its_items_go(tmp_path: Path) -> None:
    """Else done and undo before the repetition would bring a second, unmarked message on one day."""
    chat = Chat(tmp_path, task("사업", "도로과", ["김하늘"], entry("일", date(2026, 6, 30))))
    chat.clock.forward(minutes=-10)
    chat.join("김하늘")
    chat.clock.forward(minutes=10)
    chat.scan()
    with chat.store.write() as session:
        session.scalars(
            select(Delivery).where(Delivery.kind == DeliveryKind.DIGEST)
        ).one().uncertain_sends = 1
    chat.say("김하늘", f"/done {chat.number('일')}")
    chat.say("김하늘", "/undo")
    chat.scan()
    digests = [one for one in chat.owed() if one.kind is DeliveryKind.DIGEST]
    assert [one.state for one in digests] == [DeliveryState.CANCELLED]


def test_a_store_held_by_somebody_else_delays_an_answer_and_loses_nothing(
    linked: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = linked.store.path
    assert path is not None
    other = sqlite3.connect(path, check_same_thread=False)
    raw = linked.store.writer.raw_connection()
    raw.cursor().execute("PRAGMA busy_timeout=50")
    raw.close()
    number = linked.number("설계 용역")
    user = linked.people["김하늘"]
    original = linked.dispatcher.handle
    monkeypatch.setattr("bot.intake.dispatch.time.sleep", lambda _pause_s: other.rollback())

    def handle_while_locked(*facts: object) -> object:
        other.execute("BEGIN IMMEDIATE")
        return original(*facts)  # type: ignore[arg-type]

    monkeypatch.setattr(linked.dispatcher, "handle", handle_while_locked)
    message = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": user, "type": "private"},
        "from": {"id": user, "is_bot": False, "first_name": "x"},
        "text": f"/done {number}",
    }
    assert "완료" in linked.update({"message": message}, user)[0]
    with linked.store.read() as session:
        assert {row.state for row in session.scalars(select(InboxUpdate))} == {InboxState.HANDLED}
    other.close()


@pytest.mark.open_door("B1")
def test_thousands_of_blanks_in_a_message_are_a_gap_like_any_other(linked: Chat) -> None:
    """Three loops over white space beside each other took minutes on it."""
    number = linked.number("설계 용역")
    assert linked.say("김하늘", f"/delay {number} 올해{' ' * 3900}말 의회 일정")
    assert linked.milestone("설계 용역").revision >= 1


def test_nothing_more_is_told_in_a_chat_that_is_no_longer_the_persons(tmp_path: Path) -> None:
    chat = Chat(tmp_path, task("사업", "도로과", ["김하늘"], entry("일", date(2026, 6, 30))))
    chat.clock.forward(minutes=-10)
    chat.join("김하늘")
    wrong = chat.people["김하늘"]
    chat.clock.forward(minutes=10)
    chat.scan()
    chat.send_all()
    chat.people["자리"] = 0
    chat.join("김하늘")
    chat.say("김하늘", f"/done {chat.number('일')}")
    assert not [one for one in chat.owed(wrong) if one.kind is DeliveryKind.EDIT]


@pytest.mark.parametrize(
    "form",
    ["https://t.me/bot?start={}를 눌러", "{}.", "({})", "“{}”", "코드:{}", "/start@bot {}!"],
)
def test_a_code_in_a_group_is_void_however_it_stands(chat: Chat, form: str) -> None:
    code = chat.code("김하늘")
    group_message(chat, "아무개", form.format(code))
    chat.say("김하늘", f"/start {code}")
    assert chat.link_state("김하늘") is None


@pytest.mark.open_door("kind L")
@pytest.mark.parametrize(
    "parts",
    [
        {
            "caption": "신분증",
            "photo": [],
            "caption_entities": [{"type": "text_link", "offset": 0, "length": 3, "url": "{}"}],
        },
        {"text": "누르세요", "reply_markup": {"inline_keyboard": [[{"text": "등록", "url": "{}"}]]}},
        {"text": "이것", "quote": {"text": "{}", "position": 0}},
        {"text": " ".join("x" * 20 + f"{one:02}" for one in range(90)) + " {}"},
    ],
)
def test_a_code_in_a_group_is_void_wherever_it_stands(chat: Chat, parts: dict[str, Any]) -> None:
    code = chat.code("김하늘")
    whole = json.loads(json.dumps(parts).replace("{}", f"https://t.me/bot?start={code}"))
    group_message(chat, "아무개", whole.pop("text", ""), **whole)
    chat.say("김하늘", f"/start {code}")
    assert chat.link_state("김하늘") is None


def test_tasks_of_one_title_in_two_departments_stay_two(tmp_path: Path) -> None:
    tasks = (
        task("청사 관리", "총무과", ["김총무"], entry("점검", date(2026, 8, 3))),
        task("청사 관리", "회계과", ["박회계"], entry("보고", date(2026, 8, 4))),
    )
    chat = Chat(tmp_path, *tasks)
    chat.register(*tasks)
    with chat.store.read() as session:
        found = session.scalars(select(Task).order_by(Task.id)).all()
        assert [[one.title for one in each.milestones] for each in found] == [["점검"], ["보고"]]


def test_a_planner_who_presses_an_officers_link_stays_the_planner_and_the_link_good(linked: Chat) -> None:
    code = linked.code("정새로", department="도로과")
    assert "다른 분의 등록 링크" in linked.say("최기획", f"/start {code}")[0]
    assert "[추진상황]" in linked.say("최기획", "/status")[0]
    assert "등록되었습니다" in linked.say("정새로", f"/start {code}")[0]


def test_ones_own_link_again_is_told_and_changes_nothing(linked: Chat) -> None:
    code = linked.code("김하늘")
    linked.say("김하늘", f"/start {code}")
    assert "등록은 그대로 유지되고 있습니다" in linked.say("김하늘", f"/start {code}")[0]


def test_an_archived_plans_items_cannot_be_changed(linked: Chat) -> None:
    number = linked.number("설계 용역")
    with linked.store.write() as session:
        session.scalars(select(Plan)).one().state = PlanState.ARCHIVED
    assert "보관된 계획" in linked.say("김하늘", f"/delay {number} 7.20 의회")[0]


def test_an_earlier_copy_of_a_milestone_cannot_overwrite_a_later_change(linked: Chat) -> None:
    number = linked.number("설계 용역")
    with linked.store.read() as session:
        copy = session.get_one(Milestone, number)
    linked.say("최기획", f"/delay {number} 7.20 의회")
    with pytest.raises(StaleDataError), linked.store.write() as session:
        merged = session.merge(copy, load=False)
        merged.note = "옛 사본"


def test_a_dialogue_about_what_is_no_longer_mine_ends(linked: Chat) -> None:
    linked.say("김하늘", f"/delay {linked.number('설계 용역')} 7.20")
    linked.say("최기획", f"/done {linked.number('설계 용역')}")
    assert "이미 처리되어" in linked.say("김하늘", "의회 일정")[0]
    assert "아직 바뀐 것은 없습니다" in linked.say("김하늘", "의회 일정")[0]


@pytest.mark.parametrize(
    "data", ["v1|upcoming|1|2000000000", "v1|digest|2000000000|2000000000", "v1|my|2000000000|0"]
)
def test_forged_pages_are_harmless(linked: Chat, data: str) -> None:
    linked.press("최기획", data)
    with linked.store.read() as session:
        assert not session.scalars(select(InboxUpdate).where(InboxUpdate.state == InboxState.FAILED)).all()


def test_activating_on_a_second_import_activates(tmp_path: Path) -> None:
    chat = Chat(tmp_path)
    draft = chat.draft(task("사업", "도로과", ["김하늘"], entry("정산", date(2026, 9, 10))), year=2025)
    chat.put(draft)
    chat.put(draft, is_active=True)
    assert chat.milestone("정산").next_remind_on is not None
    with chat.store.read() as session:
        assert session.scalars(select(Plan)).one().state is PlanState.ACTIVE


def test_linking_keeps_one_live_link_a_chat(linked: Chat) -> None:
    linked.join("김하늘")
    with linked.store.read() as session:
        live = [
            one.chat_id for one in session.scalars(select(ChatLink).where(ChatLink.state != LinkState.ENDED))
        ]
    assert len(live) == len(set(live))
