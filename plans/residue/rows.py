"""The rows of a table, whatever its header says -> pieces: the words of the row beside each time in it (표의 나머지)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from plans.entries.items import split_items, without_mark
from plans.entries.phrase import clean_title, is_act, is_figure, is_year_only, whole
from plans.residue.pieces import Piece, pieces_of
from plans.structure.years import YearScope
from plans.tables.column_roles import Columns, Role, act_of, heads_more, is_office, is_total, read_columns
from plans.tables.table import Table, cell, cell_text
from plans.tables.whens import spans_of
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze
from plans.time.scan import find_dates

_HANGUL: Final = re.compile(r"[가-힣]")
_ABOUT: Final = frozenset(
    {"owner", "officers", "phones", "related", "budgets", "status", "remark", "figure", "no", "fact"}
)
LEAST_LETTERS: Final = 2
LONGEST_NAME: Final = 80


@dataclass(frozen=True)
class OfRow:
    """A piece of a row, the role of its column and the share of that column's cells that are times."""

    row: Line
    piece: Piece
    role: Role
    share: float
    header: str


def pieces_of_rows(table: Table, scope: YearScope, left: Container[int]) -> Iterator[OfRow]:
    """The pieces of the rows of a table with these numbers; none of one whose columns are months or years."""
    columns = read_columns(table.head, table.below)
    if columns.of("slot") or table.head.years or spans_of(columns):
        return
    several = len([one for one in columns.all if one.times > 0]) > 1
    merged: dict[int, str] = {}
    for row in table.below:
        if is_total(row):
            continue
        names = _names(row, columns, merged)
        for index in range(len(row.cells)) if row.no in left else ():
            yield from _of_cell(row, index, columns, names, several, scope)


def _of_cell(
    row: Line, index: int, columns: Columns, names: Sequence[tuple[int, str]], several: bool, scope: YearScope
) -> Iterator[OfRow]:
    text = cell(row, index)
    if not text or not re.search(r"\d", text) or (index and row.cells[index - 1] == row.cells[index]):
        return
    context = scope.context(row.no)
    column = columns.all[index] if index < len(columns.all) else None
    role = columns.role(index)
    share = column.times if column is not None else 0.0
    header = one_line(" ".join(column.path)) if column is not None else ""
    found = whole(text.replace("()", ""), replace(context, before=None))
    name = _name(names, index)
    if found is not None:
        if found.trouble is None and found.windows and not is_year_only(found):
            yield OfRow(row, Piece(_title(name, header, several), text, found, "row"), role, share, header)
        return
    for item in split_items(cell_text(row, index)):
        for piece in pieces_of(without_mark(item), replace(context, before=None)):
            title = piece.title or _title(name, header, several=False)
            yield OfRow(row, replace(piece, title=title, form="cell"), role, share, header)


def _names(row: Line, columns: Columns, merged: dict[int, str]) -> list[tuple[int, str]]:
    """The cells of a row that may say what it is about, with those above where they are merged."""
    found: list[tuple[int, str]] = []
    is_blank = True
    for index in range(len(row.cells)):
        text = cell(row, index)
        is_blank = is_blank and not text
        if text:
            merged[index] = text
        shown = text or (merged.get(index, "") if is_blank else "")
        is_word = (
            len(_HANGUL.findall(shown)) >= LEAST_LETTERS and not find_dates(shown) and not is_figure(shown)
        )
        if (
            is_word
            and columns.role(index) not in _ABOUT
            and not is_office(shown)
            and (index == 0 or shown != cell(row, index - 1))
        ):
            found.append((index, shown))
    return found


def _name(names: Sequence[tuple[int, str]], index: int) -> str:
    """What a time's row is about: the words left of it, else those right of it."""
    left = [text for at, text in names if at < index]
    right = [text for at, text in names if at > index]
    chosen = left or right[:1]
    return clean_title(without_mark(" ".join(dict.fromkeys(chosen))))[:LONGEST_NAME]


def _title(name: str, header: str, several: bool) -> str:
    """The name of a row with what the header of the time says is done then, where it is an act or one of several."""
    act = act_of(squeeze(header)) if header else ""
    is_said = bool(act) and not heads_more(act) and (several or (is_act(act) and not is_act(name)))
    return f"{name} {header if is_said else ''}".strip() or header
