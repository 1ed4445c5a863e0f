"""Nobody fills another's chat, nor the ledger: events, strangers' answers and drafts are limited and forgotten."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.chat.turn import EVENTS_MOST
from bot.documents.upload import Attachment
from bot.intake.groups import STRANGER_MOST
from jobs.loop import Loop
from store import deliveries, uploads
from store.models import Delivery, PlanUpload
from store.states import DeliveryKind, RoleName
from tests.bot.chat import Chat, entry, task
from tests.bot.people.test_linking import group_message


@pytest.fixture
def office(tmp_path: Path) -> Chat:
    entries = [entry(f"단계 {number}", date(2026, 7, 10)) for number in range(1, 16)]
    chat = Chat(tmp_path, task("보행로 정비", "도로과", ["김하늘", "이바다"], *entries))
    chat.join("최기획", RoleName.PLANNER)
    chat.join("김하늘")
    chat.join("이바다")
    chat.send_all()
    return chat


def events(office: Chat, name: str) -> list[Delivery]:
    return [one for one in office.owed(office.people[name]) if one.kind is DeliveryKind.EVENT]


@pytest.mark.open_door("B10")
def test_twenty_five_absences_are_no_twenty_five_messages(office: Chat) -> None:
    before = len(events(office, "이바다"))
    for day in range(1, 26):
        office.say("김하늘", f"/away 7.{day} @이바다")
        office.send_all()
    assert len(events(office, "이바다")) - before <= EVENTS_MOST


@pytest.mark.open_door("B10")
def test_what_is_too_much_for_a_message_of_its_own_stands_in_the_last_one(office: Chat) -> None:
    before = len(events(office, "최기획"))
    for number in range(1, 26):
        office.say("김하늘", f"/handover 사정 {number}")
    found = events(office, "최기획")[before:]
    assert len(found) == EVENTS_MOST
    assert all(f"사정 {number}" in found[-1].payload["text"] for number in (10, 11, 25))


@pytest.mark.open_door("B10")
def test_others_and_the_next_day_are_counted_anew(office: Chat) -> None:
    for number in range(EVENTS_MOST + 2):
        office.say("김하늘", f"/handover 사정 {number}")
    before = len(events(office, "최기획"))
    office.say("이바다", "/handover 발령")
    office.clock.forward(days=1, minutes=1)
    office.say("김하늘", "/handover 다음 날")
    assert len(events(office, "최기획")) == before + 2


@pytest.mark.open_door("B11")
@pytest.mark.parametrize("words", ["/bind 도로과", "/status", "/help"])
def test_a_foreign_group_gets_no_more_than_some_answers_a_day(office: Chat, words: str) -> None:
    for _ in range(60):
        group_message(office, "낯선이", words)
        office.send_all()
    with office.store.read() as session:
        query = select(func.count()).select_from(Delivery).where(Delivery.officer_id.is_(None))
        assert (session.scalar(query) or 0) <= STRANGER_MOST


@pytest.mark.open_door("B11")
def test_a_stranger_gets_no_more_than_some_answers_a_day(office: Chat) -> None:
    for _ in range(60):
        office.say("낯선이", "안녕")
        office.send_all()
        office.clock.forward(minutes=1)
    assert len(office.owed(office.people["낯선이"])) == STRANGER_MOST
    office.clock.forward(days=1)
    assert office.say("낯선이", "안녕")


@pytest.mark.open_door("B11")
def test_answers_to_strangers_and_old_drafts_are_forgotten(office: Chat) -> None:
    office.say("낯선이", "안녕")
    office.send_all()
    draft = office.draft(task("새", "도로과", []), title="다른 계획")
    office.send_document("최기획", Attachment("x.txt", draft))
    later = office.clock.now() + timedelta(days=31)
    with office.store.write() as session:
        deliveries.forget_nameless(session, later)
        uploads.forget_old(session, later)
    with office.store.read() as session:
        assert not session.scalars(select(Delivery).where(Delivery.officer_id.is_(None))).all()
        assert not session.scalars(select(PlanUpload)).all()
    assert "이미 처리한 문서" in office.press("최기획", "v1|upreg|1|0")[0]


def test_the_loop_forgets_once_a_day(office: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[date] = []
    monkeypatch.setattr(
        uploads, "forget_old", lambda session, now: days.append(office.rules.calendar.local_date(now))
    )
    loop = Loop(office.store, office.clock, office.rules, None, is_alone=True)  # type: ignore[arg-type]
    for _ in range(3):
        with office.store.write() as session:
            loop._tidy(session, office.clock.now())
        office.clock.forward(hours=20)
    assert days == sorted(set(days))
    assert len(days) > 1


@pytest.mark.open_door("B11")
def test_the_same_document_again_shows_the_earlier_card(office: Chat) -> None:
    draft = office.draft(task("새", "도로과", [], entry("일", date(2026, 9, 1))), title="다른 계획")
    for _ in range(3):
        office.send_document("최기획", Attachment("x.txt", draft))
        office.send_all()
    with office.store.read() as session:
        assert session.scalar(select(func.count()).select_from(PlanUpload)) == 1
    assert "등록하였습니다" in office.press("최기획", "v1|upreg|1|0")[0]
