"""Tables: runs of lines with tabs, their header of one or several rows, and cells (표)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from plans.tables.heads import Head, read_head
from plans.text.lines import Line
from plans.text.rows import parts_rows
from plans.text.spelling import one_line, squeeze


@dataclass(frozen=True)
class Table:
    """Consecutive table rows; `start` and `end` are indexes into the lines it was found in."""

    rows: tuple[Line, ...]
    start: int
    end: int

    @property
    def header(self) -> tuple[str, ...]:
        """The cells of the first row, squeezed."""
        return tuple(squeeze(cell) for cell in self.rows[0].cells)

    @property
    def body(self) -> tuple[Line, ...]:
        return self.rows[1:]

    @property
    def below(self) -> tuple[Line, ...]:
        """The rows below the header, however many it has."""
        return self.rows[self.head.end :]

    @cached_property
    def head(self) -> Head:
        """What stands above the columns, however many rows it has."""
        return read_head([row.cells for row in self.rows])


def find_tables(lines: Sequence[Line]) -> Iterator[Table]:
    """All tables in order; a line without tabs ends one, unless it is a title in a row of its own: a plain line right
    between rows of as many cells."""
    start: int | None = None
    for index in range(len(lines) + 1):
        is_row = index < len(lines) and (
            bool(lines[index].cells) or (start is not None and parts_rows(lines, index))
        )
        if is_row and start is None:
            start = index
        elif not is_row and start is not None:
            yield Table(tuple(line for line in lines[start:index] if line.cells), start, index)
            start = None


def cell(row: Line, column: int) -> str:
    """One cell as one line of text, "" where the row is short."""
    return one_line(row.cells[column]) if 0 <= column < len(row.cells) else ""


def cell_text(row: Line, column: int) -> str:
    """The same with its line breaks."""
    return row.cells[column] if 0 <= column < len(row.cells) else ""


def filled(row: Line) -> list[str]:
    """The cells that hold something, as single lines."""
    return [one_line(text) for text in row.cells if text.strip()]
