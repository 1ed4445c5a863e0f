"""A document that names a team behind the department only proposes it: nobody is put into a team in silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from jobs.authority.permissions import Deed
from jobs.people import roster
from plans.fields.people import office_and_team
from plans.sheet.roster import read_roster
from store import officers, teams
from store.models import Department, Team
from store.states import RoleName
from tests.bot.chat import Chat, entry, task
from tests.builders import BOT

DRAFT = task("보행로 정비", "도로과 시설팀", ["김하늘"], entry("설계 용역", date(2026, 7, 3)))


@pytest.mark.parametrize(
    ("printed", "department", "team"),
    [
        ("도로과 시설팀", "도로과", "시설팀"),
        ("안전국 도로과 시설팀", "안전국 도로과", "시설팀"),
        ("여울동 맞춤형복지팀", "여울동", "맞춤형복지팀"),
        ("도로과 시설 관리팀", "도로과", "시설 관리팀"),
        ("안전국 도로과 시설 관리 1팀", "안전국 도로과", "시설 관리 1팀"),
        ("시설팀", "시설팀", None),
        ("도로과", "도로과", None),
        ("도로과 시설팀 정비팀", "도로과 시설팀 정비팀", None),
        ("도로과 시설팀·정비팀", "도로과 시설팀·정비팀", None),
        ("", "", None),
    ],
)
def test_the_team_stands_behind_the_department(printed: str, department: str, team: str | None) -> None:
    assert office_and_team(printed) == (department, team)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    chat = Chat(tmp_path)
    chat.register(DRAFT)
    chat.join("최기획", RoleName.PLANNER)
    yield chat
    chat.store.close()


def known(chat: Chat) -> tuple[list[str], list[str]]:
    """Departments and teams."""
    with chat.store.read() as session:
        return officers.department_names(session), list(session.scalars(select(Team.name)))


def team_of(chat: Chat, name: str) -> str | None:
    with chat.store.read() as session:
        [person] = officers.find(session, name)
        team = teams.team_of(person)
        return teams.full_name(team) if team else None


def test_the_department_is_registered_and_the_team_is_a_question(office: Chat) -> None:
    departments, made = known(office)
    assert ("도로과" in departments, "도로과시설팀" in departments, made) == (True, False, [])
    said = office.say("최기획", "/review")[0]
    assert "문서에는 ‘도로과 시설팀’으로 적혀 있습니다. 이 팀으로 정할 담당: 김하늘" in said


def test_taken_over_its_officers_belong_to_it(office: Chat) -> None:
    office.say("최기획", "/review")
    office.tap("최기획", "팀으로 등록")
    assert team_of(office, "김하늘") == "도로과 시설팀"


def test_the_list_of_people_answers_the_question(office: Chat) -> None:
    with office.store.write() as session:
        rows = read_roster("이름\t부서\t팀\t역할\n김하늘\t도로과\t정비팀\t담당자").rows
        roster.take_over(Deed(session, BOT, office.clock.now(), office.rules), rows)
    assert "결정하실 내용이 없습니다" in office.say("최기획", "/review")[0]
    assert "주관 도로과 정비팀" in office.say("최기획", f"/task {office.number('설계 용역')}")[0]


def test_kept_to_the_department_it_is_not_asked_again(office: Chat) -> None:
    office.say("최기획", "/review")
    office.tap("최기획", "부서만")
    office.register(DRAFT)
    assert "결정하실 내용이 없습니다" in office.say("최기획", "/review")[0]
    assert known(office)[1] == []


def test_imported_again_it_is_the_same_department(office: Chat) -> None:
    office.register(DRAFT)
    said = office.say("최기획", "/review")[0]
    assert "주관부서" not in said
    assert said.count("시설팀") == 1


def test_a_department_that_is_called_so_as_a_whole_is_left_alone(tmp_path: Path) -> None:
    chat = Chat(tmp_path)
    with chat.store.write() as session:
        session.add(Department(name="도로과시설팀"))
    chat.register(DRAFT)
    assert "도로과" not in known(chat)[0]
    chat.store.close()


def test_a_team_written_as_a_department_makes_none(office: Chat) -> None:
    said = office.say("최기획", f"/edit {office.milestone('설계 용역').task_id} 부서 도로과 정비팀")[0]
    assert "도로과" in said
    assert "도로과정비팀" not in known(office)[0]
