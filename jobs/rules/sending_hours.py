"""When the daily messages may go out: on working days, between two hours of the day."""

from datetime import date, datetime, time, timedelta

from jobs.rules.calendar import WorkCalendar
from jobs.settings import ReminderSettings


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


def waits_until(now: datetime, settings: ReminderSettings, calendar: WorkCalendar) -> datetime | None:
    """When a message of those hours goes out that is owed now; None for at once."""
    if is_sending_time(now, settings, calendar):
        return None
    return next_sending_at(now, calendar.local_date(now), settings, calendar)


def next_turn_at(now: datetime, settings: ReminderSettings, calendar: WorkCalendar) -> datetime:
    """The next instant after `now` at which something may become owed by itself: the day turns, or the hours of
    the daily messages begin or end."""
    today = calendar.local_date(now)
    tomorrow = today + timedelta(days=1)
    turns = calendar.at(today, settings.send_at), calendar.at(today, settings.send_until)
    midnight = calendar.at(tomorrow, time())
    return min(one for one in (*turns, midnight, calendar.at(tomorrow, settings.send_at)) if one > now)
