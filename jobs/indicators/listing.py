"""Indicators with their rows -> what is printed of them (reports/indicators.py): worked out, never kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from jobs.indicators.figures import ends_of, missing_periods, pace_of, range_of
from jobs.indicators.pace import Figure, Pace
from reports.indicators import (
    Count,
    KpiRow,
    ProposedRow,
    RangeRow,
    TargetRow,
    ValueRow,
    percent,
    written,
)
from store import indicators
from store.indicators import Rows, Target, Value
from store.models import Indicator


def kpi_rows(
    session: Session,
    found: Sequence[Indicator],
    today: date,
    bound: Fraction,
    year: int | None = None,
    *,
    is_brief: bool = False,
) -> list[KpiRow]:
    """The indicators in their order, as they stand today in the year (None: this one). `is_brief`: without the values and
    targets of each period, for a list of thousands."""
    read = indicators.rows(session, found)
    return [kpi_row(one, today, bound, year or today.year, is_brief=is_brief) for one in read]


def kpi_row(rows: Rows, today: date, bound: Fraction, year: int, *, is_brief: bool = False) -> KpiRow:
    """One of them."""
    one = rows.indicator
    pace = pace_of(rows, today, bound, year)
    task = one.task
    department = one.department or (task.department if task is not None else None)
    row = KpiRow(
        no=one.id,
        name=one.name,
        task=task.id if task is not None else None,
        task_title=task.title if task is not None else None,
        department=department.name if department is not None else None,
        unit=one.unit,
        formula=one.formula,
        kind=one.kind.value,
        direction=one.direction.value,
        adding=one.adding.value,
        period=one.period.value,
        source=one.source.value,
        announced_month=one.announced_month,
        year=year,
        baseline=_count(rows.baseline),
        targets=_targets(rows, year, is_brief=is_brief),
        proposed=_proposed(rows),
        values=[] if is_brief else _values(rows, year),
        periods=[] if is_brief else ends_of(one, year),
        missing=missing_periods(rows, today),
        asked=one.is_asked,
        frozen=rows.is_frozen(year),
        secret=task is not None and task.is_secret,
    )
    settled = rows.years.get(year)
    row.judgement = settled.judgement.value if settled is not None and settled.judgement is not None else None
    return _paced(row, rows, pace, today, year)


def _paced(row: KpiRow, rows: Rows, pace: Pace | None, today: date, year: int) -> KpiRow:
    if pace is not None:
        row.as_of, row.state = pace.as_of, pace.state.value
        row.reached, row.planned = _figure(pace.reached), _figure(pace.planned)
        row.rate = percent(pace.rate) if pace.rate is not None else None
        found = range_of(rows, today, year)
        if found is not None:
            row.projection = RangeRow(low=written(found.low), high=written(found.high), as_of=found.as_of)
    elif (newest := _newest(rows, year)) is not None:
        row.as_of, row.reached = newest.ends_on, Count(words=newest.words)
    return row


def _newest(rows: Rows, year: int) -> Value | None:
    found = (rows.value(end) for end in reversed(ends_of(rows.indicator, year)))
    return next((one for one in found if one is not None), None)


def _figure(found: Figure | None) -> Count | None:
    if found is None:
        return None
    return Count(number=written(found.number), of=written(found.of) if found.of is not None else None)


def _count(row: Target | Value | None) -> Count | None:
    return None if row is None else Count(number=row.number, of=row.second, words=row.words)


def _targets(rows: Rows, year: int, *, is_brief: bool) -> list[TargetRow]:
    """Those in force of the year: of its months, then the whole; and the final goal."""
    months = [] if is_brief else [(year, month) for month in range(1, 13)]
    wanted: list[tuple[int | None, int | None]] = [*months, (year, None), (None, None)]
    found = []
    for of_year, month in wanted:
        target, first = rows.target(of_year, month), rows.first_target(of_year, month)
        if target is not None:
            found.append(
                TargetRow(
                    year=of_year,
                    month=month,
                    number=target.number,
                    of=target.second,
                    words=target.words,
                    bound=target.bound.value if target.bound is not None else None,
                    first=_count(first) if first is not target else None,
                    adjustment=target.adjustment_id,
                    reason=target.reason,
                )
            )
    return found


def _proposed(rows: Rows) -> list[ProposedRow]:
    return [
        ProposedRow(
            year=one.year,
            month=one.month,
            number=one.number,
            of=one.second,
            words=one.words,
            adjustment=one.adjustment_id or 0,
        )
        for one in rows.proposed
    ]


def _values(rows: Rows, year: int) -> list[ValueRow]:
    found = []
    for end in ends_of(rows.indicator, year):
        value = rows.value(end)
        if value is None:
            continue
        before = next((one for one in rows.values if one.id == value.corrects_id), None)
        found.append(
            ValueRow(
                ends_on=end,
                number=value.number,
                of=value.second,
                words=value.words,
                evidence=value.evidence,
                entered_by=value.entered_by,
                rank=value.rank,
                money=value.money,
                corrected=_count(before) if value.is_correction else None,
            )
        )
    return found
