"""A hand-over list (인사이동 명단: .xlsx, .csv …) -> rows of who gives what to whom from when."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from plans.errors import PlanError
from plans.facts import Fault
from plans.time.timeline import CannotSay, Context, read_prefix

# What each column may be called; the first is what the empty form says.
COLUMNS: Final = {
    "giver": ("전임자", "인계자", "전출자"),
    "giver_department": ("전임 부서", "전임부서", "인계 부서"),
    "taker": ("후임자", "인수자"),
    "taker_department": ("후임 부서", "후임부서", "인수 부서"),
    "day": ("기준일", "발령일", "적용일"),
}
EXAMPLE_MARK: Final = "(예)"  # the form's own row, left in by many
HEADER_WITHIN: Final = 100  # lines in which a list has its header
NOBODY: Final = frozenset({"", "없음", "공석", "미정", "-"})  # written where there is no successor
NEEDED: Final = ("giver", "taker", "day")


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


def is_list(text: str) -> bool:
    """The text has the header of a hand-over list."""
    return any(_header(line) is not None for line in text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN])


def read_list(text: str) -> HandoverList:
    """Every row, and what is wrong with each that cannot be read. Raises PlanError without a header."""
    found, header = HandoverList(), None
    for number, line in enumerate(text.split("\n"), start=1):
        if header is None:
            header = _header(line)
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        row = {key: cells[at] if at < len(cells) else "" for key, at in header.items()}
        if any(cells) and not row["giver"].startswith(EXAMPLE_MARK):
            _add(found, number, row)
    if header is None:
        raise PlanError("list-head.handovers")
    return found


def _header(line: str) -> dict[str, int] | None:
    cells = [cell.strip() for cell in line.split("\t")]
    places = {
        key: next((at for at, cell in enumerate(cells) if cell in names), None)
        for key, names in COLUMNS.items()
    }
    if any(places[key] is None for key in NEEDED):
        return None
    return {key: at for key, at in places.items() if at is not None}


def _add(found: HandoverList, number: int, row: dict[str, str]) -> None:
    day = _day(row["day"])
    if not row["giver"]:
        found.faults.append(Fault(number, "handovers.giver"))
    elif day is None:
        found.faults.append(Fault(number, "handovers.day", {"day": row["day"]}))
    else:
        taker = "" if row["taker"] in NOBODY else row["taker"]
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


def write_form(name: str, example: Sequence[str]) -> bytes:
    """The empty form as a sheet of that name; the example row bears EXAMPLE_MARK, so that reading leaves it out."""
    from openpyxl import Workbook  # noqa: PLC0415 - it takes long to load, and few need it

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    sheet.append([names[0] for names in COLUMNS.values()])
    sheet.append(list(example))
    for column in "ABCDE":
        sheet.column_dimensions[column].width = 18
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
