"""A hand-over list (인사이동 명단: .xlsx, .csv …) -> rows of who gives what to whom from when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from plans.errors import PlanError
from plans.facts import Fault
from plans.sheet.people_list import PeopleList, Row
from plans.time.timeline import CannotSay, Context, read_prefix

FORM: Final = PeopleList(
    {
        "giver": ("전임자", "인계자", "전출자", "from"),
        "giver_department": ("전임 부서", "전임부서", "인계 부서", "from department"),
        "taker": ("후임자", "인수자", "to"),
        "taker_department": ("후임 부서", "후임부서", "인수 부서", "to department"),
        "day": ("기준일", "발령일", "적용일", "effective date"),
    },
    needed=("giver", "taker", "day"),
    first="giver",
)
NOBODY: Final = frozenset({"", "없음", "공석", "미정", "-", "none"})  # written where there is no successor


@dataclass(frozen=True)
class HandoverRow:
    """One line of the list; empty `taker`: nobody yet. `line` is 1-based in the text that was read."""

    line: int
    giver: str
    giver_department: str | None
    taker: str
    taker_department: str | None
    day: date


@dataclass
class HandoverList:
    rows: list[HandoverRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_list(text: str) -> HandoverList:
    """Every row, and what is wrong with each that cannot be read. Raises PlanError without a header."""
    found = HandoverList()
    for number, row in FORM.rows(text, PlanError("list-head.handovers")):
        _add(found, number, row)
    return found


def _add(found: HandoverList, number: int, row: Row) -> None:
    day = _day(row["day"])
    if not row["giver"]:
        found.faults.append(Fault(number, "handovers.giver"))
    elif day is None:
        found.faults.append(Fault(number, "handovers.day", {"day": row["day"]}))
    else:
        taker = "" if row["taker"].casefold() in NOBODY else row["taker"]
        departments = row.get("giver_department") or None, row.get("taker_department") or None
        found.rows.append(HandoverRow(number, row["giver"], departments[0], taker, departments[1], day))


def _day(text: str) -> date | None:
    """A whole date with its year; None for anything else, which is never guessed."""
    text = text.split(" ", maxsplit=1)[0] if len(text) > 10 and text[:4].isdigit() and "-" in text else text
    reading = read_prefix(text, Context())
    if isinstance(reading, CannotSay) or len(reading.windows) != 1:
        return None
    window = reading.windows[0]
    return window.due if window.precision == "day" and window.due else None
