"""Numbers and titles above cards, and their recovery from the list of tasks where a conversion lost them (제목 복원)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plans.structure.sections import is_section_title
from plans.structure.tasklist import Entry, number_of
from plans.text.lines import Line
from plans.text.spelling import CIRCLED, alike, one_line

_NUMBER: Final = (
    rf"(?:\d{{1,2}}\s?-\s?\d{{1,2}}(?:\s?-\s?(?:\d{{1,2}}|[{CIRCLED}]))?|\d{{1,2}}-[{CIRCLED}]|[{CIRCLED}]"
    r"|(?:브랜드|대표|핵심|중점|특화|공통|자율|과제|전략|시책|혁신)\s?(?:과제)?\s?\d{1,2}(?:-\d{1,2})?)"
)
_HEADING: Final = re.compile(rf"^\s*[\[【<(]?\s*(?P<no>{_NUMBER})\s*[\]】>).:]?\s*(?P<title>.*)$")
_LONE: Final = re.compile(r"^\s*(?P<no>\d{1,2})\s*[.)]?\s*$")
_SIMPLE: Final = re.compile(
    r"^\s*(?P<no>\d{1,2}(?=\s*[.)])"
    rf"|\d{{1,2}}(?:\s?-\s?(?:\d{{1,2}}|[{CIRCLED}])){{1,2}})\s*[.)]?\s*(?P<title>\S.*)$"
)
LONGEST_TITLE: Final = 80
LINES_OF_TITLE: Final = 2
BOXES_OF_TITLE: Final = 2
LOOK_BACK: Final = 8  # lines above a card in which its heading stands


@dataclass(frozen=True)
class Heading:
    """What stands above a card: number and title as written, None where lost; `index` is its first line."""

    no: str | None
    title: str | None
    index: int


def heading_above(lines: Sequence[Line], start: int, floor: int) -> Heading:
    """The heading of the card that starts at `start`, looked for down to `floor`; a table between them is passed over."""
    titles: list[str] = []
    index = start
    top = _above_table(lines, start, floor)
    for at in range(top - 1, max(floor, top - LOOK_BACK) - 1, -1):
        line = lines[at]
        if line.is_blank:
            continue
        found = _numbered(line)
        if found is not None:
            title = " ".join(part for part in [found["title"].strip(), *titles] if part)
            return Heading(re.sub(r"\s", "", found["no"]), title or None, at)
        if is_field_name(line.body):
            return Heading(None, " ".join(titles) or None, at)
        if not _may_be_title(line) or len(titles) >= LINES_OF_TITLE:
            break
        titles.insert(0, one_line(line.body))
        index = at
    return Heading(None, titles[-1] if titles else None, index if titles else start)


def _above_table(lines: Sequence[Line], start: int, floor: int) -> int:
    """The index above a small table that stands directly over the card (유형별 공약현황); a boxed number stops it."""
    at = start
    while at > floor and start - at <= LOOK_BACK and (lines[at - 1].is_blank or lines[at - 1].cells):
        if _numbered(lines[at - 1]) is not None:
            return at
        at -= 1
    return at if at > floor or floor == 0 else start


def is_field_name(text: str) -> bool:
    """Whether a line only names the title below it."""
    return text.replace(" ", "") in ("공약명", "과제명", "사업명", "공약사업명")


def _numbered(line: Line) -> re.Match[str] | None:
    """A line, or a small boxed row, that starts with a task number."""
    parts = [one_line(text) for text in line.cells if text]
    body = " ".join(parts) if parts else line.text.replace("**", "").strip()
    return _HEADING.match(body) if len(body) <= LONGEST_TITLE and len(parts) <= BOXES_OF_TITLE else None


def _may_be_title(line: Line) -> bool:
    """Whether a line above a card can be a title: short, no table row, no bullet, no section title, no remark."""
    body = line.body
    is_plain = not line.cells and not line.marks and line.title_in_brackets is None
    is_remark = body.startswith("(") or body.endswith(("다.", "함.", "음.")) or "http" in body
    return is_plain and not is_remark and len(body) <= LONGEST_TITLE and not is_section_title(body)


def without_simple_number(title: str) -> tuple[str | None, str]:
    """ "3. 제목" -> ("3", "제목"), "2-1. 제목" -> ("2-1", "제목"); (None, title) without a number."""
    found = _SIMPLE.match(title)
    return (None, title) if found is None else (re.sub(r"\s", "", found["no"]), found["title"])


def recover(headings: Sequence[Heading], matched: Sequence[Entry | None]) -> list[Heading]:
    """The headings with lost numbers and titles filled in from the entries of the list of tasks."""
    sure = [_trusted(heading, entry) for heading, entry in zip(headings, matched, strict=True)]
    return [_filled(index, sure, matched) for index in range(len(sure))]


def _trusted(heading: Heading, entry: Entry | None) -> Heading:
    """A title without a number that is unlike its entry is the group's heading, not the card's."""
    if (
        heading.no is None
        and entry is not None
        and heading.title is not None
        and alike(heading.title, entry.title) < 0.5
    ):
        return Heading(None, None, heading.index)
    return heading


def _filled(index: int, headings: Sequence[Heading], matched: Sequence[Entry | None]) -> Heading:
    heading, entry = headings[index], matched[index]
    if entry is None:
        return heading
    siblings = _number_from_siblings(index, headings, matched)
    no = heading.no or siblings or _number_from_marks(entry, headings, matched) or entry.mark or None
    return Heading(no, heading.title or one_line(entry.title), heading.index)


def _number_from_siblings(
    index: int, headings: Sequence[Heading], matched: Sequence[Entry | None]
) -> str | None:
    """The number counted on from the nearest card of the same group: 1-1-2 stands before, so this is 1-1-3."""
    entry = matched[index]
    order = sorted(range(len(headings)), key=lambda i: (abs(i - index), i > index))
    for other in order:
        near = matched[other]
        no = headings[other].no
        if entry is None or near is None or no is None or other == index or near.group_no != entry.group_no:
            continue
        return _shifted(no, entry.position - near.position)
    return None


def _number_from_marks(
    entry: Entry, headings: Sequence[Heading], matched: Sequence[Entry | None]
) -> str | None:
    """Where the list numbers all tasks through (과제 4 is 4 in the list), the number is the mark in the cards' style."""
    value = number_of(entry.mark)
    for heading, near in zip(headings, matched, strict=True):
        mark = number_of(near.mark) if near is not None else None
        if (
            value is not None
            and mark is not None
            and heading.no is not None
            and number_of(heading.no) == mark
        ):
            return _shifted(heading.no, value - mark)
    return None


def _shifted(no: str, by: int) -> str | None:
    tail = re.search(rf"(\d{{1,9}}|[{CIRCLED}])$", no)
    if tail is None:
        return None
    value = (CIRCLED.index(tail[0]) + 1 if tail[0] in CIRCLED else int(tail[0])) + by
    return no[: tail.start()] + str(value) if value > 0 else None
