"""/handover and /assign: the old link ends that day, the successor gets a pack, nothing is nobody's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.documents.upload import Attachment
from jobs.people import handover
from plans.sheet.handover import read_list
from store import chat_links, milestones
from store.models import Milestone
from store.states import DeliveryKind, DeliveryState, LinkState, RoleName
from tests.bot.chat import Chat, entry, task

TODAY = date(2026, 6, 30)


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    made = Chat(
        tmp_path,
        task(
            "축제",
            "관광과",
            ["김하늘"],
            entry("무대 설치", date(2026, 7, 7)),
            entry("정산", date(2026, 12, 1)),
        ),
        task("도서관", "문화과", ["이바다"], entry("도서 구입", date(2026, 9, 30))),
        task("공원", "공원과", ["이바다"], entry("수목 정비", date(2026, 9, 30))),
        task("청사", "총무과", ["박구름"], entry("청사 점검", date(2026, 9, 30))),
    )
    made.join("기획", RoleName.PLANNER)
    for name in ("김하늘", "박구름"):
        made.join(name)
    return made


def officers_of(chat: Chat, title: str, day: date) -> list[str]:
    with chat.store.read() as session:
        found = session.query(Milestone).filter_by(title=title).one()
        return [one.officer.name for one in milestones.assignees(found, day)]


def move_to(chat: Chat, days: float) -> None:
    chat.clock.forward(days=days)
    with chat.store.write() as session:
        handover.take_effect(session, chat.clock.now(), chat.rules.calendar.local_date(chat.clock.now()))
    chat.scan()


def texts_to(chat: Chat, name: str) -> list[str]:
    return [one.payload.get("text", "") for one in chat.owed(chat.people[name])]


def test_it_is_shown_first_and_changes_nothing_until_confirmed(chat: Chat) -> None:
    answer = chat.say("기획", "/handover 김하늘 박구름 7.6")[0]
    assert "과제 1건(진행 중인 일정 2건)" in answer and "아직 바뀐 것은 없습니다" in answer
    assert officers_of(chat, "무대 설치", date(2026, 7, 6)) == ["김하늘"]


def test_from_its_day_on_the_successor_answers(chat: Chat) -> None:
    chat.say("기획", "/handover 김하늘 박구름 7.6")
    assert "2026. 7. 6.(월)부터 적용" in chat.tap("기획", "인계 확정")[0]
    assert officers_of(chat, "무대 설치", date(2026, 7, 5)) == ["김하늘"]
    assert officers_of(chat, "무대 설치", date(2026, 7, 6)) == ["박구름"]


def test_on_that_day_the_old_link_ends_and_the_successor_is_told(chat: Chat) -> None:
    chat.say("기획", "/handover 김하늘 박구름 7.6")
    chat.tap("기획", "인계 확정")
    assert chat.link_state("김하늘") == LinkState.ACTIVE
    move_to(chat, 6)
    assert chat.link_state("김하늘") is None
    sent = dict(chat.send_all())
    assert "업무를 인수하셨습니다" in sent[chat.people["박구름"]]
    with chat.store.read() as session:
        assert chat_links.active(session, chat.officer("김하늘").id) is None


def test_a_handover_of_today_sends_the_pack_at_once(chat: Chat) -> None:
    number = chat.number("무대 설치")
    chat.say("김하늘", f"/delay {number} 7.10 우천 예보")
    chat.say("기획", "/handover 김하늘 박구름")
    chat.tap("기획", "인계 확정")
    pack = texts_to(chat, "박구름")[-1]
    assert "인수인계서" in pack and "앞으로 90일" in pack and "우천 예보" in pack and "정산" in pack


def test_a_successor_who_is_not_linked_gets_the_pack_on_linking(chat: Chat) -> None:
    chat.say("기획", "/handover 김하늘 총무과 새사람")
    assert "등록하지 않으셨습니다" in chat.tap("기획", "인계 확정")[0]
    assert any("인수인계서" in text for text in chat.join("새사람", department="총무과"))


def test_the_predecessor_can_do_nothing_more(chat: Chat) -> None:
    chat.say("기획", "/handover 김하늘 박구름")
    chat.tap("기획", "인계 확정")
    assert "등록" in chat.say("김하늘", f"/done {chat.number('무대 설치')}")[0]
    assert chat.milestone("무대 설치").done_on is None


def test_reminders_before_the_handover_are_not_owed_to_the_successor(chat: Chat) -> None:
    chat.say("기획", "/handover 김하늘 박구름 7.6")
    chat.tap("기획", "인계 확정")
    move_to(chat, 6)
    digest = [one for one in chat.owed(chat.people["박구름"]) if one.kind is DeliveryKind.DIGEST]
    with chat.store.read() as session:
        rules = {item.rule for item in session.merge(digest[0]).items}
    assert rules == {"week", "handover"}  # not the reminder of a month before


def test_one_task_can_be_handed_over_alone(chat: Chat) -> None:
    number = chat.number("무대 설치")
    chat.say("기획", f"/handover {number} 박구름 7.6")
    chat.tap("기획", "인계 확정")
    move_to(chat, 6)
    assert officers_of(chat, "무대 설치", date(2026, 7, 6)) == ["박구름"]
    assert chat.link_state("김하늘") == LinkState.ACTIVE


def test_an_ambiguous_successor_is_answered_with_choices(chat: Chat) -> None:
    chat.say("기획", "/handover 김하늘 이바다 7.6")
    assert set(chat.keyboard("기획")) == {"공원과 이바다", "문화과 이바다"}
    assert "인계 확인" in chat.tap("기획", "문화과")[0]


def test_a_handover_can_be_taken_back_before_its_day(chat: Chat) -> None:
    chat.say("기획", "/handover 김하늘 박구름 7.6")
    chat.tap("기획", "인계 확정")
    chat.tap("기획", "인계 취소")
    move_to(chat, 6)
    assert officers_of(chat, "무대 설치", date(2026, 7, 6)) == ["김하늘"]
    assert chat.link_state("김하늘") == LinkState.ACTIVE


def test_a_second_confirmation_is_refused(chat: Chat) -> None:
    chat.say("기획", "/handover 김하늘 박구름 7.6")
    data = chat.keyboard("기획")["✅ 인계 확정"]
    chat.press("기획", data)
    assert "이미 처리한 인계" in chat.press("기획", data)[0]


def test_another_persons_proposal_cannot_be_confirmed(chat: Chat) -> None:
    chat.say("기획", "/handover 김하늘 박구름 7.6")
    data = chat.keyboard("기획")["✅ 인계 확정"]
    assert "권한이 없습니다" in chat.press("박구름", data)[0]


def test_an_officer_who_says_so_is_passed_on_to_the_lead(chat: Chat) -> None:
    chat.join("최팀장", RoleName.LEAD, "관광과")
    assert "최팀장" in chat.say("김하늘", "/handover 박구름 님이 맡습니다")[0]
    assert "담당자 변경 요청" in texts_to(chat, "최팀장")[-1]


def test_a_lead_hands_over_only_what_is_the_departments(chat: Chat) -> None:
    chat.join("최팀장", RoleName.LEAD, "관광과")
    assert "인계 확인" in chat.say("최팀장", "/handover 김하늘 박구름 7.6")[0]
    assert "기획실에서" in chat.say("최팀장", "/handover 박구름 김하늘 7.6")[0]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("김하늘", "누구에게"),
        ("김하늘 홍길동 7.6", "찾지 못했습니다"),
        ("김하늘 박구름 6.1", "지난 날"),
        ("김하늘 박구름 언젠가", "읽지 못했습니다"),
        ("김하늘 김하늘 7.6", "같습니다"),
        ("999 박구름", "번호를 확인"),
    ],
)
def test_wrong_use_is_answered_with_an_example(chat: Chat, written: str, said: str) -> None:
    answer = chat.say("기획", f"/handover {written}")[0]
    assert (said in answer and "/handover" in answer) or "/assign" in answer


def test_without_a_successor_the_lead_is_asked_and_the_office_gets_one_monthly_list(chat: Chat) -> None:
    chat.join("최팀장", RoleName.LEAD, "관광과")
    chat.say("기획", "/handover 김하늘 없음")
    chat.tap("기획", "인계 확정")
    move_to(chat, 7)
    texts = dict(chat.send_all())
    assert "담당자 없음" in texts[chat.people["최팀장"]] and "무대 설치" in texts[chat.people["최팀장"]]
    assert "담당자가 없는 과제 1건" in texts[chat.people["기획"]]
    move_to(chat, 1)
    again = [text for to, text in chat.send_all() if to == chat.people["기획"]]
    assert not any("담당자가 없는" in text for text in again)
    move_to(chat, 6)
    assert "담당자가 없는" not in dict(chat.send_all()).get(chat.people["기획"], "")
    move_to(chat, 21)
    assert "담당자가 없는 과제 1건" in dict(chat.send_all())[chat.people["기획"]]


def test_the_lead_may_report_for_a_task_without_an_officer(chat: Chat) -> None:
    chat.join("최팀장", RoleName.LEAD, "관광과")
    number = chat.number("무대 설치")
    assert "조회만" in chat.say("최팀장", f"/done {number}")[0]
    chat.say("기획", "/handover 김하늘 없음")
    chat.tap("기획", "인계 확정")
    assert "완료" in chat.say("최팀장", f"/done {number}")[0]


def test_assigning_somebody_ends_the_vacancy(chat: Chat) -> None:
    chat.say("기획", "/handover 김하늘 없음")
    chat.tap("기획", "인계 확정")
    assert "담당자가 없는 과제" in chat.say("기획", "/assign")[0]
    assert "담당자 지정" in chat.say("기획", f"/assign {chat.number('무대 설치')} 박구름")[0]
    assert "모든 과제에 담당자가 있습니다" in chat.say("기획", "/assign")[0]
    assert "담당자 지정" in texts_to(chat, "박구름")[-1]
    assert officers_of(chat, "무대 설치", TODAY) == ["박구름"]


def test_a_deputy_is_added_beside_the_accountable_officer(chat: Chat) -> None:
    chat.say("기획", f"/assign {chat.number('무대 설치')} 박구름 부담당")
    assert officers_of(chat, "무대 설치", TODAY) == ["김하늘", "박구름"]


def test_an_officer_may_not_assign(chat: Chat) -> None:
    assert "기획실" in chat.say("김하늘", f"/assign {chat.number('무대 설치')} 박구름")[0]


def test_a_link_for_the_successor_is_made_in_chat(chat: Chat) -> None:
    chat.say("기획", "/handover 김하늘 총무과 새사람")
    chat.tap("기획", "인계 확정")
    answer = chat.tap("기획", "등록 링크")[0]
    assert "새사람" in answer and "/start " in answer
    pending = [one for one in chat.owed() if one.state is DeliveryState.PENDING]
    assert pending


def listed(*rows: str) -> Attachment:
    text = "\n".join(["전임자\t전임 부서\t후임자\t후임 부서\t기준일", *rows])
    return Attachment("인사이동.xlsx", handovers=read_list(text))


def test_a_whole_list_is_shown_and_confirmed_at_once(chat: Chat) -> None:
    rows = "김하늘\t\t박구름\t\t2026. 7. 6.", "이바다\t문화과\t새사람\t총무과\t2026. 7. 6."
    assert "인계 2건 · 과제 2건" in chat.send_document("기획", listed(*rows))[0]
    assert officers_of(chat, "도서 구입", date(2026, 7, 6)) == ["이바다"]
    answer = chat.tap("기획", "모두 확정")[0]
    assert "인계 2건, 과제 2건" in answer and "새사람" in answer
    assert officers_of(chat, "도서 구입", date(2026, 7, 6)) == ["새사람"]


def test_one_wrong_row_changes_nothing_and_is_named(chat: Chat) -> None:
    rows = (
        "김하늘\t\t박구름\t\t2026. 7. 6.",
        "이바다\t\t박구름\t\t2026. 7. 6.",
        "홍길동\t\t박구름\t\t2026. 7. 6.",
    )
    answer = chat.send_document("기획", listed(*rows))[0]
    assert "3번째 줄(이바다)" in answer and "여러 명" in answer and "4번째 줄(홍길동)" in answer
    assert officers_of(chat, "무대 설치", date(2026, 7, 6)) == ["김하늘"]


def test_a_list_cannot_be_confirmed_twice(chat: Chat) -> None:
    chat.send_document("기획", listed("김하늘\t\t박구름\t\t2026. 7. 6."))
    data = next(iter(chat.keyboard("기획").values()))
    chat.press("기획", data)
    assert "이미 처리" in chat.press("기획", data)[0]
