"""What a document leaves open is settled in chat: entries without a year, lines that were not read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.documents.upload import Attachment
from plans.draft import Account, Asked, LooseLine, PlanDraft
from plans.extract import read_draft
from store.models import Delivery, Plan
from store.states import RoleName
from tests.bot.chat import Chat, entry, task
from tests.plans.test_years import NO_YEAR


@pytest.fixture
def office(tmp_path: Path) -> Chat:
    chat = Chat(tmp_path, task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 10))))
    chat.join("최기획", RoleName.PLANNER)
    return chat


def asking(office: Chat, *titles: str) -> PlanDraft:
    """A document with one entry in order and some whose year nobody wrote."""
    new = task("새 과제", "환경과", [], entry("측정", date(2026, 9, 1)))
    new.asked = [Asked(title=title, expr="9월", line=12, section="추진계획") for title in titles]
    return office.draft(new, title="다른 계획")


def last(office: Chat) -> Delivery:
    return [one for one in office.owed(office.people["최기획"]) if one.payload.get("keyboard")][-1]


def press(office: Chat, label: str) -> list[str]:
    rows = last(office).payload["keyboard"]
    return office.press("최기획", next(one["data"] for row in rows for one in row if label in one["text"]))


def test_an_entry_without_a_year_is_not_registered_unless_the_planner_says_its_year(office: Chat) -> None:
    summary = office.send_document("최기획", Attachment("계획.txt", asking(office, "기공식")))[0]
    assert "연도를 알 수 없는 일정 1건은 등록하지 않습니다" in summary
    press(office, "등록")
    assert "찾으신 말이" in office.say("최기획", "/find 기공식")[0]


def test_the_planner_chooses_the_year_and_registers(office: Chat) -> None:
    office.send_document("최기획", Attachment("계획.txt", asking(office, "기공식", "준공식")))
    assert "기공식 : 9월" in press(office, "연도 정하기")[-1]
    assert "준공식 : 9월" in press(office, "2027년")[-1]
    assert "모두 정하셨습니다" in press(office, "등록 안 함")[-1]
    press(office, "✅ 등록")
    assert office.milestone("기공식").due_on == date(2027, 9, 30)
    assert "찾으신 말이" in office.say("최기획", "/find 준공식")[0]


def test_a_year_pressed_twice_decides_one_entry(office: Chat) -> None:
    office.send_document("최기획", Attachment("계획.txt", asking(office, "기공식", "준공식")))
    press(office, "연도 정하기")
    rows = last(office).payload["keyboard"]
    data = next(one["data"] for row in rows for one in row if "2027년" in one["text"])
    office.press("최기획", data)
    assert "이미 정하신 일정입니다" in office.press("최기획", data)[0]


def test_what_was_not_read_is_said_first_and_shown(office: Chat) -> None:
    draft = office.draft(task("새 과제", "환경과", [], entry("측정", date(2026, 9, 1))), title="다른 계획")
    unread = [LooseLine(line=9, text="본공사 착공을 위한 보상 협의(’26.下)")]
    draft.account = Account(total=2, registered=1, aside={"unread": 1}, read_lines=1, unread=unread)
    summary = office.send_document("최기획", Attachment("계획.txt", draft))[0]
    assert summary.index("50%(1줄)를 읽지 못했습니다") < summary.index("과제 1개")
    assert "날짜 2개: 등록 1, 확인 0, 읽지 못함 1" in summary
    assert "9행 본공사 착공을 위한 보상 협의" in press(office, "읽지 못한 곳")[0]


def test_the_summary_counts_entries_by_year_and_names_a_lone_one(office: Chat) -> None:
    entries = [entry(f"점검 {month}", date(2026, month, 1)) for month in (7, 8, 9)]
    new = task("새 과제", "환경과", [], *entries, entry("옛 일", date(2019, 3, 1)))
    draft = office.draft(new, title="다른 계획")
    summary = office.send_document("최기획", Attachment("계획.txt", draft))[0]
    assert "연도별: 2019년 1건 · 2026년 3건" in summary
    assert "동떨어진 연도가 있습니다: 2019년" in summary


def two_columns(office: Chat) -> PlanDraft:
    """A document with a table of which two columns may be the time."""
    new = task("새 과제", "환경과", [], entry("측정", date(2026, 9, 1)))
    new.asked = [
        Asked(
            title=title,
            expr=" / ".join(times),
            line=12,
            form="a1",
            columns=["접수일", "개관일"],
            choices=times,
        )
        for title, times in (("도서관", ["2026. 3.", "2027. 5."]), ("체육관", ["2026. 4.", "6월"]))
    ]
    return office.draft(new, title="다른 계획")


def test_which_column_is_the_time_is_asked_once_and_remembered_for_the_form(office: Chat) -> None:
    summary = office.send_document("최기획", Attachment("시설.xlsx", two_columns(office)))[0]
    assert "[시기 칸 정하기]" in summary
    asked = press(office, "시기 칸 정하기 2건")[-1]
    assert "도서관 : 접수일 2026. 3. / 개관일 2027. 5." in asked
    said = press(office, "개관일")
    assert "체육관 : 6월" in said[-1]  # its year is asked
    press(office, "2027년")
    press(office, "✅ 등록")
    assert office.milestone("도서관").due_on == date(2027, 5, 31)
    assert office.milestone("체육관").due_on == date(2027, 6, 30)
    assert office.dispatcher.known_forms() == {"a1": "개관일"}


def test_a_table_may_be_left_out_and_is_asked_about_again_next_time(office: Chat) -> None:
    office.send_document("최기획", Attachment("시설.xlsx", two_columns(office)))
    press(office, "시기 칸 정하기")
    assert "모두 정하셨습니다" in press(office, "등록 안 함")[-1]
    assert office.dispatcher.known_forms() == {}


def test_a_document_without_a_year_is_proposed_as_of_the_year_that_its_dates_tell(office: Chat) -> None:
    summary = office.send_document("최기획", Attachment("계획.txt", read_draft(NO_YEAR)))[0]
    assert "한별시 시민참여단 운영</b> (2031년)" in summary
    assert "2031년 계획으로 올립니다. 다르면 등록하지 마시고" in summary
    with office.store.read() as session:
        assert session.query(Plan).count() == 1
    press(office, "그래도 등록")
    with office.store.read() as session:
        assert [one.year for one in session.query(Plan).order_by(Plan.id)] == [2026, 2031]


def test_an_entry_that_such_a_document_leaves_without_a_year_is_asked_about(office: Chat) -> None:
    summary = office.send_document(
        "최기획", Attachment("계획.txt", read_draft(f"{NO_YEAR}\n□ 홍보\n - 성과 공유회 : 9월 중\n"))
    )[0]
    assert "연도를 알 수 없는 일정 1건은 등록하지 않습니다" in summary
    assert "성과 공유회 : 9월 중" in press(office, "연도 정하기")[-1]
    press(office, "2032년")
    press(office, "✅ 등록")
    assert office.milestone("성과 공유회").due_on == date(2032, 9, 30)


def test_a_document_whose_dates_tell_no_year_is_refused_with_the_way_on(office: Chat) -> None:
    nothing = NO_YEAR.replace("'30. 4. 24.", "4월 24일").replace("'31. 3. ~ 5.", "3월~5월")
    [said] = office.send_document("최기획", Attachment("계획.txt", read_draft(nothing)))
    assert "계획 연도를 찾지 못했습니다" in said
