"""Words that answer what was asked or shown: yes, no, 취소, a number alone; and those that say nothing. Pure."""

from __future__ import annotations

import re
from typing import Final

from bot.speech.understand import is_pleasantry

CANCEL_WORDS: Final = frozenset(
    ["취소", "그만", "아니오", "아니요", "취소할게요", "취소합니다", "그만할게요", "cancel"]
)
ALL_WORDS: Final = frozenset(["전체", "모두", "전부", "모두 다", "all", "everything"])
"""Everything there is, where a number could stand: /approve 전체."""
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
_WORD: Final = re.compile(r"[^\s,.!~^]+")


def is_number(text: str) -> bool:
    """A number alone, as one writes them here: #127번."""
    return text.strip(" #＃번.").isdecimal()


def is_small_talk(text: str) -> bool:
    """Thanks, greetings, yes and no, laughter: no reason of anything."""
    return (
        is_pleasantry(text)
        or is_yes(text)
        or is_no(text)
        or not any("가" <= one <= "힣" or (one.isascii() and one.isalnum()) for one in text)
    )


def yes_or_no(text: str) -> bool | None:
    """Which of the two the text is, and nothing else; None for any other text."""
    return False if is_no(text) else is_yes(text) or None


def is_yes(text: str) -> bool:
    """네 · 응 · ㅇㅇ · 맞아요 · yes, and nothing else."""
    return _all_in(text, YES)


def is_no(text: str) -> bool:
    return _all_in(text, NO)


def is_cancelling(text: str) -> bool:
    return text.strip(" .!").lower() in CANCEL_WORDS


def is_greeting(text: str) -> bool:
    return text.strip().lower().startswith(GREETINGS)


def _all_in(text: str, words: frozenset[str]) -> bool:
    found = [one.lower() for one in _WORD.findall(text)]
    return bool(found) and all(one in words for one in found)


_UNTIL = re.compile(r"까지|[가-힣] ?(?:후|뒤|때)(?:에|부터)?(?: |$)|(?:되|하|나|오|지|면|으)면 ")


def is_condition(text: str) -> bool:
    """예산이 확보될 때까지 · 거리두기 완화 후: until something happens, on no day that is told."""
    return not any(char.isdigit() for char in text) and _UNTIL.search(f"{text} ") is not None
