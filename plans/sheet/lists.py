"""Plain lists that go beside a plan: which bureau a department belongs to, and a quarter's statuses (표)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from plans.errors import PlanError
from plans.facts import Fact, Fault
from plans.fields.labels import field_of, read_status
from plans.text.characters import ID_DIGITS, number_of
from plans.text.spelling import close_up, one_line, squeeze

BUREAU_HEADS: Final = frozenset({"국", "국명", "소속국", "상위국", "실국", "국실", "bureau"})
ORDER_HEADS: Final = frozenset({"순서", "표시순서", "국순서", "order"})
AREA_HEADS: Final = frozenset({"분야", "area"})
PLEDGE_HEADS: Final = frozenset({"공약", "pledge"})


@dataclass(frozen=True)
class BureauRow:
    """A department and its bureau; `order` where the list numbers its bureaus."""

    line: int
    department: str
    bureau: str
    order: int | None = None


@dataclass(frozen=True)
class StatusRow:
    """A task of a quarter's register; `status` in its one spelling. None where the list has no such column."""

    line: int
    no: str | None
    title: str
    status: str
    area: str | None = None
    pledge: str | None = None
    department: str | None = None
    bureau: str | None = None


def read_bureaus(text: str) -> tuple[list[BureauRow], list[Fault]]:
    """Every department with its bureau. Raises: PlanError where the columns are missing."""
    found: list[BureauRow] = []
    faults: list[Fault] = []
    seen: dict[str, BureauRow] = {}
    for line, row in _rows(text, ("department", "bureau"), "list-head.bureaus"):
        department, bureau = "".join(row["department"].split()), one_line(row["bureau"])
        order = row.get("order", "")
        place = number_of(order, ID_DIGITS)
        if not department or not bureau:
            faults.append(Fault(line, "bureaus.missing"))
        elif order and place is None:
            faults.append(Fault(line, "bureaus.order", {"order": order}))
        elif department in seen and seen[department].bureau != bureau:
            before = seen[department]
            facts: dict[str, Fact] = {
                "department": department,
                "there": before.line,
                "other": before.bureau,
                "bureau": bureau,
            }
            faults.append(Fault(line, "bureaus.two", facts))
        elif department not in seen:
            seen[department] = BureauRow(line, department, bureau, place)
            found.append(seen[department])
    return found, faults


def read_statuses(text: str) -> tuple[list[StatusRow], list[Fault]]:
    """Every row with a title and a status. Raises: PlanError where the columns are missing."""
    found: list[StatusRow] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    for line, row in _rows(text, ("title", "status"), "list-head.statuses"):
        title, status = one_line(row["title"]), read_status(row["status"])
        key = squeeze(row.get("no", "")), squeeze(title)
        if not title or status is None:
            faults.append(Fault(line, "statuses.missing"))
        elif key in seen:
            faults.append(Fault(line, "statuses.twice", {"there": seen[key]}))
        else:
            seen[key] = line
            optional = {name: row.get(name) or None for name in ("area", "pledge", "bureau")}
            department = close_up(row.get("department", "")) or None
            found.append(
                StatusRow(line, row.get("no") or None, title, status, department=department, **optional)
            )
    return found, faults


def _rows(text: str, needed: tuple[str, ...], refusal: str) -> list[tuple[int, dict[str, str]]]:
    """The rows below the header, by the fields of their columns, with their lines.

    Raises: PlanError with that code where there is none.
    """
    lines = [line.split("\t") for line in text.split("\n")]
    heads = (i for i, cells in enumerate(lines) if set(needed) <= {_field(cell) for cell in cells})
    at = next(heads, None)
    if at is None:
        raise PlanError(refusal)
    fields = [_field(cell) for cell in lines[at]]
    found = []
    for number, cells in enumerate(lines[at + 1 :], at + 2):
        row = dict.fromkeys(needed, "")
        for name, cell in zip(fields, cells, strict=False):
            if name is not None and not row.get(name):
                row[name] = one_line(cell.replace("<br>", " "))
        if any(cell.strip() for cell in cells):
            found.append((number, row))
    return found


_CHECKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "bureau": lambda head: head in BUREAU_HEADS,
    "order": lambda head: head in ORDER_HEADS,
    "area": lambda head: head in AREA_HEADS,
    "pledge": lambda head: head in PLEDGE_HEADS,
    "department": lambda head: head == "department",
    "title": lambda head: head == "title",
    "status": lambda head: head.startswith(("status", "추진상황", "추진상태", "이행상태")),
}


def _field(head: str) -> str | None:
    """Which field a column holds, by its head in Korean or English."""
    squeezed = squeeze(head)
    own = next((name for name, is_it in _CHECKS.items() if is_it(squeezed)), None)
    return own or field_of(head)
