"""[왜 이 날짜?]: the plan's own line, the days off that were counted, who moved the day and on whose word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.chat.turn import ROWS_MOST
from jobs.settings import ApprovalSettings
from store.states import RoleName
from tests.bot.chat import Chat, entry, task
from tests.bot.digest.test_daily_message import busy, digest_of


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    made = Chat(
        tmp_path,
        task("보행로 정비", "도로과", ["김하늘"], entry("설계 용역", date(2026, 7, 18), expr="2026. 7. 18.")),
        task("공원", "공원과", ["박바다"], entry("수목 정비", date(2026, 7, 8))),
        approval=ApprovalSettings(),
    )
    made.join("이팀장", RoleName.LEAD, "도로과")
    made.join("김하늘")
    return made


def why(chat: Chat) -> str:
    return chat.say("김하늘", f"/why {chat.number('설계 용역')}")[0]


def test_the_days_off_are_counted_and_the_last_working_day_is_named(chat: Chat) -> None:
    said = why(chat)
    assert "“2026. 7. 18.”" in said
    assert "기한이 휴무일이어서 마지막 근무일은 7. 16.(목)입니다" in said  # the 17th is a public holiday
    assert "근무일 12일 · 그 사이 휴무 7. 17.(금)" in said
    assert "계획에 적힌 날 그대로입니다" in said


def test_whoever_moved_it_is_named_with_the_reason_and_who_approved(chat: Chat) -> None:
    chat.say("김하늘", f"/delay {chat.number('설계 용역')} 8.10 의회 일정")
    chat.tap("이팀장", "승인")
    said = why(chat)
    assert "지금 기한 <b>2026. 8. 10.(월)</b> · 당초 2026. 7. 18.(토)" in said
    assert "김하늘 님 — 연기 신청" in said
    assert "이팀장 님 — 기한 7. 18.(토) → 8. 10.(월) 연기 승인, 사유: 의회 일정" in said


def test_the_card_of_an_item_has_the_button_and_nobody_asks_of_anothers(chat: Chat) -> None:
    chat.say("김하늘", f"/task {chat.number('설계 용역')}")
    assert "마지막 근무일" in chat.tap("김하늘", "왜 이 날짜?")[0]
    assert "없습니다" in chat.say("김하늘", f"/why {chat.number('수목 정비')}")[0]


def morning(chat: Chat) -> list[str]:
    """The buttons of 김하늘's daily message, sent."""
    chat.scan()
    chat.send_all()
    return [one["text"] for row in digest_of(chat, "김하늘").keyboard for one in row]


def press_below(chat: Chat) -> list[str]:
    board = [one for row in digest_of(chat, "김하늘").keyboard for one in row]
    return chat.press("김하늘", next(one["data"] for one in board if "왜 이 날짜" in one["text"]))


def test_the_daily_message_of_one_item_explains_its_day_at_once(tmp_path: Path) -> None:
    chat = busy(tmp_path, 1)
    assert "왜 이 날짜?" in morning(chat)
    assert "계획에 적힌 날 그대로입니다" in press_below(chat)[0]


@pytest.mark.parametrize("count", [2, 9, 20])
def test_of_several_it_asks_which_one_within_eight_rows(tmp_path: Path, count: int) -> None:
    chat = busy(tmp_path, count)
    assert morning(chat).count("왜 이 날짜?") == 1
    assert len(digest_of(chat, "김하늘").keyboard) <= ROWS_MOST
    assert "어느 일정의 날짜인지" in press_below(chat)[0]
    chat.send_all()
    assert "계획에 적힌 날 그대로입니다" in chat.tap("김하늘", f"#{chat.number('일정 02')}")[0]


def test_nobody_asks_below_anothers_daily_message(tmp_path: Path) -> None:
    chat = busy(tmp_path, 2)
    morning(chat)
    board = [one for row in digest_of(chat, "김하늘").keyboard for one in row]
    chat.join("박바다")
    data = next(one["data"] for one in board if "왜 이 날짜" in one["text"])
    assert "더 보실 수 없습니다" in chat.press("박바다", data)[0]
