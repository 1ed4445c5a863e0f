"""What can answer an open question or a card: a day for a day, a sentence for a reason, 네 and 아니요 for a card."""

from __future__ import annotations

import re
from typing import Final

from bot.chat.turn import Turn
from bot.delays import command
from bot.delays.wish import CATCH_UP
from bot.routing import proposal
from bot.routing.registry import BY_NAME
from bot.speech.dates import read
from bot.speech.reading import CHANGING
from bot.speech.understand import Intent, Understood, is_pleasantry
from store.models import Dialogue

CANCEL_WORDS: Final = frozenset(
    {"취소", "그만", "아니오", "아니요", "취소할게요", "취소합니다", "그만할게요", "cancel"}
)
YES: Final = frozenset(
    [
        "네",
        "넵",
        "넹",
        "예",
        "옙",
        "응",
        "어",
        "ㅇㅇ",
        "ㅇㅋ",
        "ㅇ",
        "맞아요",
        "맞습니다",
        "맞음",
        "맞아",
        "그래",
        "그래요",
        "좋아요",
        "등록",
        "등록해주세요",
        "해주세요",
        "yes",
        "y",
        "yep",
        "yeah",
        "ok",
        "okay",
    ]
)
NO: Final = frozenset(
    ["아니요", "아니오", "아뇨", "아니", "아닙니다", "ㄴㄴ", "취소", "그만", "no", "n", "nope", "cancel"]
)
GREETINGS: Final = ("안녕", "반갑", "hi", "hello", "좋은 아침")
DATE, WORDS, ANYTHING = "a day or a length", "a sentence", "whatever is typed"
WANTED: Final = {
    (command.DIALOGUE, "date"): DATE,
    (command.DIALOGUE, "day"): DATE,
    (command.DIALOGUE, "fix"): DATE,
    (command.DIALOGUE, "reason"): WORDS,
    (proposal.DIALOGUE, proposal.ANSWERS_DAY): DATE,
    (proposal.DIALOGUE, proposal.ANSWERS_SPAN): DATE,
    (CATCH_UP, "words"): WORDS,
}
"""What each question takes; one that is not named takes whatever is not surely about something else."""
NAMES: Final = {
    "delay": "연기",
    "catch-up": "만회대책",
    "card": "날짜",
    "reject": "반려 사유",
    "late": "사유",
    "going": "추진상황",
    "check": "자체점검 답",
    "check-reason": "사유",
    "evidence": "증빙",
}
STEPS: Final = {DATE: " 날짜", WORDS: " 사유"}
_WORD: Final = re.compile(r"[^\s,.!~^]+")


def fits(turn: Turn, asked: Dialogue, text: str, found: Understood) -> bool:
    """The text can be the answer to what was asked."""
    wanted = WANTED.get((asked.kind, asked.step), ANYTHING)
    if text.lstrip().startswith("/"):
        return False
    if wanted == DATE:
        return not found.ids and read(text, turn.ahead()) is not None
    is_other = bool(found.ids) and found.ids != (asked.milestone_id,)
    if wanted == WORDS:
        return not (
            is_other
            or found.acts
            or (found.intent in BY_NAME and found.intent not in CHANGING)
            or is_small_talk(text)
        )
    is_act = found.acts and found.intent in {*CHANGING, Intent.UNDO, "approve", "reject"}
    is_about_other = is_other and found.intent in {Intent.DONE, Intent.DELAY}
    return not ((is_act and (bool(found.ids) or found.intent == Intent.UNDO)) or is_about_other)


def named(asked: Dialogue) -> str:
    """What was asked, as the word that it still waits says it: #127 연기 날짜."""
    number = f"#{asked.milestone_id} " if asked.milestone_id is not None else ""
    step = STEPS.get(WANTED.get((asked.kind, asked.step), ""), "") if asked.kind == command.DIALOGUE else ""
    return number + NAMES.get(asked.kind, "내용") + step


def is_small_talk(text: str) -> bool:
    """Thanks, greetings, yes and no, laughter: no reason of anything."""
    return (
        is_pleasantry(text)
        or is_yes(text)
        or is_no(text)
        or not any("가" <= one <= "힣" or (one.isascii() and one.isalnum()) for one in text)
    )


def is_yes(text: str) -> bool:
    """네 · 응 · ㅇㅇ · 맞아요 · yes, and nothing else."""
    return _all_in(text, YES)


def is_no(text: str) -> bool:
    return _all_in(text, NO)


def is_cancelling(text: str) -> bool:
    return text.strip(" .!") in CANCEL_WORDS


def is_greeting(text: str) -> bool:
    return text.strip().lower().startswith(GREETINGS)


def _all_in(text: str, words: frozenset[str]) -> bool:
    found = [one.lower() for one in _WORD.findall(text)]
    return bool(found) and all(one in words for one in found)
