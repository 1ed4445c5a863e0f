"""What a page consists of, in points from its upper left corner as it is shown (자리)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Box(NamedTuple):
    """A place on a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def touches(self, other: Glyph) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def surrounds(self, other: Box, slack: float) -> bool:
        """Whether the other lies in it, but for so many points."""
        return (
            self.left - slack <= other.left
            and self.top - slack <= other.top
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )


class Glyph(NamedTuple):
    """One character. `base` is where its line stands, `turn` how its line runs: 0 to the right, 1 down, 2 to the left,
    3 up; it `is_apart` where the file lets suppose a space before it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    turn: int = 0
    is_apart: bool = False

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A line across (`at` is its height) or down (`at` is how far right), from `start` to `end`."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


class Drawn(NamedTuple):
    """The lines and filled shapes of a page, lines as thick as bars, and where text is drawn that nobody has told yet."""

    across: list[Rule]
    down: list[Rule]
    shades: list[Box]
    bars: list[Box]
    pictures: list[Box]
    untold: list[Box]


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of them."""
    found = list(boxes)
    return Box(
        min(one.left for one in found),
        min(one.top for one in found),
        max(one.right for one in found),
        max(one.bottom for one in found),
    )
