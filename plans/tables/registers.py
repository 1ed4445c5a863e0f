"""Registers: rows that are tasks, 분야 | 관리번호 | 공약명 | 주관부서 | 추진상황, merged cells often lost (추진현황표)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from plans.entries.phrase import is_figure
from plans.fields.labels import field_of, is_status, read_status
from plans.fields.people import read_department
from plans.tables.column_roles import MARK, Columns, is_office, is_total, read_columns
from plans.tables.table import Table, cell, filled, find_tables
from plans.text.lines import Line
from plans.text.spelling import CIRCLED, one_line, squeeze

_NUMBER: Final = re.compile(r"^(\d{1,3}(?:\s?-\s?\d{1,3})*)\s*\.?$")
_SUB: Final = re.compile(rf"^(?:([{CIRCLED}])|(\d{{1,2}})\))\s*(.+)$")
_GROUP: Final = re.compile(r"^(\d{1,2}(?:-\d{1,2})?)\s*\.\s*(\S.*)$")
_VALUES: Final = ("officers", "phones", "budgets", "period", "related")
LONGEST_STATUS: Final = 10
LEAST_COLUMNS: Final = 3


@dataclass
class RegisterRow:
    """One task of a register; `pledge` is the title above its sub-number, `pledge_no` its number without the
    sub-number, `values` the other columns by field, `lines` those it stands in."""

    no: str | None
    title: str
    department: str | None
    status: str | None
    area: str | None
    pledge_no: str | None
    pledge: str | None
    line: int
    values: dict[str, tuple[str, str]]
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Register:
    """One table of tasks, with what was continued on the next pages."""

    table: Table
    columns: Columns
    rows: tuple[RegisterRow, ...]


@dataclass
class _State:
    """What lost merges leave to the rows below: area, number and pledge."""

    area: str | None = None
    no: str | None = None
    pledge: str | None = None


def find_registers(lines: Sequence[Line]) -> list[Register]:
    """All registers in order; a header that is repeated on the next page goes on with the same area and number."""
    state = _State()
    found: list[Register] = []
    for tables in _runs(lines):
        whole = replace(
            tables[0], rows=tuple(row for table in tables for row in table.rows), end=tables[-1].end
        )
        columns = read_columns(whole.head, whole.below)
        found.append(Register(whole, columns, tuple(_rows(whole, columns, state))))
    _make_pledges_whole([row for register in found for row in register.rows])
    return [register for register in found if register.rows]


def is_register(table: Table, columns: Columns) -> bool:
    """Whether the rows of a table are tasks: it names them beside their offices or states, or numbers them beside what
    is planned of each."""
    name = columns.name
    if table.head.top == table.head.end or len(columns.all) < LEAST_COLUMNS or name is None:
        return False
    if any(sum(field_of(text) is not None for text in row.cells if text) > 1 for row in table.below):
        return False  # labels with their values: a card of one task
    has_title, has_no = bool(columns.of("title")), bool(columns.of("no"))
    told = columns.of("owner", "status")
    plans = columns.of("events", "done", "period", "budgets", "act", "time", "slot", "year")
    if not has_title:
        return bool(columns.of("owner") and columns.of("status") and has_no)
    return bool(columns.of("owner")) or (has_no and bool(told or plans))


def _runs(lines: Sequence[Line]) -> list[list[Table]]:
    """The tables of tasks, each with the tables without a header of their own that only blank lines part from it."""
    runs: list[list[Table]] = []
    end = -1  # of the last table of a run that may go on
    for table in find_tables(lines):
        if is_register(table, read_columns(table.head, table.below)):
            runs.append([table])
        elif end >= 0 and all(line.is_blank for line in lines[end : table.start]) and _goes_on(table):
            runs[-1].append(table)
        else:
            end = -1
            continue
        end = table.end
    return runs


def _goes_on(table: Table) -> bool:
    """Whether the first row can be a task's: it has an office, and no label of a card."""
    cells = table.rows[0].cells
    return not any(field_of(text) for text in cells if text) and any(map(is_office, cells))


def _make_pledges_whole(rows: Sequence[RegisterRow]) -> None:
    """A pledge's title that was broken over several rows stands whole in each of them."""
    longest: dict[str, str] = {}
    for row in rows:
        if row.pledge_no and row.pledge and len(row.pledge) > len(longest.get(row.pledge_no, "")):
            longest[row.pledge_no] = row.pledge
    for row in rows:
        row.pledge = longest.get(row.pledge_no, row.pledge) if row.pledge and row.pledge_no else row.pledge


def _rows(table: Table, columns: Columns, state: _State) -> Iterator[RegisterRow]:
    """The tasks of a table. A numbered row across it is a task where those below are its items (1. above ①), else an
    area; a row without a title of its own belongs to the task above."""
    groups = _task_groups(table, columns)
    last: RegisterRow | None = None
    for row in table.below:
        if row.no in groups:
            last = _group(row, groups[row.no], state)
            yield last
        elif (
            last is not None
            and (last.line in groups or _is_more(row, columns))
            and not _is_rest(row, columns)
        ):
            _add(last, row, columns)
        elif (found := _row(row, columns, state)) is not None:
            last = found
            yield found


def _task_groups(table: Table, columns: Columns) -> dict[int, re.Match[str]]:
    """The rows across the table that are numbered above items with circled numbers."""
    found: dict[int, re.Match[str]] = {}
    for above, below in pairwise(table.below):
        texts = filled(above)
        named = _GROUP.match(texts[0]) if len(texts) == 1 else None
        if named is not None and any(_SUB.match(text) for text in filled(below)[:2]):
            found[above.no] = named
    return found


def _group(row: Line, named: re.Match[str], state: _State) -> RegisterRow:
    return RegisterRow(named[1], named[2], None, None, state.area, None, None, row.no, {}, [row])


def _is_more(row: Line, columns: Columns) -> bool:
    """Whether a row goes on with the task above: its name is merged, and what is done stands in columns of its own."""
    title, acts = columns.first("title"), [*columns.of("action")[:1], *columns.of("year")]
    if title is None or cell(row, title.index):
        return False
    return any(cell(row, column.index) for column in acts)


def _is_rest(row: Line, columns: Columns) -> bool:
    """Whether a row says nothing of a task: a sum, or a title across the table."""
    return is_total(row) or len(filled(row)) < 2


def _add(task: RegisterRow, row: Line, columns: Columns) -> None:
    task.lines.append(row)
    owner = columns.first("owner")
    if owner is not None and task.department is None:
        task.department = read_department(cell(row, owner.index))


def _row(row: Line, columns: Columns, state: _State) -> RegisterRow | None:
    """The task of a row, by its columns where its cells stand in them, else from its right end; None for totals."""
    texts = filled(row)
    if len(texts) < 2 or is_total(row) or _is_group(texts):
        state.area = _area_of(texts) or state.area
        return None
    found = _aligned(row, columns, state) if _is_aligned(row, columns) else _shifted(row, columns, state)
    if found is not None:
        found.lines.append(row)
    return found


def _is_group(texts: Sequence[str]) -> bool:
    """Whether a row only counts what stands below it: words, and nothing but figures behind them."""
    counts = [text for text in texts[1:] if not re.fullmatch(r"[-–―]", text)]
    return not _NUMBER.match(texts[0]) and bool(counts) and all(map(is_figure, counts))


def _area_of(texts: Sequence[str]) -> str | None:
    """The name of a group, without its number; None for a sum of all."""
    first = re.sub(r"^(?:[Ⅰ-Ⅻ]|[IVX]{1,4}|[가-하])\s*[.)]?\s+", "", texts[0]) if texts else ""
    return first if first and not re.fullmatch(r"(합|총|소|누)?계", squeeze(first)) else None


def _is_aligned(row: Line, columns: Columns) -> bool:
    """Whether the cells of a row stand below their headers: its office does, where the row has one."""
    owner, no, title = columns.first("owner"), columns.first("no"), columns.name
    if title is None or len([text for text in row.cells if text]) > len(columns.all):
        return False
    if no is not None and (text := cell(row, no.index)) and not _NUMBER.match(text):
        return False
    states = {i for i, text in enumerate(row.cells) if is_status(text)}
    if states and {column.index for column in columns.of("status")[:1]} - states:
        return False
    if owner is None or is_office(cell(row, owner.index)):
        return True
    return bool(cell(row, title.index)) and not any(
        is_office(text) for i, text in enumerate(row.cells) if i > title.index
    )


def _aligned(row: Line, columns: Columns, state: _State) -> RegisterRow | None:
    named = [
        column
        for column in columns.all
        if column is columns.name or column in columns.of("area", "no", "title")
    ]
    texts = [text for column in named if (text := cell(row, column.index))]
    owner = columns.first("owner")
    department = None if owner is None else read_department(cell(row, owner.index))
    return _task(row, texts, department, _status(row, columns), columns, state)


def _task(
    row: Line, texts: list[str], department: str | None, status: str | None, columns: Columns, state: _State
) -> RegisterRow | None:
    title = _take_title(texts, state)
    if title is None:
        return None
    sub = _SUB.match(title)
    no = state.no if sub is None or state.no is None else f"{state.no}-{sub[1] or sub[2]}"
    pledge = state.pledge if sub else None
    name = sub[3] if sub else title
    return RegisterRow(
        no, name, department, status, state.area, state.no, pledge, row.no, _values(row, columns)
    )


def _status(row: Line, columns: Columns) -> str | None:
    """The word of the state, or the header under which its mark stands."""
    for column in columns.of("status"):
        text = cell(row, column.index)
        if text and MARK.match(text) and text != "-":
            return read_status(column.path[-1])
        if is_status(text) or (text and len(squeeze(text)) <= LONGEST_STATUS and not is_figure(text)):
            return read_status(text)
    return None


def _values(row: Line, columns: Columns) -> dict[str, tuple[str, str]]:
    """Officers, budget, period … of rows that kept all their cells, each with its header."""
    if len(row.cells) < len(columns.all):
        return {}
    return {
        role: (" ".join(column.path), row.cells[column.index])
        for column, role in reversed(list(zip(columns.all, columns.roles, strict=True)))
        if role in _VALUES
    }


def _shifted(row: Line, columns: Columns, state: _State) -> RegisterRow | None:
    """Reads a row from its right end: status, department, then number and titles."""
    texts = filled(row)
    status = _take_status(texts, bool(columns.of("status")))
    department = _take_department(texts)
    if department is None or not texts:
        return None
    years = columns.of("year")
    texts = texts[: years[0].index] if years else texts
    return _task(row, texts, department, status, columns, state)


def _take_status(texts: list[str], has_status: bool) -> str | None:
    at = next((i for i in range(len(texts) - 1, 0, -1) if is_status(texts[i])), None)
    if at is None or not has_status:
        return None
    status = texts[at]
    del texts[at:]
    return read_status(status)


def _take_department(texts: list[str]) -> str | None:
    """The last cell that looks like a department, else the last cell."""
    named = [i for i, text in enumerate(texts) if i and is_office(text) and not _SUB.match(text)]
    at = named[-1] if named else len(texts) - 1 if len(texts) > 1 and not _SUB.match(texts[-1]) else None
    if at is None:
        return None
    department = read_department(texts[at])
    del texts[at:]
    return department


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
    title = one_line(texts[-1])
    if len(texts) > 1 and _SUB.match(title):
        above = texts[-2]
        state.pledge = above if at is not None or state.pledge is None else f"{state.pledge} {above}"
    elif at is None and len(texts) > 1:
        state.area = texts[0]
    return title
