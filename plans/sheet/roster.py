"""A list of people (직원 명단: .xlsx, .csv …) -> who is of which department and team, with which role."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from plans.errors import PlanError
from plans.facts import Fault
from plans.text.spelling import close_up, one_line

# What each column may be called; the first is what the empty form says.
COLUMNS: Final = {
    "name": ("이름", "성명", "직원명"),
    "rank": ("직급", "직위"),
    "team": ("팀", "팀명", "담당"),
    "department": ("부서", "부서명", "과", "소속"),
    "bureau": ("국", "국명", "실국"),
    "role": ("역할", "권한"),
}
ROLES: Final = {
    **dict.fromkeys(("", "담당자", "담당", "주무관"), "officer"),
    **dict.fromkeys(("팀장", "담당팀장"), "lead"),
    **dict.fromkeys(("부서장", "과장", "소장", "단장"), "head"),
    "국장": "bureau",
    **dict.fromkeys(("서무", "부서서무"), "contact"),
}
EXAMPLE_MARK: Final = "(예)"  # the form's own row, left in by many
HEADER_WITHIN: Final = 100  # lines in which a list has its header
NEEDED: Final = ("name", "department", "role")


@dataclass(frozen=True)
class RosterRow:
    """One person. `role`: a word of ROLES' values; `line` is 1-based in the text that was read."""

    line: int
    name: str
    rank: str | None
    team: str | None
    department: str
    bureau: str | None
    role: str


@dataclass
class Roster:
    rows: list[RosterRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_roster(text: str) -> Roster:
    """Every row, and what is wrong with each that cannot be read. Raises PlanError without a header."""
    found, header, seen = Roster(), None, dict[tuple[str, str, str], int]()
    for number, line in enumerate(text.split("\n"), start=1):
        cells = [one_line(cell) for cell in line.split("\t")]
        if header is None:
            header = _header(cells) if number <= HEADER_WITHIN else None
            continue
        row = {key: cells[at] if at < len(cells) else "" for key, at in header.items()}
        if any(cells) and not row["name"].startswith(EXAMPLE_MARK):
            _add(found, number, row, seen)
    if header is None:
        raise PlanError("list-head.roster")
    return found


def _header(cells: Sequence[str]) -> dict[str, int] | None:
    places = {
        key: next((at for at, cell in enumerate(cells) if close_up(cell) in names), None)
        for key, names in COLUMNS.items()
    }
    if any(places[key] is None for key in NEEDED):
        return None
    return {key: at for key, at in places.items() if at is not None}


def _add(found: Roster, number: int, row: dict[str, str], seen: dict[tuple[str, str, str], int]) -> None:
    name, department, role = row["name"], close_up(row["department"]), ROLES.get(close_up(row["role"]))
    key = name, department, role or ""
    if not name or not department:
        found.faults.append(Fault(number, "roster.missing"))
    elif role is None:
        found.faults.append(Fault(number, "roster.role", {"role": row["role"]}))
    elif key in seen:
        found.faults.append(Fault(number, "roster.twice", {"there": seen[key]}))
    else:
        seen[key] = number
        said = {key: row.get(key) or None for key in ("rank", "team", "bureau")}
        found.rows.append(RosterRow(number, name, department=department, role=role, **said))


def write_form(name: str, example: Sequence[str]) -> bytes:
    """The empty form as a sheet of that name; the example row bears EXAMPLE_MARK, so that reading leaves it out."""
    from openpyxl import Workbook  # noqa: PLC0415 - it takes long to load, and few need it

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    sheet.append([names[0] for names in COLUMNS.values()])
    sheet.append(list(example))
    for column in "ABCDEF":
        sheet.column_dimensions[column].width = 16
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
