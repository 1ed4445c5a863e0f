"""/done and the button 완료."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from store.models import AuditEntry
from store.states import MilestoneState
from tests.bot.chat import Chat


def test_done_marks_the_milestone_done_today_and_says_from_what_to_what(linked: Chat) -> None:
    answers = linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    milestone = linked.milestone("설계 용역")
    assert (milestone.state, milestone.done_on) == (MilestoneState.DONE, date(2026, 6, 30))
    assert len(answers) == 1
    assert "<b>완료 6. 30.(화)</b> (기한 당일)" in answers[0]


def test_done_takes_a_day_and_a_note(linked: Chat) -> None:
    answers = linked.say("김하늘", f"/done {linked.number('설계 용역')} 6.28 설치 완료")
    milestone = linked.milestone("설계 용역")
    assert (milestone.done_on, milestone.note) == (date(2026, 6, 28), "설치 완료")
    assert "보다 2일 빠름" in answers[0]


def test_several_numbers_are_done_by_one_command(linked: Chat) -> None:
    first, second = linked.number("설계 용역"), linked.number("공사 착공")
    linked.say("김하늘", f"/done #{first}, {second}")
    assert {linked.milestone(name).state for name in ("설계 용역", "공사 착공")} == {MilestoneState.DONE}


@pytest.mark.parametrize(
    "text",
    [
        "완료 {}",
        "{} 완료",
        "#{}번 완료",
        "/완료 {}",
        "/DONE {}",
        "/done@gihan_bot {}",
        "/done{}",
        "완료: {}",
        "{}번 완료했습니다",
    ],
)
def test_plain_korean_does_the_same_as_the_command(linked: Chat, text: str) -> None:
    if text.startswith("/완료"):
        text = text[1:]
    linked.say("김하늘", text.format(linked.number("설계 용역")))
    assert linked.milestone("설계 용역").state is MilestoneState.DONE


def test_the_button_does_the_same_as_the_command(linked: Chat) -> None:
    milestone = linked.milestone("설계 용역")
    linked.press("김하늘", f"v1|done|{milestone.id}|{milestone.revision}")
    assert linked.milestone("설계 용역").state is MilestoneState.DONE


def test_one_wrong_number_among_several_changes_nothing(linked: Chat) -> None:
    answers = linked.say("김하늘", f"/done {linked.number('설계 용역')} 99999")
    assert linked.milestone("설계 용역").state is MilestoneState.PLANNED
    assert "#99999번은 조회하실 수 있는 일정 가운데 없습니다" in answers[0]


def test_somebody_elses_number_reads_like_an_unknown_one(linked: Chat) -> None:
    other = linked.number("측정기 설치")
    answers = linked.say("김하늘", f"/done {other}")
    assert answers == linked.say("김하늘", f"/done {other}")
    assert answers[0].replace(str(other), "N") == linked.say("김하늘", "/done 99999")[0].replace("99999", "N")
    assert linked.milestone("측정기 설치").state is MilestoneState.PLANNED


def test_a_lead_sees_but_does_not_change_what_is_not_the_leads_own(linked: Chat) -> None:
    answers = linked.say("이팀장", f"/done {linked.number('설계 용역')}")
    assert "조회만" in answers[0]
    assert linked.milestone("설계 용역").state is MilestoneState.PLANNED


def test_the_planning_office_may_register_for_an_officer_and_the_log_says_who(linked: Chat) -> None:
    linked.say("최기획", f"/done {linked.number('설계 용역')}")
    assert linked.milestone("설계 용역").state is MilestoneState.DONE
    with linked.store.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "done")).one()
        assert entry.actor == "최기획"
        assert (entry.before["state"], entry.after["state"]) == ("planned", "done")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "번호를 적어 주십시오"),
        ("설치 완료", "번호를 적어 주십시오"),
        ("{} 2.30", "2026년 2월 30일은 없는 날짜입니다"),
        ("{} 2027-01-05", "아직 오지 않은 날입니다"),
        ("{} 6.28(월)", "월요일이 아니라 일요일입니다"),
        ("-3", "번호를 적어 주십시오"),
    ],
)
def test_bad_arguments_are_answered_and_change_nothing(linked: Chat, words: str, reason: str) -> None:
    answers = linked.say("김하늘", "/done " + words.format(linked.number("설계 용역")))
    assert len(answers) == 1
    assert reason in answers[0]
    assert linked.milestone("설계 용역").revision == 1


@pytest.mark.pitfall(17)
def test_a_note_with_emoji_and_html_is_kept_as_typed_and_shown_escaped(linked: Chat) -> None:
    answers = linked.say("김하늘", f"/done {linked.number('설계 용역')} <b>끝</b> & 😀 _완료_")
    assert linked.milestone("설계 용역").note == "<b>끝</b> & 😀 _완료_"
    assert "&lt;b&gt;끝&lt;/b&gt; &amp; 😀 _완료_" in answers[0]


def test_done_twice_is_told_and_changes_nothing(linked: Chat) -> None:
    number = linked.number("설계 용역")
    linked.say("김하늘", f"/done {number}")
    answers = linked.say("김하늘", f"/done {number} 6.1")
    assert "이미 처리되어 있습니다(완료 6. 30.(화))" in answers[0]
    assert linked.milestone("설계 용역").done_on == date(2026, 6, 30)


@pytest.mark.pitfall(14)
def test_a_second_tap_on_the_button_changes_nothing_and_says_what_happened(linked: Chat) -> None:
    milestone = linked.milestone("설계 용역")
    data = f"v1|done|{milestone.id}|{milestone.revision}"
    linked.press("김하늘", data)
    answers = linked.press("김하늘", data)
    assert "이미 완료(2026. 6. 30.(화))로 등록되어 있습니다" in answers[0]
    assert linked.milestone("설계 용역").revision == 2


@pytest.mark.pitfall(13, 14)
def test_a_redelivered_update_has_one_effect_and_one_answer(linked: Chat) -> None:
    user = linked.people["김하늘"]
    text = f"/done {linked.number('설계 용역')}"
    message = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": user, "type": "private"},
        "from": {"id": user, "is_bot": False, "first_name": "x"},
        "text": text,
    }
    first = linked.update({"message": message}, user, update_id=77)
    second = linked.update({"message": message}, user, update_id=77)
    assert (len(first), second) == (1, [])
    assert linked.milestone("설계 용역").revision == 2


def test_an_open_ended_entry_can_be_done(linked: Chat) -> None:
    answers = linked.say("김하늘", f"/done {linked.number('유지 관리')}")
    assert "<b>완료 6. 30.(화)</b>" in answers[0]
