"""The whole register as a sheet with stable numbers (등록부): written, and read again with what was filled in or changed."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from plans.errors import PlanError
from plans.facts import Fault
from plans.sheet.columns import COMES_BACK, REGISTER_COLUMNS, REGISTER_MARK
from plans.text.characters import ID_DIGITS, clean, number_of
from plans.time.timeline import CannotSay, Context, read_time

MOST_PERCENT: Final = 100
MARK_LETTERS: Final = 6  # of each column that comes back
DAYS: Final = frozenset({"due", "done"})
WIDTHS: Final = (8, 10, 30, 16, 18, 34, 18, 12, 12, 9, 12, 8, 36, 16, 20, 20, 24, 26, 12)
Cell = str | int | date | None


@dataclass(frozen=True)
class Row:
    """A row that somebody changed: the number of the entry, or of a task without entries, and what is written now in the
    columns that were changed; days as ISO days, percentages as figures."""

    line: int
    number: int
    cells: dict[str, str]


@dataclass
class RegisterSheet:
    """`rows`: those that somebody changed; `unchanged`: how many nobody did."""

    rows: list[Row] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)


def is_register(text: str) -> bool:
    """The text is a register in this form."""
    return text.lstrip("\n").startswith(REGISTER_MARK)


def read_register(text: str) -> RegisterSheet:
    """Every row that was changed, and what is wrong with each that cannot be read. Raises PlanError without the header."""
    found, header = RegisterSheet(), None
    for line, written in enumerate(text.split("\n"), 1):
        cells = [cell.replace("<br>", "\n").strip() for cell in written.split("\t")]
        if header is None:
            if set(REGISTER_COLUMNS.values()) <= set(cells):
                header = {name: cells.index(word) for name, word in REGISTER_COLUMNS.items()}
            continue
        if any(cells):
            _add(found, line, {name: cells[at] if at < len(cells) else "" for name, at in header.items()})
    if header is None:
        raise PlanError("sheet-head", columns=[REGISTER_COLUMNS[name] for name in COMES_BACK])
    return found


def _add(found: RegisterSheet, line: int, row: dict[str, str]) -> None:
    number = number_of(row["number"].lstrip("#"), ID_DIGITS)
    if number is None:
        found.faults.append(Fault(line, "register.number", {"written": row["number"]}))
        return
    marks = row["as_written"]
    cells = {}
    for at, name in enumerate(COMES_BACK):
        value = _read(name, row[name])
        if value is None:
            column = REGISTER_COLUMNS[name]
            found.faults.append(Fault(line, "register.cell", {"column": column, "written": row[name]}))
            return
        if _mark(value) != marks[at * MARK_LETTERS : (at + 1) * MARK_LETTERS]:
            cells[name] = value
    if cells:
        found.rows.append(Row(line, number, cells))
    else:
        found.unchanged += 1


def _read(name: str, text: str) -> str | None:
    """The cell in its one spelling; None where it is no day or percentage."""
    if not text:
        return ""
    if name in DAYS:
        day = _day(text)
        return day.isoformat() if day else None
    if name == "percent":
        percent = _percent(text)
        return None if percent is None else str(percent)
    return text if name == "note" else clean(text)


def written(value: Cell) -> str:
    """What is written, in the same spelling."""
    return "" if value is None else str(value)


def _mark(value: str) -> str:
    """Tells whether the cell was changed since it was written, whatever became of the entry meanwhile."""
    return hashlib.sha256(clean(value.replace("<br>", " ")).encode()).hexdigest()[:MARK_LETTERS]


def _day(text: str) -> date | None:
    bare = text.split(" ", maxsplit=1)[0] if text[:4].isdigit() and "-" in text else text
    reading = read_time(bare, Context())
    if isinstance(reading, CannotSay) or len(reading.windows) != 1:
        return None
    window = reading.windows[0]
    return window.due if window.precision == "day" else None


def _percent(text: str) -> int | None:
    found = number_of(text.strip().removesuffix("%").strip().removesuffix(".0"))
    return found if found is not None and found <= MOST_PERCENT else None


def write_register(title: str, help_: Sequence[str], rows: Sequence[dict[str, Cell]]) -> bytes:
    """The .xlsx file; `rows` have the columns by their names, without the mark."""
    from openpyxl import Workbook  # noqa: PLC0415 - it takes long to load
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    sheet.append([REGISTER_MARK])
    for one in help_:
        sheet.append([one])
    sheet.append(list(REGISTER_COLUMNS.values()))
    head = sheet.max_row
    for cell in sheet[head]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DCEBE9")
    for row in rows:
        marks = "".join(_mark(written(row.get(name))) for name in COMES_BACK)
        sheet.append([row.get(name) for name in REGISTER_COLUMNS if name != "as_written"] + [marks])
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    sheet.freeze_panes = f"A{head + 1}"
    for at, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFGHIJKLMNOPQRS"[at]].width = width
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
