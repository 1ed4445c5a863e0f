"""How the same words are spelled in different places: spaces, brackets and quotes closed up (표기 맞추기)."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from typing import Final

CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|（[^（）]*）")
_LOOSE: Final = re.compile(r"[\s「」『』【】〈〉《》\"'“”‘’·ㆍ・,.()\[\]<>:*]+")
COVERED: Final = "<span>"
"""In a row of a table: the cell to the left reaches over this one. `plain` leaves nothing of it."""
_SPACES: Final = re.compile(r"\s+")
_TAG: Final = re.compile(r"<\s*(/?)\s*(ul|ol|li|br|p|div|span|b|strong|sub|sup|table|tr|td)\b[^<>]*>", re.I)


def squeeze(text: str) -> str:
    """`text` without spaces, quotes, brackets and dots, in lower case: what two spellings share."""
    return _LOOSE.sub("", text).lower()


def close_up(text: str) -> str:
    """ "감 사 실" -> "감사실"; words of more than one letter keep a single space between them."""
    words = text.split()
    if words and all(len(word) == 1 for word in words):
        return "".join(words)
    return " ".join(words)


def one_line(text: str) -> str:
    """`text` with every run of white space as one space."""
    return _SPACES.sub(" ", text).strip()


def words_of(text: str) -> frozenset[str]:
    """The words of a table of words that is written as one text."""
    return frozenset(text.split())


def without_brackets(text: str) -> str:
    """`text` without what stands in round, square or angle brackets."""
    previous = None
    while previous != text:
        previous, text = text, _BRACKETED.sub(" ", text)
    return one_line(text)


def plain(text: str) -> str:
    """`text` without bold marks and HTML tags that a conversion left; a list item becomes a line break."""
    text = text.replace("**", "").replace("&nbsp;", " ")
    return _TAG.sub(lambda tag: "\n" if tag[2].lower() in ("li", "br", "ul", "ol", "p") else " ", text)


@lru_cache(maxsize=65536)
def alike(one: str, other: str) -> float:
    """How alike two spellings are, 0 to 1, spaces and brackets aside."""
    a, b = squeeze(one), squeeze(other)
    return 1.0 if a == b else difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def circled_number(text: str) -> int | None:
    """The value of a leading ①, or None."""
    return CIRCLED.index(text[0]) + 1 if text and text[0] in CIRCLED else None


_NUMERALS: Final = {ord(mark): str(number) for number, mark in enumerate(CIRCLED, 1)}


def numerals(text: str) -> str:
    """`text` with ① written as 1, so that 1-1-① and 1-1-1 are equal."""
    return text.translate(_NUMERALS)
