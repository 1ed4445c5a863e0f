"""Pure rules: due date, precision, calendar and settings -> when to remind; and the list of event kinds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import count, takewhile

from jobs.rules.calendar import WorkCalendar
from jobs.settings import ApprovalSettings, EscalationSettings, ReminderSettings
from store.states import MilestoneKind, Precision, RoleName

# What may reach a person besides the one scheduled message a day. Nothing else is ever sent.
EVENT_KINDS = {
    "answer": "the answer to what the person just wrote or pressed",
    "welcome": "once after linking, unblocking or /start: what is open, in counts",
    "substitute-notice": "somebody is named as the substitute (대직자) of an absent colleague",
    "assigned": "somebody is made the officer of a task",
    "handover-notice": "a hand-over is asked for or announced",
    "handover-pack": "the successor gets what has been taken over, once",
    "link-notice": "a team lead hears who of the department has linked; of a new account the old chat hears as well",
    "link-made": "a registration link was made: the planning office, and whoever had a chat, hear by whom",
    "newcomer-asked": "somebody above names a person whom no list has: the planning office adds people",
    "away-notice": "somebody else registered or ended an absence: the person and the planning office hear by whom",
    "refused": "the answer where the person may not do what was asked",
    "approval-request": "an approver hears that a delay waits for the decision",
    "approval-result": "who asked for a delay, or answers for it now, hears what became of the request",
    "completion-request": "a team lead hears that a report of completion waits for the confirmation",
    "completion-result": "who reported a completion hears what became of it",
    "held": "who answers for a milestone hears that it was put on hold, why, and until when",
    "nudge": "somebody above asks once more about a milestone, once a day at most and in the daily message's hours",
    "share": "heads of other departments hear of a task that concerns them, once a day at most, in those hours",
    "adjustment-opened": "the planning office hears that an adjustment of a promise was opened",
    "check-back": "who answered a self-check hears that it was sent back, with the reason",
    "check-notice": "officers, leads and heads of a department hear the settled result of its projects",
    "adjustment-decided": "who opened an adjustment hears what was decided, or that it was withdrawn",
    "due-today": "what was entered and is due today, where the day's message is out already",
    "group-week": "once a week to a bound group: the department's counts, no names",
    "unreached": "somebody cannot be reached any more: substitute, lead or planning office, at most once a day each",
    "fallback": "the day's message in short by another channel, for somebody whom Telegram does not reach",
}

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


@dataclass(frozen=True)
class Rules:
    """The settings and the calendar that decide when anybody is reminded, by which ways, and who decides on a delay."""

    settings: ReminderSettings
    calendar: WorkCalendar
    approval: ApprovalSettings = field(default_factory=ApprovalSettings)
    has_fallback: bool = False  # the organisation has a channel besides Telegram
    escalation: EscalationSettings = field(default_factory=EscalationSettings)


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


@dataclass(frozen=True)
class Step:
    """A level of the line above the officer, and the day on which it is told that something is late."""

    on: date
    level: RoleName


def steps(since: date, settings: EscalationSettings, calendar: WorkCalendar) -> tuple[Step, ...]:
    """The line from the team lead up. `since`: the day from which the silence counts (due or review day)."""
    return _steps(since, (settings.lead_days, settings.head_days, settings.planner_days), calendar)


@lru_cache(maxsize=4096)
def _steps(since: date, after: tuple[int, int, int], calendar: WorkCalendar) -> tuple[Step, ...]:
    """Worked out once for all that has been silent since the same day: a scan asks for every late milestone."""
    levels = RoleName.LEAD, RoleName.HEAD, RoleName.PLANNER
    return tuple(
        Step(calendar.next_or_same(since + timedelta(days=days)), level)
        for level, days in zip(levels, after, strict=True)
    )


def silent_since(timeline: Timeline, floor: date) -> date | None:
    """The day from which silence counts: the due day, the review day of what waited, the day from which it is
    reminded at all (`floor`), whichever is last. None for what has no due day."""
    if timeline.due is None:
        return None
    return max(timeline.due, timeline.review or timeline.due, floor)


def is_sending_time(now: datetime, settings: ReminderSettings, calendar: WorkCalendar) -> bool:
    """Scheduled messages may go out now: a working day, between send_at and send_until."""
    local = now.astimezone(calendar.zone)
    moment = local.timetz().replace(tzinfo=None)
    return calendar.is_working(local.date()) and settings.send_at <= moment < settings.send_until


def next_sending_at(now: datetime, day: date, settings: ReminderSettings, calendar: WorkCalendar) -> datetime:
    """The first instant after `now`, on `day` or later, at which the daily messages go out."""
    today = calendar.local_date(now)
    candidate = calendar.next_or_same(max(day, today))
    instant = calendar.at(candidate, settings.send_at)
    if instant <= now:
        instant = calendar.at(calendar.next_or_same(candidate + timedelta(days=1)), settings.send_at)
    return instant


def next_turn_at(now: datetime, settings: ReminderSettings, calendar: WorkCalendar) -> datetime:
    """The next instant after `now` at which something may become owed by itself: the day turns, or the hours of
    the daily messages begin or end."""
    today = calendar.local_date(now)
    tomorrow = today + timedelta(days=1)
    turns = calendar.at(today, settings.send_at), calendar.at(today, settings.send_until)
    midnight = calendar.at(tomorrow, time())
    return min(one for one in (*turns, midnight, calendar.at(tomorrow, settings.send_at)) if one > now)


def fingerprint(
    settings: ReminderSettings, calendar: WorkCalendar, escalation: EscalationSettings | None = None
) -> str:
    """Changes whenever the rules or the calendar do, so that stored next days are worked out anew."""
    above = escalation or EscalationSettings()
    text = f"{settings.model_dump_json()}|{above.model_dump_json()}|{calendar.print}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
