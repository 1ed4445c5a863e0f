"""Headings that stand in rows of the table below them (추진과제 1-1 | 방문건강관리): lines of their own again (표 안의 제목)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze

_NUMBERED: Final = re.compile(
    r"[가-힣]{0,6}(?:과제|공약|사업|시책|전략|분야|목표)\s?(?:\d{1,2}(?:\s?-\s?\d{1,2}){0,2}|[ⅠⅡⅢⅣⅤ])"
)
CELLS: Final = 2  # of such a row: the number and the title
LEAST_HEADINGS: Final = 2


def with_headings(lines: Sequence[Line]) -> list[Line]:
    """The lines, with rows that only number and name what stands in the rows below as headings, where a table has several
    and its header comes again below them."""
    found = list(lines)
    start: int | None = None
    for index in range(len(lines) + 1):
        is_row = index < len(lines) and bool(lines[index].cells)
        if is_row and start is None:
            start = index
        elif not is_row and start is not None:
            found[start:index] = _headed(lines[start:index])
            start = None
    return found


def _headed(rows: Sequence[Line]) -> list[Line]:
    heads = [at for at, row in enumerate(rows) if _is_heading(row)]
    inner = [at for at in heads if at + 1 < len(rows) and not _is_heading(rows[at + 1])]
    headers = {tuple(map(squeeze, rows[at + 1].cells)) for at in inner}
    if len(inner) < LEAST_HEADINGS or len(headers) > 1:
        return list(rows)
    return [replace(row, text=" ".join(_texts(row))) if at in heads else row for at, row in enumerate(rows)]


def _texts(row: Line) -> list[str]:
    return [one_line(text) for text in row.cells if text.strip()]


def _is_heading(row: Line) -> bool:
    texts = _texts(row)
    return len(texts) == CELLS and _NUMBERED.fullmatch(texts[0]) is not None
