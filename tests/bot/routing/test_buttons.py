"""Buttons: their colours, and that no message is a wall of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.chat.turn import ROWS_MOST, STYLES, button
from bot.routing.registry import PRESSES
from store.states import RoleName
from tests.bot.chat import Chat, entry, task


def test_every_colour_is_that_of_a_button_that_exists() -> None:
    assert set(STYLES) <= set(PRESSES)
    assert set(STYLES.values()) == {"success", "danger", "primary"}


def test_a_button_has_its_colour_wherever_it_is_drawn() -> None:
    assert button("완료", "done", 112, 1)["style"] == "success"
    assert "style" not in button("연기", "delay", 112, 1)


@pytest.fixture
def many(tmp_path: Path) -> Chat:
    """Thirty departments with a task each, a dozen of them 김하늘's."""
    mine = [
        task(f"과제 {n}", "도로과", ["김하늘"], entry(f"일 {n}", date(2026, 7, 1 + n % 9)))
        for n in range(1, 13)
    ]
    others = [
        task(f"과제 {n}", f"부서{n}과", [f"사람{n}"], entry(f"일 {n}", date(2026, 6, 20 + n % 9)))
        for n in range(13, 31)
    ]
    tasks = [*mine, *others]
    chat = Chat(tmp_path, *tasks)
    chat.join("김하늘")
    chat.join("최기획", RoleName.PLANNER)
    return chat


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("김하늘", "/my"),
        ("최기획", "/status"),
        ("최기획", "/past"),
        ("최기획", "/overdue"),
        ("최기획", "/unreachable"),
        ("최기획", "/help"),
        ("최기획", "/plans"),
    ],
)
def test_no_message_has_more_than_eight_rows_of_buttons(many: Chat, name: str, words: str) -> None:
    many.say(name, words)
    many.scan()
    rows = [message.keyboard for _, message in many.send_messages()]
    assert rows and max(map(len, rows)) <= ROWS_MOST


def test_a_list_with_buttons_goes_on_on_another_page(many: Chat) -> None:
    assert "(1/2쪽)" in many.say("김하늘", "/my")[0]
    many.tap("김하늘", "더 보기")
    assert "(2/2쪽)" in many.owed(many.people["김하늘"])[-1].payload["text"]
