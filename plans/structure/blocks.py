"""Lines -> a tree of titles, items, notes, table rows and plain text, built once for the whole document (블록).

What a line is comes from its shape (marks, numbers, length, what stands around it), never from its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Literal

from plans.entries.phrase import is_year_only, whole
from plans.structure.numbering import Numbered, is_bare_year, is_page_number, numbered_lines, value_of
from plans.text.lines import PLAIN_RANK, Line
from plans.text.rows import parts_rows
from plans.text.spelling import one_line, squeeze
from plans.time.scan import find_dates
from plans.time.timeline import Context

Kind = Literal["title", "item", "note", "row", "text"]

_APPENDIX: Final = re.compile(
    r"^(?:부\s?록|붙\s?임|별\s?첨|별\s?지|참\s?고)(?:\s?자\s?료)?\s*\d{0,2}\s*(?:[.:)]|\s|$)"
)
_SCHEDULE: Final = re.compile(r"(?:일정표?|로드맵)$")
APPENDIX_LEVEL: Final = -60.0
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
ANY_YEAR: Final = Context(2000)  # only whether a line is a time is asked
LEAST_DATED: Final = 5  # bullets of an appendix that is the plan itself
MOSTLY: Final = 0.5
LEAST_BELOW: Final = 2  # lines of a paragraph below its title


@dataclass(frozen=True)
class Block:
    """One line in the tree; `parent` is the index of the line it stands under (-1: none), `rows` the table's first."""

    index: int
    kind: Kind
    level: float
    parent: int
    text: str
    table: int = -1
    number: Numbered | None = None
    is_appendix: bool = False


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

    @cached_property
    def width(self) -> int:
        """Letters of the longest line that is no row of a table: those that the edge of a page broke are about as long."""
        return max((len(one.text) for one in self.blocks if one is not None and one.kind != "row"), default=0)

    def heads(self, index: int) -> bool:
        """Whether something stands under a line."""
        return index in self._parents

    @cached_property
    def _parents(self) -> frozenset[int]:
        return frozenset(block.parent for block in self.blocks if block is not None)

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
    blocks: list[Block | None] = []
    stack = _Stack()
    for shape in _shapes(lines):
        blocks.append(None if shape is None else stack.placed(shape))
    return Tree(tuple(blocks))


@dataclass
class _Stack:
    """The titles and items that the next line may stand under, and those that an appendix has interrupted."""

    open: list[Block] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)  # style of a number -> its last value
    interrupted: list[Block] = field(default_factory=list)

    def placed(self, shape: Block) -> Block:
        """The block with its parent; a title or an item is open from now on."""
        is_heading = shape.kind in ("title", "item")
        if shape.is_appendix:
            self.interrupted = list(self.open)
        if shape.number is not None and shape.number.no:
            self._count(shape.number)
        if is_heading:
            while self.open and self.open[-1].level >= shape.level:
                self.open.pop()
        parent = next((block.index for block in reversed(self.open) if block.level < shape.level), -1)
        block = replace(shape, parent=parent)
        self.open += [block] if is_heading else []
        return block

    def _count(self, number: Numbered) -> None:
        """A number that goes on from before an appendix ends the appendix."""
        value = value_of(number.no)
        is_in_appendix = any(block.is_appendix for block in self.open)
        if is_in_appendix and value > 1 and self.last.get(number.style) == value - 1:
            self.open = self.interrupted
        if not is_in_appendix or self.open is self.interrupted:
            self.last[number.style] = value


def _shapes(lines: Sequence[Line]) -> list[Block | None]:
    """What each line is and how deep; titles without a mark stand just above what follows them."""
    repeats = Counter(squeeze(line.text) for line in lines if not line.is_blank)
    tables, numbers = _tables(lines), numbered_lines(lines)
    shapes = [_shape(lines, index, tables, numbers.get(index), repeats) for index in range(len(lines))]
    for index in _main_appendices(lines, shapes):
        shape = shapes[index]
        shapes[index] = replace(shape, is_appendix=False) if shape is not None else None
    below = marked = float(PLAIN_RANK)
    for index in range(len(shapes) - 1, -1, -1):
        shape = shapes[index]
        if shape is None:
            continue
        if shape.kind == "title" and shape.level == PLAIN_RANK:
            is_year = is_bare_year(lines[index]) or is_year_title(shape.text)
            shape = shapes[index] = replace(shape, level=min(below, marked if is_year else below) - ABOVE)
            marked = float(PLAIN_RANK) if is_year else marked
        elif shape.kind == "item":
            marked = shape.level
        if shape.kind != "note":
            below = shape.level
    return shapes


def _main_appendices(lines: Sequence[Line], shapes: Sequence[Block | None]) -> list[int]:
    """The appendices in which most of the dated bullets stand: what is attached (추진과제 상세) is the plan itself."""
    starts = [index for index, shape in enumerate(shapes) if shape is not None and shape.is_appendix]
    if not starts:
        return []
    dated = [_dated_pieces(line) for line in lines]
    return [
        start
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
        if sum(dated[start:end])
        >= max(LEAST_DATED, 0 if _is_schedule(shapes[start]) else MOSTLY * sum(dated))
    ]


def names_appendix(text: str) -> bool:
    """Whether a title begins as those of appendices do, whether it is one or the plan itself."""
    return bool(_APPENDIX.match(text))


def _is_schedule(shape: Block | None) -> bool:
    return shape is not None and bool(_SCHEDULE.search(shape.text))


def _dated_pieces(line: Line) -> int:
    """How many bullets or cells of a line have a date."""
    if line.cells:
        return sum(any(date.month for date in find_dates(cell)) for cell in line.cells)
    return int(bool(line.marks) and not line.is_note and bool(find_dates(line.body)))


def is_year_title(text: str) -> bool:
    """Whether a title is only a year: it heads the bullets behind the next line as well as that line."""
    dates = find_dates(text)
    return len(dates) == 1 and dates[0].month is None and len(text) - (dates[0].end - dates[0].start) <= 1


def _shape(
    lines: Sequence[Line],
    index: int,
    tables: dict[int, tuple[int, int]],
    number: Numbered | None,
    repeats: Counter[str],
) -> Block | None:
    line = lines[index]
    if line.is_blank or (number is None and is_page_number(line)):
        return None
    body = " ".join(text for text in map(one_line, line.cells) if text) if line.cells else one_line(line.body)
    if is_bare_year(line):
        return Block(index, "title", float(PLAIN_RANK), -1, f"{body}년")
    if number is not None:
        return Block(index, "title" if number.level < 0 else "item", number.level, -1, body, number=number)
    if line.cells:
        return _row_shape(lines, index, tables)
    if line.is_note:
        return Block(index, "note", float(line.rank), -1, body)
    if line.marks:
        return Block(index, "item", float(line.rank), -1, body)
    if line.title_in_brackets is not None:
        return Block(index, "title", float(PLAIN_RANK), -1, body)
    if line.is_contact:
        return Block(index, "text", float(PLAIN_RANK), -1, body)
    if _APPENDIX.match(body) and len(body) <= LONGEST_TITLE:
        return Block(index, "title", APPENDIX_LEVEL, -1, body, is_appendix=True)
    if repeats[squeeze(line.text)] < MOST_REPEATS and _is_title(lines, index):
        return Block(index, "title", float(PLAIN_RANK), -1, body)
    return Block(index, "text", float(PLAIN_RANK), -1, body)


def _is_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a plain line heads what follows: short, no value, no sentence, no time but a year, no rest of a line."""
    body = lines[index].body
    if len(body) > LONGEST_TITLE or _SENTENCE_END.search(body) or _VALUE.search(body):
        return False
    dates = find_dates(body)
    if any(date.month is not None for date in dates):
        return False
    above = lines[index - 1] if index else None
    if dates and not is_year_title(body) and _is_beside_times(lines, index):
        return False  # what happens at the time above or below it, whatever year it is about
    if (dates and dates[0].start <= 1) or _BOXED.match(body):
        return True
    if above is None or above.is_blank:
        return _heads_something(lines, index) or _heads_paragraph(lines, index)
    is_rest = not above.cells and len(above.body) >= FULL_LINE
    return not is_rest and _heads_something(lines, index)


def _is_beside_times(lines: Sequence[Line], index: int) -> bool:
    """Whether a plain line goes on a list of times: right below a bullet that is one, or between two of them."""
    above = lines[index - 1] if index else None
    if above is None or not _is_time(above):
        return False
    return bool(above.marks) or (index + 1 < len(lines) and _is_time(lines[index + 1]))


def _is_time(line: Line) -> bool:
    found = None if line.cells or not find_dates(line.body) else whole(one_line(line.body), ANY_YEAR)
    return found is not None and bool(found.windows) and not is_year_only(found)


def _heads_paragraph(lines: Sequence[Line], index: int) -> bool:
    """Whether a plain line is the first of several with a blank one above it."""
    below = lines[index + 1 : index + 1 + LEAST_BELOW]
    return len(below) == LEAST_BELOW and not any(line.is_blank or line.cells for line in below)


def _heads_something(lines: Sequence[Line], index: int) -> bool:
    """Whether a bullet or a table follows."""
    below = next((line for line in lines[index + 1 : index + 4] if not line.is_blank), None)
    return below is not None and bool(below.marks or below.cells or below.title_in_brackets)


def _tables(lines: Sequence[Line]) -> dict[int, tuple[int, int]]:
    """For each table row the first and last index of its table."""
    found: dict[int, tuple[int, int]] = {}
    start = 0
    for index in range(len(lines) + 1):
        is_row = index < len(lines) and (bool(lines[index].cells) or parts_rows(lines, index))
        if not is_row:
            found |= dict.fromkeys(range(start, index), (start, index))
            start = index + 1
    return found


def _row_shape(lines: Sequence[Line], index: int, tables: dict[int, tuple[int, int]]) -> Block:
    """A row of a table; a frame around a heading, or a row across the table that names a year, is a title."""
    start, end = tables[index]
    texts = [one_line(text) for text in lines[index].cells if text.strip()]
    is_frame = end - start <= BOX_ROWS and (len(texts) <= BOX_CELLS or _are_letters(texts))
    if is_frame and texts:
        text = "".join(texts) if _are_letters(texts) else " ".join(texts)
        if len(text) <= LONGEST_TITLE and not any(date.month is not None for date in find_dates(text)):
            is_appendix = bool(_APPENDIX.match(text))
            level = APPENDIX_LEVEL if is_appendix else float(PLAIN_RANK)
            return Block(index, "title", level, -1, text, is_appendix=is_appendix)
    if len(texts) == 1 and (dates := find_dates(texts[0])) and dates[0].start <= 1 and dates[0].month is None:
        return Block(index, "title", PLAIN_RANK - 2 * ABOVE, -1, texts[0])
    return Block(index, "row", float(PLAIN_RANK), -1, " ".join(texts), start)


def _are_letters(texts: Sequence[str]) -> bool:
    return 2 < len(texts) <= BOX_LETTERS and all(len(text) <= 2 for text in texts)
