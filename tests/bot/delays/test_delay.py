"""/delay and the button 연기."""

from __future__ import annotations

from datetime import date

import pytest

from store.states import DelayState, MilestoneState, Precision
from tests.bot.chat import Chat


def test_delay_takes_effect_at_once_with_reason_and_keeps_the_original_date(linked: Chat) -> None:
    answers = linked.say("김하늘", f"/delay {linked.number('설계 용역')} 7.20 의회 일정")
    milestone = linked.milestone("설계 용역")
    assert (milestone.due_on, milestone.original_due_on) == (date(2026, 7, 20), date(2026, 6, 30))
    assert [(one.reason, one.state) for one in milestone.delays] == [("의회 일정", DelayState.APPLIED)]
    assert "기한 2026. 6. 30.(화) → <b>2026. 7. 20.(월)</b> (+20일)" in answers[0]
    assert "당초 기한 2026. 6. 30.(화)은 이력에 남습니다. 기한 변경 1회" in answers[0]


@pytest.mark.parametrize(
    ("when", "due"),
    [
        ("2주", date(2026, 7, 14)),
        ("+3일", date(2026, 7, 3)),
        ("7/20까지", date(2026, 7, 20)),
        ("다음달 15일", date(2026, 7, 15)),
        ("2026-07-20", date(2026, 7, 20)),
        ("한 달", date(2026, 7, 30)),
    ],
)
def test_the_new_date_may_be_written_in_many_ways(linked: Chat, when: str, due: date) -> None:
    linked.say("김하늘", f"/delay {linked.number('설계 용역')} {when} 의회 일정")
    assert linked.milestone("설계 용역").due_on == due


def test_without_a_reason_the_reason_is_asked_and_the_next_text_is_it(linked: Chat) -> None:
    asked = linked.say("김하늘", f"/delay {linked.number('설계 용역')} 7.20")
    assert "연기 사유를 한 줄로" in asked[0]
    assert linked.milestone("설계 용역").due_on == date(2026, 6, 30)
    linked.say("김하늘", "의회 일정 조정")
    assert linked.milestone("설계 용역").due_on == date(2026, 7, 20)


def test_the_button_offers_days_asks_the_reason_and_postpones(linked: Chat) -> None:
    milestone = linked.milestone("설계 용역")
    linked.press("김하늘", f"v1|delay|{milestone.id}|1")
    assert [label.split()[0] for label in linked.keyboard("김하늘")] == [
        "+3일",
        "+1주",
        "+2주",
        "월말",
        "다른",
        "그만두기",
    ]
    asked = linked.tap("김하늘", "+1주")
    assert "2026. 7. 7.(화)" in asked[0]
    linked.say("김하늘", "업체 사정")
    assert linked.milestone("설계 용역").due_on == date(2026, 7, 7)


def test_another_date_is_asked_before_the_reason(linked: Chat) -> None:
    linked.press("김하늘", f"v1|delay|{linked.number('설계 용역')}|1")
    assert "새 기한을 적어" in linked.tap("김하늘", "다른 날짜")[0]
    assert "연기 사유" in linked.say("김하늘", "7.20")[0]
    linked.say("김하늘", "의회 일정")
    assert linked.milestone("설계 용역").due_on == date(2026, 7, 20)


def test_month_end_of_an_item_due_on_the_last_day_is_the_next_months(linked: Chat) -> None:
    linked.press("김하늘", f"v1|delay|{linked.number('설계 용역')}|1")
    assert "2026. 7. 31.(금)" in linked.tap("김하늘", "월말")[0]


def test_choices_for_an_overdue_item_count_from_today(linked: Chat) -> None:
    linked.clock.forward(days=10)
    linked.press("김하늘", f"v1|delay|{linked.number('설계 용역')}|1")
    assert "+3일 7. 13.(월)" in linked.keyboard("김하늘")


@pytest.mark.parametrize(
    ("when", "due"), [("1주", date(2026, 7, 17)), ("월말", date(2026, 7, 31)), ("12.31", date(2026, 12, 31))]
)
def test_an_overdue_item_is_put_off_from_today(linked: Chat, when: str, due: date) -> None:
    linked.clock.forward(days=10)
    linked.say("김하늘", f"/delay {linked.number('설계 용역')} {when} 의회 일정")
    assert linked.milestone("설계 용역").due_on == due


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "번호 하나와 새 기한"),
        ("{} 9{} 7.20 의회", "조회하실 수 있는 일정 가운데 없습니다"),
        ("99999 7.20 의회", "조회하실 수 있는 일정 가운데 없습니다"),
        ("{} 의회 일정", "새 기한을 읽지 못했습니다"),
        ("{} 언젠가", "“언젠가”: 며칠인지"),
        ("{} 2.30 의회", "없는 날짜입니다"),
        ("{} 6.1 의회", "이미 지난 날입니다"),
        ("{} 6.30 의회", "현재 기한 2026. 6. 30.(화)보다 늦어야"),
        ("{} 2099-01-01 의회", "1년이 넘게 남은"),
    ],
)
def test_bad_arguments_are_answered_and_change_nothing(linked: Chat, words: str, reason: str) -> None:
    number = linked.number("설계 용역")
    answers = linked.say("김하늘", "/delay " + words.format(number, number))
    assert len(answers) == 1
    assert reason in answers[0]
    assert linked.milestone("설계 용역").revision == 1


def test_somebody_elses_item_cannot_be_postponed(linked: Chat) -> None:
    answers = linked.say("김하늘", f"/delay {linked.number('측정기 설치')} 7.20 의회")
    assert "조회하실 수 있는 일정 가운데 없습니다" in answers[0]
    assert linked.milestone("측정기 설치").due_on == date(2026, 7, 10)


@pytest.mark.pitfall(16)
def test_a_forged_button_of_somebody_elses_item_does_nothing(linked: Chat) -> None:
    answers = linked.press("김하늘", f"v1|delay1w|{linked.number('측정기 설치')}|1")
    assert "조회하실 수 있는 일정 가운데 없습니다" in answers[0]


def test_a_done_item_cannot_be_postponed(linked: Chat) -> None:
    number = linked.number("설계 용역")
    linked.say("김하늘", f"/done {number}")
    assert "이미 처리되어 있어" in linked.say("김하늘", f"/delay {number} 7.20 의회")[0]


def test_an_open_ended_item_has_no_due_day_to_postpone(linked: Chat) -> None:
    assert (
        "연기할 기한이 없습니다" in linked.say("김하늘", f"/delay {linked.number('유지 관리')} 7.20 의회")[0]
    )


def test_a_day_inside_the_months_window_is_offered_as_fixing_and_is_no_delay(linked: Chat) -> None:
    number = linked.number("공사 착공")
    answers = linked.say("김하늘", f"/delay {number} 7.15 일정 확정")
    assert "연기가 아닙니다" in answers[0]
    assert linked.milestone("공사 착공").due_on == date(2026, 7, 31)
    linked.tap("김하늘", "확정")
    milestone = linked.milestone("공사 착공")
    assert (milestone.due_on, milestone.precision, milestone.delays) == (date(2026, 7, 15), Precision.DAY, [])


def test_a_half_finished_question_survives_a_restart(linked: Chat) -> None:
    linked.say("김하늘", f"/delay {linked.number('설계 용역')} 7.20")
    linked.dispatcher = type(linked.dispatcher)(linked.store, linked.office, linked.clock)
    linked.say("김하늘", "의회 일정")
    assert linked.milestone("설계 용역").due_on == date(2026, 7, 20)


def test_a_question_can_be_given_up(linked: Chat) -> None:
    linked.say("김하늘", f"/delay {linked.number('설계 용역')} 7.20")
    assert "그만두었습니다" in linked.say("김하늘", "취소")[0]
    assert "아직 바뀐 것은 없습니다" in linked.say("김하늘", "의회 일정")[0]
    assert linked.milestone("설계 용역").due_on == date(2026, 6, 30)


def test_an_unanswered_question_expires_and_the_late_answer_is_told_so(linked: Chat) -> None:
    linked.say("김하늘", f"/delay {linked.number('설계 용역')} 7.20")
    linked.clock.forward(minutes=60)
    assert "시간이 지나 취소되었습니다" in linked.say("김하늘", "의회 일정")[0]
    assert linked.milestone("설계 용역").due_on == date(2026, 6, 30)


def test_a_command_in_the_middle_of_a_question_is_a_command(linked: Chat) -> None:
    number = linked.number("공사 착공")
    linked.say("김하늘", f"/delay {linked.number('설계 용역')} 7.20")
    linked.say("김하늘", f"완료 {number}")
    assert linked.milestone("공사 착공").state is MilestoneState.DONE
    assert linked.milestone("설계 용역").due_on == date(2026, 6, 30)


def test_a_reason_that_begins_like_a_command_word_is_a_reason(linked: Chat) -> None:
    linked.say("김하늘", f"/delay {linked.number('설계 용역')} 7.20")
    linked.say("김하늘", "예정 부지 변경")
    assert linked.milestone("설계 용역").delays[0].reason == "예정 부지 변경"


def test_a_new_date_on_a_day_off_is_taken_and_said(linked: Chat) -> None:
    answers = linked.say("김하늘", f"/delay {linked.number('설계 용역')} 7.18 의회 일정")
    assert "7. 18.(토)은 휴무일입니다" in answers[0]


def test_the_stale_button_tells_who_postponed_in_the_meantime(linked: Chat) -> None:
    number = linked.number("설계 용역")
    linked.say("최기획", f"/delay {number} 7.20 의회 일정")
    answers = linked.press("김하늘", f"v1|done|{number}|1")
    assert "최기획 님이 기한 6. 30.(화) → 7. 20.(월) 연기, 사유: 의회 일정" in answers[0]
    assert linked.milestone("설계 용역").state is MilestoneState.PLANNED
