"""Dates in English: tomorrow, next friday, in 2 weeks, dec 5, 5 dec 2026, end of next month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from plans.time.days import Doubt, Value, in_some_year, make, month_after, month_end
from plans.time.numerals import Length
from plans.time.relative import last_weekday, moved, next_weekday, one_of
from plans.time.rules import Rule
from plans.time.said import Spoken
from plans.time.words import WEEKDAY_NAMES

_STEPS: Final = {"this": 0, "next": 1, "last": -1}


def _named_day(
    cursor: Spoken, month_en: int, day_en: int, weekday_en: int | None = None, year_en: int | None = None
) -> Value:
    """dec 5 · friday, december 5th, 2026 · the 5th of december; a weekday beside it must be its own."""
    found = (
        make(year_en, month_en, day_en)
        if year_en
        else in_some_year(lambda one: make(one, month_en, day_en), cursor.when)
    )
    if weekday_en is None or isinstance(found, Doubt) or found.weekday() == weekday_en:
        return found
    real = WEEKDAY_NAMES[found.weekday()]
    return Doubt(f"“{cursor.words}”: {WEEKDAY_NAMES[weekday_en]}요일이 아니라 {real}요일입니다.", (found,))


def _later(cursor: Spoken, length: Length) -> Value:
    return moved(cursor, length)


def _unclear(cursor: Spoken, **_: object) -> Value:
    return cursor.unclear()


def _of_week(cursor: Spoken, weekday_en: int, which: str) -> Value | None:
    """friday next week · last week friday."""
    return cursor.day_of(_STEPS[which], weekday_en) if which in _STEPS else None


def _weekday(cursor: Spoken, weekday_en: int, which: str | None = None) -> Value:
    """friday · next friday: asked back where weeks can be counted in two ways."""
    today = cursor.when.today
    ahead, last = next_weekday(weekday_en, today), last_weekday(weekday_en, today)
    if which in {"coming", "upcoming"}:
        return ahead
    if which == "this":
        return cursor.day_of(0, weekday_en)
    near = ahead if which == "next" or (which is None and cursor.is_ahead) else last
    other = near if which is None else cursor.day_of(_STEPS[which], weekday_en)
    return (
        cursor.unclear(*sorted({near, other}))
        if weekday_en == today.weekday()
        else one_of(cursor, near, other)
    )


def _end(cursor: Spoken, month_en: int, year_en: int | None = None) -> Value:
    """The last day of the month, in that year or the one that fits."""
    if year_en:
        return month_end(year_en, month_en)
    return in_some_year(lambda one: month_end(one, month_en), cursor.when)


def _part(months: int) -> Callable[..., Value | None]:
    """q3, h2, second half: the count names the part, which has so many months."""

    def give(cursor: Spoken, nth_en: int, year_en: int | None = None) -> Value | None:
        return _end(cursor, months * nth_en, year_en) if months * nth_en <= 12 else None

    return give


def _unit_end(cursor: Spoken, unit_en: str) -> Value:
    """The end of this month, quarter or year."""
    today = cursor.when.today
    return month_end(today.year, {"month": today.month, "quarter": -(-today.month // 3) * 3}.get(unit_en, 12))


_DAY: Final = "the? {day_en} st|nd|rd|th?"
_BEHIND: Final = "comma? {year_en}? open? {weekday_en}? close?"
RULES: Final = (
    Rule("the? day after tomorrow", lambda c: c.when.today + timedelta(days=2)),
    Rule("the? day before yesterday", lambda c: c.when.today - timedelta(days=2)),
    Rule("this morning|afternoon|evening", lambda c: c.when.today),
    Rule("the? end|close of the? day|today|business", lambda c: c.when.today),
    Rule(f"{{weekday_en}}? dot|comma? {{month_en}} dot? {_DAY} {_BEHIND}", _named_day),
    Rule(f"{{weekday_en}}? dot|comma? {_DAY} of? {{month_en}} dot? {_BEHIND}", _named_day),
    Rule("in|within {length}", _later, counted=True),
    Rule("{length} later|hence", _later, counted=True),
    Rule("{length} from now|today", _later, counted=True),
    Rule("{length} ago", lambda c, length: moved(c, length, -1), counted=True),
    Rule("{length} from|after|before|since|or|and !now|today {weekday_en}?", _unclear),
    Rule("{length}", lambda c, length: c.unclear() if length.is_working else None),
    Rule("eod|cob? on? {which} week s? on? {weekday_en}", _of_week),
    Rule("eod|cob? on? {weekday_en} dot? of? {which} week", _of_week),
    Rule("eod|cob? on? {which}? {weekday_en} dot?", _weekday),
    Rule("the? eom", lambda c: _unit_end(c, "month"), period=True),
    Rule("the? eoy", lambda c: _unit_end(c, "year"), period=True),
    Rule("early|mid|late dash? next|this? week|month|year", _unclear, period=True),
    Rule("early|mid|late dash? {month_en}", _unclear, period=True),
    Rule("a? few|couple of? more? days|weeks|months", _unclear, period=True),
    Rule("the? end of the|this? {month_en} {year_en}?", _end, period=True),
    Rule("the? end of the|this? {unit_en}", _unit_end, period=True),
    Rule("the? end of next month", lambda c: month_end(*month_after(c.when.today, 1)), period=True),
    Rule("{unit_en} dash? end", _unit_end, period=True),
    Rule("next week|month|year|quarter", _unclear, period=True),
    Rule("this week", _unclear, period=True),
    Rule("the? end of the|this|next? week", _unclear, period=True),
    Rule("the? end? of? q {nth_en} of? {year_en}?", _part(3), period=True),
    Rule("the? end? of? h {nth_en} of? {year_en}?", _part(6), period=True),
    Rule("the? end? of? the? {nth_en} st|nd? half of? {year_en}?", _part(6), period=True),
)  # fmt: skip
