"""A list of items (지시·건의) from somebody's own sheet: its header by its words, a draft a row, what is wrong by its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from plans.errors import PlanError
from plans.facts import Fact, Fault
from plans.sheet.days import day_in
from plans.sheet.grid import Grid, cell_name
from plans.sheet.item_words import EXAMPLE, HEADS, RAISED, SEPARATORS, UNDER_WAY
from plans.sheet.question_words import NUMBERING
from plans.text.characters import ID_DIGITS, number_of
from plans.text.spelling import squeeze

HEADER_WITHIN: Final = 60
ROWS_MOST: Final = 2000
SAID_MOST: Final = 40
NEEDED: Final = ("title", "department")
DAYS: Final = ("source_on", "due", "replied_on")


@dataclass
class ItemDraft:
    """One row: texts by field, days read; `cells` says what each field's cell is called."""

    line: int
    texts: dict[str, str]
    days: dict[str, date] = field(default_factory=dict)
    no: int | None = None
    cells: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        return self.texts.get(name) or None


@dataclass
class ItemList:
    """The rows; `columns`: field -> what its column is called; `unread`: columns that mean nothing here. With a fault nothing
    of the sheet counts."""

    rows: list[ItemDraft] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def at(self, draft: ItemDraft, name: str, said: str) -> tuple[str, str, str]:
        """What the cell of a field is called, what its column, and what stands in it."""
        return draft.cells[name], self.columns[name], said[:SAID_MOST]


def read_items(grid: Grid, year: int, said: Mapping[str, str] | None = None) -> ItemList:
    """Every filled row below the header. `year`: of days without one; `said`: field -> the name of its column, where the
    words do not tell. Raises: PlanError where no header is there."""
    at, places = _header(grid, {name: squeeze(head) for name, head in (said or {}).items()})
    heads = grid.rows[at]
    found = ItemList(columns={name: heads[column] for name, column in places.items()})
    own = set(places.values())
    found.unread = [
        text for column, text in enumerate(heads) if text and column not in own and not _is_numbering(text)
    ]
    for row in range(at + 1, len(grid.rows)):
        texts = {name: grid.at(row, column).strip() for name, column in places.items()}
        if not any(text for name, text in texts.items() if name not in {"no", "kind"}):
            continue
        if texts["title"].lower().startswith(EXAMPLE):
            continue
        found.rows.append(_draft(row, places, texts, year, found))
    if len(found.rows) > ROWS_MOST:
        raise PlanError("long")
    if not found.rows and not found.faults:
        raise PlanError("items-none")
    return found


def is_item_list(grid: Grid) -> bool:
    """Whether the sheet is one: with what was raised, by whom, and a department."""
    try:
        at, places = _header(grid, {})
    except PlanError:
        return False
    return "requester" in places and squeeze(grid.rows[at][places["requester"]]) in RAISED


def _header(grid: Grid, said: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """The row with most of the names, the upper of two."""
    best, places = -1, dict[str, int]()
    for row in range(min(len(grid.rows), HEADER_WITHIN)):
        named = _places([squeeze(text) for text in grid.rows[row]], said)
        if len(named) > len(places):
            best, places = row, named
    missing = [name for name in NEEDED if name not in places]
    if missing or len(places) < len(NEEDED):
        raise PlanError("items-head", missing=missing or list(NEEDED))
    return best, places


def _places(heads: Sequence[str], said: Mapping[str, str]) -> dict[str, int]:
    """Where each field stands: by what was said, by one of its names, else by one with more around it (건의사항(요지))."""
    found = {name: heads.index(head) for name, head in said.items() if head in heads}
    for fits in (_is_name, _has_name):
        for name, names in HEADS.items():
            free = [one for one in range(len(heads)) if heads[one] and one not in found.values()]
            if name not in found and (place := _place(heads, free, names, fits)) is not None:
                found[name] = place
    return found


def _place(
    heads: Sequence[str], free: Sequence[int], names: Sequence[str], fits: Callable[[str, str], bool]
) -> int | None:
    return next((at for one in names for at in free if fits(heads[at], one)), None)


def _is_name(head: str, name: str) -> bool:
    return head == name


def _has_name(head: str, name: str) -> bool:
    return head.startswith(name) or head.endswith(name)


def _is_numbering(text: str) -> bool:
    return squeeze(text) in NUMBERING


def _draft(
    row: int, places: Mapping[str, int], texts: dict[str, str], year: int, found: ItemList
) -> ItemDraft:
    if squeeze(texts.get("outcome", "")) in UNDER_WAY:
        texts["outcome"] = ""
    made = ItemDraft(row + 1, texts, cells={name: cell_name(row, column) for name, column in places.items()})
    for name in NEEDED:
        if not texts[name]:
            found.faults.append(
                Fault(row + 1, "items.empty", {"cell": made.cells[name], "name": found.columns[name]})
            )
    for name in DAYS:
        if text := texts.get(name):
            day = day_in(text, year)
            if day is None:
                facts: dict[str, Fact] = {
                    "cell": made.cells[name],
                    "name": found.columns[name],
                    "said": text[:SAID_MOST],
                }
                found.faults.append(Fault(row + 1, "items.day", facts))
            else:
                made.days[name] = day
    made.no = number_of(texts.get("no", ""), ID_DIGITS)
    return made


def names_in(text: str) -> list[str]:
    """도로과, 공원과 -> both."""
    for sign in SEPARATORS[1:]:
        text = text.replace(sign, SEPARATORS[0])
    return [one.strip() for one in text.split(SEPARATORS[0]) if one.strip()]
