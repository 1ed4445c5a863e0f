"""The cells of the first sheet that is shown (.xlsx), as they stand: for forms that go out and come back (빈 서식)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from plans.errors import PlanError
from plans.readers.form import MOST_LINES
from plans.readers.looks import Look, read_looks
from plans.readers.xlsx import shown_as
from plans.sheet.grid import Grid
from plans.text.spelling import one_line

WIDEST: Final = 60  # columns of a form that people fill in


def read_cells(data: bytes) -> Grid:
    """The first sheet that is not hidden. Raises: PlanError."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        looks = read_looks(data)
        name = next((one for one in book.sheet_names if not looks.get(one, Look()).is_hidden), None)
        cells = [] if name is None else book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except PasswordError as problem:
        raise PlanError("password") from problem
    except (CalamineError, BadZipFile, KeyError, ParseError) as problem:
        raise PlanError("damaged") from problem
    rows = list(_rows(cells))
    if name is None or not rows:
        raise PlanError("empty")
    look = looks.get(name, Look())
    reaches = {row - 1: wide for row, wide in look.reaches.items() if row <= len(rows)}
    return Grid(name=name, rows=rows, reaches=reaches, choices=look.choices)


def _rows(cells: Iterable[Sequence[object]]) -> Iterable[list[str]]:
    """Each row without the empty cells at its end; empty rows at the end are left out."""
    waiting: list[list[str]] = []
    for number, row in enumerate(cells, 1):
        if number > MOST_LINES:
            raise PlanError("long")
        texts = [one_line(shown_as(value)) for value in row]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > WIDEST:
            raise PlanError("wide", most=WIDEST)
        waiting.append(texts)
        if texts:
            yield from waiting
            waiting.clear()
