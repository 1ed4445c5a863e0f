"""Recurring entries (정례): a calendar rule -> occurrences with number and due day, some time ahead."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from store import numbers, plans
from store.models import Milestone, Series
from store.states import MilestoneKind, MilestoneState, Precision

AHEAD = timedelta(days=90)  # an occurrence exists so long before it is due, to the plan's end
BEFORE_START = timedelta(days=7)  # and at the latest so long before a longer period begins
PERIOD_PRECISION = {1: Precision.MONTH, 3: Precision.QUARTER, 6: Precision.HALF, 12: Precision.YEAR}
MONTHS_A_YEAR = 12
FRIDAY = 4
PAGE = 200  # series of one transaction: answers go out between two pages


@dataclass(frozen=True)
class Occurrence:
    """One turn of a series: a calendar day, or a whole period that ends on its due day."""

    start: date
    due: date
    precision: Precision


def occurrences(rule: str, first: date, until: date) -> Iterator[Occurrence]:
    """The turns of an RRULE value whose due day lies from `first` to `until`, in order.

    FREQ=MONTHLY without a day means the whole month; with INTERVAL 3 or 6 the quarter or half, counted from
    January. Raises ValueError for a rule that dateutil cannot read.
    """
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    if "BYDAY" in parts or "BYMONTHDAY" in parts:
        start = datetime.combine(first, time())
        for moment in rrulestr(rule, dtstart=start).between(
            start - timedelta(days=1), datetime.combine(until, time()), inc=True
        ):
            if first <= moment.date() <= until:
                yield Occurrence(moment.date(), moment.date(), Precision.DAY)
    elif parts["FREQ"] in {"MONTHLY", "YEARLY"}:
        interval = int(parts.get("INTERVAL", "1"))
        yield from _periods(MONTHS_A_YEAR if parts["FREQ"] == "YEARLY" else interval, first, until)
    elif parts["FREQ"] == "WEEKLY":
        yield from _weeks(int(parts.get("INTERVAL", "1")), first, until)
    else:
        raise ValueError(f"rule without a known frequency: {rule}")


def _periods(months: int, first: date, until: date) -> Iterator[Occurrence]:
    """Whole periods of that many months, counted from January, that end inside the span."""
    for year in range(first.year, until.year + 1):
        for opening in range(1, MONTHS_A_YEAR + 1, months):
            closing = min(opening + months - 1, MONTHS_A_YEAR)
            due = date(year, closing, monthrange(year, closing)[1])
            if first <= due <= until:
                yield Occurrence(date(year, opening, 1), due, PERIOD_PRECISION.get(months, Precision.RANGE))


def _weeks(interval: int, first: date, until: date) -> Iterator[Occurrence]:
    monday = first - timedelta(days=first.weekday())
    while (friday := monday + timedelta(days=FRIDAY)) <= until:
        if friday >= first:
            yield Occurrence(monday, friday, Precision.RANGE)
        monday += timedelta(days=7 * interval)


def materialise(session: Session, series: Series, today: date) -> list[Milestone]:
    """Add the occurrences due up to 90 days ahead, or about to begin, that are not there yet; and set the day on
    which the next one is to be added."""
    series.extend_on = None
    if series.rrule is None:
        return []
    query = select(Milestone.due_on, Milestone.original_due_on, Milestone.window_no)
    known = session.execute(query.where(Milestone.series_id == series.id)).all()
    dues = {row.original_due_on for row in known}
    next_no = max((row.window_no for row in known), default=0) + 1
    added = []
    for turn in occurrences(series.rrule, series.start_on, series.until_on):
        wanted_on = min(turn.due - AHEAD, turn.start - BEFORE_START)
        if wanted_on > today:
            series.extend_on = wanted_on
            break
        if turn.due not in dues:
            added.append(_occurrence(session, series, turn, next_no, today))
            next_no += 1
    session.flush()
    return added


def _occurrence(session: Session, series: Series, turn: Occurrence, number: int, today: date) -> Milestone:
    milestone = Milestone(
        id=numbers.allocate(session, "milestone"),
        task_id=series.task_id,
        series_id=series.id,
        identity=f"series:{series.id}",
        window_no=number,
        title=series.title,
        expr=series.expr,
        section=series.section,
        line=series.line,
        kind=MilestoneKind.OCCURRENCE,
        precision=turn.precision,
        start_on=turn.start,
        original_due_on=turn.due,
        due_on=turn.due,
        state=MilestoneState.PLANNED,
        remind_from=series.remind_from,
        next_remind_on=today,
    )
    session.add(milestone)
    return milestone


def _due(today: date) -> Select[Series]:
    """Series of active plans whose next occurrence must be there."""
    return select(Series).where(
        Series.extend_on <= today, Series.rrule.is_not(None), plans.is_active_series()
    )


def extend_all(session: Session, today: date) -> int:
    """Keep every series of an active plan 90 days ahead, a page of them; gives how many occurrences were added."""
    page = session.scalars(_due(today).order_by(Series.extend_on, Series.id).limit(PAGE)).all()
    return sum(len(materialise(session, series, today)) for series in page)


def is_any_due(session: Session, today: date) -> bool:
    """Some series is still to be extended today."""
    return session.scalar(_due(today).with_only_columns(Series.id).limit(1)) is not None
