"""On which days a milestone is spoken of, and why: due date, precision, calendar and settings -> reminders."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, takewhile

from jobs.rules.calendar import WorkCalendar
from jobs.settings import ReminderSettings
from store.states import MilestoneKind, Precision

EXACT = {Precision.DAY, Precision.RANGE}

SEEN_DAYS = 7  # 확인함: it comes up again after so many days

SEEN_TIMES = 2  # of one due day

WEEK_URGENCY = -7  # of what falls on one day, that something is due in a week is the least worth saying

REVIEW_URGENCY = 100_000  # of what falls on the review day nothing else is worth saying


@dataclass(frozen=True, order=True)
class Reminder:
    """A day on which to remind and why. Of several that fall on one day the greatest urgency stands."""

    on: date
    urgency: int
    rule: str


@dataclass(frozen=True)
class Timeline:
    """What the rules need to know of a milestone. `due` None: it only has a start (개시형).

    `review`: 재검토일, until which it is left in peace because it waits for something or was on hold. `is_watched`:
    집중관리. `seen_until`: 확인함, until which nothing more is said of it (None: nobody has said so).
    """

    kind: MilestoneKind
    precision: Precision
    start: date | None
    due: date | None
    review: date | None = None
    is_watched: bool = False
    seen_until: date | None = None


def reminders(timeline: Timeline, settings: ReminderSettings, calendar: WorkCalendar) -> Iterator[Reminder]:
    """Every reminder of a milestone that stays open, in the order of its days, without an end.

    Before the due day a reminder moves to the previous working day, after it to the next one (D-counts are
    calendar days). Before a review day nothing is said; on it the review itself. Source: domain report sections 4, 5.
    """
    if timeline.review is None:
        yield from _unseen(timeline, settings, calendar)
        return
    back = calendar.next_or_same(timeline.review)
    yield Reminder(back, REVIEW_URGENCY, f"review:{timeline.review}")
    yield from (one for one in _regular(timeline, settings, calendar) if one.on > back)


def _unseen(timeline: Timeline, settings: ReminderSettings, calendar: WorkCalendar) -> Iterator[Reminder]:
    """The regular ones without those that its officer has spared himself, which come back on one day."""
    until = timeline.seen_until
    if until is None:
        yield from _regular(timeline, settings, calendar)
        return
    yield Reminder(until, WEEK_URGENCY - SEEN_DAYS, f"seen:{until}")
    yield from (one for one in _regular(timeline, settings, calendar) if one.on >= until)


def seen_until(
    timeline: Timeline, times: int, today: date, settings: ReminderSettings, calendar: WorkCalendar
) -> date | None:
    """확인함: the day on which it comes up again, a week from today but never later than its last working day.

    None where nothing is spared by it: it has no due day, nothing would be said of it before that day, or it was
    said `times` before.
    """
    if timeline.due is None or times >= SEEN_TIMES:
        return None
    last = calendar.previous_or_same(timeline.due)
    back = min(calendar.next_or_same(today + timedelta(days=SEEN_DAYS)), last)
    ahead = takewhile(lambda one: one.on < back, _regular(timeline, settings, calendar))
    return back if any(one.on > today for one in ahead) else None


def _regular(timeline: Timeline, settings: ReminderSettings, calendar: WorkCalendar) -> Iterator[Reminder]:
    if timeline.due is None:
        if timeline.start is not None:
            yield Reminder(calendar.next_or_same(timeline.start), 0, "start")
        return
    yield from sorted(_before(timeline, timeline.due, settings, calendar))
    yield from _after(timeline, timeline.due, settings, calendar)


def _before(
    timeline: Timeline, due: date, settings: ReminderSettings, calendar: WorkCalendar
) -> Iterator[Reminder]:
    more = settings.watched_before_days if timeline.is_watched else ()
    yield from _week(due, settings, calendar)
    if timeline.precision in EXACT:
        for days in {*settings.before_days, *more}:
            yield Reminder(calendar.previous_or_same(due - timedelta(days=days)), -days, f"before:{days}")
        return
    if timeline.start is not None:
        yield Reminder(calendar.next_or_same(timeline.start), -1000, "period-start")
    for days in {settings.before_month_end_days, *more} - {0}:
        yield Reminder(calendar.previous_or_same(due - timedelta(days=days)), -days, f"before:{days}")
    yield Reminder(calendar.previous_or_same(due), 0, "last-day")


def _week(due: date, settings: ReminderSettings, calendar: WorkCalendar) -> Iterator[Reminder]:
    """On the first working day of its week, where that comes before it."""
    first = calendar.first_of_week(due)
    if settings.week_ahead and first < calendar.previous_or_same(due):
        yield Reminder(first, WEEK_URGENCY, "week")


def _after(
    timeline: Timeline, due: date, settings: ReminderSettings, calendar: WorkCalendar
) -> Iterator[Reminder]:
    last = max(settings.after_days, default=0)
    for days in sorted(settings.after_days):
        yield Reminder(calendar.next_or_same(due + timedelta(days=days)), days, f"after:{days}")
    every = settings.watched_after_every_days if timeline.is_watched else settings.after_every_days
    for times in count(1):
        days = last + times * every
        yield Reminder(calendar.next_or_same(due + timedelta(days=days)), days, f"after:{days}")


def owed_until(
    timeline: Timeline, today: date, settings: ReminderSettings, calendar: WorkCalendar
) -> tuple[list[Reminder], date | None]:
    """The reminders up to and including today, most urgent last; and the day of the next one, if any."""
    owed: list[Reminder] = []
    for reminder in reminders(timeline, settings, calendar):
        if reminder.on > today:
            return sorted(owed, key=lambda one: one.urgency), reminder.on
        owed.append(reminder)
    return sorted(owed, key=lambda one: one.urgency), None
