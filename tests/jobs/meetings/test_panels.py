"""Panels of citizens: 분과 with their tasks, an opinion of a task that its department answers, and what the next time sees."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from jobs.items import steps as items
from jobs.meetings import panels as steps
from jobs.meetings.panels import Seats, Taken
from jobs.meetings.steps import MeetingError
from jobs.owed import open_meetings
from plans.sheet.grid import Grid
from plans.sheet.opinions import is_opinion_sheet, read_opinions
from reports.meetings import files, opinion_files, pack
from reports.meetings.opinions import PanelRow, opinion_rows
from reports.texts.speaking import speaking
from store import meetings, panels
from store.db.engine import Store
from store.models import Department, Officer, Task
from store.states import MeetingKind, RoleName
from tests import builders
from tests.builders import RULES, SEOUL
from tests.jobs.meeting_table import MeetingTable

TRAFFIC, GREEN = "교통안전", "공원환경"


class Town(MeetingTable):
    """The office of the meetings with six tasks: three of 교통과, two of 공원과 (in a bureau), a secret one."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        with store.write() as session:
            session.get_one(Department, self.items.places["공원과"]).bureau = "녹지국"
            self.plan_of = builders.plan(session, "공약 실행계획", year=2030)
            self.tasks = {
                no: self._task(session, no, title, place, position)
                for position, (no, title, place) in enumerate(
                    (
                        ("1-1-①", "공영주차장 확충", "교통과"),
                        ("1-1-②", "어린이 보호구역 정비", "교통과"),
                        ("1-1-③", "버스 정류장 개선", "교통과"),
                        ("2-1-①", "동네 숲 가꾸기", "공원과"),
                        ("2-1-②", "놀이터 정비", "공원과"),
                    )
                )
            }
            secret = session.get_one(Task, self._task(session, "9-9", "청사 이전", "교통과", 9))
            secret.is_secret = True
        self.numbers = self.plan(
            "시민평가단 회의",
            (),
            rrule=None,
            days=[date(2030, 7, 1), date(2030, 9, 2)],
            kind=MeetingKind.PANEL,
        )

    def _task(self, session: Any, no: str, title: str, place: str, position: int) -> int:
        made = builders.task(session, title=title, department=place, of=self.plan_of)
        made.no, made.position = no, position
        return made.id

    def seat(self, name: str, *names: str, citizens: int | None = 10, experts: int | None = 2) -> int:
        tasks: int = self.do(steps.seat, self.numbers[0], Seats(name, citizens, experts, names)).tasks
        return tasks

    def opine(self, no: str, text: str | None, at: int = 0) -> int | None:
        number: int | None = self.do(steps.opine, self.numbers[at], self.tasks[no], text).item_id
        return number

    def sheet(self, at: int = 0) -> bytes:
        with self.store.read() as session:
            of = meetings.by_numbers(session, [self.numbers[at]])[self.numbers[at]]
            return opinion_files.sheet(session, of)

    def packed(self, at: int = 0, name: str | None = None) -> pack.Pack:
        with self.store.read() as session:
            of = meetings.by_numbers(session, [self.numbers[at]])[self.numbers[at]]
            panel = panels.named(session, of.meeting_id, name) if name else None
            return pack.build(session, of, self.items.now, SEOUL, panel=panel)

    def panels(self, at: int = 0) -> list[PanelRow]:
        return self.row(self.numbers[at]).panels


@pytest.fixture
def town(store: Store) -> Town:
    return Town(store)


def refused(code: str, step: Callable[[], object]) -> None:
    with pytest.raises(MeetingError) as error:
        step()
    assert error.value.code == code


def rows(made: pack.Pack, title: str) -> list[list[str]]:
    return next(one.rows for one in made.tables if one.title == title)


def filled(content: bytes, said: dict[int, str]) -> Grid:
    """The sheet as it comes back: the last column of each task's row has the words."""
    page = load_workbook(io.BytesIO(content)).active
    assert page is not None
    found = [["" if cell.value is None else str(cell.value) for cell in row] for row in page.iter_rows()]
    for row in found:
        if row[0].isdigit() and int(row[0]) in said:
            row[5] = said[int(row[0])]
    return Grid(name=page.title, rows=found)


def test_a_panel_has_the_tasks_of_a_department_a_bureau_an_area_or_a_number(town: Town) -> None:
    assert town.seat(TRAFFIC, "교통과") == 3  # the secret one is never put to citizens
    assert town.seat(GREEN, "녹지국", "1-1-3") == 3  # the number goes there from the other
    assert [(one.name, one.citizens, one.experts, one.tasks) for one in town.panels()] == [
        (TRAFFIC, 10, 2, 2),
        (GREEN, 10, 2, 3),
    ]
    assert town.seat(TRAFFIC, citizens=12, experts=None) == 2  # what is not said stays
    assert (town.panels()[0].citizens, town.panels()[0].experts) == (12, 2)
    assert town.panels(1) == town.panels()  # the panels are the meeting's, not one time's
    refused("no-tasks", lambda: town.seat(TRAFFIC, "없는과"))
    refused("no-tasks", lambda: town.seat(TRAFFIC, "9-9"))
    other = town.plan("업무회의", ())[0]
    refused("no-panel-meeting", lambda: town.do(steps.seat, other, Seats(TRAFFIC)))


def test_an_opinion_is_an_item_of_the_tasks_department_until_it_is_answered(town: Town) -> None:
    town.seat(TRAFFIC, "교통과")
    number = town.opine("1-1-①", "주차면을 늘려 주십시오")
    assert number is not None
    item = town.items.row(number)
    assert (item.kind, item.department, item.requester, item.source) == (
        "proposal",
        "교통과",
        TRAFFIC,
        "시민평가단 회의",
    )
    assert item.title == "1-1-① 공영주차장 확충: 주차면을 늘려 주십시오"
    assert town.opine("1-1-①", "야간 개방도 검토해 주십시오") == number
    assert town.items.row(number).title.endswith(": 야간 개방도 검토해 주십시오")
    assert town.opine("1-1-②", None) is None
    assert [(one.opinions, one.unanswered) for one in town.panels()] == [(1, 1)]
    town.items.reply(number, "9월부터 개방합니다.")
    assert [(one.opinions, one.unanswered) for one in town.panels()] == [(1, 0)]
    with pytest.raises(items.ItemError):
        town.opine("1-1-①", "다른 말")
    refused("opinion-there", lambda: town.opine("1-1-①", None))
    refused("no-panel-of-task", lambda: town.opine("2-1-①", "나무를 더"))
    refused("opinion-length", lambda: town.opine("1-1-③", "가" * 381))
    town.items.do(items.drop, number, "잘못 적음")
    assert town.panels()[0].opinions == 0
    assert town.opine("1-1-①", "다시 적은 의견") not in {None, number}


def test_the_second_time_sees_what_became_of_the_firsts_opinions(town: Town) -> None:
    town.seat(TRAFFIC, "교통과")
    town.seat(GREEN, "공원과")
    first, second = town.opine("1-1-①", "주차면 확대"), town.opine("2-1-①", "나무를 더")
    assert first is not None and second is not None
    town.items.reply(first, "40면을 늘립니다.")
    town.items.do(items.close, first, "adopted")
    town.until(date(2030, 9, 2))
    before = rows(town.packed(1), f"{TRAFFIC} 분과의 지난 의견과 답변")
    assert [(row[0], row[2], row[4], row[5]) for row in before] == [
        ("1-1-① 공영주차장 확충", str(first), "주차면 확대", "[반영] 40면을 늘립니다.")
    ]
    assert [row[5] for row in rows(town.packed(1), f"{GREEN} 분과의 지난 의견과 답변")] == [
        "미답변 (진행 중)"
    ]
    assert rows(town.packed(0), f"{TRAFFIC} 분과의 지난 의견과 답변") == []


def test_next_years_meeting_of_the_same_name_begins_with_the_panels_and_their_opinions(town: Town) -> None:
    town.seat(TRAFFIC, "교통과")
    open_ = town.opine("1-1-①", "주차면 확대")
    town.until(date(2031, 1, 6))
    again = town.plan("시민평가단 회의", (), rrule=None, days=[date(2031, 2, 3)], kind=MeetingKind.PANEL)
    town.numbers += again
    assert [(one.name, one.citizens, one.tasks, one.opinions) for one in town.panels(2)] == [
        (TRAFFIC, 10, 3, 0)
    ]
    assert [row[2] for row in rows(town.packed(2), f"{TRAFFIC} 분과의 지난 의견과 답변")] == [str(open_)]


def test_the_sheet_goes_out_comes_back_and_twice_is_once(town: Town) -> None:
    town.seat(TRAFFIC, "교통과")
    town.seat(GREEN, "공원과")
    town.opine("1-1-②", "이미 적은 의견")
    said = {town.tasks["1-1-①"]: "주차면 확대", town.tasks["2-1-①"]: "없음"}
    grid = filled(town.sheet(), said)
    assert is_opinion_sheet(grid) and read_opinions(grid).meeting == town.numbers[0]
    done: Taken = town.do(steps.take, town.numbers[0], read_opinions(grid).rows)
    assert (done.entered, done.none, done.known, done.faults) == (1, 1, 1, [])
    again: Taken = town.do(steps.take, town.numbers[0], read_opinions(filled(town.sheet(), {})).rows)
    assert (again.entered, again.changed, again.none, again.known) == (0, 0, 0, 3)
    with speaking("en"):
        english = town.sheet()
    assert read_opinions(filled(english, {})).meeting == town.numbers[0]
    assert len(read_opinions(filled(english, {})).rows) == 3


def test_what_is_wrong_in_the_sheet_is_said_by_its_cell(town: Town) -> None:
    town.seat(TRAFFIC, "교통과")
    number = town.opine("1-1-①", "주차면 확대")
    assert number is not None
    town.items.reply(number, "늘립니다.")
    said = {town.tasks["1-1-①"]: "딴 의견", town.tasks["1-1-②"]: "가" * 400}
    grid = filled(town.sheet(), said)
    grid.rows.append(["7", "", "", "", "", "없는 과제"])
    grid.rows.append(["교통", "", "", "", "", "번호가 없는 줄"])
    found = read_opinions(grid)
    done: Taken = town.do(steps.take, town.numbers[0], found.rows)
    faults = [(one.code, one.facts["cell"]) for one in (*found.faults, *done.faults)]
    assert faults == [
        ("opinions.number", "A9"),
        ("opinions.answered", "F5"),
        ("opinions.length", "F6"),
        ("opinions.task", "F8"),
    ]


def test_the_pack_of_a_panel_has_its_tasks_alone_and_both_files_say_it(town: Town) -> None:
    town.seat(TRAFFIC, "교통과")
    town.seat(GREEN, "공원과")
    with town.store.write() as session:
        task = session.get_one(Task, town.tasks["1-1-①"])
        task.start_on, task.end_on, task.status = date(2030, 1, 1), date(2030, 12, 31), "정상추진"
        builders.milestone(session, task, date(2030, 6, 20), title="설계 용역")
    town.opine("1-1-①", "주차면 확대")
    made = town.packed(0, TRAFFIC)
    assert not any(GREEN in one.title for one in made.tables)
    assert rows(made, "분과 현황") == [[TRAFFIC, "12명 (시민 10, 전문가 2)", "3", "1", "0", "1"]]
    assert rows(town.packed(), "분과 현황")[-1] == ["계", "24명 (시민 20, 전문가 4)", "5", "1", "0", "1"]
    [first, *_] = rows(made, f"{TRAFFIC} 분과 과제")
    assert first[:3] == ["1-1-① 공영주차장 확충", "교통과", "정상추진"]
    assert "일정 0/1" in first[3] and "설계 용역 2030. 6. 20. (지남)" in first[3]
    assert first[4:] == ["주차면 확대", "미답변 (진행 중)"]
    page = load_workbook(io.BytesIO(files.workbook(made))).active
    assert page is not None
    cells = {str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None}
    paper = Document(io.BytesIO(files.document(made)))
    words = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    told = {text for one in made.tables for row in one.rows for text in row if text}
    assert "주차면 확대" in told and told <= cells and told <= words


def test_the_planning_office_is_told_two_weeks_before_and_nobody_else(town: Town) -> None:
    with town.store.write() as session:
        planner, contact = (session.get_one(Officer, town.items.people[one]) for one in ("최기획", "이공원"))
        builders.role(session, planner, RoleName.PLANNER)
        builders.link(session, contact)
    days: dict[int, list[date]] = {}
    for ahead in range(64):
        town.until(date(2030, 7, 2) + timedelta(days=ahead))
        with town.store.read() as session:
            for one in open_meetings.waiting(session, town.today, RULES):
                if one.day == town.today:
                    days.setdefault(one.officer_id, []).append(one.day)
            next_ = open_meetings.next_day(session, town.today, RULES)
            assert next_ is None or next_ >= town.today
    assert days == {
        planner.id: [date(2030, 8, 19), date(2030, 8, 30)]
    }  # Monday; the working day before the 1st


def test_one_that_spoke_stays_and_one_that_did_not_goes(town: Town) -> None:
    town.seat(TRAFFIC, "교통과")
    town.seat(GREEN, "공원과")
    town.opine("1-1-①", "주차면 확대")
    refused("panel-spoke", lambda: town.do(steps.drop, town.numbers[0], TRAFFIC))
    town.do(steps.drop, town.numbers[0], GREEN)
    assert [one.name for one in town.panels()] == [TRAFFIC]
    refused("no-such-panel", lambda: town.do(steps.drop, town.numbers[0], GREEN))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_said_the_counts_are_those_of_the_rows(town: Town, seed: int) -> None:
    chance = random.Random(seed)
    town.seat(TRAFFIC, "교통과")
    town.seat(GREEN, "공원과")
    for _ in range(25):
        no = chance.choice(list(town.tasks))
        try:
            number = town.opine(no, chance.choice([None, "주차면 확대", "나무를 더"]))
            if number is not None and chance.random() < 0.4:
                where = "교통과" if no.startswith("1") else "공원과"
                town.items.reply(number, "하겠습니다.", where)
            elif number is not None and chance.random() < 0.2:
                town.items.do(items.drop, number, "잘못 적음")
        except (MeetingError, items.ItemError):
            continue
    with town.store.read() as session:
        said = panels.opinions(session, town.numbers)[town.numbers[0]]
        found = opinion_rows(session, said, SEOUL, town.items.now)
    for one in town.panels():
        own = [each for each in found if each.panel == one.name and each.opinion]
        assert one.opinions == len(own)
        assert one.unanswered == sum(each.reply is None for each in own)
