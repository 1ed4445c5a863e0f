"""The pages of a document together: what each page repeats is left out, and a table goes on over pages (여러 쪽)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import Final, Literal

from plans.readers.pdf.grids import Grid
from plans.readers.pdf.layout import Block
from plans.text.spelling import COVERED

MARGIN: Final = 0.12  # of the height of a page, above and below, where headers and page numbers stand
REPEATED: Final = 3  # pages that bear the same line there: a header
NUMBERED: Final = 2  # pages whose numbers count on
ALIKE: Final = 6.0  # points by which the columns of a table may move from page to page
_NUMBER: Final = re.compile(
    r"(?P<mark>[-–—~<\[(]?)\s*(?P<no>\d{1,4})\s*(?:/\s*\d{1,4}\s*)?(?P<end>[-–—~>\])]?)"
)
_EDGES: Final = re.compile(r"^\d{1,4}\s|\s\d{1,4}$")


@dataclass
class Sheet:
    """What stands on a page, what is crossed out there, all its letters, and what was left out because it repeats."""

    blocks: list[Block]
    struck: list[str]
    plain: str
    height: float
    unread: list[str] = field(default_factory=list)  # times in a drawing
    is_picture: bool = False
    repeated: list[str] = field(default_factory=list)

    def leave_out(self, block: Block) -> None:
        self.blocks.remove(block)
        self.repeated += block.lines


def without_margins(sheets: Sequence[Sheet]) -> None:
    """Takes out page numbers, and headers and footers but the first of each."""
    _leave_numbers_out(sheets)
    told = Counter(text for sheet in sheets for text in {_squeezed(block) for block in _margins(sheet)})
    seen: set[str] = set()
    for sheet in sheets:
        for block in list(_margins(sheet)):
            text = _squeezed(block)
            if text in seen and told[text] >= REPEATED:
                sheet.leave_out(block)
            seen.add(text)


def _leave_numbers_out(sheets: Sequence[Sheet]) -> None:
    """A lone number above or below all text is one where it has a line on both sides, or counts on with the pages."""
    found = [
        (index, block, match)
        for index, sheet in enumerate(sheets)
        for block in _margins(sheet)
        if (match := _NUMBER.fullmatch(block.lines[0].strip()))
    ]
    steps = Counter(int(match["no"]) - index for index, _, match in found)
    for index, block, match in found:
        if (match["mark"] and match["end"]) or steps[int(match["no"]) - index] >= NUMBERED:
            sheets[index].leave_out(block)


def _margins(sheet: Sheet) -> Iterator[Block]:
    """The lines of a page that stand at its edge, from outside inwards, up to the first that does not."""
    above, below = MARGIN * sheet.height, (1 - MARGIN) * sheet.height
    yield from takewhile(lambda block: _is_line(block) and block.bottom <= above, sheet.blocks)
    yield from takewhile(lambda block: _is_line(block) and block.top >= below, sheet.blocks[::-1])


def _is_line(block: Block) -> bool:
    return not block.rows and len(block.lines) == 1


def _squeezed(block: Block) -> str:
    """A header without the number of its page."""
    return re.sub(r"\s", "", _EDGES.sub("", block.lines[0].strip()))


def go_on(sheets: Sequence[Sheet]) -> None:
    """A table that begins a page as the one before ended has its head once, and the row that was cut is one row."""
    last: Block | None = None
    head: list[list[str]] = []
    for sheet in sheets:
        if not sheet.blocks:
            continue
        first, end = sheet.blocks[0], sheet.blocks[-1]
        if last is not None and _is_same_table(last, first):
            _join(last, first, head, sheet)
            first.goes_on = True
        if end is not first or not first.goes_on:
            head = end.rows
        if end.rows or not first.goes_on:
            last = end if end.rows else None


def _join(last: Block, first: Block, head: Sequence[Sequence[str]], sheet: Sheet) -> None:
    same = _alike_rows(head, first.rows)
    sheet.repeated += [cell for row in first.rows[:same] for cell in row]
    first.rows = first.rows[same:]
    if not same and not first.rows[0][0] and _is_open(last.grid, "below") and _is_open(first.grid, "above"):
        rest = first.rows.pop(0)
        sheet.repeated += rest
        last.rows[-1] = ["\n".join(filter(None, pair)) for pair in zip(last.rows[-1], rest, strict=True)]


def _is_open(grid: Grid | None, side: Literal["above", "below"]) -> bool:
    return grid is not None and (grid.is_open_above if side == "above" else grid.is_open_below)


def _is_same_table(last: Block, first: Block) -> bool:
    one, other = last.grid, first.grid
    if (
        one is None
        or other is None
        or len(last.rows[0]) != len(first.rows[0])
        or len(one.xs) != len(other.xs)
    ):
        return False
    return all(abs(a - b) <= ALIKE for a, b in zip(_widths(one), _widths(other), strict=True))


def _widths(grid: Grid) -> list[float]:
    return [after - before for before, after in pairwise(grid.xs)]


def _alike_rows(head: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> int:
    """How many rows repeat the head of the table; at least one row stays."""
    count = 0
    for one, other in zip(head, rows[:-1], strict=False):
        if one != other:
            break
        count += 1
    return count


def without_empty_columns(sheets: Sequence[Sheet]) -> None:
    """Leaves out the columns in which no row of a table, on whatever page, has anything."""
    tables: list[list[Block]] = []
    for block in (block for sheet in sheets for block in sheet.blocks if block.rows):
        if tables and (block.goes_on or block.grid is tables[-1][-1].grid):
            tables[-1].append(block)
        else:
            tables.append([block])
    for table in tables:
        columns = list(zip(*(row for block in table for row in block.rows), strict=True))
        used = [index for index, cells in enumerate(columns) if set(cells) - {"", COVERED}]
        for block in table:
            block.rows = [[row[index] for index in used] for row in block.rows]
