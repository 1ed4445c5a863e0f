"""Rows of a table and what stands between them, before anything is made of the table (표의 줄)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from plans.text.lines import Line
from plans.time.scan import find_dates, is_only_time

LONGEST_TITLE: Final = 30  # characters of a title in a row of its own


def parts_rows(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is a title between two rows of one table: the row below begins with a time or is no header."""
    line = lines[index]
    if line.is_blank or line.marks or line.title_in_brackets or len(line.body) > LONGEST_TITLE:
        return False
    above, below = (lines[at].cells if 0 <= at < len(lines) else () for at in (index - 1, index + 1))
    is_as_wide = bool(above) and len(above) == len(below)
    return is_as_wide and not find_dates(line.body) and any(is_only_time(cell) for cell in below)
