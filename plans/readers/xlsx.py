""".xlsx: every sheet in order, dates written as plans write them."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from plans.errors import PlanError
from plans.readers.form import same_width, sheet_lines
from plans.readers.kinds import DAMAGED, EMPTY, PASSWORD


def read(data: bytes) -> str:
    """The text in the common form. Raises: PlanError."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except PasswordError as problem:
        raise PlanError(PASSWORD) from problem
    except CalamineError as problem:
        raise PlanError(DAMAGED) from problem
    lines: list[str] = []
    for rows in sheets:
        lines += [*sheet_lines([_text(value) for value in row] for row in rows), ""]
    if not any(lines):
        raise PlanError(EMPTY)
    return "\n".join(same_width(lines))


def _text(value: object) -> str:
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
