"""Rows whose first cells were merged with those above, and which a conversion wrote without them (빠진 칸)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal

from plans.tables.header_rows import is_exact, is_slot
from plans.text.lines import Line
from plans.text.spelling import one_line
from plans.time.days import are_days, month_of

Kind = Literal["month", "days", "time", "part", "words", ""]
"""What a cell is; a `part` of a year is a quarter or a half."""

_TIMED: Final = frozenset({"month", "days", "time"})


def with_lost_cells(lines: Sequence[Line]) -> list[Line]:
    """The lines, with empty cells in front of the rows that lack some: their times and words stand below those of the
    first row that has all, and would not without."""
    found: list[Line] = []
    for is_row, run in groupby(lines, key=lambda line: bool(line.cells)):
        rows = list(run)
        found += _filled(rows) if is_row and len(rows) > 1 else rows
    return found


@dataclass(frozen=True)
class _Model:
    """What a whole row holds, cell by cell; where it is empty below words (비고), those."""

    kinds: tuple[Kind, ...]

    def fits(self, kinds: Sequence[Kind], lost: int, may_be_more: bool) -> bool:
        """Whether a row holds the same once so many cells are put before it, and perhaps words where this has nothing."""
        pairs = list(zip(self.kinds[lost:], kinds, strict=False))
        return len(pairs) == len(kinds) and all(
            not kind or kind == model or (may_be_more and kind == "words" and not model)
            for model, kind in pairs
        )

    def agrees(self, kinds: Sequence[Kind]) -> bool:
        """Whether no time of a row stands where a whole row has none."""
        pairs = zip(self.kinds, kinds, strict=False)
        return all(kind == model or kind not in _TIMED for model, kind in pairs)

    def is_left(self, kinds: Sequence[Kind]) -> bool:
        """Whether a row is of another table: it has words where a whole row has its time."""
        pairs = zip(self.kinds, kinds, strict=False)
        return any(kind == "words" and model in _TIMED for model, kind in pairs) and not set(kinds) & _TIMED


def _filled(rows: list[Line]) -> list[Line]:
    width = max(len(row.cells) for row in rows)
    kinds = [_kinds(row) for row in rows]
    at = next((i for i, row in enumerate(kinds) if len(rows[i].cells) == width and _is_whole(row)), None)
    if at is None:
        return rows
    model = _model(kinds[: at + 1])
    left = next((i for i in range(at + 1, len(rows)) if model.is_left(kinds[i])), len(rows))
    return [
        row if i <= at or (i > left and len(row.cells) == width) else _mended(row, kinds[i], model)
        for i, row in enumerate(rows)
    ]


def _model(rows: Sequence[tuple[Kind, ...]]) -> _Model:
    """Of the last of these rows, below the others."""
    *above, whole = rows
    named = [
        any(column < len(row) and row[column] == "words" for row in above) for column in range(len(whole))
    ]
    return _Model(
        tuple("words" if not kind and is_named else kind for kind, is_named in zip(whole, named, strict=True))
    )


def _mended(row: Line, kinds: tuple[Kind, ...], model: _Model) -> Line:
    own = _trimmed(kinds)
    if not own or not own[0] or not set(own) & _TIMED or model.agrees(own):
        return row
    short = len(model.kinds) - len(kinds)
    fits = [lost for lost in range(1, len(model.kinds) - len(own) + 1) if model.fits(own, lost, short > 0)]
    lost = short if short in fits else fits[0] if len(fits) == 1 else 0
    rest = row.text.split("\t")[: len(model.kinds) - lost]
    return replace(row, text="\t".join([""] * lost + rest)) if lost else row


def _is_whole(kinds: Sequence[Kind]) -> bool:
    """Whether a row begins with a name, a part of the year or the month of the days behind it, and has a time further on."""
    is_named = kinds[0] in ("words", "part") or kinds[:2] == ("month", "days")
    return is_named and any(kind in _TIMED for kind in kinds[1:])


def _kinds(row: Line) -> tuple[Kind, ...]:
    return tuple(_kind(one_line(text)) for text in row.cells)


def _kind(text: str) -> Kind:
    if not text:
        return ""
    if month_of(text) is not None:
        return "month"
    if are_days(text):
        return "days"
    return "words" if not is_exact(text) else "part" if is_slot(text) else "time"


def _trimmed(kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    end = len(kinds)
    while end and not kinds[end - 1]:
        end -= 1
    return kinds[:end]
