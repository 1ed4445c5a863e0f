"""Characters as lines of text: which stand on one line, where a word ends, which come first (줄)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isclose
from statistics import median
from typing import Final, NamedTuple
from unicodedata import combining

from plans.readers.pdf.places import Glyph

OVERLAP: Final = 0.5  # of the smaller of two characters' heights: they stand on one line
BESIDE: Final = 1.5  # times the height: so far may words of one line be apart that stand not equally high
CORE: Final = 0.2  # of a character's width, to each side of its middle, that no other may cover
INFINITE: Final = float("inf")
SAME: Final = 1.0  # points between two that stand equally high
WORD_GAP: Final = 0.22  # of a character's height: the next begins another word
APART_GAP: Final = 0.1  # the same where the file lets suppose a space
CLOSING: Final = frozenset(",.)]}%」』’”〉》】")  # before them nobody leaves a space but by writing it
TALL: Final = 8.0  # points: about a line
TWICE: Final = 0.1  # of a character's height within which the same one again is false bold
SPACED: Final = 4  # letters of a line that tell how far apart they are drawn
ALIKE: Final = 0.05  # of the height by which two letters of one word may differ
EVEN: Final = 1.5  # times the usual distance between such letters: another word begins
_WIDE: Final = re.compile(
    r"((?:19|20)\d\d\ub144?)?(?:(?<=[\ub144\d])([\uac00-\ud7a3]*)|([\uac00-\ud7a3]{4,}))"
)
"""A word or a year, written with wide spacing."""


class Line(NamedTuple):
    """Text with its place."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines from top to bottom; text that runs down or up is a line of its own each."""
    turned: defaultdict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        turned[glyph.turn].append(glyph)
    found = [
        _line([_level(glyph) for glyph in row], row)
        for turn in sorted(turned)
        for row in (rows_of(turned[turn]) if turn == 0 else _turned_rows(turned[turn]))
    ]
    return sorted((line for line in found if line.text), key=lambda line: line.top)


def _turned_rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    back = {_level(glyph): glyph for glyph in glyphs}
    for row in rows_of(list(back)):
        yield [back[one] for one in row]


def _level(glyph: Glyph) -> Glyph:
    """The character as it stands when its line is turned to run to the right."""
    text, left, top, right, bottom, base, turn, is_apart = glyph
    if turn == 0:
        return glyph
    if turn == 1:
        return Glyph(text, top, -right, bottom, -left, -base, 0, is_apart)
    if turn == 2:
        return Glyph(text, -right, -bottom, -left, -top, -base, 0, is_apart)
    return Glyph(text, -bottom, left, -top, right, base, 0, is_apart)


def rows_of(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The characters that stand on one line, line by line."""
    row: list[Glyph] = []
    bottom = 0.0
    for level in _levels(glyphs):
        if row and (bottom <= min([one.top for one in level]) or not _is_one_line(row, level)):
            yield row
            row, bottom = [], 0.0
        row += level
        bottom = max(bottom, *[one.bottom for one in level])
    if row:
        yield row


def _levels(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Those whose lines stand equally high."""
    level: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: one.base):
        if level and glyph.base - level[0].base > SAME:
            yield level
            level = []
        level.append(glyph)
    if level:
        yield level


def _largest(row: Sequence[Glyph]) -> Glyph:
    return max([one for one in row if not one.text.isspace()] or row, key=lambda one: one.bottom - one.top)


def _is_one_line(row: Sequence[Glyph], level: Sequence[Glyph]) -> bool:
    """Whether characters that stand a little lower belong to a line, as words beside raised or smaller ones do."""
    one, other = _largest(row), _largest(level)
    smaller = min(one.size, other.size)
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    if overlap < OVERLAP * smaller:
        return False
    gap = _gap(row, level)
    return gap is not None and gap <= BESIDE * smaller


def _gap(row: Sequence[Glyph], level: Sequence[Glyph]) -> float | None:
    """Points across between the nearest of two groups; None where some of them stand above each other."""
    seen = sorted(
        (one.left, one.right, side)
        for side, part in enumerate((row, level))
        for one in part
        if not one.text.isspace() and not combining(one.text)
    )
    nearest = 0.0 if len({side for *_, side in seen}) < 2 else INFINITE
    for (left, right, side), (after, end, other) in pairwise(seen):
        if side == other:
            continue
        core, next_core = (left + right) / 2 + CORE * (right - left), (after + end) / 2 - CORE * (end - after)
        if core > next_core:
            return None
        nearest = min(nearest, after - right)
    return nearest


def _line(row: Sequence[Glyph], shown: Sequence[Glyph]) -> Line:
    return Line(
        text_of(row),
        min(one.left for one in shown),
        min(one.top for one in shown),
        max(one.right for one in shown),
        max(one.bottom for one in shown),
        median(one.size for one in row),
    )


def text_of(row: Sequence[Glyph]) -> str:
    """The words of a line, from left to right."""
    words: list[list[Glyph]] = []
    is_new = True
    ordered = sorted(row, key=lambda one: one.left)
    usual = _usual_gap(ordered)
    for glyph in ordered:
        if glyph.text.isspace():
            is_new = True
            continue
        before = words[-1][-1] if words else None
        if before is None or is_new or _is_apart(before, glyph, usual):
            words.append([])
        words[-1].append(glyph)
        is_new = False
    return " ".join(_closed_up(words))


def parts_of(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The stretches of a line between which there is more room than between words."""
    part: list[Glyph] = []
    for glyph in sorted((one for one in row if not one.text.isspace()), key=lambda one: one.left):
        if part and glyph.left - part[-1].right > glyph.size:
            yield part
            part = []
        part.append(glyph)
    if part:
        yield part


def _usual_gap(row: Sequence[Glyph]) -> float:
    """Points between its letters where all of them are drawn wide and none is a space; 0 for most lines."""
    if any(glyph.text.isspace() for glyph in row):
        return 0.0
    pairs = pairwise(row)
    gaps = [two.left - one.right for one, two in pairs]
    return max(0.0, median(gaps)) if len(gaps) >= SPACED else 0.0


def _is_apart(before: Glyph, glyph: Glyph, usual: float) -> bool:
    if glyph.text in CLOSING:
        return False
    gap = APART_GAP if glyph.is_apart else WORD_GAP
    return glyph.left - before.right > max(gap * min(glyph.size, before.size), EVEN * usual)


def _closed_up(words: list[list[Glyph]]) -> Iterator[str]:
    """The words, and those whose letters stand apart (`2 0 2 5`, `추 진 계 획`) without their spaces."""
    if sum(len(word) == 1 for word in words) < SPACED:
        yield from ("".join([glyph.text for glyph in word]) for word in words)
        return
    run: list[Glyph] = []
    for word in [*words, []]:
        if len(word) == 1 and (not run or isclose(word[0].size, run[-1].size, rel_tol=ALIKE)):
            run.append(word[0])
            continue
        yield from _run(run)
        run = word if len(word) == 1 else []
        if len(word) > 1:
            yield "".join(glyph.text for glyph in word)


def _run(run: list[Glyph]) -> Iterator[str]:
    """Single letters in a row: words of their own, or one that is written wide."""
    apart = [after.left - before.left for before, after in pairwise(run)]
    words = [""]
    for glyph, gap in zip(run, [0.0, *apart], strict=False):
        if words[-1] and gap > EVEN * median(apart):
            words.append("")
        words[-1] += glyph.text
    for word in words if run else ():
        found = _WIDE.fullmatch(word)
        yield " ".join(filter(None, found.groups())) if found else " ".join(word)


def once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Without those that are drawn twice, a little aside, to look bold. Letters in one place are those of a ligature."""
    kept: list[Glyph] = []
    seen: defaultdict[tuple[str, int], list[Glyph]] = defaultdict(list)
    before, is_kept = None, True
    for glyph in glyphs:
        if before is None or glyph[1:3] != before[1:3]:
            is_kept = not any(_is_twice(glyph, one) for key in _near(glyph) for one in seen.get(key, ()))
        before = glyph
        if is_kept:
            kept.append(glyph)
            if not glyph.text.isspace():
                seen[glyph.text, int(glyph.top // TALL)].append(glyph)
    return kept


def _near(glyph: Glyph) -> Iterator[tuple[str, int]]:
    row = int(glyph.top // TALL)
    yield from ((glyph.text, at) for at in (row - 1, row, row + 1))


def _is_twice(one: Glyph, other: Glyph) -> bool:
    near = TWICE * (one.bottom - one.top)
    return abs(one.left - other.left) <= near and abs(one.top - other.top) <= near
