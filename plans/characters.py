"""Characters as they come in: text is composed and numbers are bounded where they enter (글자와 숫자)."""

from __future__ import annotations

import unicodedata
from typing import Final

MOST_DIGITS: Final = 15  # of any number; an amount in won of a whole budget has thirteen
ID_DIGITS: Final = 9  # of a number that names something: what every database takes for an id
ASCII_DIGITS: Final = str.maketrans("０１２３４５６７８９", "0123456789")  # a Korean keyboard writes both


def composed(text: str) -> str:
    """`text` in composed form (NFC): Hangul from a Mac comes in letters, and would equal nothing that is stored."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def number_of(text: str, digits: int = MOST_DIGITS) -> int | None:
    """The number that `text` is, without sign and spaces aside; None for anything else, and for more than `digits`
    digits. ² and digits of other scripts are none: `isdigit` takes them, `int` or the database does not."""
    text = text.strip().translate(ASCII_DIGITS)
    is_number = text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if is_number else None
