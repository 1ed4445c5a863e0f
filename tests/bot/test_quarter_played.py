"""A quarter of 49 projects from its opening to the notice, by everybody's hands; then the next one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reports.period import Period
from store.states import EntryState, PledgeStatus, RoundState
from tests.bot.chat import SEOUL
from tests.bot.quarter_city import COUNT, DONE, City, all_in, before

Q2, Q3 = Period(2030, 2), Period(2030, 3)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    made = City(tmp_path)
    yield made
    made.store.close()


def play_second_quarter(city: City) -> None:
    """34 are done at its end: 33 and 34 came to be, nothing fell. Three answer late, one is sent back, one reopened."""
    city.open(Q2, "7.9", "7.16")
    found = city.entries(Q2)
    late = found[-3:]
    for place, one in enumerate(found[:-3]):
        city.answer(one, "이행 후 계속추진" if place in {32, 33} else before(place))
    city.clock.forward(days=9)
    for one in late:
        assert "마감 후" in city.answer(one, "정상추진")[0]
    city.step(Q2, "팀장", "모두 확인")
    city.step(Q2, "부서장", "모두 확정")
    assert all_in(city.entries(Q2), EntryState.SIGNED)
    back = found[40]
    city.say("최기획", f"/check {back.task_id} 보완 실적 수치를 적어 주십시오")
    city.answer(back, "정상추진", "공정률 40%")
    city.one_by_one(back)
    city.say("최기획", "/check")
    city.tap("최기획", "자체판정대로 모두 평가")
    city.press("최기획", f"v1|chkopen|{found[5].id}|{city.entries(Q2)[5].revision}")
    city.say("최기획", "증빙 재확인")
    city.say("최기획", f"/check {found[5].task_id} 평가 이행 후 계속추진 증빙 확인함")


def test_a_quarter_is_played_from_opening_to_notice_and_the_next_lists_its_changes(city: City) -> None:
    play_second_quarter(city)
    assert all_in(city.entries(Q2), EntryState.EVALUATED)
    preview, notice = city.settle(Q2)
    assert "69.4%(34/49)" in preview and "2건" in preview
    assert f"{3 * 10}명께 통보" in notice
    assert city.state(Q2) is RoundState.NOTIFIED
    told = [one for one in city.owed() if one.event == "check-notice"]
    assert len(told) == 30 and all("점검결과 통보" in one.payload["text"] for one in told)
    rows = city.result(Q2)
    assert (rows.total, rows.rate.done) == (COUNT, 34)
    assert [one.results for one in city.entries(Q2) if one.task.no == "5-1"] == ["공정률 40%"]
    play_third_quarter(city)


def play_third_quarter(city: City) -> None:
    """One comes to be done and one falls back to 일부추진: the list names both, from and to."""
    city.clock.current = datetime(2030, 10, 1, 9, 10, tzinfo=SEOUL).astimezone(UTC)
    city.open(Q3, "10.8", "10.15")
    found = city.entries(Q3)
    wanted = {10: "일부추진", 34: "이행 후 계속추진"}
    for place, one in enumerate(found):
        status = wanted.get(place, "이행 후 계속추진" if place in {32, 33} else before(place))
        city.answer(one, status)
    city.step(Q3, "팀장", "모두 확인")
    city.step(Q3, "부서장", "모두 확정")
    city.say("최기획", "/check")
    city.tap("최기획", "자체판정대로 모두 평가")
    city.settle(Q3)
    result = city.result(Q3)
    assert result.previous is not None
    moves = {one.row.no: (one.before, one.after) for one in result.previous.changes.moves}
    assert moves == {
        "2-1": (PledgeStatus.CONTINUING, PledgeStatus.PARTIAL),
        "4-5": (PledgeStatus.ON_TRACK, PledgeStatus.CONTINUING),
    }
    assert (result.previous.rate.done, result.rate.done) == (34, 34)
    assert sum(row.status in DONE for row in result.rows) == 34


def test_the_texts_of_last_quarter_are_offered(city: City) -> None:
    play_second_quarter(city)
    city.settle(Q2)
    city.clock.current = datetime(2030, 10, 1, 9, 10, tzinfo=SEOUL).astimezone(UTC)
    city.open(Q3, "10.8", "10.15")
    one = city.entries(Q3)[40]
    assert one.task.department is not None
    officer = f"담당{one.task.department.name}"
    [asked] = city.say(officer, f"/check {one.task_id} 정상추진")
    assert "공정률 40%" in asked and "지난 분기에 적은 계획" in asked
    city.tap(officer, "직전 분기 내용 그대로")
    city.tap(officer, "적을 내용 없음")
    city.tap(officer, "직전 분기 내용 그대로")
    again = city.entries(Q3)[40]
    assert (again.results, again.problems, again.next_plan) == ("공정률 40%", None, "다음 단계 추진")
