"""/meeting of citizens in chat: 분과 and opinions in a line each, the sheet out and back, the department's reply by /item."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook

from bot.documents.upload import Attachment
from bot.privacy.levels import Level
from plans.sheet.grid import Grid
from reports.meetings.opinions import PanelRow
from store.models import Task
from tests.bot.chat import Chat
from tests.bot.meetings.test_meeting import row
from tests.builders import kst

NEW = "/meeting 시민평가단 회의 / 대회의실 / 7. 9. 14:00"
SEAT = "/meeting 1 분과 교통안전 시민 10 전문가 2 / 도로과"


def panels(chat: Chat) -> list[PanelRow]:
    return row(chat).panels


def number(chat: Chat, place: str = "도로과") -> int:
    with chat.store.read() as session:
        found = session.query(Task).order_by(Task.id)
        return next(one.id for one in found if one.department is not None and one.department.name == place)


def files(chat: Chat) -> list[Any]:
    sent: list[Any] = [
        message.document for _, message in chat.send_messages() if message.document is not None
    ]
    return sent


def test_a_panel_and_its_opinion_are_a_line_each_and_the_lead_answers_by_the_item(linked: Chat) -> None:
    [said] = linked.say("최기획", NEW)
    assert "[시민평가단 1]" in said
    [said] = linked.say("최기획", SEAT)
    assert "교통안전 분과를 정하였습니다" in said and "교통안전: 시민 10, 전문가 2 · 과제 1 · 의견 0" in said
    [said] = linked.say("최기획", f"/meeting 1 의견 {number(linked)} 보도를 넓혀 주십시오")
    assert "지시·건의 1번" in said and "의견 1 (미답변 1)" in said
    linked.say("이팀장", "/item 1 반영 9월까지 넓히겠습니다.")
    assert [(one.opinions, one.unanswered) for one in panels(linked)] == [(1, 0)]
    assert "이미 지시·건의 1번" in linked.say("최기획", f"/meeting 1 의견 {number(linked)} 없음")[0]


def test_only_the_planning_office_says_it_and_what_is_missing_is_asked(linked: Chat) -> None:
    linked.say("최기획", NEW)
    for text in (
        SEAT,
        f"/meeting 1 의견 {number(linked)} 말",
        "/meeting 1 의견서",
        "/meeting 1 분과취소 교통안전",
    ):
        assert "기획실이 하는 일" in linked.say("이팀장", text)[0]
    assert "분과의 이름과" in linked.say("최기획", "/meeting 1 분과")[0]
    linked.say("최기획", SEAT)
    assert "과제 번호와 의견" in linked.say("최기획", "/meeting 1 의견")[0]
    assert "어느 분과에도" in linked.say("최기획", f"/meeting 1 의견 {number(linked, '환경과')} 말")[0]
    assert "고를 것: 교통안전" in linked.say("최기획", "/meeting 1 회의자료 없는분과")[0]
    linked.say("최기획", "/meeting 1 분과취소 교통안전")
    assert panels(linked) == []


def test_the_sheet_is_sent_out_and_taken_by_a_tap(linked: Chat) -> None:
    linked.say("최기획", NEW)
    linked.say("최기획", SEAT)
    linked.say("최기획", "/meeting 1")
    linked.tap("최기획", "의견서(xlsx)")
    linked.say("최기획", "/meeting 1 회의자료 교통안전")
    (name, content), (pack, _) = files(linked)
    assert (name, pack) == ("의견서 1.xlsx", "회의자료 1.xlsx")
    page = load_workbook(io.BytesIO(content)).active
    assert page is not None
    cells = [["" if cell.value is None else str(cell.value) for cell in line] for line in page.iter_rows()]
    cells[-1][5] = "가로등을 늘려 주십시오"
    back = Attachment("의견서 1.xlsx", items=Grid(name="의견서", rows=cells))
    [said] = linked.send_document("최기획", back)
    assert "새 의견 1건" in said and panels(linked)[0].opinions == 0
    linked.tap("최기획", "등록")
    assert [(one.opinions, one.unanswered) for one in panels(linked)] == [(1, 1)]
    [said] = linked.send_document("최기획", back)
    assert "이미 등록되어 있습니다" in said


def test_two_weeks_before_the_planner_is_told_with_what_nobody_answered(linked: Chat) -> None:
    linked.say("최기획", "/meeting 시민평가단 회의 / 6. 30.")
    linked.say("최기획", SEAT)
    linked.say("최기획", f"/meeting 1 의견 {number(linked)} 보도를 넓혀 주십시오")
    linked.say("최기획", "/meeting 시민평가단 회의 / 8. 4.")
    linked.clock.current = kst(2026, 7, 21, 11)
    [said] = linked.say("최기획", "/meeting")
    assert "14일 남음 · 분과 1, 과제 1, 지난 의견 미답변 1" in said
    assert "분과" not in linked.say("이팀장", "/meeting")[0]


def test_at_the_lowest_level_nothing_typed_goes_in(linked: Chat) -> None:
    linked.say("최기획", NEW)
    linked.say("최기획", SEAT)
    linked.set_privacy(Level.MINIMAL)
    linked.say("최기획", f"/meeting 1 의견 {number(linked)} 말")
    assert panels(linked)[0].opinions == 0


def test_english_reads_its_own_words(linked: Chat) -> None:
    linked.say("최기획", "/lang en")
    assert "panel 1] Citizens jury" in linked.say("최기획", "/meeting Citizens jury / Hall / 9 July 14:00")[0]
    [said] = linked.say("최기획", "/meeting 1 panel Roads citizens 8 experts 1 / 도로과")
    assert "Panel Roads" in said and "citizens 8, experts 1" in said
    assert "is item 1" in linked.say("최기획", f"/meeting 1 opinion {number(linked)} Wider pavements")[0]
