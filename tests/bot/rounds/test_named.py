"""Rounds beside those of quarters: a sweep in October, one of a department, open together with the quarter's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.rounds import publish
from reports import checks
from reports.asks import Summary
from reports.period import Period
from reports.settings import RoundSettings
from store import rounds
from store.models import Delivery, Task
from store.states import DeliveryKind, RoleName
from tests.bot.chat import SEOUL, Chat, entry, task

QUARTER = "/round 2026-2분기 7.9 7.16"
SWEEP = "/round 총점검 7.10 7.17 기준 7.1"
PLANNER = "최기획"


def joined(chat: Chat) -> Chat:
    drafts = [
        task("그늘 보행로 조성", "도로과", ["김하늘"], entry("설계 용역", date(2026, 6, 20))),
        task("골목 안내판", "도로과", ["김하늘"]),
        task("대기 측정망", "환경과", ["박바다"]),
    ]
    for i, one in enumerate(drafts, 1):
        one.no, one.pledge_no, one.area, one.status = f"1-{i}", "1", "걷기", "정상추진"
    chat.register(*drafts)
    for department, lead, head in (("도로과", "이팀장", "박과장"), ("환경과", "정팀장", "한과장")):
        chat.join(lead, RoleName.LEAD, department)
        chat.join(head, RoleName.HEAD, department)
    for name in ("김하늘", "박바다"):
        chat.join(name)
    chat.join(PLANNER, RoleName.PLANNER)
    return chat


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Chat]:
    made = joined(Chat(tmp_path))
    yield made
    made.store.close()


def begin(chat: Chat, opening: str) -> None:
    chat.say(PLANNER, opening)
    chat.tap(PLANNER, "입력 시작")


def number(chat: Chat, title: str) -> int:
    with chat.store.read() as session:
        return session.scalars(select(Task.id).where(Task.title == title)).one()


def states(chat: Chat) -> dict[str, list[str | None]]:
    """What was answered in each round, project by project."""
    with chat.store.read() as session:
        return {
            one.name: [
                each.self_status and each.self_status.value for each in rounds.entries(session, one.id)
            ]
            for one in rounds.working(session)
        }


def listed(chat: Chat) -> dict[str, Summary]:
    with chat.store.read() as session:
        return {one.title: one for one in checks.summaries(session, chat.clock.now(), SEOUL)}


def play(chat: Chat, name: str, status: str, count: int = 3) -> None:
    """Every project of the round is answered, signed, evaluated; then it is settled and the departments are told."""
    people = (
        ("그늘 보행로 조성", "김하늘", "이팀장", "박과장"),
        ("골목 안내판", "김하늘", "이팀장", "박과장"),
    )
    for title, officer, lead, head in (*people, ("대기 측정망", "박바다", "정팀장", "한과장"))[:count]:
        at = number(chat, title)
        chat.say(officer, f"/check {at} {name} {status} / 착공 / 없음 / 준공")
        chat.say(lead, f"/check {at} {name} 확인")
        chat.say(head, f"/check {at} {name} 확정")
        chat.say(PLANNER, f"/check {at} {name} 평가 {status}")
    chat.say(PLANNER, f"/round {name}")
    for step in ("확정…", "확정(되돌릴 수 없음)", "부서에 통보"):
        chat.tap(PLANNER, step)


def report(chat: Chat, said: str) -> str:
    return chat.say(PLANNER, f"/report {said}")[0]


def printed(chat: Chat, period: Period) -> list[bytes]:
    """The result in each form that says nothing of the moment."""
    at = datetime(2026, 12, 1, tzinfo=SEOUL)
    with chat.store.read() as session:
        result = publish.result_of(session, period, RoundSettings(), "한별시", at, "Asia/Seoul")
        return [publish.form_of(name)(result) for name in ("a.html", "a.txt")]


def test_a_round_with_a_name_is_open_beside_the_quarters_and_each_is_shown_by_its_name(city: Chat) -> None:
    begin(city, QUARTER)
    [said] = city.say(PLANNER, SWEEP)
    assert "2026년 총점검" in said and "2026. 7. 1.(수)" in said and "2026. 7. 10.(금)" in said
    city.tap(PLANNER, "입력 시작")
    assert "이미 있습니다" in city.say(PLANNER, SWEEP)[0]
    assert "2026년 2분기" in city.say(PLANNER, "/round")[0]
    assert "2026년 총점검" in city.tap(PLANNER, "2026년 총점검")[0]
    assert states(city) == {"": [None] * 3, "총점검": [None] * 3}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("/round 총점검", "이름과 마감일로"),
        ("/round 총점검 11.14 기준 언젠가", "기준일로 읽지"),
        ("/round 총/점검 11.14", "기호 없이"),
        ("/round 총점검 11.14 범위 없는과", "부서도 분야도 계획도 아닙니다"),
    ],
)
def test_what_cannot_be_opened_by_a_name_is_told(city: Chat, text: str, word: str) -> None:
    assert word in city.say(PLANNER, text)[0]
    with city.store.read() as session:
        assert rounds.newest(session) is None


def test_a_scope_beside_the_quarter_is_a_round_of_its_own_under_its_name(city: Chat) -> None:
    begin(city, QUARTER)
    [said] = city.say(PLANNER, "/round 2분기 7.20 범위 도로과")
    assert "2026년 2분기 도로과" in said and "2개 사업 (도로과)" in said
    city.tap(PLANNER, "입력 시작")
    assert states(city)["2분기 도로과"] == [None, None]


def test_who_has_two_checks_of_a_project_is_asked_once_in_each_and_says_which_is_meant(city: Chat) -> None:
    begin(city, QUARTER)
    begin(city, SWEEP)
    city.send_all()
    city.clock.forward(days=1)
    city.scan()
    [morning] = [text for chat_id, text in city.send_all() if chat_id == city.people["김하늘"]]
    assert morning.count("2026년 2분기") == 1 and morning.count("2026년 총점검") == 1
    at = number(city, "그늘 보행로 조성")
    [page] = city.say("김하늘", "/check")
    assert "[2026년 2분기 자체점검]" in page and "[2026년 총점검 자체점검] 하실 일" in page
    assert "입력 4건" in page
    [asked] = city.say("김하늘", f"/check {at} 일부추진 / 지연 / 없음 / 재개")
    assert "점검 2개" in asked and "아직 처리하지 않았습니다" in asked
    assert states(city) == {"": [None] * 3, "총점검": [None] * 3}
    city.say("김하늘", f"/check {at} 총점검 일부추진 / 지연 / 없음 / 재개")
    city.say("김하늘", f"/check {at} 2분기 정상추진 / 착공 / 없음 / 준공")
    assert states(city) == {"": ["on-track", None, None], "총점검": ["partial", None, None]}


def test_the_only_one_that_waits_for_the_speaker_needs_no_name(city: Chat) -> None:
    begin(city, QUARTER)
    begin(city, SWEEP)
    at = number(city, "그늘 보행로 조성")
    city.say("김하늘", f"/check {at} 총점검 일부추진 / 지연 / 없음 / 재개")
    city.say("이팀장", f"/check {at} 확인")
    assert "2026년 총점검" in city.say("박과장", f"/check {at} 확정")[0]


def test_a_named_round_is_settled_reported_and_corrected_and_leaves_the_quarter_as_it_was(city: Chat) -> None:
    begin(city, QUARTER)
    play(city, "2분기", "정상추진")
    before, status = report(city, "2026Q2"), city.say(PLANNER, "/status")[0]
    files = printed(city, Period(2026, 2))
    begin(city, "/round 총점검 10.30 11.6 기준 10.15")
    play(city, "총점검", "이행 후 계속추진")
    sweep = report(city, "총점검")
    assert (
        "[2026년 총점검 점검결과]" in sweep
        and "100.0%(3/3)" in sweep
        and "직전(2026.2분기) 0.0%(0/3)" in sweep
    )
    assert report(city, "2026Q2") == before and printed(city, Period(2026, 2)) == files
    rate = next(line for line in status.splitlines() if "이행완료율" in line)
    assert rate in city.say(PLANNER, "/status")[0]
    card = city.say("김하늘", f"/task {number(city, '그늘 보행로 조성')}")[0]
    assert "이행 후 계속추진" in card and "2026년 총점검" in card
    [told] = city.say(PLANNER, "/correct 총점검 1-1 추진상황 정상추진 / 준공이 미뤄짐")
    assert "[정정] 2026년 총점검 1-1" in told
    assert "66.7%(2/3)" in report(city, "2026 총점검") and report(city, "2026Q2") == before
    assert "정상추진" in city.say("김하늘", f"/task {number(city, '그늘 보행로 조성')}")[0]


def test_a_scope_is_compared_with_its_own_projects_of_the_quarter_before(city: Chat) -> None:
    begin(city, QUARTER)
    play(city, "2분기", "정상추진")
    begin(city, "/round 도로과 점검 10.30 범위 도로과 기준 10.15")
    play(city, "도로과 점검", "이행 후 계속추진", count=2)
    said = report(city, "도로과 점검")
    assert "100.0%(2/2)" in said and "직전(2026.2분기) 0.0%(0/2)" in said


def test_the_file_of_a_named_round_comes_by_its_button(city: Chat) -> None:
    begin(city, SWEEP)
    play(city, "총점검", "정상추진")
    city.say(PLANNER, "/report 총점검")
    city.tap(PLANNER, "인쇄용")
    with city.store.read() as session:
        sent = session.scalars(select(Delivery).order_by(Delivery.id.desc())).first()
        assert sent is not None and sent.payload["report"]["named"] == "총점검"
        found = publish.file_of(session, sent.payload["report"], city.office, city.clock.now())
    assert found is not None and found[0].startswith("2026년 총점검") and "총점검".encode() in found[1]


def test_checks_stand_among_the_requests_with_the_counts_of_their_rows(city: Chat) -> None:
    begin(city, QUARTER)
    begin(city, SWEEP)
    at = number(city, "그늘 보행로 조성")
    city.say("김하늘", f"/check {at} 총점검 일부추진 / 지연 / 없음 / 재개")
    found = listed(city)
    assert [(one.no, one.kind, one.answered, one.respondents, one.state) for one in found.values()] == [
        (2, "check", 1, 3, "open"),
        (1, "check", 0, 3, "open"),
    ]
    [page] = city.say(PLANNER, "/ask")
    assert "점검 1 2026년 2분기 자체점검" in page and "입력 1/3건" in page
    assert "[2026년 총점검 자체점검]" in city.say(PLANNER, "/ask 2")[0]
    assert "/check" in city.say("이팀장", "/ask 1 없음")[0]
    assert states(city)[""] == [None] * 3


def test_nobody_gets_a_second_daily_message_for_a_second_round(city: Chat) -> None:
    begin(city, QUARTER)
    begin(city, SWEEP)
    for _ in range(12):
        city.clock.forward(days=1)
        city.scan()
        city.send_all()
    with city.store.read() as session:
        made = session.execute(
            select(Delivery.chat_id, Delivery.day).where(Delivery.kind == DeliveryKind.DIGEST)
        ).all()
    assert len(made) == len(set(made)) > 0
