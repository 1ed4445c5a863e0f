"""Lines that a conversion broke in the middle of a mark or a date: "○", "2026.", "11.", ": 보상 공고" are one (끊긴 줄)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_MARK: Final = re.compile(r"\s*[□■◇◆▣❏○●◎❍〇◦ㅇ※]\s*")
"""A bullet without words; a dash alone is an empty cell."""
_LEAD: Final = r"\s*(?:[□■◇◆▣❏○●◎❍〇◦ㅇ※\-–·•]\s*)?"
_MONTH: Final = r"(?:1[0-2]|0?[1-9])\s?[.월]"
_DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])\s?[.일]?"
_YEAR: Final = r"(?:20\d\d|['’‘`]\d\d)\s?[.년]"
_YEAR_ALONE: Final = re.compile(rf"{_LEAD}{_YEAR}\s*")
_TIME_ALONE: Final = re.compile(rf"{_LEAD}{_YEAR}\s*{_MONTH}?[\s\d.월일년~∼～-]{{0,24}}\s*")
_TIME_AND_SIGN: Final = re.compile(rf"{_LEAD}{_YEAR}\s*{_MONTH}[\s\d.월일년~∼～-]{{0,24}}\s*[:：]\s*")
_MONTH_FIRST: Final = re.compile(rf"\s*{_MONTH}\s*(?:$|[:：~∼～-]|{_DAY}\s*(?:$|[:：~∼～-]))")
_SIGN_FIRST: Final = re.compile(r"\s*[:：](?:\s|$)")
_BULLET: Final = re.compile(r"\s*[□■◇◆▣❏○●◎❍〇◦ㅇ※\-–·•*]")
_DATED: Final = re.compile(rf"\s*{_YEAR}")
LONGEST: Final = 60  # characters of a line that another one may complete
MOST_JOINED: Final = 6


def rejoined(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines, each with its place, where those that are no mark and no date by themselves stand behind what they complete.
    A whole date or bullet is never touched."""
    found: list[tuple[int, str]] = []
    count = 1
    for at, text in lines:
        above = found[-1][1] if found else ""
        if count < MOST_JOINED and _completes(above, text):
            found[-1] = (found[-1][0], f"{above.rstrip()} {text.strip()}")
            count += 1
        else:
            found.append((at, text))
            count = 1
    return found


def _completes(above: str, text: str) -> bool:
    """Whether a line is the rest of the one above it."""
    if not above.strip() or not text.strip() or len(above) > LONGEST or "\t" in above or "\t" in text:
        return False
    if _MARK.fullmatch(above):
        return not _BULLET.match(text)
    if _YEAR_ALONE.fullmatch(above):
        return bool(_MONTH_FIRST.match(text))
    if _TIME_ALONE.fullmatch(above):
        return bool(_SIGN_FIRST.match(text))
    is_open = bool(_TIME_AND_SIGN.fullmatch(above))
    return is_open and not (_BULLET.match(text) or _DATED.match(text))
