"""The planning office's /ask: counts first, a form sent in chat, what it would mean, later days, the end, who is entered for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.documents.upload import Attachment
from jobs.asks import turns
from plans.sheet.grid import Grid
from store import asks
from store.models import Ask, AuditEntry
from store.states import AnswerState, AskState
from tests.bot.asks.office import CONTACT, LEAD, OFFICER, PARKS, PLANNER, ask, log, office, reply
from tests.bot.chat import SEOUL, Chat

SHEET = [["2026년 아이디어 공모"], ["연번", "부서명", "아이디어", "예산(백만원)", "구분(신규/계속)"]]


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    made = office(tmp_path)
    yield made
    made.store.close()


def send(chat: Chat, name: str, rows: list[list[str]], caption: str = "") -> list[str]:
    """The person sends a sheet with those rows, as it was read."""
    chat._attachment = Attachment("서식.xlsx", grid=Grid(name="서식", rows=rows))
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "서식.xlsx"}
    return chat.say(name, None, document=document, caption=caption)


def newest(chat: Chat) -> Ask:
    with chat.store.read() as session:
        return asks.listed(session)[0]


def test_a_form_a_day_and_a_scope_are_a_request_shown_before_it_opens(chat: Chat) -> None:
    [said] = send(chat, PLANNER, SHEET, "요청 7.20 도로과, 공원과, 감사실")
    assert "[새 요청] 2026년 아이디어 공모" in said and "기한 2026. 7. 20.(월)" in said
    assert "대상 3개 부서(도로과, 공원과, 감사실)" in said and "2명이 3가지씩 답합니다" in said
    assert "예산(백만원): 수, 백만원, 필수" in said and "구분(신규/계속): 선택, 신규/계속, 필수" in said
    assert "받을 분이 없는 부서: 감사실" in said
    assert "번 요청을 열었습니다" in chat.tap(PLANNER, "열기")[0]
    assert (newest(chat).due_on, newest(chat).state) == (date(2026, 7, 20), AskState.OPEN)


def test_a_second_press_opens_no_second_request(chat: Chat) -> None:
    send(chat, PLANNER, SHEET, "요청 7.20 도로과")
    data = chat.keyboard(PLANNER)["▶ 열기"]
    chat.press(PLANNER, data)
    assert "이미 열었거나" in chat.press(PLANNER, data)[0]
    with chat.store.read() as session:
        assert len(asks.listed(session)) == 1


def test_the_guess_is_put_right_all_at_once(chat: Chat) -> None:
    send(chat, PLANNER, SHEET, "요청 7.20 도로과")
    chat.tap(PLANNER, "고치기")
    [wrong] = chat.say(PLANNER, "예산(백만원)=돈")
    assert "예산" in wrong
    [said] = chat.say(
        PLANNER, "제목 시책 제안; 기한 7.24; 시각 14:00; 건수 1-3; 대상 도로과, 공원과; 예산(백만원)=글?"
    )
    assert "[새 요청] 시책 제안" in said and "7. 24.(금) 14:00" in said and "1~3건" in said
    assert "예산(백만원): 글, 비워도 됨" in said and "대상 2개 부서" in said
    chat.tap(PLANNER, "팀장 확인 넣기")
    chat.send_all()
    chat.press(PLANNER, chat.keyboard(PLANNER)["▶ 열기"])
    of = newest(chat)
    assert (of.title, of.due_minute, of.rows_least, of.rows_most, of.steps) == (
        "시책 제안",
        14 * 60,
        1,
        3,
        ["answer", "confirm"],
    )


def test_without_words_under_it_the_day_is_asked_for(chat: Chat) -> None:
    chat.say(PLANNER, "/ask")
    assert "빈 서식(.xlsx)" in chat.tap(PLANNER, "새 요청")[0]
    assert "기한과 대상 부서를" in send(chat, PLANNER, SHEET)[0]
    assert "기한으로 읽을" in chat.say(PLANNER, "아직 모름")[0]
    assert "대상 " in chat.say(PLANNER, "7.20")[0]
    chat.tap(PLANNER, "열기")
    with chat.store.read() as session:
        assert len(asks.answers(session, newest(chat).id)) >= 3


@pytest.mark.parametrize(
    ("rows", "caption", "said"),
    [
        (SHEET, "요청 7.20 없는과", "등록된 부서나 국이 아닙니다"),
        (SHEET, "요청 2026-06-01 도로과", "지난 날"),
        ([["한 칸"]], "요청 7.20", "머리글"),
    ],
)
def test_what_cannot_be_asked_is_told_and_nothing_is_kept(
    chat: Chat, rows: list[list[str]], caption: str, said: str
) -> None:
    assert said in send(chat, PLANNER, rows, caption)[0]
    with chat.store.read() as session:
        assert asks.listed(session) == []


def test_counts_stand_first_and_names_behind_a_button(chat: Chat) -> None:
    number = ask(chat)
    chat.say(CONTACT, f"요청 {number} 없음")
    [said] = chat.say(PLANNER, "/campaign")
    assert "회신 1/3곳 · 미제출 2곳" in said and "공원과" not in said
    chat.tap(PLANNER, f"요청 {number}")
    [missing] = chat.tap(PLANNER, "미제출 부서")
    assert "공원과: 공서무" in missing and "감사실: 맡은 분 없음" in missing and "도로과" not in missing


def test_the_workbook_and_the_form_come_as_files(chat: Chat) -> None:
    number = ask(chat)
    chat.say(CONTACT, f"요청 {number} 쉼터 조성 / 30 / 국비")
    for label in ("취합 파일", "빈 서식"):
        chat.say(PLANNER, f"/ask {number}")
        chat.tap(PLANNER, label)
    files = [message.document for _, message in chat.send_messages() if message.document]
    assert [name for name, _ in files] == ["1번 수요조사 취합.xlsx", "1번 수요조사 서식.xlsx"]
    book = load_workbook(io.BytesIO(files[0][1]))
    assert [cell.value for cell in list(book["취합"].rows)[2]][1:5] == ["도로과", "쉼터 조성", 30, "국비"]


def test_a_filled_sheet_sent_back_is_taken_or_its_faults_named_by_cell(chat: Chat) -> None:
    number = ask(chat)
    head = ["연번", "부서명", "사업명", "금액(백만원)", "비고"]
    [wrong] = send(chat, CONTACT, [["수요조사"], head, ["1", "도로과", "쉼터", "삼십", ""]])
    assert "D3" in wrong and "하나도 받지 않았습니다" in wrong and reply(chat, number)[0].version == 0
    [said] = send(
        chat,
        CONTACT,
        [["수요조사"], head, ["1", "도로과", "쉼터", "30", ""], ["2", "도로과", "가로등", "12", "급함"]],
    )
    assert "제출하였습니다." in said
    assert reply(chat, number)[1] == [{"c3": "쉼터", "c4": 30}, {"c3": "가로등", "c4": 12, "c5": "급함"}]


def test_of_several_requests_with_one_form_the_number_is_asked_for(chat: Chat) -> None:
    numbers = [ask(chat), ask(chat)]
    rows = [
        ["수요조사"],
        ["연번", "부서명", "사업명", "금액(백만원)", "비고"],
        ["1", "도로과", "쉼터", "30", ""],
    ]
    assert f"{numbers[0]}, {numbers[1]}" in send(chat, CONTACT, rows)[0]
    send(chat, CONTACT, rows, f"요청 {numbers[1]}")
    assert [reply(chat, one)[0].version for one in numbers] == [0, 1]
    assert "맞는 요청이 없습니다" in send(chat, CONTACT, [["가"], ["나", "다"]])[0]


def test_the_planning_office_enters_for_a_department_and_the_log_says_so(chat: Chat) -> None:
    number = ask(chat)
    [said] = chat.say(PLANNER, f"/ask {number} 감사실 없음")
    assert "감사실의 회신을 대신 넣었습니다" in said and "(대리 입력)" in said
    rows = [
        ["수요조사"],
        ["연번", "부서명", "사업명", "금액(백만원)", "비고"],
        ["1", "공원과", "식재", "5", ""],
    ]
    send(chat, PLANNER, rows, f"요청 {number} 공원과")
    own, cells = reply(chat, number, "공원과")
    assert (own.is_on_behalf, cells) == (True, [{"c3": "식재", "c4": 5}])
    with chat.store.read() as session:
        entries = session.query(AuditEntry).filter_by(action="reply-handed-in").all()
        assert [one.after["is_on_behalf"] for one in entries] == [True, True]


def test_a_day_is_given_later_to_one_or_to_all_and_the_first_is_kept(chat: Chat) -> None:
    number = ask(chat)
    chat.say(PLANNER, f"/ask {number} 연장 도로과 7.24 현장 조사")
    assert (
        reply(chat, number)[0].due_on == date(2026, 7, 24) and reply(chat, number, "공원과")[0].due_on is None
    )
    chat.say(PLANNER, f"/ask {number}")
    assert "새 기한과 사유" in chat.tap(PLANNER, "연장")[0]
    [said] = chat.say(PLANNER, "7.17 의회 일정")
    assert "7. 17." in said and "당초 기한 2026. 7. 10.(금)" in said
    assert newest(chat).due_on == date(2026, 7, 17) and newest(chat).first_due_on == date(2026, 7, 10)
    assert "사유" in chat.say(PLANNER, f"/ask {number} 연장 7.20")[0]
    assert "보다 늦지 않습니다" in chat.say(PLANNER, f"/ask {number} 연장 7.3 사유")[0]


def test_closing_shows_what_is_missing_first(chat: Chat) -> None:
    number = ask(chat)
    chat.say(PLANNER, f"/ask {number}")
    assert "미제출 3곳" in chat.tap(PLANNER, "마감")[0] and newest(chat).state is AskState.OPEN
    data = chat.keyboard(PLANNER)["마감"]
    assert "마감하였습니다" in chat.press(PLANNER, data)[0]
    assert "마감 상태" in chat.press(PLANNER, data)[0]
    assert log(chat).count("ask-frozen") == 1


def test_withdrawing_needs_a_reason_and_tells_who_had_replied(chat: Chat) -> None:
    number = ask(chat)
    chat.say(CONTACT, f"요청 {number} 없음")
    assert "사유" in chat.say(PLANNER, f"/ask {number} 거둠")[0] and newest(chat).state is AskState.OPEN
    chat.say(PLANNER, f"/ask {number}")
    chat.tap(PLANNER, "거둠")
    assert "1분께 알렸습니다" in chat.say(PLANNER, "행사 취소")[0]
    told = {name: [one.event for one in chat.owed(chat.people[name])] for name in (CONTACT, PARKS)}
    assert "ask-cancelled" in told[CONTACT] and "ask-cancelled" not in told[PARKS]


def test_a_confirmed_reply_is_reopened_or_sent_back_by_the_planning_office(chat: Chat) -> None:
    number = ask(chat, steps=("answer", "confirm"))
    chat.say(CONTACT, f"요청 {number} 없음")
    chat.say(LEAD, f"/ask {number}")
    chat.tap(LEAD, "✅ 확인")
    chat.say(PLANNER, f"/ask {number} 도로과")
    chat.tap(PLANNER, "다시 열기")
    assert "다시 열었습니다" in chat.say(PLANNER, "금액 확인")[0]
    chat.say(CONTACT, f"요청 {number} 쉼터 / 3")
    chat.say(PLANNER, f"/ask {number} 도로과")
    chat.tap(PLANNER, "보완 요청")
    chat.say(PLANNER, "근거를 적어 주십시오")
    assert reply(chat, number)[0].state is AnswerState.SENT_BACK


def test_the_same_is_asked_again_for_another_day(chat: Chat) -> None:
    number = ask(chat, rows=(2, 2))
    chat.say(PLANNER, f"/ask {number}")
    assert "대상은 지난번과 같습니다" in chat.tap(PLANNER, "같은 요청 다시")[0]
    chat.say(PLANNER, "9.30")
    chat.tap(PLANNER, "열기")
    of = newest(chat)
    assert (of.like_id, of.due_on, of.rows_least, of.scope["departments"]) == (
        number,
        date(2026, 9, 30),
        2,
        ["감사실", "공원과", "도로과"],
    )


@pytest.mark.parametrize("name", [CONTACT, LEAD, OFFICER])
def test_nobody_else_opens_extends_or_closes(chat: Chat, name: str) -> None:
    number = ask(chat, title="조사")
    chat.say(PLANNER, f"/ask {number}")
    for data in [one for one in chat.keyboard(PLANNER).values() if "askfill" not in one]:
        chat.press(name, data)
    chat.say(name, f"/ask {number} 마감")
    chat.say(name, f"/ask {number} 거둠 사유")
    assert (newest(chat).id, newest(chat).state) == (number, AskState.OPEN)


def test_documents_of_a_contact_are_fetched_as_sheets_and_of_the_planning_office_when_they_say_so(
    chat: Chat,
) -> None:
    may, is_of = chat.dispatcher.may_send_documents, chat.dispatcher.is_of_request
    contact, planner, officer = (chat.people[one] for one in (CONTACT, PLANNER, OFFICER))
    assert may(contact, contact) and is_of(contact, contact, "")
    assert is_of(planner, planner, "요청 7.20 도로과") and is_of(planner, planner, "/collect 7.20")
    assert not is_of(planner, planner, "2026년 실행계획") and not may(officer, officer)
    chat.say(PLANNER, "/ask")
    chat.tap(PLANNER, "새 요청")
    assert is_of(planner, planner, "")


def test_a_request_is_made_to_come_again_seen_and_ended(chat: Chat) -> None:
    number = ask(chat)
    assert "되풀이하는 날을 읽지 못했습니다" in chat.say(PLANNER, f"/ask {number} 되풀이 가끔")[0]
    [said] = chat.say(PLANNER, f"/ask {number} 되풀이 매월 5번째 근무일, 3일 전")
    assert "되풀이: 매월 5번째 근무일 · 다음 2026. 8. 4.(화) 시작, 2026. 8. 7.(금) 기한" in said
    chat.clock.current = datetime(2026, 8, 4, 9, 10, tzinfo=SEOUL)
    with chat.store.write() as session:
        [opened] = turns.take_effect(session, chat.clock.now(), chat.rules)
        assert (opened.due_on, opened.series_id is not None) == (date(2026, 8, 7), True)
    assert "되풀이를 끝냈습니다" in chat.say(PLANNER, f"/ask {opened.id} 되풀이 끝")[0]
    assert "되풀이하는 요청이 아닙니다" in chat.say(PLANNER, f"/ask {opened.id} 되풀이 끝")[0]
    assert log(chat)[-1] == "ask-repeat-ended"
