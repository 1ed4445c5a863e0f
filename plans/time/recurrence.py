"""A rule of what comes again (반복규칙): the part of RFC 5545 that plans need, read by a grammar of our own.

Libraries read rules that never end (INTERVAL=0) or look for a day that never comes until the year 9999; here a rule
is a test that a day passes or not, and whoever asks walks the days it wants to know about.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, cast

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]

EXAMPLE: Final = "FREQ=MONTHLY;BYMONTHDAY=15"
LONGEST: Final = 200  # characters
_PART: Final = re.compile(r"([A-Z]{4,10})=([A-Z0-9,+-]{1,150})")
_WEEKDAY: Final = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST_MONTH, _DAYS_A_WEEK, _MONTHS_A_YEAR = 31, 7, 12


@dataclass(frozen=True)
class Recurrence:
    """`weekdays` are (which of the month, 0 for each; weekday from Monday 0), `monthdays` count from the end below 0."""

    frequency: Frequency
    interval: int = 1
    weekdays: frozenset[tuple[int, int]] = frozenset()
    monthdays: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()

    @property
    def has_days(self) -> bool:
        """It names days; else it means whole weeks, months or years."""
        return bool(self.weekdays or self.monthdays)

    @property
    def comes_due(self) -> bool:
        """It has turns of which each can be done or late; what is done every day goes on like 상시."""
        return self.has_days or bool(self.months) or self.frequency != "DAILY"

    def falls_on(self, day: date, first: date) -> bool:
        """Whether a rule that names days, counted from `first`, has one of its turns on that day."""
        return (
            self._is_in_turn(day, first)
            and (not self.months or day.month in self.months)
            and (not self.monthdays or self._is_monthday(day))
            and (not self.weekdays or self._is_weekday(day))
        )

    def _is_in_turn(self, day: date, first: date) -> bool:
        passed = {
            "DAILY": day.toordinal() - first.toordinal(),
            "WEEKLY": (day.toordinal() - 1) // _DAYS_A_WEEK - (first.toordinal() - 1) // _DAYS_A_WEEK,
            "MONTHLY": (day.year - first.year) * _MONTHS_A_YEAR + day.month - first.month,
            "YEARLY": day.year - first.year,
        }
        return passed[self.frequency] % self.interval == 0

    def _is_monthday(self, day: date) -> bool:
        """The 29th to 31st are the last day of a shorter month: what comes monthly comes every month."""
        last = monthrange(day.year, day.month)[1]
        is_last = day.day == last and any(one > last for one in self.monthdays)
        return is_last or day.day in self.monthdays or day.day - last - 1 in self.monthdays

    def _is_weekday(self, day: date) -> bool:
        last = monthrange(day.year, day.month)[1]
        nth, from_end = (day.day - 1) // _DAYS_A_WEEK + 1, -((last - day.day) // _DAYS_A_WEEK + 1)
        return not self.weekdays.isdisjoint((which, day.weekday()) for which in (0, nth, from_end))


def read_rule(text: str) -> Recurrence | None:
    """The rule; None for what is not one of those that the program itself writes."""
    parts = [_PART.fullmatch(part) for part in text[: LONGEST + 1].split(";")]
    found = {part[1]: part[2] for part in parts if part is not None}
    known = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH"}
    if len(text) > LONGEST or len(found) < len(parts) or not found.keys() <= known:
        return None
    frequency, interval = found.get("FREQ", ""), _numbers(found.get("INTERVAL", "1"), 1, _MONTHS_A_YEAR)
    monthdays = _numbers(found.get("BYMONTHDAY"), -_LONGEST_MONTH, _LONGEST_MONTH)
    months, weekdays = _numbers(found.get("BYMONTH"), 1, _MONTHS_A_YEAR), _weekdays(found.get("BYDAY"))
    if frequency not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"} or not interval or len(interval) != 1:
        return None
    if monthdays is None or months is None or weekdays is None or 0 in monthdays:
        return None
    if any(which for which, _ in weekdays) and frequency not in {"MONTHLY", "YEARLY"}:
        return None
    return Recurrence(cast(Frequency, frequency), min(interval), weekdays, monthdays, months)


def _numbers(text: str | None, least: int, most: int) -> frozenset[int] | None:
    """Numbers with commas; None where one is none or beyond its bounds."""
    words = text.split(",") if text is not None else []
    if not all(re.fullmatch(r"[+-]?[0-9]{1,2}", one) for one in words):
        return None
    found = frozenset(map(int, words))
    return found if all(least <= one <= most for one in found) else None


def _weekdays(text: str | None) -> frozenset[tuple[int, int]] | None:
    found = [_WEEKDAY.fullmatch(one) for one in text.split(",")] if text is not None else []
    if any(one is None for one in found):
        return None
    return frozenset((int(one[1] or 0), _WEEKDAYS.index(one[2])) for one in found if one is not None)
