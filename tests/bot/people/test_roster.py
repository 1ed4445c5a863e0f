"""The list of people in chat: the empty form goes out, what a list would change is shown, and [적용] makes it so."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.digest.files import made
from bot.documents.upload import Attachment
from plans.read import read_any
from plans.sheet.roster import Roster, read_roster
from store import officers
from store.models import AuditEntry, Officer
from store.states import RoleName
from tests.bot.chat import Chat, entry, task

HEAD = "이름\t직급\t팀\t부서\t국\t역할"
LEAD = "박마루\t팀장\t도로시설팀\t도로과\t안전국\t팀장"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    made = Chat(tmp_path, task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 20))))
    made.join("최기획", RoleName.PLANNER)
    made.join("정기획", RoleName.PLANNER)
    made.join("이팀장", RoleName.LEAD, "도로과")
    yield made
    made.store.close()


def send(office: Chat, *rows: str, by: str = "최기획") -> str:
    found = read_roster("\n".join([HEAD, *rows]))
    return office.send_document(by, Attachment("직원.xlsx", roster=found))[0]


def known(office: Chat, name: str) -> list[Officer]:
    with office.store.read() as session:
        return officers.find(session, name)


def test_what_the_list_would_change_is_shown_and_nothing_is_entered(office: Chat) -> None:
    text = send(office, LEAD)
    assert "도로과 박마루: 새로 등록" in text and "박마루: 팀장 지정" in text
    assert known(office, "박마루") == []


def test_applied_it_is_so_and_the_planning_office_hears_of_it(office: Chat) -> None:
    send(office, LEAD)
    assert "1명의 4가지" in office.tap("최기획", "적용")[0]
    [person] = known(office, "박마루")
    with office.store.read() as session:
        held = officers.roles(session, person.id, date(2026, 6, 30))
        assert [(one.role, one.team.name) for one in held if one.team] == [(RoleName.LEAD, "도로시설팀")]
        logged = session.scalars(select(AuditEntry.action)).all()
    assert {"officer-added", "role-given", "team"} <= set(logged)
    assert "최기획 님이" in office.owed(office.people["정기획"])[-1].payload["text"]


def test_the_same_list_again_changes_nothing(office: Chat) -> None:
    send(office, LEAD)
    office.tap("최기획", "적용")
    assert "바뀐 것이 없습니다" in send(office, LEAD)


def test_it_is_applied_once(office: Chat) -> None:
    send(office, LEAD)
    board = office.keyboard("최기획")
    office.tap("최기획", "적용")
    assert "이미 처리" in office.press("최기획", board["✅ 적용"])[0]


def test_a_press_that_is_about_a_plan_finds_none_in_a_list_of_people(office: Chat) -> None:
    send(office, LEAD)
    number = office.keyboard("최기획")["✅ 적용"].split("|")[2]
    assert "이미 처리" in office.press("최기획", f"v1|upreg|{number}|0")[0]


def test_given_up_nothing_is_entered(office: Chat) -> None:
    send(office, LEAD)
    board = office.keyboard("최기획")
    office.tap("최기획", "취소")
    assert "이미 처리" in office.press("최기획", board["✅ 적용"])[0]
    assert known(office, "박마루") == []


def test_lines_that_cannot_be_read_are_told_and_nothing_is_offered(office: Chat) -> None:
    text = send(office, LEAD, "정가람\t\t\t도로과\t\t시장")
    assert "3번째 줄" in text and "시장" in text and "바뀐 것은 없습니다" in text
    assert office.keyboard("최기획") == {}


def test_another_planner_does_not_apply_it_and_a_lead_sends_none(office: Chat) -> None:
    send(office, LEAD)
    board = office.keyboard("최기획")
    assert "이미 처리" in office.press("정기획", board["✅ 적용"])[0]
    office.press("이팀장", board["✅ 적용"])
    send(office, LEAD, by="이팀장")
    assert known(office, "박마루") == []


def test_the_empty_form_comes_on_request_and_reads_as_an_empty_list(office: Chat, tmp_path: Path) -> None:
    assert "빈 양식" in office.say("최기획", "/roster")[0]
    with office.store.read() as session:
        file = made(session, ("roster", {"name": "명단.xlsx"}), office.office, office.clock.now())
    assert file is not None
    sheet = load_workbook(io.BytesIO(file[1])).active
    assert sheet is not None and [cell.value for cell in sheet[1]] == HEAD.split("\t")
    (tmp_path / file[0]).write_bytes(file[1])
    assert read_any(tmp_path / file[0]) == Roster()


def test_a_list_is_known_by_its_header_and_a_plan_with_such_a_table_stays_a_plan(tmp_path: Path) -> None:
    rows = f"{HEAD}\n{LEAD}\n".replace("\t", ",")
    (tmp_path / "a.csv").write_text(f"2026년 직원 명단\n{rows}", "utf-8")
    found = read_any(tmp_path / "a.csv")
    assert isinstance(found, Roster) and [one.name for one in found.rows] == ["박마루"]
    plan = f"2026년 실행계획\n1. 보행로 정비\n담당부서: 도로과\n{rows}○ 설계 용역: 2026. 7.\n"
    (tmp_path / "b.csv").write_text(plan, "utf-8")
    assert not isinstance(read_any(tmp_path / "b.csv"), Roster)
