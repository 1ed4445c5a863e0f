""".csv: rows with commas, semicolons or tabs; a row with one cell is a plain line."""

from __future__ import annotations

import csv as module
import io

from plans.errors import PlanError
from plans.readers.form import TEXT, Source, lost, same_width, sheet_lines
from plans.readers.txt import decode

LONGEST_CELL = 200_000


def read(data: bytes) -> Source:
    """The text in the common form. Raises: PlanError for rows that are no CSV."""
    written = decode(data)
    module.field_size_limit(LONGEST_CELL)
    try:
        rows = list(module.reader(io.StringIO(written), delimiter=_delimiter(written)))
    except module.Error as problem:
        raise PlanError("csv") from problem
    text = "\n".join(same_width(sheet_lines(rows)))
    return Source(text, lost(TEXT, "".join(cell for row in rows for cell in row), text))


def _delimiter(text: str) -> str:
    """The sign that most lines have."""
    lines = text.split("\n")[:200]
    return max((",", "\t", ";"), key=lambda sign: sum(sign in line for line in lines))
