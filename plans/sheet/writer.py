"""A plan draft -> the spreadsheet that can be corrected and read again, and the empty form for hand entry."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from plans.draft import Asked, MilestoneDraft, PlanDraft, TaskDraft, Window
from plans.sheet.columns import (
    ENTRY_COLUMNS,
    FACTS,
    GOAL_COLUMNS,
    GOAL_KINDS,
    KINDS,
    MARK,
    PLEDGE_COLUMNS,
    PRECISIONS,
    TASK_COLUMNS,
    TO_DATE,
    YEARLY_GOAL,
    YES,
)
from plans.sheet.form import SPLIT
from plans.sheet.goals import goal_rows

Cell = str | int | date | None

HEAD: Final = PatternFill("solid", fgColor="DCEBE9")
DAY_FORMAT: Final = "yyyy. m. d."
WIDTHS: Final = {
    TASK_COLUMNS["title"]: 36,
    ENTRY_COLUMNS["title"]: 40,
    ENTRY_COLUMNS["expr"]: 22,
    TASK_COLUMNS["officers"]: 22,
    TASK_COLUMNS["related"]: 28,
    TASK_COLUMNS["budgets"]: 24,
}


@dataclass(frozen=True)
class Words:
    """What the form says in the language of its readers: names of its sheets, and help below the plan's title."""

    plan: str
    tasks: str
    entries: str
    goals: str
    help: Sequence[str]


@dataclass(frozen=True)
class Example:
    """What stands in the empty form, to be overwritten: title of the plan, number and title of a task, and so on."""

    plan: str
    no: str
    task: str
    department: str
    officer: str
    entry: str
    expr: str


def write_sheet(draft: PlanDraft, words: Words) -> bytes:
    """The .xlsx file of a draft; reading it gives the same draft, its lines and claims aside."""
    book, tasks, entries = _book((draft.title, draft.plan_year, draft.organisation), words)
    number = 0
    for task in draft.tasks:
        _append(tasks, _task_row(task))
        for milestone in task.milestones:
            number += 1
            for row in _entry_rows(task, number, milestone):
                _append(entries, row)
        for one in task.asked:
            number += 1
            _append(entries, _asked_row(task, number, one))
    _write_goals(book, draft.tasks, words.goals)
    return _saved(book)


def _write_goals(book: Workbook, tasks: Sequence[TaskDraft], name: str) -> None:
    """A sheet of goals, where the plan has any."""
    rows = [row for task in tasks for row in goal_rows(task)]
    if rows:
        sheet = _sheet(book, name, tuple(GOAL_COLUMNS.values()))
        for row in rows:
            _append(sheet, row)


def write_template(year: int, words: Words, example: Example) -> bytes:
    """The empty form, with the plan's year filled in and one example task that is to be overwritten."""
    book, tasks, entries = _book((example.plan, year, ""), words)
    _append(tasks, [example.no, example.task, example.department, example.officer, *[None] * 7])
    _append(entries, [example.no, example.task, 1, example.entry, example.expr, *[None] * 7])
    return _saved(book)


def _book(facts: Sequence[Cell], words: Words) -> tuple[Workbook, Worksheet, Worksheet]:
    """The form with its headers: the book, the sheet of tasks and that of entries."""
    book = Workbook()
    _facts(book, facts, words)
    tasks = _sheet(book, words.tasks, (*TASK_COLUMNS.values(), *PLEDGE_COLUMNS.values()))
    return book, tasks, _sheet(book, words.entries, tuple(ENTRY_COLUMNS.values()))


def _facts(book: Workbook, values: Sequence[Cell], words: Words) -> None:
    sheet = book.active
    assert sheet is not None
    sheet.title = words.plan
    sheet.append([MARK, 1])
    for name, value in zip(FACTS.values(), values, strict=True):
        _append(sheet, [name, value])
    for line in words.help:
        sheet.append([line])
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = 60
    sheet["A1"].font = Font(bold=True)


def _sheet(book: Workbook, title: str, columns: Sequence[str]) -> Worksheet:
    sheet: Worksheet = book.create_sheet(title)
    sheet.append(list(columns))
    for index, name in enumerate(columns, 1):
        head = sheet.cell(1, index)
        head.fill, head.font, head.alignment = HEAD, Font(bold=True), Alignment(horizontal="center")
        sheet.column_dimensions[head.column_letter].width = WIDTHS.get(name, 13)
    sheet.freeze_panes = "A2"
    _offer(sheet, columns, ENTRY_COLUMNS["precision"], list(PRECISIONS))
    is_of_entries = ENTRY_COLUMNS["precision"] in columns
    _offer(
        sheet,
        columns,
        ENTRY_COLUMNS["kind"],
        [*KINDS, TO_DATE] if is_of_entries else [*GOAL_KINDS, YEARLY_GOAL],
    )
    return sheet


def _offer(sheet: Worksheet, columns: Sequence[str], column: str, words: Sequence[str]) -> None:
    """A drop-down list for the column, where the sheet has it."""
    if column not in columns:
        return
    letter = sheet.cell(1, list(columns).index(column) + 1).column_letter
    choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"{letter}2:{letter}2000")


def _append(sheet: Worksheet, row: Sequence[Cell]) -> None:
    """A row; text that looks like a formula stays text, dates are shown as plans write them."""
    cells = [SheetCell(sheet, value=value) for value in row]
    for cell in cells:
        if isinstance(cell.value, str):
            cell.data_type = "s"
        elif isinstance(cell.value, date):
            cell.number_format = DAY_FORMAT
    sheet.append(cells)


def _task_row(task: TaskDraft) -> list[Cell]:
    officers = [f"{one.name} {one.rank}" if one.rank else one.name for one in task.officers]
    budgets = [f"{one.year}: {one.krw}" if one.year else str(one.krw) for one in task.budgets]
    period = task.period
    return [
        task.no,
        task.title,
        task.department,
        SPLIT.join(officers),
        SPLIT.join(task.related),
        SPLIT.join(task.phones),
        SPLIT.join(budgets),
        period.start if period else None,
        period.end if period else None,
        YES if period and period.open_ended else None,
        task.status,
        task.area,
        task.pledge_no,
        task.pledge,
    ]


def _entry_rows(task: TaskDraft, number: int, milestone: MilestoneDraft) -> list[list[Cell]]:
    kinds = {kind: word for word, kind in KINDS.items()}
    precisions = {precision: word for word, precision in PRECISIONS.items()}
    windows: list[Window | None] = list(milestone.windows) or [None]
    return [
        [
            task.no,
            task.title,
            number,
            milestone.title,
            milestone.expr,
            window.start if window else None,
            window.due if window else None,
            precisions[window.precision] if window else None,
            milestone.rrule,
            kinds[milestone.kind],
            YES if milestone.done else None,
            milestone.section,
        ]
        for window in windows
    ]


def _asked_row(task: TaskDraft, number: int, one: Asked) -> list[Cell]:
    """A row whose dates are empty: the person who corrects the sheet writes them."""
    done = YES if one.done else None
    return [
        task.no,
        task.title,
        number,
        one.title,
        one.expr,
        None,
        None,
        None,
        None,
        TO_DATE,
        done,
        one.section,
    ]


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
