"""/note, /progress and /find."""

from __future__ import annotations

import pytest

from tests.bot.chat import Chat


def test_a_note_is_kept_and_told_from_what_to_what(linked: Chat) -> None:
    number = linked.number("설계 용역")
    linked.say("김하늘", f"/note {number} 업체와 협의 중")
    answers = linked.say("김하늘", f"메모 {number} 계약 완료")
    assert linked.milestone("설계 용역").note == "계약 완료"
    assert "메모를 남겼습니다: <b>계약 완료</b> (앞서 “업체와 협의 중”)" in answers[0]


@pytest.mark.parametrize("words", ["60 설계 검토 중", "60% 설계 검토 중", "60퍼센트 설계 검토 중"])
def test_progress_is_shown_and_is_no_part_of_a_rate(linked: Chat, words: str) -> None:
    linked.say("김하늘", f"/progress {linked.number('설계 용역')} {words}")
    milestone = linked.milestone("설계 용역")
    assert (milestone.progress, milestone.note) == (60, "설계 검토 중")
    assert "올해 전체 0/3건" in linked.say("최기획", "/status")[0]
    assert "진행 60%" in linked.say("김하늘", "/my")[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("/progress {} 101", "0에서 100"),
        ("/progress {}", "0에서 100"),
        ("/progress {} 거의", "0에서 100"),
        ("/progress", "번호와 진행률"),
        ("/note {}", "남길 메모"),
        ("/note 메모만", "번호 하나"),
    ],
)
def test_bad_remarks_are_answered_and_change_nothing(linked: Chat, text: str, reason: str) -> None:
    assert reason in linked.say("김하늘", text.format(linked.number("설계 용역")))[0]
    assert linked.milestone("설계 용역").revision == 1


def test_a_remark_leaves_the_days_reminder_as_it_is(linked: Chat) -> None:
    linked.clock.forward(days=7)
    linked.scan()
    before = len(linked.send_all())
    linked.say("김하늘", f"/note {linked.number('공사 착공')} 준비 중")
    linked.scan()
    assert before > 0
    assert linked.milestone("공사 착공").next_remind_on is not None


def test_a_remark_can_be_undone(linked: Chat) -> None:
    linked.say("김하늘", f"/progress {linked.number('설계 용역')} 60 검토")
    linked.say("김하늘", "/undo")
    milestone = linked.milestone("설계 용역")
    assert (milestone.progress, milestone.note) == (None, None)


def test_find_looks_through_titles_however_they_are_spaced(linked: Chat) -> None:
    assert "설계 용역" in linked.say("김하늘", "/find 설계용역")[0]
    assert "공사 착공" in linked.say("김하늘", "찾기 보행로 착공")[0]


def test_find_stays_within_reach(linked: Chat) -> None:
    assert "일정이 없습니다" in linked.say("김하늘", "/find 측정기")[0]
    assert "측정기 설치" in linked.say("최기획", "/find 측정기")[0]


@pytest.mark.parametrize("words", ["", "   ", "!!!", "%"])
def test_find_without_words_asks_for_them(linked: Chat, words: str) -> None:
    assert "찾을 말을" in linked.say("김하늘", f"/find {words}")[0]


@pytest.mark.open_door("B1")
@pytest.mark.parametrize("words", ["/note {}", "/done {}", "/delay {} 7.20"])
def test_of_words_that_are_too_many_the_beginning_is_kept_and_the_answer_says_so(
    linked: Chat, words: str
) -> None:
    answers = linked.say("김하늘", f"{words.format(linked.number('설계 용역'))} {'가나다라마' * 120}")
    found = linked.milestone("설계 용역")
    assert found.revision == 2
    assert "500자를 넘어" in answers[-1]
    history = linked.say("김하늘", f"/task {found.id}")[0]
    assert "가나다라마" in history


def test_five_hundred_characters_are_kept_whole(linked: Chat) -> None:
    answers = linked.say("김하늘", f"/done {linked.number('설계 용역')} {'가' * 500}")
    assert linked.milestone("설계 용역").note == "가" * 500
    assert len(answers) == 1
