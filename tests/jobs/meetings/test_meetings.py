"""Meetings: planned, agenda, material, who came, what was decided and how it comes back (회의)."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from jobs.items import steps as items
from jobs.meetings import steps
from jobs.meetings.steps import MeetingError
from jobs.owed import open_meetings
from reports.meetings import files
from store.db.engine import Store
from store.models import AuditEntry, Officer
from store.states import RoleName
from tests import builders
from tests.builders import RULES
from tests.jobs.meeting_table import MeetingTable

DECIDED = "지난 회의 지시사항"


@pytest.fixture
def office(store: Store) -> MeetingTable:
    return MeetingTable(store)


def refused(code: str, step: Callable[[], object]) -> None:
    with pytest.raises(MeetingError) as error:
        step()
    assert error.value.code == code


def test_a_recurring_one_has_its_times_with_who_presides_and_until_when_things_come(
    office: MeetingTable,
) -> None:
    numbers = office.plan(chairs={"7": "시장", "": "부시장"}, minute=810, place="대회의실")
    assert len(numbers) == 4
    first, last = office.row(numbers[0]), office.row(numbers[-1])
    assert (first.on, first.time, first.chair) == (date(2030, 7, 2), "13:30", "시장")
    assert first.agenda_until == first.material_until == date(2030, 6, 28)  # two days before is a Sunday
    assert last.on == date(2030, 7, 23) and last.state == "planned"


def test_what_cannot_be_planned_says_why(office: MeetingTable) -> None:
    refused("no-title", lambda: office.plan(title=" "))
    refused("no-days", lambda: office.plan(rrule="FREQ=MONTHLY"))
    refused("past-day", lambda: office.plan(rrule=None, days=[date(2030, 6, 1)]))
    refused("too-many", lambda: office.plan(rrule="FREQ=WEEKLY;BYDAY=MO,TU", until=date(2031, 6, 1)))


def test_anybody_adds_to_the_agenda_until_it_closes_and_takes_only_the_own_off(office: MeetingTable) -> None:
    number = office.plan()[1]  # 9 July, closes on Friday 5 July
    office.do(steps.add_topic, number, "버스 노선", by="김교통")
    office.do(steps.add_topic, number, "나무 심기", by="이공원")
    refused("others-topic", lambda: office.do(steps.drop_topic, number, 1, by="이공원"))
    office.do(steps.drop_topic, number, 2, by="이공원")
    office.until(date(2030, 7, 8))
    refused("agenda-closed", lambda: office.do(steps.add_topic, number, "늦은 안건", by="김교통"))
    office.do(steps.add_topic, number, "늦은 안건", is_office=True)
    assert [(one.no, one.title, one.added_by) for one in office.row(number).agenda] == [
        (1, "버스 노선", "김교통"),
        (3, "늦은 안건", "최기획"),
    ]


def test_material_comes_by_department_and_a_newer_one_counts(office: MeetingTable) -> None:
    number = office.plan()[0]
    place = office.items.places["공원과"]
    office.do(steps.give, number, place, "공원과-11", by="이공원")
    office.do(steps.give, number, place, "공원과-12", is_on_behalf=True)
    refused(
        "not-of-department", lambda: office.do(steps.give, number, office.items.places["도로과"], "도로과-1")
    )
    assert [(one.department, one.text, one.given_by, one.on_behalf) for one in office.row(number).parts] == [
        ("교통과", None, None, False),
        ("공원과", "공원과-12", "최기획", True),
    ]


def test_what_was_decided_comes_back_until_it_is_closed(office: MeetingTable) -> None:
    first, second, third, _ = office.plan()
    refused("not-yet", lambda: office.decide(first, "너무 이른 지시"))
    office.until(date(2030, 7, 2))
    done, open_ = office.decide(first, "노선 조정안 보고"), office.decide(first, "나무 심기", "공원과")
    office.items.reply(done, "보고하였습니다.")
    office.items.do(items.close, done, "adopted")
    assert [row[0] for row in office.table(second, DECIDED).rows] == [str(done), str(open_)]
    assert [row[0] for row in office.table(second, DECIDED, ["공원과"]).rows] == [str(open_)]
    assert [row[4] for row in office.table(second, DECIDED).rows] == ["반영", "진행 중"]
    assert [row[0] for row in office.table(third, DECIDED).rows] == [
        str(done),
        str(open_),
    ]  # the second is to come
    office.until(date(2030, 7, 9))
    newer = office.decide(second, "주차장 점검")
    assert [row[0] for row in office.table(third, DECIDED).rows] == [str(open_), str(newer)]
    assert office.row(first).decisions == [done, open_]
    assert not any(
        row[0] in {str(open_), str(newer)} for row in office.table(third, "진행 중인 지시·건의").rows
    )


def test_who_came_is_counted_and_the_sum_is_that_of_its_rows(office: MeetingTable) -> None:
    [number] = office.plan("직원 교육", rrule=None, days=[office.today])
    for place, present, total in (("교통과", 12, 15), ("공원과", 3, 3)):
        office.do(steps.attend, number, office.items.places[place], present, total)
    assert [row[1:] for row in office.table(number, "참석 현황").rows] == [
        ["12", "15"],
        ["3", "3"],
        ["15", "18"],
    ]
    refused("more-than-all", lambda: office.do(steps.attend, number, office.items.places["교통과"], 16, 15))


def test_it_is_moved_and_cancelled_with_a_reason_and_the_log_has_it(office: MeetingTable) -> None:
    numbers = office.plan()
    refused("no-reason", lambda: office.do(steps.move, numbers[0], date(2030, 7, 4), " "))
    office.do(steps.move, numbers[0], date(2030, 7, 4), "의회 일정")
    moved = office.row(numbers[0])
    assert (moved.on, moved.first_on) == (date(2030, 7, 4), date(2030, 7, 2))
    assert len(office.do(steps.cancel, numbers[2], "휴가철", is_all=True)) == 2
    refused("cancelled", lambda: office.do(steps.add_topic, numbers[3], "안건"))
    with office.store.read() as session:
        log = session.scalars(select(AuditEntry).where(AuditEntry.subject.like("meeting:%")))
        assert [(one.action, one.reason) for one in log] == [
            ("meeting-planned", None),
            ("meeting-moved", "의회 일정"),
            ("meeting-cancelled", "휴가철"),
            ("meeting-cancelled", "휴가철"),
        ]


def test_the_workbook_and_the_document_say_the_same(office: MeetingTable) -> None:
    number = office.plan(minute=810, place="대회의실")[0]
    office.do(steps.add_topic, number, "버스 노선 =1+1", is_office=True)
    made = office.pack(number)
    page = load_workbook(io.BytesIO(files.workbook(made))).active
    assert page is not None
    cells = {str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None}
    paper = Document(io.BytesIO(files.document(made)))
    words = {one.text for one in paper.paragraphs} | {
        cell.text for table in paper.tables for row in table.rows for cell in row.cells
    }
    told = {text for one in made.tables for row in one.rows for text in row if text}
    assert {"버스 노선 =1+1", "미제출"} <= told and told <= cells and told <= words
    assert {one.title for one in made.tables} <= cells & words and "장소: 대회의실" in cells & words


def told(office: MeetingTable, *people: str) -> list[tuple[str, str, date]]:
    """Who is to be told what by today."""
    names = {number: name for name, number in office.items.people.items()}
    with office.store.read() as session:
        found = open_meetings.waiting(session, office.today, RULES)
        return sorted(
            (names[one.officer_id], one.rule, one.day) for one in found if names[one.officer_id] in people
        )


def test_material_is_asked_for_three_days_before_and_on_its_day_and_everybody_is_told_the_day_before(
    office: MeetingTable,
) -> None:
    with office.store.write() as session:
        planner, contact = (
            session.get_one(Officer, office.items.people[one]) for one in ("최기획", "이공원")
        )
        builders.role(session, planner, RoleName.PLANNER)
        builders.link(session, contact)
    meeting = office.plan(rrule=None, days=[date(2030, 7, 25)], places=["공원과"])[
        0
    ]  # a Thursday, due on the 23rd
    days: dict[str, list[int]] = {}
    for ahead in range(28):
        office.until(date(2030, 7, 1) + timedelta(days=ahead))
        for name, _, day in told(office, "이공원", "최기획"):
            if day == office.today:
                days.setdefault(name, []).append(day.day)
    assert days == {"이공원": [19, 23, 24], "최기획": [23, 24]}
    office.until(date(2030, 7, 22))
    office.do(steps.give, meeting, office.items.places["공원과"], "공원과-12", by="이공원")
    office.until(date(2030, 7, 23))
    assert told(office, "이공원", "최기획") == []
    office.do(steps.cancel, meeting, "수해")
    assert told(office, "이공원") == [("이공원", "meeting-off", date(2030, 7, 23))]
