"""The planning office's other tools: adjustments step by step, the watch list, corrections, the log."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.digest.daily_message import DigestRenderer
from bot.intake.dispatch import Dispatcher
from bot.privacy.levels import Level
from bot.rounds import publish
from plans.read import read_plan
from reports import cells
from reports.period import Period
from reports.settings import RoundSettings, YearGoal
from store import adjustments
from store.models import Adjustment, AuditEntry, Delivery, Task
from store.states import AdjustmentDecision, AdjustmentStep, RoleName
from tests.bot.chat import SEOUL, Chat

SAMPLE = Path(__file__).parents[2] / "samples" / "quarter.txt"


@pytest.fixture
def office(linked: Chat) -> Chat:
    """With an auditor besides."""
    linked.join("윤감사", RoleName.AUDITOR)
    return linked


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Chat]:
    """The made-up city's second quarter of 2030 is settled."""
    made = Chat(tmp_path)
    made.put(read_plan(SAMPLE))
    made.join("최기획", RoleName.PLANNER)
    yield made
    made.store.close()


def task_id(chat: Chat, title: str) -> int:
    with chat.store.read() as session:
        return session.scalars(select(Task.id).where(Task.title == title)).one()


def opened(chat: Chat) -> int:
    """An adjustment of a whole task that its officer opened; gives its number."""
    chat.say("김하늘", f"/adjust {task_id(chat, '보행로 정비')} 목표 수요가 줄어 목표 조정 필요")
    with chat.store.read() as session:
        return session.scalars(select(Adjustment.id).order_by(Adjustment.id.desc()).limit(1)).one()


def adjustment(chat: Chat, number: int) -> Adjustment:
    with chat.store.read() as session:
        found = session.get(Adjustment, number)
        assert found is not None
        return found


def test_a_promise_without_milestones_can_be_adjusted(office: Chat) -> None:
    number = opened(office)
    found = adjustment(office, number)
    assert (found.milestone_id, found.step) == (None, AdjustmentStep.PROPOSED)
    said = office.say("김하늘", f"/adjust {task_id(office, '보행로 정비')} 목표 다시")
    assert "이미 조정" in said[0]


def test_an_adjustment_goes_step_by_step_to_its_publication(office: Chat) -> None:
    number = opened(office)
    office.say("최기획", f"/adjustments {number} 협의 6.25 관계 부서 의견 수렴")
    office.say("최기획", f"/adjustments {number} 변경안 목표를 900대로 조정")
    for label in ("검토", "심의", "확정: 승인", "공개"):
        assert "단계로 기록하였습니다" in office.tap("최기획", label)[0]
    found = adjustment(office, number)
    assert (found.step, found.decision) == (AdjustmentStep.PUBLISHED, AdjustmentDecision.APPROVED)
    assert found.draft == "목표를 900대로 조정"
    assert [one["on"] for one in found.history][:2] == ["2026-06-25", "2026-06-30"]
    assert [one.event for one in office.owed(office.people["김하늘"])].count("adjustment-decided") == 1


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("심의", "다음은 협의"),
        ("협의 7.15", "아직 오지 않은 날"),
        ("협의 2026.7.15", "날"),
        ("결재", "단계는 협의"),
        ("발의", "단계는 협의"),
    ],
)
def test_a_step_out_of_order_is_refused_with_the_next_one(office: Chat, text: str, word: str) -> None:
    number = opened(office)
    assert word in office.say("최기획", f"/adjustments {number} {text}")[0]
    assert adjustment(office, number).step is AdjustmentStep.PROPOSED


def test_a_decision_is_named_and_only_an_approval_opens_the_status(office: Chat) -> None:
    number = opened(office)
    for step in ("협의", "변경안 축소", "검토", "심의"):
        office.say("최기획", f"/adjustments {number} {step}")
    assert "승인, 미승인, 권고" in office.say("최기획", f"/adjustments {number} 확정")[0]
    office.say("최기획", f"/adjustments {number} 확정 미승인 목표 유지")
    with office.store.read() as session:
        assert not adjustments.is_approved(session, task_id(office, "보행로 정비"))
    assert "철회할 수 없습니다" in office.say("최기획", f"/adjustments {number} 철회")[0]


def test_a_stale_step_button_is_told(office: Chat) -> None:
    number = opened(office)
    office.say("최기획", f"/adjustments {number}")
    board = office.keyboard("최기획")
    office.tap("최기획", "협의")
    said = office.press("최기획", next(data for text, data in board.items() if "협의" in text))
    assert "다음은 변경안" in said[0]


def test_a_task_on_the_watch_list_stands_first_and_comes_up_more_often(office: Chat) -> None:
    office.clock.forward(days=1)
    number = task_id(office, "대기 측정")
    assert "집중관리로 정하였습니다" in office.say("최기획", f"/watch {number} 예산 미확보")[0]
    text = office.say("최기획", "/status")[0]
    assert (
        "집중관리" in text
        and "예산 미확보" in text
        and text.index("■ 집중관리") < text.index("■ 앞으로 14일")
    )
    office.send_all()
    office.clock.forward(days=6)  # 7.7.(화): three days before the due day of a watched task
    office.scan()
    assert any("측정기 설치" in text for chat, text in office.send_all() if chat == office.people["박바다"])


def test_the_watch_list_is_shown_and_shortened(office: Chat) -> None:
    number = task_id(office, "대기 측정")
    office.say("최기획", f"/watch {office.number('측정기 설치')} 예산 미확보")
    assert "집중관리</b> 1건" in office.say("최기획", "/watch")[0]
    assert "해제하였습니다" in office.tap("최기획", "해제")[0]
    assert "집중관리 사업이 아닙니다" in office.say("최기획", f"/watch {number} 해제")[0]


@pytest.mark.parametrize("text", ["/watch 99999 사유", "/watch 사유만", "/watch 101"])
def test_what_cannot_be_watched_is_told(office: Chat, text: str) -> None:
    [said] = office.say("최기획", text)
    assert "번" in said


@pytest.mark.parametrize("field", ["추진상황", "pledge status", "Status"])
def test_a_settled_value_is_put_right_and_both_are_printed(city: Chat, field: str) -> None:
    [said] = city.say("최기획", f"/correct 2030Q2 1-1-2 {field} 정상추진 / 준공 증빙 재확인")
    assert "추진상황: 이행 후 계속추진" in said
    assert "이행 후 계속추진 → <b>정상추진</b>" in said
    text = city.say("최기획", "/report 2030Q2")[0]
    assert "정정 1건이 반영되었습니다" in text and "확정 당시 5/11" in text and "4/11" in text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("/correct", "새 값을 적고"),
        ("/correct 2030Q2 1-1-2 추진상황 정상추진", "사유를 적어"),
        ("/correct 2029Q1 1-1-2 추진상황 정상추진 / 사유", "확정 기록이 없습니다"),
        ("/correct 2030Q2 9-9 추진상황 정상추진 / 사유", "없습니다"),
        ("/correct 2030Q2 1-1-2 순서 3 / 사유", "고칠 수 있는 항목"),
        ("/correct 2030Q2 1-1-2 추진상황 잘됨 / 사유", "가운데 하나여야"),
    ],
)
def test_a_wrong_correction_is_told(city: Chat, text: str, word: str) -> None:
    assert word in city.say("최기획", text)[0]


def test_the_log_is_found_by_number_person_kind_and_day(office: Chat) -> None:
    office.say("김하늘", f"/done {office.number('설계 용역')} 6.29")
    office.say("박바다", f"/done {office.number('측정기 설치')} 6.29")
    by_number = office.say("윤감사", f"/audit {office.number('설계 용역')}")[0]
    assert "김하늘 · <b>완료</b>" in by_number and "박바다" not in by_number
    assert "박바다 · <b>완료</b>" in office.say("윤감사", "/audit 박바다 완료")[0]
    assert "완료</b>" in office.say("최기획", "/audit 완료 6.30")[0]
    assert "찾은 이력이 없습니다" in office.say("최기획", "/audit 완료 6.1~6.29")[0]


def test_a_kind_of_two_words_is_no_other_kind(office: Chat) -> None:
    assert "공약조정 발의</b>" not in office.say("윤감사", "/audit 공약조정 발의")[0]
    opened(office)
    assert "공약조정 발의</b>" in office.say("윤감사", "/audit 공약조정  발의")[0]
    assert "찾은 이력이 없습니다" in office.say("윤감사", "/audit 공약조정 단계")[0]


def test_the_log_is_for_the_planning_office_and_the_auditor(office: Chat) -> None:
    assert "감사에서만" in office.say("이팀장", "/audit")[0]


def test_a_long_log_goes_to_chat_as_its_newest_entries(office: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is made while others wait to write: it has an end, and the button says so."""
    monkeypatch.setattr("bot.audit.search.MOST_IN_FILE", 2)
    office.set_privacy(Level.FULL)
    for words in ("하나", "둘", "셋"):
        office.say("김하늘", f"/note {office.number('설계 용역')} {words}")
    office.say("윤감사", "/audit")
    office.send_all()
    newest = office.owed(office.people["윤감사"])[-1]
    assert any("최근 2건 파일로" in one["text"] for row in newest.payload["keyboard"] for one in row)
    office.press("윤감사", "v1|auditfile|0|0", newest.message_id or 0)
    with office.store.read() as session:
        owed = session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(1)).one()
        message = DigestRenderer(office.office)(session, owed, office.clock.now())
    assert message is not None and message.document is not None
    assert len(list(csv.reader(io.StringIO(message.document[1].decode("utf-8-sig"))))) == 1 + 2


def test_the_log_is_exported_whole_and_no_cell_is_a_formula(office: Chat) -> None:
    office.set_privacy(Level.FULL)
    office.say("김하늘", f"/note {office.number('설계 용역')} =1+1")
    office.say("윤감사", f"/audit {office.number('설계 용역')}")
    office.send_all()
    newest = office.owed(office.people["윤감사"])[-1]
    office.press("윤감사", "v1|auditfile|0|0", newest.message_id or 0)
    with office.store.read() as session:
        owed = session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(1)).one()
        message = DigestRenderer(office.office)(session, owed, office.clock.now())
        known = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert message is not None and message.document is not None
    name, content = message.document
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert name == "이력.csv" and [row[0] for row in rows[1:]] == [str(known.id)]
    assert not any(cell.startswith(cells.FORMULA) for row in rows for cell in row)


def test_an_adjustment_on_its_way_stands_in_the_report_as_it_was_at_the_freeze(office: Chat) -> None:
    number = opened(office)
    with office.store.write() as session:
        for one in session.scalars(select(Task)):
            one.status, one.no = "정상추진", f"1-{one.id}"
    office.say("최기획", "/round 2026-2분기 7.9")
    office.tap("최기획", "입력 시작")
    for title in ("보행로 정비", "대기 측정"):
        office.say("최기획", f"/check {task_id(office, title)} 평가 정상추진 미제출")
    office.say("최기획", "/round")
    office.tap("최기획", "확정…")
    office.tap("최기획", "되돌릴 수 없음")
    office.clock.forward(hours=1)
    office.say("최기획", f"/adjustments {number} 협의")
    with office.store.read() as session:
        local = office.clock.now().astimezone(SEOUL)
        result = publish.result_of(session, Period(2026, 2), RoundSettings(), "한별시", local, "Asia/Seoul")
    [(found, _)] = result.adjustments
    assert (found.title, found.kind, found.next_step) == ("보행로 정비", "목표", "협의")


def test_the_gap_to_the_goal_stands_in_the_status_and_the_report(city: Chat) -> None:
    city.office = replace(city.office, rounds=RoundSettings(goal_percent=Decimal(90)))
    city.dispatcher = Dispatcher(city.store, city.office, city.clock)
    said = "목표 90%(11개 가운데 10개)까지 5개 부족"
    assert said in city.say("최기획", "/status")[0]
    assert said in city.say("최기획", "/report 2030Q2")[0]


def test_a_plans_own_goal_of_the_year_stands_in_the_status_by_its_title(city: Chat) -> None:
    goals = (
        YearGoal(year=2030, percent=Decimal(60)),
        YearGoal(plan="공약", year=2030, percent=Decimal(95)),
    )
    city.office = replace(city.office, rounds=RoundSettings(goal_percent=Decimal(90), goals=goals))
    city.dispatcher = Dispatcher(city.store, city.office, city.clock)
    text = city.say("최기획", "/status")[0]
    assert ": 목표 95%(11개 가운데 11개)까지 6개 부족" in text and "60%" not in text


@pytest.mark.open_door("kind E")
@pytest.mark.parametrize("days", ["9999-12-31", "0001-01-01", "6.1~9999-12-31"])
def test_the_log_is_looked_through_to_the_end_of_days(office: Chat, days: str) -> None:
    assert "이력" in office.say("윤감사", f"/audit {days}")[0]
