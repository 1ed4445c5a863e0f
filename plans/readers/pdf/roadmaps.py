"""Whether times are drawn on a page: bars under a row of months, boxes in a row with a time each (로드맵, 간트 차트).

They are not read, since a bar's ends say a time by their place alone; but nobody may take them for read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from plans.readers.pdf.grids import Grid
from plans.readers.pdf.lines import parts_of, rows_of, text_of
from plans.readers.pdf.places import Box, Drawn, Glyph
from plans.time.scan import is_only_time

FEWEST: Final = 3  # times beside each other
COUNTED: Final = 6  # numbers that count on from 1, as months do
NEAR: Final = 70.0  # points between a time and the box to which it belongs
LOWEST: Final = 700.0  # points below the times where a bar may still belong to them
THICK: Final = (2.5, 40.0)  # points: a bar
LONG: Final = 6.0  # points
_TIME: Final = re.compile(
    r"[(<\[]?(?:[1-4]\ubd84\uae30|[\uc0c1\ud558]\ubc18\uae30|(?:19|20)\d\d\ub144?|['’‘´ˊ`]\d\d\ub144?\.?|[1-4]\s?/\s?4(?:\ubd84\uae30)?|Q[1-4]|\d{1,2}\uc6d4)[)>\]]?"
)
_YEARS: Final = re.compile(r"[(<\[]?['’‘´ˊ`]\d\d[\d\s.~∼～\-–'’‘´ˊ`上下]*[)>\]]?")


class Axis(NamedTuple):
    """Times that stand beside each other; a scale names months, quarters or years, and no days."""

    text: str
    box: Box
    middles: list[float]
    is_scale: bool


def drawn_times(glyphs: Sequence[Glyph], drawn: Drawn, grids: Sequence[Grid]) -> list[str]:
    """The rows of times under or over which a schedule is drawn."""
    shapes = [*drawn.shades, *drawn.bars]
    if not shapes and sum(not grid.is_table for grid in grids) < FEWEST:
        return []
    return [
        axis.text
        for axis in _axes([glyph for glyph in glyphs if glyph.turn == 0])
        if (axis.is_scale and _has_bars(axis, shapes, glyphs)) or _has_boxes(axis, grids, shapes)
    ]


def _axes(glyphs: Sequence[Glyph]) -> Iterator[Axis]:
    for row in rows_of(glyphs):
        times: list[tuple[str, Box]] = []
        for part in parts_of(row):
            words = text_of(part)
            if is_only_time(words) or words.isdecimal() or _TIME.fullmatch(words) or _YEARS.fullmatch(words):
                times.append((words, _around(part)))
        texts = [text for text, _ in times]
        numbers = [int(text) for text in texts if text.isdecimal() and len(text) <= 2]
        is_counted = len(numbers) >= COUNTED and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        if is_counted or len(texts) - len(numbers) >= FEWEST:
            boxes = [box for _, box in times]
            is_scale = is_counted or sum(_TIME.fullmatch(text) is not None for text in texts) >= FEWEST
            yield Axis(" ".join(texts), _outline(boxes), [box.middle[0] for box in boxes], is_scale)


def _around(glyphs: Sequence[Glyph]) -> Box:
    return _outline([Box(*glyph[1:5]) for glyph in glyphs])


def _outline(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _has_bars(axis: Axis, shapes: Sequence[Box], glyphs: Sequence[Glyph]) -> bool:
    """Whether filled shapes without text stand below the times and do not reach beyond them, as rows of a table do."""
    step = axis.box.width / max(len(axis.middles) - 1, 1)
    bars = [
        box
        for box in shapes
        if axis.box.bottom < box.middle[1] < axis.box.bottom + LOWEST
        and axis.box.left - step <= box.left
        and box.right <= axis.box.right + step
        and THICK[0] <= box.height <= THICK[1]
        and box.width >= LONG
    ]
    return any(not any(box.holds(*glyph.middle) for glyph in glyphs) for box in bars)


def _has_boxes(axis: Axis, grids: Sequence[Grid], shapes: Sequence[Box]) -> bool:
    """Whether the times stand in no table, each at a box of its own."""
    y = axis.box.middle[1]
    if any(
        grid.box.holds(*axis.box.middle) and len({grid.cell_at(x, y) for x in axis.middles}) >= FEWEST
        for grid in grids
    ):
        return False
    boxes = [*(grid.box for grid in grids), *shapes]
    return sum(any(_is_at(x, axis, box) for box in boxes) for x in axis.middles) >= FEWEST


def _is_at(x: float, axis: Axis, box: Box) -> bool:
    distance = max(box.top - axis.box.bottom, axis.box.top - box.bottom)
    return box.left <= x <= box.right and distance <= NEAR and LONG <= box.width < axis.box.width
