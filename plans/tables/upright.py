"""Tables pasted with each cell on a line of its own, header cells first: rows again (한 줄에 한 칸인 표).

Only where the header says which of its cells are times, and in each row a time stands in just those places. Where it begins
is told by its other words, since a page may have a line too many above or below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from plans.text.lines import Line
from plans.text.spelling import squeeze
from plans.time.scan import find_dates

LEAST_COLUMNS: Final = 2
MOST_COLUMNS: Final = 8
LEAST_ROWS: Final = 2
LONGEST_CELL: Final = 60
LONGEST_LABEL: Final = 30
_LETTER: Final = re.compile(r"[가-힣A-Za-z]")
_EMPTY: Final = frozenset({"", "미정", "추후", "tbc", "tbd"})


@dataclass(frozen=True)
class Words:
    """What a language has for a time in a line of its own, for the header of a column of times and that of another one."""

    is_time: Callable[[Line], bool]
    heads_times: Callable[[str], bool]
    heads_more: Callable[[str], bool]


@dataclass(frozen=True)
class _Upright:
    """The cells of a header begin at `start` of a run; `width` of them, and so many rows below."""

    start: int
    width: int
    rows: int


def with_upright_tables(lines: Sequence[Line], words: Words) -> list[Line]:
    """The lines, with such tables as rows at the lines of their first cells."""
    found = list(lines)
    for run in _runs(lines):
        cells = [lines[at] for at in run]
        table = _table(cells, words)
        if table is None:
            continue
        first, behind = table.start, table.start + table.width * (table.rows + 1)
        for at in range(run[first], run[behind - 1] + 1):
            found[at] = replace(lines[at], text="\t" * (table.width - 1))
        for begin in range(first, behind, table.width):
            row = "\t".join(one.text.strip() for one in cells[begin : begin + table.width])
            found[run[begin]] = replace(lines[run[begin]], text=row)
    return found


def _runs(lines: Sequence[Line]) -> Iterator[list[int]]:
    """The indexes of short plain lines right below each other, or of such that blank lines part each from the next."""
    run: list[int] = []
    for at, line in enumerate(lines):
        if line.is_blank:
            continue
        is_cell = not (line.cells or line.marks or line.title_in_brackets) and len(line.body) <= LONGEST_CELL
        is_near = bool(run) and at - run[-1] == 1
        is_spaced = bool(run) and (len(run) == 1 or (run[1] - run[0] > 1) != is_near)
        if run and not (is_cell and is_spaced):
            yield run
            run = run[-1:] if is_cell and is_near else []  # below a title that stands apart
        run += [at] if is_cell else []
    if run:
        yield run


def _table(cells: Sequence[Line], words: Words) -> _Upright | None:
    """The one table that a run can be; None where it can be none, or more than one."""
    times = [words.is_time(line) for line in cells]
    first = next((at for at, is_time in enumerate(times) if is_time), None)
    if first is None:
        return None
    heads = [at for at in range(first) if _is_label(cells[at]) and words.heads_times(cells[at].body)]
    shapes = {
        (head - left, first - head)
        for head in heads
        for left in range(MOST_COLUMNS)
        if LEAST_COLUMNS <= first - head <= MOST_COLUMNS and left < first - head and left <= head
    }
    able = [found for start, width in sorted(shapes) if (found := _fits(cells, times, start, width, words))]
    named = {
        one: sum(words.heads_more(cell.body) for cell in cells[one.start :][: one.width]) for one in able
    }
    best = [one for one in able if named[one] == max(named.values())]
    whole = [one for one in best if one.start == 0 and one.width * (one.rows + 1) == len(cells)]
    told = whole or (best if named and max(named.values()) else [])
    return told[0] if len(told) == 1 else None


def _fits(
    cells: Sequence[Line], times: Sequence[bool], start: int, width: int, words: Words
) -> _Upright | None:
    """The table with this header, where all its rows have their times in the places that the header says."""
    header = cells[start : start + width]
    if len(header) < width or not all(map(_is_label, header)):
        return None
    places = [words.heads_times(cell.body) for cell in header]
    rows = 0
    for begin in range(start + width, len(cells) - width + 1, width):
        row = range(begin, begin + width)
        is_row = all(
            times[at] == place or (place and squeeze(cells[at].body).strip("-–―") in _EMPTY)
            for at, place in zip(row, places, strict=True)
        )
        if not is_row:
            break
        rows += 1
    behind = start + width * (rows + 1)
    is_whole = rows >= LEAST_ROWS and not any(times[behind:])
    return _Upright(start, width, rows) if is_whole else None


def _is_label(line: Line) -> bool:
    """Whether a line can be the header of a column: short, no value, no date."""
    body = line.body
    is_word = len(body) <= LONGEST_LABEL and bool(_LETTER.search(body))
    return is_word and not (":" in body or body.endswith(".") or find_dates(body))
