"""The one form that all readers give: lines of text, table rows with tabs, <br> for a line break in a cell (공통 형식)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def cell_text(text: str) -> str:
    """A cell on one line: tabs become spaces, line breaks <br>."""
    parts = [re.sub(r"\s+", " ", part).strip() for part in text.replace("\x0b", "\n").split("\n")]
    return "<br>".join(part for part in parts if part)


def table_lines(rows: Iterable[Sequence[str]]) -> list[str]:
    """The rows of a table; one that is only a box around text gives that text as plain lines."""
    cells = [[cell_text(text) for text in row] for row in rows]
    if all(len(row) <= 1 for row in cells):
        return [line for row in cells for text in row for line in text.split("<br>")]
    return ["\t".join(row) for row in cells]


def sheet_lines(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows of a sheet: empty cells at the end are left out, a row with only its first cell is a plain line."""
    lines: list[str] = []
    for row in rows:
        cells = [cell_text(text) for text in row]
        while cells and not cells[-1]:
            cells.pop()
        lines.append("\t".join(cells) if len(cells) != 1 else cells[0].replace("<br>", " "))
    return lines


def same_width(lines: Sequence[str]) -> list[str]:
    """Neighbouring rows padded to one width, so that every row keeps its columns."""
    padded: list[str] = []
    run: list[str] = []
    for line in [*lines, ""]:
        if "\t" in line:
            run.append(line)
            continue
        width = max((row.count("\t") for row in run), default=0)
        padded += [row + "\t" * (width - row.count("\t")) for row in run]
        run = []
        padded.append(line)
    return padded[:-1]
