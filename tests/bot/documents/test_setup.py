"""The first hour with a plan: officers hear nothing before its start, the past is settled by task, two may be one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.documents.upload import Attachment
from jobs.authority.permissions import Deed
from jobs.plans.register import Registrar
from jobs.rehearsal.first_week import first_week
from plans.draft import MilestoneDraft
from store.audit import Who
from store.models import Difference, Milestone, Plan
from store.states import DifferenceKind, MilestoneState, PastReview, RoleName
from tests.bot.chat import Chat, entry, task


def recurring(title: str, line: int) -> MilestoneDraft:
    return MilestoneDraft(
        title=title, expr="매월", line=line, kind="recurring", windows=[], rrule="FREQ=MONTHLY"
    )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """A planner, an officer of whom two entries are past, and a plan just sent in and registered in chat."""
    made = Chat(tmp_path)
    made.register(task("옛 사업", "기획예산실", ["최기획"]), title="앞선 계획")
    made.join("최기획", RoleName.PLANNER)
    draft = made.draft(
        task(
            "보행로 정비",
            "도로과",
            ["김하늘"],
            entry("설계 용역", date(2026, 5, 29)),
            entry("주민 설명회", date(2026, 6, 12)),
            entry("공사 착공", date(2026, 6, 30)),
        ),
        task(
            "현장 행정", "총무과", ["박바다"], recurring("현장 행정의 날", 4), recurring("현장행정의 날", 9)
        ),
        task("쿠폰 발행", "도로과", ["김하늘"]),
    )
    with made.store.read() as session:
        deed = Deed(session, Who(None, "운영자", "t", "t"), made.clock.now(), made.rules)
        preview = Registrar(deed, draft, "실행계획.txt").preview()
    made.send_document("최기획", Attachment("실행계획.txt", draft, preview=preview))
    made.press("최기획", "v1|upreg|1|0")
    made.join("김하늘")
    yield made
    made.store.close()


def heard(office: Chat, name: str) -> list[str]:
    return [text for chat, text in office.send_all() if chat == office.people[name]]


def guided(office: Chat) -> str:
    return office.say("최기획", "/setup")[0]


def test_the_guided_message_counts_who_is_there_and_what_is_to_be_seen_to(office: Chat) -> None:
    text = guided(office)
    assert "담당자 2명 중 1명이 등록하였습니다" in text
    assert "팀장이 없는 부서 2곳: 도로과, 총무과" in text and "서무가 없는 부서 2곳" in text
    assert "시작 전에 기한이 지난 일정 2건(과제 1개)" in text
    assert "같은 일정으로 보이는 것 1쌍" in text and "일정이 없는 과제 1개" in text


def test_the_first_week_is_shown_before_it_starts(office: Chat) -> None:
    text = guided(office)
    assert "에 시작하면 첫 주" in text and "가장 많은 분" in text


def test_the_first_week_is_that_of_the_chosen_day_also_for_what_recurs(office: Chat) -> None:
    """A fortnight is counted from the plan's start."""
    fortnight = MilestoneDraft(
        title="소식지", expr="격주", line=4, kind="recurring", windows=[], rrule="FREQ=WEEKLY;INTERVAL=2"
    )
    with office.store.write() as session:
        deed = Deed(session, Who(None, "운영자", "t", "t"), office.clock.now(), office.rules)
        draft = office.draft(task("소식지 발행", "총무과", ["박바다"], fortnight))
        made = Registrar(deed, draft, "소식지.txt", awaits_start=True).run()
        plan = session.get_one(Plan, made.plan_id)
        weeks = [first_week(session, plan, date(2026, 7, day), office.rules) for day in (6, 13)]
    assert [(one.people, one.lines) for one in weeks] == [(1, 1), (1, 1)]


def test_officers_hear_nothing_before_the_start(office: Chat) -> None:
    office.send_all()
    for _ in range(3):
        office.clock.forward(days=1)
        office.scan()
        assert heard(office, "김하늘") == []


def test_started_they_hear_of_what_lies_ahead_alone(office: Chat) -> None:
    office.send_all()
    guided(office)
    office.tap("최기획", "시작")
    office.scan()
    [text] = heard(office, "김하늘")
    assert "공사 착공" in text and "설계 용역" not in text and "지난 일정" not in text


def test_what_was_due_before_the_start_is_last_among_the_buttons_too(office: Chat) -> None:
    office.send_all()
    guided(office)
    office.tap("최기획", "시작")
    text = office.say("김하늘", "/my")[0]
    assert text.index("공사 착공") < text.index("시작 전 일정")
    assert next(iter(office.keyboard("김하늘"))) == f"✅ #{office.number('공사 착공')} 완료"


def test_a_day_may_be_chosen(office: Chat) -> None:
    assert "7. 6.(월)부터" in office.say("최기획", "/setup 7.6")[0]
    with office.store.read() as session:
        assert [one.starts_on for one in session.scalars(select(Plan).where(Plan.awaits_start))] == [
            date(2026, 7, 6)
        ]


@pytest.mark.parametrize("said", ["언젠가", "2020. 1. 2.", "7.6 설명회"])
def test_what_is_no_day_to_start_on_changes_nothing(office: Chat, said: str) -> None:
    assert "시작할 날" in office.say("최기획", f"/setup {said}")[0]
    assert "누르시기 전까지" in guided(office)


def test_a_plan_starts_once(office: Chat) -> None:
    office.say("최기획", "/setup 시작")
    assert "이미 시작한" in office.say("최기획", "/setup 시작")[0]


def test_officers_may_not_start_it(office: Chat) -> None:
    office.say("김하늘", "/setup 시작")
    with office.store.read() as session:
        assert session.scalars(select(Plan.awaits_start).where(Plan.awaits_start)).all() == [True]


def by_task(office: Chat, what: str) -> list[str]:
    guided(office)
    office.tap("최기획", "지난 일정")
    return office.tap("최기획", what)


def test_all_of_a_task_is_done_with_one_tap_and_taken_back_with_another(office: Chat) -> None:
    assert "2건 — 기한일에 완료" in by_task(office, "모두 완료")[0]
    assert office.milestone("설계 용역").done_on == date(2026, 5, 29)
    office.say("최기획", "/undo")
    assert office.milestone("설계 용역").state is MilestoneState.PLANNED
    assert office.milestone("주민 설명회").before_start


def test_all_of_a_task_is_archived(office: Chat) -> None:
    by_task(office, "보관")
    assert office.milestone("주민 설명회").state is MilestoneState.CANCELLED


def test_the_officer_is_asked_once_and_never_again(office: Chat) -> None:
    office.send_all()
    by_task(office, "한 번에 묻기")
    [text] = heard(office, "김하늘")
    assert "설계 용역" in text and "주민 설명회" in text and "공사 착공" not in text
    office.say("최기획", "/setup 시작")
    for _ in range(20):
        office.clock.forward(days=1)
        office.scan()
    assert not any("설계 용역" in one for one in heard(office, "김하늘"))
    assert office.milestone("설계 용역").past_review is PastReview.ASKED


def test_the_officer_says_that_all_of_it_is_done(office: Chat) -> None:
    by_task(office, "한 번에 묻기")
    assert "2건" in office.press("김하늘", f"v1|pastall|{office.milestone('설계 용역').task_id}|0")[0]
    assert office.milestone("주민 설명회").done_on == date(2026, 6, 12)


def test_who_has_not_registered_cannot_be_asked(office: Chat) -> None:
    with office.store.write() as session:
        one = session.scalars(select(Milestone).where(Milestone.title == "설계 용역")).one()
        one.task.assignments[0].officer_id = office.officer("박바다").id
    assert "아직 등록하지 않아" in by_task(office, "한 번에 묻기")[0]
    assert office.milestone("설계 용역").past_review is PastReview.OPEN


def test_two_entries_that_are_one_are_made_one(office: Chat) -> None:
    assert "같은 일정으로 봅니다" in office.say("최기획", "/review")[0]
    office.tap("최기획", "하나로")
    office.say("최기획", "/setup 시작")
    with office.store.read() as session:
        turns = session.scalars(select(Milestone.title).where(Milestone.series_id.is_not(None))).all()
    assert set(turns) == {"현장 행정의 날"}


def test_two_entries_that_are_two_stay(office: Chat) -> None:
    office.say("최기획", "/review")
    office.tap("최기획", "다른 일정")
    with office.store.read() as session:
        asked = select(Difference).where(Difference.kind == DifferenceKind.DOUBLE)
        assert [one.state.value for one in session.scalars(asked)] == ["kept"]
    assert "같은 일정으로" not in guided(office)


def test_who_is_assigned_before_the_start_hears_of_it_with_the_start(office: Chat) -> None:
    office.join("박바다")
    office.send_all()
    text = office.say("최기획", f"/assign {office.number('공사 착공')} 박바다")[0]
    assert "시작하기 전이어서" in text and "알려 드렸습니다" not in text
    assert (heard(office, "박바다"), heard(office, "김하늘")) == ([], [])
    office.say("최기획", "/setup 시작")
    office.scan()
    assert any("공사 착공" in one for one in heard(office, "박바다"))


def test_who_is_assigned_after_the_start_is_told_at_once(office: Chat) -> None:
    office.join("박바다")
    office.say("최기획", "/setup 시작")
    office.send_all()
    assert "알려 드렸습니다" in office.say("최기획", f"/assign {office.number('공사 착공')} 박바다")[0]
    assert "지정되셨습니다" in heard(office, "박바다")[0]


@pytest.mark.parametrize("said", ["/edit {} 제목 공사 시작", "/hold {} 9.30 부지 변경 검토", "/nudge {}"])
def test_nothing_that_is_done_before_the_start_is_told_to_its_officer(office: Chat, said: str) -> None:
    office.send_all()
    answers = office.say("최기획", said.format(office.number("공사 착공")))
    assert not any("알렸습니다" in one or "보냈습니다" in one for one in answers)
    assert heard(office, "김하늘") == []
