"""Documents in chat, differences of newer ones, twins, plan life, hand entry."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.digest.daily_message import DigestRenderer
from bot.documents.upload import Attachment
from plans.draft import finding
from store.models import Delivery, Milestone, Plan, Task
from store.states import DelayState, MilestoneState, PlanState, RoleName
from tests.bot.chat import Chat, entry, task

ROAD = ("보행로 정비", "도로과", ["김하늘"])


@pytest.fixture
def office(tmp_path: Path) -> Chat:
    """One registered plan; the planner and the officer are linked."""
    chat = Chat(
        tmp_path,
        task(*ROAD, entry("설계 용역", date(2026, 7, 10)), entry("공사 착공", date(2026, 8, 20))),
    )
    chat.join("최기획", RoleName.PLANNER)
    chat.join("김하늘")
    return chat


def newer(office: Chat, *tasks: object, title: str = "2026년 실행계획") -> list[str]:
    """The next version of the plan is sent in and registered; gives the answer to [등록]."""
    draft = office.draft(*tasks, title=title)  # type: ignore[arg-type]
    office.send_document("최기획", Attachment("2분기.txt", draft))
    number = [one for one in office.owed(office.people["최기획"]) if one.payload.get("keyboard")][-1]
    return office.press("최기획", number.payload["keyboard"][0][0]["data"])


def plan_state(office: Chat) -> PlanState:
    with office.store.read() as session:
        return session.scalars(select(Plan).order_by(Plan.id)).first().state  # type: ignore[union-attr]


def test_a_document_is_shown_with_counts_and_findings_and_nothing_is_stored(office: Chat) -> None:
    draft = office.draft(
        task("새 과제", "환경과", ["박바다"], entry("측정", date(2026, 9, 1))), title="다른 계획"
    )
    draft.findings.append(finding(7, "name-differs.area", there=3, listed="환경·안전", name="환경"))
    summary, caption = office.send_document("최기획", Attachment("계획.hwp", draft))
    assert "과제 1개 · 담당자 1명 · 일정 1건" in summary
    assert "7행 분야 이름이 요약표(줄 3)에는 &#39;환경·안전&#39;, 현황표에는 &#39;환경&#39;입니다." in summary
    assert "표로 보내 드립니다" in caption
    assert "찾으신 말이" in office.say("최기획", "/find 측정")[0]


def test_register_stores_it_once(office: Chat) -> None:
    new = task("새 과제", "환경과", ["박바다"], entry("측정", date(2026, 9, 1)))
    assert "과제 1개, 일정 1건" in newer(office, new, title="다른 계획")[0]
    again = office.press("최기획", "v1|upreg|1|0")
    assert "이미 처리한 문서입니다" in again[0]
    assert office.milestone("측정").due_on == date(2026, 9, 1)


def test_cancel_drops_it(office: Chat) -> None:
    office.send_document("최기획", Attachment("x.txt", office.draft(task("새", "환경과", []), title="다른")))
    office.press("최기획", "v1|updrop|1|0")
    assert "이미 처리한 문서입니다" in office.press("최기획", "v1|upreg|1|0")[0]


def test_an_officer_cannot_register_documents(office: Chat) -> None:
    assert "기획실에서만" in office.send_document("김하늘", None)[0]
    assert "권한이 없습니다" in office.press("김하늘", "v1|upreg|1|0")[0]


def test_an_unreadable_document_is_told_with_the_way_on(office: Chat) -> None:
    assert (
        "암호를 풀어" in office.send_document("최기획", Attachment("x.hwp", fault="암호를 풀어 주십시오."))[0]
    )


def test_the_same_document_again_changes_nothing(office: Chat) -> None:
    same = task(*ROAD, entry("설계 용역", date(2026, 7, 10)), entry("공사 착공", date(2026, 8, 20)))
    answers = office.send_document("최기획", Attachment("x.txt", office.draft(same)))
    assert "바뀔 것이 없습니다" in answers[0]


def test_another_date_is_asked_and_not_taken_over(office: Chat) -> None:
    newer(office, task(*ROAD, entry("설계 용역", date(2026, 7, 24)), entry("공사 착공", date(2026, 8, 20))))
    assert office.milestone("설계 용역").due_on == date(2026, 7, 10)
    shown = [one.payload["text"] for one in office.owed(office.people["최기획"])]
    assert any("설계 용역: 등록 2026-07-10 → 문서 2026-07-24" in text for text in shown)
    assert "등록 7. 10.(금) ↔ 문서 7. 24.(금)" in office.say("최기획", "/review")[0]


@pytest.mark.parametrize(
    ("button", "original", "delays"),
    [("계획 정정", date(2026, 7, 24), 0), ("연기로 기록", date(2026, 7, 10), 1)],
)
def test_a_new_date_corrects_the_plan_or_is_a_delay(
    office: Chat, button: str, original: date, delays: int
) -> None:
    newer(office, task(*ROAD, entry("설계 용역", date(2026, 7, 24)), entry("공사 착공", date(2026, 8, 20))))
    office.say("최기획", "/review")
    office.tap("최기획", button)
    milestone = office.milestone("설계 용역")
    assert (milestone.due_on, milestone.original_due_on, len(milestone.delays)) == (
        date(2026, 7, 24),
        original,
        delays,
    )
    assert "결정하실 내용이 없습니다" in office.say("최기획", "/review")[0]


def test_what_was_decided_is_not_asked_again(office: Chat) -> None:
    changed = task(*ROAD, entry("설계 용역", date(2026, 7, 24)), entry("공사 착공", date(2026, 8, 20)))
    newer(office, changed)
    office.say("최기획", "/review")
    office.tap("최기획", "그대로")
    answers = office.send_document("최기획", Attachment("3분기.txt", office.draft(changed)))
    assert "바뀔 것이 없습니다" in answers[0]
    assert office.milestone("설계 용역").due_on == date(2026, 7, 10)


def test_a_newer_document_never_loses_what_officers_answered(office: Chat) -> None:
    office.say("김하늘", f"/delay {office.number('설계 용역')} 7.20 의회 일정")
    office.say("김하늘", f"/done {office.number('공사 착공')} 6.29 조기 착공")
    newer(
        office,
        task(
            *ROAD,
            entry("설계 용역", date(2026, 7, 10)),
            entry("공사 착공", date(2026, 8, 20)),
            entry("준공", date(2026, 11, 30)),
        ),
    )
    design, start = office.milestone("설계 용역"), office.milestone("공사 착공")
    assert (design.due_on, [one.state for one in design.delays]) == (date(2026, 7, 20), [DelayState.APPLIED])
    assert (start.state, start.note) == (MilestoneState.DONE, "조기 착공")
    assert office.milestone("준공").due_on == date(2026, 11, 30)


def test_a_document_that_tells_something_as_done_asks(office: Chat) -> None:
    newer(
        office,
        task(*ROAD, entry("설계 용역", date(2026, 7, 10), done=True), entry("공사 착공", date(2026, 8, 20))),
    )
    office.say("최기획", "/review")
    office.tap("최기획", "완료로 등록")
    assert office.milestone("설계 용역").done_on == date(2026, 6, 30)


def test_other_officers_propose_a_hand_over(office: Chat) -> None:
    newer(
        office,
        task(
            "보행로 정비",
            "도로과",
            ["정새로"],
            entry("설계 용역", date(2026, 7, 10)),
            entry("공사 착공", date(2026, 8, 20)),
        ),
    )
    assert "담당 김하늘 ↔ 문서 정새로" in office.say("최기획", "/review")[0]
    office.tap("최기획", "담당자 변경")
    office.join("정새로")
    assert "설계 용역" in office.say("정새로", "/my")[0]
    assert "진행 중인 소관 일정이 없습니다" in office.say("김하늘", "/my")[0]


def test_an_unknown_department_is_told_and_one_much_like_a_known_one_can_be_merged(office: Chat) -> None:
    draft = office.draft(
        task("새 과제", "도로정비과", ["박바다"], entry("측정", date(2026, 9, 1))), title="다른 계획"
    )
    assert "처음 보는 부서: 도로정비과" in office.send_document("최기획", Attachment("x.txt", draft))[0]
    office.press("최기획", "v1|upreg|1|0")
    assert "처음 보는 부서 ‘도로정비과’ ↔ 등록된 부서 ‘도로과’" in office.say("최기획", "/review")[0]
    office.tap("최기획", "같은 부서로")
    department = office.milestone("측정").task.department
    assert department is not None
    assert department.name == "도로과"
    again = office.draft(
        task("또 과제", "도로 정비과", [], entry("점검", date(2026, 9, 2))), title="셋째 계획"
    )
    assert "처음 보는 부서" not in office.send_document("최기획", Attachment("y.txt", again))[0]


def test_an_entry_gone_from_the_document_is_asked(office: Chat) -> None:
    newer(office, task(*ROAD, entry("설계 용역", date(2026, 7, 10))))
    assert "새 문서에는 없습니다" in office.say("최기획", "/review")[0]
    office.tap("최기획", "일정 취소")
    assert office.milestone("공사 착공").state is MilestoneState.CANCELLED


@pytest.fixture
def twins(office: Chat) -> Chat:
    """The same task stands in a second active plan, and the planner has bound the two."""
    same = task(*ROAD, entry("설계 용역", date(2026, 7, 10)), entry("홍보", date(2026, 8, 3)))
    newer(office, same, title="2026년 공약 실천계획")
    office.say("최기획", "/review")
    office.tap("최기획", "같은 과제로")
    return office


def both(office: Chat) -> list[Milestone]:
    with office.store.read() as session:
        query = select(Milestone).where(Milestone.title == "설계 용역").order_by(Milestone.id)
        return list(session.scalars(query))


def test_a_task_in_two_plans_is_reminded_once(twins: Chat) -> None:
    twins.clock.forward(days=3)
    twins.scan()
    twins.send_all()
    digests = [one for one in twins.say("김하늘", "/my")[0].split("\n") if "설계 용역" in one]
    assert len(digests) == 1
    assert both(twins)[1].next_remind_on is None


def test_what_is_answered_for_one_holds_for_the_other_and_undo_too(twins: Chat) -> None:
    first, second = both(twins)
    twins.say("김하늘", f"/done {first.id}")
    assert {one.state for one in both(twins)} == {MilestoneState.DONE}
    twins.say("김하늘", "/undo")
    assert {one.state for one in both(twins)} == {MilestoneState.PLANNED}
    assert f"#{first.id}번으로 등록해" in twins.say("김하늘", f"/done {second.id}")[0]


def test_twins_count_once(twins: Chat) -> None:
    assert "일정 3건" in twins.say("최기획", "/status")[0]


def test_a_plan_closes_only_when_everything_is_decided_and_carried_items_go_on(office: Chat) -> None:
    office.say("최기획", "/plans")
    assert "남은 일정 2건" in office.tap("최기획", "마감")[0]
    office.tap("최기획", "이월")
    office.say("최기획", "/plans")
    office.tap("최기획", "연말 정리")
    office.tap("최기획", "종결")
    office.say("최기획", "/plans")
    office.tap("최기획", "마감")
    assert plan_state(office) is PlanState.CLOSED
    assert [one for one in ("설계 용역", "공사 착공") if one in office.say("김하늘", "/my")[0]] == [
        "설계 용역"
    ]


def test_an_entry_due_after_the_year_outlives_the_closing_by_itself(tmp_path: Path) -> None:
    chat = Chat(tmp_path, task(*ROAD, entry("사업비 정산", date(2027, 1, 29))))
    chat.join("최기획", RoleName.PLANNER)
    chat.join("김하늘")
    chat.say("최기획", "/plans")
    chat.tap("최기획", "마감")
    assert "사업비 정산" in chat.say("김하늘", "/my")[0]
    assert "일정 1건" in chat.say("최기획", "/status")[0]


def test_after_the_plans_year_the_planning_office_is_told_once(office: Chat) -> None:
    office.clock.current = office.clock.current.replace(year=2027, month=1, day=4)
    office.scan()
    told = [
        text
        for chat, text in office.send_all()
        if chat == office.people["최기획"] and "연도가 끝났습니다" in text
    ]
    assert len(told) == 1
    office.clock.forward(days=1)
    office.scan()
    assert not [text for _, text in office.send_all() if "연도가 끝났습니다" in text]


def test_activating_an_archived_plan_starts_with_a_first_day(tmp_path: Path) -> None:
    chat = Chat(tmp_path)
    old = task(*ROAD, entry("설계 용역", date(2025, 7, 10)), entry("정산", date(2026, 9, 10)))
    chat.join("최기획", RoleName.PLANNER)
    chat.send_document("최기획", Attachment("작년.txt", chat.draft(old, title="2025년 계획", year=2025)))
    chat.press("최기획", "v1|upreg|1|0")
    chat.say("최기획", "/plans")
    answers = chat.tap("최기획", "활성화")
    assert "이미 지난 일정 1건" in answers[0]
    assert chat.milestone("정산").next_remind_on is not None


def test_a_milestone_is_added_by_hand(office: Chat) -> None:
    number = office.milestone("설계 용역").task_id
    answers = office.say("최기획", f"/add {number} 2026. 9. 20. 준공식")
    assert office.milestone("준공식").due_on == date(2026, 9, 20)
    assert "9. 20.(일) · 82일 남음" in answers[0]


def test_a_task_is_added_by_hand_with_department_and_officer(office: Chat) -> None:
    answers = office.say("최기획", "/add 과제 환경과 박바다 미세먼지 저감")
    with office.store.read() as session:
        added = session.scalars(select(Task).where(Task.title == "미세먼지 저감")).one()
    assert f"/add {added.id}" in answers[0]
    office.say("최기획", f"/add {added.id} 매월 측정 결과 공개")
    office.join("박바다")
    assert "측정 결과 공개" in office.say("박바다", "/my")[0]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "과제 번호와 시기"),
        ("99999 2026. 9. 준공", "과제 번호와 시기"),
        ("{} 언젠가 준공", "시기를 읽지 못했습니다"),
        ("{} 2026. 9. 20.", "일정 이름을"),
        ("과제 도로과", "차례로 적어"),
    ],
)
def test_bad_hand_entries_are_answered_and_change_nothing(office: Chat, words: str, reason: str) -> None:
    number = office.milestone("설계 용역").task_id
    assert reason in office.say("최기획", "/add " + words.format(number))[0]
    with office.store.read() as session:
        assert len(session.scalars(select(Milestone)).all()) == 2


def test_planners_lists_come_in_the_daily_message_with_their_buttons(office: Chat) -> None:
    newer(office, task(*ROAD, entry("설계 용역", date(2026, 7, 24)), entry("공사 착공", date(2026, 8, 20))))
    office.send_all()
    office.clock.forward(days=1)
    office.scan()
    told = [text for chat, text in office.send_all() if chat == office.people["최기획"]]
    assert ["다른 곳 1건" in text for text in told] == [True]
    digest = [one for one in office.owed(office.people["최기획"]) if one.event == "digest"][-1]
    with office.store.write() as session:
        sent = session.get_one(Delivery, digest.id)
        message = DigestRenderer(office.office)(session, sent, office.clock.now())
    assert message is not None
    assert [row[0]["text"] for row in message.keyboard] == ["다른 곳 검토"]
