"""When something is held, as it is typed (일시): 7. 20. 14:00 · 매월 마지막 주 화요일 13:30 ~ 17:00 · 매월 5번째 근무일 · an
RRULE -> days or a rule, and the minute of the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from plans.text.characters import ASCII_DIGITS
from plans.time.either import read_prefix
from plans.time.recurrence import read_rule
from plans.time.timeline import Context, Reading
from plans.time.workdays import names_days, read_every

_HOUR: Final = re.compile(r"(?<!\d)([01]?\d|2[0-3]):([0-5]\d)(?!\d)")
_TAIL: Final = re.compile(r"[\s~\-–,()]*")  # beside the hours behind a day
HOUR: Final = 60
DAY: Final = "day"


@dataclass(frozen=True)
class Occasion:
    """`days` that were named one by one, or a rule that names days; `minute` None: no hour was said."""

    days: tuple[date, ...]
    rrule: str | None
    minute: int | None


def minute_in(text: str) -> int | None:
    """The first hour that stands in the text, as the minute of its day."""
    found = _HOUR.search(text.translate(ASCII_DIGITS))
    return int(found[1]) * HOUR + int(found[2]) if found is not None else None


def read_occasion(text: str, year: int) -> Occasion | None:
    """None for what says no day, or anything else beside days and hours."""
    said, minute = text.strip().translate(ASCII_DIGITS), minute_in(text)
    rest = _HOUR.sub(" ", said).strip()
    while rest.endswith(("~", "-", "–")):
        rest = rest[:-1].strip()
    every = read_every(rest, year)
    if every is not None and names_days(every):
        return Occasion((), every, minute)
    if read_rule(rest) is not None:
        return None
    found = read_prefix(rest, Context(year))
    if not isinstance(found, Reading) or _TAIL.fullmatch(rest[found.end :]) is None:
        return None
    if found.rrule is not None:
        named = read_rule(found.rrule)
        return Occasion((), found.rrule, minute) if named is not None and named.has_days else None
    days = tuple(one.due for one in found.windows if one.precision == DAY and one.due is not None)
    return Occasion(days, None, minute) if days and len(days) == len(found.windows) else None
