"""A plan of an older reader, imported again: what is read otherwise is a question, never a second entry or a delay."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.documents.upload import Attachment
from jobs.plans.identity import identity_of
from plans.draft import PlanDraft
from plans.version import READER
from store import plans
from store.models import Milestone, Plan, Round, SnapshotRow, Task
from store.states import PledgeStatus, RoleName, RoundOrigin, RoundState
from tests.bot.chat import Chat, entry, task

ROAD = ("보행로 정비", "도로과", ["김하늘"])


@pytest.fixture
def office(tmp_path: Path) -> Chat:
    """A plan that the first reader registered: a year too early, under another title."""
    wrong = task(
        "88", "도로과", ["김하늘"], entry("설계 용역", date(2025, 7, 10)), entry("착공", date(2026, 8, 20))
    )
    chat = Chat(tmp_path, wrong)
    chat.join("최기획", RoleName.PLANNER)
    with chat.store.write() as session:
        session.scalars(select(Plan)).one().reader = READER - 1
    return chat


def read_again(office: Chat) -> str:
    right = task(*ROAD, entry("설계 용역", date(2026, 7, 10)), entry("착공", date(2026, 8, 20)))
    return registered(office, office.draft(right, title="2026년 실행계획"))


def registered(office: Chat, draft: PlanDraft) -> str:
    office.send_document("최기획", Attachment("계획.txt", draft))
    shown = [one for one in office.owed(office.people["최기획"]) if one.payload.get("keyboard")][-1]
    return office.press("최기획", shown.payload["keyboard"][0][0]["data"])[0]


def counts(office: Chat) -> tuple[int, int]:
    with office.store.read() as session:
        return len(list(session.scalars(select(Task)))), len(list(session.scalars(select(Milestone))))


def test_another_year_and_another_title_are_asked_and_nothing_is_there_twice(office: Chat) -> None:
    assert "등록 내용과 다른 곳 2건" in read_again(office)
    assert counts(office) == (1, 2)
    listed = office.say("최기획", "/review")[0]
    assert "제목: 등록 “88” ↔ 문서 “보행로 정비”" in listed


def test_correcting_the_plan_is_no_delay(office: Chat) -> None:
    read_again(office)
    press_all(office, "계획 정정")
    found = office.milestone("설계 용역")
    assert (found.original_due_on, found.due_on, len(found.delays)) == (
        date(2026, 7, 10),
        date(2026, 7, 10),
        0,
    )
    with office.store.read() as session:
        assert session.scalars(select(Task)).one().title == "보행로 정비"


def press_all(office: Chat, label: str) -> None:
    """Presses the button of that label under each question, the newest list each time."""
    for _ in range(2):
        office.say("최기획", "/review")
        shown = [one for one in office.owed(office.people["최기획"]) if one.payload.get("keyboard")][-1]
        rows = shown.payload["keyboard"]
        office.press("최기획", next(one["data"] for row in rows for one in row if label in one["text"]))


def test_the_plan_is_of_this_reader_from_then_on(office: Chat) -> None:
    assert of_older_readers(office) == ["2026년 실행계획"]
    read_again(office)
    assert of_older_readers(office) == []


def of_older_readers(office: Chat) -> list[str]:
    with office.store.read() as session:
        return plans.titles_of_older_readers(session, READER)


def test_a_plan_that_is_read_as_before_is_of_this_reader_once_it_was_sent(office: Chat) -> None:
    same = task(
        "88", "도로과", ["김하늘"], entry("설계 용역", date(2025, 7, 10)), entry("착공", date(2026, 8, 20))
    )
    office.send_document("최기획", Attachment("계획.txt", office.draft(same, title="2026년 실행계획")))
    assert of_older_readers(office) == []


def test_a_quarter_that_is_settled_stays_as_it_was(office: Chat) -> None:
    settle_a_quarter(office)
    read_again(office)
    press_all(office, "계획 정정")
    with office.store.read() as session:
        [row] = session.scalars(select(SnapshotRow)).all()
        assert (row.title, row.department, row.status) == ("88", "도로과", PledgeStatus.ON_TRACK)
        assert row.review_round.state is RoundState.FROZEN


def settle_a_quarter(office: Chat) -> None:
    """A result that was taken over and frozen while the plan stood as the older reader read it."""
    with office.store.write() as session:
        project = session.scalars(select(Task)).one()
        quarter = Round(
            year=2026,
            quarter=1,
            origin=RoundOrigin.IMPORTED,
            state=RoundState.FROZEN,
            as_of_on=date(2026, 3, 31),
            opened_at=datetime(2026, 4, 1, tzinfo=UTC),
            rows=[
                SnapshotRow(
                    task_id=project.id,
                    position=1,
                    title=project.title,
                    department="도로과",
                    status=PledgeStatus.ON_TRACK,
                )
            ],
        )
        session.add(quarter)


def test_a_line_of_which_the_older_reader_made_one_entry_is_asked_about_and_not_there_twice(
    office: Chat,
) -> None:
    with office.store.write() as session:
        old = session.scalars(select(Milestone).where(Milestone.title == "착공")).one()
        old.title, old.identity, old.line = "준공(6월), 개장식(7월)", identity_of("준공(6월), 개장식(7월)"), 7
    opened = entry("준공", date(2026, 6, 30)).model_copy(update={"line": 7})
    registered(
        office,
        office.draft(
            task("88", "도로과", ["김하늘"], entry("설계 용역", date(2025, 7, 10)), opened),
            title="2026년 실행계획",
        ),
    )
    assert counts(office) == (1, 2)
