"""A pack as a workbook (.xlsx) and as a document (.docx): the same tables in the same order."""

from __future__ import annotations

import io

from docx import Document
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from reports import texts
from reports.meetings.pack import Pack, Table
from reports.quarterly.workbook import Span, new_sheet, saved

COLUMNS = 6
GRID = "Table Grid"


def workbook(pack: Pack) -> bytes:
    """One sheet that prints on A4, a table under the other."""
    book = Workbook()
    book.properties.title = pack.title
    sheet = new_sheet(book, texts.line("meetings.sheet"), pack.widths, is_first=True)
    sheet.page.page_setup.orientation = sheet.page.ORIENTATION_LANDSCAPE
    sheet.line(pack.title, size=14, bold=True, center=True)
    for name, value in pack.facts:
        sheet.line(f"{name}: {value}")
    for one in pack.tables:
        sheet.gap()
        sheet.line(one.title, size=12, bold=True)
        if not one.rows:
            sheet.line(one.empty)
            continue
        sheet.cells([Span(name, _over(one, at), is_head=True) for at, name in enumerate(one.head)])
        for row in one.rows:
            sheet.cells([Span(text or None, _over(one, at), is_left=True) for at, text in enumerate(row)])
    return saved(book)


def _over(one: Table, at: int) -> int:
    """The last column of a table takes what is left of the sheet."""
    return COLUMNS - at if at == len(one.head) - 1 else 1


def document(pack: Pack) -> bytes:
    """The same to be written on in a word processor."""
    paper = Document()
    normal = paper.styles["Normal"]
    normal.font.name = texts.line("meetings.font")
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), texts.line("meetings.font"))
    paper.core_properties.title = pack.title
    paper.add_heading(_clean(pack.title), 0)
    for name, value in pack.facts:
        paper.add_paragraph(_clean(f"{name}: {value}"))
    for one in pack.tables:
        paper.add_heading(_clean(one.title), 1)
        if not one.rows:
            paper.add_paragraph(_clean(one.empty))
            continue
        grid = paper.add_table(rows=1, cols=len(one.head), style=GRID)
        for cell, name in zip(grid.rows[0].cells, one.head, strict=True):
            cell.text = ""
            cell.paragraphs[0].add_run(_clean(name)).bold = True
        for row in one.rows:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = _clean(text)
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()


def _clean(text: str) -> str:
    """Without what no office file takes."""
    clean: str = ILLEGAL_CHARACTERS_RE.sub(" ", text)
    return clean
