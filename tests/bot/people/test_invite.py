"""/invite: links for who is not linked; the planning office everywhere, a lead for plain people of the department."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from store import officers
from store.states import RoleName
from tests.bot.chat import Chat, entry, task

DUE = date(2026, 7, 20)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    made = Chat(
        tmp_path,
        task("보행로 정비", "도로과", ["김하늘", "조부담"], entry("설계 용역", DUE)),
        task("대기 측정", "환경과", ["박바다"], entry("측정기 설치", DUE)),
    )
    made.join("최기획", RoleName.PLANNER)
    made.join("이팀장", RoleName.LEAD, "도로과")
    yield made
    made.store.close()


def test_the_planning_office_gets_a_link_for_everybody_of_a_department(office: Chat) -> None:
    text = office.say("최기획", "/invite 도로과")[0]
    assert "2명" in text and "김하늘" in text and "조부담" in text and "이팀장" not in text
    assert text.count("/start ") == 2


def test_a_link_of_the_message_registers_its_person(office: Chat) -> None:
    text = office.say("최기획", "/invite 박바다")[0]
    code = text.split("/start ")[1].split()[0]
    assert "등록되었습니다" in office.say("박바다", f"/start {code}")[0]
    assert office.link_state("박바다") == "active"


def test_a_lead_invites_in_the_own_department_alone(office: Chat) -> None:
    assert "김하늘" in office.say("이팀장", "/invite 도로과")[0]
    assert "기획실에서" in office.say("이팀장", "/invite 환경과")[0]


def test_a_lead_makes_no_link_for_who_holds_a_role(office: Chat) -> None:
    with office.store.write() as session:
        [person] = officers.find(session, "조부담")
        officers.grant(session, person, RoleName.HEAD, date(2026, 6, 30), person.department_id)
    assert "조부담" not in office.say("이팀장", "/invite 도로과")[0]


def test_who_is_linked_already_gets_no_new_link(office: Chat) -> None:
    office.join("박바다")
    assert "없습니다" in office.say("최기획", "/invite 환경과")[0]


def test_officers_make_no_links(office: Chat) -> None:
    office.join("김하늘")
    assert "t.me" not in office.say("김하늘", "/invite 도로과")[0]


def test_without_a_name_it_says_how(office: Chat) -> None:
    assert "/invite 도로과" in office.say("최기획", "/invite")[0]
