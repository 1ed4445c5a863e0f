"""What does not fit in a department's reply: sums unlike their rows, results below those of the last reply; as questions.

Pure. A question is never a refusal: whoever handed it in may mend it, and what remains is told to the planning office.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plans.sheet import question_words as words
from plans.sheet.question import Form, Question
from plans.sheet.returned import Value
from plans.text.spelling import close_up
from reports import texts

Cells = Mapping[str, Value]
FEWEST_PARTS = 2  # of a sum across columns
ROUNDING = 0.5  # of the last digit that a part has


@dataclass(frozen=True)
class Doubt:
    """One question: which rule asks it, and its facts. `row`: of the reply, from 1; None: of all of them."""

    code: str
    facts: Mapping[str, Any]
    row: int | None = None


def doubts(form: Form, rows: Sequence[Cells], last: Sequence[Cells] = ()) -> list[Doubt]:
    """Every question that a reply raises, in the order of its rows. `last`: the rows of the reply before it."""
    found = [one for at, cells in enumerate(rows, 1) for one in _across(form, cells, at)]
    return [*found, *_down(form, rows), *_below(form, rows, last)]


def said(one: Doubt) -> str:
    """The question in words."""
    shown = {name: _shown(fact) if isinstance(fact, float) else fact for name, fact in one.facts.items()}
    return texts.line(f"asks.doubt.{one.code}", **shown, row=one.row)


def _shown(value: float) -> str:
    """1,234.5, and 1,234 where nothing is behind the point."""
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def _numbers(form: Form) -> list[Question]:
    return [one for one in form.asked if one.kind == "number"]


def _number(cells: Cells, one: Question) -> float | None:
    value = cells.get(one.key)
    return float(value) if isinstance(value, int | float) else None


def _split(one: Question) -> tuple[str, str]:
    """사업비 합계 -> 사업비, 합계: the name over several columns, and the column's own."""
    name = words.IN_BRACKETS.sub(" ", words.NEEDED.sub(" ", one.name)).strip()
    over, _, own = name.rpartition(" ")
    return close_up(over), close_up(own)


def _is_total(text: str) -> bool:
    return close_up(text).casefold() in words.TOTALS


def _parts(form: Form) -> list[tuple[Question, list[Question]]]:
    """Each column that sums others up, with those: of the same name above and the same unit, two at least."""
    found = []
    for one in _numbers(form):
        over, own = _split(one)
        if _is_total(own):
            same = [
                each
                for each in _numbers(form)
                if each is not one and (_split(each)[0], each.unit) == (over, one.unit)
            ]
            if len(same) >= FEWEST_PARTS and not any(_is_total(_split(each)[1]) for each in same):
                found.append((one, same))
    return found


def _across(form: Form, cells: Cells, at: int) -> list[Doubt]:
    """A sum in a row beside the columns that it sums up."""
    found = []
    for total, parts in _parts(form):
        told, each = _number(cells, total), [_number(cells, one) for one in parts]
        summed = math.fsum(one for one in each if one is not None)
        if told is not None and any(one is not None for one in each) and _differs(told, summed, len(each)):
            found.append(Doubt("across", {"name": total.name, "told": told, "summed": summed}, at))
    return found


def _differs(told: float, summed: float, count: int) -> bool:
    """More than rounding of the parts explains, where a part has a fraction."""
    is_whole = told.is_integer() and summed.is_integer()
    return abs(told - summed) > (0 if is_whole else ROUNDING * count / 10)


def _down(form: Form, rows: Sequence[Cells]) -> list[Doubt]:
    """A last row that is called the sum, beside the rows above it."""
    if len(rows) <= FEWEST_PARTS or not _is_total(label_of(form, rows[-1])):
        return []
    found = []
    for one in _numbers(form):
        told, above = _number(rows[-1], one), [_number(cells, one) for cells in rows[:-1]]
        summed = math.fsum(each for each in above if each is not None)
        if (
            told is not None
            and any(each is not None for each in above)
            and _differs(told, summed, len(above))
        ):
            found.append(Doubt("down", {"name": one.name, "told": told, "summed": summed}, len(rows)))
    return found


def label_of(form: Form, cells: Cells) -> str:
    """What a row is about: its first text."""
    value = next((cells[one.key] for one in form.asked if one.kind == "text" and one.key in cells), "")
    return str(value)


def _below(form: Form, rows: Sequence[Cells], last: Sequence[Cells]) -> list[Doubt]:
    """A result that is less than that of the same row last time; rows are the same by what they are about."""
    before = {close_up(label_of(form, cells)): cells for cells in last}
    results = [one for one in _numbers(form) if words.RESULTS.search(one.name)]
    found = []
    for at, cells in enumerate(rows, 1):
        earlier = before.get(close_up(label_of(form, cells)))
        for one in results if earlier is not None else ():
            now, was = _number(cells, one), _number(earlier or {}, one)
            if now is not None and was is not None and now < was:
                found.append(Doubt("below", {"name": one.name, "told": now, "before": was}, at))
    return found
