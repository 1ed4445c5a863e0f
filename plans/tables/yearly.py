"""Plans by years: columns headed by years, what is done in each below them (연차별 추진계획)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from plans.draft import Window
from plans.entries.items import Place, listed_lines, split_items, without_mark
from plans.entries.phrase import Clause, Unreadable, is_act, is_figure
from plans.entries.remarks import cells_differ
from plans.tables.column_roles import EMPTY, MARK, Columns, is_office, is_total
from plans.tables.grids import Grid, GridEntry, named_by, names_of
from plans.tables.header_rows import Year, time_of, year_of
from plans.tables.rows import events_in
from plans.tables.table import Table, cell, cell_text, filled
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze, without_brackets
from plans.time.scan import find_dates
from plans.time.timeline import UNKNOWN_YEAR, Context, Reading

_PLAN: Final = re.compile(
    r"(연차|연도|년차|년도)별.{0,60}(계획|추진)|로드맵|(실천|이행|추진|실행|세부)계획|추진일정"
)
_GOAL: Final = re.compile(
    r"목표|실적|지표|사업비|예산|재원|투자|국비|도비|시비|구비|군비|[합소총누]계|^계$|명$|건수|성과"
)
_TARGET: Final = re.compile(
    r"\d[\d,.]{0,15}\s?(?:%|％|명|개소|개교|교|팀|건|회|대|억원?|백만원|천원|만원|원|㎡|ha|km|m|개|종|곳|세대|호|면|권|점|위|등급|톤)"
    r"(?:\s?(?:내외|이상|이하|증|감))?$"
)
_LETTERS: Final = re.compile(r"[가-힣A-Za-z]{2}")
_YEARS: Final = re.compile(r"['’‘]?\d{2,4}\s?년?도?\s?[~∼～]\s?['’‘]?\d{2,4}\s?년?도?")
LEAST_CELLS: Final = 2  # of a row that is no title across the table
LEAST_ROWS: Final = 2  # of a list of years
LEAST_UNNAMED: Final = 3  # columns of years that are a plan by what stands in them alone


def is_plan_by_years(table: Table, columns: Columns, title: str) -> bool:
    """Whether the years above columns say when what stands below is done: words do, or most of the cells are acts."""
    years = _years(table)
    cells = [text for row in table.below for i in years if squeeze(text := cell(row, i)) not in EMPTY]
    acts = [text for text in cells if not is_target(text)]
    if not acts or columns.of("slot") or _is_drawn(columns, years):
        return False
    if _PLAN.search(squeeze(title) + "".join(table.head.names)):
        return True
    return len(years) >= LEAST_UNNAMED and len(cells) <= 2 * sum(map(is_act, acts))


def _is_drawn(columns: Columns, years: Mapping[int, Year]) -> bool:
    """Whether a year stands above several columns: bars are drawn over parts of it, which no text tells."""
    return any(column.filled and not column.path for column in columns.all[min(years, default=0) :])


def is_target(text: str) -> bool:
    """Whether a cell says how much is to be reached, and not what is to be done (20%, 초·중 40팀)."""
    said = without_brackets(one_line(text)).strip()
    is_words = bool(_LETTERS.search(said)) or bool(MARK.match(text))
    return is_figure(said) or bool(_TARGET.search(said)) or not is_words


def read_plan_by_years(table: Table, columns: Columns, place: Place) -> Grid:
    """The entries of a plan by years: each cell that tells of an act is one, due in its column's year; months within a
    cell are more exact. Rows of goals and money give none; one whose cells stand below other headers than their own is
    told. `place` is that of the header."""
    grid, years = Grid(line=place.line), _years(table)
    merged: dict[int, str] = {}
    has_dashes = any(cell(row, i) == "-" for row in table.below for i in years)
    for row in table.below:
        if is_total(row) or len(filled(row)) < LEAST_CELLS:
            continue
        names = names_of(row, columns, min(years), merged)
        if _GOAL.search(squeeze(names[1])):
            continue
        if _is_shifted(row, columns, years, has_dashes):
            grid.findings.append(cells_differ(names[0], row.no))
        else:
            _add_row(grid, row, names, years, replace(place, line=row.no))
    return grid


def years_of_rows(table: Table, title: str) -> list[tuple[Line, Year]]:
    """The rows of a list that says what is done in each year (2031년 | - 설계 공모), with their years; [] for other tables. A
    row behind the last of them may be of an open end (임기 후), one above the first a header without a year."""
    found = [(row, _year_of_row(cell(row, 0))) for row in table.rows]
    dated = [(row, year) for row, year in found if year is not None]
    if len(dated) < LEAST_ROWS or not _rise([year for _, year in dated]):
        return []
    first, last = found.index(dated[0]), found.index(dated[-1])
    is_list = first <= 1 and last - first + 1 == len(dated) and len(found) - last <= LEAST_ROWS
    is_list = is_list and not (first and find_dates(" ".join(table.rows[0].cells)))
    said = [text for row, _ in dated for text in filled(row)[1:]]
    if not is_list or not said or any(map(is_target, said)):
        return []
    acts = sum(any(map(is_act, listed_lines(text))) for text in said)
    is_plan = bool(_PLAN.search(squeeze(title))) or 2 * acts >= len(said)
    return dated if is_plan else []


def _year_of_row(text: str) -> Year | None:
    """The year, half or run of whole years (2028 ~ 2029) that the first cell of a row is."""
    one = year_of(text)
    found = time_of(text) if one is None and _YEARS.fullmatch(text) else None
    return Year(text, found.windows[0]) if found is not None and len(found.windows) == 1 else one


def _rise(years: Sequence[Year]) -> bool:
    starts = [year.window.start for year in years]
    return all(one is not None and other is not None and one < other for one, other in pairwise(starts))


def read_list_of_years(rows: Sequence[tuple[Line, Year]], place: Place) -> Grid:
    """The entries of such a list: each item of a row is one, due in the year of its row."""
    grid = Grid(line=place.line)
    for row, year in rows:
        here = replace(place, line=row.no)
        for index in range(1, len(row.cells)):
            for item in listed_lines(cell_text(row, index)):
                _add(grid, row, ("", without_mark(item)), year, year.window, here)
    return grid


def _years(table: Table) -> dict[int, Year]:
    """Column -> year, but for those below a word for goals or money."""
    return {
        i: one for i, one in table.head.years.items() if not _GOAL.search("".join(table.head.paths[i][:-1]))
    }


def _is_shifted(row: Line, columns: Columns, years: Mapping[int, Year], has_dashes: bool) -> bool:
    """Whether a row has too few cells, so that nobody knows which year each is of: its office stands below a year, or its
    last cells are missing where nothing is written as a dash."""
    owner = columns.first("owner")
    texts = [cell(row, i) for i in years]
    if owner is not None and not cell(row, owner.index) and any(map(is_office, texts)):
        return True
    return has_dashes and not texts[-1] and max(years) not in row.covered


def _add_row(grid: Grid, row: Line, names: tuple[str, str], years: Mapping[int, Year], place: Place) -> None:
    for run in _runs(row, years):
        text = cell_text(row, run[0])
        said = names[1] if MARK.match(text) else " · ".join(map(without_mark, split_items(text)))
        label = names[0] if said == names[1] else names[1]
        _add(grid, row, (label, said), years[run[0]], _over(years, run), place, text)


def _add(
    grid: Grid,
    row: Line,
    named: tuple[str, str],
    year: Year,
    window: Window | None,
    place: Place,
    text: str | None = None,
) -> None:
    """What happens in a year; times within the words (`text`, else what is said itself) are more exact."""
    label, said = named
    text = said if text is None else text
    context = Context(year.window.start.year if year.window.start is not None else None)
    inner = events_in(text, place, context) if any(date.month for date in find_dates(text)) else []
    if not inner and window is None:
        inner = [Unreadable(said, year.expr, UNKNOWN_YEAR, "year-unknown")]
    elif not inner and window is not None:
        inner = [Clause(said, year.expr, Reading("dated", (window,)))]
    for one in inner:
        if isinstance(one, Unreadable):
            grid.asked.append((replace(one, title=named_by(label, one.title)), row))
        else:
            grid.entries.append(GridEntry(label, one.title or said, one.expr, one.reading, row.no, row.no))


def _runs(row: Line, years: Mapping[int, Year]) -> list[list[int]]:
    """The columns of each act: words are of their own year, a bar of marks and a merged cell go over several."""
    runs: list[list[int]] = []
    for index in years:
        text = cell(row, index)
        last = runs[-1] if runs and runs[-1][-1] == index - 1 else None
        if last is not None and (index in row.covered or (MARK.match(text) and cell(row, last[-1]) == text)):
            last.append(index)
        elif squeeze(text) not in EMPTY and not is_target(text):
            runs.append([index])
    return runs


def _over(years: Mapping[int, Year], run: list[int]) -> Window | None:
    """The time of these columns; None where one of them has no end (2031년 이후)."""
    first, last = years[run[0]].window, years[run[-1]].window
    if first.due is None or last.due is None:
        return None
    return first if len(run) == 1 else Window(start=first.start, due=last.due, precision="range")
