"""The frame of an official letter: who it is to, when it was approved and sent, around its own words (공문 틀)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from plans.structure.cover import is_date_line, is_presenter
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze

_TOP: Final = re.compile(
    r"^\(?(문서번호|결재일자|결재번호|보고일자|시행일자|공개여부|공개구분|방침번호|분류기호|보존기간|수신자?|경유|참조|발신|제목)\)?(?=[\s:：)]|$)"
)
_BOTTOM: Final = re.compile(
    r"^(?:시행|접수)\s+\S*[-–]\s?\d+|^수신자\s|^협조자(?:\s|$)|^우\s?\d{5}\s|^전화\s?\(?\d[\d)-]+\s"
)
_TITLE: Final = "제목"
LOOKED_AT: Final = 20  # filled lines from the top, and from the bottom
LEAST_LABELS: Final = 2  # of a frame
COVER_LINES: Final = 12


@dataclass(frozen=True)
class Letter:
    """The lines without the frame, which leaves blank ones; the lines of the frame; the letter's title, "" where none is told."""

    lines: list[Line]
    frame: tuple[Line, ...]
    title: str


def without_frame(lines: Sequence[Line]) -> Letter:
    """The letter's own lines, and the day on a cover right above who presents it taken from them."""
    filled = [line for line in lines if not line.is_blank]
    top = {line.no: found for line in filled[:LOOKED_AT] if (found := _TOP.match(_text(line)))}
    is_letter = len({found[1] for found in top.values()}) >= LEAST_LABELS
    frame = set(top) if is_letter else set()
    frame |= {line.no for line in filled[-LOOKED_AT:] if is_letter and _BOTTOM.match(_text(line))}
    frame |= _cover_day(filled[:COVER_LINES])
    titles = [_text(line)[found.end() :] for line, found in _of_title(filled, top)] if is_letter else []
    title = next((one_line(text).strip(" :：") for text in titles), "")
    own = [replace(line, text="") if line.no in frame else line for line in lines]
    return Letter(own, tuple(line for line in lines if line.no in frame), title)


def _of_title(filled: Sequence[Line], top: dict[int, re.Match[str]]) -> list[tuple[Line, re.Match[str]]]:
    return [(line, top[line.no]) for line in filled if line.no in top and top[line.no][1] == _TITLE]


def _cover_day(first: Sequence[Line]) -> set[int]:
    """The day of a document that stands below its title and right above the office or the place that presents it."""
    return {
        day.no
        for title, day, office in zip(first, first[1:], first[2:], strict=False)
        if not (day.cells or office.cells or title.marks) and is_date_line(day) and is_presenter(office)
    }


def _text(line: Line) -> str:
    """A line or the cells of a row as one text, the letters of its label closed up."""
    cells = [one_line(cell) for cell in line.cells if cell.strip()]
    if line.marks:
        return ""
    label, rest = (squeeze(cells[0]), " ".join(cells[1:])) if cells else ("", one_line(line.body))
    return f"{label} {rest}".strip()
