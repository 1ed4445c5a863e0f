"""The header of a form -> what it asks: fields with types, units, choices (서식의 머리글 -> 질문)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from plans.errors import PlanError
from plans.sheet import question_words as words
from plans.sheet.grid import Grid
from plans.text.spelling import close_up

Kind = Literal["text", "number", "day", "choice", "document", "no", "department", "given"]
"""What a cell holds. `no` and `department` are filled in for whoever answers, and not asked; `given` says what a row is about,
as it was fixed when the request opened."""
HEADER_WITHIN: Final = 30  # rows
FEWEST: Final = 2  # cells of a header
MOST_FIELDS: Final = 40
CHOICES_MOST: Final = 20
_BRACKET: Final = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]\s*")
_BETWEEN: Final = re.compile(r"\s*[/·|]\s*")
_SPEC: Final = re.compile(r"([^=]{1,80})=([^:?!]{1,20})(?::([^?!]{1,200}))?([?!]?)")


class Question(BaseModel):
    """One column. `name` as the header has it; `most`: letters of a text; `is_needed`: an empty cell is a fault."""

    model_config = ConfigDict(frozen=True)

    key: str
    name: str
    kind: Kind = "text"
    unit: str | None = None
    choices: tuple[str, ...] = ()
    most: int | None = None
    is_needed: bool = False

    @property
    def is_asked(self) -> bool:
        return self.kind not in ("no", "department", "given")


class Form(BaseModel):
    """What goes out: lines above the header, the columns, and rows below that show how it is filled in."""

    model_config = ConfigDict(frozen=True)

    sheet: str
    above: tuple[tuple[str, ...], ...] = ()
    columns: tuple[Question, ...]
    examples: tuple[tuple[str, ...], ...] = ()
    title: str | None = Field(default=None)

    @property
    def asked(self) -> tuple[Question, ...]:
        return tuple(one for one in self.columns if one.is_asked)

    @property
    def given(self) -> tuple[Question, ...]:
        return tuple(one for one in self.columns if one.kind == "given")


def read_form(grid: Grid) -> Form:
    """The form as guessed from its header. Raises: PlanError where there is none, or a column has no name."""
    at = _header_row(grid)
    first = next(column for column, text in enumerate(grid.rows[at]) if text)
    names, below = _names(grid, at, first)
    if len(names) > MOST_FIELDS:
        raise PlanError("form-wide", most=MOST_FIELDS)
    twice = next((one for one in names if names.count(one) > 1), None)
    if twice is not None:
        raise PlanError("form-twice", name=twice)
    columns = _needed(
        [
            _column(f"c{place}", name, grid.choices.get(first + place - 1, ()))
            for place, name in enumerate(names, 1)
        ]
    )
    if not any(one.is_asked for one in columns):
        raise PlanError("form-head")
    above = tuple(tuple(row) for row in grid.rows[:at] if any(row))
    width = first + len(names)
    examples = tuple(_padded(row, width)[first:] for row in grid.rows[below:] if any(row))
    title = next((text for row in above for text in row if text), None)
    return Form(sheet=grid.name, above=above, columns=tuple(columns), examples=examples, title=title)


def _padded(row: Sequence[str], width: int) -> tuple[str, ...]:
    return tuple([*row, *[""] * width][:width])


def _header_row(grid: Grid) -> int:
    """The first of the rows with most filled cells. Raises: PlanError."""
    counts = [sum(map(bool, row)) for row in grid.rows[:HEADER_WITHIN]]
    most = max(counts, default=0)
    if most < FEWEST:
        raise PlanError("form-head")
    at = counts.index(most)
    above = at - 1
    return above if above >= 0 and _is_upper(grid, above) else at


def _is_upper(grid: Grid, row: int) -> bool:
    """A row of which several cells have a name, one of them over several columns."""
    return sum(map(bool, grid.rows[row])) >= FEWEST and bool(grid.reaches.get(row))


def _names(grid: Grid, at: int, first: int) -> tuple[list[str], int]:
    """The columns by name, and the row below the header. A cell over several columns has its parts in the next row."""
    wide = grid.reaches.get(at, {})
    last = max(len(grid.rows[at]), max((column + count for column, count in wide.items()), default=0))
    upper = [grid.at(at, column) for column in range(last)]
    for column, count in wide.items():
        upper[column : column + count] = [grid.at(at, column)] * count
    lower = [grid.at(at + 1, column) if wide else "" for column in range(last)]
    names = [f"{one} {part}".strip() for one, part in zip(upper, lower, strict=True)][first:]
    if "" in names:
        raise PlanError("form-unnamed", column=first + names.index("") + 1)
    return names, at + (2 if wide else 1)


def _column(key: str, name: str, offered: Sequence[str]) -> Question:
    """What the words of a header tell."""
    is_needed = words.NEEDED.search(name) is not None
    shown = words.NEEDED.sub(" ", name).strip()
    told = [found[1].strip() for found in _BRACKET.finditer(shown)]
    bare = _BRACKET.sub(" ", shown).strip() or shown
    made = Question(key=key, name=name, is_needed=is_needed)
    closed = close_up(bare).casefold()
    if closed in words.NUMBERING:
        return made.model_copy(update={"kind": "no", "is_needed": False})
    if closed in words.DEPARTMENT:
        return made.model_copy(update={"kind": "department", "is_needed": False})
    return made.model_copy(update=_told(bare, told, offered))


def _told(bare: str, told: Sequence[str], offered: Sequence[str]) -> dict[str, object]:
    """Kind, unit, choices and length: of a drop-down list first, then what stands in brackets, then the name."""
    if offered:
        return {"kind": "choice", "choices": tuple(offered[:CHOICES_MOST])}
    for one in told:
        unit = words.UNIT_LABEL.sub("", one).strip()
        if unit.casefold() in words.UNITS:
            return {"kind": "number", "unit": unit}
        if (longest := words.LONGEST.search(one)) is not None:
            return {"kind": "text", "most": int(longest[1] or longest[2])}
        choices = tuple(_BETWEEN.split(one))
        if 1 < len(choices) <= CHOICES_MOST and all(choices):
            return {"kind": "choice", "choices": choices}
    if words.YES_NO.search(bare):
        return {"kind": "choice", "choices": words.YES_NO_CHOICES}
    for kind, pattern in (("document", words.DOCUMENTS), ("number", words.NUMBERS), ("day", words.DAYS)):
        if pattern.search(bare):
            return {"kind": kind}
    return {}


def _needed(columns: list[Question]) -> list[Question]:
    """Where nothing is marked, everything asked has to be filled in but remarks."""
    if any(one.is_needed for one in columns):
        return columns
    return [
        one.model_copy(update={"is_needed": one.is_asked and not words.REMARKS.search(one.name)})
        for one in columns
    ]


def corrected(form: Form, spec: str) -> Form:
    """The form with one column put right: `사업비=number:백만원`, `구분=choice:신규/계속`, `비고=text?` (may be empty), `!` (may
    not). Raises: PlanError for what it does not say."""
    found = _SPEC.fullmatch(spec.strip())
    kind = words.TYPES.get(found[2].strip().casefold()) if found else None
    if found is None or kind is None:
        raise PlanError("form-spec", said=spec[:60])
    named = [
        one for one in form.columns if close_up(one.name) == close_up(found[1]) or one.key == found[1].strip()
    ]
    if len(named) != 1:
        raise PlanError("form-field", said=found[1].strip()[:60])
    more = (found[3] or "").strip()
    values: dict[str, object] = {"kind": kind, "unit": None, "choices": (), "most": None}
    if kind == "number":
        values["unit"] = more or None
    elif kind == "choice":
        values["choices"] = tuple(one for one in _BETWEEN.split(more) if one)
    elif kind == "text" and more.isdigit():
        values["most"] = int(more)
    if found[4]:
        values["is_needed"] = found[4] == "!"
    if kind == "choice" and not values["choices"]:
        raise PlanError("form-choices", said=spec[:60])
    made = named[0].model_copy(update=values)
    return form.model_copy(
        update={"columns": tuple(made if one is named[0] else one for one in form.columns)}
    )
