""".xlsx: every sheet in order, dates written as plans write them."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from plans.errors import PlanError
from plans.readers.form import Notice, Source, Spot, same_width, sheet_lines, spread
from plans.readers.looks import Look, read_looks


def read(data: bytes) -> Source:
    """The text in the common form. Raises: PlanError."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }
        looks = read_looks(data)
    except PasswordError as problem:
        raise PlanError("password") from problem
    except (CalamineError, BadZipFile, KeyError, ParseError) as problem:
        raise PlanError("damaged") from problem
    lines: list[str] = []
    notices: list[Notice] = []
    for name, rows in sheets.items():
        look = looks.get(name, Look())
        shown = [_shown(row, number, name, look, notices, len(lines)) for number, row in enumerate(rows, 1)]
        notices += _without_value(look, name, len(lines))
        lines += [*sheet_lines(shown, look.joined), *look.boxes, ""]
    if not any(lines) and not notices:
        raise PlanError("empty")
    return Source("\n".join(same_width(lines)), notices)


def _without_value(look: Look, name: str, above: int) -> list[Notice]:
    """One notice a sheet for its formulas of which nobody stored the value; hidden sheets say nothing."""
    if not look.formulas or look.is_hidden:
        return []
    first = look.formulas[0][0]
    cells = ", ".join(cell for _, cell in look.formulas)
    return [Notice("formula", Spot("row", first, name), cells, above + first)]


def _shown(
    row: list[Any], number: int, name: str, look: Look, notices: list[Notice], above: int
) -> list[str] | None:
    """The texts of a row that people see, empty in place of each that is hidden or crossed out; None where all are."""
    texts: list[str] = []
    for column, value in enumerate(row, 1):
        text = shown_as(value)
        kept, kind = look.kept(number, column, text)
        if kind is not None and text.strip() != kept.strip():
            gone = text.replace(kept, "", 1).strip() if kept else text.strip()
            notices.append(Notice(kind, Spot("row", number, name), gone, above + number))
        texts.append(kept)
    has_gone = any(shown_as(value).strip() for value in row) and not any(text.strip() for text in texts)
    return None if has_gone else spread(texts, look.reaches.get(number, {}))


def shown_as(value: object) -> str:
    """A cell as a plan would write it: 3.0 is 3, a date is 2026. 3. 1."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() != time(0):
        return f"{value:%Y. %-m. %-d. %H:%M}"
    if isinstance(value, date):
        return f"{value.year}. {value.month}. {value.day}."
    if isinstance(value, (time, timedelta)):
        return str(value)
    return str(value)
