"""A quarter of 49 projects from its opening to the notice, by everybody's hands; then the next one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.states import PledgeStatus
from tests.bot.quarter_city import (
    BACK,
    COUNT,
    DONE,
    Q2,
    Q3,
    City,
    InProcess,
    department,
    open_third_quarter,
    play_second_quarter,
    play_third_quarter,
    settle_second_quarter,
)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    made = City(InProcess(tmp_path))
    yield made
    made.store.close()


@pytest.mark.long  # the same two quarters are played through real processes in tests/smoke/test_quarter.py
def test_a_quarter_is_played_from_opening_to_notice_and_the_next_lists_its_changes(city: City) -> None:
    play_second_quarter(city)
    settle_second_quarter(city)
    rows = city.result(Q2)
    assert (rows.total, rows.rate.done) == (COUNT, 34)
    assert [one.results for one in city.entries(Q2) if one.task.no == "5-1"] == ["공정률 40%"]
    open_third_quarter(city)
    texts_of_last_quarter_are_offered(city)
    play_third_quarter(city)
    result = city.result(Q3)
    assert result.previous is not None
    moves = {one.row.no: (one.before, one.after) for one in result.previous.changes.moves}
    assert moves == {
        "2-1": (PledgeStatus.CONTINUING, PledgeStatus.PARTIAL),
        "4-5": (PledgeStatus.ON_TRACK, PledgeStatus.CONTINUING),
    }
    assert (result.previous.rate.done, result.rate.done) == (34, 34)
    assert sum(row.status in DONE for row in result.rows) == 34


def texts_of_last_quarter_are_offered(city: City) -> None:
    one = city.entries(Q3)[BACK]
    officer = f"담당{department(BACK)}"
    [asked] = city.hands.say((officer, f"/check {one.task_id} 정상추진"))
    assert "공정률 40%" in asked and "지난 분기에 적은 계획" in asked
    for label in ("직전 분기 내용 그대로", "적을 내용 없음", "직전 분기 내용 그대로"):
        city.hands.tap((officer, label))
    again = city.entries(Q3)[BACK]
    assert (again.results, again.problems, again.next_plan) == ("공정률 40%", None, "다음 단계 추진")
