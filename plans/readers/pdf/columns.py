"""Where a page has two columns of running text, which are read one after the other (단)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final, NamedTuple

from plans.readers.pdf.lines import Line
from plans.readers.pdf.places import Box, Glyph

FEWEST: Final = 6  # lines on each side
GUTTER: Final = 10.0  # points between them
MIDDLE: Final = (0.35, 0.65)  # of the width of the text, where the gutter is
FILLED: Final = 0.7  # of its side that a line of running text fills
STEP: Final = 4.0  # points


class Zone(NamedTuple):
    """A part of a page with two columns, and where the one ends."""

    top: float
    bottom: float
    gutter: float


def zones_of(lines: Sequence[Line], glyphs: Sequence[Glyph], tables: Sequence[Box]) -> list[Zone]:
    """The parts of a page, from top to bottom, that have two columns of running text."""
    rows = _rows(lines, glyphs)
    if len(rows) < FEWEST:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    first, last = (left + share * (right - left) for share in MIDDLE)
    best: list[_Row] = []
    gutter = at = first
    while at <= last:
        for run in _runs(rows, at):
            if len(run) > len(best) and _is_running(run, at, left, right):
                best, gutter = run, at
        at += STEP
    if not best:
        return []
    zone = Zone(best[0].top, best[-1].bottom, gutter)
    return [] if any(_crosses(table, zone) for table in tables) else [zone]


class _Row(NamedTuple):
    """One height of a page: the stretches of text on it."""

    top: float
    bottom: float
    parts: list[tuple[float, float]]


def _rows(lines: Sequence[Line], glyphs: Sequence[Glyph]) -> list[_Row]:
    found = []
    seen = sorted((glyph for glyph in glyphs if not glyph.text.isspace()), key=lambda one: one.base)
    index = 0
    for line in lines:
        while index < len(seen) and seen[index].middle[1] < line.top:
            index += 1
        inside = []
        for glyph in seen[index:]:
            if glyph.top > line.bottom:
                break
            if line.top <= glyph.middle[1] <= line.bottom:
                inside.append((glyph.left, glyph.right))
        found.append(_Row(line.top, line.bottom, list(_parts(sorted(inside)))))
    return found


def _parts(stretches: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Stretches of text between which there is no gutter."""
    if not stretches:
        return
    left, right = stretches[0]
    for start, end in stretches:
        if start - right >= GUTTER:
            yield left, right
            left = start
        right = max(right, end)
    yield left, right


def _runs(rows: Sequence[_Row], at: float) -> Iterator[list[_Row]]:
    """Neighbouring rows of which none has text there."""
    run: list[_Row] = []
    for row in rows:
        if any(left - 1 < at < right + 1 for left, right in row.parts):
            yield run
            run = []
        else:
            run.append(row)
    yield run


def _is_running(run: Sequence[_Row], at: float, left: float, right: float) -> bool:
    """Whether both sides are text that runs on from line to line, and not names beside their values."""
    sides = (
        [end - start for row in run for start, end in row.parts if end < at],
        [end - start for row in run for start, end in row.parts if start > at],
    )
    widths = (at - left, right - at)
    return all(
        len(side) >= FEWEST and median(side) >= FILLED * width
        for side, width in zip(sides, widths, strict=True)
    )


def _crosses(table: Box, zone: Zone) -> bool:
    is_beside = table.bottom < zone.top or table.top > zone.bottom
    return not is_beside and table.left < zone.gutter < table.right
