"""/week: the weekly report of what the speaker sees, with its files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store.states import RoleName
from tests.bot.chat import Chat, entry, task


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    made = Chat(
        tmp_path,
        task(
            "보행로", "도로과", ["김하늘"], entry("설계", date(2026, 6, 30)), entry("착공", date(2026, 7, 9))
        ),
        task("공원", "공원과", ["박바다"], entry("수목 정비", date(2026, 7, 8))),
    )
    made.join("김하늘")
    made.join("이팀장", RoleName.LEAD, "도로과")
    made.join("최기획", RoleName.PLANNER)
    made.say("김하늘", f"/done {made.number('설계')}")
    return made


@pytest.mark.parametrize(
    ("name", "there", "hidden"),
    [
        ("김하늘", "보행로 설계", "수목"),
        ("이팀장", "보행로 착공", "수목"),
        ("최기획", "수목 정비", "없는 말"),
    ],
)
def test_everybody_gets_the_week_of_what_they_see(chat: Chat, name: str, there: str, hidden: str) -> None:
    said = chat.say(name, "/week")[0]
    assert there in said and hidden not in said


def test_the_three_sentences_are_those_of_friday(chat: Chat) -> None:
    said = chat.say("이팀장", "/week")[0]
    assert "이번 주: 보행로 설계(6. 30.(화)) 1건을 마쳤습니다." in said
    assert "다음 주: 보행로 착공(7. 9.(목)) 1건의 기한이 옵니다." in said
    assert "대기: 기다리는 일정이 없습니다." in said


def test_another_week_is_named_by_one_of_its_days(chat: Chat) -> None:
    assert "6. 22.(월) ~ 6. 28.(일)" in chat.say("최기획", "/week 6.24")[0]
    assert "그 주의 하루를" in chat.say("최기획", "/week 언젠가")[0]


@pytest.mark.parametrize(("button", "ending"), [("글", ".txt"), ("표", ".xlsx")])
def test_its_file_is_asked_for_by_a_button(chat: Chat, button: str, ending: str) -> None:
    chat.say("최기획", "/week")
    chat.tap("최기획", button)
    assert chat.owed(chat.people["최기획"])[-1].payload["week"]["name"] == f"주간업무 2026-06-29{ending}"
