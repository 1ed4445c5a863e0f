"""Tables by their outer edges: rules that touch make a grid, and its outline closes it, drawn or not (표의 칸).

A cell is all squares of the grid between which no rule runs; so merged cells, and columns open at the side, need no case
of their own, and every place within the outline belongs to one cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from plans.readers.pdf.places import Box, Drawn, Rule

TOUCH: Final = 3.0  # points between the end of a rule and the rule that it meets
NARROW: Final = 5.0  # points: no column, no row
SHARE: Final = 0.5  # of the side of a square that a rule must cover to part it from the next
MOST_CELLS_OF_A_BOX: Final = 3
MOST_SQUARES: Final = 40_000  # of one grid: more is a drawing


@dataclass
class Grid:
    """The rows and columns of a table: its heights, its places across, and to which cell each square belongs."""

    xs: list[float]
    ys: list[float]
    is_open_above: bool = False
    is_open_below: bool = False
    _cell_of: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    def cell_at(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of the cell that holds a place, by its first square."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), self.rows - 1)
        column = min(max(bisect_right(self.xs, x) - 1, 0), self.columns - 1)
        return self._cell_of[row, column]

    @property
    def is_table(self) -> bool:
        """Whether it has columns and rows, and is no box."""
        return self.columns > 1 and self.rows > 1 and len(set(self._cell_of.values())) > MOST_CELLS_OF_A_BOX

    def is_whole(self, row: int) -> bool:
        """Whether one cell reaches over all columns of a row."""
        return len({self._cell_of[row, column] for column in range(self.columns)}) == 1

    def reaches(self, row: int) -> dict[int, int]:
        """Of each cell that begins in a row, how many columns it reaches over."""
        return Counter(
            column
            for square in range(self.columns)
            for at, column in [self._cell_of[row, square]]
            if at == row
        )

    def part(self, across: Sequence[Rule], down: Sequence[Rule]) -> None:
        """Gives each square its cell. Squares between which no rule runs are one."""
        parent = {(row, column): (row, column) for row in range(self.rows) for column in range(self.columns)}

        def first(square: tuple[int, int]) -> tuple[int, int]:
            while parent[square] != square:
                parent[square] = parent[parent[square]]
                square = parent[square]
            return square

        def join(one: tuple[int, int], other: tuple[int, int]) -> None:
            low, high = sorted((first(one), first(other)))
            parent[high] = low

        levels, pillars = _Covered(across, self.ys), _Covered(down, self.xs)
        for row in range(self.rows):
            for column in range(self.columns):
                if row and not levels.is_covered(row, self.xs[column], self.xs[column + 1]):
                    join((row - 1, column), (row, column))
                if column and not pillars.is_covered(column, self.ys[row], self.ys[row + 1]):
                    join((row, column - 1), (row, column))
        self._cell_of = {square: first(square) for square in parent}


class _Covered:
    """Which stretches of the lines of a grid are drawn."""

    def __init__(self, rules: Sequence[Rule], lines: Sequence[float]) -> None:
        self._at: defaultdict[int, list[Rule]] = defaultdict(list)
        for rule in rules:
            self._at[_nearest(lines, rule.at)].append(rule)

    def is_covered(self, line: int, start: float, end: float) -> bool:
        drawn = sum(max(0.0, min(end, rule.end) - max(start, rule.start)) for rule in self._at.get(line, ()))
        return drawn >= SHARE * (end - start)


def _nearest(lines: Sequence[float], at: float) -> int:
    index = bisect_left(lines, at)
    near = [one for one in (index - 1, index) if 0 <= one < len(lines)]
    return min(near, key=lambda one: abs(lines[one] - at))


def grids_of(drawn: Drawn) -> list[Grid]:
    """Every set of rules that touch each other, as a grid closed by its outline; the largest first."""
    found = [grid for across, down in _touching(drawn.across, drawn.down) if (grid := _grid(across, down))]
    return sorted(found, key=lambda grid: -grid.box.width * grid.box.height)


def _touching(across: list[Rule], down: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The rules in sets: those of one set reach each other."""
    parent = list(range(len(across) + len(down)))

    def first(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    heights = [rule.at for rule in across]  # they come sorted
    for number, pillar in enumerate(down, len(across)):
        low, high = (
            bisect_left(heights, pillar.start - TOUCH),
            bisect_right(heights, pillar.end + TOUCH),
        )
        for level in range(low, high):
            if across[level].start - TOUCH <= pillar.at <= across[level].end + TOUCH:
                parent[first(level)] = first(number)
    sets: defaultdict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for index in range(len(parent)):
        is_level = index < len(across)
        sets[first(index)][not is_level].append(across[index] if is_level else down[index - len(across)])
    yield from sets.values()


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    """None where the rules close nothing in."""
    if not across or not down:
        return None
    left, right = (
        min(*(rule.start for rule in across), *(rule.at for rule in down)),
        max(*(rule.end for rule in across), *(rule.at for rule in down)),
    )
    top, bottom = (
        min(*(rule.start for rule in down), *(rule.at for rule in across)),
        max(*(rule.end for rule in down), *(rule.at for rule in across)),
    )
    xs, ys = (
        _lines([rule.at for rule in down], left, right),
        _lines([rule.at for rule in across], top, bottom),
    )
    if len(xs) * len(ys) > MOST_SQUARES or right - left < NARROW or bottom - top < NARROW:
        return None
    is_open = [
        sum(rule.length for rule in across if abs(rule.at - edge) <= NARROW) < SHARE * (right - left)
        for edge in (top, bottom)
    ]
    grid = Grid(xs, ys, is_open_above=is_open[0], is_open_below=is_open[1])
    grid.part(across, down)
    return grid


def _lines(places: list[float], first: float, last: float) -> list[float]:
    """The lines of a grid in order: its outer edges, and between them what is no nearer than a column is wide."""
    found = [first]
    for at in sorted(places):
        if at - found[-1] >= NARROW and last - at >= NARROW:
            found.append(at)
    return [*found, last]
