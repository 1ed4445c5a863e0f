"""The log as a file: a table and a spreadsheet in words, lines of JSON as it is stored."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy.orm import Session

from bot.audit.wording import Wording, action_of, via_of
from bot.chat.turn import UsageError
from bot.texts.render import label, labels
from reports.cells import safe, storable
from reports.texts import grammar
from store.models import AuditEntry


class AuditRow(BaseModel):
    """One entry as it is stored, for programs; `at` in the organisation's zone."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    before: dict[str, object]
    after: dict[str, object]
    reason: str | None
    via: str


def row(entry: AuditEntry, zone: ZoneInfo) -> AuditRow:
    """The entry as it is."""
    return AuditRow(
        id=entry.id,
        at=entry.at.astimezone(zone),
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject,
        before=entry.before,
        after=entry.after,
        reason=entry.reason,
        via=entry.via,
    )


class Table:
    """Entries for people to read: a head, and a row each. Of what is about one of `bare` no more than who did what, and
    when."""

    def __init__(
        self,
        session: Session,
        zone: ZoneInfo,
        entries: Iterable[AuditEntry],
        bare: frozenset[str] = frozenset(),
    ) -> None:
        self.zone, self.entries, self.bare = zone, entries, bare
        self.wording = Wording(session, zone)

    def __iter__(self) -> Iterator[list[str]]:
        number, _, *rest = labels("audit.file.head")
        yield [number, label("audit.file.moment", zone=self.zone.key), *rest]
        yield from map(self._cells, self.entries)

    def _cells(self, one: AuditEntry) -> list[str]:
        local = one.at.astimezone(self.zone)
        told = [
            *(str(one.id), f"{grammar.full_day(local)} {local:%H:%M:%S}", one.actor, action_of(one.action)),
            self.wording.subject(one),
        ]
        if one.subject in self.bare:
            return [*told, "", "", "", via_of(one)]
        before, after = ("; ".join(self.wording.values(one, each)) for each in (one.before, one.after))
        return [*told, before, after, one.reason or "", via_of(one)]


def as_csv(table: Table) -> bytes:
    """A table that spreadsheets open with Korean letters; nothing in it is taken for a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([safe(cell) for cell in one] for one in table)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(table: Table) -> bytes:
    """The same as a spreadsheet; text stays text."""
    from openpyxl import Workbook  # noqa: PLC0415 - it takes long to load
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(label("audit.file.sheet"))
    sheet.freeze_panes = "A2"
    for column, width in zip("ABCDEFGHI", (8, 26, 12, 16, 18, 40, 40, 30, 16), strict=True):
        sheet.column_dimensions[column].width = width
    for one in table:
        cells = [WriteOnlyCell(sheet, storable(cell)) for cell in one]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_lines(table: Table) -> bytes:
    """One JSON object a line, as it is stored: for programs."""
    return "".join(f"{row(one, table.zone).model_dump_json()}\n" for one in table.entries).encode()


FORMS = {".csv": as_csv, ".xlsx": as_workbook, ".jsonl": as_lines}


def form_of(name: str) -> Callable[[Table], bytes]:
    """What makes a file of that name. Raises UsageError for an ending that no form has."""
    for ending, made in FORMS.items():
        if name.lower().endswith(ending):
            return made
    raise UsageError(label("audit.file.wrong-ending", names=list(FORMS)))
