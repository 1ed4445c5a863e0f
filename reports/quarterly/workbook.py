"""The result as a spreadsheet (.xlsx): the published form on one A4 sheet, and the rows behind it on another."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports import texts

Value = str | int | Decimal | None

HEAD = PatternFill("solid", fgColor="E4EFED")
WARN = PatternFill("solid", fgColor="FFF4EC")
THIN = Side(style="thin", color="8A9A99")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
COUNT = '#,##0;-#,##0;"-"'
LONGEST = 32_767  # characters that a cell takes
POINTS_PER_LINE = 15.0


def percent_format(decimals: int) -> str:
    return "0" + ("." + "0" * decimals if decimals else "") + "%"


def pieces_format() -> str:
    """Counts with their unit: 49건."""
    return texts.line("result.sheet.pieces")


def fraction(value: Decimal) -> float:
    """67.3 (percent) as the 0.673 that a percent format shows."""
    return float(value.scaleb(-2))


@dataclass
class Span:
    """A cell of a row, over so many columns."""

    value: Value
    columns: int = 1
    is_head: bool = False
    is_left: bool = False
    number_format: str | None = None


@dataclass
class Sheet:
    """Writes downwards; `row` is the next free row. Text never becomes a formula."""

    page: Worksheet
    columns: int
    widths: Sequence[float]
    row: int = 1
    _bold: Font = field(default_factory=lambda: Font(bold=True))

    def line(
        self, text: str, *, size: int = 11, bold: bool = False, center: bool = False, warn: bool = False
    ) -> None:
        """One text over all columns, with the height that it needs."""
        cell = self._put(self.row, 1, text)
        cell.font = Font(bold=bold, size=size)
        cell.alignment = Alignment(
            horizontal="center" if center else "left", vertical="center", wrap_text=True
        )
        if warn:
            cell.fill = WARN
        self.page.merge_cells(start_row=self.row, start_column=1, end_row=self.row, end_column=self.columns)
        self._height(self.row, [(text, sum(self.widths) * 11 / size)], size)
        self.row += 1

    def item(self, text: str, *, size: int = 11, bold: bool = False, warn: bool = False) -> None:
        """One of a list."""
        self.line(f"- {text}", size=size, bold=bold, warn=warn)

    def note(self, text: str, *, size: int = 11) -> None:
        self.line(f"※ {text}", size=size)

    def gap(self) -> None:
        self.row += 1

    def cells(self, spans: Sequence[Span], *, bold: bool = False) -> int:
        """One table row; gives its number."""
        at, lengths = 1, []
        for span in spans:
            cell = self._put(self.row, at, span.value)
            cell.alignment = Alignment(
                horizontal="left" if span.is_left else "center", vertical="center", wrap_text=True
            )
            if span.number_format:
                cell.number_format = span.number_format
            if bold or span.is_head:
                cell.font = self._bold
            for column in range(at, at + span.columns):
                each = self.page.cell(self.row, column)
                each.border = GRID
                if span.is_head:
                    each.fill = HEAD
            if span.columns > 1:
                end = at + span.columns - 1
                self.page.merge_cells(start_row=self.row, start_column=at, end_row=self.row, end_column=end)
            if isinstance(span.value, str):
                lengths.append((span.value, sum(self.widths[at - 1 : at - 1 + span.columns])))
            at += span.columns
        self._height(self.row, lengths, 11)
        self.row += 1
        return self.row - 1

    def merge_down(self, first: int, last: int, column: int) -> None:
        """The rows of one column as one cell."""
        if last > first:
            self.page.merge_cells(start_row=first, start_column=column, end_row=last, end_column=column)

    def _put(self, row: int, column: int, value: Value) -> Cell:
        cell = self.page.cell(row, column)
        if isinstance(value, Decimal):
            cell.value = float(value)
        elif isinstance(value, str):
            cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value)[:LONGEST]
            cell.data_type = "s"
        else:
            cell.value = value
        return cell

    def _height(self, row: int, texts: Sequence[tuple[str, float]], size: int) -> None:
        """Excel does not fit the height of merged cells by itself."""
        lines = max(
            (sum(wrapped_lines(line, width) for line in text.split("\n")) for text, width in texts), default=1
        )
        self.page.row_dimensions[row].height = lines * POINTS_PER_LINE * size / 11 + 3


def wrapped_lines(text: str, width: float) -> int:
    """How many lines the text takes in a column of that width; a Hangul letter is two characters wide."""
    used = sum(2 if ord(char) > 0x1100 else 1 for char in text)
    return max(1, -(-used // max(1, int(width) - 1)))


def new_sheet(book: Workbook, title: str, widths: Sequence[float], *, is_first: bool = False) -> Sheet:
    """A sheet that prints on A4 upright, one page wide."""
    page = book.active if is_first else book.create_sheet()
    assert isinstance(page, Worksheet)
    page.title = title
    for index, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(index)].width = width
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = page.ORIENTATION_PORTRAIT
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = 0.5
    page.print_options.horizontalCentered = True
    page.oddFooter.center.text = "- &P / &N -"
    page.sheet_view.showGridLines = False
    return Sheet(page, len(widths), widths)


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
