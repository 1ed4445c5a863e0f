"""A plan draft -> the spreadsheet that can be corrected and read again, and the empty form for hand entry."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from plans.draft import Asked, MilestoneDraft, PlanDraft, TaskDraft, Window
from plans.sheet import (
    ENTRY_COLUMNS,
    FACTS,
    KINDS,
    MARK,
    PLEDGE_COLUMNS,
    PRECISIONS,
    SPLIT,
    TASK_COLUMNS,
    TO_DATE,
    YES,
)

Cell = str | int | date | None

HEAD: Final = PatternFill("solid", fgColor="DCEBE9")
DAY_FORMAT: Final = "yyyy. m. d."
WIDTHS: Final = {"과제명": 36, "일정": 40, "시기": 22, "담당자": 22, "협업기관": 28, "소요예산(원)": 24}
HELP: Final = (
    "과제 시트에 과제를, 일정 시트에 추진일정을 한 줄에 하나씩 적습니다. 과제번호와 과제명은 두 시트에서 같아야 합니다.",
    "시기에는 문서처럼 적습니다. 예) 2026. 7. · 2026. 7. 20. · 2026. 3. ~ 10. · 하반기 · 매월 · 연중",
    "시작이나 기한에 날짜를 적으면 시기보다 앞섭니다. 여러 사람·기관은 쌍반점(;)으로 나눕니다.",
    "예산은 2026: 25000000 처럼 원 단위로 적습니다. 고친 파일은 봇에게 다시 보내거나 gihan import 로 등록합니다.",
)


def write_sheet(draft: PlanDraft) -> bytes:
    """The .xlsx file of a draft; reading it gives the same draft, its lines and claims aside."""
    book = Workbook()
    _facts(book, (draft.title, draft.plan_year, draft.organisation))
    tasks, entries = (
        _sheet(book, "과제", (*TASK_COLUMNS, *PLEDGE_COLUMNS)),
        _sheet(book, "일정", ENTRY_COLUMNS),
    )
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
    return _saved(book)


def write_template(year: int) -> bytes:
    """The empty form, with the plan's year filled in and one example task that is to be overwritten."""
    book = Workbook()
    _facts(book, (f"{year}년 실행계획", year, ""))
    tasks, entries = (
        _sheet(book, "과제", (*TASK_COLUMNS, *PLEDGE_COLUMNS)),
        _sheet(book, "일정", ENTRY_COLUMNS),
    )
    _append(tasks, ["1-1", "(예) 보행로 정비", "도로과", "홍길동 주무관", *[None] * 7])
    _append(entries, ["1-1", "(예) 보행로 정비", 1, "설계 용역 착수", f"{year}. 7.", *[None] * 7])
    return _saved(book)


def _facts(book: Workbook, values: Sequence[Cell]) -> None:
    sheet = book.active
    assert sheet is not None
    sheet.title = "계획"
    sheet.append([MARK, 1])
    for name, value in zip(FACTS, values, strict=True):
        _append(sheet, [name, value])
    for line in HELP:
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
    _offer(sheet, columns, "정밀도", list(PRECISIONS))
    _offer(sheet, columns, "종류", [*KINDS, TO_DATE])
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
