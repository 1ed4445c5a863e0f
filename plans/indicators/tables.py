"""Tables of goals: before and after, goals by year, indicators with their targets and results (연차별 목표, 성과지표)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from plans.indicators.drafts import IndicatorDraft, YearlyDraft
from plans.indicators.rows import LONGEST_NAME, LONGEST_TEXT, direction_of, read_row, written
from plans.indicators.values import bare_number, kind_of, said_in, wording
from plans.tables.header_rows import year_of
from plans.tables.table import Table, cell, cell_text
from plans.text.spelling import one_line, squeeze

_BEFORE: Final = re.compile(r"^(.{0,8})전$")
_FINAL: Final = re.compile(r"^최종(?:달성)?목표")
_YEARLY: Final = re.compile(r"(?:연차|연도|년도|년차)별.{0,4}목표")
_NAME: Final = re.compile(r"지표|목표명|과제목표")
_UNIT: Final = re.compile(r"^단위")
_FORMULA: Final = re.compile(r"산식|산출|측정")
_GOAL: Final = re.compile(r"목표")
_RESULT: Final = re.compile(r"실적|달성값|결과")
_BASE: Final = re.compile(r"기준|현재|현황|시행전")
_UNIT_BEHIND: Final = re.compile(r"\(\s?(?:단위\s?[:：]\s?)?(%|[가-힣]{1,3}|[A-Za-z㎡]{1,4})\s?\)\s*$")
_YEAR_IN: Final = re.compile(r"(?:['’‘]\s?(\d{2})|((?:19|20)\d\d))")

Side = Literal["before", "target", "result"]


@dataclass
class Goals:
    """What was found: goals, yearly goals, and the lines of rows with a number that may be one."""

    indicators: list[IndicatorDraft]
    yearly: list[YearlyDraft]
    doubts: list[int]


def read_goals(table: Table, year: int | None, is_below_goals: bool) -> Goals | None:
    """The goals of a table, None for one that is no table of goals."""
    sides = _two_sides(table)
    if sides is not None:
        return _before_after(table, sides, year)
    if _is_yearly(table):
        return Goals([], list(_yearly(table)), [])
    named = next((i for i, name in enumerate(table.header) if _NAME.search(name)), None)
    if named is None and is_below_goals and table.head.years:
        named = 0
    return _by_indicator(table, named, year) if named is not None else None


def _two_sides(table: Table) -> tuple[int, int] | None:
    """The columns of before and after: neighbours whose headers differ in 전 and 후 alone."""
    names = table.header
    for i, name in enumerate(names[:-1]):
        found = _BEFORE.match(name)
        if found and names[i + 1] == f"{found[1]}후":
            return i, i + 1
    return None


def _before_after(table: Table, sides: tuple[int, int], year: int | None) -> Goals:
    goals = Goals([], [], [])
    for row in table.body:
        found, is_doubted = read_row(cell_text(row, sides[0]), cell_text(row, sides[1]), row.no, year)
        goals.indicators += found
        goals.doubts += [row.no] if is_doubted else []
    return goals


def _is_yearly(table: Table) -> bool:
    return any(_FINAL.match(name) for name in table.header) and any(
        _YEARLY.search(name) for name in table.header
    )


def _yearly(table: Table) -> Iterator[YearlyDraft]:
    """The final goal in its column, then the cell behind each cell that is a year."""
    final = next(i for i, name in enumerate(table.header) if _FINAL.match(name))
    for row in table.body:
        cells = [cell(row, i) for i in range(len(row.cells))]
        if text := wording(cells[final] if final < len(cells) else ""):
            yield YearlyDraft(year=None, text=text[:LONGEST_TEXT])
        for one, said in pairwise(cells):
            year = year_of(one)
            if year is not None and year.window.start is not None and (text := wording(said)):
                yield YearlyDraft(year=year.window.start.year, text=text[:LONGEST_TEXT])


def _by_indicator(table: Table, named: int, year: int | None) -> Goals | None:
    """A row, or a row of targets above one of results, for each indicator."""
    reader = _Reader(table, named, year)
    if not reader.columns:
        return None
    for row in table.below:
        reader.read(row.no, [cell_text(row, i) for i in range(max(len(row.cells), len(reader.heads)))])
    found = list(reader.found.values())
    return Goals(found, [], reader.doubts) if found else None


class _Reader:
    """Reads the rows of one table of indicators; an entry for each indicator and year."""

    def __init__(self, table: Table, named: int, year: int | None) -> None:
        self.heads = [squeeze("".join(path)) for path in table.head.paths]
        self.named, self.year = named, year
        self.unit = self._first(_UNIT)
        self.formula = self._first(_FORMULA)
        self.columns = self._columns(table)
        self.found: dict[tuple[str, int | None], IndicatorDraft] = {}
        self.doubts: list[int] = []
        self.name = ""

    def _first(self, pattern: re.Pattern[str]) -> int | None:
        return next(
            (i for i, head in enumerate(self.heads) if i != self.named and pattern.search(head)), None
        )

    def _columns(self, table: Table) -> dict[int, tuple[Side | None, int | None]]:
        """Which columns hold values: of which side where the header says it, of which year."""
        years = {i: one.window.start.year for i, one in table.head.years.items() if one.window.start}
        found: dict[int, tuple[Side | None, int | None]] = {}
        for i, path in enumerate(table.head.paths):
            head = one_line(" ".join(path))
            side = _side(squeeze(head))
            if i in years:
                found[i] = (side, years[i])
            elif side is not None and i not in (self.named, self.unit, self.formula):
                found[i] = (side, _year_in(head) or (self.year if side != "before" else None))
        return found

    def read(self, line: int, cells: list[str]) -> None:
        """One row; a cell of the name that is empty goes on with the indicator above."""
        self.name = one_line(cells[self.named]) or self.name
        free = [i for i in range(len(cells)) if i not in self.columns and i != self.named]
        row_side = next((side for i in free if (side := _side(squeeze(cells[i])))), None)
        for i, (side, year) in self.columns.items():
            if self.name and i < len(cells) and wording(cells[i]):
                self._put(line, cells, cells[i], row_side or side or "target", year)

    def _put(self, line: int, cells: list[str], text: str, side: Side, year: int | None) -> None:
        name, unit = self._unit(cells)
        goal_year = year if side != "before" else self.year
        entry = self.found.get((name, goal_year)) or self._entry(name, goal_year, line, side)
        number = bare_number(text) if unit else None
        is_words = side == "result" and bool(entry.text) and entry.target is None
        said = () if number is not None or is_words else said_in(f"{name} {one_line(text)}").values
        if said:
            number, unit, entry.bound = said[0].number, said[0].unit, said[0].bound
            entry.direction = direction_of(said[0])
        value = written(number) if number is not None else wording(text)[:LONGEST_TEXT]
        if number is not None:
            entry.unit, entry.kind = unit, kind_of(unit or "")
        if side == "before":
            entry.before, entry.before_year = value, year
        elif side == "result":
            entry.result = value
        else:
            entry.text, entry.line = wording(text)[:LONGEST_TEXT], line
            entry.target = value if number is not None else None
        entry.formula = entry.formula or (
            one_line(cells[self.formula]) or None if self.formula is not None else None
        )
        if entry.target is not None or entry.text:
            self.found[name, goal_year] = entry

    def _entry(self, name: str, year: int | None, line: int, side: Side) -> IndicatorDraft:
        entry = IndicatorDraft(name=name[:LONGEST_NAME], text="", line=line, year=year)
        if side == "before":
            self.found[name, year] = entry
        return entry

    def _unit(self, cells: list[str]) -> tuple[str, str | None]:
        """The name without its unit, and the unit, of a column of its own or in brackets behind the name."""
        if self.unit is not None and cells[self.unit].strip():
            return self.name, one_line(cells[self.unit])
        found = _UNIT_BEHIND.search(self.name)
        return (self.name[: found.start()].strip(), found[1]) if found else (self.name, None)


def _side(head: str) -> Side | None:
    if _RESULT.search(head):
        return "result"
    if _GOAL.search(head):
        return "target"
    return "before" if _BASE.search(head) else None


def _year_in(head: str) -> int | None:
    found = _YEAR_IN.search(head)
    return None if found is None else 2000 + int(found[1]) if found[1] else int(found[2])
