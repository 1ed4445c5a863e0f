"""On which days a milestone is spoken of, and why: due date, precision, calendar and settings -> reminders."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice, takewhile

from jobs.rules.calendar import WorkCalendar
from jobs.settings import ReminderSettings
from store.states import OFTEN, MilestoneKind, Precision

EXACT = {Precision.DAY, Precision.RANGE}

SHORT_DAYS = 7  # a range no longer than that is spoken of like a day

OPENING_URGENCY = -1000

YEAR_LONG = frozenset({Precision.RANGE, Precision.YEAR})  # of what may merely end with the year

SEEN_DAYS = 7  # 확인함: it comes up again after so many days

SEEN_TIMES = 2  # of one due day

ANNOUNCED = "week"  # the rule by which what falls into a week is told at its beginning

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


def merely_ends_with_year(timeline: Timeline) -> bool:
    """A period that goes on to the year's last day (1~12월, 2026년): nothing falls due on it. It is asked about in one
    line in December (jobs/owed/december_question.py), unless the planning office watches it."""
    due, start = timeline.due, timeline.start
    if due is None or start is None or timeline.is_watched or timeline.precision not in YEAR_LONG:
        return False
    return (due.month, due.day) == (12, 31) and start < date(due.year, 12, 1)


def reminders(timeline: Timeline, settings: ReminderSettings, calendar: WorkCalendar) -> Iterator[Reminder]:
    """Every reminder of a milestone that stays open, in the order of its days; of what is watched without an end.

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
    once = is_light(timeline)
    last = calendar.previous_or_same(timeline.due)
    back = min(calendar.next_or_same(today + timedelta(days=SEEN_DAYS)), last)
    regular = _regular(timeline, settings, calendar)
    ahead = takewhile(lambda one: one.on < back, islice(regular, 1) if once else regular)
    return back if any(one.on > today for one in ahead) else None


def _regular(timeline: Timeline, settings: ReminderSettings, calendar: WorkCalendar) -> Iterator[Reminder]:
    if timeline.due is None:
        if timeline.start is not None:
            yield Reminder(calendar.next_or_same(timeline.start), 0, "start")
    elif is_light(timeline):
        yield from _announced(timeline.due, calendar)
    elif merely_ends_with_year(timeline):
        if (opens := _opening(timeline, timeline.due)) is not None:
            yield Reminder(calendar.next_or_same(opens), OPENING_URGENCY, "period-start")
    else:
        yield from sorted(_until(timeline, timeline.due, settings, calendar))
        yield from _after(timeline, timeline.due, settings, calendar)


def is_light(timeline: Timeline) -> bool:
    """정례: what recurs within a quarter. It is announced once, in the week it falls in; missed ones are counted."""
    return timeline.kind is MilestoneKind.OCCURRENCE and timeline.precision in OFTEN


def _announced(due: date, calendar: WorkCalendar) -> Iterator[Reminder]:
    """The first working day of its week; where the whole week is off, the last one before it. Whoever was not there to
    be told then (the plan starts, or he registers, within the week) is told on its last working day: of one rule
    everybody is told once."""
    last = calendar.previous_or_same(due)
    for on in sorted({min(calendar.first_of_week(due), last), last}):
        yield Reminder(on, WEEK_URGENCY, ANNOUNCED)


def _until(
    timeline: Timeline, due: date, settings: ReminderSettings, calendar: WorkCalendar
) -> Iterator[Reminder]:
    """Before its last working day at most twice, on it once: of what is asked for before, the first day and the last
    one. What is watched is spoken of on all of them."""
    last = calendar.previous_or_same(due)
    asked = list(_before(timeline, due, settings, calendar))
    yield from (one for one in asked if one.on >= last)
    ahead = sorted(one for one in asked if one.on < last)
    days = sorted({one.on for one in ahead})
    told = days if timeline.is_watched else {*days[:1], *days[-1:]}
    yield from (one for one in ahead if one.on in told)


def _before(
    timeline: Timeline, due: date, settings: ReminderSettings, calendar: WorkCalendar
) -> Iterator[Reminder]:
    more = settings.watched_before_days if timeline.is_watched else ()
    opens = _opening(timeline, due)
    yield from _week(due, settings, calendar)
    if opens is not None:
        yield Reminder(calendar.next_or_same(opens), OPENING_URGENCY, "period-start")
    if timeline.precision in EXACT:
        for days in {*settings.before_days, *more}:
            if opens is None or due - timedelta(days=days) > opens:
                yield Reminder(calendar.previous_or_same(due - timedelta(days=days)), -days, f"before:{days}")
        return
    for days in {settings.before_month_end_days, *more} - {0}:
        yield Reminder(calendar.previous_or_same(due - timedelta(days=days)), -days, f"before:{days}")
    yield Reminder(calendar.previous_or_same(due), 0, "last-day")


def _opening(timeline: Timeline, due: date) -> date | None:
    """The first day of a period that is worth a word; what lasts no more than a week is like a day."""
    start = timeline.start
    if start is None or timeline.precision is Precision.DAY:
        return None
    return start if timeline.precision not in EXACT or (due - start).days > SHORT_DAYS else None


def _week(due: date, settings: ReminderSettings, calendar: WorkCalendar) -> Iterator[Reminder]:
    """On the first working day of its week, where that comes before it."""
    first = calendar.first_of_week(due)
    if settings.week_ahead and first < calendar.previous_or_same(due):
        yield Reminder(first, WEEK_URGENCY, ANNOUNCED)


def _after(
    timeline: Timeline, due: date, settings: ReminderSettings, calendar: WorkCalendar
) -> Iterator[Reminder]:
    """So many days after it, and from then on no more: it is part of the week's count. What is watched goes on."""
    last = max(settings.after_days, default=0)
    for days in sorted(settings.after_days):
        yield Reminder(calendar.next_or_same(due + timedelta(days=days)), days, f"after:{days}")
    every = settings.watched_after_every_days if timeline.is_watched else settings.after_every_days
    for times in count(1) if every else ():
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
