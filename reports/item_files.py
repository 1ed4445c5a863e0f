"""Items as a workbook (.xlsx): every item with its counts, and each department's reply; it can be sent in again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from reports import texts
from reports.items import Counts, ItemRow, Said, counts
from reports.quarterly.workbook import Sheet, Span, new_sheet, saved
from reports.texts.grammar import full_day
from reports.texts.states import ITEM_KIND_WORDS, ITEM_STAGE_WORDS, outcome_word
from store.states import ItemKind, ItemStage

WIDTHS = (9.0, 12.0, 36.0, 14.0, 18.0, 13.0, 14.0, 14.0, 12.0, 13.0, 36.0, 13.0, 12.0, 16.0, 13.0)
REPLY_WIDTHS = (9.0, 36.0, 16.0, 48.0, 13.0, 14.0, 12.0)


def workbook(rows: Sequence[ItemRow], zone: ZoneInfo, now: datetime) -> bytes:
    """The rows in their order on one sheet, what each department says on another."""
    book = Workbook()
    book.properties.title = texts.line("items.title")
    sheet = _page(book, texts.line("items.sheet"), WIDTHS, is_first=True)
    sheet.line(counted(counts(rows), now.astimezone(zone)))
    _head(sheet, texts.labels("items.head"))
    for row in rows:
        sheet.cells([Span(text, is_left=True) for text in _row(row)])
    said = _page(book, texts.line("items.replies-sheet"), REPLY_WIDTHS)
    _head(said, texts.labels("items.replies-head"))
    for row in rows:
        for one in row.replies:
            if one.text is not None:
                said.cells([Span(text, is_left=True) for text in _reply(row, one)])
    return saved(book)


def empty() -> bytes:
    """The list to fill in, with one example that is left out where it stays."""
    book = Workbook()
    sheet = _page(book, texts.line("items.sheet"), WIDTHS[:13], is_first=True)
    _head(sheet, texts.labels("items.head")[:13])
    sheet.cells([Span(text or None, is_left=True) for text in texts.labels("items.example")])
    return saved(book)


def counted(of: Counts, at: datetime) -> str:
    """The counts as a line."""
    facts = {"total": of.total, "answered": of.answered, "adopted": of.adopted, "rate": of.rate}
    return texts.line("items.counts", at=at, left=of.open, closing=of.closing, late=of.overdue, **facts)


def _page(book: Workbook, name: str, widths: Sequence[float], *, is_first: bool = False) -> Sheet:
    sheet = new_sheet(book, name, widths, is_first=is_first)
    sheet.page.page_setup.orientation = sheet.page.ORIENTATION_LANDSCAPE
    sheet.line(texts.line("items.title"), size=14, bold=True, center=True)
    return sheet


def _head(sheet: Sheet, names: Sequence[str]) -> None:
    at = sheet.cells([Span(name, is_head=True) for name in names])
    sheet.page.freeze_panes = sheet.page.cell(at + 1, 1)


def _row(row: ItemRow) -> list[str | int | None]:
    state = ITEM_STAGE_WORDS[ItemStage(row.state)]
    return [
        row.no,
        ITEM_KIND_WORDS[ItemKind(row.kind)],
        row.title,
        row.requester,
        row.source,
        _day(row.source_on),
        row.department,
        ", ".join(row.cooperating) or None,
        row.officer,
        _day(row.due_at.date()),
        row.reply,
        _day(row.replied_on),
        outcome_word(row.outcome) if row.outcome is not None else None,
        texts.line("items.late", state=state) if row.overdue else state,
        _day(row.closed_on),
    ]


def _reply(row: ItemRow, one: Said) -> list[str | int | None]:
    return [
        row.no,
        row.title,
        one.department,
        one.text,
        _day(one.replied_on),
        one.replied_by,
        texts.line("items.on-behalf") if one.on_behalf else None,
    ]


def _day(day: date | None) -> str | None:
    return full_day(day) if day is not None else None
