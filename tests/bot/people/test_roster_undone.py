"""A list of people that was applied is taken back within the minutes of /undo; what was changed or used since stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.documents.upload import Attachment
from plans.sheet.roster import read_roster
from store import officers, teams
from store.models import (
    AuditEntry,
    Department,
    DepartmentAlias,
    Officer,
    Role,
    Team,
    TeamMember,
)
from store.states import RoleName
from tests.bot.chat import Chat, entry, task

HEAD = "이름\t직급\t팀\t부서\t국\t역할"
LEAD = "박마루\t팀장\t도로시설팀\t도로과\t안전국\t팀장"
HEAD_OF = "한누리\t과장\t\t도로과\t안전국\t부서장"
NEW_PLACE = "이바다\t\t\t하천과\t안전국\t서무"
MOVED = "김하늘\t주무관\t도로시설팀\t도로과\t안전국\t담당자"
TODAY = date(2026, 6, 30)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    made = Chat(tmp_path, task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 20))))
    made.join("최기획", RoleName.PLANNER)
    made.join("정기획", RoleName.PLANNER)
    made.join("김하늘")
    made.join("정가람", RoleName.HEAD, "도로과")
    yield made
    made.store.close()


def apply(office: Chat, *rows: str) -> None:
    found = read_roster("\n".join([HEAD, *rows]))
    office.send_document("최기획", Attachment("직원.xlsx", roster=found))
    assert "등록하였습니다" in office.tap("최기획", "적용")[0]


def everything(office: Chat) -> dict[str, list[tuple[Any, ...]]]:
    """All that a list can change, people who are nobody any more left out."""
    with office.store.read() as session:
        return {
            "people": [tuple(one) for one in session.execute(
                select(Officer.id, Officer.name, Officer.rank, Officer.department_id).where(Officer.name != "")
            )],
            "roles": [tuple(one) for one in session.execute(
                select(Role.officer_id, Role.role, Role.department_id, Role.team_id, Role.from_on, Role.until_on)
            )],
            "members": [tuple(one) for one in session.execute(select(TeamMember.officer_id, TeamMember.team_id))],
            "teams": [tuple(one) for one in session.execute(select(Team.id, Team.name))],
            "departments": [tuple(one) for one in session.execute(
                select(Department.id, Department.name, Department.bureau)
            )],
            "aliases": [tuple(one) for one in session.execute(select(DepartmentAlias.alias))],
        }  # fmt: skip


def held(office: Chat, name: str) -> set[RoleName]:
    with office.store.read() as session:
        return {
            role.role
            for one in officers.find(session, name)
            for role in officers.roles(session, one.id, TODAY)
        }


def test_everything_is_as_it_was_before_and_the_log_has_both(office: Chat) -> None:
    before = everything(office)
    apply(office, LEAD, HEAD_OF, NEW_PLACE, MOVED)
    assert held(office, "한누리") == {RoleName.HEAD} and held(office, "정가람") == set()
    assert everything(office) != before
    said = office.say("최기획", "/undo")[0]
    assert everything(office) == before
    assert "도로과 정가람: 다시 부서장" in said and "도로과 박마루: 팀장 지정 취소" in said
    assert "하천과 이바다: 등록 취소" in said and "도로과 김하늘: 팀 도로시설팀 → 없음" in said
    assert "그대로 두었습니다" not in said
    with office.store.read() as session:
        [applied] = session.scalars(select(AuditEntry).where(AuditEntry.action == "roster-applied"))
        undone = session.scalars(select(AuditEntry).where(AuditEntry.undoes_id == applied.id)).all()
        assert {one.action for one in undone} == {"undo"} and len({one.act for one in undone}) == 1
        assert {one.actor for one in undone} == {"최기획"}
        roles = [(one.before.get("role"), one.after.get("role")) for one in undone]
    assert {("lead", None), ("contact", None), ("head", None), (None, "head")} <= set(roles)


def test_the_rest_of_the_planning_office_hears_of_it_and_the_list_can_come_again(office: Chat) -> None:
    apply(office, LEAD)
    office.tap("최기획", "되돌리기")
    assert (
        "최기획 님이 적용한 직원 명단을 되돌렸습니다"
        in office.owed(office.people["정기획"])[-1].payload["text"]
    )
    assert held(office, "박마루") == set()
    apply(office, LEAD)
    assert held(office, "박마루") == {RoleName.LEAD}


def test_it_is_taken_back_once_and_within_ten_minutes(office: Chat) -> None:
    apply(office, LEAD)
    office.clock.forward(minutes=10, seconds=1)
    assert "되돌릴 수 있는 내용이 없습니다" in office.say("최기획", "/undo")[0]
    assert held(office, "박마루") == {RoleName.LEAD}
    office.clock.forward(seconds=-1)
    data = office.keyboard("최기획")
    assert "되돌렸습니다" in office.say("최기획", "/undo")[0]
    assert "되돌릴 수 있는 내용이 없습니다" in office.say("최기획", "/undo")[0]
    assert all("undo" not in one for one in data.values())


def test_what_others_changed_since_is_said_and_left(office: Chat) -> None:
    apply(office, LEAD, HEAD_OF, NEW_PLACE)
    apply_as(office, "정기획", "박마루\t팀장\t도로정비팀\t도로과\t안전국\t팀장")
    said = office.say("최기획", "/undo")[0]
    assert "도로과 박마루: 팀 없음 → 도로정비팀" not in said
    kept = said[said.index("그대로 두었습니다") :]
    assert "박마루: 팀장 지정 (그 뒤" in kept and "정기획: 팀 지정" in kept
    assert held(office, "박마루") == {RoleName.LEAD}
    assert (held(office, "정가람"), held(office, "한누리"), held(office, "이바다")) == (
        {RoleName.HEAD},
        set(),
        set(),
    )
    with office.store.read() as session:
        [person] = officers.find(session, "박마루")
        assert (team := teams.team_of(person)) is not None and team.name == "도로정비팀"


def apply_as(office: Chat, by: str, row: str) -> None:
    found = read_roster("\n".join([HEAD, row]))
    office.send_document(by, Attachment("직원.xlsx", roster=found))
    office.tap(by, "적용")


def test_a_head_does_not_come_back_beside_another(office: Chat) -> None:
    apply(office, HEAD_OF)
    with office.store.write() as session:
        [person] = officers.find(session, "이팀장") or [officers.ensure(session, "이팀장", None)]
        where = officers.department(session, "도로과")
        assert where is not None
        officers.grant(session, person, RoleName.HEAD, TODAY, where.id)
    said = office.say("최기획", "/undo")[0]
    assert held(office, "한누리") == set() and held(office, "정가람") == set()
    assert "정가람: 부서장 끝남" in said[said.index("그대로 두었습니다") :]


def test_who_is_linked_since_stays_known_without_the_role(office: Chat) -> None:
    apply(office, LEAD)
    office.join("박마루", RoleName.OFFICER, "도로과")
    said = office.say("최기획", "/undo")[0]
    assert held(office, "박마루") == set() and "박마루: 팀장 지정 취소" in said
    with office.store.read() as session:
        assert [one.rank for one in officers.find(session, "박마루")] == ["팀장"]
    assert "박마루: 새로 등록 (그 뒤" in said[said.index("그대로 두었습니다") :]


def test_nobody_elses_list_is_taken_back_and_who_is_no_planner_any_more_takes_none(office: Chat) -> None:
    apply(office, LEAD)
    data = office.keyboard("최기획")
    [undo] = [one for label, one in data.items() if "되돌리기" in label]
    office.press("정기획", undo)
    assert held(office, "박마루") == {RoleName.LEAD}
    with office.store.write() as session:
        [person] = officers.find(session, "최기획")
        for one in officers.roles(session, person.id, TODAY):
            one.until_on = date(2026, 6, 29)
    office.press("최기획", undo)
    assert held(office, "박마루") == {RoleName.LEAD}
