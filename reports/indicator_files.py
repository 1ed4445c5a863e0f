"""Indicators as a workbook (.xlsx) or a page (.html): every one with its counts and as-of day, and each value by its period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import escape

from openpyxl import Workbook

from reports import texts
from reports.indicators import Count, KpiRow, TargetRow, counts, grouped, share
from reports.quarterly.workbook import Span, new_sheet, saved
from reports.texts.grammar import full_day
from reports.texts.speaking import language
from reports.texts.states import INDICATOR_KIND_WORDS, INDICATOR_PERIOD_WORDS
from store.states import IndicatorKind, IndicatorPeriod

WIDTHS = (8.0, 30.0, 26.0, 9.0, 8.0, 24.0, 16.0, 16.0, 18.0, 20.0, 18.0, 11.0, 14.0, 14.0, 20.0)
VALUE_WIDTHS = (8.0, 30.0, 14.0, 22.0, 22.0, 36.0, 14.0)
Cell = str | int | Decimal | None


def told(count: Count | None, unit: str | None) -> str | None:
    """412건, both counts of a ratio, a grade, words; None for nothing."""
    if count is None:
        return None
    has_number = count.number is not None
    return texts.line(
        "indicators.told",
        number=grouped(count.number) if count.number is not None else None,
        of=grouped(count.of) if count.of is not None else None,
        share=share(count.number or "0", count.of) if has_number and count.of is not None else None,
        unit=unit,
        words=count.words,
    )


def counted(rows: Sequence[KpiRow], at: datetime) -> str:
    """The counts of the rows as a line."""
    found = counts(rows).model_dump()
    found["reached"] = found.pop("goals_reached")
    return texts.line("indicators.counts", at=at, **found)


def workbook(rows: Sequence[KpiRow], at: datetime) -> bytes:
    """The rows in their order on one sheet, the values of each period on another."""
    book = Workbook()
    book.properties.title = texts.line("indicators.title")
    pages = (
        (
            texts.line("indicators.sheet"),
            texts.labels("indicators.head"),
            WIDTHS,
            [_cells(one) for one in rows],
        ),
        (
            texts.line("indicators.values-sheet"),
            texts.labels("indicators.values-head"),
            VALUE_WIDTHS,
            list(_values(rows)),
        ),
    )
    for at_page, (name, head, widths, body) in enumerate(pages):
        sheet = new_sheet(book, name, widths, is_first=at_page == 0)
        sheet.page.page_setup.orientation = sheet.page.ORIENTATION_LANDSCAPE
        sheet.line(texts.line("indicators.title"), size=14, bold=True, center=True)
        sheet.line(counted(rows, at))
        top = sheet.cells([Span(one, is_head=True) for one in head])
        sheet.page.freeze_panes = sheet.page.cell(top + 1, 1)
        for cells in body:
            sheet.cells([Span(one, is_left=True) for one in cells])
    return saved(book)


def page(rows: Sequence[KpiRow], at: datetime) -> bytes:
    """The same as a page that needs nothing else."""
    parts = [
        f'<!doctype html><html lang="{language()}"><meta charset="utf-8"><title>{escape(texts.line("indicators.title"))}</title>',
        "<style>body{font-family:sans-serif;margin:1rem}table{border-collapse:collapse;margin:1rem 0}"
        "td,th{border:1px solid #999;padding:.25rem .5rem;text-align:left;vertical-align:top}th{background:#dcebe9}</style>",
        f"<h1>{escape(texts.line('indicators.title'))}</h1><p>{escape(counted(rows, at))}</p>",
        _table(texts.labels("indicators.head"), (_cells(one) for one in rows)),
        f"<h2>{escape(texts.line('indicators.values-sheet'))}</h2>",
        _table(texts.labels("indicators.values-head"), _values(rows)),
        "</html>",
    ]
    return "".join(parts).encode()


def _table(head: Sequence[str], body: Iterable[Sequence[Cell]]) -> str:
    def row(tag: str, cells: Iterable[Cell]) -> str:
        said = (escape(str(one)) if one is not None else "" for one in cells)
        return f"<tr>{''.join(f'<{tag}>{one}</{tag}>' for one in said)}</tr>"

    return f"<table>{row('th', head)}{''.join(row('td', one) for one in body)}</table>"


def _cells(row: KpiRow) -> list[Cell]:
    whole = next((one for one in row.targets if one.month is None and one.year == row.year), None)
    first: Count | TargetRow | None = whole.first or whole if whole is not None else None
    return [
        row.no,
        row.name,
        row.task_title or row.department,
        INDICATOR_KIND_WORDS[IndicatorKind(row.kind)],
        INDICATOR_PERIOD_WORDS[IndicatorPeriod(row.period)],
        row.formula,
        told(row.baseline, row.unit),
        told(first, row.unit),
        told(whole, row.unit),
        told(row.reached, row.unit),
        told(row.planned, row.unit),
        row.rate,
        _day(row.as_of),
        texts.words("indicators.state").get(row.state or "", ""),
        ", ".join(full_day(one) for one in row.missing) or None,
    ]


def _values(rows: Sequence[KpiRow]) -> Iterable[list[Cell]]:
    for row in rows:
        for one in row.values:
            yield [
                row.no,
                row.name,
                _day(one.ends_on),
                told(one, row.unit),
                told(one.corrected, row.unit),
                one.evidence,
                one.entered_by,
            ]


def _day(day: date | None) -> str | None:
    return full_day(day) if day is not None else None
