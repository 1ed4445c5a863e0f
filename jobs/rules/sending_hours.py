"""When the daily messages may go out: on working days, between two hours of the day."""

from datetime import date, datetime, time, timedelta

from jobs.rules.calendar import WorkCalendar
from jobs.settings import ReminderSettings
from store.deliveries import EVERYBODYS


def is_sending_time(now: datetime, settings: ReminderSettings, calendar: WorkCalendar) -> bool:
    """Scheduled messages may go out now: a working day, between send_at and send_until."""
    local = now.astimezone(calendar.zone)
    moment = local.timetz().replace(tzinfo=None)
    return calendar.is_working(local.date()) and settings.send_at <= moment < settings.send_until


def own_hours(settings: ReminderSettings) -> range:
    """The hours that a person may choose for the own daily message: the first one is everybody's."""
    return range(settings.send_at.hour, _last_hour(settings) + 1)


def _last_hour(settings: ReminderSettings) -> int:
    """The last hour that begins while daily messages still go out."""
    until = settings.send_until
    begins_inside = until.minute or until.second or until.hour == 0
    return max(settings.send_at.hour, until.hour if begins_inside else until.hour - 1)


def come_until(now: datetime, settings: ReminderSettings, calendar: WorkCalendar) -> int:
    """The hour up to which people's own hours have come. In the last one of the day everybody's has, whatever was chosen
    under other settings: no message is lost by an hour that does not come any more."""
    hour = now.astimezone(calendar.zone).hour
    return hour if hour < _last_hour(settings) else EVERYBODYS


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
    """The next instant after `now` at which something may become owed by itself: the day turns, the hours of
    the daily messages begin or end, or somebody's own hour comes."""
    today = calendar.local_date(now)
    tomorrow = today + timedelta(days=1)
    turns = calendar.at(today, settings.send_at), calendar.at(today, settings.send_until)
    own = (calendar.at(today, time(hour)) for hour in own_hours(settings))
    midnight = calendar.at(tomorrow, time())
    return min(one for one in (*turns, *own, midnight, calendar.at(tomorrow, settings.send_at)) if one > now)
