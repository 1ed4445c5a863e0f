"""The minute of a day at which something begins or is due (시각): as words, as a moment, as an instant; None: the whole day."""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from plans.text.characters import number_of

HOURS: Final = 24
HOUR: Final = 60  # minutes
DAY_END: Final = time(23, 59, 59)


def moment_of(minute: int | None) -> time:
    """14:00 of 840; the day's last second for the whole day."""
    return DAY_END if minute is None else time(minute // HOUR, minute % HOUR)


def hour_of(minute: int | None) -> str:
    """The same in words; "" for the whole day."""
    return "" if minute is None else f"{minute // HOUR:02}:{minute % HOUR:02}"


def instant_of(day: date, minute: int | None, zone: ZoneInfo) -> datetime:
    """That minute of the day in the zone."""
    return datetime.combine(day, moment_of(minute), tzinfo=zone)


def minute_of(text: str) -> int | None:
    """14:00 as the minute of its day; None for what is no hour."""
    hour, minute = (number_of(one) for one in text.partition(":")[::2])
    if hour is None or minute is None or hour >= HOURS or minute >= HOUR:
        return None
    return hour * HOUR + minute
