"""Numbers that skip or come twice, and titles that were lost (번호 점검)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from plans.checks.say import finding, name_of
from plans.document import Document
from plans.draft import Finding
from plans.from_cards import UNTITLED
from plans.lines import Line
from plans.spelling import CIRCLED, numerals

_MARK: Final = re.compile(rf"^[-\s]*([{CIRCLED}])")


def lost_titles(document: Document) -> list[Finding]:
    """Tasks whose title could not be recovered."""
    lost = [placed for placed in document.tasks if placed.task.title == UNTITLED]
    return [finding(placed.first, "title-missing", _lost(placed.task.department)) for placed in lost]


def _lost(department: str | None) -> str:
    return f"{department or '부서를 알 수 없는'} 과제의 제목을 찾지 못했습니다. 원문의 제목을"


def skipped_marks(document: Document) -> list[Finding]:
    """① ② ③ ⑤: a list whose circled numbers leave one out."""
    found: list[Finding] = []
    last = 0
    for line in document.lines:
        if line.rank == 0:
            last = 0
        value = _mark(line)
        if value is None:
            continue
        if last and value > last + 1:
            message = f"목록 번호가 {CIRCLED[last - 1]}번 다음에 {CIRCLED[value - 1]}번으로 건너뜁니다."
            found.append(finding(line.no, "number-skips", message))
        last = value
    return found


def _mark(line: Line) -> int | None:
    """The circled number that a line or one of its cells starts with."""
    for text in line.cells or (line.body,):
        match = _MARK.match(text)
        if match is not None:
            return CIRCLED.index(match[1]) + 1
    return None


def skipped_numbers(document: Document) -> list[Finding]:
    """Task numbers 1-1-2, 1-1-4 of one series, or one number twice."""
    return list(_skips(document))


def _skips(document: Document) -> Iterator[Finding]:
    last: dict[str, int] = {}
    for placed in document.tasks:
        parts = re.match(r"^(.*?)(\d{1,2})$", numerals(placed.task.no or ""))
        if parts is None:
            continue
        value = int(parts[2])
        before = last.get(parts[1])
        if before is not None and value not in (before + 1, 1):
            how = "겹칩니다" if value == before else f"{before}번 다음에 {value}번으로 이어집니다"
            yield finding(placed.first, "number-skips", f"{name_of(placed.task)}의 번호가 앞 과제와 {how}.")
        last[parts[1]] = value
