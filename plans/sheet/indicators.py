"""A register of indicators from somebody's own sheet: its header by its words, a draft a row, what is wrong by its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from plans.errors import PlanError
from plans.facts import Fact, Fault
from plans.sheet import indicator_words as words
from plans.sheet.grid import Grid, cell_name
from plans.sheet.question_words import NUMBERING
from plans.text.characters import ID_DIGITS, number_of
from plans.text.spelling import squeeze

HEADER_WITHIN: Final = 60
ROWS_MOST: Final = 2000
SAID_MOST: Final = 40
FEWEST: Final = 3  # columns that tell a register of indicators
CENTURY: Final = 2000
MONTHS: Final = range(1, 13)
When = tuple[int | None, int | None]  # year and month of a target


@dataclass
class IndicatorDraft:
    """One row: texts by field, codes where the words are known; `targets` by year and month, as written."""

    line: int
    texts: dict[str, str]
    codes: dict[str, str] = field(default_factory=dict)
    targets: dict[When, str] = field(default_factory=dict)
    task: int | None = None
    announced: int | None = None
    cells: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        return self.texts.get(name) or None


@dataclass
class IndicatorList:
    """The rows; `columns`: field -> what its column is called; `unread`: columns that mean nothing here. With a fault nothing
    of the sheet counts."""

    rows: list[IndicatorDraft] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def at(self, draft: IndicatorDraft, name: str, said: str) -> tuple[str, str, str]:
        """What the cell of a field is called, what its column, and what stands in it."""
        return draft.cells.get(name, ""), self.columns.get(name, name), said[:SAID_MOST]


def read_indicators(grid: Grid, year: int, said: Mapping[str, str] | None = None) -> IndicatorList:
    """Every filled row below the header. `year`: of targets without one; `said`: field -> the name of its column, where the
    words do not tell. Raises: PlanError where no header is there."""
    at, places, targets = _header(grid, year, {name: squeeze(head) for name, head in (said or {}).items()})
    heads = grid.rows[at]
    found = IndicatorList(columns={name: heads[column] for name, column in places.items()})
    own = {*places.values(), *targets}
    found.unread = [
        text
        for column, text in enumerate(heads)
        if text and column not in own and squeeze(text) not in NUMBERING
    ]
    seen: dict[tuple[str, str, str], int] = {}
    for row in range(at + 1, len(grid.rows)):
        texts = {name: grid.at(row, column).strip() for name, column in places.items()}
        if any(texts.values()):
            draft = _draft(grid, row, places, targets, texts, found)
            _ensure_once(draft, seen, found)
            found.rows.append(draft)
    if len(found.rows) > ROWS_MOST:
        raise PlanError("long")
    if not found.rows:
        raise PlanError("indicators-none")
    return found


def is_indicator_list(grid: Grid) -> bool:
    """Whether the sheet is one: names of indicators, whose they are, and something that is said of them."""
    try:
        _, places, targets = _header(grid, CENTURY, {})
    except PlanError:
        return False
    return len(places) + len(targets) >= FEWEST


def _header(grid: Grid, year: int, said: Mapping[str, str]) -> tuple[int, dict[str, int], dict[int, When]]:
    """The row with most of the names, where each field stands, and which columns are targets of when."""
    best, places, targets = -1, dict[str, int](), dict[int, When]()
    for row in range(min(len(grid.rows), HEADER_WITHIN)):
        heads = [squeeze(text).casefold() for text in grid.rows[row]]
        named = _places(heads, said)
        when = {
            column: of
            for column, head in enumerate(heads)
            if column not in named.values() and (of := _when(head, year)) is not None
        }
        if "name" in named and len(named) + len(when) > len(places) + len(targets):
            best, places, targets = row, named, when
    missing = [] if "name" in places else ["name"]
    missing += [] if "department" in places or "task" in places else ["department"]
    if missing:
        raise PlanError("indicators-head", missing=missing)
    return best, places, targets


def _places(heads: Sequence[str], said: Mapping[str, str]) -> dict[str, int]:
    found = {name: heads.index(head.casefold()) for name, head in said.items() if head.casefold() in heads}
    for name, names in words.HEADS.items():
        if name not in found:
            place = next((at for one in names for at, head in enumerate(heads) if head == one), None)
            if place is not None and place not in found.values():
                found[name] = place
    return found


def _when(head: str, year: int) -> When | None:
    """2027년 목표 -> that year, 3월 -> that month of the sheet's year."""
    month = words.MONTH_TARGET.fullmatch(head)
    if month is not None:
        return year, int(month["month"])
    if head[:3] in words.ENGLISH_MONTHS and head.isalpha():
        return year, words.ENGLISH_MONTHS.index(head[:3]) + 1
    of_year = words.YEAR_TARGET.fullmatch(head)
    if of_year is None or words.SAYS_TARGET.search(head) is None:
        return None
    number = int(of_year["year"])
    return (number if number >= CENTURY else CENTURY + number), None


def _draft(
    grid: Grid,
    row: int,
    places: Mapping[str, int],
    targets: Mapping[int, When],
    texts: dict[str, str],
    found: IndicatorList,
) -> IndicatorDraft:
    made = IndicatorDraft(
        row + 1, texts, cells={name: cell_name(row, column) for name, column in places.items()}
    )
    made.targets = {of: said for column, of in targets.items() if (said := grid.at(row, column).strip())}
    if not made.text("name"):
        facts: dict[str, Fact] = {"cell": made.cells["name"], "name": found.columns["name"]}
        found.faults.append(Fault(made.line, "indicators.empty", facts))
    _codes(made, found)
    made.task = number_of(texts.get("task", "").lstrip("#"), ID_DIGITS)
    if (month := made.text("announced")) is not None:
        made.announced = number_of(month.removesuffix(words.MONTH_SIGN).strip(), 2)
        if made.announced not in MONTHS:
            cell, name, said = found.at(made, "announced", month)
            found.faults.append(
                Fault(made.line, "indicators.month", {"cell": cell, "name": name, "said": said})
            )
    return made


def _codes(made: IndicatorDraft, found: IndicatorList) -> None:
    """What the words of kind, period, direction and adding mean; a kind that is not told follows from the unit."""
    for name, known in words.CODES.items():
        if (said := made.text(name)) is None:
            continue
        code = known.get(squeeze(said).casefold())
        if code is None:
            cell, head, shown = found.at(made, name, said)
            choices = list(dict.fromkeys(known))[:SAID_MOST]
            found.faults.append(
                Fault(
                    made.line,
                    "indicators.word",
                    {"cell": cell, "name": head, "said": shown, "choices": choices},
                )
            )
        else:
            made.codes[name] = code
    if made.text("kind") is None:
        made.codes["kind"] = _kind_of(made)


def _kind_of(made: IndicatorDraft) -> str:
    unit = squeeze(made.texts.get("unit", "")).casefold()
    if unit == words.SHARE:
        return "ratio"
    if unit in words.WON:
        return "amount"
    said = [*made.targets.values(), made.texts.get("target", ""), made.texts.get("baseline", "")]
    return "text" if any(one and _plain(one, unit) is None for one in said) else "count"


def _plain(said: str, unit: str) -> Decimal | None:
    try:
        return Decimal(
            "".join(said.split()).casefold().removesuffix(unit).removesuffix(words.SHARE).replace(",", "")
        )
    except InvalidOperation:
        return None


def digits_of(said: str, unit: str | None) -> str:
    """1,250건 -> 1250, 80% -> 80; words as they stand."""
    number = _plain(said, squeeze(unit or "").casefold())
    return format(number, "f") if number is not None else said.strip()


def _ensure_once(draft: IndicatorDraft, seen: dict[tuple[str, str, str], int], found: IndicatorList) -> None:
    key = squeeze(draft.texts["name"]), squeeze(draft.texts.get("department", "")), str(draft.task)
    if key in seen:
        cell, name, _ = found.at(draft, "name", draft.texts["name"])
        found.faults.append(
            Fault(draft.line, "indicators.twice", {"cell": cell, "name": name, "there": seen[key]})
        )
    seen.setdefault(key, draft.line)
