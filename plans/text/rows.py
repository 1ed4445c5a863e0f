"""Rows of a table and what stands between them, before anything is made of the table (표의 줄)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from plans.text.lines import Line
from plans.time.scan import find_dates, is_only_time

_NUMBER: Final = re.compile(r"(\d{1,3})(?:[.)](?!\d)|$)")
LONGEST_TITLE: Final = 30  # characters of a title in a row of its own


def parts_rows(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is a title between two rows of one table: the row below holds a time, or goes on with the numbers of the
    rows (7. above, 8. below; 1. below the header), and so is no header."""
    line = lines[index]
    if line.is_blank or line.marks or line.title_in_brackets or len(line.body) > LONGEST_TITLE:
        return False
    above, below = (lines[at].cells if 0 <= at < len(lines) else () for at in (index - 1, index + 1))
    is_as_wide = bool(above) and len(above) == len(below)
    if not is_as_wide or find_dates(line.body):
        return False
    return any(is_only_time(cell) for cell in below) or _number(below) == (_number(above) or 0) + 1


def _number(cells: Sequence[str]) -> int | None:
    """The number that a row begins with."""
    found = _NUMBER.match(cells[0]) if cells else None
    return int(found[1]) if found is not None else None
