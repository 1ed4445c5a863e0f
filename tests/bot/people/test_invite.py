"""/invite: links for who is not linked; the planning office everywhere, a lead for plain people of the department."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from reports.drawing.invites import squares
from store import officers
from store.db import meta
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


@pytest.fixture
def named(office: Chat) -> Chat:
    """The bot's name is known, so that links can be made."""
    with office.store.write() as session:
        meta.put(session, meta.BOT_USERNAME, "hanbyeol_bot")
    return office


def sheet_of(chat: Chat, name: str, said: str) -> list[str]:
    """The text of each page of the sheet that the person gets by its button."""
    chat.say(name, said)
    sent = [(number, to) for number, to, _ in chat.sent_now() if to == chat.people[name]]
    board = chat.keyboard(name)
    chat.press(name, next(data for text, data in board.items() if "QR" in text), 7000 + sent[-1][0])
    files = [one.document for _, one in chat.send_messages() if one.document is not None]
    return [page.get_textpage().get_text_range() for page in PdfDocument(files[0][1])] if files else []


def test_the_sheet_has_a_page_a_department_with_each_person(named: Chat) -> None:
    [roads, air] = sorted(sheet_of(named, "최기획", "/invite 전체"))[-2:]
    assert "도로과" in roads and "김하늘 주무관" in roads and "조부담" in roads
    assert "환경과" in air and "박바다" in air and "김하늘" not in air


def test_the_sheet_says_how_to_press_and_until_when(named: Chat) -> None:
    [page] = sheet_of(named, "최기획", "/invite 환경과")
    assert "[시작]" in page and "7. 3.(금) 09:10까지" in page


def test_a_sheet_of_one_person(named: Chat) -> None:
    [page] = sheet_of(named, "최기획", "/invite 박바다")
    assert "박바다" in page


def test_a_lead_gets_the_sheet_of_the_own_department_alone(named: Chat) -> None:
    [page] = sheet_of(named, "이팀장", "/invite 전체")
    assert "김하늘" in page and "박바다" not in page


def test_who_has_registered_meanwhile_is_not_on_the_sheet(named: Chat) -> None:
    text = named.say("최기획", "/invite 도로과")[0]
    board, [*_, (number, _, _)] = named.keyboard("최기획"), named.sent_now()
    code = text.split("?start=")[1].split()[0]
    named.say("누군가", f"/start {code}")
    named.press("최기획", next(iter(board.values())), 7000 + number)
    [file] = [one.document for _, one in named.send_messages() if one.document is not None]
    assert len(re.findall("김하늘|조부담", PdfDocument(file[1])[0].get_textpage().get_text_range())) == 1


def test_the_sheet_holds_links_that_register(named: Chat) -> None:
    made = named.say("최기획", "/invite 박바다")[0].split("t.me/")[1].split()[0]
    assert squares(f"https://t.me/{made}", (0.0, 0.0))
    assert "등록되었습니다" in named.say("박바다", f"/start {made.split('start=')[1]}")[0]


def test_of_old_links_there_is_no_sheet(named: Chat) -> None:
    named.say("최기획", "/invite 박바다")
    board, [*_, (number, _, _)] = named.keyboard("최기획"), named.sent_now()
    named.clock.forward(days=4)
    answer = named.press("최기획", next(iter(board.values())), 7000 + number)[0]
    assert "쓸 수 있는 링크가 남아 있지 않습니다" in answer


def test_of_many_links_the_planning_office_hears_once(named: Chat) -> None:
    named.join("정기획", RoleName.PLANNER)
    named.say("이팀장", "/invite 도로과")
    told = [one.payload["text"] for one in named.owed(named.people["정기획"]) if one.event == "link-made"]
    assert [("2명" in one) for one in told] == [True]


def test_without_the_bots_name_there_is_no_sheet(office: Chat) -> None:
    office.say("최기획", "/invite 도로과")
    assert office.keyboard("최기획") == {}
