"""Cards: words that mean an act wait for a tap or a typed 네; two taps act once; what is asked takes only its answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jobs.settings import ApprovalSettings
from store.states import MilestoneState, RoleName
from tests.bot.chat import Chat, entry, task

DUE = date(2026, 7, 20)


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    """김하늘 with three items, whose delays 최팀장 approves; 30 June 2026 is a Tuesday."""
    made = Chat(
        tmp_path,
        task(
            "드론",
            "기획예산실",
            ["김하늘"],
            entry("설계 용역", DUE),
            entry("시험 비행", date(2026, 9, 30)),
            entry("개장식", date(2026, 12, 1)),
        ),
        approval=ApprovalSettings(auto_days=0, lead_days=366),
    )
    made.join("김하늘")
    made.join("최팀장", RoleName.LEAD, "기획예산실")
    return made


def state(chat: Chat, title: str = "설계 용역") -> MilestoneState:
    return chat.milestone(title).state


def say(chat: Chat, words: str) -> str:
    """What is answered to words about 설계 용역."""
    return "\n".join(chat.say("김하늘", words.format(n=chat.number("설계 용역"))))


@pytest.mark.parametrize("yes", ["네", "응", "ㅇㅇ", "맞아요", "네 맞습니다", "yes"])
def test_a_typed_yes_is_the_button(chat: Chat, yes: str) -> None:
    say(chat, "{n} 어제 끝냈어요")
    say(chat, yes)
    found = chat.milestone("설계 용역")
    assert (found.state, found.done_on) == (MilestoneState.DONE, date(2026, 6, 29))


def test_a_typed_no_drops_the_card(chat: Chat) -> None:
    say(chat, "{n} 어제 끝냈어요")
    assert "바뀐 것은 없습니다" in say(chat, "아니요")
    say(chat, "네")
    assert state(chat) is MilestoneState.PLANNED


def test_a_yes_means_the_newest_card_alone(chat: Chat) -> None:
    say(chat, "{n} 어제 끝냈어요")
    chat.say("김하늘", f"{chat.number('시험 비행')} 다 했습니다")
    say(chat, "네")
    assert (state(chat), state(chat, "시험 비행")) == (MilestoneState.PLANNED, MilestoneState.DONE)


def test_a_late_yes_shows_the_card_again(chat: Chat) -> None:
    say(chat, "{n} 어제 끝냈어요")
    chat.clock.forward(minutes=11)
    assert "등록할까요" in say(chat, "네")
    assert state(chat) is MilestoneState.PLANNED
    say(chat, "네")
    assert state(chat) is MilestoneState.DONE


def test_a_card_whose_item_changed_is_shown_again(chat: Chat) -> None:
    say(chat, "{n} 어제 끝냈어요")
    chat.join("박기획", RoleName.PLANNER)
    chat.say("박기획", f"/note {chat.number('설계 용역')} 현장 확인")
    assert "등록할까요" in say(chat, "네")
    assert state(chat) is MilestoneState.PLANNED


def test_two_taps_act_once(chat: Chat) -> None:
    say(chat, "{n} 어제 끝냈어요")
    data = chat.keyboard("김하늘")["네"]
    first, second = chat.press("김하늘", data), chat.press("김하늘", data)
    assert ("완료" in first[0] and "되돌리기" in str(chat.keyboard("김하늘"))) or second
    assert chat.milestone("설계 용역").revision == 2


def test_a_card_survives_a_restart(chat: Chat) -> None:
    say(chat, "{n} 어제 끝냈어요")
    chat.dispatcher = type(chat.dispatcher)(chat.store, chat.office, chat.clock)
    say(chat, "네")
    assert state(chat) is MilestoneState.DONE


def test_what_a_card_did_can_be_taken_back(chat: Chat) -> None:
    say(chat, "{n} 어제 끝냈어요")
    say(chat, "네")
    chat.tap("김하늘", "되돌리기")
    assert state(chat) is MilestoneState.PLANNED


def test_the_day_of_a_card_can_be_put_right(chat: Chat) -> None:
    say(chat, "{n} 어제 끝냈어요")
    chat.tap("김하늘", "날짜 고치기")
    assert "2026. 6. 26.(금)" in say(chat, "6.26")
    chat.tap("김하늘", "네")
    assert chat.milestone("설계 용역").done_on == date(2026, 6, 26)


def test_a_completion_can_be_turned_into_a_delay(chat: Chat) -> None:
    say(chat, "{n} 어제 끝냈어요")
    assert "연기를 신청할까요" in chat.tap("김하늘", "연기")[0]


def test_the_approver_hears_of_a_delay_after_the_tap_with_the_sentence_as_reason(chat: Chat) -> None:
    shown = say(chat, "{n} 2주만 미뤄주세요 도의회 일정 때문에")
    assert "7. 20.(월) → <b>2026. 8. 3.(월)" in shown
    assert not [one for one in chat.owed() if one.event == "approval-request"]
    chat.tap("김하늘", "신청")
    asked = [one for one in chat.owed() if one.event == "approval-request"]
    assert len(asked) == 1
    assert chat.milestone("설계 용역").delays[0].reason.endswith("2주만 미뤄주세요 도의회 일정 때문에")


def test_a_reason_that_is_named_is_kept_alone(chat: Chat) -> None:
    say(chat, "{n}번 사업의 기한을 1주일 연장 바랍니다. 사유: 자재 수급")
    chat.tap("김하늘", "신청")
    assert chat.milestone("설계 용역").delays[0].reason == "자재 수급"


def test_the_category_of_a_reason_is_chosen_on_the_card(chat: Chat) -> None:
    say(chat, "{n} 2주만 미뤄주세요 도의회 일정 때문에")
    chat.tap("김하늘", "분류: 의회")
    chat.tap("김하늘", "신청")
    assert chat.milestone("설계 용역").delays[0].reason_code is not None


def test_several_items_of_one_sentence_are_one_card(chat: Chat) -> None:
    first, second, third = (chat.number(one) for one in ("설계 용역", "시험 비행", "개장식"))
    words = f"{first}번은 어제 끝냈고 {second}번은 60프로 했고 {third}번은 2주 미뤄주세요 업체 사정으로"
    chat.say("김하늘", words)
    chat.tap("김하늘", "모두 등록")
    assert (state(chat), chat.milestone("시험 비행").progress) == (MilestoneState.DONE, 60)
    assert len(chat.milestone("개장식").delays) == 1


def test_several_items_can_be_answered_one_by_one(chat: Chat) -> None:
    first, second = chat.number("설계 용역"), chat.number("시험 비행")
    chat.say("김하늘", f"{first}번이랑 {second}번 다 했습니다")
    chat.tap("김하늘", "하나씩")
    chat.tap("김하늘", "아니요")
    chat.tap("김하늘", "네")
    assert (state(chat), state(chat, "시험 비행")) == (MilestoneState.PLANNED, MilestoneState.DONE)


def test_half_is_a_percentage_and_no_completion(chat: Chat) -> None:
    assert "50%" in say(chat, "{n} 반만 했어요")
    say(chat, "네")
    assert (chat.milestone("설계 용역").progress, state(chat)) == (50, MilestoneState.PLANNED)


def test_a_number_that_is_nobodys_offers_ones_own(chat: Chat) -> None:
    assert "조회하실 수 있는" in say(chat, "99999 완료")
    chat.tap("김하늘", "설계 용역")
    chat.tap("김하늘", "네")
    assert state(chat) is MilestoneState.DONE


@pytest.mark.parametrize(
    "words",
    [
        "/done {n} 못 했습니다",
        "/done {n} 취소",
        "완료 {n} 예정",
        "/done {n} will send tomorrow",
        "/done {n} 다음 주",
    ],
)
def test_a_command_whose_words_deny_it_is_a_card(chat: Chat, words: str) -> None:
    say(chat, words)
    assert state(chat) is MilestoneState.PLANNED


@pytest.mark.parametrize(
    "words", ["/delay {n} 8.3 취소해 주세요", "/delay {n} 8.3 never mind", "연기 {n} 8.3 회의가 끝나면"]
)
def test_a_delay_whose_words_take_it_back_is_a_card(chat: Chat, words: str) -> None:
    say(chat, words)
    assert chat.milestone("설계 용역").delays == []


@pytest.mark.open_door("kind I")
@pytest.mark.parametrize("words", ["네", "감사합니다", "현황", "what is overdue", "ㅋㅋ"])
def test_a_reason_that_was_asked_takes_a_sentence_and_says_that_it_waits(chat: Chat, words: str) -> None:
    say(chat, "/delay {n} 8.3")
    waits = "We are still waiting" if words.isascii() else "아직 기다리고 있습니다"
    assert waits in say(chat, words)
    assert chat.milestone("설계 용역").delays == []
    say(chat, "의회 일정 조정")
    assert chat.milestone("설계 용역").delays[0].reason == "의회 일정 조정"


@pytest.mark.open_door("kind I")
def test_a_yes_to_an_open_question_is_answered_once(chat: Chat) -> None:
    say(chat, "/delay {n} 8.3")
    assert len(chat.say("김하늘", "네")) == 1


@pytest.mark.open_door("kind I")
def test_a_day_that_was_asked_takes_a_day(chat: Chat) -> None:
    say(chat, "/delay {n}")
    chat.tap("김하늘", "다른 날짜")
    assert "아직 기다리고 있습니다" in say(chat, "업체가 아직 답이 없네요")
    assert "사유" in say(chat, "8.3")


@pytest.mark.open_door("kind I")
@pytest.mark.parametrize("words", ["네", "감사합니다", "what is overdue"])
def test_nothing_is_taken_for_a_catch_up_plan_unasked(chat: Chat, words: str) -> None:
    say(chat, "/delay {n} 8.3 의회 일정")
    say(chat, words)
    request = chat.milestone("설계 용역").delays[0]
    assert request.catch_up is None
    chat.press("김하늘", f"v1|writeplan|{request.milestone_id}|{request.id}")
    say(chat, "야간 작업으로 2주 단축")
    assert chat.milestone("설계 용역").delays[0].catch_up == "야간 작업으로 2주 단축"


@pytest.mark.open_door("kind I")
def test_words_about_another_item_are_no_reason(chat: Chat) -> None:
    say(chat, "/delay {n} 8.3")
    other = chat.number("시험 비행")
    chat.say("김하늘", f"{other}번은 어제 끝냈어요")
    assert chat.milestone("설계 용역").delays == []
    chat.press("김하늘", "v1|cardyes|0|1")
    assert state(chat, "시험 비행") is MilestoneState.DONE


@pytest.mark.parametrize("words", ["감사 준비", "예산 신청", "자료 요청", "C&D 심의", "제2회 추경  편성"])
def test_the_reason_is_kept_whole_and_understand_gives_the_same(chat: Chat, words: str) -> None:
    from bot.speech.understand import understand  # noqa: PLC0415

    text = f"/delay {chat.number('설계 용역')} 8.3 {words}"
    say(chat, text)
    if not chat.milestone("설계 용역").delays:
        chat.tap("김하늘", "신청")
    read = understand(text, date(2026, 6, 30), chat.rules.calendar)
    assert chat.milestone("설계 용역").delays[0].reason == read.words == " ".join(words.split())
