"""Goals of past years whose result is printed (연차별 목표, 목표·실적): what was to be done in such a year is done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from plans.draft import MilestoneDraft
from plans.entries.items import split_items
from plans.entries.phrase import is_act
from plans.structure.sections import is_going_on
from plans.tables.column_roles import EMPTY
from plans.tables.table import Table, cell, cell_text, find_tables
from plans.text.lines import Line
from plans.text.spelling import squeeze

_GOAL: Final = re.compile(r"목표\W*$")
_RESULT: Final = re.compile(r"실적\W*$")
_NOT: Final = re.compile(r"(?<![가-힣])미|않|못|없|중단|취소|연기|보류|지연")


def with_results(
    milestones: Sequence[MilestoneDraft], lines: Sequence[Line], year: int | None
) -> list[MilestoneDraft]:
    """The entries of a task with those done that are due in a whole year before the plan's whose result its tables print."""
    if year is None or not any(map(_year_of, milestones)):
        return list(milestones)
    past = {one for one in _years_with_results(lines) if one < year}
    return [one.model_copy(update={"done": True}) if _year_of(one) in past else one for one in milestones]


def _year_of(one: MilestoneDraft) -> int | None:
    """The year that an entry is due in where it says no more; None for any other."""
    if len(one.windows) != 1 or one.windows[0].precision != "year" or one.windows[0].due is None:
        return None
    return one.windows[0].due.year


def _years_with_results(lines: Sequence[Line]) -> Iterator[int]:
    for table in find_tables(lines):
        years = {i: one.window.start.year for i, one in table.head.years.items() if one.window.start}
        if years and any(_is_called(_GOAL, row, min(years)) for row in table.below):
            yield from _told(table, years)


def _told(table: Table, years: dict[int, int]) -> Iterator[int]:
    """The years below which a row of results says what was done; a number alone says not whether the goal was reached."""
    for row in table.below:
        if _is_called(_RESULT, row, min(years)):
            yield from (year for i, year in years.items() if _is_done(cell_text(row, i)))


def _is_called(name: re.Pattern[str], row: Line, first: int) -> bool:
    return any(name.search(squeeze(cell(row, i))) for i in range(first))


def _is_done(text: str) -> bool:
    if squeeze(text) in EMPTY or _NOT.search(text) or is_going_on(text):
        return False
    return any(map(is_act, split_items(text)))
