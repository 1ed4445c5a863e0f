"""What the picture of an indicator shows, by month: what was reached to date, the plan to date, and the projection as a range.

Worked out of its row as `gihan kpi` prints it, so that a picture says nothing that the list does not. Drawn as pixels by
reports/drawing/indicator.py, as lines of a page by reports/indicator_svg.py, as a chart of a workbook by indicator_files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from reports import texts
from reports.indicator_words import stands
from reports.indicators import Count, KpiRow, grouped, percent, written

ROOM: Final = 1.15  # above the highest
FLOW: Final = "flow"


@dataclass(frozen=True)
class Point:
    """The end of a period. `reached` and `planned` to date, of a ratio in percent; None for what is not there."""

    ends_on: date
    reached: float | None = None
    planned: float | None = None
    told: str = ""


@dataclass(frozen=True)
class KpiPicture:
    """`under`: what there is of what was planned, with its day. `low`, `high`: what the year may come to; None for no range."""

    title: str
    under: str
    points: tuple[Point, ...]
    low: float | None = None
    high: float | None = None

    @property
    def most(self) -> float:
        """The height of the chart."""
        said = [one for point in self.points for one in (point.reached, point.planned) if one is not None]
        highest = max([*said, *([self.high] if self.high is not None else [])], default=0)
        return highest * ROOM or 1.0


def picture_of(row: KpiRow, name: str | None = None) -> KpiPicture | None:
    """Of an indicator of numbers that has a value or a plan in the year, not of a brief row; else None. `name`: as it may be
    shown, else its own."""
    points = tuple(_points(row))
    if not any(one.reached is not None or one.planned is not None for one in points):
        return None
    found = row.projection
    low, high = (
        (float(Fraction(one)) for one in (found.low, found.high)) if found is not None else (None, None)
    )
    title = texts.line("indicators.picture.title", number=row.no, name=name or row.name, year=row.year)
    return KpiPicture(title, stands(row), points, low, high)


def _points(row: KpiRow) -> Sequence[Point]:
    values = {one.ends_on: one for one in row.values}
    months = {one.month: one for one in row.targets if one.year == row.year and one.month is not None}
    whole = next((one for one in row.targets if one.year == row.year and one.month is None), None)
    is_flow = row.adding == FLOW
    found: list[Point] = []
    reached, planned = _Sum(), _Sum()
    for end in row.periods:
        value: Count | None = values.get(end)
        target: Count | None = months.get(end.month)
        if is_flow and (row.as_of is None or end > row.as_of):
            value = None  # what came behind a gap waits for it
        told = _size(reached.with_(value) if is_flow else value)
        is_summed = is_flow and target is not None and target.of is None
        plan = _size(planned.with_(target) if is_summed else target)
        if whole is not None and end == row.periods[-1]:
            plan = _size(whole)
        found.append(
            Point(
                end,
                float(told) if told is not None else None,
                float(plan) if plan is not None else None,
                _told(told, is_rate=value is not None and value.of is not None),
            )
        )
    return found


class _Sum:
    """Counts added up, both of them."""

    def __init__(self) -> None:
        self.number, self.of = Fraction(), Fraction()

    def with_(self, one: Count | None) -> Count | None:
        """The sum with that one; None where there is nothing to add."""
        if one is None or one.number is None:
            return None
        self.number += Fraction(one.number)
        self.of += Fraction(one.of) if one.of is not None else 0
        return Count(number=str(self.number), of=str(self.of) if one.of is not None else None)


def _size(one: Count | None) -> Fraction | None:
    """The number, of a ratio its percentage; None for words and for what is of nothing."""
    if one is None or one.number is None:
        return None
    if one.of is None:
        return Fraction(one.number)
    of = Fraction(one.of)
    return Fraction(one.number) * 100 / of if of else None


def _told(size: Fraction | None, *, is_rate: bool) -> str:
    if size is None:
        return ""
    return f"{percent(size / 100)}%" if is_rate else grouped(written(size))
