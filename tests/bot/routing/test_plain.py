"""Plain words in chat: done, put off, away, somebody else's; what is unsure is asked with buttons, nothing guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from store.models import Delivery
from store.states import DeliveryKind, MilestoneState, RoleName
from tests.bot.chat import Chat, entry, task

DUE = date(2026, 7, 20)


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    """김하늘 with two items, 이바다 with one; 30 June 2026 is a Tuesday."""
    made = Chat(
        tmp_path,
        task(
            "드론", "기획예산실", ["김하늘"], entry("설계 용역", DUE), entry("시험 비행", date(2026, 9, 30))
        ),
        task("도서관", "문화과", ["이바다"], entry("도서 구입", date(2026, 6, 30))),
    )
    for name in ("김하늘", "이바다"):
        made.join(name)
    return made


def due(chat: Chat, title: str = "설계 용역") -> date | None:
    return chat.milestone(title).due_on


def state(chat: Chat, title: str = "설계 용역") -> MilestoneState:
    return chat.milestone(title).state


def reminder_of(chat: Chat, name: str) -> int:
    """The message id of the person's daily message, sent."""
    chat.scan()
    chat.send_all()
    with chat.store.read() as session:
        query = select(Delivery.message_id).where(
            Delivery.kind == DeliveryKind.DIGEST, Delivery.chat_id == chat.people[name]
        )
        found = session.scalars(query).one()
    assert found is not None
    return found


def answer(chat: Chat, name: str, text: str) -> list[str]:
    """The person answers to the daily message."""
    replied = {
        "message_id": reminder_of(chat, name),
        "date": 1,
        "chat": {"id": chat.people[name], "type": "private"},
    }
    return chat.say(name, text, reply_to_message=replied)


def test_a_sentence_with_a_number_and_a_day_is_a_card_of_the_completion(chat: Chat) -> None:
    asked = chat.say("김하늘", f"{chat.number('설계 용역')}번 6월 28일에 끝냈습니다")[0]
    assert "2026. 6. 28.(일)" in asked and state(chat) is MilestoneState.PLANNED
    chat.tap("김하늘", "네")
    found = chat.milestone("설계 용역")
    assert (found.state, found.done_on) == (MilestoneState.DONE, date(2026, 6, 28))


def test_several_numbers_are_done_at_once(chat: Chat) -> None:
    first, second = chat.number("설계 용역"), chat.number("시험 비행")
    chat.say("김하늘", f"{first}번이랑 {second}번 다 했습니다")
    chat.tap("김하늘", "모두 등록")
    assert (state(chat), state(chat, "시험 비행")) == (MilestoneState.DONE, MilestoneState.DONE)


def test_an_answer_to_a_reminder_of_one_item_is_about_that_item(chat: Chat) -> None:
    answer(chat, "이바다", "다 했어요")
    chat.say("이바다", "네")
    assert state(chat, "도서 구입") is MilestoneState.DONE


def test_without_a_number_the_item_is_asked_even_where_there_is_one(chat: Chat) -> None:
    asked = chat.say("이바다", "완료했습니다")
    assert "어느 일정을" in asked[0]
    assert state(chat, "도서 구입") is MilestoneState.PLANNED
    chat.tap("이바다", "도서 구입")
    chat.tap("이바다", "네")
    assert state(chat, "도서 구입") is MilestoneState.DONE


def test_a_number_alone_answers_the_question_which(chat: Chat) -> None:
    chat.say("김하늘", "2주 연기 부탁드립니다 의회 일정")
    chat.say("김하늘", str(chat.number("설계 용역")))
    chat.tap("김하늘", "신청")
    assert due(chat) == date(2026, 8, 3)


@pytest.mark.parametrize(
    ("words", "day", "said"),
    [
        ("2주 연기 의회 일정", date(2026, 8, 3), "현재 기한부터 2주"),
        ("5주 뒤까지 연기 의회 일정", date(2026, 8, 4), "오늘부터 셈"),
    ],
)
def test_the_answer_says_from_where_a_length_was_counted(
    chat: Chat, words: str, day: date, said: str
) -> None:
    answers = chat.say("김하늘", f"{chat.number('설계 용역')} {words}")
    assert due(chat) == day
    assert said in answers[0]


def test_the_basis_is_told_where_the_reason_came_later(chat: Chat) -> None:
    chat.say("김하늘", f"{chat.number('설계 용역')} 2주 연기")
    assert "현재 기한부터 2주" in chat.say("김하늘", "의회 일정")[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("7월 25일까지 연기 의회 일정", "휴무일입니다"),
        ("7. 31.(목)까지 연기 의회 일정", "목요일이 아니라 금요일"),
        ("6월 1일까지 연기 의회 일정", "이미 지난 날"),
        ("5주 뒤로 연기 의회 일정", "오늘부터인지"),
    ],
)
def test_a_doubtful_day_is_asked_back_and_changes_nothing(chat: Chat, words: str, said: str) -> None:
    assert said in chat.say("김하늘", f"{chat.number('설계 용역')} {words}")[0]
    assert due(chat) == DUE


def test_one_of_the_offered_days_is_pressed_and_the_reason_is_not_asked_again(chat: Chat) -> None:
    chat.say("김하늘", f"{chat.number('설계 용역')} 7월 25일까지 연기 의회 일정")
    chat.tap("김하늘", "7. 27.(월)")
    chat.tap("김하늘", "신청")
    found = chat.milestone("설계 용역")
    assert (found.due_on, found.delays[-1].reason) == (date(2026, 7, 27), "의회 일정")


@pytest.mark.parametrize("words", ["아직 못 끝냈습니다", "완료 예정입니다", "보류"])
def test_what_is_no_clear_act_is_asked_with_buttons(chat: Chat, words: str) -> None:
    chat.say("김하늘", f"{chat.number('설계 용역')} {words}")
    assert f"✅ #{chat.number('설계 용역')} 완료" in chat.keyboard("김하늘")
    assert state(chat) is MilestoneState.PLANNED


@pytest.mark.parametrize("words", ["1단계 완료", "완료했다고 합니다", "완료 못 했습니다"])
def test_what_may_be_no_completion_changes_nothing(chat: Chat, words: str) -> None:
    assert chat.say("김하늘", f"{chat.number('설계 용역')} {words}")
    assert state(chat) is MilestoneState.PLANNED


def test_somebody_elses_number_is_refused_in_plain_words_too(chat: Chat) -> None:
    chat.say("김하늘", f"{chat.number('도서 구입')}번 완료했습니다")
    assert state(chat, "도서 구입") is MilestoneState.PLANNED


def test_words_that_can_be_taken_back(chat: Chat) -> None:
    number = chat.number("설계 용역")
    chat.say("김하늘", f"{number} 완료")
    chat.say("김하늘", f"{number} 완료 취소해주세요")
    chat.tap("김하늘", "네")
    assert state(chat) is MilestoneState.PLANNED


def test_progress_is_shown_and_no_completion(chat: Chat) -> None:
    chat.say("김하늘", f"{chat.number('설계 용역')}번 60프로 진행했습니다")
    chat.say("김하늘", "ㅇㅇ")
    found = chat.milestone("설계 용역")
    assert (found.progress, found.state) == (60, MilestoneState.PLANNED)


def test_an_absence_with_its_days_and_substitute_is_registered(chat: Chat) -> None:
    shown = chat.say("김하늘", "7월 6일~8일 휴가입니다. 대직자는 이바다 주무관입니다")[0]
    assert "대직 이바다" in shown
    told = chat.tap("김하늘", "네")[0]
    assert "부재 등록" in told and "2026. 7. 8.(수)" in told and "이바다" in told


def test_an_absence_without_its_end_is_asked(chat: Chat) -> None:
    assert "언제까지" in chat.say("김하늘", "다음 주 월요일부터 휴가입니다")[0]


def test_a_changed_person_is_told_to_those_who_may_decide(chat: Chat) -> None:
    chat.join("최팀장", RoleName.LEAD, "기획예산실")
    chat.say("김하늘", "담당자 바뀌었어요")
    assert "최팀장 님께" in chat.tap("김하늘", "네")[0]


def test_half_done_without_a_number_asks_which_item_is_half_done(chat: Chat) -> None:
    assert "50%" in "".join(chat.say("김하늘", "반만 했어요"))


def test_words_without_act_or_number_get_the_nearest_items_with_their_buttons(chat: Chat) -> None:
    said = chat.say("김하늘", "업체가 연락이 안 돼요")[-1]
    assert "설계 용역" in said and "아직 바뀐 것은 없습니다" in said
    assert f"✅ #{chat.number('설계 용역')} 완료" in chat.keyboard("김하늘")


def test_thanks_change_nothing_and_get_a_word(chat: Chat) -> None:
    assert "소관 일정은 /my" in chat.say("김하늘", "네 감사합니다")[0]


def test_who_may_change_nothing_is_not_refused_for_what_nobody_understands(chat: Chat) -> None:
    chat.join("감사", RoleName.AUDITOR)
    assert "이해하지 못했습니다" in chat.say("감사", "알 수 없는 이야기")[0]
    assert (
        "팀장" in chat.say("감사", f"{chat.number('설계 용역')} 완료")[0]
        or state(chat) is MilestoneState.PLANNED
    )


@pytest.mark.open_door("B1")
@pytest.mark.parametrize(
    "front",
    [
        "112 115 118 121 124 127 130 133 136",
        " ".join(f"{number}번" for number in range(101, 121)),
        "1" * 40,
        "１１２ １１５ １１８ １２１ １２４ １２７ １３０",
        "#1 " * 60,
        "112,  115 번 ,, " * 20,
    ],
)
def test_numbers_in_front_are_answered_however_many_they_are(chat: Chat, front: str) -> None:
    """They were read in as many ways as a list can be cut, while everybody waited."""
    assert chat.say("김하늘", f"{front} 완료했습니다")


def test_a_note_for_several_numbers_is_still_read_from_behind(chat: Chat) -> None:
    chat.say("김하늘", f"{chat.number('설계 용역')}번, {chat.number('시험 비행')} 메모: 현장 확인")
    assert "현장 확인" in chat.say("김하늘", f"/task {chat.number('시험 비행')}")[0]


@pytest.mark.parametrize("words", ["이번 주 뭐 있어요", "내일 뭐 있어", "밀린 일정 보여 주세요"])
def test_an_officer_who_asks_what_comes_gets_the_own_items(chat: Chat, words: str) -> None:
    assert "내 소관 일정" in chat.say("김하늘", words)[0]


def test_the_managers_command_stays_the_managers(chat: Chat) -> None:
    assert "관리자만" in chat.say("김하늘", "/upcoming")[0]
