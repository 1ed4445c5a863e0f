"""The rules of an item without a store: by when it is due, what it may end with, on which days it is told of; pure."""

from datetime import date, timedelta

from jobs.rules.calendar import WorkCalendar
from jobs.settings import ItemSettings
from store.outcomes import Outcome
from store.states import ItemKind

SOON, EVE = 3, 1  # days before it is due
AFTER = (1, 7)  # days after it was due, and from then on once a week
WEEK = 7


def due_day(kind: ItemKind, source_on: date, settings: ItemSettings, calendar: WorkCalendar) -> date:
    """By when it is due where nobody says: so many days after it was raised, on a working day."""
    return calendar.next_or_same(source_on + timedelta(days=settings.days(kind)))


def outcomes(settings: ItemSettings) -> list[str]:
    """What an item may end with, in the order in which it is offered."""
    return list(dict.fromkeys([*Outcome, *settings.outcomes]))


def told_days(
    entered_on: date, due_on: date, until: date, calendar: WorkCalendar, *, has_hour: bool = False
) -> list[date]:
    """The days up to `until` on which its owner is told of it, oldest first: when it was entered, three days before it is due
    (`has_hour`: the day before, too), that day, the day after, a week after, and then once a week. What comes before the end
    falls on a working day before it."""
    before = [SOON, *([EVE] if has_hour else []), 0]
    ahead = [calendar.previous_or_same(due_on - timedelta(days=one)) for one in before]
    weeks = range(WEEK, (until - due_on).days + 1, WEEK)
    late = [due_on + timedelta(days=one) for one in {*AFTER, *weeks}]
    return sorted(one for one in {entered_on, *ahead, *late} if entered_on <= one <= until)


def next_told_day(
    entered_on: date, due_on: date, today: date, calendar: WorkCalendar, *, has_hour: bool = False
) -> date:
    """The next such day after today."""
    until = max(today, due_on) + timedelta(days=2 * WEEK)
    found = told_days(entered_on, due_on, until, calendar, has_hour=has_hour)
    return next(one for one in found if one > today)
