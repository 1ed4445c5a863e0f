"""Greetings and politeness: a short list of whole words that say nothing about an item (인사말)."""

from __future__ import annotations

from typing import Final

from plans.time.lazy import pattern
from plans.time.vocabulary import words_of

GREETINGS: Final = frozenset(
    words_of(
        """
    안녕하세요 안녕하십니까 안녕 안녕하세여 반갑습니다 수고하세요 수고하십니다 수고하십시오 수고많으십니다 수고 많으십니다 수고하셨습니다 고생하세요 고생하십니다 고생하셨습니다 감사합니다 감사해요 감사드립니다 고맙습니다 고마워요 죄송합니다 죄송하지만 미안합니다 네 넵 넹 예 옙
    넴 응 그래 그래요 알겠습니다 알겠어요 확인했습니다 확인하였습니다 좋아요 좋습니다 봇 봇님 여러분 hi hello thanks thank you pls please kindly ok okay yes sir dear
    all good morning afternoon regards best
    """
    )
)
REQUESTS: Final = words_of(
    """
    부탁드립니다 부탁드려요 부탁합니다 부탁드릴게요 부탁해요 부탁 바랍니다 요청드립니다 요청합니다 요청 신청합니다 신청드립니다 신청 해주세요 해주십시오 해 주세요 주십시오 드립니다 처리 등록
    """
)
"""A request says nothing more behind a delay; behind a completion it may ask others for it, unless 처리 or 등록 stands there."""
ADDRESSES: Final = ("님", "선생님", "쌤")
_WISHES: Final = pattern(
    r"(?:즐거운|좋은|편안한) (?:하루|주말|아침|저녁|오후)(?: ?(?:되세요|되십시오|보내세요|입니다))?"
)
_WORD: Final = pattern(r"[^\s,.!~…ㅎㅋ^;:·🙏😊👍✅]+")


def is_polite(text: str, *, may_request: bool = False) -> bool:
    """Nothing but greetings and politeness, or nothing at all; with `may_request` requests as well."""
    words = _WORD.findall(_WISHES.sub("", text))
    return all(_is_word(one) or (may_request and one in REQUESTS) for one in words)


def without_greeting(text: str) -> int:
    """Where the text begins behind its greetings."""
    at = 0
    while (word := _WORD.search(text, at)) is not None and _is_word(word[0]):
        at = word.end()
    return len(text) - len(text[at:].lstrip(" ,.!~…"))


def _is_word(word: str) -> bool:
    return word.lower() in GREETINGS or (word.endswith(ADDRESSES) and 2 < len(word) <= 8 and word != "아님")
