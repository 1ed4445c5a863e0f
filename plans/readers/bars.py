"""Rows drawn with bars in plain text and Markdown, however many cells each has; a row that a page broke over several lines
is one row again (막대로 그린 표)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from plans.text.lines import BULLETS
from plans.text.spelling import one_line
from plans.time.scan import is_only_time

BAR: Final = re.compile(r"(?<!\\)\|")
_LOOSE_BAR: Final = re.compile(r"\s\|\s")
_RULE: Final = re.compile(r"\s*:?-{2,}:?\s*")
_LABELLED: Final = re.compile(r"^[^\s|:：][^|:：]{0,14}\s?[:：]\s")
_OPEN: Final = re.compile(r"[~∼～,·ㆍ/]$|\s및$")
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}(?:\s?[~∼～]\s?\d{1,2}:\d{2})?$")
_REST: Final = re.compile(rf"[(~∼～]|{_CLOCK.pattern}")
LEAST_ROWS: Final = 3  # of rows of two cells without bars at their ends
FEW_CELLS: Final = 2
MOST_BROKEN: Final = 8  # lines of one row


def is_rule(line: str) -> bool:
    """Whether a line is the rule below a table's head: | --- | --- |."""
    cells = line.strip().removeprefix("|").removesuffix("|").split("|")
    return "|" in line and all(_RULE.fullmatch(cell) for cell in cells)


def rows_in(lines: Sequence[str], least: int) -> dict[int, list[str]]:
    """Index of each line that is a row, or part of one -> its cells; those of a rule, and of a line that only goes on a row
    above, are empty. Without a rule, rows with bars at both ends are a table from so many on (`least`)."""
    found: dict[int, list[str]] = {}
    for run in _runs(lines):
        ruled = next((at for at in run[:FEW_CELLS] if is_rule(lines[at])), None)
        if ruled is None and not _is_table([lines[at] for at in run], least):
            continue
        width = len(cells_of(lines[run[0]]))
        rows = {at: [] if is_rule(lines[at]) else cells_of(lines[at]) for at in run}
        for at, parts in _broken(lines, run, width):
            rows |= {at: _joined([cells_of(lines[part]) for part in parts])}
            rows |= {part: [] for part in parts[1:]}
        whole = put_together(list(rows.values()))
        found |= {
            at: [cell.strip() for cell in row] or [""] * width for at, row in zip(rows, whole, strict=True)
        }
    return found


def with_whole_rows(lines: Sequence[str]) -> list[str]:
    """The lines, with rows of tabs put together that were broken inside a cell: both parts have the cells of the head, and
    the second begins as rests do, or the first ends open."""
    found = list(lines)
    width = last = 0
    for at, line in enumerate(lines):
        is_row = "\t" in line
        if not line.strip():
            width = width if is_row else 0
        elif width and _continues(found[last], line, width):
            found[last] = "\t".join(_joined([found[last].split("\t"), line.split("\t")]))
            found[at] = "\t" * (width - 1)
        else:
            is_left = not is_row and "\t" not in found[last]  # two lines beside each other that are no rows
            width = 0 if is_left else width or (line.count("\t") + 1) * is_row
            last = at
    return found


def _continues(above: str, line: str, width: int) -> bool:
    first, second = above.split("\t"), line.split("\t")
    is_one = len(first) + len(second) - 1 == width
    begins = second[0].strip()
    return is_one and (_is_open(first[-1].strip()) or bool(_REST.match(begins)))


def cells_of(line: str) -> list[str]:
    """What stands between the bars, bars at the ends aside."""
    row = line.strip()
    row = row[1:] if row.startswith("|") else row
    row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
    return BAR.split(row)


def _runs(lines: Sequence[str]) -> Iterator[list[int]]:
    """The indexes of the lines of each table: lines with bars below each other, and those between that end a broken row."""
    run: list[int] = []
    at = 0
    while at <= len(lines):
        end = at + 1
        line = lines[at] if at < len(lines) else ""
        if _is_broken(line):
            end = _end_of_broken(lines, at) or end
        if line.strip() and (_has_bars(line) or end > at + 1 or _is_ruled(lines, at, run)):
            run += range(at, end)
        elif run:
            yield run
            run = []
        at = end


def _has_bars(line: str) -> bool:
    row = line.strip()
    if row.startswith("|") and row.endswith("|") and len(row) > 1:
        return True
    is_fields = all(_LABELLED.match(cell.strip()) for cell in BAR.split(row) if cell.strip())
    return row[:1] not in BULLETS and bool(_LOOSE_BAR.search(row)) and not is_fields


def _is_ruled(lines: Sequence[str], at: int, run: Sequence[int]) -> bool:
    """Whether a line with a bar is the head above a rule, the rule, or stands below one (GitHub Flavored Markdown, 4.10)."""
    if not BAR.search(lines[at]):
        return False
    is_head = at + 1 < len(lines) and is_rule(lines[at + 1])
    return is_head or is_rule(lines[at]) or any(is_rule(lines[one]) for one in run[:FEW_CELLS])


def _is_table(rows: Sequence[str], least: int) -> bool:
    """Whether rows without a rule are more than words with bars between: several, of some cells or with bars at the ends."""
    if all(row.strip().startswith("|") for row in rows):
        return len(rows) >= least
    return len(rows) >= (LEAST_ROWS if len(cells_of(rows[0])) <= FEW_CELLS else FEW_CELLS)


def _is_broken(line: str) -> bool:
    """Whether a row begins and does not end in its line."""
    row = line.strip()
    return row.startswith("|") and not row.endswith("|")


def _end_of_broken(lines: Sequence[str], at: int) -> int | None:
    """The index behind the line that ends the row begun at `at`; None where another row begins before, or none ends."""
    for end in range(at + 1, min(at + MOST_BROKEN, len(lines))):
        row = lines[end].strip()
        if not row or row.startswith("|"):
            return None
        if row.endswith("|"):
            return end + 1
    return None


def _broken(lines: Sequence[str], run: Sequence[int], width: int) -> Iterator[tuple[int, list[int]]]:
    """The rows of a run that are broken over lines, each with those, where together they have the cells of its head."""
    for at in run:
        end = _end_of_broken(lines, at) if _is_broken(lines[at]) else None
        parts = list(range(at, end or at))
        if end is not None and len(_joined([cells_of(lines[part]) for part in parts])) == width:
            yield at, parts


def _joined(parts: Sequence[list[str]]) -> list[str]:
    """The cells of the parts of a row: the first of each goes on the last of the one before."""
    row = list(parts[0])
    for part in parts[1:]:
        row[-1] = goes_on(row[-1], part[0])
        row += part[1:]
    return row


def goes_on(above: str, below: str) -> str:
    """A cell with what stands in the next line of it; a time goes on without a break (3월 ~ / 5월)."""
    is_rest = bool(_OPEN.search(above.rstrip())) or bool(_REST.match(below.strip()))
    return f"{above.rstrip()}{' ' if is_rest else '<br>'}{below.strip()}" if above.strip() else below


def put_together(rows: Sequence[list[str]]) -> list[list[str]]:
    """The rows, with those that only go on the one above put into it; [] in their place."""
    found = [list(row) for row in rows]
    indents = _indents(found)
    last = 0
    for at, row in enumerate(found[1:], 1):
        if last > 0 and row and _is_rest(found[last], row, indents):
            above = found[last] + [""] * (len(row) - len(found[last]))
            found[last] = [
                f"{one.rstrip()} {row[i].strip()}".strip() if i < len(row) else one
                for i, one in enumerate(above)
            ]
            found[at] = []
        elif any(cell.strip() for cell in row):
            last = at
    return found


def _indents(rows: Sequence[Sequence[str]]) -> list[int]:
    """How far in the words of each column stand in rows without an empty cell: as most do."""
    full = [row for row in rows if row and all(cell.strip() for cell in row)]
    width = min(map(len, full), default=0)
    return [max(len(row[i]) - len(row[i].lstrip()) for row in full) for i in range(width)]


def _is_rest(above: Sequence[str], row: Sequence[str], indents: Sequence[int]) -> bool:
    """Whether a row with empty cells is the rest of the one above: a cell above it is open (3월 ~), its own begins as rests
    do, or its words stand further in than those of whole rows. A time below a whole time is another one."""
    filled = [i for i, cell in enumerate(row) if cell.strip()]
    if not filled or len(filled) == len(row) or len(row) > len(above):
        return False
    opened = [i for i in filled if _is_open(above[i].strip())]
    if any(is_only_time(row[i]) and is_only_time(above[i]) for i in filled if i not in opened):
        return False
    first = row[filled[0]]
    is_further_in = filled[0] < len(indents) and len(first) - len(first.lstrip()) > indents[filled[0]]
    is_begun = all(above[i].strip() for i in filled)
    has_hour = any(_CLOCK.match(row[i].strip()) and is_only_time(above[i]) for i in filled)
    has_rests = has_hour or all(_REST.match(row[i].strip()) for i in filled)
    return bool(opened) or (is_begun and (is_further_in or has_rests))


def _is_open(text: str) -> bool:
    return bool(_OPEN.search(text)) or text.count("(") > text.count(")") or one_line(text).endswith(" 및")
