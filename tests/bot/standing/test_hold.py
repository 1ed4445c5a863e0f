"""Late reasons, 대기, 보류 and /nudge in chat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jobs.milestones import hold
from store.models import Milestone
from store.states import DelayReason, DeliveryKind, DeliveryState, Gate, MilestoneState, RoleName
from tests.bot.chat import Chat, entry, task


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """Tuesday June 30; 설계 용역 is due on Friday; 김하늘 does it, 이팀장 and 박과장 are above."""
    chat = Chat(
        tmp_path,
        task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 3))),
        task("가로등 정비", "도로과", ["이팀장"], entry("가로등 교체", date(2026, 9, 3))),
    )
    chat.join("김하늘")
    chat.join("이팀장", RoleName.LEAD, "도로과")
    chat.join("박과장", RoleName.HEAD, "도로과")
    yield chat
    chat.store.close()


def morning(chat: Chat, name: str) -> str:
    """Scan and send; gives the person's daily message, "" for none."""
    chat.send_all()
    chat.scan()
    sent = chat.send_all()
    mine = [text for where, text in sent if where == chat.people[name] and "소관 일정 안내" in text]
    return mine[0] if mine else ""


def late(chat: Chat, name: str = "김하늘", days: int = 13) -> str:
    """The morning so many days later; July 13 is the tenth day after the due day, a Monday."""
    chat.clock.forward(days=days)
    return morning(chat, name)


def one(chat: Chat) -> Milestone:
    return chat.milestone("설계 용역")


def press(chat: Chat, name: str, verb: str) -> list[str]:
    found = one(chat)
    return chat.press(name, f"v1|{verb}|{found.id}|{found.revision}")


def test_a_late_line_stands_in_the_leads_message_with_a_button(office: Chat) -> None:
    text = late(office, "이팀장")
    assert f"<b>#{one(office).id}</b> 설계 용역" in text
    assert "❗ 기한 7. 3.(금) · 10일 경과 · 김하늘 · 사유 미등록" in text


def test_what_was_explained_before_the_message_goes_out_is_not_in_it(office: Chat) -> None:
    office.clock.forward(days=13)
    office.scan()
    office.say("김하늘", f"/note {one(office).id} 업체와 협의 중")
    assert not any("사유 미등록" in text for _, text in office.send_all())


def test_a_reason_from_the_list_is_the_code_and_the_words(office: Chat) -> None:
    late(office)
    press(office, "김하늘", "late")
    [answer] = press(office, "김하늘", f"late{list(DelayReason).index(DelayReason.COUNCIL)}")
    assert "지연 사유: 의회·조례" in answer
    assert (one(office).reason_code, one(office).explained_due_on) == (DelayReason.COUNCIL, date(2026, 7, 3))


def test_a_reason_in_words_is_taken_as_it_is(office: Chat) -> None:
    late(office)
    press(office, "김하늘", "late")
    office.say("김하늘", "설계사 변경으로 늦어지고 있습니다")
    assert (one(office).reason, one(office).reason_code) == ("설계사 변경으로 늦어지고 있습니다", None)


def test_a_note_on_a_late_one_is_its_reason_too(office: Chat) -> None:
    late(office)
    [answer] = office.say("김하늘", f"/note {one(office).id} 업체와 협의 중")
    assert "지연 사유로도 등록하였습니다" in answer
    assert one(office).explained_due_on == date(2026, 7, 3)


def test_a_note_on_one_that_is_not_late_is_a_note_only(office: Chat) -> None:
    [answer] = office.say("김하늘", f"/note {one(office).id} 업체와 협의 중")
    assert "사유" not in answer
    assert one(office).explained_due_on is None


def test_a_reason_can_be_taken_back(office: Chat) -> None:
    late(office)
    press(office, "김하늘", "late")
    press(office, "김하늘", "late1")
    office.say("김하늘", "/undo")
    assert (one(office).reason, one(office).reason_code, one(office).explained_due_on) == (None, None, None)


def test_a_reason_stands_in_the_next_message_and_is_not_asked_again(office: Chat) -> None:
    late(office, days=6)
    office.say("김하늘", f"/note {one(office).id} 업체와 협의 중")
    text = late(office, days=4)
    assert "사유: 업체와 협의 중" in text


def test_waiting_by_command_names_what_until_when(office: Chat) -> None:
    [answer] = office.say("김하늘", f"/wait {one(office).id} 추경 9.30 제2회 추경 후")
    assert "외부 대기: 추경 — 제2회 추경 후" in answer
    assert "2026. 9. 30.(수)에 다시 여쭙겠습니다" in answer
    assert (one(office).gate, one(office).review_on) == (Gate.EXTRA_BUDGET, date(2026, 9, 30))


def test_waiting_by_buttons_asks_for_the_day(office: Chat) -> None:
    press(office, "김하늘", "late")
    press(office, "김하늘", "gate3")
    [answer] = press(office, "김하늘", "wait2w")
    assert "외부 대기: 타기관" in answer
    assert one(office).review_on == date(2026, 7, 14)


def test_the_day_can_be_typed(office: Chat) -> None:
    press(office, "김하늘", "gate0")
    office.say("김하늘", "8.31")
    assert one(office).review_on == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("추경 6.30", "재검토일은 내일 이후여야 합니다"),
        ("추경 2028.1.1", "1년 안의 날짜로"),
        ("추경 언젠가", "며칠인지 날짜로"),
        ("날씨 9.30", "무엇을 기다리시는지"),
    ],
)
def test_waiting_that_cannot_be_says_why_and_changes_nothing(office: Chat, text: str, reason: str) -> None:
    [answer] = office.say("김하늘", f"/wait {one(office).id} {text}")
    assert reason in answer
    assert one(office).gate is None


def test_what_waits_is_counted_apart(office: Chat) -> None:
    office.say("김하늘", f"/wait {one(office).id} 추경 9.30")
    office.clock.forward(days=13)
    [answer] = office.say("이팀장", "/status")
    assert "기한 경과 1건(그중 외부 대기 1건)" in answer


def test_hold_needs_a_day_and_a_reason(office: Chat) -> None:
    number = one(office).id
    [answer] = office.say("이팀장", f"/hold {number} 9.30")
    assert "보류하는 사유를" in answer
    [answer] = office.say("이팀장", f"/hold {number} 부지 변경 검토")
    assert "날짜를 읽지 못했습니다" in answer
    assert one(office).state is MilestoneState.PLANNED


def test_hold_tells_the_officer_and_stands_in_the_counts(office: Chat) -> None:
    [answer] = office.say("이팀장", f"/hold {one(office).id} 9.30 부지 변경 검토")
    assert "재검토일 2026. 9. 30.(수)" in answer
    assert "김하늘 님께 알렸습니다" in answer
    assert any("이팀장 님이 보류하였습니다" in one.payload.get("text", "") for one in office.owed())
    [answer] = office.say("이팀장", "/status")
    assert "보류 1건" in answer


def test_what_is_on_hold_stands_in_my_list_without_buttons(office: Chat) -> None:
    office.say("이팀장", f"/hold {one(office).id} 9.30 부지 변경 검토")
    text = office.say("김하늘", "/my")[0]
    assert "■ 보류" in text and "재검토 9. 30.(수) · 부지 변경 검토" in text
    assert not office.keyboard("김하늘")


def test_the_message_of_the_review_day_says_that_it_is_that_day_and_why_it_was_held(office: Chat) -> None:
    office.say("이팀장", f"/hold {one(office).id} 7.11 부지 변경 검토")
    office.clock.forward(days=13)
    with office.store.write() as session:
        hold.take_effect(session, office.clock.now(), office.rules)
    text = morning(office, "김하늘")
    assert "🔔 오늘이 재검토일입니다 · 부지 변경 검토" in text


def test_an_officer_may_not_hold_but_may_resume(office: Chat) -> None:
    number = one(office).id
    office.say("김하늘", f"/hold {number} 9.30 부지 변경 검토")
    assert one(office).state is MilestoneState.PLANNED
    office.say("이팀장", f"/hold {number} 9.30 부지 변경 검토")
    [answer] = office.say("김하늘", f"/resume {number}")
    assert "보류 → <b>예정</b>" in answer
    assert one(office).state is MilestoneState.PLANNED


def test_a_lead_may_not_hold_the_own_task(office: Chat) -> None:
    number = office.number("가로등 교체")
    office.say("이팀장", f"/hold {number} 9.30 부지 변경 검토")
    assert office.milestone("가로등 교체").state is MilestoneState.PLANNED


def test_hold_can_be_taken_back(office: Chat) -> None:
    office.say("이팀장", f"/hold {one(office).id} 9.30 부지 변경 검토")
    office.say("이팀장", "/undo")
    assert (one(office).state, one(office).review_on) == (MilestoneState.PLANNED, None)


def test_resume_of_what_goes_on_anyway_says_so(office: Chat) -> None:
    [answer] = office.say("김하늘", f"/resume {one(office).id}")
    assert "보류나 대기 중이 아닙니다" in answer


def test_a_nudge_asks_the_officer_with_buttons(office: Chat) -> None:
    [answer] = office.say("이팀장", f"/nudge {one(office).id}")
    assert "김하늘 님께 확인 요청을 보냈습니다" in answer
    sent = [text for where, text in office.send_all() if where == office.people["김하늘"]]
    assert any("확인 요청</b> · 이팀장 님" in text and "설계 용역" in text for text in sent)


def test_a_second_nudge_on_the_same_day_is_refused_whoever_sends_it(office: Chat) -> None:
    office.say("이팀장", f"/nudge {one(office).id}")
    [answer] = office.say("박과장", f"/nudge {one(office).id}")
    assert "오늘 이미 확인을 요청하였습니다" in answer
    office.clock.forward(days=1)
    [answer] = office.say("박과장", f"/nudge {one(office).id}")
    assert "보냈습니다" in answer


def test_a_nudge_at_night_waits_for_the_morning(office: Chat) -> None:
    office.clock.forward(hours=12)
    [answer] = office.say("이팀장", f"/nudge {one(office).id}")
    assert "7. 1.(수) 09:10에 확인 요청을 보내겠습니다" in answer


def test_a_nudge_of_what_was_done_meanwhile_is_not_sent(office: Chat) -> None:
    office.send_all()
    office.say("이팀장", f"/nudge {one(office).id}")
    office.say("김하늘", f"/done {one(office).id}")
    assert not any("확인 요청</b>" in text for _, text in office.send_all())


def test_a_nudge_that_reaches_nobody_says_so(office: Chat) -> None:
    office.say("김하늘", "/stop")
    [answer] = office.say("이팀장", f"/nudge {one(office).id}")
    assert "알림을 보낼 수 없습니다" in answer


def test_an_officer_may_not_nudge(office: Chat) -> None:
    [answer] = office.say("김하늘", f"/nudge {one(office).id}")
    assert "팀장·부서장·국장과 기획실에서만" in answer


def test_a_hold_that_is_over_brings_the_daily_message_up_to_date(office: Chat) -> None:
    office.clock.forward(days=3)
    assert "설계 용역" in morning(office, "김하늘")
    office.say("이팀장", f"/hold {office.number('설계 용역')} 7.6 부지 변경 검토")
    office.send_all()
    office.clock.forward(days=3)
    with office.store.write() as session:
        hold.take_effect(session, office.clock.now(), office.rules)
    [edit] = [one for one in office.owed(office.people["김하늘"]) if one.state is DeliveryState.PENDING]
    assert (edit.kind, edit.event) == (DeliveryKind.EDIT, "digest")


def test_what_became_late_on_hold_has_a_week_of_grace_after_it_is_resumed(office: Chat) -> None:
    number = one(office).id
    office.say("이팀장", f"/hold {number} 9.30 부지 변경")
    office.clock.forward(days=13)  # July 13, ten days after the due day
    assert "재개" in office.say("이팀장", f"/resume {number}")[0] or one(office).review_on
    assert one(office).review_on == date(2026, 7, 20)
    assert "사유 미등록" not in late(office, "이팀장", days=1)
    office.clock.forward(days=6)
    assert "설계 용역" in morning(office, "김하늘")
