"""Whether a document is English: by the share of its letters, never by a word in it (문서의 언어)."""

from __future__ import annotations

import re
from typing import Final

_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]")
_LATIN: Final = re.compile(r"[A-Za-z]")
LEAST_LETTERS: Final = 100
MOST_OF_A_LINE: Final = 200  # characters: one line of absurd length does not outweigh the others
MOST_HANGUL: Final = 0.03  # share of Hangul among all letters; a name in brackets makes no Korean plan


def is_english(text: str) -> bool:
    """Whether hardly any letter of a text of some length is Hangul."""
    shown = "\n".join(line[:MOST_OF_A_LINE] for line in text.split("\n"))
    latin, hangul = len(_LATIN.findall(shown)), len(_HANGUL.findall(shown))
    return latin >= LEAST_LETTERS and hangul <= MOST_HANGUL * latin
