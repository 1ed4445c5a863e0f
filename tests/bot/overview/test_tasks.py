"""Tasks without any entry (공약) are as visible as those with: /task, /find, /assign, /watch, the card's sections."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plans.draft import BudgetDraft, PeriodDraft, TaskDraft
from store import tasks
from store.states import RoleName
from tests.bot.chat import Chat, entry, task

BUSES = "저상버스 도입 확대"


def pledge(title: str, no: str, department: str = "교통과") -> TaskDraft:
    """A row of a register: no entry, no officer."""
    return TaskDraft(
        no=no, title=title, department=department, status="정 상 추 진", area="편안한 교통", pledge_no="4-1.",
        pledge="걷고 싶은 도시",
    )  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Chat:
    """Two pledges without anything, and a full task of two officers."""
    full = task("보행로 정비", "도로과", ["김하늘", "이바다"], entry("설계 용역", date(2026, 7, 7)))
    full = full.model_copy(
        update={
            "no": "1-2-3",
            "related": ["교통과", "한별경찰서 교통계", "한별도시공사"],
            "budgets": [BudgetDraft(year=2026, krw=31_700_000), BudgetDraft(year=2027, krw=78_000_000)],
            "period": PeriodDraft(start=date(2026, 3, 1), end=date(2026, 12, 31)),
        }
    )
    chat = Chat(tmp_path, pledge(BUSES, "4-1-②"), pledge("정류장 의자", "4-1-③"), full)
    chat.join("최기획", RoleName.PLANNER)
    chat.join("김하늘")
    return chat


def number_of(chat: Chat, no: str) -> int:
    with chat.store.read() as session:
        return tasks.printed(session, no)[0].id


@pytest.mark.parametrize("typed", ["4-1-②", "4-1-2", "#4-1-②", "4 - 1 - ②", "4–1–②", "{number}", "#{number}"])
def test_a_pledge_without_entries_opens_by_either_number(office: Chat, typed: str) -> None:
    number = number_of(office, "4-1-②")
    text = office.say("최기획", f"/task {typed.format(number=number)}")[0]
    assert f"#{number} 4-1-② {BUSES}" in text
    assert "주관 교통과" in text
    assert "담당자 미지정" in text
    assert "추진상황 정상추진" in text
    assert "공약 4-1. 걷고 싶은 도시" in text
    assert "등록된 일정이 없습니다" in text


def test_the_card_names_departments_partners_budget_and_period(office: Chat) -> None:
    text = office.say("김하늘", "/task 1-2-3")[0]
    assert "담당 김하늘 주무관(주담당), 이바다 주무관(부담당)" in text
    assert "관련부서 교통과" in text
    assert "협업기관 한별경찰서 교통계, 한별도시공사" in text
    assert "소요예산 2026년 31.7백만원 · 2027년 78백만원" in text
    assert "사업기간 3. 1.(일) ~ 12. 31.(목)" in text
    assert "설계 용역" in text


def test_the_number_of_an_entry_opens_its_tasks_card_with_the_entrys_history(office: Chat) -> None:
    number = office.number("설계 용역")
    office.say("김하늘", f"/note {number} 착수보고 마침")
    text = office.say("김하늘", f"/task {number}")[0]
    assert "보행로 정비" in text
    assert "메모: 착수보고 마침" in text


def test_a_printed_number_out_of_reach_reads_like_an_unknown_one(office: Chat) -> None:
    unseen, unknown = (office.say("김하늘", f"/task {no}")[0] for no in ("4-1-②", "9-9-⑨"))
    assert unseen.replace("4-1-②", "?") == unknown.replace("9-9-⑨", "?")
    assert "조회하실 수 있는 것 가운데 없습니다" in unseen


def test_one_number_of_two_plans_is_asked_back_with_ours(office: Chat) -> None:
    office.register(pledge("마을버스 증차", "4-1-②"), title="2026년 공약 관리카드")
    text = office.say("최기획", "/task 4-1-②")[0]
    assert "과제가 2개입니다" in text
    assert f"#{number_of(office, '4-1-②')} {BUSES}" in text
    assert "마을버스 증차" in text


def test_a_secret_task_is_not_found_by_its_printed_number(office: Chat) -> None:
    number = number_of(office, "4-1-②")
    office.say("최기획", "/secret 4-1-②")
    assert "없습니다" in office.say("최기획", "/task 4-1-②")[0]
    text = office.say("최기획", f"/task {number}")[0]
    assert f"#{number}" in text
    assert not {"걷고 싶은 도시", "편안한 교통", BUSES, "4-1-②"} & {
        one for one in ("걷고 싶은 도시", "편안한 교통", BUSES, "4-1-②") if one in text
    }


@pytest.mark.parametrize("words", ["저상버스", "저상 버스", "걷고싶은도시", "4-1-②"])
def test_find_has_tasks_without_entries_by_title_pledge_and_number(office: Chat, words: str) -> None:
    text = office.say("최기획", f"/find {words}")[0]
    assert f"#{number_of(office, '4-1-②')}" in text
    assert "교통과 · 담당자 미지정 · 진행 중인 일정 없음" in text


def test_find_names_a_task_once_where_its_entries_stand_there(office: Chat) -> None:
    text = office.say("최기획", "/find 보행로")[0]
    assert "1건" in text
    assert text.count("보행로 정비") == 1


def test_find_keeps_to_the_speakers_reach(office: Chat) -> None:
    assert "없습니다" in office.say("김하늘", "/find 저상버스")[0]


def test_assign_lists_tasks_without_entries_and_gives_them_an_officer(office: Chat) -> None:
    listed = office.say("최기획", "/assign")[0]
    assert "담당자가 없는 과제</b> 2건" in listed
    answer = office.say("최기획", "/assign 4-1-② 교통과 박마루")
    assert "박마루 님" in answer[0]
    assert "담당자가 없는 과제</b> 1건" in office.say("최기획", "/assign")[0]
    assert "담당 박마루" in office.say("최기획", "/task 4-1-②")[0]


def test_the_list_of_tasks_without_officer_is_turned_page_by_page(tmp_path: Path) -> None:
    chat = Chat(tmp_path, *(pledge(f"공약사업 {number:02}", f"9-{number}") for number in range(1, 26)))
    chat.join("최기획", RoleName.PLANNER)
    assert "(1/2쪽)" in chat.say("최기획", "/assign")[0]
    chat.press("최기획", chat.keyboard("최기획")["더 보기 ▶"], message_id=55)
    edit = chat.owed(chat.people["최기획"])[-1]
    assert edit.message_id == 55
    assert "공약사업 25" in edit.payload["text"]


def test_the_planning_office_is_told_monthly_of_pledges_without_officer(office: Chat) -> None:
    office.scan()
    told = [text for chat_id, text in office.send_all() if chat_id == office.people["최기획"]]
    assert any("담당자가 없는 과제" in text and BUSES in text for text in told)


def test_watch_takes_a_pledge_by_its_printed_number(office: Chat) -> None:
    office.say("최기획", "/watch 4-1-② 국비 공모 결과 대기")
    assert BUSES in office.say("최기획", "/watch")[0]
    assert "★ 집중관리" in office.say("최기획", "/task 4-1-②")[0]


def test_a_task_without_entries_is_handed_over(office: Chat) -> None:
    office.say("최기획", "/assign 4-1-② 교통과 박마루")
    number = number_of(office, "4-1-②")
    office.say("최기획", f"/handover {number} 교통과 정가람 7.10")
    assert "정가람" in office.tap("최기획", "인계 확정")[0]


def test_what_waits_stands_on_the_card(tmp_path: Path) -> None:
    chat = Chat(tmp_path, task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 7))))
    chat.join("최기획", RoleName.PLANNER)
    number = chat.number("설계 용역")
    chat.say("최기획", f"/hold {number} 2026. 9. 30. 예산 확보")
    text = chat.say("최기획", f"/task {number}")[0]
    assert "■ 기다리는 것" in text
    assert f"· #{number} 보류, 재검토 9. 30.(수)" in text


def test_every_item_of_several_officers_says_who_is_accountable(office: Chat) -> None:
    assert "👤 주담당 김하늘" in office.say("김하늘", "/my")[0]


def test_a_withdrawn_task_says_so_and_is_found_no_more(office: Chat) -> None:
    number = number_of(office, "4-1-②")
    office.say("최기획", f"/drop {number} 중복 등록")
    if office.keyboard("최기획"):
        office.say("최기획", "네")
    assert "취소 6. 30.(화) · 중복 등록" in office.say("최기획", f"/task {number}")[0]
    assert "없습니다" in office.say("최기획", "/find 저상버스")[0]
    assert "담당자가 없는 과제</b> 1건" in office.say("최기획", "/assign")[0]
