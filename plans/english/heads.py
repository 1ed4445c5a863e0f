"""Heads that are part of a time, and the lines below them that begin with the rest of it (시기를 나눠 적은 목록): 2027 above
"June Work begins", May above "4th – The survey opens".

Several such heads, and nothing between them but lines of that shape; else nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from plans.text.lines import Line
from plans.text.spelling import one_line
from plans.time.english import MONTHS, SEASONS, Usage, read_prefix
from plans.time.timeline import Context, Reading

HEAD: Final = ""
LEAST_HEADS: Final = 2
_ANY_YEAR: Final = Context(2000)  # only whether a line begins with a time is asked
_NAMES: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR: Final = re.compile(r"(20\d\d):?")
_MONTH: Final = re.compile(rf"((?:{_NAMES})\.?(?: 20\d\d)?):?", re.IGNORECASE)
_DAY: Final = re.compile(r"(?P<day>\d{1,2})(?:(?:st|nd|rd|th)\b\s*[:–—-]?|\s*[:–—-])\s+(?P<act>\S.*)")
_MONTH_FIRST: Final = re.compile(rf"(?:{_NAMES}|{'|'.join(SEASONS)})\b", re.IGNORECASE)
_HAS_YEAR: Final = re.compile(r"\b20\d\d\b")
_WORDS: Final = re.compile(r"[A-Za-z]{3}")

_Part = Callable[[Line, str], str | None]
"""A line below a head, and what the head says -> the line with its whole time; None for a line of another shape."""


def times_in_parts(lines: Sequence[Line], usage: Usage) -> dict[int, str]:
    """Index of a line -> its text with the whole time, and HEAD for the lines that give them the part they leave out."""

    def month_line(line: Line, year: str) -> str | None:
        return _month_line(line, year, usage)

    return _completed(lines, _MONTH, _day_line) | _completed(lines, _YEAR, month_line)


def _completed(lines: Sequence[Line], head: re.Pattern[str], part: _Part) -> dict[int, str]:
    """The lines below all heads of a kind, where each has some and the next head follows right behind the last of them."""
    heads = [at for at, line in enumerate(lines) if not line.cells and head.fullmatch(_said(line))]
    found: dict[int, str] = {}
    for at, end in pairwise([*heads, len(lines)]):
        below = _below(lines[at + 1 : end], _said(lines[at]).rstrip(":"), part)
        is_whole = sum(not line.is_blank for line in lines[at + 1 : end]) == len(below)
        if not below or not (is_whole or end == len(lines)):
            return {}
        found |= {at: HEAD} | {at + 1 + offset: text for offset, text in below.items()}
    return found if len(heads) >= LEAST_HEADS else {}


def _below(lines: Sequence[Line], head: str, part: _Part) -> dict[int, str]:
    """The lines up to the first of another shape."""
    found: dict[int, str] = {}
    for offset, line in enumerate(lines):
        text = None if line.is_blank or line.cells else part(line, head)
        if text is not None:
            found[offset] = text
        elif not line.is_blank:
            break
    return found


def _said(line: Line) -> str:
    return one_line(line.body.replace("**", "")).strip("# ")


def _day_line(line: Line, month: str) -> str | None:
    found = _DAY.fullmatch(_said(line))
    return f"{found['day']} {month}: {found['act']}" if found and _WORDS.search(found["act"]) else None


def _month_line(line: Line, year: str, usage: Usage) -> str | None:
    """June Work begins; the sign between may be missing, the action begins with a capital and is no sentence."""
    text = _said(line)
    found = read_prefix(text, _ANY_YEAR, usage) if _MONTH_FIRST.match(text) and not line.marks else None
    if not isinstance(found, Reading) or found.trouble is not None or not found.windows:
        return None
    time, action = text[: found.end].strip(" :–—-"), text[found.end :].strip(" :–—-")
    is_action = action[:1].isupper() and not action.endswith(".") and bool(_WORDS.search(action))
    return f"{time} {year}: {action}" if is_action and not _HAS_YEAR.search(time) else None
