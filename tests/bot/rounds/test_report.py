"""/report in chat: the newest quarter or a named one, its files, who may."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from bot.digest.daily_message import DigestRenderer
from plans.read import read_plan
from store.models import Delivery
from store.states import RoleName
from tests.bot.chat import Chat

SAMPLE = Path(__file__).parents[2] / "samples" / "quarter.txt"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Chat]:
    """The made-up city's second quarter of 2030 is registered; a planner and an officer chat."""
    office = Chat(tmp_path)
    office.put(read_plan(SAMPLE))
    office.join("최기획", RoleName.PLANNER)
    office.join("김하늘", RoleName.OFFICER, "도로과")
    yield office
    office.store.close()


def test_the_newest_quarter_is_shown_without_a_name(city: Chat) -> None:
    [answer] = city.say("최기획", "/report")
    assert "2030년 2분기 점검결과" in answer
    assert "45.5%(5/11)" in answer
    assert "원문 모순" in answer


@pytest.mark.parametrize("text", ["/report 2030Q2", "/report 2030-2분기", "보고서 2030년 2분기"])
def test_a_quarter_is_named_in_several_ways(city: Chat, text: str) -> None:
    assert "5/11" in city.say("최기획", text)[0]


def test_a_quarter_without_a_result_says_which_there_are(city: Chat) -> None:
    [answer] = city.say("최기획", "/report 2029Q1")
    assert "있는 분기: 2030Q2" in answer


def test_what_is_no_quarter_is_answered_with_examples(city: Chat) -> None:
    assert "2024년 1분기" in city.say("최기획", "/report 지난번")[0]


def test_an_office_without_results_is_told_how_to_begin(chat: Chat) -> None:
    chat.join("최기획", RoleName.PLANNER)
    assert "문서를 대화방에 보내" in chat.say("최기획", "/report")[0]


def test_an_officer_is_refused(city: Chat) -> None:
    assert "관리자" in city.say("김하늘", "/report")[0]


@pytest.mark.parametrize("label", ["엑셀", "HTML", "글"])
def test_each_form_comes_as_a_file(city: Chat, label: str) -> None:
    city.say("최기획", "/report")
    [caption] = city.tap("최기획", label)
    assert "2030년 2분기 점검결과입니다" in caption
    with city.store.read() as session:
        owed = session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(1)).one()
        message = DigestRenderer(city.office)(session, owed, city.clock.now())
    assert message is not None and message.document is not None
    name, content = message.document
    assert name.startswith("2030년 2분기 점검결과.")
    if name.endswith(".xlsx"):
        assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames[0] == "점검결과"


@pytest.mark.parametrize("data", ["v1|report|20309|0", "v1|report|20302|9"])
def test_a_forged_button_is_refused(city: Chat, data: str) -> None:
    assert "더 이상 쓸 수 없습니다" in city.press("최기획", data)[0]
