"""The log as a file: a table, a spreadsheet, lines of JSON."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import datetime

from pydantic import BaseModel

from bot.audit.words import ACTION_WORDS
from bot.chat.turn import UsageError
from bot.texts.render import label, labels

ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what a spreadsheet file cannot hold
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon with


class AuditRow(BaseModel):
    """One entry as it is exported; `at` in the organisation's zone."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    before: dict[str, object]
    after: dict[str, object]
    reason: str | None
    via: str


def as_csv(rows: Sequence[AuditRow]) -> bytes:
    """A table that spreadsheets open with Korean letters; nothing in it is taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(labels("audit.file.head"))
    writer.writerows([_safe(cell) for cell in _cells(one)] for one in rows)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(rows: Sequence[AuditRow]) -> bytes:
    """The same as a spreadsheet; text stays text."""
    from openpyxl import Workbook  # noqa: PLC0415 - it takes long to load
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(label("audit.file.sheet"))
    sheet.freeze_panes = "A2"
    for column, width in zip("ABCDEFGHI", (8, 26, 12, 16, 18, 40, 40, 30, 16), strict=True):
        sheet.column_dimensions[column].width = width
    for row in (labels("audit.file.head"), *map(_cells, rows)):
        cells = [WriteOnlyCell(sheet, ILLEGAL.sub("", one)) for one in row]
        for one in cells:
            one.data_type = "s"
        sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_lines(rows: Sequence[AuditRow]) -> bytes:
    """One JSON object a line."""
    return "".join(f"{one.model_dump_json()}\n" for one in rows).encode()


FORMS = {".csv": as_csv, ".xlsx": as_workbook, ".jsonl": as_lines}


def form_of(name: str) -> Callable[[Sequence[AuditRow]], bytes]:
    """What makes a file of that name. Raises UsageError for an ending that no form has."""
    for ending, made in FORMS.items():
        if name.lower().endswith(ending):
            return made
    raise UsageError(label("audit.file.wrong-ending", names=list(FORMS)))


def _cells(one: AuditRow) -> list[str]:
    return [
        str(one.id), one.at.isoformat(timespec="seconds"), one.actor, ACTION_WORDS.get(one.action, one.action),
        one.subject, _flat(one.before), _flat(one.after), one.reason or "", one.via,
    ]  # fmt: skip


def _flat(values: dict[str, object]) -> str:
    return "; ".join(f"{key}={value}" for key, value in values.items())


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
