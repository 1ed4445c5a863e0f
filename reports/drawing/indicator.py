"""The picture of an indicator by month: bars of what was reached, the plan's line, the projection as a range. Pure drawing."""

from __future__ import annotations

from typing import Final

from reports import texts
from reports.drawing.panel import SMALL, Panel, marks
from reports.drawing.sheet import INK, PAPER, Sheet
from reports.indicator_picture import KpiPicture

WIDTH, HEIGHT, DPI = 8.0, 4.6, 110  # inches, pixels of one
LEFT, RIGHT, TOP, BOTTOM = 0.75, 7.8, 1.15, 4.05
TITLE, UNDER, TICK, PLAN_LINE, GAP = 13.0, 9.5, 3.0, 2.0, 3.0  # points
BAR, PLAN, RANGE = "#3b7dd8", "#d9534f", "#f3d9a4"
HALF_BAR, HALF_RANGE = 0.3, 0.45
MANY: Final = 6


def png(found: KpiPicture) -> bytes:
    """The file."""
    return draw(found).png()


def draw(found: KpiPicture) -> Sheet:
    sheet = Sheet(round(WIDTH * DPI), round(HEIGHT * DPI), DPI)
    _head(sheet, found)
    left, top, right, bottom = map(sheet.inches, (LEFT, TOP, RIGHT, BOTTOM))
    panel = Panel(sheet, left, top, right, bottom, (0.0, float(len(found.points))), (0.0, found.most))
    if found.low is not None and found.high is not None:
        last = len(found.points) - 0.5
        panel.bar((last - HALF_RANGE, last + HALF_RANGE), (found.low, found.high), RANGE)
    for at, one in enumerate(found.points):
        if one.reached is not None:
            panel.bar((at + 0.5 - HALF_BAR, at + 0.5 + HALF_BAR), (0, max(one.reached, 0)), BAR)
    for at, one in enumerate(found.points):
        if one.planned is not None:
            sheet.across(panel.x(at), panel.x(at + 1), panel.y(one.planned), PLAN, PLAN_LINE)
    _numbers(panel, found)
    panel.frame(has_side=True)
    panel.beside(marks(0, found.most, MANY), TICK)
    names = [texts.line("indicators.picture.month", month=one.ends_on.month) for one in found.points]
    panel.below([(at + 0.5, name) for at, name in enumerate(names)], TICK)
    return sheet


def _head(sheet: Sheet, found: KpiPicture) -> None:
    """What it is of, what stands, and how it is read."""
    most = sheet.inches(RIGHT - 0.2)
    for text, points, down in (
        (found.title, TITLE, 0.35),
        (found.under, UNDER, 0.62),
        (texts.line("indicators.picture.legend", has_range=found.low is not None), SMALL, 0.86),
    ):
        sheet.words((sheet.inches(0.2), sheet.inches(down)), sheet.cut(text, points, most), points)


def _numbers(panel: Panel, found: KpiPicture) -> None:
    """In each bar its number, above one that is too low; where it has room."""
    room = panel.x(1) - panel.x(0)
    gap, line = panel.sheet.points(GAP), panel.sheet.points(SMALL)
    for at, one in enumerate(found.points):
        if one.reached is None or panel.sheet.long(one.told, SMALL) > room:
            continue
        top = panel.y(max(one.reached, 0))
        is_inside = (
            panel.bottom - top > line + 2 * gap and panel.sheet.long(one.told, SMALL) <= 2 * HALF_BAR * room
        )
        place = (panel.x(at + 0.5), top + gap if is_inside else top - gap)
        panel.sheet.words(place, one.told, SMALL, "ma" if is_inside else "ms", PAPER if is_inside else INK)
