"""Registration links as rows: a spreadsheet (printed a page a department, a square code a person) and a .csv."""

import csv
import io
from collections.abc import Sequence
from itertools import pairwise

import segno
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from reports.cells import safe, storable
from reports.invite_sheet import Invited

WIDTHS = (20.0, 12.0, 12.0, 58.0, 22.0, 17.0)
CODE_COLUMN, ROW_POINTS, PIXELS = "F", 92.0, 3
"""Where the square code stands, how high its row is, and how many pixels each of its squares has."""


def rows(people: Sequence[Invited], until: str) -> list[list[str]]:
    """Department, name, rank, link and until when it is good, of each person."""
    return [[one.department, one.name, one.rank, one.link, until] for one in people]


def as_csv(people: Sequence[Invited], head: Sequence[str], until: str) -> bytes:
    """`head`: the names of the columns, that of the square code last, which a .csv does not have."""
    text = io.StringIO()
    table = [list(head[:-1]), *rows(people, until)]
    csv.writer(text).writerows([safe(cell) for cell in one] for one in table)
    return text.getvalue().encode("utf-8-sig")


def xlsx(people: Sequence[Invited], head: Sequence[str], until: str) -> bytes:
    book = Workbook()
    page: Worksheet = book.active
    page.page_setup.orientation, page.page_setup.fitToHeight = page.ORIENTATION_LANDSCAPE, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows, page.freeze_panes = "1:1", "A2"
    for number, cells in enumerate([list(head), *rows(people, until)], start=1):
        _write(page, number, cells)
    for letter, width in zip("ABCDEF", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    for number, one in enumerate(people, start=2):
        page.row_dimensions[number].height = ROW_POINTS
        page.add_image(_picture(one.link), f"{CODE_COLUMN}{number}")
    for number, (before, after) in enumerate(pairwise(people), start=2):
        if before.department != after.department:
            page.row_breaks.append(Break(id=number))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write(page: Worksheet, number: int, cells: Sequence[str]) -> None:
    for column, text in enumerate(cells, start=1):
        cell = page.cell(number, column, storable(text))
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="center", wrap_text=True)


def _picture(link: str) -> Image:
    content = io.BytesIO()
    segno.make_qr(link, error="m").save(content, kind="png", scale=PIXELS, border=2)
    content.seek(0)
    return Image(content)
