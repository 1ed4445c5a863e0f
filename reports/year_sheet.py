"""연간 일정표 as a spreadsheet: one row a task, one column a month; spans are shaded."""

from openpyxl import Workbook
from openpyxl.styles import PatternFill

from reports import texts
from reports.quarterly.workbook import Sheet, Span, new_sheet, saved
from reports.year import MONTHS, Entry, Mark, YearTable, YearTask

WIDTHS = (14.0, 8.0, 26.0, *(13.0 for _ in MONTHS), 22.0, 12.0)
FIRST_MONTH = 4  # the column of January
RUNS = PatternFill("solid", fgColor="EAF1FB")
LATE = PatternFill("solid", fgColor="FBE3E1")
DONE = PatternFill("solid", fgColor="E3F3E6")
DATA_WIDTHS = (14.0, 8.0, 36.0, 40.0, 12.0, 12.0, 8.0, 16.0)


def xlsx(table: YearTable) -> bytes:
    """The file's content: the table to print, and its rows to sort and filter."""
    book = Workbook()
    book.properties.title = texts.line("year.file-title", title=table.title, year=table.year)
    _write(new_sheet(book, texts.line("year.sheet"), WIDTHS, is_first=True), table)
    _write_data(new_sheet(book, texts.line("year.data-sheet"), DATA_WIDTHS), table)
    return saved(book)


def _write(sheet: Sheet, table: YearTable) -> None:
    page = sheet.page
    page.page_setup.orientation, page.page_setup.paperSize = page.ORIENTATION_LANDSCAPE, page.PAPERSIZE_A3
    sheet.line(texts.line("year.title", year=table.year), size=16, bold=True, center=True)
    sheet.line(table.title, center=True)
    sheet.line(texts.line("year.as-of", at=table.as_of, timezone=table.timezone), size=9)
    head = sheet.cells([Span(name, is_head=True) for name in _head()])
    page.freeze_panes = page.cell(head + 1, FIRST_MONTH)
    page.print_title_rows = f"{head}:{head}"
    for name, tasks in table.departments.items():
        first = sheet.row
        for task in tasks:
            _row(sheet, name, task)
        sheet.merge_down(first, sheet.row - 1, 1)
    counts = [table.count(month) for month in MONTHS]
    total = Span(f"{sum(done for done, _ in counts)}/{sum(whole for _, whole in counts)}")
    months = [Span(f"{done}/{whole}" if whole else "-") for done, whole in counts]
    sheet.cells([Span(texts.line("year.totals"), 3, is_head=True), *months, total, Span(None)], bold=True)


def _head() -> tuple[str, ...]:
    months = (texts.line("year.month", month=month) for month in MONTHS)
    return (*texts.labels("year.head-before"), *months, *texts.labels("year.head-after"))


def _row(sheet: Sheet, department: str, task: YearTask) -> None:
    cells = [Span("\n".join(map(words, task.of_month(month))) or None, is_left=True) for month in MONTHS]
    row = sheet.cells(
        [
            Span(department),
            Span(task.no),
            Span(task.title, is_left=True),
            *cells,
            Span("\n".join(task.rest) or None, is_left=True),
            Span(", ".join(task.officers) or None),
        ]
    )
    for month in MONTHS:
        if (fill := _fill(task, month)) is not None:
            sheet.page.cell(row, FIRST_MONTH + month - 1).fill = fill


def _fill(task: YearTask, month: int) -> PatternFill | None:
    """What is late shows first; a month is done where all that is due in it is."""
    marks = [one.mark for one in task.of_month(month)]
    if Mark.LATE in marks:
        return LATE
    if marks and all(one is Mark.DONE for one in marks):
        return DONE
    return RUNS if task.runs_in(month) else None


def words(entry: Entry) -> str:
    """20. 설계 용역 [완료]; a month or a quarter has no day, what only has a start ends in ~."""
    mark = f" [{_mark(entry)}]" if entry.mark is not Mark.OPEN else ""
    return f"{_day(entry)}{entry.title}{mark}"


def _mark(entry: Entry) -> str:
    return texts.words("year.marks")[entry.mark]


def _day(entry: Entry) -> str:
    if entry.due is None:
        assert entry.start is not None
        return f"{entry.start.day}.~ " if entry.is_exact else "~ "
    if not entry.is_exact:
        return ""
    if entry.start is None or entry.start == entry.due:
        return f"{entry.due.day}. "
    start, due = entry.start, entry.due
    if start.month == due.month:
        return f"{start.day}.~{due.day}. "
    return f"{start.month}.{start.day}.~{due.month}.{due.day}. "


def _write_data(sheet: Sheet, table: YearTable) -> None:
    sheet.cells([Span(name, is_head=True) for name in texts.labels("year.data-head")])
    sheet.page.freeze_panes = "A2"
    for name, tasks in table.departments.items():
        for task in tasks:
            for one in task.entries:
                days = [Span(day.isoformat() if day else None) for day in (one.start, one.due)]
                people = Span(", ".join(task.officers) or None)
                told = [
                    Span(name),
                    Span(task.no),
                    Span(task.title, is_left=True),
                    Span(one.title, is_left=True),
                ]
                sheet.cells([*told, *days, Span(_mark(one)), people])
    sheet.page.auto_filter.ref = f"A1:H{max(1, sheet.row - 1)}"
