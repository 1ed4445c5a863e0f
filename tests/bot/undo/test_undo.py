"""/undo and the button 되돌리기."""

from __future__ import annotations

from datetime import date

import pytest

from store.states import DelayState, MilestoneState, Precision
from tests.bot.chat import Chat


def test_undo_takes_back_done(linked: Chat) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')} 6.28 끝")
    answers = linked.say("김하늘", "/undo")
    milestone = linked.milestone("설계 용역")
    assert (milestone.state, milestone.done_on, milestone.note) == (MilestoneState.PLANNED, None, None)
    assert "완료 6. 28.(일) → <b>예정, 기한 6. 30.(화)</b>" in answers[0]


def test_undo_takes_back_a_delay_and_withdraws_the_request(linked: Chat) -> None:
    linked.say("김하늘", f"/delay {linked.number('공사 착공')} 8.20 의회")
    linked.say("김하늘", "되돌리기")
    milestone = linked.milestone("공사 착공")
    assert (milestone.due_on, milestone.precision) == (date(2026, 7, 31), Precision.MONTH)
    assert [one.state for one in milestone.delays] == [DelayState.WITHDRAWN]


def test_undo_takes_back_all_that_one_message_did(linked: Chat) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')} {linked.number('공사 착공')}")
    linked.tap("김하늘", "되돌리기")
    assert {linked.milestone(one).state for one in ("설계 용역", "공사 착공")} == {MilestoneState.PLANNED}


def test_undo_works_for_ten_minutes_and_not_longer(linked: Chat) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    linked.clock.forward(minutes=10, seconds=1)
    assert "되돌릴 수 있는 내용이 없습니다" in linked.say("김하늘", "/undo")[0]
    linked.clock.forward(seconds=-1)
    assert "되돌렸습니다" in linked.say("김하늘", "/undo")[0]


@pytest.mark.open_door("kind A")
def test_a_clock_set_back_gives_no_further_ten_minutes(linked: Chat) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    linked.clock.forward(minutes=-5)
    assert "되돌릴 수 있는 내용이 없습니다" in linked.say("김하늘", "/undo")[0]
    assert linked.milestone("설계 용역").state is MilestoneState.DONE


def test_undo_is_refused_once_somebody_else_acted(linked: Chat) -> None:
    number = linked.number("설계 용역")
    linked.say("김하늘", f"/delay {number} 7.20 의회")
    linked.say("최기획", f"/done {number}")
    answers = linked.say("김하늘", "/undo")
    assert "그 뒤에 바뀌어 되돌릴 수 없습니다" in answers[0]
    assert "최기획" in answers[0]
    assert linked.milestone("설계 용역").state is MilestoneState.DONE


def test_a_second_undo_goes_one_message_further_back(linked: Chat) -> None:
    linked.say("김하늘", f"/delay {linked.number('설계 용역')} 7.20 의회")
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    linked.say("김하늘", "/undo")
    linked.say("김하늘", "/undo")
    milestone = linked.milestone("설계 용역")
    assert (milestone.state, milestone.due_on) == (MilestoneState.PLANNED, date(2026, 6, 30))


def test_the_same_undo_button_twice_takes_back_once(linked: Chat) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    data = linked.keyboard("김하늘")["↩️ 되돌리기(10분 안)"]
    linked.press("김하늘", data)
    assert "이미 되돌린 내용입니다" in linked.press("김하늘", data)[0]


def test_somebody_elses_undo_button_does_nothing(linked: Chat) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    data = linked.keyboard("김하늘")["↩️ 되돌리기(10분 안)"]
    assert "되돌릴 수 있는 내용이 없습니다" in linked.press("박바다", data)[0]
    assert linked.milestone("설계 용역").state is MilestoneState.DONE


def test_a_cancel_word_with_nothing_to_take_back_says_so_and_asks_nothing(linked: Chat) -> None:
    assert "되돌릴 수 있는 내용이 없습니다" in linked.say("김하늘", "취소")[0]
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    linked.say("김하늘", "네")
    assert linked.milestone("설계 용역").state is MilestoneState.DONE


def test_a_card_about_what_can_be_taken_back_no_more_says_that(linked: Chat) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    linked.say("김하늘", "취소")
    linked.clock.forward(minutes=10, seconds=1)
    assert "되돌릴 수 있는 내용이 없습니다" in linked.tap("김하늘", "네")[0]


def test_a_yes_takes_back_only_what_was_newest_when_it_was_asked(linked: Chat) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    linked.say("김하늘", "취소")
    linked.say("김하늘", f"/done {linked.number('공사 착공')}")
    assert "다른 것을 등록하셔서" in linked.say("김하늘", "네")[0]
    assert {linked.milestone(one).state for one in ("설계 용역", "공사 착공")} == {MilestoneState.DONE}
