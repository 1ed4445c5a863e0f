"""The first lines of an English plan: title, organisation, year (표지)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plans.english.timelines import is_time, leads_with_time, unsigned
from plans.structure.cover import Cover
from plans.text.lines import Line
from plans.text.spelling import one_line
from plans.time.english import MONTHS, Usage

_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_OFFICE: Final = re.compile(
    r"\b(?:council|city|borough|county|town|municipality|authority|government|district|agency|ministry|commission|parish|state)\b",
    re.IGNORECASE,
)
_PLAN: Final = re.compile(
    r"\b(?:plan|strategy|tracker|programme|program|roadmap|register|framework|report|review|update|priorities|action|commitment|workplan)s?\b",
    re.IGNORECASE,
)
_FISCAL: Final = re.compile(r"\b(20\d\d)\s?[-/–]\s?(\d\d)(?!\d)")
_SPAN: Final = re.compile(r"\b20\d\d(?:/\d\d)?\s?(?:[-–—/]|to|and)\s?20\d\d(?:/\d\d)?")
_YEAR: Final = re.compile(r"\b(20\d\d)\b")
_DAY: Final = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})|(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?),? 20\d\d\b",
    re.IGNORECASE,
)
_METADATA: Final = re.compile(r"[a-z_-]{2,30}: ?\S")  # the head of a page of Markdown
_NUMBERED: Final = re.compile(
    r"(?:[A-Z][a-z]+ )?\d{1,3}(?:\.\d{1,2})*(?:[.:)]|$)"
)  # Commitment 19, 1. Safe parks
LONGEST: Final = 100
MOST_LINES: Final = 6
NEAR: Final = 8  # lines below a time on the cover in which another one makes a list of them


@dataclass(frozen=True)
class EnglishCover:
    """The cover, whether its year is a fiscal one, and the indexes of its lines."""

    cover: Cover
    is_fiscal: bool
    lines: frozenset[int]


def read_english_cover(lines: Sequence[Line]) -> EnglishCover:
    """Reads the short lines before the first table, item or long line."""
    found: dict[int, str] = {}
    for index, line in enumerate(lines[:30]):
        text = one_line(" ".join(line.cells) if line.cells else line.text).strip("# ")
        if not re.search("[A-Za-z]", text) or _METADATA.match(text):
            continue
        if _is_timed(line) and (not found or any(map(_is_timed, lines[index + 1 : index + NEAR]))):
            break  # one of several times is none of the cover's
        is_over = _NUMBERED.match(text) or (
            len(line.cells) > 1 and len([cell for cell in line.cells if cell.strip()]) > 1
        )
        if is_over or line.marks or len(text) > LONGEST or text.endswith(".") or len(found) >= MOST_LINES:
            break
        found[index] = text
    texts = list(found.values())
    title = next((text for text in texts if _PLAN.search(text)), texts[0] if texts else "")
    office = next((_name(text) for text in texts if text != title and _OFFICE.search(text)), None)
    office = office or _in_title(title)
    year, is_fiscal = _year([title, *texts])
    own = frozenset(
        index for index, text in found.items() if text == title or _OFFICE.search(text) or _YEAR.search(text)
    )
    return EnglishCover(Cover(title, year, office, None), is_fiscal, own if texts else frozenset())


def _is_timed(line: Line) -> bool:
    """Whether a line is a time, or begins with one and says what happens then."""
    return is_time(line, Usage()) or leads_with_time(line, Usage()) or unsigned(line, Usage()) is not None


def _in_title(title: str) -> str | None:
    """Oakham Town Council Climate Plan 2026 -> Oakham Town Council; City of Northgate Strategy -> City of Northgate."""
    words = title.split()
    for at, word in enumerate(words):
        if word == "of" and words[at - 1 : at] == ["City"] and at + 1 < len(words):
            return " ".join(words[at - 1 : at + 2])
        if (
            word in ("Council", "County", "Borough", "Authority")
            and at
            and all(one[:1].isupper() for one in words[:at])
        ):
            return " ".join(words[: at + 1])
    return None


def _name(text: str) -> str:
    """ "Fairhaven County Council, financial year 2026/27" -> its first part."""
    return re.split(r"[,:–—|]|\s\d{4}", text)[0].strip()


def _year(texts: Sequence[str]) -> tuple[int | None, bool]:
    """The one year of the title, else of a line of the cover; spans of years and two years give none, 2026/27 is fiscal,
    and the day of a decision says nothing of the plan's year beside another."""
    for text in texts:
        if len(set(_YEAR.findall(_SPAN.sub(" ", _DAY.sub(" ", text))))) > 1:
            return None, False
        rest = _SPAN.sub(" ", text)
        if rest != text and not _YEAR.search(rest):
            return None, False
        fiscal = _FISCAL.search(rest)
        if fiscal is not None and (int(fiscal[1]) + 1) % 100 == int(fiscal[2]):
            return int(fiscal[1]), True
        plain = _YEAR.search(rest)
        if plain is not None:
            return int(plain[1]), False
    return None, False
