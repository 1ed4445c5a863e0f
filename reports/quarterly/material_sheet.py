"""보고회 자료 as a spreadsheet: who has handed in, then one sheet a department, to be printed on its own."""

import re

from openpyxl import Workbook

from reports import texts
from reports.quarterly.material import Department, Material, Project
from reports.quarterly.workbook import COUNT, Sheet, Span, new_sheet, saved
from reports.texts.states import PLEDGE_WORDS
from store.states import PledgeStatus

OVERVIEW_WIDTHS = (22.0, 10.0, 10.0, 10.0, 60.0)
WIDTHS = (9.0, 24.0, 12.0, 12.0, 36.0, 28.0, 28.0, 12.0)
DOUBT_WIDTHS = (18.0, 10.0, 36.0, 14.0, 70.0)
NAME_MOST = 28  # letters of a sheet's name; a few more are allowed
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def xlsx(material: Material) -> bytes:
    """The file's content."""
    book = Workbook()
    book.properties.title = texts.line("material.title", period=material.period.label)
    overview = texts.line("material.overview")
    _overview(new_sheet(book, overview, OVERVIEW_WIDTHS, is_first=True), material)
    names = {overview}
    for one in material.departments:
        name = _sheet_name(one.name, names)
        names.add(name)
        _department(new_sheet(book, name, WIDTHS), material, one)
    if material.doubts:
        name = _sheet_name(texts.line("material.doubts"), names)
        _doubts(new_sheet(book, name, DOUBT_WIDTHS), material)
    return saved(book)


def _doubts(sheet: Sheet, material: Material) -> None:
    """What remains to be asked, a line a question."""
    _title(sheet, material, texts.line("material.doubts"))
    sheet.cells([Span(one, is_head=True) for one in texts.labels("material.doubts-head")])
    for of, one, text in material.doubts:
        words = of.name, one.no, one.title, now_word(one), text
        sheet.cells([Span(each, is_left=True) for each in words])


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that spreadsheets take and no other sheet has."""
    short = _FORBIDDEN.sub("·", name)[:NAME_MOST].strip("'") or texts.line("material.nameless-sheet")
    found, number = short, 2
    while found.casefold() in {one.casefold() for one in taken}:
        found, number = f"{short[: NAME_MOST - 2]} {number}", number + 1
    return found


def _title(sheet: Sheet, material: Material, second: str) -> None:
    sheet.line(texts.line("material.title", period=material.period.label), size=16, bold=True, center=True)
    sheet.line(second, center=True)
    days = {"as_of": material.as_of, "at": material.generated_at}
    sheet.line(texts.line("material.as-of", **days, timezone=material.timezone), size=9)


def _overview(sheet: Sheet, material: Material) -> None:
    _title(sheet, material, material.organisation)
    head = sheet.cells([Span(one, is_head=True) for one in texts.labels("material.overview-head")])
    sheet.page.print_title_rows = f"{head}:{head}"
    for one in sorted(material.departments, key=lambda one: -len(one.missing)):
        left = ", ".join(each.no for each in one.missing)
        counts = len(one.projects), len(one.projects) - len(one.missing), len(one.missing)
        numbers = [Span(count, number_format=COUNT) for count in counts]
        sheet.cells([Span(one.name, is_left=True), *numbers, Span(left or None, is_left=True)])
    totals = material.total, material.total - material.missing, material.missing
    total = Span(texts.line("material.total"), is_head=True)
    sheet.cells([total, *(Span(one, number_format=COUNT) for one in totals), Span(None)], bold=True)


def _department(sheet: Sheet, material: Material, department: Department) -> None:
    page = sheet.page
    page.page_setup.orientation = page.ORIENTATION_LANDSCAPE
    _title(sheet, material, department.name)
    head = sheet.cells([Span(one, is_head=True) for one in texts.labels("material.head")])
    page.print_title_rows = f"{head}:{head}"
    for one in department.projects:
        written = [Span(text, is_left=True) for text in (one.results, one.problems, one.next_plan)]
        statuses = Span(_word(one.before)), Span(now_word(one))
        title = Span(one.title, is_left=True)
        sheet.cells([Span(one.no), title, *statuses, *written, Span(", ".join(one.officers) or None)])


def now_word(one: Project) -> str:
    """What was sent back counts as not handed in, whatever it said before."""
    return (_word(one.status) or "") if one.is_submitted else texts.line("material.missing")


def _word(status: PledgeStatus | None) -> str | None:
    return PLEDGE_WORDS[status] if status is not None else None
