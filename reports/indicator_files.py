"""Indicators as a workbook (.xlsx) or a page (.html): every one with its counts and as-of day, and each value by its period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import escape
from itertools import islice

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from reports import texts
from reports.indicator_picture import KpiPicture, picture_of
from reports.indicator_svg import svg
from reports.indicator_words import range_told, told
from reports.indicators import Count, KpiRow, TargetRow, counts
from reports.quarterly.workbook import Span, new_sheet, saved
from reports.texts.grammar import full_day
from reports.texts.speaking import language
from reports.texts.states import INDICATOR_KIND_WORDS, INDICATOR_PERIOD_WORDS
from store.states import IndicatorKind, IndicatorPeriod

WIDTHS = (8.0, 30.0, 26.0, 9.0, 8.0, 24.0, 16.0, 16.0, 18.0, 20.0, 18.0, 11.0, 14.0, 14.0, 24.0, 20.0)
VALUE_WIDTHS = (8.0, 30.0, 14.0, 22.0, 22.0, 36.0, 14.0)
CHART_WIDTHS = (16.0, 14.0, 14.0, 4.0, 60.0)
CHART_COLUMN, CHART_ROWS, CHART_CM = "E", 18, (7.5, 15.0)
MOST_PICTURES = 50
OF_NUMBERS = ("count", "ratio", "amount")
Cell = str | int | Decimal | None


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
    _charts(book, _pictures(rows))
    return saved(book)


def _pictures(rows: Sequence[KpiRow]) -> list[KpiPicture]:
    """By month, of those that have a plan or a value in numbers; no more than anybody turns over."""
    found = (picture_of(one) for one in rows if one.kind in OF_NUMBERS)
    return list(islice((one for one in found if one is not None), MOST_PICTURES))


def _charts(book: Workbook, found: Sequence[KpiPicture]) -> None:
    """On a sheet of its own: the figures of each by period, and beside them bars of what was reached and the plan's line."""
    if not found:
        return
    name, head = texts.line("indicators.charts-sheet"), texts.labels("indicators.charts-head")
    sheet = new_sheet(book, name, CHART_WIDTHS, is_first=False)
    for one in found:
        top = sheet.row
        sheet.line(one.title, bold=True)
        sheet.line(one.under)
        first = sheet.cells([Span(each, is_head=True) for each in head])
        for point in one.points:
            reached, planned = (_decimal(each) for each in (point.reached, point.planned))
            sheet.cells([Span(full_day(point.ends_on), is_left=True), Span(reached), Span(planned)])
        _chart(sheet.page, first, len(one.points), f"{CHART_COLUMN}{top}")
        sheet.row = max(sheet.row, top + CHART_ROWS) + 1


def _decimal(number: float | None) -> Decimal | None:
    return Decimal(str(round(number, 2))) if number is not None else None


def _chart(page: Worksheet, head: int, periods: int, at: str) -> None:
    bars, line = BarChart(), LineChart()
    for chart, column in ((bars, 2), (line, 3)):
        data = Reference(page, min_col=column, min_row=head, max_row=head + periods)
        chart.add_data(data, titles_from_data=True)
        chart.set_categories(Reference(page, min_col=1, min_row=head + 1, max_row=head + periods))
    bars.height, bars.width = CHART_CM
    bars += line  # over the bars
    page.add_chart(bars, at)


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
        *(svg(one) for one in _pictures(rows)),
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
        range_told(row),
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
