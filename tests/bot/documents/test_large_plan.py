"""A large honest plan: looked at before its turn, registered in few statements, bounded with a sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from bot.documents.upload import Attachment
from jobs.plans.register import MOST_NEW_DEPARTMENTS
from plans.draft import MilestoneDraft, TaskDraft
from store.models import Department, Milestone, Number, PlanUpload, Series, Task
from store.states import RoleName
from tests.bot.chat import Chat, entry, task


@pytest.fixture
def office(tmp_path: Path) -> Chat:
    chat = Chat(tmp_path, task("보행로 정비", "도로과", ["김하늘"], entry("설계", date(2026, 7, 10))))
    chat.join("최기획", RoleName.PLANNER)
    return chat


def many(count: int, entries: int = 1, departments: int = 20) -> list[TaskDraft]:
    return [
        task(
            f"사업 {number}",
            f"{number % departments}번째과",
            [f"담당{number % 50}"],
            *(entry(f"단계 {step}", date(2026, 9, 1)) for step in range(entries)),
        )
        for number in range(count)
    ]


def register(office: Chat) -> None:
    """Press [등록] under the newest document."""
    with office.store.read() as session:
        number = session.scalar(select(func.max(PlanUpload.id)))
    office.press("최기획", f"v1|upreg|{number}|0")


def statements(office: Chat, *tasks: TaskDraft) -> tuple[int, int]:
    """How many statements the writing connection runs for the document, and for [등록]."""
    ran: list[str] = []
    event.listen(office.store.writer, "before_cursor_execute", lambda *facts: ran.append(facts[2]))
    office.send_document("최기획", Attachment("큰 계획.xlsx", office.draft(*tasks, title="큰 계획")))
    shown = len(ran)
    register(office)
    return shown, len(ran) - shown


@pytest.mark.open_door("B4")
def test_showing_a_document_writes_no_more_however_large_it_is(office: Chat) -> None:
    few, _ = statements(office, *many(3))
    lots, _ = statements(office, *many(300, entries=3))
    assert lots <= few + 5


@pytest.mark.open_door("B4")
def test_registering_asks_for_nothing_row_by_row(office: Chat) -> None:
    """Two statements a task are the assignment and its day on the task."""
    _, few = statements(office, *many(10, entries=5))
    _, lots = statements(office, *many(210, entries=5))
    assert (lots - few) / 200 < 2.5


@pytest.mark.open_door("B4")
def test_a_preview_leaves_nothing_behind(office: Chat) -> None:
    draft = office.draft(*many(5), title="큰 계획")
    with office.store.read() as session:
        before = session.scalar(select(func.count()).select_from(Number))
    shown = office.dispatcher.looked_at(Attachment("x.txt", draft))
    assert shown.preview is not None and shown.preview.tasks_added == 5
    with office.store.read() as session:
        kept = [session.scalar(select(func.count()).select_from(one)) for one in (Number, Task, Department)]
        assert kept == [before, 1, session.scalar(select(func.count()).select_from(Department))]
        assert not session.scalars(select(PlanUpload)).all()


@pytest.mark.open_door("B4")
def test_what_is_shown_is_what_is_registered(office: Chat) -> None:
    office.send_document("최기획", Attachment("x.txt", office.draft(*many(40, entries=3), title="큰 계획")))
    shown = office.owed(office.people["최기획"])[-2].payload["text"]
    register(office)
    assert "과제 40개, 일정 120건" in shown
    with office.store.read() as session:
        assert session.scalar(select(func.count()).select_from(Milestone)) == 121


@pytest.mark.open_door("B4")
def test_too_many_new_departments_are_a_sentence(office: Chat) -> None:
    tasks = many(MOST_NEW_DEPARTMENTS + 1, departments=MOST_NEW_DEPARTMENTS + 1)
    [answer] = office.send_document("최기획", Attachment("x.txt", office.draft(*tasks, title="큰 계획")))
    assert f"{MOST_NEW_DEPARTMENTS}곳이 넘습니다" in answer


def test_numbers_follow_the_document(office: Chat) -> None:
    office.register(*many(2, entries=2), title="작은 계획")
    with office.store.read() as session:
        numbers = [
            (one.id, [each.id for each in one.milestones])
            for one in session.scalars(select(Task).where(Task.title.startswith("사업")).order_by(Task.id))
        ]
    first = numbers[0][0]
    assert numbers == [(first, [first + 1, first + 2]), (first + 3, [first + 4, first + 5])]


@pytest.mark.open_door("B3")
def test_what_is_done_every_day_is_nobodys_deadline(office: Chat) -> None:
    daily = MilestoneDraft(title="순찰", expr="매일", line=1, kind="recurring", rrule="FREQ=DAILY")
    office.register(task("순찰", "도로과", ["김하늘"], daily), title="매일 계획")
    with office.store.read() as session:
        assert session.scalars(select(Series)).one().rrule is None
        assert not session.scalars(select(Milestone).where(Milestone.series_id.is_not(None))).all()
