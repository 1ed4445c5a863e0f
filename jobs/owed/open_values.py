"""Values of indicators that are asked and have not come, and when the daily message names them: on the set working day after
the period, and once a week from then on."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy.orm import Session

from jobs.indicators.figures import MONTHS
from jobs.indicators.owners import owners
from jobs.owed.waiting_decisions import Waiting
from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from store import chat_links, indicators, matters, officers
from store.indicators import Seat
from store.states import IndicatorPeriod, RoleName

VALUE = "kpi"  # a value is wanted; the number is the indicator's
WEEK = 7


def last_periods(today: date) -> dict[IndicatorPeriod, tuple[date, date]]:
    """First and last day of the newest period of each kind that is over."""
    return {kind: _last(today, MONTHS[kind]) for kind in IndicatorPeriod}


def _last(today: date, months: int) -> tuple[date, date]:
    month = (today.month - 1) // months * months  # of the year, the periods that are over; 0: last year's
    year, month = (today.year, month) if month else (today.year - 1, 12)
    return date(year, month - months + 1, 1), date(year, month, monthrange(year, month)[1])


def due_day(ends_on: date, nth: int, calendar: WorkCalendar) -> date:
    """The nth working day after the period."""
    day = ends_on
    for _ in range(nth):
        day = calendar.next_or_same(day + timedelta(days=1))
    return day


def told_days(due_on: date, until: date) -> list[date]:
    """The set day and every week after it, up to `until`."""
    return [due_on + timedelta(days=one) for one in range(0, (until - due_on).days + 1, WEEK)]


def seats(session: Session, today: date) -> list[Seat]:
    """What is asked and has not come."""
    return indicators.without_value(session, last_periods(today))


def wanted(session: Session, found: Iterable[Seat], today: date) -> dict[int, list[Seat]]:
    """What is wanted of whom; where nobody of them can be written to, of the planning office."""
    open_ = list(found)
    people = owners(session, open_, today) if open_ else {}
    linked = chat_links.chats(session, {one for some in people.values() for one in some}) if people else {}
    reached = {number: [one for one in some if one in linked] for number, some in people.items()}
    planners = officers.holder_ids(session, RoleName.PLANNER, today) if not all(reached.values()) else []
    whose: dict[int, list[Seat]] = defaultdict(list)
    for one in open_:
        for officer_id in reached[one.number] or planners:
            whose[officer_id].append(one)
    return whose


def waiting(session: Session, today: date, rules: Rules) -> list[Waiting]:
    """Whose daily message has to name an indicator by today and has not; of each the newest day only."""
    return _waiting(session, seats(session, today), today, rules)


def _waiting(session: Session, found: list[Seat], today: date, rules: Rules) -> list[Waiting]:
    days = {one.number: day for one in found if (day := _newest(one, today, rules))}
    due = [one for one in found if one.number in days]
    lines = [
        Waiting(officer, VALUE, one.number, days[one.number])
        for officer, some in wanted(session, due, today).items()
        for one in some
    ]
    told = matters.lines_told(session, {one.subject for one in lines})
    return [one for one in lines if (one.officer_id, one.subject, one.day) not in told]


def _newest(seat: Seat, today: date, rules: Rules) -> date | None:
    days = told_days(_due(seat, rules), today)
    return days[-1] if days else None


def _due(seat: Seat, rules: Rules) -> date:
    return due_day(seat.ends_on, seat.asked_day or rules.indicators.asked_day, rules.calendar)


def next_day(session: Session, today: date, rules: Rules) -> date | None:
    """The next day on which somebody is asked for a value, today's not yet told included; None for nobody."""
    if not indicators.is_any_asked(session):
        return None
    found = seats(session, today)
    if found and _waiting(session, found, today, rules):
        return today
    ahead = [_next(one, today, rules) for one in found]
    end = date(today.year, today.month, monthrange(today.year, today.month)[1])
    return min([*ahead, due_day(end, 1, rules.calendar)])


def _next(seat: Seat, today: date, rules: Rules) -> date:
    due_on = _due(seat, rules)
    if due_on > today:
        return due_on
    return due_on + timedelta(days=((today - due_on).days // WEEK + 1) * WEEK)
