"""A chart's place on a sheet: from what is counted to pixels, headings, and the marks along an axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reports.drawing.sheet import INK, Sheet

SMALL: Final = 8.0  # points of what stands along an axis
LINE: Final = 0.8  # points
STEPS: Final = (1, 2, 5)  # of each power of ten, between the marks of an axis
Span = tuple[float, float]


@dataclass(frozen=True)
class Panel:
    """Edges in pixels; `across` and `up`: what is counted from left to right and from below to above."""

    sheet: Sheet
    left: float
    top: float
    right: float
    bottom: float
    across: Span
    up: Span

    def x(self, value: float) -> float:
        return self.left + (value - self.across[0]) / (self.across[1] - self.across[0]) * (
            self.right - self.left
        )

    def y(self, value: float) -> float:
        return self.bottom - (value - self.up[0]) / (self.up[1] - self.up[0]) * (self.bottom - self.top)

    def bar(self, x: Span, y: Span, color: str) -> None:
        """A rectangle from x to x and from y to y."""
        self.sheet.box(self.x(x[0]), self.y(y[1]), self.x(x[1]), self.y(y[0]), color)

    def frame(self, *, has_side: bool) -> None:
        """The line below, and that on the left."""
        self.sheet.across(self.left, self.right, self.bottom, INK, LINE)
        if has_side:
            self.sheet.down(self.left, self.top, self.bottom, INK, LINE)

    def below(self, marks: Sequence[tuple[float, str]], tick: float) -> None:
        """Words below the chart, with small lines of so many points."""
        length = self.sheet.points(tick)
        for value, text in marks:
            if length:
                self.sheet.down(self.x(value), self.bottom, self.bottom + length, INK, LINE)
            self.sheet.words((self.x(value), self.bottom + length + self.sheet.points(5)), text, SMALL, "ma")

    def beside(self, marks: Sequence[tuple[float, str]], tick: float) -> None:
        """The same on its left."""
        length = self.sheet.points(tick)
        for value, text in marks:
            if length:
                self.sheet.across(self.left - length, self.left, self.y(value), INK, LINE)
            self.sheet.words((self.left - length - self.sheet.points(3), self.y(value)), text, SMALL, "rm")


def step_of(most: float, count: int) -> int:
    """The smallest step of 1, 2, 5, 10, 20, … by which `most` is reached in so many."""
    power = 1
    while True:
        for one in STEPS:
            if one * power * count >= most:
                return one * power
        power *= 10


def marks(first: float, last: float, count: int) -> list[tuple[float, str]]:
    """Whole numbers to stand along an axis, about so many."""
    step = step_of(last - first, count)
    start = -(-int(first // 1) // step) * step
    return [(one, f"{one:,}") for one in range(start, int(last) + 1, step) if one >= first]
