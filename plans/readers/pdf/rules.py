"""The rules and shadings of a page from the shapes that are drawn on it: what is thin is a rule (선과 음영)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from plans.readers.pdf.places import Box, Drawn, Rule, around

THIN: Final = 2.5  # points: a line, no box
THICKEST: Final = 6.0  # points of a line that is much longer than that
SNAP: Final = 3.0  # points within which two rules are one, as those of a double border
GAP: Final = 3.0  # points between two dashes of one rule
SHORTEST: Final = 4.0  # points
STRIPS: Final = 5  # thin shapes that lie on each other: a shading that runs from one colour into another
TOUCH: Final = 1.0  # points between two such strips
WHOLE: Final = 0.8  # of the page, both ways: its background
EDGE: Final = 1.0  # points from the edge of the page
INSET: Final = 5.0  # points between the side of a ground and the lines upon it
LONG: Final = 4  # times as long as thick


class Shape(NamedTuple):
    """A stretch of a stroked line, a filled box, or another filled figure."""

    box: Box
    kind: Literal["line", "fill", "figure"]
    is_white: bool


def drawn_of(shapes: list[Shape], pictures: list[Box], untold: list[Box], size: tuple[float, float]) -> Drawn:
    """Rules joined, shadings apart; what is not seen, and the background of the page, are left out."""
    seen = [one for one in shapes if one.kind == "line" or not (one.is_white or _is_ground(one.box, size))]
    straight = [one for one in seen if one.kind != "figure"]
    across, strips = _thin([one for one in straight if _is_level(one)])
    down, pillars = _thin([_turned(one) for one in straight if _is_upright(one)])
    shades = [one.box for one in seen if one.kind == "fill" and _is_box(one.box)]
    shades += [*strips, *(_swapped(box) for box in pillars)]
    lines = joined(across)
    for box in [one for one in shades if not _is_panel(one, lines)]:
        across += [Rule(box.top, box.left, box.right), Rule(box.bottom, box.left, box.right)]
        down += [Rule(box.left, box.top, box.bottom), Rule(box.right, box.top, box.bottom)]
    bars = [one.box for one in seen if one.kind == "figure" or (one.kind == "line" and _is_bar(one.box))]
    return Drawn(joined(across), joined(down), shades, bars, pictures, untold)


def _is_ground(box: Box, size: tuple[float, float]) -> bool:
    """Whether it is the background of a page, or a band from one of its edges to the other."""
    is_whole = box.width >= WHOLE * size[0] and box.height >= WHOLE * size[1]
    return is_whole or (box.left <= EDGE and box.right >= size[0] - EDGE)


def _is_panel(box: Box, lines: Sequence[Rule]) -> bool:
    """Whether it is the ground on which a table stands: all lines across it end before its sides."""
    inside = [
        line for line in lines if box.top + INSET < line.at < box.bottom - INSET and _reaches(line, box)
    ]
    return len(inside) > 1 and all(
        line.start > box.left + INSET and line.end < box.right - INSET for line in inside
    )


def _reaches(line: Rule, box: Box) -> bool:
    return line.start < box.right and line.end > box.left


def _is_level(shape: Shape) -> bool:
    box = shape.box
    most = THIN if shape.kind == "fill" or box.width < LONG * box.height else THICKEST
    return box.height <= most and box.width > box.height


def _is_upright(shape: Shape) -> bool:
    return _is_level(_turned(shape))


def _is_box(box: Box) -> bool:
    return box.width > THIN and box.height > THIN


def _is_bar(box: Box) -> bool:
    return THIN < box.height < box.width


def _turned(shape: Shape) -> Shape:
    return shape._replace(box=_swapped(shape.box))


def _swapped(box: Box) -> Box:
    return Box(box.top, box.left, box.bottom, box.right)


def _thin(shapes: Iterable[Shape]) -> tuple[list[Rule], list[Box]]:
    """Level shapes as rules; filled ones of one length that lie on each other as the boxes that they make up."""
    rules: list[Rule] = []
    strips: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
    for box, kind, _ in shapes:
        if kind == "fill":
            strips[round(box.left), round(box.right)].append(box)
        else:
            rules.append(_rule(box))
    shades: list[Box] = []
    for same in strips.values():
        for stack in _stacks(same):
            if len(stack) >= STRIPS:
                shades.append(around(stack))
            else:
                rules += [_rule(box) for box in stack]
    return rules, shades


def _rule(box: Box) -> Rule:
    half = min(box.height / 2, 1.0)  # the ends of a stroke reach so far beyond its points
    return Rule((box.top + box.bottom) / 2, box.left + half, box.right - half)


def _stacks(boxes: list[Box]) -> Iterator[list[Box]]:
    stack: list[Box] = []
    for box in sorted(boxes, key=lambda one: one.top):
        if stack and box.top - stack[-1].bottom > TOUCH:
            yield stack
            stack = []
        stack.append(box)
    yield stack


def joined(rules: list[Rule]) -> list[Rule]:
    """Those on one height that touch as one; what stays a dot is none."""
    found: list[Rule] = []
    for level in _levels(sorted(rules)):
        at = sum(one.at * one.length for one in level) / max(sum(one.length for one in level), 0.001)
        ordered = sorted(level, key=lambda rule: rule.start)
        start, end = ordered[0].start, ordered[0].end
        for one in ordered:
            if one.start > end + GAP:
                found.append(Rule(at, start, end))
                start, end = one.start, one.end
            end = max(end, one.end)
        found.append(Rule(at, start, end))
    return [one for one in found if one.length >= SHORTEST]


def _levels(rules: list[Rule]) -> Iterator[list[Rule]]:
    """Rules by height, those within SNAP of the first together."""
    level: list[Rule] = []
    for one in rules:
        if level and one.at - level[0].at > SNAP:
            yield level
            level = []
        level.append(one)
    if level:
        yield level
