"""A sheet of opinions (의견서) of a panel of citizens that came back: of which meeting it is, an opinion a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from plans.errors import PlanError
from plans.facts import Fault
from plans.sheet.grid import Grid, cell_name
from plans.sheet.opinion_words import MEETING, NOTHING, NUMBER, OPINION
from plans.text.characters import ID_DIGITS, number_of
from plans.text.spelling import squeeze

HEADER_WITHIN: Final = 30  # rows


@dataclass(frozen=True)
class OpinionDraft:
    """One filled row: what is said of the task; `opinion` None: that there is nothing to say."""

    line: int
    task_id: int
    opinion: str | None
    cell: str


@dataclass
class OpinionSheet:
    """The filled rows, in their order; `meeting` None: the sheet does not say of which it is."""

    meeting: int | None = None
    rows: list[OpinionDraft] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_opinions(grid: Grid) -> OpinionSheet:
    """Every row with an opinion; one that stands empty says nothing. Raises: PlanError where the columns are not there."""
    at, number, opinion = _header(grid)
    found = OpinionSheet(meeting=_meeting(grid, at))
    for row in range(at + 1, len(grid.rows)):
        said = " ".join(grid.at(row, opinion).split())
        if not said:
            continue
        task = number_of(grid.at(row, number).strip().lstrip("#"), ID_DIGITS)
        if task is None:
            found.faults.append(Fault(row + 1, "opinions.number", {"cell": cell_name(row, number)}))
            continue
        words = None if squeeze(said) in NOTHING else said
        found.rows.append(OpinionDraft(row + 1, task, words, cell_name(row, opinion)))
    return found


def is_opinion_sheet(grid: Grid) -> bool:
    """Whether it is one: with both columns, and the number of a meeting above them."""
    try:
        at, _, _ = _header(grid)
    except PlanError:
        return False
    return _meeting(grid, at) is not None


def _header(grid: Grid) -> tuple[int, int, int]:
    """Its row, and the columns of the task's number and of the opinion."""
    for row, texts in enumerate(grid.rows[:HEADER_WITHIN]):
        heads = [squeeze(text) for text in texts]
        number = next((at for at, text in enumerate(heads) if text in NUMBER), None)
        opinion = next((at for at, text in enumerate(heads) if text in OPINION), None)
        if number is not None and opinion is not None:
            return row, number, opinion
    raise PlanError("opinions-head")


def _meeting(grid: Grid, head: int) -> int | None:
    for row in grid.rows[:head]:
        for at, text in enumerate(row[:-1]):
            if squeeze(text) in MEETING:
                return number_of(row[at + 1].strip(), ID_DIGITS)
    return None
