"""Sending windows: the hours of a working day in which the daily messages go out, and which of them were missed."""

import logging
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from jobs.rules.policy import Rules
from jobs.rules.sending_hours import is_sending_time
from store import deliveries
from store.db import meta
from store.db.engine import when_committed

log = logging.getLogger(__name__)

MOST_DAYS = 366  # who comes back after years counts the last one


def seen(session: Session, now: datetime, rules: Rules) -> None:
    """The scan runs within today's window; written once a day."""
    today = rules.calendar.local_date(now)
    if (
        is_sending_time(now, rules.settings, rules.calendar)
        and meta.day(session, meta.WINDOW_SEEN_ON) != today
    ):
        meta.put(session, meta.WINDOW_SEEN_ON, today.isoformat())


def judge(session: Session, now: datetime, rules: Rules) -> list[date]:
    """The working days, of those that nobody has judged yet, whose window has ended and was missed: nothing was
    looked at within it, or a daily message of it never went out. They are counted in the store.

    Before anything is carried over to the next day. The first look judges nothing, nor one after which the clock
    was set back.
    """
    last = _last_ended(now, rules)
    judged = meta.day(session, meta.WINDOW_JUDGED_ON)
    if judged == last:
        return []
    meta.put(session, meta.WINDOW_JUDGED_ON, last.isoformat())
    if judged is None or judged > last:
        return []
    missed = [day for day in _working_days(judged, last, rules) if _is_missed(session, day)]
    if missed:
        before = int(meta.get(session, meta.WINDOWS_MISSED) or 0)
        meta.put(session, meta.WINDOWS_MISSED, str(before + len(missed)))
        when_committed(session, log.error, "action=window-missed count=%d", len(missed))
    return missed


def _last_ended(now: datetime, rules: Rules) -> date:
    today = rules.calendar.local_date(now)
    is_over = now >= rules.calendar.at(today, rules.settings.send_until)
    return today if is_over else today - timedelta(days=1)


def _working_days(after: date, until: date, rules: Rules) -> list[date]:
    first = max(after, until - timedelta(days=MOST_DAYS))
    days = (first + timedelta(days=step) for step in range(1, (until - first).days + 1))
    return [day for day in days if rules.calendar.is_working(day)]


def _is_missed(session: Session, day: date) -> bool:
    last_seen = meta.day(session, meta.WINDOW_SEEN_ON)
    return last_seen is None or last_seen < day or deliveries.is_any_left(session, day)
