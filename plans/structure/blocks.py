"""Lines -> a tree of titles, items, notes, table rows and plain text, built once for the whole document (블록).

What a line is comes from its shape (marks, numbers, length, what stands around it), never from its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from plans.text.lines import PLAIN_RANK, Line
from plans.text.spelling import one_line, squeeze
from plans.time.scan import find_dates

Kind = Literal["title", "item", "note", "row", "text"]

_NUMBERINGS: Final[tuple[tuple[re.Pattern[str], float], ...]] = (
    (re.compile(r"^(?:[Ⅰ-Ⅻ]|(?:I{1,3}|IV|VI{0,3}|IX|X)(?=[.\s]))\s*[.)]?\s*\S"), -60),
    (re.compile(r"^제\s?\d{1,2}\s?[장편부절]\b"), -60),
    (re.compile(r"^(?:부록|붙임|별첨|별지|참고)\s*\d{0,2}\s*(?:[.:)]|\s|$)"), -60),
    (re.compile(r"^\d{1,2}\s?-\s?\d{1,2}(?:\s?-\s?\d{1,2})?\s*[.)]?\s+\S"), -35),
    (re.compile(r"^\d{1,2}\s*\.\s*(?!\d)\S"), -40),
    (re.compile(r"^[가-하]\s*\.\s*\S"), -20),
    (re.compile(r"^\d{1,2}\)\s*\S"), 2),
    (re.compile(r"^[가-하]\)\s*\S"), 4),
    (re.compile(r"^\(\d{1,2}\)\s*\S"), 6),
    (re.compile(r"^[①-⑳❶-❿➀-➓]\s*\S"), 8),
)
"""How numbered lines without a bullet nest: official writing goes Ⅰ. 1. 가. 1) 가) (1) ①, above and beside □."""

_SENTENCE_END: Final = re.compile(r"(?:[다요음함임됨]\.?|[,·])$")
_VALUE: Final = re.compile(r"\S\s*[:：]\s*\S")
_BOXED: Final = re.compile(r"^[<〈《\[【(].*[>〉》\]】)]$")
LONGEST_TITLE: Final = 45
FULL_LINE: Final = 20  # letters; a plain line below a longer one may be the rest of it
BOX_ROWS: Final = 2  # a table of so few rows with so few filled cells is the frame of a heading
BOX_CELLS: Final = 2
BOX_LETTERS: Final = 30  # cells of one letter each, as frames are drawn in converted files
MOST_REPEATS: Final = 3  # a plain line that comes so often is the head or foot of the pages
ABOVE: Final = 0.5


@dataclass(frozen=True)
class Block:
    """One line in the tree; `parent` is the index of the line it stands under (-1: none), `rows` the table's first."""

    index: int
    kind: Kind
    level: float
    parent: int
    text: str
    table: int = -1


@dataclass(frozen=True)
class Tree:
    """The blocks by the index of their line; None for a blank line."""

    blocks: tuple[Block | None, ...]

    def above(self, index: int) -> list[Block]:
        """The blocks a line stands under, the nearest first."""
        found: list[Block] = []
        block = self.blocks[index] if 0 <= index < len(self.blocks) else None
        while block is not None and block.parent >= 0:
            block = self.blocks[block.parent]
            found += [block] if block is not None else []
        return found

    def siblings(self, index: int) -> list[Block]:
        """The list or the table a line belongs to, itself included: same level, same parent, same kind."""
        own = self.blocks[index]
        return [] if own is None else self._groups[_key(own)]

    @cached_property
    def _groups(self) -> dict[_Key, list[Block]]:
        groups: dict[_Key, list[Block]] = {}
        for block in self.blocks:
            if block is not None:
                groups.setdefault(_key(block), []).append(block)
        return groups


_Key = tuple[Kind, float, int, int]


def _key(block: Block) -> _Key:
    return block.kind, block.level, block.parent, block.table


def build(lines: Sequence[Line]) -> Tree:
    """The tree of all lines."""
    shapes = _shapes(lines)
    blocks: list[Block | None] = []
    stack: list[Block] = []
    for index, shape in enumerate(shapes):
        if shape is None:
            blocks.append(None)
            continue
        kind, level, text, table = shape
        if kind in ("title", "item"):
            while stack and stack[-1].level >= level:
                stack.pop()
        parent = next((block.index for block in reversed(stack) if block.level < level), -1)
        block = Block(index, kind, level, parent, text, table)
        blocks.append(block)
        if kind in ("title", "item"):
            stack.append(block)
    return Tree(tuple(blocks))


_Shape = tuple[Kind, float, str, int]


def _shapes(lines: Sequence[Line]) -> list[_Shape | None]:
    """What each line is and how deep; titles without a mark stand just above what follows them."""
    repeats = Counter(squeeze(line.text) for line in lines if not line.is_blank)
    tables = _tables(lines)
    shapes = [_shape(lines, index, tables, repeats) for index in range(len(lines))]
    below = float(PLAIN_RANK)
    for index in range(len(shapes) - 1, -1, -1):
        shape = shapes[index]
        if shape is None:
            continue
        if shape[0] == "title" and shape[1] == PLAIN_RANK:
            shape = shapes[index] = (shape[0], below - ABOVE, shape[2], shape[3])
        if shape[0] != "note":
            below = shape[1]
    return shapes


def _shape(
    lines: Sequence[Line], index: int, tables: dict[int, tuple[int, int]], repeats: Counter[str]
) -> _Shape | None:
    line = lines[index]
    if line.is_blank or _is_page_number(line):
        return None
    if line.cells:
        return _row_shape(lines, index, tables)
    body = one_line(line.body)
    if line.is_note:
        return "note", float(line.rank), body, -1
    if line.marks:
        return "item", float(line.rank), body, -1
    if line.title_in_brackets is not None:
        return "title", float(PLAIN_RANK), body, -1
    numbered = _numbered_level(body)
    if numbered is not None:
        return "title" if numbered < 0 else "item", numbered, body, -1
    if repeats[squeeze(line.text)] < MOST_REPEATS and _is_title(lines, index):
        return "title", float(PLAIN_RANK), body, -1
    return "text", float(PLAIN_RANK), body, -1


def _is_page_number(line: Line) -> bool:
    return not line.cells and bool(re.fullmatch(r"[-–\s]*\d{1,4}[-–\s]*", line.text))


def _numbered_level(body: str) -> float | None:
    """The depth of a numbered heading; sentences and dates are none."""
    if len(body) > LONGEST_TITLE + FULL_LINE or body.endswith("다."):
        return None
    if (dates := find_dates(body)) and dates[0].start == 0:
        return None
    return next((level for pattern, level in _NUMBERINGS if pattern.match(body)), None)


def _is_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a plain line heads what follows: short, no value, no sentence, no time but a year, no rest of a line."""
    body = lines[index].body
    if len(body) > LONGEST_TITLE or _SENTENCE_END.search(body) or _VALUE.search(body):
        return False
    dates = find_dates(body)
    if any(date.month is not None for date in dates):
        return False
    if (dates and dates[0].start <= 1) or _BOXED.match(body):
        return True
    above = lines[index - 1] if index else None
    is_rest = above is not None and not above.is_blank and not above.cells and len(above.body) >= FULL_LINE
    return not is_rest and _heads_something(lines, index)


def _heads_something(lines: Sequence[Line], index: int) -> bool:
    """Whether a bullet or a table follows."""
    below = next((line for line in lines[index + 1 : index + 4] if not line.is_blank), None)
    return below is not None and bool(below.marks or below.cells or below.title_in_brackets)


def _tables(lines: Sequence[Line]) -> dict[int, tuple[int, int]]:
    """For each table row the first and last index of its table."""
    found: dict[int, tuple[int, int]] = {}
    start = 0
    for index in range(len(lines) + 1):
        is_row = index < len(lines) and bool(lines[index].cells)
        if not is_row:
            found |= dict.fromkeys(range(start, index), (start, index))
            start = index + 1
    return found


def _row_shape(lines: Sequence[Line], index: int, tables: dict[int, tuple[int, int]]) -> _Shape:
    """A row of a table; a frame around a heading, or a row across the table that names a year, is a title."""
    start, end = tables[index]
    texts = [one_line(text) for text in lines[index].cells if text.strip()]
    is_frame = end - start <= BOX_ROWS and (len(texts) <= BOX_CELLS or _are_letters(texts))
    if is_frame and texts:
        text = "".join(texts) if _are_letters(texts) else " ".join(texts)
        level = _numbered_level(text)
        if len(text) <= LONGEST_TITLE and not any(date.month is not None for date in find_dates(text)):
            return "title", float(PLAIN_RANK) if level is None else level, text, -1
    if len(texts) == 1 and (dates := find_dates(texts[0])) and dates[0].start <= 1 and dates[0].month is None:
        return "title", PLAIN_RANK - 2 * ABOVE, texts[0], -1
    return "row", float(PLAIN_RANK), " ".join(texts), start


def _are_letters(texts: Sequence[str]) -> bool:
    return 2 < len(texts) <= BOX_LETTERS and all(len(text) <= 2 for text in texts)
