"""How English writes days, counts and plurals, by what Babel knows of British English; the twin of korean.py. Pure."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

_PLACE: Final = "en_GB"
_KEPT: Final = 2048  # days: a message names few, a year's table some hundred


def josa(word: object, _pair: str = "") -> str:
    """The word: English has no particles."""
    return str(word)


def quoted(words: str, _pair: str = "", behind: str = "") -> str:
    """'White paper'."""
    return f"'{words}'{behind}"


def plural(count: int, one: str, many: str = "") -> str:
    """1 item, 3 items; `many` where the noun is irregular."""
    return f"{thousands(count)} {one if count == 1 else many or one + 's'}"


def beside(what: str, more: str) -> str:
    """Roads (team 2): what more is to be said of a name or a word."""
    return f"{what} ({more})"


def thousands(count: float) -> str:
    """1,234"""
    from babel.numbers import format_decimal  # noqa: PLC0415 - it takes long to load, and Korean needs none

    return str(format_decimal(count, locale=_PLACE))


def full_day(day: date) -> str:
    """30 June 2021"""
    return _written(_day_of(day), "d MMMM y")


def year_month(day: date) -> str:
    """June 2021"""
    return _written(_day_of(day), "MMMM y")


def full_moment(local: datetime) -> str:
    """30 June 2021, 09:12, of an instant that is in the organisation's zone already."""
    return f"{full_day(local)}, {local:%H:%M}"


def long_day(day: date) -> str:
    """Wed 30 June 2021"""
    return _written(_day_of(day), "EEE d MMMM y")


def short_day(day: date) -> str:
    """Wed 30 June"""
    return _written(_day_of(day), "EEE d MMMM")


def bare_day(day: date) -> str:
    """30 June, without its weekday and year."""
    return _written(_day_of(day), "d MMMM")


def weekday(day: date) -> str:
    """Wed"""
    return _written(_day_of(day), "EEE")


def near_day(day: date, today: date) -> str:
    """The day without its year where that is this year's."""
    return short_day(day) if day.year == today.year else long_day(day)


def moment(instant: datetime, zone: ZoneInfo) -> str:
    """Wed 30 June 09:12, in the organisation's zone."""
    local = instant.astimezone(zone)
    return f"{short_day(local)} {local:%H:%M}"


def long_moment(instant: datetime, zone: ZoneInfo) -> str:
    """Wed 30 June 2021 09:12, likewise."""
    local = instant.astimezone(zone)
    return f"{long_day(local)} {local:%H:%M}"


def _day_of(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


@lru_cache(_KEPT)
def _written(day: date, pattern: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - it takes long to load, and Korean needs none

    return str(format_date(day, pattern, locale=_PLACE))
