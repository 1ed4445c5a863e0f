"""The planning office's morning: what changed since the working day before, told where anything did."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from jobs.owed.office_notices import Notice
from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from reports.office_morning import changed
from store import chat_links, officers
from store.db import meta
from store.states import RoleName

MORNING = "morning"  # the number is the day's


def notice(today: date) -> Notice:
    return Notice(MORNING, today.toordinal(), today)


def last_morning(today: date, calendar: WorkCalendar) -> date:
    """The working day before, whose own message told what had been until then."""
    return calendar.previous_or_same(today - timedelta(days=1))


def _planners(session: Session, today: date) -> dict[int, int]:
    found = [one.id for one in officers.holders(session, RoleName.PLANNER, today)]
    return chat_links.chats(session, found) if found else {}


def take_up(session: Session, today: date, rules: Rules) -> dict[int, int]:
    """The planners who are linked, officer -> chat, where something changed; looked at once a day."""
    if meta.day(session, meta.MORNING_ON) == today:
        return {}
    meta.put(session, meta.MORNING_ON, today.isoformat())
    chats = _planners(session, today)
    since = last_morning(today, rules.calendar)
    return chats if chats and not changed(session, since, today, rules.calendar.zone).is_empty else {}


def next_day(session: Session, today: date, rules: Rules) -> date | None:
    """The next day of which it is known today that it will bring news; None where it brings none, or nobody is told."""
    if not _planners(session, today):
        return None
    following = rules.calendar.next_or_same(today + timedelta(days=1))
    is_told = meta.day(session, meta.MORNING_ON) == today
    days = [following] if is_told else [today, following]
    news = (
        day
        for day in days
        if not changed(session, last_morning(day, rules.calendar), day, rules.calendar.zone).is_empty
    )
    return next(news, None)
