"""A form that came back -> its rows, or what is wrong in which cell (회신 서식 -> 행)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final, Literal, NamedTuple

from plans.errors import PlanError
from plans.facts import Fact, Fault
from plans.sheet import question_words as words
from plans.sheet.days import day_in
from plans.sheet.grid import Grid, cell_name
from plans.sheet.question import Form, Question
from plans.text.characters import MOST_DIGITS
from plans.text.spelling import squeeze

Value = str | int | float
Outcome = Literal["rows", "none", "not-applicable"]
"""`none`: there is nothing (0건); `not-applicable`: the question is none for this department (해당 없음)."""
HEADER_WITHIN: Final = 60
TEXT_MOST: Final = 2000
ROWS_MOST: Final = 2000
SAID_MOST: Final = 40  # letters of what stands in a cell
_NUMBER: Final = re.compile(r"([-+]?[\d,]{1,20}(?:\.\d{1,6})?)\s*(\S{0,10})")


@dataclass
class Returned:
    """What came back: rows of values by the keys of the form, or why there are none. With a fault nothing counts."""

    outcome: Outcome = "rows"
    rows: list[dict[str, Value]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class CellError(ValueError):
    """A cell that cannot be read, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class At(NamedTuple):
    """Where a value stands: its line, and what its cell is called (C5, or the name of the field)."""

    line: int
    cell: str


def read_returned(form: Form, grid: Grid, year: int) -> Returned:
    """Every filled row below the header. `year`: of days without one. Raises: PlanError where no header is there."""
    found = Returned()
    at, places = _header(form, grid, found)
    if found.faults:
        return found
    shown = {_signs(row) for row in form.examples}
    own = {
        key: column
        for key, column in places.items()
        if any(one.key == key and one.is_asked for one in form.columns)
    }
    for row in range(at + 1, len(grid.rows)):
        texts = {key: grid.at(row, column) for key, column in own.items()}
        filled = [text for text in texts.values() if text]
        whole = [grid.at(row, places[one.key]) if one.key in places else "" for one in form.columns]
        if not filled or _signs(whole) in shown or _is_foot(filled):
            continue
        if len(filled) == 1 and (outcome := outcome_of(filled[0])) is not None and not found.rows:
            found.outcome = outcome
            continue
        known = len(found.rows)
        _take(form, texts, lambda key, row=row: cell_name(row, own[key]), row + 1, found, year)  # type: ignore[misc]
        for one in form.given:
            if one.key in places and len(found.rows) > known and (text := grid.at(row, places[one.key])):
                found.rows[known][one.key] = text
    if found.rows and found.outcome != "rows":
        found.outcome = "rows"
    if len(found.rows) > ROWS_MOST:
        raise PlanError("long")
    return found


def read_values(form: Form, texts: Mapping[str, str], year: int) -> Returned:
    """One row that was typed, by the keys of the form; a fault names the field."""
    found = Returned()
    names = {one.key: one.name for one in form.columns}
    _take(form, {one.key: texts.get(one.key, "") for one in form.asked}, names.__getitem__, 1, found, year)
    return found


def outcome_of(text: str) -> Outcome | None:
    """The words alone say that there is nothing to fill in."""
    said = " ".join(text.split()).casefold().rstrip(".")
    if said in words.NOT_APPLICABLE:
        return "not-applicable"
    return "none" if said in words.NONE else None


def _is_foot(filled: Sequence[str]) -> bool:
    return len(filled) == 1 and filled[0].startswith(words.LEADING_SIGNS)


def _signs(row: Sequence[str]) -> str:
    return "\t".join(squeeze(text) for text in row).strip()


def _header(form: Form, grid: Grid, found: Returned) -> tuple[int, dict[str, int]]:
    """The last row of the header and where each column stands; a column that is not there is a fault."""
    wanted = {squeeze(one.name): one.key for one in form.columns}
    best, places = -1, dict[str, int]()
    for row in range(min(len(grid.rows), HEADER_WITHIN)):
        for names in _heads(grid, row):
            named = {wanted[name]: column for column, name in enumerate(names) if name in wanted}
            if len(named) > len(places):
                best, places = row, named
    if 2 * len(places) < len(form.columns):
        raise PlanError("form-other")
    if grid.reaches.get(best) and not _is_single(form, grid, best):
        best += 1
    first = min(places.values()) - next(at for at, one in enumerate(form.columns) if one.key in places)
    for place, one in enumerate(form.columns):
        if one.key not in places and one.is_asked:
            column = max(first, 0) + place
            facts: dict[str, Fact] = {
                "cell": cell_name(best, column),
                "name": one.name,
                "said": grid.at(best, column)[:40],
            }
            found.faults.append(Fault(best + 1, "form.header", facts))
    return best, places


def _heads(grid: Grid, row: int) -> list[list[str]]:
    """The row as a header, and with the next one below cells that reach over several columns."""
    own = [squeeze(text) for text in grid.rows[row]]
    wide = grid.reaches.get(row)
    if not wide:
        return [own]
    last = max(len(own), *(column + count for column, count in wide.items()))
    upper = [grid.at(row, column) for column in range(last)]
    for column, count in wide.items():
        upper[column : column + count] = [grid.at(row, column)] * count
    return [own, [squeeze(f"{one} {grid.at(row + 1, column)}") for column, one in enumerate(upper)]]


def _is_single(form: Form, grid: Grid, row: int) -> bool:
    wanted = {squeeze(one.name) for one in form.columns}
    own, *joined = _heads(grid, row)
    return not joined or len(wanted & set(own)) >= len(wanted & set(joined[0]))


def _take(
    form: Form, texts: Mapping[str, str], named: Callable[[str], str], line: int, found: Returned, year: int
) -> None:
    """The row counts, or each cell that cannot be read is named."""
    values: dict[str, Value] = {}
    for one in form.asked:
        try:
            value = read_value(one, texts.get(one.key, ""), year, At(line, named(one.key)))
        except CellError as wrong:
            found.faults.append(wrong.fault)
        else:
            if value is not None:
                values[one.key] = value
    found.rows.append(values)


def read_value(one: Question, text: str, year: int, at: At) -> Value | None:
    """What a cell says; None for an empty one. Raises CellError."""
    text = text.strip()
    if not text:
        if one.is_needed:
            raise CellError(Fault(at.line, "form.empty", {"cell": at.cell, "name": one.name}))
        return None
    return _READ.get(one.kind, _text)(one, text, year, at)


def _text(one: Question, text: str, _year: int, at: At) -> Value:
    most, count = one.most or TEXT_MOST, len(text)
    if count > most:
        raise CellError(
            Fault(at.line, "form.long", {"cell": at.cell, "name": one.name, "count": count, "most": most})
        )
    return text


def _number(one: Question, text: str, _year: int, at: At) -> Value:
    found, said = _NUMBER.fullmatch(text), text[:SAID_MOST]
    if found is not None and found[2] and (one.unit is None or squeeze(found[2]) != squeeze(one.unit)):
        unit = one.unit or ""
        raise CellError(
            Fault(at.line, "form.unit", {"cell": at.cell, "name": one.name, "said": said, "unit": unit})
        )
    number = _decimal(found[1]) if found is not None else None
    if number is None:
        raise CellError(Fault(at.line, "form.number", {"cell": at.cell, "name": one.name, "said": said}))
    return int(number) if number == number.to_integral_value() else float(number)


def _decimal(digits: str) -> Decimal | None:
    try:
        number = Decimal(digits.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.adjusted() <= MOST_DIGITS else None


def _day(one: Question, text: str, year: int, at: At) -> Value:
    day, said = day_in(text, year), text[:SAID_MOST]
    if day is None:
        raise CellError(Fault(at.line, "form.day", {"cell": at.cell, "name": one.name, "said": said}))
    return day.isoformat()


def _choice(one: Question, text: str, _year: int, at: At) -> Value:
    found = [choice for choice in one.choices if squeeze(choice) == squeeze(text)]
    if not found:
        said, choices = text[:SAID_MOST], list(one.choices)
        raise CellError(
            Fault(
                at.line, "form.choice", {"cell": at.cell, "name": one.name, "said": said, "choices": choices}
            )
        )
    return found[0]


def _document(one: Question, text: str, year: int, at: At) -> Value:
    if not any(sign.isdigit() for sign in text):
        said = text[:SAID_MOST]
        raise CellError(Fault(at.line, "form.document", {"cell": at.cell, "name": one.name, "said": said}))
    return _text(one, text, year, at)


_READ: Final[dict[str, Callable[[Question, str, int, At], Value]]] = {
    "number": _number,
    "day": _day,
    "choice": _choice,
    "document": _document,
}
