"""Characters as they come in: text is composed and of what one sees, numbers are bounded where they enter (글자와 숫자).

Every door uses it: what is typed in chat and what stands in documents. A text of direction marks reads as another one than
it is, one of blanks is no reason, and escape characters reach into the terminal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

MOST_DIGITS: Final = 15  # of any number; an amount in won of a whole budget has thirteen
ID_DIGITS: Final = 9  # of a number that names something: what every database takes for an id
ASCII_DIGITS: Final = str.maketrans("０１２３４５６７８９", "0123456789")  # a Korean keyboard writes both
APOSTROPHES: Final = "'’‘`´′＇ˊ΄"  # what stands before a year of two digits
JOINER: Final = "\u200d"  # holds the parts of an emoji together
EMOJI_STYLE: Final = "\ufe0f"  # behind a sign: shown as a picture
MOST_MARKS: Final = 2  # accents and the like on one letter
_KEPT: Final = "\n\t"
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters by their category, blanks to the eye
_NOTHING: Final = re.compile(
    "[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0e\ufdd0-\ufdef\U000e0000-\U000e0fff]|[^\x00-\ud7ff\ue000-\U0010ffff]"
)
_GLUE: Final = re.compile(f"[{JOINER}{EMOJI_STYLE}]")


def composed(text: str) -> str:
    """`text` in composed form (NFC): Hangul from a Mac comes in letters, and would equal nothing that is stored."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def number_of(text: str, digits: int = MOST_DIGITS) -> int | None:
    """The number that `text` is, without sign and spaces aside; None for anything else, and for more than `digits`
    digits. ² and digits of other scripts are none: `isdigit` takes them, `int` or the database does not."""
    text = text.strip().translate(ASCII_DIGITS)
    is_number = text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if is_number else None


def visible(text: str) -> str:
    """The text composed (NFC), without control and direction marks, fillers and heaps of accents; line ends, tabs and
    what joins an emoji stay."""
    text = unicodedata.normalize("NFC", text)
    odd = {ord(char): seen for char in set(text) if (seen := _seen(char)) != char}
    shown = text.translate(odd) if odd else text
    if JOINER in shown or EMOJI_STYLE in shown:
        shown = _GLUE.sub(_glued, shown)
    return shown if shown.isascii() else _few_marks(shown)


def clean(text: str) -> str:
    """The visible text on one line; everything else stays as typed."""
    return " ".join(visible(text).split())


def has_words(text: str) -> bool:
    """A letter or digit that one sees stands in it."""
    return any(char.isalnum() for char in text)


@lru_cache(maxsize=4096)
def _seen(char: str) -> str:
    """What is left of one character."""
    if char in _KEPT or char in {JOINER, EMOJI_STYLE}:
        return char
    category = unicodedata.category(char)
    if category == "Cc" or char in _BLANK:
        return " "
    is_nothing = category in {"Cf", "Cs"} or _NOTHING.match(char) or ord(char) & 0xFFFE == 0xFFFE
    return "" if is_nothing else char


def _glued(found: re.Match[str]) -> str:
    """The joiner between two signs, the picture mark behind one; elsewhere nobody would see them."""
    glue, text, at = found[0], found.string, found.start()
    is_behind_sign = at > 0 and _is_sign(text[at - 1])
    return glue if is_behind_sign and (glue == EMOJI_STYLE or _is_sign(text[at + 1 : at + 2])) else ""


def _is_sign(char: str) -> bool:
    is_mark = char == EMOJI_STYLE or char in "0123456789#*"
    return bool(char) and (is_mark or unicodedata.category(char) in {"So", "Sk", "Sm", "Po", "Cn"})


def _few_marks(text: str) -> str:
    marks = {char for char in set(text) if unicodedata.category(char) in {"Mn", "Me"}}
    if not marks:
        return text
    kept, run = [], 0
    for char in text:
        run = run + 1 if char in marks else 0
        if run <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)
