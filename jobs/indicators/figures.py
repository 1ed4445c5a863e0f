"""Rows of an indicator -> what `pace` measures: the newest target and value of each period, as exact counts (수치).

Nothing is rounded and nothing is kept: whatever is printed of an indicator is worked out here from its rows.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from jobs.indicators.pace import Figure, Measured, Pace, Range, pace, period_ends, projection
from store.indicators import Rows, Target, Value
from store.models import Indicator
from store.states import Adding, Direction, IndicatorKind, IndicatorPeriod

MONTHS = {
    IndicatorPeriod.MONTH: 1,
    IndicatorPeriod.QUARTER: 3,
    IndicatorPeriod.HALF: 6,
    IndicatorPeriod.YEAR: 12,
    IndicatorPeriod.TWO_YEARS: 12,
}
OF_NUMBERS = frozenset({IndicatorKind.COUNT, IndicatorKind.RATIO, IndicatorKind.AMOUNT})
EVERY_OTHER = 2


def ends_of(indicator: Indicator, year: int) -> list[date]:
    """The last days of the year's periods in which there is work; of an indicator of two years none in every other."""
    if indicator.period is IndicatorPeriod.TWO_YEARS:
        first = indicator.starts_on.year if indicator.starts_on else indicator.entered_at.year
        if (year - first) % EVERY_OTHER:
            return []
    return period_ends(year, MONTHS[indicator.period], indicator.starts_on, indicator.ends_on)


def first_day(indicator: Indicator, end: date) -> date:
    """The first day of the period that ends on that day."""
    months = MONTHS[indicator.period]
    return date(end.year, end.month - months + 1, 1)


def figure(row: Target | Value | None) -> Figure | None:
    """The count of a row, of a ratio both; None for words."""
    if row is None or row.number is None:
        return None
    return Figure(_exact(row.number), _exact(row.second) if row.second is not None else None)


def _exact(digits: str) -> Fraction:
    """The number as it is kept; a whole one without taking its words apart."""
    return Fraction(int(digits)) if digits.isdecimal() else Fraction(digits)


def measured(rows: Rows, year: int, *, is_resting: bool = False) -> Measured:
    """What is measured of the year."""
    indicator = rows.indicator
    ends = ends_of(indicator, year)
    values = {end: found for end in ends if (found := figure(rows.value(end))) is not None}
    targets = {end: found for end in ends if (found := figure(rows.target(year, end.month))) is not None}
    task = indicator.task
    rests = (
        is_resting or indicator.dropped_on is not None or (task is not None and task.withdrawn_on is not None)
    )
    return Measured(
        Adding(indicator.adding.value), ends, values, targets, figure(rows.target(year)),
        Direction(indicator.direction.value), rests,
    )  # fmt: skip


def pace_of(rows: Rows, today: date, bound: Fraction, year: int | None = None) -> Pace | None:
    """How it stands; None of grades and words, which are never behind."""
    if rows.indicator.kind not in OF_NUMBERS:
        return None
    found = measured(rows, year or today.year)
    return pace(found, today, bound) if found.ends else None


def range_of(rows: Rows, today: date, year: int | None = None) -> Range | None:
    """What the year may come to, as a range; None where nothing says it."""
    found = measured(rows, year or today.year)
    return projection(found, today) if found.ends and rows.indicator.kind in OF_NUMBERS else None


def open_period(rows: Rows, today: date) -> date | None:
    """The last day of the latest period that is over and has no value; None where all are in."""
    missing = missing_periods(rows, today)
    return missing[-1] if missing else None


def missing_periods(rows: Rows, today: date) -> list[date]:
    """Periods of this year and the last that are over and without a value, from the year on in which the indicator was
    entered: a sum to date needs those before its entry as well, unless the work began later."""
    years = [one for one in (today.year - 1, today.year) if one >= rows.indicator.entered_at.year]
    ends = [end for year in years for end in ends_of(rows.indicator, year)]
    return [end for end in ends if end < today and rows.value(end) is None]
