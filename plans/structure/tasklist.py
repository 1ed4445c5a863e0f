"""The document's own list of tasks, from which lost headings are recovered (과제 목록)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plans.fields.labels import field_of
from plans.text.lines import Line
from plans.text.spelling import CIRCLED, alike, circled_number, close_up, one_line, squeeze

DEPARTMENT_END: Final = re.compile(
    r"(과|실|관|소|국|단|팀|센터|청|본부|원|사업소|지소|추진단|위원회|동|면|읍)(\([^()]*\))?$"
)
_ITEM: Final = re.compile(
    rf"^(?![\d{CIRCLED}.)-]+$)(?P<mark>[{CIRCLED}]|\d{{1,2}}(?:-(?:\d{{1,2}}|[{CIRCLED}])){{1,2}}[.)]?|\d{{1,2}}\))\s*(?P<title>\S.*)$"
)
_NUMBER: Final = re.compile(rf"[\d{CIRCLED}.-]+")
LONGEST_DEPARTMENT: Final = 14
_GROUP: Final = re.compile(r"^(?:\d{1,2}\s?[.)]|[ⅠⅡⅢⅣⅤⅥⅦⅧ][.)]?|【|\[|<)\s*(?P<title>.*)$")


@dataclass(frozen=True)
class Entry:
    """One task of the list: its mark (③ or 1-2), title, department and the group it stands in."""

    mark: str
    title: str
    department: str
    group: str | None
    group_no: int
    position: int
    line: int


@dataclass(frozen=True)
class TaskList:
    """The list in order; `groups` are its intermediate titles with their lines."""

    entries: tuple[Entry, ...]
    groups: tuple[tuple[str, int], ...]


def find_task_list(lines: Sequence[Line], before: int) -> TaskList | None:
    """The list of tasks above the index of the first card; None where there is none of at least two."""
    start = next((i for i, line in enumerate(lines[:before]) if _is_header(line)), None)
    if start is None:
        return None
    entries: list[Entry] = []
    groups: list[tuple[str, int]] = []
    position = 0
    for line in lines[start + 1 : before]:
        texts = [one_line(text) for text in line.cells if text.strip()]
        group = next((one_line(text) for text in texts if _GROUP.match(text) and not _ITEM.match(text)), None)
        if group is not None:
            groups.append((group, line.no))
            position = 0
        found = _entry(texts, line, groups, position + 1)
        if found is not None:
            position += 1
            entries.append(found)
    return TaskList(tuple(entries), tuple(groups)) if len(entries) > 1 else None


def _is_header(line: Line) -> bool:
    names = [field_of(text) for text in line.cells]
    return "title" in names and "department" in names and len([n for n in names if n]) >= 2


def _entry(texts: list[str], line: Line, groups: list[tuple[str, int]], position: int) -> Entry | None:
    """A row with a department behind a numbered (or any) title; remarks behind the department are left out."""
    at = next((i for i in range(len(texts) - 1, 0, -1) if _is_department(texts[i])), None)
    if at is None:
        return None
    texts = texts[: at + 1]
    item = next((found for text in texts[:-1] if (found := _ITEM.match(text))), None)
    title = item["title"] if item else texts[-2]
    mark = item["mark"] if item else _lone_number(texts)
    group = groups[-1][0] if groups else None
    return Entry(mark, title, close_up(texts[-1]), group, len(groups), position, line.no)


def _is_department(text: str) -> bool:
    return (
        bool(DEPARTMENT_END.search(squeeze(text)))
        and not _ITEM.match(text)
        and len(squeeze(text)) <= LONGEST_DEPARTMENT
    )


def _lone_number(texts: list[str]) -> str:
    return next((text for text in texts[:-2] if _NUMBER.fullmatch(text)), "")


def match_cards(
    entries: Sequence[Entry], cards: Sequence[tuple[str | None, str | None]]
) -> list[Entry | None]:
    """For each card (title or None, department) its entry; both run in the same order, entries may be in two places.

    Longest common chain by dynamic programming over likeness, so that one lost heading never shifts the rest;
    cards left over then take any unused entry whose title is as good as equal.
    """
    best = _chain(entries, cards)
    used = {id(entry) for entry in best if entry is not None}
    for index, (title, _) in enumerate(cards):
        if best[index] is None and title is not None:
            loose = [e for e in entries if id(e) not in used and alike(e.title, title) >= SURE]
            if loose:
                best[index] = loose[0]
                used.add(id(loose[0]))
    return [found or _beside(i, best, entries, cards[i], used) for i, found in enumerate(best)]


def _beside(
    index: int,
    best: Sequence[Entry | None],
    entries: Sequence[Entry],
    card: tuple[str | None, str | None],
    used: set[int],
) -> Entry | None:
    """For a card without a title, the unused entry of its department beside that of its neighbour card."""
    before = best[index - 1] if index > 0 else None
    after = best[index + 1] if index + 1 < len(best) else None
    for near, step in ((before, 1), (after, -1)):
        at = next((i for i, entry in enumerate(entries) if entry is near), None)
        if card[0] is not None or at is None or not 0 <= at + step < len(entries):
            continue
        entry = entries[at + step]
        if id(entry) not in used and _score(entry, card) > 0:
            return entry
    return None


SURE: Final = 0.8


def _score(entry: Entry, card: tuple[str | None, str | None]) -> float:
    title, department = card
    same_office = 1.0 if department is not None and squeeze(entry.department) == squeeze(department) else 0.0
    if title is None:
        return same_office
    likeness = alike(entry.title, title)
    return 2 * likeness + same_office if likeness >= 0.5 else 0.0


def _chain(entries: Sequence[Entry], cards: Sequence[tuple[str | None, str | None]]) -> list[Entry | None]:
    height, width = len(cards), len(entries)
    total = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            pair = _score(entries[j], cards[i])
            taken = pair + total[i + 1][j + 1] if pair > 0 else 0.0
            total[i][j] = max(taken, total[i + 1][j], total[i][j + 1])
    return _walk(total, entries, cards)


def _walk(
    total: list[list[float]], entries: Sequence[Entry], cards: Sequence[tuple[str | None, str | None]]
) -> list[Entry | None]:
    matched: list[Entry | None] = [None] * len(cards)
    i = j = 0
    while i < len(cards) and j < len(entries):
        pair = _score(entries[j], cards[i])
        if pair > 0 and total[i][j] == pair + total[i + 1][j + 1]:
            matched[i] = entries[j]
            i, j = i + 1, j + 1
        elif total[i][j] == total[i + 1][j]:
            i += 1
        else:
            j += 1
    return matched


def number_of(mark: str) -> int | None:
    """③ -> 3, 1-2 -> 2."""
    circled = circled_number(mark[-1:])
    digits = re.findall(r"\d+", mark)
    return circled if circled is not None else int(digits[-1]) if digits else None
