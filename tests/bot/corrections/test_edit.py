"""/edit in chat: every field of what is registered; a due day never goes round an approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jobs.settings import ApprovalSettings
from store.models import Task
from store.states import MilestoneState, RoleName
from tests.bot.chat import Chat, entry, task

STRICT = ApprovalSettings(auto_days=0, lead_days=30)
DUE = date(2026, 7, 3)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """설계 용역 is due on July 3 and 김하늘's; 최기획 and 정기획 are the planning office; every delay needs a decision."""
    chat = Chat(
        tmp_path,
        task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", DUE, expr="2026. 7. 3.")),
        task("수목 정비", "환경과", ["이바다"], entry("수목 식재", date(2026, 9, 30))),
        approval=STRICT,
    )
    chat.join("김하늘")
    chat.join("이팀장", RoleName.LEAD, "도로과")
    chat.join("박팀장", RoleName.LEAD, "환경과")
    chat.join("최기획", RoleName.PLANNER)
    yield chat
    chat.store.close()


def number(chat: Chat) -> int:
    return chat.number("설계 용역")


def the_task(chat: Chat, title: str = "보행로 정비") -> Task:
    with chat.store.read() as session:
        found = next(one for one in session.query(Task) if one.title == title)
        assert found.department is None or found.department.name
        assert [one.officer.name for one in found.assignments]
        return found


def held(chat: Chat) -> list[str]:
    """Who answers for the task today, the accountable one first."""
    [card] = chat.say("최기획", f"/edit {number(chat)} 담당자")
    assert "고칠 번호" in card
    with chat.store.read() as session:
        found = session.get_one(Task, the_task(chat).id)
        current = [one for one in found.assignments if one.until_on is None]
        return [one.officer.name for one in sorted(current, key=lambda one: one.kind != "lead")]


def test_a_title_is_put_right_and_taken_back(office: Chat) -> None:
    where = number(office)
    [answer] = office.say("최기획", f"/edit {where} 제목 실시설계 용역")
    assert "제목: 설계 용역 → <b>실시설계 용역</b>" in answer
    assert office.number("실시설계 용역") == where
    office.say("최기획", "/undo")
    assert office.number("설계 용역") == where


def test_the_officer_hears_what_was_put_right(office: Chat) -> None:
    office.say("최기획", f"/edit {number(office)} 제목 실시설계 용역")
    told = [one.payload["text"] for one in office.owed(office.people["김하늘"])][-1]
    assert "최기획 님이 등록된 내용을 고쳤습니다" in told and "→ 실시설계 용역" in told


@pytest.mark.parametrize(
    ("words", "column", "value"),
    [
        ("분야 안전 도시", "area", "안전 도시"),
        ("번호 1-2-③", "no", "1-2-③"),
        ("예산 2026년 120백만원", "budgets", [{"year": 2026, "krw": 120_000_000}]),
        ("관련부서 환경과", "related", ["환경과"]),
        ("협업기관 한별경찰서, 도로공단", "related", ["한별경찰서", "도로공단"]),
        ("기간 2026. 3. 2. ~ 2026. 11. 30.", "end_on", date(2026, 11, 30)),
    ],
)
def test_each_field_of_a_task_is_put_right_and_taken_back(
    office: Chat, words: str, column: str, value: object
) -> None:
    found = the_task(office)
    before = getattr(found, column)
    office.say("최기획", f"/edit {found.id} {words}")
    assert getattr(the_task(office), column) == value
    office.say("최기획", "/undo")
    assert getattr(the_task(office), column) == before


def test_departments_and_partners_do_not_push_each_other_out(office: Chat) -> None:
    office.say("최기획", f"/edit {number(office)} 협업기관 한별경찰서")
    office.say("최기획", f"/edit {number(office)} 관련부서 환경과")
    assert the_task(office).related == ["환경과", "한별경찰서"]


def test_a_task_of_another_department_is_escalated_to_its_lead(office: Chat) -> None:
    office.say("최기획", f"/edit {number(office)} 주관부서 환경과")
    office.clock.forward(days=13)
    office.send_all()
    office.scan()
    told = {chat_id for chat_id, text in office.send_all() if "사유 미등록" in text and "설계 용역" in text}
    assert told == {office.people["박팀장"]}


def test_a_department_much_like_a_known_one_is_asked_for(office: Chat) -> None:
    [answer] = office.say("최기획", f"/edit {number(office)} 주관부서 환경관")
    assert "비슷한 부서: 환경과" in answer
    assert the_task(office).department_id is not None


def test_officers_are_put_in_order_and_taken_back(office: Chat) -> None:
    office.say("최기획", f"/edit {number(office)} 담당자 이바다, 김하늘")
    assert held(office) == ["이바다", "김하늘"]
    office.say("최기획", "/undo")
    assert held(office) == ["김하늘"]


def test_a_due_day_asks_whether_it_was_misread(office: Chat) -> None:
    [answer] = office.say("최기획", f"/edit {number(office)} 기한 7.31")
    assert "2026. 7. 3.(금) → <b>2026. 7. 31.(금)</b>" in answer and "원문 “2026. 7. 3.”" in answer
    assert list(office.keyboard("최기획")) == ["잘못 읽힘: 당초기한도 고침", "실제 변경: 연기의 길"]
    assert office.milestone("설계 용역").due_on == DUE


def test_misread_is_no_delay(office: Chat) -> None:
    office.say("최기획", f"/edit {number(office)} 기한 7.31")
    [answer] = office.tap("최기획", "잘못 읽힘")
    assert "당초기한: 7. 3.(금) → <b>7. 31.(금)</b>" in answer
    found = office.milestone("설계 용역")
    assert (found.original_due_on, found.due_on, found.delays) == (date(2026, 7, 31), date(2026, 7, 31), [])
    office.say("최기획", "/undo")
    assert office.milestone("설계 용역").original_due_on == DUE


def test_really_moved_goes_the_way_of_a_delay(office: Chat) -> None:
    office.say("최기획", f"/edit {number(office)} 기한 7.31")
    office.tap("최기획", "실제 변경")
    [answer] = office.say("최기획", "시의회 일정")
    assert "승인" in answer
    found = office.milestone("설계 용역")
    assert (found.due_on, found.original_due_on, found.delays[0].new_due_on) == (DUE, DUE, date(2026, 7, 31))


def test_nobody_calls_the_own_day_misread(office: Chat) -> None:
    office.say("최기획", f"/edit {number(office)} 담당자 최기획")
    office.say("최기획", f"/edit {number(office)} 기한 7.31")
    [answer] = office.tap("최기획", "잘못 읽힘")
    assert "다른 기획실 담당" in answer
    assert office.milestone("설계 용역").due_on == DUE


def test_a_day_to_which_it_was_put_off_stays(office: Chat) -> None:
    office.say("김하늘", f"/delay {number(office)} 7.20 의회 일정")
    office.tap("이팀장", "승인")
    office.say("최기획", f"/edit {number(office)} 기한 7.10 잘못 읽힘")
    found = office.milestone("설계 용역")
    assert (found.original_due_on, found.due_on) == (date(2026, 7, 10), date(2026, 7, 20))


def test_wrong_words_say_what_can_be_put_right(office: Chat) -> None:
    [answer] = office.say("최기획", f"/edit {number(office)} 색깔 빨강")
    assert "제목, 원문, 기한" in answer
    [answer] = office.say("최기획", f"/edit {number(office)} 기한 언젠가")
    assert "날짜를 읽지 못했습니다" in answer
    assert office.milestone("설계 용역").state is MilestoneState.PLANNED
