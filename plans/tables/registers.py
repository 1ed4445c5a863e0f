"""Registers: one row per task, 분야 | 관리번호 | 공약명 | 주관부서 | 추진상황, merged cells lost (추진현황표)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plans.fields.labels import field_of, is_status, read_status
from plans.fields.people import read_department
from plans.structure.tasklist import DEPARTMENT_END
from plans.text.lines import Line
from plans.text.spelling import CIRCLED, one_line, squeeze

_NUMBER: Final = re.compile(r"^(\d{1,3}(?:\s?-\s?\d{1,3})*)\s*\.?$")
_SUB: Final = re.compile(rf"^(?:([{CIRCLED}])|(\d{{1,2}})\))\s*(.+)$")
LONGEST_DEPARTMENT: Final = 14
_TOTAL: Final = re.compile(r"^(합계|총계|소계|계)(\(.*\))?$")


@dataclass
class RegisterRow:
    """One task of a register; `pledge` is the title above its sub-number, `pledge_no` its number without the
    sub-number, `values` the other columns by field."""

    no: str | None
    title: str
    department: str | None
    status: str | None
    area: str | None
    pledge_no: str | None
    pledge: str | None
    line: int
    values: dict[str, tuple[str, str]]


@dataclass
class _State:
    """What lost merges leave to the rows below: area, number and pledge."""

    area: str | None = None
    no: str | None = None
    pledge: str | None = None


def find_register(lines: Sequence[Line]) -> list[RegisterRow]:
    """All rows of all registers in order; a repeated header on the next page goes on with the same area and number."""
    rows: list[RegisterRow] = []
    state = _State()
    header: dict[str, int] | None = None
    for line in lines:
        if not line.cells:
            header = header if line.is_blank else None
            continue
        names = [field_of(text) for text in line.cells]
        if "department" in names and ("title" in names or _is_wide_header(line, names)):
            header = {name: i for i, name in reversed(list(enumerate(names))) if name}
            header["labels"] = line.no
            labels = line.cells
        elif header is not None:
            row = _row(line, header, labels, state)
            rows += [row] if row is not None else []
    return _with_whole_pledges(rows)


def _with_whole_pledges(rows: list[RegisterRow]) -> list[RegisterRow]:
    """A pledge's title that was broken over several rows stands whole in each of them."""
    longest: dict[str, str] = {}
    for row in rows:
        if row.pledge_no and row.pledge and len(row.pledge) > len(longest.get(row.pledge_no, "")):
            longest[row.pledge_no] = row.pledge
    for row in rows:
        row.pledge = longest.get(row.pledge_no, row.pledge) if row.pledge and row.pledge_no else row.pledge
    return rows


def _is_wide_header(line: Line, names: list[str | None]) -> bool:
    return "status" in names and "no" in names and len(line.cells) >= 4


def _row(line: Line, header: dict[str, int], labels: tuple[str, ...], state: _State) -> RegisterRow | None:
    """Reads a row from its right end: status, department, then number and titles; None for totals and headers."""
    texts = [one_line(text) for text in line.cells if text.strip()]
    if len(texts) < 2 or any(_TOTAL.match(squeeze(text)) for text in texts[:2]):
        return None
    values = _columns(line, header, labels)
    status = _take_status(texts, "status" in header)
    department = _take_department(texts, line, header)
    if department is None or not texts:
        return None
    title = _take_title(texts, state)
    if title is None:
        return None
    sub = _SUB.match(title)
    no = state.no if sub is None or state.no is None else f"{state.no}-{sub[1] or sub[2]}"
    pledge = state.pledge if sub else None
    return RegisterRow(
        no, sub[3] if sub else title, department, status, state.area, state.no, pledge, line.no, values
    )


def _columns(line: Line, header: dict[str, int], labels: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Officers, budget, period … of rows that kept all their cells."""
    wanted = ("officers", "phones", "budgets", "period", "related")
    return {
        name: (labels[i], line.cells[i])
        for name, i in header.items()
        if name in wanted and i < len(line.cells) and len(line.cells) == len(labels)
    }


def _take_status(texts: list[str], has_status: bool) -> str | None:
    at = next((i for i in range(len(texts) - 1, 0, -1) if is_status(texts[i])), None)
    if at is None or not has_status:
        return None
    status = texts[at]
    del texts[at:]
    return read_status(status)


def _take_department(texts: list[str], line: Line, header: dict[str, int]) -> str | None:
    """The department: the cell of its column if it looks like one, else the last cell that does, else the last cell."""
    column = header["department"]
    own = one_line(line.cells[column]) if column < len(line.cells) else ""
    named = [i for i, text in enumerate(texts) if i and is_department(text)]
    at = (
        texts.index(own)
        if own in texts and own and texts.index(own) in named
        else (named[-1] if named else None)
    )
    if at is None:
        at = len(texts) - 1 if not _SUB.match(texts[-1]) and len(texts) > 1 else None
    if at is None:
        return None
    department = read_department(texts[at])
    del texts[at:]
    return department


def is_department(text: str) -> bool:
    """Whether a cell can be a department: short, unnumbered, ending as departments do."""
    return (
        bool(DEPARTMENT_END.search(squeeze(text)))
        and len(squeeze(text)) <= LONGEST_DEPARTMENT
        and not _SUB.match(text)
    )


def _take_title(texts: list[str], state: _State) -> str | None:
    """The title of the row, after area, number and pledge have been taken into the state."""
    at = next((i for i, text in enumerate(texts) if _NUMBER.match(text)), None)
    if at is not None:
        state.area = texts[at - 1] if at else state.area
        found = _NUMBER.match(texts[at])
        state.no = re.sub(r"\s", "", found[1]) if found else None
        state.pledge = None
        texts = texts[at + 1 :]
    if not texts:
        return None
    title = texts[-1]
    if len(texts) > 1 and _SUB.match(title):
        above = texts[-2]
        state.pledge = above if at is not None or state.pledge is None else f"{state.pledge} {above}"
    elif at is None and len(texts) > 1:
        state.area = texts[0]
    return title
