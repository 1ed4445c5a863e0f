"""Who decides on a delay, and that every request has one outcome."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from datetime import date
from functools import cache
from json import dumps
from pathlib import Path

import pytest
from sqlalchemy import select
from telegram import Update

from jobs.clock import real_now
from jobs.settings import ApprovalSettings
from store import inbox, requests
from store.models import Adjustment, Assignment, AuditEntry, DelayRequest, Department, Role
from store.states import (
    AdjustmentStep,
    AdjustmentType,
    DelayReason,
    DelayState,
    DeliveryKind,
    MilestoneState,
    PlanState,
    RoleName,
)
from tests.bot.chat import BOT_ID, TUESDAY, Chat, Saved, entry, task


@cache
def _office_once() -> Saved:
    """The office below, made once in a test process."""
    with tempfile.TemporaryDirectory() as folder:
        return _made(Path(folder)).saved()


def _made(folder: Path) -> Chat:
    chat = Chat(
        folder,
        task(
            "보행로 정비",
            "도로과",
            ["김하늘", "조부담"],
            entry("설계 용역", date(2026, 6, 30), expr="2026. 6. 30."),
            entry("공사 착공", date(2026, 7, 31), date(2026, 7, 1), "month", "2026. 7."),
            entry("준공", date(2026, 11, 30)),
        ),
        task("대기 측정", "환경과", ["박바다"], entry("측정기 설치", date(2026, 7, 10))),
        approval=ApprovalSettings(),
    )
    for name, role in (("이팀장", RoleName.LEAD), ("박과장", RoleName.HEAD)):
        chat.join(name, role, "도로과")
    chat.join("최기획", RoleName.PLANNER)
    for name in ("김하늘", "조부담", "박바다"):
        chat.join(name)
    return chat


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """도로과: 김하늘 answers for 보행로 정비, 이팀장 leads, 박과장 heads; 최기획 plans. Real thresholds."""
    chat = Chat.resumed(tmp_path, _office_once(), approval=ApprovalSettings())
    yield chat
    chat.store.close()


def requests_of(chat: Chat, title: str = "설계 용역") -> list[DelayRequest]:
    return chat.milestone(title).delays


def told(chat: Chat, name: str) -> list[str]:
    """Events that the person was handed, in order."""
    owed = chat.owed(chat.people[name])
    return [one.payload["text"] for one in owed if one.kind is DeliveryKind.EVENT]


def ask(
    chat: Chat, when: str = "7.20 의회 일정", name: str = "김하늘", title: str = "설계 용역"
) -> list[str]:
    return chat.say(name, f"/delay {chat.number(title)} {when}")


def in_between(chat: Chat, name: str, label: str) -> str:
    """The button's data on the newest request that the person was handed."""
    handed = [one for one in chat.owed(chat.people[name]) if one.event == "approval-request"]
    rows = next(one for one in reversed(handed) if one.payload["keyboard"]).payload["keyboard"]
    return next(str(one["data"]) for row in rows for one in row if label in one["text"])


def test_a_first_short_delay_takes_effect_at_once(office: Chat) -> None:
    ask(office, "7.7 의회 일정")
    assert office.milestone("설계 용역").due_on == date(2026, 7, 7)
    assert not any("승인 요청" in text for text in told(office, "이팀장"))


def test_one_day_more_is_the_leads_to_decide_and_until_then_the_old_date_counts(office: Chat) -> None:
    answers = ask(office, "7.8 의회 일정")
    assert "팀장 이팀장 님께 승인을 요청하였습니다" in answers[0]
    assert "승인 전까지는 현재 기한 2026. 6. 30.(화)로 관리됩니다" in answers[0]
    assert office.milestone("설계 용역").due_on == date(2026, 6, 30)
    assert [one.state for one in requests_of(office)] == [DelayState.PENDING]
    assert "[승인 요청] #" in told(office, "이팀장")[-1]


@pytest.mark.parametrize(("when", "role"), [("7.30", RoleName.LEAD), ("7.31", RoleName.HEAD)])
def test_a_long_delay_is_the_department_heads(office: Chat, when: str, role: RoleName) -> None:
    ask(office, f"{when} 의회 일정")
    assert requests_of(office)[0].level is role


def test_a_repeated_delay_is_the_department_heads_however_short(office: Chat) -> None:
    ask(office, "7.3 의회 일정")
    assert "부서장 박과장 님께" in ask(office, "7.6 의회 일정")[0]


def test_a_delay_that_was_taken_back_does_not_count_as_the_first(office: Chat) -> None:
    ask(office, "7.3 의회 일정")
    office.say("김하늘", "/undo")
    ask(office, "7.6 의회 일정")
    assert office.milestone("설계 용역").due_on == date(2026, 7, 6)


def test_past_the_plans_year_it_is_an_adjustment_and_changes_nothing(office: Chat) -> None:
    answers = ask(office, "2027-01-04 의회 일정")
    assert "공약조정 대상" in answers[0]
    assert office.milestone("설계 용역").due_on == date(2026, 6, 30)
    with office.store.read() as session:
        [made] = session.scalars(select(Adjustment))
    assert (made.type, made.step) == (AdjustmentType.PERIOD, AdjustmentStep.PROPOSED)
    assert made.wished_due_on == date(2027, 1, 4)
    assert f"조정 #{made.id}번" in told(office, "최기획")[-1]


def test_a_second_adjustment_of_the_same_kind_is_not_opened(office: Chat) -> None:
    ask(office, "2027-01-04 의회 일정")
    assert "이미 조정 #" in ask(office, "2027-02-01 의회 일정")[0]


def test_an_adjustment_of_the_budget_is_opened_by_the_officer_and_undone(office: Chat) -> None:
    number = office.number("설계 용역")
    office.say("김하늘", f"/adjust {number} 사업비 국비 축소")
    office.say("김하늘", "/undo")
    with office.store.read() as session:
        [made] = session.scalars(select(Adjustment))
    assert (made.type, made.step) == (AdjustmentType.BUDGET, AdjustmentStep.WITHDRAWN)


@pytest.mark.parametrize("words", ["", "{}", "{} 색깔 파란색", "{} 목표"])
def test_a_wrong_adjustment_is_answered_with_an_example(office: Chat, words: str) -> None:
    answers = office.say("김하늘", "/adjust " + words.format(office.number("설계 용역")))
    assert "예)" in answers[0]


def test_approval_moves_the_date_and_everybody_hears_of_it(office: Chat) -> None:
    ask(office)
    answers = office.tap("이팀장", "승인")
    milestone = office.milestone("설계 용역")
    assert (milestone.due_on, milestone.original_due_on) == (date(2026, 7, 20), date(2026, 6, 30))
    assert "연기를 승인하였습니다" in answers[0]
    assert "변경 기한 2026. 7. 20.(월) (승인 이팀장" in told(office, "김하늘")[-1]
    assert [(one.state, one.decided_by_id) for one in milestone.delays] == [
        (DelayState.APPLIED, office.officer("이팀장").id)
    ]


def test_approval_by_number_works_as_well_as_the_button(office: Chat) -> None:
    ask(office)
    office.say("이팀장", f"승인 {office.number('설계 용역')}")
    assert office.milestone("설계 용역").due_on == date(2026, 7, 20)


def test_refusal_asks_the_reason_keeps_the_date_and_tells_it(office: Chat) -> None:
    ask(office)
    assert "반려 사유를 한 줄로" in office.tap("이팀장", "반려")[0]
    office.say("이팀장", "행사와 겹침")
    assert office.milestone("설계 용역").due_on == date(2026, 6, 30)
    assert "반려하였습니다(이팀장). 사유: 행사와 겹침" in told(office, "김하늘")[-1]
    assert requests_of(office)[0].decision_note == "행사와 겹침"


def test_after_a_refusal_another_wish_may_be_made_and_both_are_counted(office: Chat) -> None:
    ask(office)
    office.say("이팀장", f"/reject {office.number('설계 용역')} 행사와 겹침")
    assert "신청 2회째" in ask(office, "7.15 의회 일정")[0]
    assert [one.state for one in requests_of(office)] == [DelayState.REJECTED, DelayState.PENDING]


def test_talking_first_leaves_the_request_open_and_the_officer_hears_of_it(office: Chat) -> None:
    ask(office)
    assert "다음 근무일 안내에 다시" in office.tap("이팀장", "협의")[0]
    assert requests_of(office)[0].state is DelayState.PENDING
    assert "협의한 뒤 결정하기로" in told(office, "김하늘")[-1]


def test_a_second_approver_is_told_who_was_first(office: Chat) -> None:
    ask(office)
    data = in_between(office, "이팀장", "승인")
    office.press("이팀장", data)
    assert "이미 이팀장 님이" in office.press("박과장", data)[0]
    assert "이미 이팀장 님이" in office.press("이팀장", data)[0]
    assert requests_of(office)[0].decided_by_id == office.officer("이팀장").id


def pressed_at_once(chat: Chat, data: str, *names: str) -> dict[str, str]:
    """Each of them presses in a thread of its own; gives what each was answered."""
    gate = threading.Barrier(len(names))
    updates = {}
    for number, name in enumerate(names, 9000):
        user = chat.people[name]
        sender = {"id": user, "is_bot": False, "first_name": name}
        message = {"message_id": 1, "date": 1, "chat": {"id": user, "type": "private"}}
        query = {"id": "1", "chat_instance": "1", "data": data, "from": sender, "message": message}
        json = {"update_id": number, "callback_query": query}
        with chat.store.write() as session:
            [row] = inbox.receive(session, BOT_ID, [(number, user, dumps(json))], real_now())
            updates[name] = (row.id, json)

    def press(name: str) -> None:
        gate.wait()
        inbox_id, json = updates[name]
        chat.dispatcher.handle(inbox_id, Update.de_json(json, None))

    threads = [threading.Thread(target=press, args=(name,)) for name in names]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return {
        name: next(
            one.payload["text"]
            for one in chat.owed(chat.people[name])
            if one.cause == f"inbox:{updates[name][0]}" and one.kind is DeliveryKind.REPLY
        )
        for name in names
    }


def test_two_approvals_at_the_same_moment_have_one_outcome(office: Chat) -> None:
    ask(office)
    said = pressed_at_once(office, in_between(office, "이팀장", "승인"), "이팀장", "박과장")
    [winner] = [name for name, text in said.items() if "연기를 승인하였습니다" in text]
    [loser] = [name for name in said if name != winner]
    assert f"이미 {winner} 님이" in said[loser]
    assert "승인하였습니다" in said[loser]
    with office.store.read() as session:
        approved = session.scalars(select(AuditEntry).where(AuditEntry.action == "delay-approved"))
        assert len(list(approved)) == 1


def test_only_one_of_two_settlings_of_a_request_wins(office: Chat) -> None:
    ask(office)
    with office.store.write() as session:
        request = requests.get(session, requests_of(office)[0].id)
        assert request is not None
        lead, head = office.officer("이팀장").id, office.officer("박과장").id
        assert requests.settle(session, request, DelayState.APPLIED, TUESDAY, by=lead)
        assert not requests.settle(session, request, DelayState.REJECTED, TUESDAY, by=head)
        assert (request.state, request.decided_by_id) == (DelayState.APPLIED, lead)


def test_approval_after_withdrawal_changes_nothing_and_says_so(office: Chat) -> None:
    ask(office)
    data = in_between(office, "이팀장", "승인")
    assert "거두었습니다" in office.say("김하늘", "/undo")[0]
    assert "김하늘 님이" in office.press("이팀장", data)[0]
    assert office.milestone("설계 용역").due_on == date(2026, 6, 30)


def test_a_request_is_withdrawn_days_later_while_nobody_has_decided(office: Chat) -> None:
    ask(office)
    office.clock.forward(days=2)
    assert "연기 신청(2026. 7. 20.(월)까지)을 거두었습니다" in office.say("김하늘", "/undo")[0]
    assert requests_of(office)[0].state is DelayState.WITHDRAWN


def test_withdrawal_after_the_decision_says_what_was_decided(office: Chat) -> None:
    ask(office)
    withdraw = office.keyboard("김하늘")["신청 취소"]
    office.tap("이팀장", "승인")
    assert "이미 이팀장 님이" in office.press("김하늘", withdraw)[0]
    assert office.milestone("설계 용역").due_on == date(2026, 7, 20)


def test_a_newer_wish_replaces_the_one_that_waits(office: Chat) -> None:
    ask(office)
    old = in_between(office, "이팀장", "승인")
    assert "앞서 하신 신청(2026. 7. 20.(월)까지)은 거두었습니다" in ask(office, "7.15 의회 일정")[0]
    assert [one.state for one in requests_of(office)] == [DelayState.WITHDRAWN, DelayState.PENDING]
    assert "새 신청(2026. 7. 15.(수)까지)이 결정을 기다립니다" in office.press("이팀장", old)[0]
    assert office.milestone("설계 용역").due_on == date(2026, 6, 30)


def test_a_deputys_newer_wish_is_told_to_the_first_requester(office: Chat) -> None:
    ask(office)
    ask(office, "7.15 의회 일정", name="조부담")
    assert "조부담 님이 새 날짜로 신청하여" in told(office, "김하늘")[-1]


def test_approval_of_what_is_done_meanwhile_says_so(office: Chat) -> None:
    ask(office)
    office.say("김하늘", f"/done {office.number('설계 용역')}")
    assert "그 사이에 일정이 완료로 등록되어" in office.tap("이팀장", "승인")[0]
    milestone = office.milestone("설계 용역")
    assert (milestone.state, milestone.due_on) == (MilestoneState.DONE, date(2026, 6, 30))
    assert milestone.delays[0].state is DelayState.LAPSED


def test_approval_in_a_plan_that_was_closed_says_so(office: Chat) -> None:
    ask(office)
    data = in_between(office, "이팀장", "승인")
    with office.store.write() as session:
        session.get_one(DelayRequest, requests_of(office)[0].id).milestone.task.plan.state = PlanState.CLOSED
    assert "마감되었거나 보관된 계획" in office.press("이팀장", data)[0]
    assert office.milestone("설계 용역").due_on == date(2026, 6, 30)


def hand_over(chat: Chat, successor: str) -> None:
    """김하늘's task becomes the successor's, as of today."""
    today = chat.rules.calendar.local_date(chat.clock.now())
    with chat.store.write() as session:
        for one in session.scalars(select(Assignment).join(Assignment.officer)):
            if one.officer.name in {"김하늘", "조부담"}:
                one.officer_id, one.from_on = chat.officer(successor).id, today


def test_after_a_hand_over_the_successor_hears_the_result(office: Chat) -> None:
    ask(office)
    hand_over(office, "박바다")
    office.tap("이팀장", "승인")
    assert office.milestone("설계 용역").due_on == date(2026, 7, 20)
    assert "승인하였습니다" in told(office, "박바다")[-1]


def test_an_approver_who_was_handed_the_task_may_not_decide_any_more(office: Chat) -> None:
    ask(office)
    hand_over(office, "이팀장")
    assert "스스로 결재할 수 없으며" in office.tap("이팀장", "승인")[0]
    office.say("박과장", f"/approve {office.number('설계 용역')}")
    assert office.milestone("설계 용역").due_on == date(2026, 7, 20)


def test_an_approver_whose_role_has_ended_may_not_decide_any_more(office: Chat) -> None:
    ask(office)
    data = in_between(office, "이팀장", "승인")
    with office.store.write() as session:
        role = session.scalars(select(Role).where(Role.role == RoleName.LEAD)).one()
        role.until_on = date(2026, 6, 29)
    assert "권한이 없습니다" in office.press("이팀장", data)[0]
    assert requests_of(office)[0].state is DelayState.PENDING


def test_the_lead_may_not_decide_what_is_the_heads(office: Chat) -> None:
    ask(office, "9.30 의회 일정")
    assert "부서장이 결정합니다" in office.say("이팀장", f"/approve {office.number('설계 용역')}")[0]
    assert requests_of(office)[0].state is DelayState.PENDING


def test_the_head_may_decide_what_the_lead_was_asked(office: Chat) -> None:
    ask(office)
    office.say("박과장", f"/approve {office.number('설계 용역')}")
    assert office.milestone("설계 용역").due_on == date(2026, 7, 20)


def test_the_head_of_another_department_may_not_decide(office: Chat) -> None:
    office.join("남과장", RoleName.HEAD, "환경과")
    ask(office)
    data = in_between(office, "이팀장", "승인")
    assert "조회하실 수 있는 일정 가운데 없습니다" in office.press("남과장", data)[0]


def test_a_lead_who_is_the_officer_goes_one_up(office: Chat) -> None:
    hand_over(office, "이팀장")
    assert "부서장 박과장 님께" in ask(office, name="이팀장")[0]
    assert "스스로" in office.say("이팀장", f"/approve {office.number('설계 용역')}")[0]


def test_a_lead_who_is_the_officer_is_not_asked_what_a_deputy_wishes(office: Chat) -> None:
    today = office.rules.calendar.local_date(office.clock.now())
    with office.store.write() as session:
        for one in session.scalars(select(Assignment).join(Assignment.officer)):
            if one.officer.name == "김하늘":
                one.officer_id, one.from_on = office.officer("이팀장").id, today
    assert "부서장 박과장 님께" in ask(office, name="조부담")[0]
    assert not [one for one in office.owed(office.people["이팀장"]) if one.event == "approval-request"]


def test_the_planner_who_asked_may_not_decide_it(office: Chat) -> None:
    ask(office, name="최기획")
    assert "본인이 신청하신 연기" in office.say("최기획", f"/approve {office.number('설계 용역')}")[0]


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        (["이팀장"], "팀장이 등록되어 있지 않아 부서장 박과장 님께"),
        (["이팀장", "박과장"], "팀장이 등록되어 있지 않아 기획실 최기획 님께"),
        (["이팀장", "박과장", "최기획"], "결정하실 분이 아직 등록되어 있지 않습니다"),
    ],
)
def test_an_approver_who_cannot_be_reached_is_stood_in_for(office: Chat, gone: list[str], says: str) -> None:
    for name in gone:
        office.say(name, "/stop")
    assert says in ask(office)[0]


def test_the_bureau_head_stands_in_for_a_vacant_department_head(office: Chat) -> None:
    with office.store.write() as session:
        for one in session.scalars(select(Department).where(Department.name.in_(["도로과", "환경과"]))):
            one.bureau = "안전도시국"
    office.join("정국장", RoleName.BUREAU, "환경과")
    office.say("박과장", "/stop")
    assert "부서장이 등록되어 있지 않아 국장 정국장 님께" in ask(office, "9.30 의회 일정")[0]


def plan_button(office: Chat) -> str:
    """The data of [만회대책 적기] under the newest request."""
    request = requests_of(office)[-1]
    return f"v1|writeplan|{request.milestone_id}|{request.id}"


def test_the_catch_up_plan_is_asked_and_reaches_the_approver(office: Chat) -> None:
    assert "만회대책" in ask(office)[0]
    assert "만회대책을 한 줄로" in office.press("김하늘", plan_button(office))[0]
    office.say("김하늘", "야간 작업으로 2주 단축")
    assert requests_of(office)[0].catch_up == "야간 작업으로 2주 단축"
    assert "만회대책: 야간 작업으로 2주 단축" in told(office, "이팀장")[-1]


def test_a_message_that_is_out_already_is_edited_when_the_plan_comes(office: Chat) -> None:
    ask(office)
    office.send_all()
    office.press("김하늘", plan_button(office))
    office.say("김하늘", "야간 작업")
    sent = [text for chat, text in office.send_all() if chat == office.people["이팀장"]]
    assert len(sent) == 1
    assert "만회대책: 야간 작업" in sent[0]


@pytest.mark.parametrize("words", ["없음", "취소"])
def test_the_catch_up_plan_may_be_left_out(office: Chat, words: str) -> None:
    ask(office)
    office.press("김하늘", plan_button(office))
    office.say("김하늘", words)
    assert (requests_of(office)[0].catch_up, requests_of(office)[0].state) == (None, DelayState.PENDING)


def test_the_reason_may_be_chosen_from_the_list(office: Chat) -> None:
    office.press("김하늘", f"v1|delay|{office.number('설계 용역')}|1")
    office.tap("김하늘", "+1주")
    office.tap("김하늘", "재난·방역")
    [request] = requests_of(office)
    assert (request.reason_code, request.reason) == (DelayReason.DISASTER, "재난·방역")
    assert office.milestone("설계 용역").due_on == date(2026, 7, 7)


def test_words_only_suggest_a_code_until_it_is_pressed(office: Chat) -> None:
    ask(office, "7.3 추경 편성 지연")
    assert requests_of(office)[0].reason_code is None
    office.tap("김하늘", "사유 분류: 예산")
    assert requests_of(office)[0].reason_code is DelayReason.BUDGET


def test_another_code_than_the_suggested_may_be_chosen(office: Chat) -> None:
    ask(office, "7.3 추경 편성 지연")
    office.tap("김하늘", "다른 분류")
    office.tap("김하늘", "의회·조례")
    assert requests_of(office)[0].reason_code is DelayReason.COUNCIL


def test_following_milestones_that_the_delay_touches_are_named(office: Chat) -> None:
    assert f"#{office.number('공사 착공')} 공사 착공" in ask(office)[0]
    assert "준공" not in told(office, "이팀장")[-1]
    assert "공사 착공" in told(office, "이팀장")[-1]


def test_every_approvers_message_shows_the_outcome_afterwards(office: Chat) -> None:
    office.join("한팀장", RoleName.LEAD, "도로과")
    ask(office)
    office.send_all()
    office.say("이팀장", f"/approve {office.number('설계 용역')}")
    edits = [text for chat, text in office.send_all() if chat == office.people["한팀장"]]
    assert len(edits) == 1
    assert "이팀장 님이" in edits[0]


@pytest.mark.parametrize("word", ["전체", "모두", "all"])
def test_all_that_waits_is_shown_asked_about_once_and_approved(office: Chat, word: str) -> None:
    ask(office)
    ask(office, "8.20 의회 일정", "조부담", "공사 착공")
    ask(office, "7.30 의회 일정", "박바다", "측정기 설치")  # of another department
    [asked] = office.say("이팀장", f"/approve {word}")
    assert "한꺼번에 승인하실 연기" in asked and "설계 용역" in asked and "공사 착공" in asked
    assert "측정기 설치" not in asked
    assert {one.state for one in (*requests_of(office), *requests_of(office, "공사 착공"))} == {
        DelayState.PENDING
    }
    assert "연기 2건을 승인하였습니다" in office.tap("이팀장", "2건 승인")[0]
    assert office.milestone("설계 용역").due_on == date(2026, 7, 20)
    assert office.milestone("공사 착공").due_on == date(2026, 8, 20)
    assert requests_of(office, "측정기 설치")[0].state is DelayState.PENDING
    assert "결정하실 것이 없습니다" in office.say("이팀장", f"/approve {word}")[0]


def test_more_than_a_keyboard_holds_are_approved_together(tmp_path: Path) -> None:
    titles = [f"{number}차 점검" for number in range(1, 11)]
    entries = [entry(title, date(2026, 7, 10)) for title in titles]
    chat = Chat(tmp_path, task("보행로 정비", "도로과", ["김하늘"], *entries), approval=ApprovalSettings())
    chat.join("이팀장", RoleName.LEAD, "도로과")
    chat.join("김하늘")
    for title in titles:
        ask(chat, "7.20 의회 일정", title=title)
    [asked] = chat.say("이팀장", "/approve 전체")
    assert all(title in asked for title in titles) and "/reject" in asked
    assert len(chat.keyboard("이팀장")) == 8
    assert "연기 10건을 승인하였습니다" in chat.tap("이팀장", "10건 승인")[0]
    assert {chat.milestone(title).due_on for title in titles} == {date(2026, 7, 20)}
    chat.store.close()


def test_an_approval_can_be_taken_back_for_ten_minutes(office: Chat) -> None:
    ask(office)
    office.tap("이팀장", "승인")
    office.say("이팀장", "/undo")
    assert office.milestone("설계 용역").due_on == date(2026, 6, 30)
    assert requests_of(office)[0].state is DelayState.PENDING
    assert "다시 결정을 기다립니다" in told(office, "김하늘")[-1]


def test_a_refusal_can_be_taken_back_and_then_approved(office: Chat) -> None:
    ask(office)
    number = office.number("설계 용역")
    office.say("이팀장", f"/reject {number} 행사와 겹침")
    office.say("이팀장", "/undo")
    office.say("이팀장", f"/approve {number}")
    assert office.milestone("설계 용역").due_on == date(2026, 7, 20)


def test_a_wish_whose_day_has_passed_cannot_be_approved(office: Chat) -> None:
    ask(office)
    office.clock.forward(days=30)
    assert "이미 지나 승인할 수 없습니다" in office.tap("이팀장", "승인")[0]
    assert requests_of(office)[0].state is DelayState.PENDING


def test_on_the_wished_day_itself_the_wish_can_be_approved(office: Chat) -> None:
    ask(office)
    office.clock.forward(days=20)
    office.tap("이팀장", "승인")
    assert office.milestone("설계 용역").due_on == date(2026, 7, 20)


def test_what_waits_is_listed_for_who_may_decide_it(office: Chat) -> None:
    ask(office)
    ask(office, "10.30 의회 일정", title="공사 착공")
    lead, head = office.say("이팀장", "/approve")[0], office.say("박과장", "/approve")[0]
    assert ("설계 용역" in lead, "공사 착공" in lead) == (True, False)
    assert ("설계 용역" in head, "공사 착공" in head) == (True, True)


def test_an_officer_has_no_say(office: Chat) -> None:
    ask(office)
    data = in_between(office, "이팀장", "승인")
    assert "권한이 없습니다" in office.press("김하늘", data)[0]
    assert "이용하실 수 있습니다" in office.say("김하늘", f"/approve {office.number('설계 용역')}")[0]


def test_task_shows_how_the_date_came_about(office: Chat) -> None:
    ask(office)
    office.tap("이팀장", "승인")
    text = office.say("김하늘", f"/task {office.number('설계 용역')}")[0]
    assert "당초 2026. 6. 30.(화)" in text
    assert "1차 6. 30.(화) → 7. 20.(월) 승인(이팀장) · 의회 일정" in text


def test_a_delay_at_once_names_what_follows_before_its_new_day(office: Chat) -> None:
    number = office.number("공사 착공")
    assert f"#{number} 공사 착공" in ask(office, "7.7 의회 일정")[0]


@pytest.mark.open_door("kind H")
def test_while_the_lead_is_away_the_substitute_sees_and_decides_in_his_place(office: Chat) -> None:
    office.say("이팀장", "/away 6.30-7.3 @박바다")
    assert "팀장 박바다(이팀장 대직) 님께 승인을 요청하였습니다" in ask(office)[0]
    assert "설계 용역" in office.say("박바다", "/approve")[0]
    office.tap("박바다", "승인")
    assert office.milestone("설계 용역").due_on == date(2026, 7, 20)
    assert "승인 박바다(이팀장 대직)" in told(office, "김하늘")[-1]
    with office.store.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "delay-approved")).one()
        assert entry.actor == "박바다(이팀장 대직)"


def test_a_request_that_waits_goes_to_the_substitute_when_the_lead_leaves(office: Chat) -> None:
    ask(office)
    office.say("이팀장", "/away 6.30-7.3 @박바다")
    assert "[승인 요청]" in told(office, "박바다")[-1]
    office.say("이팀장", "/away 해제")
    assert "팀장·부서장" in office.say("박바다", f"/approve {office.number('설계 용역')}")[0]


def test_a_substitute_does_not_decide_the_own_request(office: Chat) -> None:
    office.say("이팀장", "/away 6.30-7.3 @김하늘")
    assert "부서장 박과장 님께" in ask(office)[0]
    assert "스스로" in office.say("김하늘", f"/approve {office.number('설계 용역')}")[0]


def test_a_substitute_who_is_away_as_well_is_asked_nothing(office: Chat) -> None:
    office.say("이팀장", "/away 6.30-7.3 @박바다")
    office.say("박바다", "/away 6.30-7.3")
    assert "이팀장 님이 부재 중이어서 부서장 박과장 님께" in ask(office)[0]
