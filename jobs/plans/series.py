"""Recurring entries (정례): a calendar rule -> occurrences with number and due day, some time ahead."""

import logging
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from jobs.singly import singly
from plans.time.recurrence import read_rule
from store import numbers, plans
from store.models import Milestone, Series
from store.states import MilestoneKind, MilestoneState, Precision

log = logging.getLogger(__name__)

AHEAD = timedelta(days=90)  # an occurrence exists so long before it is due, to the plan's end
BEFORE_START = timedelta(days=7)  # and at the latest so long before a longer period begins
AT_MOST = timedelta(days=10 * 366)  # no plan is longer
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
    """The turns of an RRULE value whose due day lies from `first` to `until`, in order; AT_MOST later at the latest.

    FREQ=MONTHLY without a day means the whole month; with INTERVAL 3 or 6 the quarter or half, counted from
    January. What is done every day has no turns: nobody is reminded of it, it is asked about like what goes on all
    year. Raises ValueError for a rule that plans/time/recurrence.py does not know.
    """
    found = read_rule(rule)
    if found is None:
        raise ValueError(f"no rule: {rule[:100]}")
    until = min(until, first + AT_MOST)
    if found.has_days:
        span = (until - first).days + 1
        days = (first + timedelta(days=number) for number in range(span))
        yield from (Occurrence(day, day, Precision.DAY) for day in days if found.falls_on(day, first))
    elif found.months:
        yield from (one for one in _periods(1, first, until) if one.due.month in found.months)
    elif found.frequency == "WEEKLY":
        yield from _weeks(found.interval, first, until)
    elif found.frequency in {"MONTHLY", "YEARLY"}:
        yield from _periods(MONTHS_A_YEAR if found.frequency == "YEARLY" else found.interval, first, until)


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
    query = select(Milestone.original_due_on, Milestone.window_no)
    known = session.execute(query.where(Milestone.series_id == series.id)).all()
    dues = {row.original_due_on for row in known}
    next_no = max((row.window_no for row in known), default=0) + 1
    turns = []
    for turn in _turns(series):
        wanted_on = min(turn.due - AHEAD, turn.start - BEFORE_START)
        if wanted_on > today:
            series.extend_on = wanted_on
            break
        turns += [turn] if turn.due not in dues else []
    ids = numbers.allocate_all(session, ["milestone"] * len(turns))
    added = [
        _occurrence(series, turn, number, next_no + at, today)
        for at, (turn, number) in enumerate(zip(turns, ids, strict=True))
    ]
    session.add_all(added)
    session.flush()
    return added


def _turns(series: Series) -> Iterator[Occurrence]:
    """Its turns; none for a rule that was kept before rules were looked at: it must not stop everybody's reminders."""
    assert series.rrule is not None
    try:
        yield from occurrences(series.rrule, series.start_on, series.until_on)
    except ValueError:
        log.warning("action=rule-unknown series=%d", series.id)


def _occurrence(series: Series, turn: Occurrence, number: int, window_no: int, today: date) -> Milestone:
    return Milestone(
        id=number,
        task_id=series.task_id,
        series_id=series.id,
        identity=f"series:{series.id}",
        window_no=window_no,
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


def _due(today: date) -> Select[Series]:
    """Series of active plans whose next occurrence must be there."""
    return select(Series).where(
        Series.extend_on <= today, Series.rrule.is_not(None), plans.is_active_series()
    )


def extend_all(session: Session, today: date) -> int:
    """Keep every series of an active plan 90 days ahead, a page of them; gives how many occurrences were added."""
    page = session.scalars(_due(today).order_by(Series.extend_on, Series.id).limit(PAGE)).all()

    def broken(series: Series) -> None:
        log.exception("action=extend-failed series=%d", series.id)
        series.extend_on = today + timedelta(days=1)  # or it would be the first thing to do for ever

    def extend(some: Sequence[Series]) -> int:
        return sum(len(materialise(session, series, today)) for series in some)

    return singly(session, page, extend, broken)


def is_any_due(session: Session, today: date) -> bool:
    """Some series is still to be extended today."""
    return session.scalar(_due(today).with_only_columns(Series.id).limit(1)) is not None
