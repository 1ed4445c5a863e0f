"""The picture of a scope: progress by department, a Gantt of its projects, the year's burn-up. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from reports import texts
from reports.drawing.panel import SMALL, Panel, marks, step_of
from reports.drawing.sheet import Sheet
from reports.pictures import MOST_ROWS, Bar, Picture, Project

DPI: Final = 150  # below that the small letters of the months run together
WIDTH, LEFT, RIGHT, ROW = 10.0, 3.1, 0.9, 0.27  # inches
HEAD, GAP, HEADING, AXIS, BURN_UP = 0.85, 0.3, 0.2, 0.4, 3.0
EDGE, NEAR = 0.2, 0.06
SIZE, TITLE, LINE = 9.0, 13.0, 1.8  # points
THICK, THIN = 0.3, 0.175  # half a bar, of a row
MOST_MONTHS: Final = 12  # names of months side by side
MOST_MARKS: Final = 5  # of the burn-up, above 0
DONE, OPEN, LATE, PLAN, NOW, NOT_YET = "#3b7dd8", "#cfd8e3", "#d9534f", "#8a97a6", "#2f9e44", "white"


def png(picture: Picture) -> bytes:
    """The file."""
    return draw(picture).png()


def draw(picture: Picture) -> Sheet:
    """The sheet, as high as its rows need."""
    bars, projects = picture.bars[:MOST_ROWS], picture.projects[:MOST_ROWS]
    bars_high, gantt_high = max(1, len(bars)) * ROW, max(1, len(projects)) * ROW
    height = HEAD + bars_high + gantt_high + BURN_UP + 3 * (GAP + HEADING) + 2 * AXIS + EDGE
    sheet = Sheet(round(WIDTH * DPI), round(height * DPI), DPI)
    edge = sheet.inches(EDGE)
    sheet.words((edge, sheet.inches(0.32)), sheet.cut(picture.title, TITLE, sheet.inches(WIDTH - 0.5)), TITLE)
    sheet.words((edge, sheet.inches(0.62)), picture.as_of, SMALL, color=PLAN)
    top = HEAD
    top = _bars(sheet, top, bars, len(picture.bars) - len(bars))
    top = _gantt(sheet, top, projects, picture, len(picture.projects) - len(projects))
    _burn_up(sheet, top, picture)
    return sheet


def _panel(sheet: Sheet, top: float, height: float, across: tuple[float, float], most: float) -> Panel:
    """A chart whose upper edge lies so many inches down."""
    left, right = sheet.inches(LEFT), sheet.inches(WIDTH - RIGHT)
    return Panel(
        sheet, left, sheet.inches(top), right, sheet.inches(top + height), across, up=(most, 0.0)
    )  # rows are counted downwards


def _heading(sheet: Sheet, top: float, text: str) -> float:
    """Gives where the chart below it begins."""
    base = top + GAP + HEADING / 2
    shown = sheet.cut(text, SIZE + 1, sheet.inches(WIDTH - 2 * EDGE))
    sheet.words((sheet.inches(EDGE), sheet.inches(base)), shown, SIZE + 1)
    return top + GAP + HEADING


def _names(panel: Panel, names: Sequence[str]) -> None:
    """Down the left edge, the first on top."""
    sheet = panel.sheet
    for row, name in enumerate(names):
        shown = sheet.cut(name, SIZE, sheet.inches(LEFT - EDGE - NEAR))
        sheet.words((panel.left - sheet.inches(NEAR), panel.y(row + 0.5)), shown, SIZE, "rm")


def _empty(sheet: Sheet, top: float, text: str) -> float:
    sheet.words((sheet.inches(LEFT), sheet.inches(top + ROW / 2)), text, SIZE, "lm")
    return top + ROW


def _bars(sheet: Sheet, top: float, bars: list[Bar], more: int) -> float:
    top = _heading(sheet, top, texts.line("picture.bars.title", more=more))
    if not bars:
        return _empty(sheet, top, texts.line("picture.bars.none"))
    panel = _panel(sheet, top, len(bars) * ROW, (0.0, 1.0), len(bars))
    _names(panel, [one.name for one in bars])
    for row, one in enumerate(bars):
        middle = row + 0.5
        whole = one.total or 1
        ends = (0.0, one.done / whole, (one.done + one.overdue) / whole, 1.0)
        for start, end, color in zip(ends[:-1], ends[1:], (DONE, LATE, OPEN), strict=True):
            if end > start:
                panel.bar((start, end), (middle + THICK, middle - THICK), color)
        beside = panel.right + sheet.inches(NEAR), panel.y(middle)
        sheet.words(beside, f"{one.done}/{one.total}", SMALL, "lm")
    return top + len(bars) * ROW


def _gantt(sheet: Sheet, top: float, projects: list[Project], picture: Picture, more: int) -> float:
    top = _heading(sheet, top, texts.line("picture.gantt.title", more=more))
    if not projects:
        return _empty(sheet, top, texts.line("picture.gantt.none")) + AXIS
    first = min(*(one.start for one in projects), picture.today) - timedelta(days=3)
    last = max(*(one.end for one in projects), picture.today) + timedelta(days=3)
    span = (first.toordinal(), last.toordinal())
    panel = _panel(sheet, top, len(projects) * ROW, span, len(projects))
    _names(panel, [one.name for one in projects])
    for row, one in enumerate(projects):
        _project(panel, row + 0.5, one)
    panel.frame(has_side=False)
    panel.below(_months(first, last), 0)
    sheet.dashes(panel.x(picture.today.toordinal()), panel.top, panel.bottom, NOW, 1)
    return top + len(projects) * ROW + AXIS


def _project(panel: Panel, middle: float, project: Project) -> None:
    start, end = project.start.toordinal(), project.end.toordinal()
    panel.bar((start, max(start + 1, end)), (middle + THIN, middle - THIN), OPEN)
    for mark in project.marks:
        color = LATE if mark.is_late else DONE
        face = color if mark.is_done or mark.is_late else NOT_YET
        panel.sheet.dot((panel.x(mark.on.toordinal()), panel.y(middle)), 6, color, face)


def _months(first: date, last: date) -> list[tuple[float, str]]:
    """The starts of months, no more than fit side by side; the year where it changes.

    The month that has begun before the first day is named at that day, unless the next name would touch it.
    """
    starts = [first]
    while (day := (starts[-1].replace(day=1) + timedelta(days=32)).replace(day=1)) <= last:
        starts.append(day)
    if len(starts) > 1 and (starts[1] - first) * MOST_MONTHS < last - first:
        del starts[0]
    shown = starts[:: -(-len(starts) // MOST_MONTHS)]
    return [
        (
            one.toordinal(),
            f"{one.year}.{one.month}."
            if i == 0 or one.year != shown[i - 1].year
            else texts.line("picture.month", month=one.month),
        )
        for i, one in enumerate(shown)
    ]


def _burn_up(sheet: Sheet, top: float, picture: Picture) -> None:
    year = picture.today.year
    top = _heading(sheet, top, texts.line("picture.burn-up.title", year=year))
    if not picture.planned:
        _empty(sheet, top, texts.line("picture.burn-up.none", year=year))
        return
    most = max(len(picture.planned), len(picture.done))
    step = step_of(most, MOST_MARKS)
    highest = -(-most // step) * step
    first, last = date(year, 1, 1), date(year, 12, 31)
    place = _panel(sheet, top, BURN_UP, (first.toordinal(), last.toordinal()), 1)
    panel = replace(place, top=place.top + sheet.points(LINE), up=(0, highest))
    levels = marks(0, highest, MOST_MARKS)
    for level, _ in levels[1:]:
        sheet.across(panel.left, panel.right, panel.y(level), OPEN, 0.6)
    panel.beside(levels, 0)
    _steps(panel, picture.planned, first, last, PLAN)
    _steps(panel, picture.done, first, picture.today, DONE)
    panel.frame(has_side=False)
    panel.below(_months(first, last), 0)
    sheet.dashes(panel.x(picture.today.toordinal()), panel.top, panel.bottom, NOW, 1)


def _steps(panel: Panel, days: list[date], first: date, until: date, color: str) -> None:
    """A line that rises by one on each of the days."""
    ordered = sorted(one for one in days if first <= one <= until)
    x = [panel.x(one.toordinal()) for one in (first, *ordered, until)]
    half = panel.sheet.points(LINE) / 2
    for count, (start, end) in enumerate(pairwise(x)):
        panel.sheet.across(start - half, end + half, panel.y(count), color, LINE)
        if count < len(ordered):
            panel.sheet.down(end, panel.y(count + 1), panel.y(count), color, LINE)
