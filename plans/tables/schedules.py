"""Schedule tables: 추진일자 | 추진사항, 사업명 | 시기, 연차별 추진계획 (일정표)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from plans.draft import Asked, Finding, MilestoneDraft
from plans.entries.items import Place, asked, row_milestones, without_mark
from plans.entries.phrase import Unreadable, is_figure, is_year_only, whole
from plans.entries.remarks import remark_finding, time_missing, unreadable
from plans.structure.sections import Section
from plans.structure.years import YearScope, hull
from plans.tables.table import Table, cell, filled
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze
from plans.time.timeline import CannotSay, Context, Reading, read_time

_TIME_HEADER: Final = re.compile(
    r"^(추진|개최|시행|운영|예정|완료|교육|행사|공연|접수|모집|회의|점검|사업|세부|주요|추진예정)?"
    r"(일자|일정|시기|일시|날짜|기간|연월|년월|월별|월|예정일|시점|연도|년도|연월일|년월일)(\(안\)|안)?$"
)
_ACTION_HEADERS: Final = (
    "사업명",
    "세부사업",
    "세부사업명",
    "추진사항",
    "추진내용",
    "주요추진사항",
    "추진업무",
    "주요업무",
    "추진계획",
    "추진실적",
    "행사명",
    "과정명",
    "교육명",
    "프로그램명",
    "프로그램",
    "세부추진사항",
    "세부추진내용",
    "세부내용",
    "업무내용",
    "내용",
    "주요내용",
    "구분",
)
_YEARLY: Final = re.compile(r"연차별|연도별|년차별|년도별|단계별")
_DATE_LIKE: Final = re.compile(r"\d\s*[월년.]|분기|반기")
_LETTER: Final = re.compile(r"[가-힣A-Za-z]")
ENOUGH: Final = 0.6  # share of rows that must read as a time before an unnamed column counts as one


@dataclass
class Schedule:
    """What a schedule table gives; empty for any other table."""

    milestones: list[MilestoneDraft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)


def read_schedule(table: Table, section: Section, scope: YearScope) -> Schedule:
    """The milestones of a schedule table, and its rows whose time cannot be said."""
    found = Schedule()
    column, rows = _time_column(table, section) if section.kind != "none" else (None, ())
    if column is None:
        return found
    above = ""
    for row, reading, expr in _timed_rows(table, rows, column, scope, section, found):
        place = Place(row.no, section.title, section.kind)
        action = _action(table, row, column)
        if is_figure(action):
            continue
        above = (
            action if _LETTER.search(action) else above
        )  # a name that is merged over several rows stands once
        found.milestones += row_milestones(above, expr, reading, place) if above else []
    return found


ANY_YEAR: Final = Context(2000)  # only whether a cell is a time is asked


def _time_column(table: Table, section: Section) -> tuple[int | None, Sequence[Line]]:
    """Which column holds times, and the rows to read: by its header, else by what most of its cells are."""
    named = [i for i, name in enumerate(table.header) if _TIME_HEADER.match(name)]
    for is_wanted in (_is_exact, _is_time):
        at = next((i for i in named if any(is_wanted(cell(row, i)) for row in table.body)), None)
        if at is not None:
            return at, table.body
    is_yearly = bool(_YEARLY.search(squeeze(section.title or "") + "".join(table.header)))
    if section.kind not in ("schedule", "done"):
        return None, ()
    width = max(len(row.cells) for row in table.rows)
    for column in range(min(width - 1, 3)):
        if _is_mostly_time(table.rows, column, is_yearly):
            return column, table.rows
    return None, ()


def _is_mostly_time(rows: Sequence[Line], column: int, is_yearly: bool) -> bool:
    texts = [cell(row, column) for row in rows if cell(row, column)]
    times = [r for text in texts if (r := whole(text, ANY_YEAR)) and (is_yearly or not is_year_only(r))]
    return len(times) >= max(2 if len(rows) > 2 else 1, ENOUGH * len(texts))


def _is_exact(text: str) -> bool:
    """Whether a cell is a time that says more than a year."""
    found = whole(text, ANY_YEAR)
    return found is not None and not is_year_only(found)


def _is_time(text: str) -> bool:
    return whole(text, ANY_YEAR) is not None


def _timed_rows(
    table: Table, rows: Sequence[Line], column: int, scope: YearScope, section: Section, schedule: Schedule
) -> list[tuple[Line, Reading, str]]:
    """Rows with their time; an empty time cell below a filled one is a merge that was lost, and keeps its time."""
    timed: list[tuple[Line, Reading, str]] = []
    above: tuple[Reading, str] | None = None
    for row in rows:
        text = cell(row, column)
        found = read_time(text, scope.context(row.no)) if text else None
        if isinstance(found, Reading):
            above = (found, text)
            if (window := hull(found.windows)) is not None:
                scope.tell(row.no, window)
            schedule.findings += [remark_finding(remark, row.no) for remark in found.remarks]
        elif found is not None:
            above = None
            trouble = _trouble(table, row, column, found)
            if trouble is not None:
                _complain(schedule, trouble, Place(row.no, section.title, section.kind), scope)
        if above is None or (not text and not _goes_on(table, row, column)):
            continue
        if text or not _is_alone(row, column):
            timed.append((row, *above))
        else:
            schedule.findings.append(time_missing(row.cells[0], row.no))
    return timed


def _is_alone(row: Line, column: int) -> bool:
    """Whether only the first cell is filled, and the time stands in another: a title across the table or an action
    whose time is merged with the one above, which no form of text tells apart."""
    return column > 0 and bool(row.cells[0]) and len(filled(row)) == 1


def _goes_on(table: Table, row: Line, column: int) -> bool:
    """Whether a row without a time is another entry of the time above it, and no title of a group with its sums."""
    if column == 0 and not any(row.cells[1:]):
        return False
    fullest = max(len(filled(one)) for one in table.body) if table.body else 0
    return 2 * len(filled(row)) >= fullest - 1


def _trouble(table: Table, row: Line, column: int, found: CannotSay) -> Unreadable | None:
    """A cell that speaks of a month or date that cannot be said; None for other words."""
    text = cell(row, column)
    if not _DATE_LIKE.search(text):
        return None
    return Unreadable(without_mark(_action(table, row, column)), text, found.reason, found.code)


def _complain(schedule: Schedule, trouble: Unreadable, place: Place, scope: YearScope) -> None:
    schedule.findings.append(unreadable(trouble, place.line))
    if trouble.code == "year-unknown":
        scope.tell(place.line, None)
        schedule.asked.append(asked(trouble, place))


def _action(table: Table, row: Line, column: int) -> str:
    """The cell that says what happens, line breaks kept; 구분 and 내용 together where both are short."""
    named = [
        i for name in _ACTION_HEADERS for i, head in enumerate(table.header) if head == name and i != column
    ]
    texts = [(i, row.cells[i]) for i in named if i < len(row.cells) and row.cells[i].strip()]
    if texts and table.header[texts[0][0]] == "구분" and len(texts) == 1:
        rest = [text for i, text in enumerate(row.cells) if i not in (column, texts[0][0]) and text.strip()]
        return texts[0][1] if not rest else f"{one_line(texts[0][1])} {without_mark(rest[0])}"[:80]
    if texts:
        return texts[0][1]
    behind = [text for text in row.cells[column + 1 :] if text.strip()]
    before = [text for text in row.cells[:column] if text.strip()]
    return (behind or before or [""])[0]
