"""What a quarter that is played takes over from the result document before it (한별시, 2030년 2분기)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from plans.read import read_plan
from reports.period import Period
from reports.quarterly.build import build
from reports.quarterly.load import load
from reports.quarterly.result import Result
from reports.settings import RoundSettings
from reports.texts.states import PLEDGE_WORDS
from store import rounds
from store.models import Task
from store.states import PledgeStatus, RoleName
from tests.bot.chat import SEOUL, Chat

SAMPLE = Path(__file__).parents[2] / "samples" / "quarter.txt"
CRITERIA = """☞ 판단기준 - 한별시 공약 관리 지침

- 정상추진 : 정한 날짜를 지키고 있는 사업
- 일부추진 : 목표를 줄였거나
늦어진 사업

"""
BEFORE = "2030년 1분기 대비 변경사항"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Chat]:
    document = tmp_path / "2분기.txt"
    document.write_text(
        SAMPLE.read_text(encoding="utf-8").replace(BEFORE, CRITERIA + BEFORE), encoding="utf-8"
    )
    made = Chat(tmp_path)
    made.put(read_plan(document))
    made.join("최기획", RoleName.PLANNER)
    yield made
    made.store.close()


def play(city: Chat, quarter: str) -> None:
    """The planning office judges every project as before, and settles the quarter."""
    city.say("최기획", f"/round {quarter}")
    city.tap("최기획", "입력 시작")
    with city.store.read() as session:
        of = next(iter(rounds.working(session)), None)
        assert of is not None
        asked = [(one.task_id, one.previous_status) for one in rounds.entries(session, of.id)]
    for task_id, status in asked:
        assert status is not None
        city.say("최기획", f"/check {task_id} 평가 {PLEDGE_WORDS[status]} 현장 확인")
    city.say("최기획", "/round")
    city.tap("최기획", "확정")
    city.tap("최기획", "확정")


def result(city: Chat, quarter: int) -> Result:
    with city.store.read() as session:
        loaded = load(session, Period(2030, quarter), RoundSettings())
        assert loaded is not None
        now = city.clock.now().astimezone(SEOUL)
        return build(loaded.quarter, loaded.previous, loaded.settings, "한별시", now, "Asia/Seoul")


def task_of(city: Chat, title: str) -> int:
    with city.store.read() as session:
        return session.scalars(select(Task.id).where(Task.title == title)).one()


@pytest.mark.parametrize("last", [3, 4])
def test_basis_method_names_and_criteria_are_those_of_the_document(city: Chat, last: int) -> None:
    for quarter in range(3, last + 1):
        play(city, f"2030-{quarter}분기")
    first, now = result(city, 2), result(city, last)
    assert (now.basis, now.content, now.method) == (first.basis, first.content, first.method)
    assert now.subject == first.subject == "민선9기 시장 공약사항"
    assert now.matrix.labels == first.matrix.labels == ("걷기·도시", "돌봄·복지", "건강·안전")
    assert now.matrix.bureaus == first.matrix.bureaus
    assert now.criteria[PledgeStatus.PARTIAL] == ("목표를 줄였거나", "늦어진 사업")
    assert now.criteria_source == "한별시 공약 관리 지침"


def test_a_printed_adjustment_is_printed_until_one_is_begun(city: Chat) -> None:
    play(city, "2030-3분기")
    assert [one.title for one, _ in result(city, 3).adjustments] == ["이웃 돌봄 배움터 만들기"]
    city.say("최기획", f"/adjust {task_of(city, '이웃 돌봄 배움터 만들기')} 목표 목표 인원 조정")
    play(city, "2030-4분기")
    [(one, _)] = result(city, 4).adjustments
    assert (one.kind, one.reason) == ("목표", "목표 인원 조정")


def test_the_list_of_adjustments_names_those_of_the_document_and_how_to_begin(city: Chat) -> None:
    number = task_of(city, "이웃 돌봄 배움터 만들기")
    [said] = city.say("최기획", "/adjustments")
    assert "점검결과 문서의 조정 필요사업" in said and f"/adjust {number} 목표" in said
    city.say("최기획", f"/adjust {number} 목표 목표 인원 조정")
    assert "점검결과 문서" not in city.say("최기획", "/adjustments")[0]


def test_whoever_answers_reads_the_criteria_of_the_document(city: Chat) -> None:
    city.say("최기획", "/round 2030-3분기")
    city.tap("최기획", "입력 시작")
    city.say("최기획", "/check")
    assert "정한 날짜를 지키고 있는 사업" in city.tap("최기획", "그늘 보행로 조성")[0]
