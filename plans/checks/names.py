"""The same thing under two names: titles in the list and in the text, sub-projects, departments (명칭 점검)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from plans.document import Document, Placed
from plans.draft import UNTITLED, Finding, finding
from plans.facts import short
from plans.structure.tasklist import Entry, TaskList
from plans.tables.table import Table, cell, find_tables
from plans.text.lines import Line
from plans.text.spelling import alike, one_line, squeeze, without_brackets

_NUMBER: Final = re.compile(r"^\s*(\d{1,2})\s?[.)]?\s*(.*)$")
_ORGANISER: Final = re.compile(r"^(주관단체|단체명|수행기관|주관기관|운영기관)\s*[:：]\s*(.+)$")
LIKE: Final = 0.5
SAME_LIST: Final = (
    2 / 3
)  # of the list or the cards, whichever are more, from which on they are the same tasks
LIKE_TITLE: Final = 0.6
SIMILAR_DEPARTMENT: Final = 0.7
LONG_DEPARTMENT: Final = 6
MOST_DEPARTMENTS: Final = 200


def list_titles(document: Document) -> list[Finding]:
    """A task whose heading differs from the list of tasks at the front."""
    if document.task_list is None:
        return []
    found: list[Finding] = []
    for placed in document.tasks:
        title = placed.task.title
        near = max(document.task_list.entries, key=lambda entry: alike(entry.title, title))
        if LIKE_TITLE <= alike(near.title, title) < 1.0:
            found.append(
                finding(
                    placed.first, "name-differs.task", there=near.line, listed=near.title, name=short(title)
                )
            )
    return found


def listed_cards(document: Document) -> list[Finding]:
    """Cards that the list of tasks does not have, and departments that the two tell otherwise; what the list has and no card
    is told by missing_tasks. A list of something else than these cards says nothing."""
    if document.task_list is None:
        return []
    cards = [placed for placed in document.tasks if placed.task.title != UNTITLED]
    paired = [(placed, _listed(placed, document.task_list.entries)) for placed in cards]
    if sum(bool(there) for _, there in paired) < SAME_LIST * len(cards):
        return []
    return [found for placed, there in paired if (found := _unlike(document.task_list, placed, there))]


def _listed(placed: Placed, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that are most like the card's title, if any is like it."""
    likeness = {id(entry): alike(entry.title, placed.task.title) for entry in entries}
    best = max(likeness.values())
    return [entry for entry in entries if best >= LIKE_TITLE and likeness[id(entry)] == best]


def _unlike(listed: TaskList, placed: Placed, there: Sequence[Entry]) -> Finding | None:
    """A department's name, written out on one side and short on the other, is the same one."""
    name, said = short(placed.task.title), squeeze(placed.task.department or "")
    if not there:
        return finding(placed.first, "list-differs.task", there=listed.entries[0].line, name=name)
    offices = [squeeze(entry.department) for entry in there]
    if not said or any(said in office or office in said for office in offices):
        return None
    line, listed_office, office = there[0].line, there[0].department, placed.task.department
    return finding(
        placed.first,
        "list-differs.department",
        there=line,
        listed=listed_office,
        department=office,
        name=name,
    )


def group_titles(document: Document) -> list[Finding]:
    """A group's title in the list (4. …) that differs from the heading with the same number in the text."""
    if document.task_list is None or not document.tasks:
        return []
    return [f for title, line in document.task_list.groups for f in _group(document, title, line)]


def _group(document: Document, title: str, line: int) -> Iterator[Finding]:
    wanted = _NUMBER.match(title)
    if wanted is None:
        return
    for number, text, at in _headings(document):
        if number == wanted[1] and LIKE <= alike(text, wanted[2]) < 1.0:
            yield finding(at, "name-differs.group", there=line, listed=wanted[2], name=short(text))


def _headings(document: Document) -> Iterator[tuple[str, str, int]]:
    """(number, text, line) of plain lines in the body such as "4. 제목", or a number alone above its title."""
    body = [line for line in document.lines[document.tasks[0].first :] if not line.is_blank]
    for line, below in zip(body, [*body[1:], Line(0, "")], strict=True):
        found = None if line.cells or line.marks else _NUMBER.match(line.body)
        if found is not None:
            yield found[1], one_line(found[2] or below.body), line.no if found[2] else below.no


def sub_project_names(document: Document) -> list[Finding]:
    """Names in a table of sub-projects that the bullets below write differently."""
    return [
        found
        for placed in document.tasks
        for table in find_tables(placed.lines)
        for found in _subs(placed, table)
    ]


def _subs(placed: Placed, table: Table) -> Iterator[Finding]:
    names = [
        i for i, head in enumerate(table.header) if head in ("사업명", "단체명", "세부사업명", "프로그램명")
    ]
    if not names:
        return
    bullets = [line for line in placed.lines if 10 <= line.rank <= 19 and ":" not in line.body]
    for row in table.body:
        for column in names:
            text = cell(row, column)
            if table.header[column] == "단체명":
                yield from _organiser(placed, text, row)
            elif len(squeeze(text)) > LONG_DEPARTMENT and bullets:
                yield from _bullet(text, max(bullets, key=lambda line: alike(line.body, text)), row)


def _bullet(text: str, line: Line, row: Line) -> Iterator[Finding]:
    if 0.75 <= alike(line.body, text) < 1.0:
        yield finding(line.no, "name-differs.part", there=row.no, listed=text, name=short(line.body))


def _organiser(placed: Placed, text: str, row: Line) -> Iterator[Finding]:
    lines = [
        (line, one_line(without_brackets(m[2])))
        for line in placed.lines
        if (m := _ORGANISER.match(line.body))
    ]
    if not text or not lines:
        return
    line, name = max(lines, key=lambda pair: alike(pair[1], text))
    a, b = squeeze(name), squeeze(text)
    if a not in b and b not in a and alike(name, text) >= LIKE - 0.1:
        yield finding(line.no, "name-differs.organiser", there=row.no, listed=text, name=short(name))


def similar_departments(document: Document) -> list[Finding]:
    """Two long department names so alike that one of them is probably misspelt."""
    first: dict[str, int] = {}
    for placed in document.tasks:
        first.setdefault(placed.task.department or "", placed.first)
    names = [name for name in first if len(name) >= LONG_DEPARTMENT and " " not in name][:MOST_DEPARTMENTS]
    pairs = [pair for pair in combinations(names, 2) if is_misspelt(*pair)]
    return [
        finding(
            first[other], "name-differs.department", name=short(one), there=first[one], other=short(other)
        )
        for one, other in pairs
    ]


def is_misspelt(one: str, other: str) -> bool:
    """Whether two names differ by letters here and there; one whole word in place of another is another office."""
    if one[0] != other[0] or alike(one, other) < SIMILAR_DEPARTMENT:
        return False
    codes = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    changed = [max(b - a, d - c) for name, a, b, c, d in codes if name != "equal"]
    return len(changed) > 1 or changed == [1]
