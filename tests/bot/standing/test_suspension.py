"""보류 without a day: a milestone or a whole task rests until something happens, and is asked about every month."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from plans.draft import MilestoneDraft, TaskDraft
from store import yearround
from store.models import Series
from store.states import MilestoneState, RoleName
from tests.bot.chat import Chat, entry, task


@pytest.fixture
def office(tmp_path: Path) -> Chat:
    """A task with two entries, and a pledge with none."""
    full = task(
        "보행로 정비", "도로과", ["김하늘"], entry("설계", date(2026, 7, 7)), entry("착공", date(2026, 9, 7))
    )
    pledge = TaskDraft(no="4-1-②", title="어르신 건강쿠폰", department="도로과", status="정상추진")
    chat = Chat(tmp_path, full, pledge)
    chat.join("김하늘")
    chat.join("최기획", RoleName.PLANNER)
    return chat


def state(chat: Chat, title: str) -> MilestoneState:
    return chat.milestone(title).state


def asked(chat: Chat, month: int) -> list[str]:
    """What the officer is asked on the first working day of the month."""
    chat.send_all()
    chat.clock.current = chat.clock.current.replace(month=month, day=1 if month != 8 else 3)
    chat.scan()
    mine = [text for where, text in chat.send_all() if where == chat.people["김하늘"]]
    return [one for one in mine if "보류 중" in one]


def test_without_a_day_a_milestone_rests_and_is_asked_about_every_month(office: Chat) -> None:
    answer = office.say("최기획", f"/hold {office.number('설계')} 예산이 확보될 때까지")[0]
    assert "매월 초" in answer
    assert state(office, "설계") is MilestoneState.ON_HOLD
    assert ["예산이 확보될 때까지" in text for text in asked(office, 7)] == [True]
    assert len(asked(office, 8)) == 1
    assert state(office, "설계") is MilestoneState.ON_HOLD


def test_the_question_takes_it_up_again(office: Chat) -> None:
    office.say("최기획", f"/hold {office.number('설계')} 예산이 확보될 때까지")
    asked(office, 7)
    with office.store.read() as session:
        [series] = yearround.of_task(session, office.milestone("설계").task_id)
    office.press("김하늘", f"v1|goingresume|{series.id}|0")
    assert state(office, "설계") is MilestoneState.PLANNED
    assert asked(office, 8) == []


def test_an_undone_hold_is_not_asked_about(office: Chat) -> None:
    office.say("최기획", f"/hold {office.number('설계')} 예산이 확보될 때까지")
    office.tap("최기획", "되돌리기")
    assert state(office, "설계") is MilestoneState.PLANNED
    assert asked(office, 7) == []


def test_a_day_that_cannot_be_read_is_still_refused(office: Chat) -> None:
    assert "바뀐 것은 없습니다" in office.say("최기획", f"/hold {office.number('설계')} 45일쯤에 검토")[0]
    assert state(office, "설계") is MilestoneState.PLANNED


def test_a_task_is_held_as_a_whole_and_taken_up_as_a_whole(office: Chat) -> None:
    number = office.milestone("설계").task_id
    assert "일정 2건" in office.say("최기획", f"/hold {number} 2026. 10. 30. 부지 변경")[0]
    assert {state(office, one) for one in ("설계", "착공")} == {MilestoneState.ON_HOLD}
    told = [text for where, text in office.send_all() if where == office.people["김하늘"]]
    assert any("과제를 보류하였습니다. 사유: 부지 변경" in text for text in told)
    assert "이미 보류 중" in office.say("최기획", f"/hold {number} 2026. 10. 30. 부지 변경")[0]
    assert "일정 2건" in office.say("최기획", f"/resume {number}")[0]
    assert {state(office, one) for one in ("설계", "착공")} == {MilestoneState.PLANNED}
    assert "보류 중이 아닙니다" in office.say("최기획", f"/resume {number}")[0]


def test_a_pledge_without_entries_is_held_by_its_printed_number(office: Chat) -> None:
    office.say("최기획", "/assign 4-1-② 김하늘")
    office.say("최기획", "/hold 4-1-② 거리두기가 끝날 때까지")
    assert "⏸ 보류 중: 어르신 건강쿠폰" in office.say("최기획", "/task 4-1-②")[0]
    assert len(asked(office, 7)) == 1
    office.say("최기획", "/resume 4-1-②")
    assert "보류 중" not in office.say("최기획", "/task 4-1-②")[0]
    assert asked(office, 8) == []


def test_nobody_holds_the_own_task(office: Chat) -> None:
    office.say("최기획", "/assign 4-1-② 최기획")
    assert "결재 권한이 없습니다" in office.say("최기획", "/hold 4-1-② 거리두기가 끝날 때까지")[0]
    assert "보류 중" not in office.say("최기획", "/task 4-1-②")[0]


def test_a_suspension_that_the_document_tells_is_asked_about_every_month_and_taken_up(tmp_path: Path) -> None:
    told = MilestoneDraft(title="사업 중단", expr="예산 확보 시 재개", line=9, kind="ongoing")
    chat = Chat(tmp_path, task("어르신 나들이", "복지과", ["김하늘"], told))
    chat.join("김하늘")
    chat.join("최기획", RoleName.PLANNER)
    with chat.store.read() as session:
        [series] = session.scalars(select(Series))
    assert series.is_suspension and "⏸ 보류 중: 사업 중단" in chat.say("최기획", f"/task {series.task_id}")[0]
    assert ["예산 확보 시 재개" in text for text in asked(chat, 7)] == [True]
    assert len(asked(chat, 8)) == 1
    chat.press("김하늘", f"v1|goingresume|{series.id}|0")
    assert asked(chat, 9) == []
    chat.store.close()


def test_a_question_to_several_says_who_is_accountable(tmp_path: Path) -> None:
    told = MilestoneDraft(title="상담 운영", expr="연중", line=9, kind="ongoing")
    chat = Chat(tmp_path, task("어르신 나들이", "복지과", ["김하늘", "이바다"], told))
    chat.join("이바다", department="복지과")
    chat.send_all()
    chat.clock.current = chat.clock.current.replace(month=9, day=1)
    chat.scan()
    texts = [text for where, text in chat.send_all() if where == chat.people["이바다"]]
    assert any("상담 운영" in one and "👤 주담당 김하늘" in one for one in texts)
    chat.store.close()
