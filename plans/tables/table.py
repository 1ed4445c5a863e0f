"""Tables: runs of lines with tabs, their header of one or several rows, and cells (표)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from plans.tables.header_rows import NUMBERS, Head, read_head
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

    @cached_property
    def below(self) -> tuple[Line, ...]:
        """The rows below the header, however many it has; cells that slid into the place of merged ones are put back."""
        return tuple(_put_back(self.rows[self.head.end :], self.head))

    def panels(self) -> list[Table]:
        """The tables that stand side by side in this one, where its header begins again (내용 | 시기 | 내용 | 시기); itself
        alone where it does not."""
        names = self.head.names
        again = next((i for i in range(2, len(names)) if names[0] and names[i] == names[0]), 0)
        first = [name for name in names[:again] if name]
        starts = [i for i in range(len(names)) if first and list(names[i : i + len(first)]) == first]
        if len(first) < 2 or len(starts) * len(first) != sum(map(bool, names)):
            return [self]
        return [self._part(start, start + len(first)) for start in starts]

    def _part(self, start: int, end: int) -> Table:
        rows = (replace(row, text="\t".join(row.text.split("\t")[start:end])) for row in self.rows)
        return replace(self, rows=tuple(row for row in rows if any(row.cells)))

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
            rows = tuple(line for line in lines[start:index] if any(line.cells))
            if rows:
                yield Table(rows, start, index)
            start = None


_NUMBER: Final = re.compile(r"\d{1,3}(?:\s?-\s?\d{1,3})*\.?")


def _put_back(rows: Sequence[Line], head: Head) -> Iterator[Line]:
    """Rows without a number of their own in a plan by years, whose first cells a conversion left out because they are
    merged with those above. Where numbered rows are too short as well, cells are lost elsewhere: then nothing is moved."""
    width = len(head.paths)
    labels = min(head.years, default=0)
    is_numbered = bool(head.names) and head.names[0].lower() in NUMBERS
    is_whole = all(_width(row) in (width, 1) for row in rows if _NUMBER.fullmatch(cell(row, 0)))
    for row in rows:
        gap = width - _width(row)
        texts = row.text.split("\t")[: _width(row)]
        if (
            is_numbered
            and is_whole
            and 0 < gap < labels
            and all(row.cells[: _width(row)])
            and not _NUMBER.fullmatch(cell(row, 0))
        ):
            yield replace(row, text="\t" * gap + "\t".join(texts))
        else:
            yield row


def _width(row: Line) -> int:
    """The cells of a row without the empty ones at its end."""
    return max((i for i, text in enumerate(row.cells, 1) if text), default=0)


def cell(row: Line, column: int) -> str:
    """One cell as one line of text, "" where the row is short."""
    return one_line(row.cells[column]) if 0 <= column < len(row.cells) else ""


def cell_text(row: Line, column: int) -> str:
    """The same with its line breaks."""
    return row.cells[column] if 0 <= column < len(row.cells) else ""


def filled(row: Line) -> list[str]:
    """The cells that hold something, as single lines."""
    return [one_line(text) for text in row.cells if text.strip()]
