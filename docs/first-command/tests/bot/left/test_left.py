"""/left: the days until a due day, and who may ask."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.bot.chat import Chat, entry, task
from tests.bot.intake.test_menus import shown_after


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    """김하늘 has something due in three weeks and something without a due day; it is Tuesday, 30 June 2026."""
    due, open_ = entry("설계 용역", date(2026, 7, 21)), entry("운영", None, date(2026, 7, 1))
    office = Chat(tmp_path, task("보행로 정비", "도로과", ["김하늘"], due, open_))
    office.join("김하늘")
    office.join("이바다")
    return office


@pytest.mark.parametrize("word", ["/left", "남은날"])
def test_the_days_are_counted_to_the_due_day(chat: Chat, word: str) -> None:
    answer = chat.say("김하늘", f"{word} {chat.number('설계 용역')}")[0]
    assert "기한 7. 21.(화) · 21일 남았습니다." in answer


def test_the_due_day_itself_is_today(chat: Chat) -> None:
    chat.clock.forward(days=21)
    assert "오늘입니다" in chat.say("김하늘", f"/left {chat.number('설계 용역')}")[0]


def test_what_has_no_due_day_says_so(chat: Chat) -> None:
    number = chat.number("운영")
    assert f"#{number}번은 기한이 없는 일정입니다." in chat.say("김하늘", f"/left {number}")[0]


@pytest.mark.parametrize("words", ["", "112 113", "112 곧"])
def test_wrong_words_are_answered_with_a_right_example(chat: Chat, words: str) -> None:
    answer = chat.say("김하늘", f"/left {words}")[0]
    assert "번호 하나를" in answer and "/left" in answer


def test_somebody_elses_is_not_told(chat: Chat) -> None:
    assert (
        "조회하실 수 있는 일정 가운데 없습니다" in chat.say("이바다", f"/left {chat.number('설계 용역')}")[0]
    )


def test_it_stands_in_help_and_in_the_menu(chat: Chat) -> None:
    assert "/left" in chat.say("김하늘", "/help")[0]
    chat.dispatcher.forget_menu(chat.people["김하늘"])
    assert "left" in (shown_after(chat, "김하늘", "/my") or [])
