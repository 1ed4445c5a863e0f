"""Before a reply is confirmed, whoever can mend it is asked what does not fit; what remains is printed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.asks import files
from plans.sheet.grid import Grid
from plans.sheet.question import read_form
from tests.bot.asks.office import CONTACT, LEAD, PLANNER, ask, office, reply
from tests.bot.chat import Chat

FORM = read_form(
    Grid(name="예산", rows=[["수요조사"], ["사업명", "국비(백만원)", "시비(백만원)", "합계(백만원)"]])
)
ASKED = "합계(백만원)’ 값은 31인데 나눈 값을 더하면 30입니다."


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    made = office(tmp_path)
    yield made
    made.store.close()


def sheets(chat: Chat, number: int) -> list[list[str]]:
    with chat.store.read() as session:
        made = files.book_of(session, {"number": number}, chat.office, chat.clock.now())
    assert made is not None
    book = load_workbook(io.BytesIO(made[1]))
    return [[str(cell) for row in sheet.values for cell in row if cell] for sheet in book]


def test_who_handed_it_in_is_asked_then_who_confirms_and_what_remains_is_in_the_workbook(chat: Chat) -> None:
    number = ask(chat, FORM, steps=("answer", "confirm"))
    [told] = chat.say(CONTACT, f"/ask {number} 쉼터 / 10 / 20 / 31")
    assert "확인 부탁드립니다" in told and ASKED in told
    assert ASKED in chat.say(LEAD, f"/ask {number}")[0]
    assert ASKED in chat.say(PLANNER, f"/ask {number} 도로과")[0]
    assert any(ASKED in one for one in sheets(chat, number)[2])
    [mended] = chat.say(CONTACT, f"/ask {number} 쉼터 / 10 / 20 / 30")
    assert "확인 부탁드립니다" not in mended
    assert len(sheets(chat, number)) == 2 and reply(chat, number)[0].version == 2


def test_a_result_below_the_last_one_is_asked_where_the_request_repeats_another(chat: Chat) -> None:
    form = read_form(Grid(name="실적", rows=[["실적"], ["사업명", "누계 실적(건)"]]))
    first = ask(chat, form)
    chat.say(CONTACT, f"/ask {first} 쉼터 / 12")
    second = ask(chat, form, like=first)
    assert "지난번 12보다 적습니다" in chat.say(CONTACT, f"/ask {second} 쉼터 / 10")[0]
    assert "적습니다" not in chat.say(CONTACT, f"/ask {second} 쉼터 / 13")[0]
