"""The picture of a rehearsal: messages on each day, by person, by rule. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from reports import texts
from reports.drawing.panel import SMALL, Panel, marks
from reports.drawing.sheet import PAPER, Sheet
from reports.rehearsal import Rehearsal
from reports.rehearsal_words import assumed, rule_words

WIDTH, HEIGHT, EDGE = 11.0, 8.0, 0.25  # inches
MIDDLE, HALF, HEAD = 4.45, 5.6, 0.35
LONGEST, NUMBERS, AXIS, UNDER = 1.6, 0.4, 0.35, 0.15  # beside and below the charts
DPI = 110
TITLE, HEADING, TICK = 13.0, 10.0, 3.0  # points
BAR, PEAK, REST = "#3b7dd8", "#d9534f", "#8a97a6"
MOST_RULES: Final = 12
MOST_BINS: Final = 20
MANY: Final = 8  # marks along an axis


def png(found: Rehearsal) -> bytes:
    """The file."""
    return draw(found).png()


def draw(found: Rehearsal) -> Sheet:
    sheet = Sheet(round(WIDTH * DPI), round(HEIGHT * DPI), DPI)
    title = texts.line(
        "rehearsal.picture.title",
        first=found.first,
        last=found.last,
        assumes=assumed(found.assumes),
        messages=found.messages,
    )
    sheet.words((sheet.width / 2, sheet.inches(0.3)), title, TITLE, "ms")
    _days(sheet, found)
    _people(sheet, found)
    _rules(sheet, found)
    return sheet


def _panel(
    sheet: Sheet, edges: tuple[float, float, float, float], across: tuple[float, float], most: float
) -> Panel:
    """By its edges in inches: left, top, right, bottom."""
    left, top, right, bottom = map(sheet.inches, edges)
    return Panel(sheet, left, top, right, bottom, across, (0.0, most))


def _heading(sheet: Sheet, left: float, top: float, text: str, most: float) -> None:
    """The title of a chart that begins so far down."""
    shown = sheet.cut(text, HEADING, sheet.inches(most))
    sheet.words((sheet.inches(left), sheet.inches(top - 0.1)), shown, HEADING)


def _days(sheet: Sheet, found: Rehearsal) -> None:
    """A bar a day; the busiest ones stand out and carry their date."""
    left, top = EDGE + NUMBERS, 0.8
    span = (found.last - found.first).days + 1
    peaks = {(one.date - found.first).days for one in found.busiest[:3]}
    most = 1.15 * max((one.messages for one in found.days), default=0) or 1.0
    panel = _panel(sheet, (left, top, WIDTH - EDGE, MIDDLE - AXIS), (-1, span), most)
    line = texts.line("rehearsal.picture.days", working_days=found.working_days, mean=found.mean)
    _heading(sheet, left, top, line, WIDTH - left - EDGE)
    for one in found.days:
        at = (one.date - found.first).days
        panel.bar((at - 0.5, at + 0.5), (0, one.messages), PEAK if at in peaks else BAR)
    for one in found.busiest[:3]:
        at = (one.date - found.first).days
        text = f"{one.date.month}.{one.date.day}. {one.messages:,}"
        sheet.words((panel.x(at), panel.y(one.messages) - sheet.points(3)), text, SMALL, "ms")
    panel.frame(has_side=True)
    panel.beside(marks(0, most, MANY), TICK)
    firsts = [at for at in range(span) if (found.first + timedelta(days=at)).day == 1]
    panel.below([(at, _month(found.first + timedelta(days=at))) for at in firsts], TICK)


def _month(day: date) -> str:
    return texts.line("rehearsal.picture.month", month=day.month)


def binned(counts: Sequence[int]) -> list[tuple[float, float, int]]:
    """From, to and how many: equal steps from the least to the most."""
    if not counts:
        return []
    least, most = min(counts), max(counts)
    first, width = (least - 0.5, 1.0) if least == most else (least, float(most - least))
    bins = min(MOST_BINS, most + 1) if least != most else 1
    step = width / bins
    places = [min(bins - 1, int((one - first) / step)) for one in counts]
    return [(first + at * step, first + (at + 1) * step, places.count(at)) for at in range(bins)]


def _people(sheet: Sheet, found: Rehearsal) -> None:
    """How many people get how many messages over the span."""
    left, top = EDGE + NUMBERS, MIDDLE + HEAD
    bins = binned([one.messages for one in found.people])
    most = 1.05 * max((count for *_, count in bins), default=0) or 1.0
    first, last = (bins[0][0], bins[-1][1]) if bins else (0.0, 1.0)
    room = (last - first) * 0.04
    panel = _panel(
        sheet, (left, top, HALF - EDGE, HEIGHT - EDGE - AXIS - UNDER), (first - room, last + room), most
    )
    _heading(
        sheet,
        left,
        top,
        texts.line("rehearsal.picture.people", people=len(found.people)),
        HALF - left - EDGE,
    )
    for start, end, count in bins:
        if count:
            panel.bar((start, end), (0, count), BAR)
    for _, end, _ in bins[:-1]:
        sheet.down(panel.x(end), panel.top, panel.bottom, PAPER, 0.8)
    panel.frame(has_side=True)
    panel.beside(marks(0, most, MANY), TICK)
    panel.below(marks(first, last, MANY), TICK)
    under = (panel.left + panel.right) / 2, sheet.inches(HEIGHT - EDGE)
    sheet.words(under, texts.line("rehearsal.picture.messages-of-one"), SMALL, "ms")


def _rules(sheet: Sheet, found: Rehearsal) -> None:
    shown = found.rules[:MOST_RULES]
    names = [sheet.cut(rule_words(one.rule), SMALL, sheet.inches(LONGEST)) for one in shown]
    left = HALF + max((sheet.long(name, SMALL) for name in names), default=0) / DPI + 2 * UNDER
    top = MIDDLE + HEAD
    most = 1.05 * max((one.lines for one in shown), default=0) or 1.0
    place = _panel(sheet, (left, top, WIDTH - EDGE, HEIGHT - EDGE - AXIS - UNDER), (0.0, most), 1)
    panel = replace(place, up=(max(1, len(shown)), 0.0))  # the first on top
    _heading(sheet, left, top, texts.line("rehearsal.picture.rules"), WIDTH - left - EDGE)
    for row, one in enumerate(shown):
        panel.bar((0, one.lines), (row + 0.9, row + 0.1), REST)
    panel.frame(has_side=True)
    panel.beside([(row + 0.5, name) for row, name in enumerate(names)], TICK)
    panel.below(marks(0, most, 6), TICK)
