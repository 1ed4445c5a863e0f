"""A list of people (직원 명단: .xlsx, .csv …) -> who is of which department and team, with which role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from plans.errors import PlanError
from plans.facts import Fault
from plans.fields.people import office_and_team
from plans.sheet.people_list import PeopleList, Row
from plans.text.spelling import close_up

FORM: Final = PeopleList(
    {
        "name": ("이름", "성명", "직원명", "name"),
        "rank": ("직급", "직위", "rank"),
        "team": ("팀", "팀명", "담당", "team"),
        "department": ("부서", "부서명", "과", "소속", "department"),
        "bureau": ("국", "국명", "실국", "bureau"),
        "role": ("역할", "권한", "role"),
    },
    needed=("name", "department", "role"),
    first="name",
)
ROLES: Final = {
    **dict.fromkeys(("", "담당자", "담당", "주무관", "officer"), "officer"),
    **dict.fromkeys(("팀장", "담당팀장", "team lead", "lead"), "lead"),
    **dict.fromkeys(("부서장", "과장", "소장", "단장", "head of department", "head"), "head"),
    **dict.fromkeys(("국장", "bureau head"), "bureau"),
    **dict.fromkeys(("서무", "부서서무", "contact person", "contact"), "contact"),
}


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
    found, seen = Roster(), dict[tuple[str, str, str], int]()
    for number, row in FORM.rows(text, PlanError("list-head.roster")):
        _add(found, number, row, seen)
    return found


def _add(found: Roster, number: int, row: Row, seen: dict[tuple[str, str, str], int]) -> None:
    office, team = office_and_team(row["department"])  # 소속: 도로과 시설팀
    name, department, role = row["name"], close_up(office), ROLES.get(close_up(row["role"]).casefold())
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
        said["team"] = said["team"] or team
        found.rows.append(RosterRow(number, name, department=department, role=role, **said))
