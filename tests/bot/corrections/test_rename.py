"""/rename in chat: departments and areas are called otherwise, or are one with another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from plans.draft import TaskDraft
from store import officers, rounds
from store.models import Department, Task
from store.states import RoleName
from tests.bot.chat import Chat, entry, task

DUE = date(2026, 7, 3)


def pledge(title: str, department: str, area: str) -> TaskDraft:
    draft = task(title, department, ["김하늘"], entry("설계 용역", DUE))
    return draft.model_copy(update={"area": area, "status": "정상추진"})


PLAN = (pledge("보행로 정비", "알바리도로과", "행복 안전도시"), pledge("수목 정비", "환경과", "녹색 도시"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """A plan whose first department was misread."""
    chat = Chat(tmp_path, *PLAN)
    chat.join("박팀장", RoleName.LEAD, "환경과")
    chat.join("최기획", RoleName.PLANNER)
    yield chat
    chat.store.close()


def departments(chat: Chat) -> dict[str, str]:
    with chat.store.read() as session:
        return {one.title: one.department.name for one in session.query(Task) if one.department}


def areas(chat: Chat) -> list[str]:
    with chat.store.read() as session:
        return rounds.areas(session)


def test_a_department_is_called_otherwise_and_its_old_name_is_known(office: Chat) -> None:
    [answer] = office.say("최기획", "/rename 알바리도로과 → 일자리도로과")
    assert "알바리도로과 → <b>일자리도로과</b>" in answer
    assert departments(office)["보행로 정비"] == "일자리도로과"
    with office.store.read() as session:
        found = officers.department(session, "알바리도로과")
        assert found is not None and found.name == "일자리도로과"


def test_the_document_with_the_old_names_says_nothing_new(office: Chat) -> None:
    office.say("최기획", "/rename 알바리도로과 → 일자리도로과")
    office.say("최기획", "/rename 분야 행복 안전도시 → 안전 도시")
    office.register(*PLAN)
    assert (departments(office)["보행로 정비"], areas(office)) == ("일자리도로과", ["녹색 도시", "안전 도시"])
    [answer] = office.say("최기획", "/review")
    assert "1." not in answer


def test_renaming_is_taken_back(office: Chat) -> None:
    office.say("최기획", "/rename 알바리도로과 → 일자리도로과")
    office.say("최기획", "/undo")
    assert departments(office)["보행로 정비"] == "알바리도로과"
    with office.store.read() as session:
        assert officers.department(session, "일자리도로과") is None


def test_two_departments_become_one_with_their_people_and_are_parted_again(office: Chat) -> None:
    office.say("최기획", "/rename 환경과 → 알바리도로과")
    assert set(departments(office).values()) == {"알바리도로과"}
    lead = office.officer("박팀장").department_id
    office.say("최기획", "/undo")
    assert departments(office) == {"보행로 정비": "알바리도로과", "수목 정비": "환경과"}
    assert office.officer("박팀장").department_id != lead


def test_an_area_is_merged_with_another_and_parted_again(office: Chat) -> None:
    [answer] = office.say("최기획", "/rename 행복 안전도시 → 녹색 도시")
    assert "합침" in answer and areas(office) == ["녹색 도시"]
    office.say("최기획", "/undo")
    assert areas(office) == ["녹색 도시", "행복 안전도시"]


def test_what_is_not_there_is_said(office: Chat) -> None:
    assert "부서나 분야가 없습니다" in office.say("최기획", "/rename 없는과 → 도로과")[0]
    assert "부서가 없습니다" in office.say("최기획", "/rename 부서 없는과 → 도로과")[0]
    assert "이미" in office.say("최기획", "/rename 환경과 → 환경과")[0]
    with office.store.read() as session:
        assert session.query(Department).count() == 3


def test_who_gives_a_task_to_another_department_can_move_it_there(office: Chat) -> None:
    number = _first(office)
    office.say("최기획", f"/assign {number} 환경과 박팀장")
    office.tap("최기획", "주관부서도 환경과로 옮기기")
    assert departments(office)["보행로 정비"] == "환경과"
    office.say("최기획", "/undo")
    assert departments(office)["보행로 정비"] == "알바리도로과"


def _first(chat: Chat) -> int:
    with chat.store.read() as session:
        return next(one.id for one in session.query(Task) if one.title == "보행로 정비")
