"""Numbered lists of works: 1. 제목, then 사업개요 / 그동안 추진사항 / 앞으로 추진계획 (주요업무 추진상황)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plans.structure.cards import Card
from plans.structure.sections import is_section_title, title_of
from plans.structure.tasklist import DEPARTMENT_END
from plans.text.characters import number_of
from plans.text.lines import Line
from plans.text.spelling import one_line

_NUMBERED: Final = re.compile(
    r"^\s*[\[【<]?\s*(?P<no>\d{1,2}(?:\s?-\s?\d{1,2})?|[Ⅰ-Ⅻ]|[IVX]{1,4})\s*[\]】>]?\s*[.)]?\s+(?P<title>\S.*)$"
)
_LONE: Final = re.compile(r"^\s*[\[【<]?\s*(?P<no>\d{1,2}(?:-\d{1,2})?)\s*[\]】>]?\s*[.)]?\s*$")
_BOXED: Final = re.compile(r"^\s*(?P<box>[\U000f02b1-\U000f02c4])\s*(?P<title>\S.*)$")
_OFFICE: Final = re.compile(
    r"\s*[【\[(<]\s*(?:담당|주관|소관)?(?:부서)?\s*[:：]?\s*(?P<office>[가-힣·\s]{2,14}?)\s*[】\])>]\s*$"
)
_SECTION: Final = re.compile(
    r"개요|추진사항|추진상황|추진실적|추진계획|향후계획|그동안|앞으로|추진경과|주요내용|추진일정|세부계획|사업내용"
)
BOX: Final = ("number", "title")
LONGEST_TITLE: Final = 60


@dataclass(frozen=True)
class Work:
    """One work: number, title and department as written; `start` is the index of its heading, `body` of what follows."""

    no: str
    title: str
    department: str | None
    start: int
    body: int


def find_works(lines: Sequence[Line]) -> list[Work]:
    """Numbered headings that have a section title (사업개요, 추진계획 …) below them before the next number."""
    headings = _headings(lines)
    works: list[Work] = []
    for position, work in enumerate(headings):
        end = headings[position + 1].start if position + 1 < len(headings) else len(lines)
        titles = [title for line in lines[work.body : end] if (title := _work_section(line)) is not None]
        if titles and not _goes_on(works, work, titles[0]):
            works.append(work)
    return works if len(works) > 1 or (works and len(headings) == 1) else []


def stand_in_works(lines: Sequence[Line], cards: Sequence[Card], works: Sequence[Work]) -> bool:
    """Whether every card is only the 담당부서 and 담당자 lines in the 사업개요 of a work of its own."""
    owners = [max((i for i, w in enumerate(works) if w.body <= card.start), default=None) for card in cards]
    if None in owners or len(set(owners)) < len(owners):
        return False
    for card, owner in zip(cards, owners, strict=True):
        above = lines[works[owner or 0].body : card.start]
        titles = [title for line in above if (title := _work_section(line)) is not None]
        if lines[card.start].cells or not titles or "개요" not in titles[-1]:
            return False
    return True


def _goes_on(works: Sequence[Work], work: Work, first_title: str) -> bool:
    """Whether a number is a list inside the work before: it does not count on, and plans follow without an overview."""
    number, before = number_of(work.no), number_of(works[-1].no) if works else None
    if number is None or before is None:
        return False
    return number <= before and not re.search(r"개요|목적|배경|현황", first_title)


def _work_section(line: Line) -> str | None:
    """The title of a section that works have, spaces closed up; None for every other line."""
    title = title_of(line)
    name = "" if title is None else title.replace(" ", "")
    return name if _SECTION.search(name) else None


def _headings(lines: Sequence[Line]) -> list[Work]:
    """Candidate headings in order."""
    found: list[Work] = []
    for index in range(len(lines)):
        work = _heading_at(lines, index)
        if work is not None and not (found and index < found[-1].body):
            found.append(work)
    return found


def _heading_at(lines: Sequence[Line], index: int) -> Work | None:
    line = lines[index]
    text = line.text.replace("**", "")
    if line.cells:
        return _boxed_heading(lines, index)
    boxed = _BOXED.match(text)
    if boxed is not None:
        return _work(str(ord(boxed["box"]) - 0xF02B0), boxed["title"], index, index + 1)
    if line.marks or line.is_blank:
        return None
    named = _NUMBERED.match(text)
    if named is not None:
        return _work(named["no"], named["title"], index, index + 1)
    lone = _LONE.match(text)
    below = _below(lines, index) if lone is not None else None
    if lone is None or below is None:
        return None
    return _work(lone["no"], lines[below].text.replace("**", ""), index, below + 1)


def _below(lines: Sequence[Line], index: int) -> int | None:
    """The plain line below a number that stands alone."""
    below = next((i for i in range(index + 1, min(index + 4, len(lines))) if not lines[i].is_blank), None)
    if below is None or lines[below].cells or lines[below].marks or _LONE.match(lines[below].text):
        return None
    return below


def _boxed_heading(lines: Sequence[Line], index: int) -> Work | None:
    """A table of one row, "3 | 제목": the box that word processors draw around headings."""
    parts = [one_line(text) for text in lines[index].cells if text.strip()]
    around = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    if len(parts) != len(BOX) or any(line.cells for line in around) or not _LONE.match(parts[0]):
        return None
    return _work(re.sub(r"[^\d-]", "", parts[0]), parts[1], index, index + 1)


def _work(no: str, title: str, start: int, body: int) -> Work | None:
    """A heading unless its text is a section title, a sentence, a value or a date."""
    title = one_line(title)
    office = _OFFICE.search(title)
    department = (
        office["office"].strip() if office and DEPARTMENT_END.search(office["office"].strip()) else None
    )
    if office is not None and department is not None:
        title = title[: office.start()].strip()
    is_bad = (
        len(title) > LONGEST_TITLE
        or ":" in title
        or title.endswith(("다.", "음", "함", "임"))
        or (title[:1].isdigit() and "." in title[:4])
    )
    if is_bad or not title or (is_section_title(title) and bool(_SECTION.search(title.replace(" ", "")))):
        return None
    return Work(re.sub(r"\s", "", no), title, department, start, body)
