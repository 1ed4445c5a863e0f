"""주간업무보고: three sentences a department, from the store."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports import weekly_files
from reports.scope import of_department
from reports.week import own_counts, week_counts
from reports.weekly import Part, Week, week_of
from store import audit
from store.audit import Who
from store.db.engine import Store
from store.models import Milestone, Officer
from store.states import Gate, MilestoneState
from tests import builders
from tests.builders import SEOUL, kst

TUESDAY = date(2026, 6, 30)
DONE = MilestoneState.DONE


def week(store: Store, day: date = TUESDAY) -> Week:
    with store.read() as session:
        return week_of(session, day, SEOUL)


def numbers(found: Week, part: Part, department: str = "도로과") -> list[str]:
    return [one.title for one in found.departments[department][part]]


def make(store: Store) -> None:
    with store.write() as session:
        person = builders.officer(session)
        task = builders.task(session, person)
        done = builders.milestone(session, task, date(2026, 6, 30), title="설계", state=DONE)
        done.done_on = date(2026, 6, 29)
        old = builders.milestone(session, task, date(2026, 6, 19), title="공고", state=DONE)
        old.done_on = date(2026, 6, 20)
        builders.milestone(session, task, date(2026, 7, 9), title="착공")
        builders.milestone(session, task, date(2026, 7, 20), title="준공")
        waits = builders.milestone(session, task, date(2026, 6, 1), title="보상")
        waits.gate, waits.review_on, waits.reason = Gate.EXTRA_BUDGET, date(2026, 9, 30), "제2회 추경"


def test_a_week_is_what_was_done_in_it_what_comes_next_and_what_waits(store: Store) -> None:
    make(store)
    found = week(store)
    assert numbers(found, Part.DONE) == ["설계"]
    assert numbers(found, Part.COMING) == ["착공"]
    assert numbers(found, Part.WAITING) == ["보상"]


def test_what_was_done_earlier_and_registered_this_week_is_of_this_week(store: Store) -> None:
    make(store)
    with store.write() as session:
        old = session.query(Milestone).filter_by(title="공고").one()
        who = Who(None, "김하늘", "test", "test:2")
        audit.Act(session, who, kst(2026, 7, 1)).record("done", f"milestone:{old.id}")
    assert numbers(week(store), Part.DONE) == ["공고", "설계"]


def register(store: Store, title: str, at: datetime) -> None:
    """The log says that it was reported then."""
    with store.write() as session:
        one = session.query(Milestone).filter_by(title=title).one()
        act = audit.Act(session, Who(None, "김하늘", "test", "test:3"), at)
        act.record("done", f"milestone:{one.id}")


def done_last_week(store: Store, today: date) -> set[int]:
    """As the planning office, the department and the officer are told."""
    with store.read() as session:
        person = session.query(Officer).one()
        assert person.department is not None
        counts = [
            week_counts(session, today, SEOUL, None),
            week_counts(session, today, SEOUL, of_department(person.department)),
            own_counts(session, today, SEOUL, person.id),
        ]
        return {one.done_last_week for one in counts}


@pytest.mark.parametrize(
    ("at", "counted"),
    [
        (kst(2026, 6, 28, 23, 59), 1),  # Sunday evening: of the week before
        (kst(2026, 6, 29, 0, 0), 2),
        (kst(2026, 7, 5, 23, 59), 2),
        (kst(2026, 7, 6, 0, 0), 1),  # Monday: of the next one
    ],
)
def test_the_counts_of_last_week_and_the_weeks_report_are_of_the_same(
    store: Store, at: datetime, counted: int
) -> None:
    make(store)
    register(store, "공고", at)
    assert done_last_week(store, date(2026, 7, 6)) == {counted}
    assert len(numbers(week(store), Part.DONE)) == counted


def test_what_was_opened_again_is_done_in_no_week(store: Store) -> None:
    make(store)
    register(store, "공고", kst(2026, 7, 1))
    with store.write() as session:
        one = session.query(Milestone).filter_by(title="공고").one()
        one.state, one.done_on, one.revision = MilestoneState.PLANNED, None, one.revision + 1
    assert done_last_week(store, date(2026, 7, 6)) == {1}


def test_the_text_has_three_sentences_a_department(store: Store) -> None:
    make(store)
    said = weekly_files.text(week(store), "한별시")
    assert said.startswith("한별시 주간업무보고 (2026. 6. 29.(월) ~ 7. 5.(일))")
    assert "○ 이번 주: 보행로 정비 설계(6. 29.(월)) 1건을 마쳤습니다." in said
    assert "○ 다음 주: 보행로 정비 착공(7. 9.(목)) 1건의 기한이 옵니다." in said
    assert "제2회 추경, 9. 30.(수) 재검토) 1건이 기다리고 있습니다." in said


def test_the_sheet_has_a_row_a_department_and_the_rows_behind_it(store: Store) -> None:
    make(store)
    book = load_workbook(BytesIO(weekly_files.xlsx(week(store), "한별시")))
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=3)] == ["도로과"]
    assert [row[4].value for row in book.worksheets[1].iter_rows(min_row=2)] == ["설계", "착공", "보상"]


def test_a_secret_task_is_named_by_its_number_alone(store: Store) -> None:
    make(store)
    with store.write() as session:
        one = session.query(Milestone).filter_by(title="착공").one()
        one.task.is_secret, number = True, one.id
    said = weekly_files.text(week(store), "한별시")
    assert "비공개 과제" in said and f"#{number}" in said
    assert not any(one in said for one in ("착공", "보행로", "제2회"))


def test_a_week_without_anything_says_so(store: Store) -> None:
    assert "기다리는 일도 없습니다" in weekly_files.text(week(store), "한별시")
