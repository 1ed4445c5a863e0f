"""What stands of an indicator, in words: a number with its counts, a line with its as-of day, the range that may come."""

from __future__ import annotations

from reports import texts
from reports.indicators import Count, KpiRow, grouped, share


def told(count: Count | None, unit: str | None) -> str | None:
    """412건, both counts of a ratio, a grade, words; None for nothing."""
    if count is None:
        return None
    has_number = count.number is not None
    return texts.line(
        "indicators.told",
        number=grouped(count.number) if count.number is not None else None,
        of=grouped(count.of) if count.of is not None else None,
        share=share(count.number or "0", count.of) if has_number and count.of is not None else None,
        unit=unit,
        words=count.words,
    )


def stands(row: KpiRow) -> str:
    """What there is of what was planned, the rate, the day up to which it counts, and the range where there is one."""
    return texts.line(
        "indicators.stands",
        reached=told(row.reached, row.unit) if row.reached is not None else None,
        planned=told(row.planned, row.unit) if row.planned is not None else None,
        rate=row.rate,
        as_of=row.as_of,
        projection=range_told(row),
    )


def range_told(row: KpiRow) -> str | None:
    """전망: from where to where, by which day; None where nothing says it."""
    found = row.projection
    if found is None:
        return None
    low, high = grouped(found.low), grouped(found.high)
    return texts.line("indicators.projection", low=low, high=high, unit=row.unit, day=found.as_of)
