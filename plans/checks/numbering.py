"""Numbers that skip or come twice, and titles that were lost (번호 점검)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from plans.document import Document, Placed
from plans.draft import UNTITLED, Finding, finding
from plans.facts import named
from plans.text.lines import Line
from plans.text.spelling import CIRCLED, numerals

MOST_SKIPPED: Final = 3  # numbers that a writer may have left out; more is another count
_MARK: Final = re.compile(rf"^[-\s]*([{CIRCLED}])")


def lost_titles(document: Document) -> list[Finding]:
    """Tasks whose title could not be recovered."""
    lost = [placed for placed in document.tasks if placed.task.title == UNTITLED]
    return [finding(placed.first, "title-missing", department=placed.task.department) for placed in lost]


def skipped_marks(document: Document) -> list[Finding]:
    """① ② ③ ⑤: a list whose circled numbers leave one out."""
    found: list[Finding] = []
    last = 0
    for line in document.lines:
        if line.rank == 0:
            last = 0
        for value in _marks(line):
            if last and last + 1 < value <= last + MOST_SKIPPED:
                before, then = CIRCLED[last - 1], CIRCLED[value - 1]
                found.append(finding(line.no, "number-skips.marks", before=before, then=then))
            last = value
    return found


def _marks(line: Line) -> list[int]:
    """The circled numbers that a line, each of its cells, or a part of it behind another one begins with."""
    texts = line.cells or (line.body,)
    if not any(_MARK.match(text) for text in texts):
        return []
    return [CIRCLED.index(char) + 1 for text in texts for char in text if char in CIRCLED]


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
        is_odd = before is not None and value not in (before + 1, 1)
        if before is not None and is_odd and _is_evident(document, placed, parts[1], before, value):
            task = named(placed.task.no, placed.task.title)
            if value == before:
                yield finding(placed.first, "number-skips.twice", task=task)
            else:
                yield finding(placed.first, "number-skips.tasks", task=task, before=before, then=value)
        last[parts[1]] = value


def _is_evident(document: Document, placed: Placed, stem: str, before: int, value: int) -> bool:
    """Whether the document itself skips the number: it stands at the head of no line that was not taken for a task."""
    if value <= before or value - before > MOST_SKIPPED:
        return value == before
    missing = [re.escape(numerals(f"{stem}{number}")) for number in range(before + 1, value)]
    heads = re.compile(rf"^[^\w\n]*(?:{'|'.join(missing)})(?!\d)", re.MULTILINE)
    above = "\n".join(map(_head, document.lines[: placed.first]))
    return heads.search(numerals(above)) is None


def _head(line: Line) -> str:
    return " ".join(text for text in line.cells if text.strip()) if line.cells else line.body
