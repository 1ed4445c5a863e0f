"""What is crossed out on a page (삭제선)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from plans.readers.pdf.places import Glyph, Rule

BAND: Final = 8.0  # points: less than a line of text is high
MIDDLE: Final = (0.3, 0.7)  # how far down a character a line runs that crosses it out
SLACK: Final = 3.0  # points by which such a line may be longer or shorter than its words
CLOSING: Final = ".,·)]}」』’”'\""  # signs whose ink fills little of their place


def crossed_out(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> set[int]:
    """The places in `glyphs` of those through whose middle one thin line runs, as long as they are: no rule of a table."""
    bands: defaultdict[int, list[int]] = defaultdict(list)
    for index, glyph in enumerate(glyphs):
        bands[round(glyph.middle[1] / BAND)].append(index)
    crossed: set[int] = set()
    for rule in rules:
        band = round(rule.at / BAND)
        near = [index for at in (band - 1, band, band + 1) for index in bands.get(at, ())]
        found = [index for index in near if _crosses(rule, glyphs[index])]
        if found and _is_as_long(rule, [glyphs[index] for index in found]):
            crossed |= set(found) if not any(_is_beside(rule, other) for other in rules) else set()
    return crossed


def _crosses(rule: Rule, glyph: Glyph) -> bool:
    at = rule.at - glyph.top
    return (
        glyph.turn == 0
        and rule.start <= glyph.middle[0] <= rule.end
        and MIDDLE[0] * glyph.size <= at <= MIDDLE[1] * glyph.size
    )


def _is_as_long(rule: Rule, glyphs: Sequence[Glyph]) -> bool:
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()] or glyphs
    left, last = min(glyph.left for glyph in seen), max(seen, key=lambda glyph: glyph.right)
    beyond = rule.end - last.right
    room = max(SLACK, last.size) if last.text in CLOSING else SLACK  # its ink ends before its place does
    return abs(left - rule.start) <= SLACK and -SLACK <= beyond <= room


def _is_beside(rule: Rule, other: Rule) -> bool:
    """Whether two lines lie on each other as the edges of a shading do."""
    return 0 < abs(rule.at - other.at) <= BAND / 2 and other.start <= rule.start and rule.end <= other.end


def runs_of(glyphs: Sequence[Glyph]) -> list[str]:
    """The texts of characters that stand on one line."""
    runs: dict[int, str] = {}
    for glyph in glyphs:
        line = round(glyph.base / SLACK)
        runs[line] = runs.get(line, "") + glyph.text
    return [text.strip() for text in runs.values() if text.strip()]
