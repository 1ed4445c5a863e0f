"""One page in reading order: tables as rows, frames and columns as blocks, the rest as lines (쪽의 짜임)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from plans.readers.form import spread
from plans.readers.pdf.columns import Zone, zones_of
from plans.readers.pdf.grids import Grid
from plans.readers.pdf.lines import Line, lines_of
from plans.readers.pdf.places import Box, Glyph

SLACK: Final = 2.0  # points by which a table may reach over the one in which it stands
_MARK: Final = re.compile(r"[0-9\uac00-\ud558Ⅰ-Ⅻⅰ-ⅻA-Za-z①-⑳❶-❿]{1,2}[.)]?|[□■○●◇◆▣◈]")
"""What numbers a title that stands in a box of its own beside it."""

Rows = list[list[str]]


@dataclass
class Block:
    """What stands together: a line, or the rows of a table with the grid from which they come, a cell a column."""

    top: float
    bottom: float
    lines: list[str] = field(default_factory=list)
    rows: Rows = field(default_factory=list)
    grid: Grid | None = None
    goes_on: bool = False  # the table before it


def blocks_of(glyphs: Sequence[Glyph], grids: Sequence[Grid]) -> list[Block]:
    """The blocks of a page, or of a frame on it, in the order in which they are read."""
    outer, inner = _tops(grids), _inner(grids)
    held: defaultdict[int, list[Glyph]] = defaultdict(list)
    rest: list[Glyph] = []
    boxes = sorted(((grid.box.width * grid.box.height, index) for index, grid in enumerate(outer)))
    for glyph in glyphs:
        middle = glyph.middle
        at = next((index for _, index in boxes if outer[index].box.holds(*middle)), None)
        (rest if at is None else held[at]).append(glyph)
    found: list[tuple[Box, list[Block]]] = []
    for index, grid in enumerate(outer):
        if not held[index]:
            continue
        made = _block(grid, held[index], inner[id(grid)])
        if made is None:
            rest += held[index]
        else:
            found.append((grid.box, made))
    lines = lines_of(rest)
    zones = zones_of(lines, rest, [box for box, _ in found])
    found += [
        (Box(*line[1:5]), [Block(line.top, line.bottom, [line.text])])
        for line in _by_zone(lines, rest, zones)
    ]
    return [block for _, blocks in sorted(found, key=lambda one: _order(one[0], zones)) for block in blocks]


def _order(box: Box, zones: Sequence[Zone]) -> tuple[float, int, float]:
    """By height, but column after column where a part of the page has two."""
    for zone in zones:
        if zone.top <= box.middle[1] <= zone.bottom:
            return zone.top, int(box.middle[0] > zone.gutter), box.top
    return box.top, 0, box.left


def _by_zone(lines: Sequence[Line], glyphs: Sequence[Glyph], zones: Sequence[Zone]) -> Sequence[Line]:
    """The lines anew where two columns stand beside each other."""
    if not zones:
        return lines
    parts: defaultdict[tuple[int, bool], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        x, y = glyph.middle
        number = next((index for index, zone in enumerate(zones) if zone.top <= y <= zone.bottom), -1)
        parts[number, number >= 0 and x > zones[number].gutter].append(glyph)
    return [line for part in parts.values() for line in lines_of(part)]


def _tops(grids: Sequence[Grid]) -> list[Grid]:
    """Those that stand in no other; they come with the largest first."""
    found: list[Grid] = []
    for grid in grids:
        if not any(one.box.surrounds(grid.box, SLACK) for one in found):
            found.append(grid)
    return found


def _inner(grids: Sequence[Grid]) -> dict[int, list[Grid]]:
    """Of each of them, those within."""
    return {
        id(outer): [grid for grid in grids if grid is not outer and outer.box.surrounds(grid.box, SLACK)]
        for outer in _tops(grids)
    }


def _block(grid: Grid, glyphs: Sequence[Glyph], inner: Sequence[Grid]) -> list[Block] | None:
    """The rows of a table, or what stands in a frame; None where it is only a box around words of a line."""
    cells: defaultdict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        cells[grid.cell_at(*glyph.middle)].append(glyph)
    texts = {place: text for place, held in cells.items() if (text := _cell_text(held))}
    rows = {
        row: [texts.get((row, column), "") for column in range(grid.columns)]
        for row in sorted({row for row, _ in texts})
    }
    if all(sum(map(bool, row)) <= 1 for row in rows.values()):
        return _framed(glyphs, inner)
    if len(rows) == 1 and (line := _titled(*rows.values())):
        return [Block(grid.box.top, grid.box.bottom, [line])]
    return list(_parts(grid, cells, rows, inner))


def _parts(
    grid: Grid,
    cells: Mapping[tuple[int, int], Sequence[Glyph]],
    rows: Mapping[int, list[str]],
    inner: Sequence[Grid],
) -> Iterator[Block]:
    """The table, which is broken where a row holds one long text over its whole width or another table."""
    found: Rows = []
    for number, row in rows.items():
        places = sorted(place for place in cells if place[0] == number)
        nested = {place: _nested(grid, place, inner) for place in places}
        is_text = sum(map(bool, row)) == 1 and "\n" in "".join(row) and grid.is_whole(number)
        if not is_text and not any(nested.values()):
            found.append(spread(row, grid.reaches(number)))
            continue
        if found:
            yield Block(grid.box.top, grid.ys[number], rows=found, grid=grid)
            found = []
        for place in places:
            yield from blocks_of(cells[place], nested[place])
    if found:
        yield Block(grid.box.top, grid.box.bottom, rows=found, grid=grid)


def _nested(grid: Grid, place: tuple[int, int], inner: Sequence[Grid]) -> list[Grid]:
    """The tables within a cell."""
    return [one for one in inner if grid.cell_at(*one.box.middle) == place and one.is_table]


def _framed(glyphs: Sequence[Glyph], inner: Sequence[Grid]) -> list[Block] | None:
    found = blocks_of(glyphs, inner)
    if len(found) <= 1 and not any(block.rows for block in found):
        return None
    return found


def _titled(row: Sequence[str]) -> str:
    """A title whose number stands in a cell of its own, as one line."""
    words = [text for text in row if text]
    is_title = _MARK.fullmatch(words[0]) and len(words) == 2 and "\n" not in words[1]
    return " ".join(words) if is_title else ""


def _cell_text(glyphs: Iterable[Glyph]) -> str:
    """The lines of a cell; letters that stand below each other are one word."""
    lines = [line.text for line in lines_of(list(glyphs))]
    if len(lines) > 1 and all(len(line) == 1 for line in lines):
        return "".join(lines)
    return "\n".join(lines)
