"""A document imported again proposes what it says otherwise of known tasks: departments, areas, titles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from plans.draft import TaskDraft
from store.models import Task
from store.states import RoleName
from tests.bot.chat import Chat, entry, task

DUE = date(2026, 7, 3)


def pledge(no: str, title: str, department: str, area: str, person: str = "김하늘") -> TaskDraft:
    draft = task(title, department, [person], entry("설계 용역", DUE))
    return draft.model_copy(update={"no": no, "area": area, "status": "정상추진"})


def plan(
    roads: str = "알리도로과", area: str = "행복 안전도시", title: str = "가로등 정비"
) -> tuple[TaskDraft, ...]:
    return (
        pledge("1-1", "보행로 정비", roads, area),
        pledge("1-2", title, roads, area),
        pledge("2-1", "수목 정비", "환경과", "녹색 도시", "이바다"),
    )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    chat = Chat(tmp_path, *plan())
    chat.join("최기획", RoleName.PLANNER)
    yield chat
    chat.store.close()


def tasks(chat: Chat) -> list[tuple[str, str, str | None]]:
    with chat.store.read() as session:
        found = session.query(Task).order_by(Task.id)
        return [(one.title, one.department.name if one.department else "", one.area) for one in found]


def again(chat: Chat, *drafts: TaskDraft) -> str:
    """Imported once more; gives what is asked."""
    chat.register(*drafts)
    [answer] = chat.say("최기획", "/review")
    return answer


def test_a_department_that_is_called_otherwise_is_one_question_for_all_its_tasks(office: Chat) -> None:
    said = again(office, *plan(roads="일자리도로과"))
    assert "부서 이름: 등록 ‘알리도로과’ ↔ 문서 ‘일자리도로과’" in said and "2." not in said
    office.tap("최기획", "문서의 이름으로")
    assert [one[1] for one in tasks(office)] == ["일자리도로과", "일자리도로과", "환경과"]
    assert "1." not in again(office, *plan(roads="일자리도로과"))


def test_an_area_that_is_called_otherwise_is_one_question_too(office: Chat) -> None:
    said = again(office, *plan(area="행복한 안전도시"))
    assert "분야 이름: 등록 ‘행복 안전도시’ ↔ 문서 ‘행복한 안전도시’" in said
    office.tap("최기획", "문서의 이름으로")
    assert [one[2] for one in tasks(office)] == ["행복한 안전도시", "행복한 안전도시", "녹색 도시"]


def test_one_task_of_another_department_is_a_question_about_the_task(office: Chat) -> None:
    drafts = list(plan())
    drafts[1] = pledge("1-2", "가로등 정비", "환경과", "행복 안전도시")
    said = again(office, *drafts)
    assert "주관부서: 등록 알리도로과 ↔ 문서 환경과" in said
    office.tap("최기획", "계획 정정")
    assert [one[1] for one in tasks(office)] == ["알리도로과", "환경과", "환경과"]


def test_a_title_under_the_same_number_is_proposed(office: Chat) -> None:
    said = again(office, *plan(title="가로등 정비 사업"))
    assert "제목: 등록 “가로등 정비” ↔ 문서 “가로등 정비 사업”" in said
    office.tap("최기획", "계획 정정")
    assert [one[0] for one in tasks(office)] == ["보행로 정비", "가로등 정비 사업", "수목 정비"]


def test_what_is_kept_is_not_asked_again(office: Chat) -> None:
    again(office, *plan(roads="일자리도로과"))
    office.tap("최기획", "그대로")
    assert "1." not in again(office, *plan(roads="일자리도로과"))
    assert tasks(office)[0][1] == "알리도로과"


def test_what_a_person_has_put_right_is_not_asked_by_the_same_document(office: Chat) -> None:
    with office.store.read() as session:
        number = next(one.id for one in session.query(Task) if one.title == "가로등 정비")
    for words in ("제목 보안등 정비", "번호 9-9", "주관부서 환경과", "분야 녹색 도시"):
        office.say("최기획", f"/edit {number} {words}")
    [milestone] = _milestones(office, number)
    office.say("최기획", f"/edit {milestone} 기한 7.10 잘못 읽힘")
    assert "1." not in again(office, *plan())
    assert ("보안등 정비", "환경과", "녹색 도시") in tasks(office) and len(tasks(office)) == 3


def test_a_task_that_was_withdrawn_stays_so(office: Chat) -> None:
    with office.store.read() as session:
        number = next(one.id for one in session.query(Task) if one.title == "가로등 정비")
    office.say("최기획", f"/drop {number} 중복")
    assert "1." not in again(office, *plan())
    with office.store.read() as session:
        assert session.get_one(Task, number).withdrawn_on is not None and session.query(Task).count() == 3


def _milestones(chat: Chat, task_id: int) -> list[int]:
    with chat.store.read() as session:
        return [one.id for one in session.get_one(Task, task_id).milestones]
