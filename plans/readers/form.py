"""The one form that all readers give: lines of text, table rows with tabs, <br> for a line break in a cell, COVERED for
one over which another reaches (공통 형식)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, Literal

from plans.errors import PlanError
from plans.text.characters import visible
from plans.text.spelling import COVERED
from plans.time.scan import is_only_time

NoticeKind = Literal["lost", "struck", "hidden", "revised", "formula", "drawn", "pictured"]
"""Not read at all; crossed out; not shown to the reader; a change that is tracked and not yet accepted; cells whose
formulas have no stored value, as `text` their names; a schedule that is drawn as bars or boxes; pages that are pictures,
as `text` their numbers."""


@dataclass(frozen=True)
class Spot:
    """Where in a file: its text, what tracked changes took away, a page, a row of a sheet; `number` from 1."""

    place: Literal["text", "changes", "page", "row"]
    number: int | None = None
    sheet: str | None = None


TEXT: Final = Spot("text")
CHANGES: Final = Spot("changes")


@dataclass(frozen=True)
class Notice:
    """Something in the file that is not in its text, or not as it was: what, where and, where known, at which line."""

    kind: NoticeKind
    spot: Spot
    text: str
    line: int | None = None


@dataclass
class Source:
    """What a reader makes of a file: its text in the common form, and what is not in it."""

    text: str
    notices: list[Notice] = field(default_factory=list)


def lost(spot: Spot, plain: str, text: str) -> list[Notice]:
    """What a second, plain reading of a page or part has and the text lacks, letter by letter."""
    missing = Counter(_letters(plain)) - Counter(_letters(text))
    if not missing:
        return []
    shown: list[str] = []
    for letter in _letters(plain):
        if missing[letter] > 0:
            missing[letter] -= 1
            shown.append(letter)
    return [Notice("lost", spot, "".join(shown))]


def _letters(text: str) -> str:
    return "".join(char for char in visible(text.replace(COVERED, "")) if not char.isspace())


LONGEST_TEXT: Final = 3_000_000  # characters; a plan has some hundred thousand
MOST_LINES: Final = 100_000
MOST_CELLS: Final = 1_000_000
WIDEST: Final = 300  # cells of a row


def finished(text: str) -> str:
    """The text as it is understood: composed letters, nothing that is not seen, no longer than a plan may be.

    Raises: PlanError for a text that is too long.
    """
    text = text.rstrip("\n") + "\n" * text.endswith("\n")
    if len(text) > LONGEST_TEXT or text.count("\n") >= MOST_LINES or text.count("\t") > MOST_CELLS:
        raise PlanError("long")
    return visible(text)


def cell_text(text: str) -> str:
    """A cell on one line: tabs become spaces, line breaks <br>."""
    parts = [re.sub(r"\s+", " ", part).strip() for part in text.replace("\x0b", "\n").split("\n")]
    return "<br>".join(part for part in parts if part)


def spread(row: Sequence[str], reaches: Mapping[int, int]) -> list[str]:
    """The row with COVERED in the empty cells that another reaches over (`reaches`: column -> columns of its cell); a title
    across the row stays alone in it."""
    texts = list(row)
    if any(text.strip() for text in row[1:]):
        for column, width in reaches.items():
            covered = range(column + 1, min(column + width, len(row))) if row[column].strip() else ()
            for other in covered:
                texts[other] = texts[other] or COVERED
    return texts


def table_lines(rows: Iterable[Sequence[str]]) -> list[str]:
    """The rows of a table; one that is only a box around text gives that text as plain lines."""
    cells = [[cell_text(text) for text in row] for row in rows]
    if all(len(row) <= 1 for row in cells):
        return [line for row in cells for text in row for line in text.split("<br>")]
    return ["\t".join(row) for row in cells]


def sheet_lines(rows: Iterable[Sequence[str] | None], joined: Collection[int] = ()) -> list[str]:
    """Rows of a sheet: empty cells at the end are left out, a row with only its first cell is a plain line.

    But a time alone below a row of a table belongs to it, since its action stands in a cell that is merged over both,
    and so does each row of `joined` (numbers from 1). None is a row that is not shown, and breaks no table.
    """
    lines: list[str] = []
    for number, row in enumerate(rows, 1):
        if row is None:
            lines.append("\t" if "\t" in "".join(lines[-1:]) else "")
            continue
        cells = [cell_text(text) for text in row]
        while cells and not cells[-1]:
            cells.pop()
        is_below = "\t" in "".join(lines[-1:])
        is_row = len(cells) != 1 or (is_below and (number in joined or is_only_time(cells[0])))
        lines.append(
            "\t".join([*cells, ""][: max(len(cells), 2)]) if is_row else cells[0].replace("<br>", " ")
        )
    return lines


def same_width(lines: Sequence[str]) -> Iterator[str]:
    """Neighbouring rows padded to one width, so that every row keeps its columns. Raises: PlanError."""
    for is_row, run in groupby(lines, key=lambda line: "\t" in line):
        if not is_row:
            yield from run
            continue
        rows = list(run)
        width = max(row.count("\t") for row in rows)
        if width >= WIDEST or width * len(rows) > MOST_CELLS:
            raise PlanError("wide", most=WIDEST) if width >= WIDEST else PlanError("long")
        yield from (row + "\t" * (width - row.count("\t")) for row in rows)
