"""/meeting: planned in a line, agenda by anybody, material by departments, decisions as items, all in chat (회의)."""

from __future__ import annotations

from typing import Any

from bot.privacy.levels import Level
from jobs.meetings.rules import closing
from reports.meetings.rows import MeetingRow, rows
from store import items, meetings
from store.states import ItemKind
from tests.bot.chat import Chat
from tests.bot.items.test_item import morning
from tests.builders import RULES, kst

NEW = "/meeting 확대간부회의 / 대회의실 / 7. 9. 13:30 / 주재 시장(1, 7월), 부시장 / 부서 도로과,환경과"


def row(chat: Chat, number: int = 1) -> MeetingRow:
    with chat.store.read() as session:
        found = meetings.by_numbers(session, [number])[number]
        today = RULES.calendar.local_date(chat.clock.now())
        [made] = rows(session, [found], today, closing([found], RULES.calendar))
        return made


def test_one_line_plans_it_and_a_rule_plans_all_its_dates(linked: Chat) -> None:
    [said] = linked.say("최기획", NEW)
    assert "1번부터 1회를 등록" in said and "13:30 · 대회의실" in said and "주재: 시장" in said
    assert [one.department for one in row(linked).parts] == ["도로과", "환경과"]
    [said] = linked.say("최기획", "/meeting 하반기 추진상황 보고회 / 매월 마지막 주 화요일 / 전 부서")
    assert "7회를 등록" in said and "[보고회 2]" in said and len(row(linked, 7).parts) > 2
    assert "몇 번 회의" in linked.say("이팀장", NEW)[0]
    assert "언제인지" in linked.say("최기획", "/meeting 확대간부회의 / 대회의실")[0]
    assert "없는과" in linked.say("최기획", "/meeting 회의 / 7.9 / 부서 없는과")[0]


def test_an_officer_adds_to_the_agenda_by_a_tap_and_takes_it_off(linked: Chat) -> None:
    linked.say("최기획", NEW)
    linked.say("김하늘", "/meeting")
    linked.tap("김하늘", "1번 보기")
    linked.tap("김하늘", "안건 올리기")
    [said] = linked.say("김하늘", "보도 정비 계획")
    assert "1. 보도 정비 계획 (도로과)" in said
    assert "올린 분이나 기획실" in linked.say("박바다", "/meeting 1 안건취소 1")[0]
    linked.say("김하늘", "/meeting 1 안건취소 1")
    assert row(linked).agenda == []
    linked.clock.current = kst(2026, 7, 8, 11)
    assert "마감되었습니다" in linked.say("김하늘", "/meeting 1 안건 늦은 안건")[0]


def test_a_department_hands_in_its_material_and_the_planner_in_its_place(linked: Chat) -> None:
    linked.say("최기획", NEW)
    linked.say("이팀장", "/meeting 1")
    linked.tap("이팀장", "자료 내기")
    linked.say("이팀장", "도로과-1234")
    linked.say("최기획", "/meeting 1 자료 환경과 환경과-77")
    assert [(one.text, one.on_behalf) for one in row(linked).parts] == [
        ("도로과-1234", False),
        ("환경과-77", True),
    ]
    [said] = linked.say("김하늘", "/meeting 1 자료 도로과-9")
    assert "아닙니다" in said and row(linked).parts[0].text == "도로과-1234"


def test_what_was_decided_is_an_item_and_who_came_is_counted(linked: Chat) -> None:
    linked.say("최기획", NEW)
    assert "그날부터" in linked.say("최기획", "/meeting 1 지시 도로과 보도 정비 / 7.20")[0]
    linked.clock.current = kst(2026, 7, 9, 15)
    linked.say("최기획", "/meeting 1")
    linked.tap("최기획", "지시사항 적기")
    [said] = linked.say("최기획", "도로과 보도 정비 계획 보고 / 7.20")
    assert "지시·건의 1번으로" in said and "지시사항\n1번 보도 정비 계획 보고" in said
    with linked.store.read() as session:
        [made] = items.listed(session)
        assert (made.kind, made.source, made.department.name) == (
            ItemKind.DIRECTIVE,
            "확대간부회의",
            "도로과",
        )
    linked.say("이팀장", "/meeting 1 참석 12/15")
    assert "적어 주십시오" in linked.say("이팀장", "/meeting 1 참석 모두")[0]
    assert (row(linked).parts[0].present, row(linked).parts[0].total) == (12, 15)
    assert "기획실이 하는 일" in linked.say("이팀장", "/meeting 1 지시 도로과 제가 합니다")[0]


def test_the_pack_comes_as_a_workbook_and_as_a_document(linked: Chat) -> None:
    linked.say("최기획", NEW)
    for label in ("회의자료(xlsx)", "회의자료(docx)"):
        linked.say("최기획", "/meeting 1")
        linked.tap("최기획", label)
    sent: list[Any] = [
        message.document for _, message in linked.send_messages() if message.document is not None
    ]
    assert [name for name, _ in sent] == ["회의자료 1.xlsx", "회의자료 1.docx"]
    assert all(content[:2] == b"PK" for _, content in sent)


def test_it_stands_in_the_daily_message_and_never_alone(linked: Chat) -> None:
    morning(linked, 30, month=6)
    linked.clock.current = kst(2026, 6, 30, 11)
    linked.say("최기획", NEW)
    linked.send_all()
    lead, planner, officer = (linked.people[one] for one in ("이팀장", "최기획", "김하늘"))
    line = "<b>1번</b> [회의] 확대간부회의"
    assert line not in morning(linked, 2).get(lead, "")
    told = morning(linked, 3)  # the 4th, three days before the 7th, is a Saturday
    assert line in told[lead] and "도로과 자료 7. 7.(화)까지" in told[lead]
    assert line not in told.get(officer, "")
    told = morning(linked, 7)
    assert "자료 미제출 2" not in told[lead] and line in told[lead] and line in told[planner]
    linked.say("이팀장", "/meeting 1 자료 도로과-1234")
    linked.send_all()
    told = morning(linked, 8)
    assert "내일" in told[lead] and "도로과 자료" not in told[lead] and "내일" in told[planner]
    assert "미제출" not in told[lead] and "환경과 자료" in told[planner]
    assert "미제출" not in linked.say("이팀장", "/meeting")[0] + linked.say("김하늘", "/meeting 1")[0]
    assert "회의 1" in linked.press("이팀장", "v1|mtview|1|0")[0]
    linked.say("최기획", "/meeting 1 취소 수해 대책")
    linked.send_all()
    assert "취소되었습니다" in morning(linked, 9)[lead]
    assert line not in morning(linked, 10).get(lead, "")


def test_it_is_moved_with_a_reason(linked: Chat) -> None:
    linked.say("최기획", NEW)
    [said] = linked.say("최기획", "/meeting 1 변경 7.14 15:00 의회 일정")
    assert "당초 2026. 7. 9." in said and "15:00" in said
    assert "사유" in linked.say("최기획", "/meeting 1 변경 7.15")[0]
    assert "옮길 날" in linked.say("최기획", "/meeting 1 변경 언젠가")[0]
    assert "무엇을 하실지" in linked.say("최기획", "/meeting 1 글쎄요")[0]


def test_at_the_lowest_level_nothing_typed_goes_in_or_out(linked: Chat) -> None:
    linked.say("최기획", NEW)
    linked.say("이팀장", "/meeting 1 자료 비밀스러운 문서")
    linked.set_privacy(Level.MINIMAL)
    [said] = linked.say("이팀장", "/meeting 1")
    assert "비밀스러운" not in said and "대회의실" not in said
    linked.say("이팀장", "/meeting 1 안건 새 안건")
    assert row(linked).agenda == []


def test_english_reads_its_own_words(linked: Chat) -> None:
    linked.say("최기획", "/lang en")
    [said] = linked.say(
        "최기획", "/meeting Staff training / Hall / 9 July 14:00 / chair Mayor / departments 도로과"
    )
    assert "[training 1]" in said and "Chair: Mayor" in said
    assert "on the agenda" in linked.say("최기획", "/meeting 1 agenda Youth centre")[0]


def test_one_on_the_fifth_working_day_of_every_month(linked: Chat) -> None:
    [said] = linked.say("최기획", "/meeting 월간 점검회의 / 매월 5번째 근무일 10:00")
    assert "6회를 등록" in said and "7. 7." in said and "10:00" in said
