"""Quotas (연 3회) are one line with a counter and [한 번 했음]; the planning office's own dates become a task of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from plans.draft import MilestoneDraft
from plans.read import plan_of
from store import rounds
from store.models import Series, Task
from store.states import RoleName
from tests.bot.chat import Chat, entry, task

REGISTER = (Path(__file__).parents[2] / "samples/register.txt").read_text(encoding="utf-8")


def survey() -> MilestoneDraft:
    return MilestoneDraft(
        title="만족도 조사", expr="연 3회", line=1, kind="recurring", windows=[], rrule=None
    )


@pytest.fixture
def office(tmp_path: Path) -> Chat:
    chat = Chat(tmp_path, task("걷기 교실", "건강증진과", ["김하늘"], survey()))
    chat.join("김하늘")
    chat.join("이바다")
    return chat


def number(chat: Chat) -> int:
    with chat.store.read() as session:
        return session.scalars(select(Series.id)).one()


def test_the_card_counts_a_quota_and_takes_the_next_time(office: Chat) -> None:
    assert "(연 3회)</i> · 0/3회" in office.say("김하늘", f"/task {number(office)}")[0]
    answer = office.tap("김하늘", "한 번 했음")[0]
    assert "1/3회" in answer
    assert "2번 남았습니다" in answer


def test_a_tap_too_many_is_taken_back(office: Chat) -> None:
    office.say("김하늘", f"/task {number(office)}")
    office.tap("김하늘", "한 번 했음")
    assert "0/3회" in office.tap("김하늘", "한 번 빼기")[0]
    assert "뺄 것이 없습니다" in office.press("김하늘", f"v1|goingless|{number(office)}|0")[0]


def test_the_last_time_ends_the_question(office: Chat) -> None:
    for _ in range(3):
        answer = office.press("김하늘", f"v1|goingonce|{number(office)}|0")[0]
    assert "모두 마쳤습니다" in answer
    office.say("김하늘", f"/task {number(office)}")
    assert not any("한 번 했음" in label for label in office.keyboard("김하늘"))


def test_nobody_else_counts(office: Chat) -> None:
    assert "0/3회" not in office.press("이바다", f"v1|goingonce|{number(office)}|0")[0]
    assert "0/3회" in office.say("김하늘", f"/task {number(office)}")[0]


def test_the_quarters_question_has_the_counter_and_its_button(office: Chat) -> None:
    office.clock.current = office.clock.current.replace(month=9, day=1)
    office.scan()
    told = [message for chat_id, message in office.send_messages() if chat_id == office.people["김하늘"]]
    assert any("0/3회" in one.text for one in told)
    labels = [button["text"] for one in told for row in one.keyboard for button in row]
    assert any("한 번 했음" in one for one in labels)


def test_dates_outside_all_tasks_become_a_task_of_the_planning_office(tmp_path: Path) -> None:
    chat = Chat(tmp_path, task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 7))))
    chat.join("최기획", RoleName.PLANNER)
    chat.put(plan_of(REGISTER), is_active=True)
    with chat.store.read() as session:
        own = session.scalars(select(Task).where(Task.is_office.is_(True))).one()
        assert [one.title for one in own.milestones] == [
            "점검결과 통보(기획예산과→주관부서)",
            "3분기 자체점검",
        ]
    card = chat.say("최기획", f"/task {own.id}")[0]
    assert "총괄부서 자체 일정" in card
    assert "담당 최기획" in card
    assert "주관 기획예산실" in card
    assert "총괄부서" in chat.say("최기획", "/my")[0]


def test_dates_that_came_in_before_the_planning_office_are_its_own_from_its_first_day(tmp_path: Path) -> None:
    chat = Chat(tmp_path)
    chat.put(plan_of(REGISTER), is_active=True)
    for name in ("최기획", "정예산"):
        chat.join(name, RoleName.PLANNER, "기획예산실")
    assert "자체점검" in chat.say("최기획", "/my")[0]
    assert "자체점검" not in chat.say("정예산", "/my")[0]
    assert "자체 일정" not in chat.say("정예산", "/assign")[0]


def test_the_offices_own_task_is_registered_once_and_in_no_round(tmp_path: Path) -> None:
    chat = Chat(tmp_path)
    chat.join("최기획", RoleName.PLANNER)
    for _ in range(2):
        chat.put(plan_of(REGISTER), is_active=True)
    with chat.store.read() as session:
        own = session.scalars(select(Task).where(Task.is_office.is_(True))).one()
        assert own not in rounds.in_scope(session, plan_ids=[own.plan_id])
