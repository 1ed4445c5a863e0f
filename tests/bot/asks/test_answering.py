"""Answering a request on a phone: the next question first, by press, by value, whole rows at once; corrected until confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.speech.understand import understand
from store.states import AnswerKind, AnswerState
from tests.bot.asks.office import (
    CHOICE,
    CONTACT,
    DUE,
    FORM,
    LEAD,
    OFFICER,
    PARKS,
    PLANNER,
    ask,
    log,
    office,
    reply,
)
from tests.bot.chat import Chat


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    made = office(tmp_path)
    yield made
    made.store.close()


def press_twice(chat: Chat, name: str, label: str) -> tuple[list[str], list[str]]:
    """The same button, pressed two times."""
    data = next(data for text, data in chat.keyboard(name).items() if label in text)
    return chat.press(name, data), chat.press(name, data)


def test_the_next_open_question_comes_first_and_the_others_are_a_count(chat: Chat) -> None:
    ask(chat, due_on=date(2026, 7, 20))
    second = ask(chat, CHOICE)
    [said] = chat.say(CONTACT, "/ask")
    assert f"[요청 {second}] 의견조회" in said and "이 밖에 1건" in said and "의견(찬성/반대)" in said
    assert {"찬성", "반대", "0건", "해당 없음", "나중에"} <= set(chat.keyboard(CONTACT))


def test_a_choice_by_press_and_what_is_left_empty(chat: Chat) -> None:
    number = ask(chat, CHOICE, rows=(1, 1))
    chat.say(CONTACT, "/ask")
    assert "비고" in chat.tap(CONTACT, "찬성")[0]
    [said] = chat.tap(CONTACT, "비워 두기")
    assert "제출하였습니다." in said and "우리 부서: <b>제출</b>" in said
    own, rows = reply(chat, number)
    assert (own.state, own.answered_by, rows) == (AnswerState.ANSWERED, CONTACT, [{"c2": "찬성"}])


def test_rows_are_asked_for_one_by_one_until_they_are_handed_in(chat: Chat) -> None:
    number = ask(chat)
    chat.say(CONTACT, "/ask")
    for said in ("쉼터 조성", "30", "국비"):
        chat.say(CONTACT, said)
    chat.tap(CONTACT, "한 건 더")
    chat.say(CONTACT, "가로등")
    [wrong] = chat.say(CONTACT, "삼십")
    assert "금액(백만원)" in wrong and reply(chat, number)[0].state is AnswerState.ASKED
    chat.say(CONTACT, "12")
    [offered] = chat.tap(CONTACT, "비워 두기")
    assert "2건을 적으셨습니다" in offered and "가로등" in offered
    first, again = press_twice(chat, CONTACT, "2건 제출")
    assert "제출하였습니다." in first[0] and "지나간 질문" in again[0]
    assert reply(chat, number)[1] == [{"c3": "쉼터 조성", "c4": 30, "c5": "국비"}, {"c3": "가로등", "c4": 12}]


@pytest.mark.parametrize("said", ["/ask {} ", "요청 {} ", "/collect {} ", "/campaign {} "])
def test_several_rows_in_one_go(chat: Chat, said: str) -> None:
    number = ask(chat)
    chat.say(CONTACT, said.format(number) + "쉼터 조성 / 30 / 국비; 가로등 / 12")
    assert reply(chat, number)[1] == [{"c3": "쉼터 조성", "c4": 30, "c5": "국비"}, {"c3": "가로등", "c4": 12}]


def test_what_is_wrong_in_a_row_is_named_by_its_field_and_nothing_counts(chat: Chat) -> None:
    number = ask(chat)
    [said] = chat.say(CONTACT, f"요청 {number} 쉼터 / 삼십; / 12")
    assert "금액(백만원)" in said and "사업명" in said
    assert "순서로" in chat.say(CONTACT, f"요청 {number} 가 / 1 / 나 / 다")[0]
    assert reply(chat, number)[0].version == 0


@pytest.mark.parametrize(
    ("words", "kind"),
    [("없음", AnswerKind.NONE), ("0건", AnswerKind.NONE), ("해당 없음", AnswerKind.NOT_APPLICABLE)],
)
def test_words_alone_are_a_reply(chat: Chat, words: str, kind: AnswerKind) -> None:
    number = ask(chat)
    chat.say(CONTACT, f"요청 {number} {words}")
    own, rows = reply(chat, number)
    assert (own.kind, rows) == (kind, [])


def test_several_requests_are_answered_at_once_or_none_of_them(chat: Chat) -> None:
    numbers = [ask(chat), ask(chat, CHOICE)]
    assert "99번 요청에 답하는 부서가 아닙니다" in chat.say(PARKS, f"요청 {numbers[0]} 99 없음")[0]
    assert reply(chat, numbers[0], "공원과")[0].version == 0
    [said] = chat.say(CONTACT, f"요청 {numbers[0]} {numbers[1]} 없음")
    assert f"요청 {numbers[0]}, {numbers[1]}: 0건" in said
    assert [reply(chat, one)[0].kind for one in numbers] == [AnswerKind.NONE] * 2


def test_the_reader_of_words_calls_it_a_request(chat: Chat) -> None:
    calendar = chat.rules.calendar
    for text in ("요청 7 없음", "/ask 7 없음", "/collect 7 없음", "/campaign 7 없음"):
        found = understand(text, date(2026, 6, 30), calendar).as_json(str)
        assert (found["intent"], found["ids"], found["acts"]) == ("request", [7], True)
    assert understand("/ask", date(2026, 6, 30), calendar).intent == "request"


def test_words_that_are_not_understood_are_no_request(chat: Chat) -> None:
    ask(chat)
    assert "[요청" not in chat.say(OFFICER, "착공은 어떻게 되는지 궁금합니다")[0]


def test_the_last_reply_is_given_again_by_one_press(chat: Chat) -> None:
    first = ask(chat)
    chat.say(CONTACT, f"요청 {first} 쉼터 조성 / 30")
    second = ask(chat, like=first)
    [said] = chat.say(CONTACT, f"/ask {second}")
    assert "미제출" in said
    before, again = press_twice(chat, CONTACT, "지난번과 같음")
    third = ask(chat, like=first)
    chat.say(CONTACT, f"요청 {third} 지난번과 같음")
    assert reply(chat, third)[1] == reply(chat, first)[1]
    assert "제출하였습니다." in before[0] and "그 사이에" in again[0]
    assert reply(chat, second)[1] == [{"c3": "쉼터 조성", "c4": 30}]


def test_only_the_field_that_changed_is_typed(chat: Chat) -> None:
    first = ask(chat)
    chat.say(CONTACT, f"요청 {first} 쉼터 조성 / 30 / 국비")
    second = ask(chat, like=first, rows=(1, 1))
    chat.say(CONTACT, f"/ask {second}")
    assert "지난번: <i>쉼터 조성</i>" in chat.tap(CONTACT, "답하기")[0]
    chat.tap(CONTACT, "이 칸은 지난번대로")
    chat.say(CONTACT, "45")
    chat.tap(CONTACT, "이 칸은 지난번대로")
    assert reply(chat, second)[1] == [{"c3": "쉼터 조성", "c4": 45, "c5": "국비"}]


def test_later_leaves_it_open_and_offers_the_next(chat: Chat) -> None:
    first, second = ask(chat), ask(chat, CHOICE, due_on=date(2026, 7, 20))
    chat.say(CONTACT, "/ask")
    [said] = chat.tap(CONTACT, "나중에")
    assert f"요청 {first}" in said and "2026. 7. 10.(금)까지" in said
    assert f"[요청 {second}]" in chat.tap(CONTACT, "다음 요청 답하기")[0]
    assert reply(chat, first)[0].state is AnswerState.ASKED


def test_a_reply_is_changed_by_its_giver_until_it_is_confirmed(chat: Chat) -> None:
    number = ask(chat, steps=("answer", "confirm"))
    chat.say(CONTACT, f"요청 {number} 쉼터 조성 / 30")
    assert "다시 제출" in chat.say(CONTACT, f"요청 {number} 쉼터 조성 / 40")[0]
    chat.say(LEAD, f"/ask {number}")
    assert "확인하였습니다." in chat.tap(LEAD, "✅ 확인")[0]
    assert "팀장 확인" in chat.say(CONTACT, f"요청 {number} 없음")[0]
    own, rows = reply(chat, number)
    assert (own.state, own.version, rows[0]["c4"]) == (AnswerState.CONFIRMED, 2, 40)


def test_a_late_reply_is_taken_and_marked(chat: Chat) -> None:
    number = ask(chat, due_on=date(2026, 7, 1))
    chat.clock.forward(days=3)
    assert "늦음" in chat.say(CONTACT, f"요청 {number} 없음")[0]
    assert reply(chat, number)[0].state is AnswerState.ANSWERED


@pytest.mark.parametrize("end", ["freeze", "cancel"])
def test_the_buttons_of_a_request_that_is_over_answer_in_words(chat: Chat, end: str) -> None:
    number = ask(chat, CHOICE)
    chat.say(CONTACT, "/ask")
    board = dict(chat.keyboard(CONTACT))
    chat.say(PLANNER, f"/ask {number} 거둠 행사 취소") if end == "cancel" else None
    if end == "freeze":
        chat.say(PLANNER, f"/ask {number} 마감")
        chat.tap(PLANNER, "마감")
    word = {"freeze": "마감", "cancel": "거둠"}[end]
    for label in ("찬성", "0건", "해당 없음"):
        assert f"{word} 상태" in chat.press(CONTACT, board[label])[0]
    assert f"{word} 상태" in chat.say(CONTACT, f"요청 {number} 없음")[0]
    assert reply(chat, number)[0].version == 0


def test_others_buttons_and_numbers_are_refused(chat: Chat) -> None:
    number = ask(chat, departments=("도로과",))
    chat.say(CONTACT, f"/ask {number}")
    board = dict(chat.keyboard(CONTACT))
    chat.people["지나가는이"] = 9900
    for name in (PARKS, OFFICER, "지나가는이"):
        for data in board.values():
            chat.press(name, data)
    assert f"{number}번 요청은 보실 수 있는" in chat.say(PARKS, f"/ask {number}")[0]
    assert (
        chat.say(PARKS, "/ask 9999")[0].replace("9999", str(number)) == chat.say(PARKS, f"/ask {number}")[0]
    )
    assert reply(chat, number)[0].version == 0
    assert "이용하실 수 있습니다" in chat.say(OFFICER, f"/ask {number} 없음")[0]


def test_a_substitute_answers_in_the_place_of_who_is_away(chat: Chat) -> None:
    number = ask(chat)
    chat.say(PLANNER, f"/away {CONTACT} 6.30-7.2 @{OFFICER}")
    chat.say(OFFICER, f"요청 {number} 없음")
    own, _ = reply(chat, number)
    assert (own.state, own.answered_by) == (AnswerState.ANSWERED, OFFICER)


def test_what_came_in_meanwhile_is_not_replaced_unseen(chat: Chat) -> None:
    number = ask(chat)
    chat.say(CONTACT, "/ask")
    for said in ("쉼터 조성", "30", "국비"):
        chat.say(CONTACT, said)
    chat.say(LEAD, f"요청 {number} 가로등 / 12")
    assert "그 사이에" in chat.tap(CONTACT, "1건 제출")[0]
    assert reply(chat, number)[1] == [{"c3": "가로등", "c4": 12}]


def test_a_reply_sent_back_says_why_and_is_wanted_again(chat: Chat) -> None:
    number = ask(chat, steps=("answer", "confirm"))
    chat.say(CONTACT, f"요청 {number} 쉼터 조성 / 30")
    chat.say(LEAD, f"/ask {number}")
    chat.tap(LEAD, "보완 요청")
    chat.say(LEAD, "단가를 확인해 주십시오")
    told = [one for one in chat.owed(chat.people[CONTACT]) if one.event == "ask-back"]
    assert "단가를 확인해 주십시오" in told[-1].payload["text"]
    assert "단가를 확인해" in chat.tap(CONTACT, "다시 내기")[0]
    assert reply(chat, number)[0].state is AnswerState.SENT_BACK
    assert "reply-sent-back" in log(chat)


def test_a_lead_confirms_all_that_was_shown_and_nothing_that_came_since(chat: Chat) -> None:
    numbers = [ask(chat, steps=("answer", "confirm")) for _ in range(3)]
    for one in numbers[:2]:
        chat.say(CONTACT, f"요청 {one} 없음")
    chat.say(LEAD, "/ask")
    first = next(data for text, data in chat.keyboard(LEAD).items() if "모두 확인 (2건)" in text)
    chat.say(CONTACT, f"요청 {numbers[2]} 없음")
    assert "확인하실 회신" in chat.press(LEAD, first)[0]
    assert reply(chat, numbers[0])[0].state is AnswerState.ANSWERED
    done, again = press_twice(chat, LEAD, "모두 확인 (3건)")
    assert "3건을 확인" in done[0] and "확인하실" not in again[0]
    assert {reply(chat, one)[0].state for one in numbers} == {AnswerState.CONFIRMED}


def test_nobody_confirms_the_own_reply(chat: Chat) -> None:
    number = ask(chat, steps=("answer", "confirm"))
    chat.say(LEAD, f"요청 {number} 없음")
    chat.say(LEAD, f"/ask {number}")
    assert "✅ 확인" not in chat.keyboard(LEAD)
    assert "하나씩" not in str(chat.keyboard(LEAD))


def test_the_form_has_its_own_day_and_number(chat: Chat) -> None:
    number = ask(chat)
    [said] = chat.say(PLANNER, f"/ask {number}")
    assert "회신 0/3곳 · 미제출 3곳" in said and "2026. 7. 10.(금) (10일 남음)" in said
    assert FORM.asked[1].name in said and DUE.year == 2026
