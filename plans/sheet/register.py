"""The whole register as a sheet with stable numbers (등록부): written, and read again with the done days, percentages and notes
that were filled in."""

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
from plans.text.characters import ID_DIGITS, number_of
from plans.time.timeline import CannotSay, Context, read_time

MOST_PERCENT: Final = 100
MARK_LETTERS: Final = 10
Cell = str | int | date | None


@dataclass(frozen=True)
class Filled:
    """What comes back of one row."""

    done_on: date | None
    percent: int | None
    note: str | None

    @property
    def mark(self) -> str:
        """Tells whether the row was changed since it was written, whatever became of the entry meanwhile."""
        text = f"{self.done_on or ''}|{'' if self.percent is None else self.percent}|{_close(self.note)}"
        return hashlib.sha256(text.encode()).hexdigest()[:MARK_LETTERS]


@dataclass(frozen=True)
class Row:
    """A row of the sheet: the entry's number, what was filled in, and the mark it was written with."""

    line: int
    number: int
    filled: Filled
    mark: str

    @property
    def is_changed(self) -> bool:
        return self.filled.mark != self.mark


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
    day, percent = _day(row["done"]), _percent(row["percent"])
    for name, value in (("done", day), ("percent", percent)):
        if row[name] and value is None:
            column = REGISTER_COLUMNS[name]
            found.faults.append(Fault(line, "register.cell", {"column": column, "written": row[name]}))
            return
    one = Row(line, number, Filled(day, percent, row["note"] or None), row["as_written"])
    if one.is_changed:
        found.rows.append(one)
    else:
        found.unchanged += 1


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


def _close(note: str | None) -> str:
    return " ".join((note or "").split())


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
        filled = Filled(_as_day(row["done"]), _as_int(row["percent"]), _as_text(row["note"]))
        sheet.append([row.get(name) for name in REGISTER_COLUMNS if name != "as_written"] + [filled.mark])
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    sheet.freeze_panes = f"A{head + 1}"
    for at, width in enumerate((8, 10, 30, 16, 18, 34, 18, 12, 12, 9, 12, 8, 36, 12)):
        sheet.column_dimensions["ABCDEFGHIJKLMN"[at]].width = width
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _as_day(value: Cell) -> date | None:
    return value if isinstance(value, date) else None


def _as_int(value: Cell) -> int | None:
    return value if isinstance(value, int) else None


def _as_text(value: Cell) -> str | None:
    return value if isinstance(value, str) else None
