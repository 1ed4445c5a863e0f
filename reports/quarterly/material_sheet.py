"""보고회 자료 as a spreadsheet: who has handed in, then one sheet a department, to be printed on its own."""

from __future__ import annotations

import re

from openpyxl import Workbook

from reports.quarterly import wording
from reports.quarterly.material import Department, Material, Project
from reports.quarterly.workbook import COUNT, Sheet, Span, new_sheet, saved
from store.states import PLEDGE_WORDS, PledgeStatus

OVERVIEW = "제출현황"
OVERVIEW_WIDTHS = (22.0, 10.0, 10.0, 10.0, 60.0)
HEAD = ("관리번호", "사업명", "직전", "이번", "추진실적", "문제점·대책", "향후계획", "담당")
WIDTHS = (9.0, 24.0, 12.0, 12.0, 36.0, 28.0, 28.0, 12.0)
NAME_MOST = 28  # letters of a sheet's name; a few more are allowed
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def xlsx(material: Material) -> bytes:
    """The file's content."""
    book = Workbook()
    book.properties.title = f"{material.period.label} 추진상황 보고회 자료"
    _overview(new_sheet(book, OVERVIEW, OVERVIEW_WIDTHS, is_first=True), material)
    names = {OVERVIEW}
    for one in material.departments:
        name = _sheet_name(one.name, names)
        names.add(name)
        _department(new_sheet(book, name, WIDTHS), material, one)
    return saved(book)


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that spreadsheets take and no other sheet has."""
    short = _FORBIDDEN.sub("·", name)[:NAME_MOST].strip("'") or "부서"
    found, number = short, 2
    while found.casefold() in {one.casefold() for one in taken}:
        found, number = f"{short[: NAME_MOST - 2]} {number}", number + 1
    return found


def _title(sheet: Sheet, material: Material, second: str) -> None:
    at = material.generated_at
    sheet.line(f"{material.period.label} 추진상황 보고회 자료", size=16, bold=True, center=True)
    sheet.line(second, center=True)
    moment = f"{wording.full_day(at.date())} {at:%H:%M} ({material.timezone})"
    sheet.line(f"기준일자 {wording.full_day(material.as_of)} · 출력 {moment}", size=9)


def _overview(sheet: Sheet, material: Material) -> None:
    _title(sheet, material, material.organisation)
    head = sheet.cells([Span(one, is_head=True) for one in ("부서", "대상", "제출", "미제출", "미제출 사업")])
    sheet.page.print_title_rows = f"{head}:{head}"
    for one in sorted(material.departments, key=lambda one: -len(one.missing)):
        left = ", ".join(each.no for each in one.missing)
        counts = len(one.projects), len(one.projects) - len(one.missing), len(one.missing)
        numbers = [Span(count, number_format=COUNT) for count in counts]
        sheet.cells([Span(one.name, is_left=True), *numbers, Span(left or None, is_left=True)])
    totals = material.total, material.total - material.missing, material.missing
    sheet.cells(
        [Span("계", is_head=True), *(Span(one, number_format=COUNT) for one in totals), Span(None)], bold=True
    )


def _department(sheet: Sheet, material: Material, department: Department) -> None:
    page = sheet.page
    page.page_setup.orientation = page.ORIENTATION_LANDSCAPE
    _title(sheet, material, department.name)
    head = sheet.cells([Span(one, is_head=True) for one in HEAD])
    page.print_title_rows = f"{head}:{head}"
    for one in department.projects:
        texts = [Span(text, is_left=True) for text in (one.results, one.problems, one.next_plan)]
        statuses = Span(_word(one.before)), Span(now_word(one))
        title = Span(one.title, is_left=True)
        sheet.cells([Span(one.no), title, *statuses, *texts, Span(", ".join(one.officers) or None)])


def now_word(one: Project) -> str:
    """What was sent back counts as not handed in, whatever it said before."""
    return (_word(one.status) or "") if one.is_submitted else "미제출"


def _word(status: PledgeStatus | None) -> str | None:
    return PLEDGE_WORDS[status] if status is not None else None
