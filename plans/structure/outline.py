"""Where each task begins and ends: the stretch from its heading to the next task or chapter (과제 구역)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plans.structure.cards import Card
from plans.structure.headings import Heading
from plans.text.lines import PLAIN_RANK, Line

_CHAPTER: Final = re.compile(r"^\s*(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|I{1,3}|IV|VI{0,3}|IX|X)\s*[.)]?\s+(?P<title>[^\s\d].*)$")
_CARD_SECTION: Final = re.compile(
    r"추진개요|사업개요|성과지표|투자계획|추진사항|추진계획|문제점|사진|추진배경|추진현황|기대효과|추진일정"
)
_CLOSING: Final = re.compile(
    r"^(?:[\dⅠ-ⅩIVX가-하]{1,4}\s*[.)]?\s*)?(행정|협조|당부|기타)\s?사항\s*$|^(?:붙임|부록|별첨|별지|참고)\s*\d*(?:\s*[.:)]|\s|$)"
)


@dataclass(frozen=True)
class Region:
    """The lines of one task: from `start` to `end`, its card standing between `card_start` and `body`."""

    start: int
    body: int
    end: int


def card_regions(lines: Sequence[Line], cards: Sequence[Card], headings: Sequence[Heading]) -> list[Region]:
    """One region a card; a chapter heading ends the last task before it."""
    chapters = _chapters(lines, cards[0].start) if cards else []
    regions: list[Region] = []
    for i, (card, heading) in enumerate(zip(cards, headings, strict=True)):
        end = headings[i + 1].index if i + 1 < len(cards) else len(lines)
        end = min([at for at in chapters if at > card.end] + [end])
        regions.append(Region(min(heading.index, card.start), card.end, end))
    return regions


def _chapters(lines: Sequence[Line], first_card: int) -> list[int]:
    """Indexes at which no task goes on: chapters (Ⅲ. 대표 추진과제), where Roman numerals do not number a card's own
    sections, and closing remarks (행정사항)."""
    found = [i for i, line in enumerate(lines) if is_chapter(line)]
    closing = [i for i, line in enumerate(lines) if i > first_card and is_closing(line)]
    return sorted((found if any(i < first_card for i in found) else []) + closing)


def is_closing(line: Line) -> bool:
    """Whether a line heads what stands behind all tasks."""
    return not line.cells and line.rank in (0, PLAIN_RANK) and bool(_CLOSING.match(line.body))


def is_chapter(line: Line) -> bool:
    """Whether a line is a Roman-numbered chapter and not a section of a card."""
    match = _CHAPTER.match(line.text.replace("**", ""))
    return match is not None and not line.cells and not _CARD_SECTION.search(match["title"].replace(" ", ""))
