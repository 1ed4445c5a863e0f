"""Dates in English: tomorrow, next friday, in 2 weeks, dec 5, 5 dec 2026, end of next month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from plans.time.cursor import number
from plans.time.days import Doubt, in_some_year, make, month_after, month_end
from plans.time.numerals import length
from plans.time.relative import last_weekday, moved, next_weekday
from plans.time.said import Said, Spoken
from plans.time.vocabulary import MONTHS_EN, WEEKDAYS_EN, WHICH_EN
from plans.time.words import WEEKDAY_NAMES

_TODAY: Final = (
    ("day", "after", "tomorrow", 2),
    ("day", "before", "yesterday", -2),
    ("this", "morning", 0),
    ("this", "afternoon", 0),
    ("end", "of", "day", 0),
    ("end", "of", "the", "day", 0),
    ("end", "of", "today", 0),
    ("close", "of", "business", 0),
)


def day_words(cursor: Spoken) -> Said | None:
    """end of day · close of business · this morning · day after tomorrow."""
    cursor.take("the")
    found = next(
        (
            steps
            for *words, steps in _TODAY
            if all(cursor.sees(str(one), ahead=at) for at, one in enumerate(words))
        ),
        None,
    )
    if found is None:
        return None
    cursor.at += next(
        len(words)
        for *words, steps in _TODAY
        if all(cursor.sees(str(one), ahead=at) for at, one in enumerate(words))
    )
    return Said(cursor.when.today + timedelta(days=int(found)))


def _weekday(cursor: Spoken) -> int | None:
    """friday · fri. · (fri)"""
    opened, word = cursor.take("open"), cursor.take(*WEEKDAYS_EN)
    cursor.take("dot", "comma")
    is_cut = word is None or (opened is not None and cursor.take("close") is None)
    return None if is_cut or word is None else WEEKDAYS_EN[word.text]


def _month(cursor: Spoken) -> int | None:
    word = cursor.take(*MONTHS_EN)
    cursor.take("dot")
    return None if word is None else MONTHS_EN[word.text]


def _number(cursor: Spoken) -> int | None:
    day = number(cursor, 1, 99)
    cursor.take("st", "nd", "rd", "th")
    return day


def _in(cursor: Spoken, month: int, day: int | None) -> date | Doubt:
    """The day, or without one the end of the month, in the year that is written behind it or fits."""
    cursor.take("of")
    year = cursor.attempt(_year)

    def make_in(one: int) -> date | Doubt:
        return month_end(one, month) if day is None else make(one, month, day)

    return make_in(year) if year is not None else in_some_year(make_in, cursor.when)


def _year(cursor: Spoken) -> int | None:
    cursor.take("comma")
    return number(cursor, 2000, 2099)


def named_day(cursor: Spoken) -> Said | None:
    """dec 5 · friday, december 5th, 2026 · the 5th of december (fri)."""
    index = cursor.attempt(_weekday)
    cursor.take("the")
    month, day = cursor.attempt(_month), cursor.attempt(_number)
    if month is None:
        cursor.take("of")
        month = cursor.attempt(_month)
    if month is None or day is None:
        return None
    found = _in(cursor, month, day)
    index = cursor.attempt(_weekday) if index is None else index
    if index is None or isinstance(found, Doubt) or found.weekday() == index:
        return Said(found)
    real = WEEKDAY_NAMES[found.weekday()]
    return Said(Doubt(f"“{cursor.words}”: {WEEKDAY_NAMES[index]}요일이 아니라 {real}요일입니다.", (found,)))


def counted(cursor: Spoken) -> Said | None:
    """in 2 weeks · two weeks later · 3 days from now · 3 days ago; 3 days after, from friday: asked back."""
    is_in = cursor.take("in", "within") is not None
    found = cursor.attempt(length)
    if found is None:
        return None
    if cursor.take("ago") is not None:
        return Said(moved(cursor, found, -1), is_counted=True)
    is_from = cursor.take("from") is not None
    if (
        is_in
        or cursor.take("later", "hence") is not None
        or (is_from and cursor.take("now", "today") is not None)
    ):
        return Said(moved(cursor, found, 1), is_counted=True)
    is_odd = (
        cursor.attempt(_weekday) is not None
        or is_from
        or cursor.take("after", "before", "since", "or", "and") is not None
    )
    return Said(cursor.unclear()) if is_odd or found.is_working else None


def _which(cursor: Spoken) -> str | None:
    word = cursor.take(*WHICH_EN)
    if word is not None and word.text == "this" and cursor.take("coming") is not None:
        return "coming"
    return None if word is None else word.text


def _which_week(cursor: Spoken) -> str | None:
    cursor.take("of")
    word = cursor.attempt(_which)
    return word if word is not None and cursor.take("week") is not None else None


def weekday(cursor: Spoken) -> Said | None:
    """friday · next friday · friday next week · last week friday: asked back where weeks can be counted in two ways."""
    if cursor.take("eod", "cob") is not None:
        cursor.take("on")
    week = cursor.attempt(_which_week)
    cursor.take("s", "on")
    which = cursor.attempt(_which) if week is None else None
    word = cursor.take(*WEEKDAYS_EN)
    if word is None:
        return None
    cursor.take("dot")
    week = cursor.attempt(_which_week) if which is None and week is None else week
    index, today = WEEKDAYS_EN[word.text], cursor.when.today
    if week is not None or which == "this":
        return Said(cursor.monday(WHICH_EN[week or "this"] or 0) + timedelta(days=index))
    ahead, last = next_weekday(index, today), last_weekday(index, today)
    if which in {"coming", "upcoming"}:
        return Said(ahead)
    steps = WHICH_EN[which] if which is not None else None
    near = ahead if steps == 1 or (steps is None and cursor.is_ahead) else last
    readings = {near} if steps is None else {near, cursor.monday(steps) + timedelta(days=index)}
    is_sure = len(readings) == 1 and index != today.weekday()
    return Said(readings.pop() if is_sure else cursor.unclear(*sorted(readings)))


def period(cursor: Spoken) -> Said | None:
    """end of december · end of next month · eom · q3 · second half of 2027 · year-end; next week is asked back."""
    today = cursor.when.today
    cursor.take("the")
    short = cursor.take("eom", "eoy")
    if short is not None:
        return Said(month_end(today.year, today.month if short.text == "eom" else 12), is_period=True)
    is_vague = cursor.take("early", "mid", "late", "a") is not None
    cursor.take("dash", "few", "couple")
    is_end = cursor.take("end") is not None
    cursor.take("of")
    cursor.take("the")
    part = cursor.attempt(_half_or_quarter)
    if part is not None:
        return Said(_in(cursor, part, None), is_period=True)
    step = cursor.take("next", "this")
    month = cursor.attempt(_month) if is_end or is_vague else None
    if month is not None:
        return Said(cursor.unclear() if is_vague else _in(cursor, month, None), is_period=True)
    unit = cursor.take("month", "year", "quarter", "week", *(("days", "weeks", "months") if is_vague else ()))
    if unit is None or not (is_vague or is_end or step is not None or cursor.sees("dash", "end")):
        return None
    cursor.take("dash")
    is_end = cursor.take("end") is not None or is_end
    is_next = step is not None and step.text == "next"
    if is_vague or not is_end or unit.text == "week" or (is_next and unit.text != "month"):
        return Said(cursor.unclear(), is_period=True)
    last = {"month": month_after(today, int(is_next)), "year": (today.year, 12)}
    return Said(month_end(*last.get(unit.text, (today.year, -(-today.month // 3) * 3))), is_period=True)


def _half_or_quarter(cursor: Spoken) -> int | None:
    """The last month of q3, h2, the first half, 2nd half."""
    word = cursor.take("q", "h", "first", "second")
    count = 1 + (word is not None and word.text == "second")
    if word is None or word.text in {"q", "h"}:
        count = number(cursor, 1, 4) or 0
        cursor.take("st", "nd")
    if word is not None and word.text in {"q", "h"}:
        return count * (3 if word.text == "q" else 6) or None
    return 6 * count if 1 <= count <= 2 and cursor.take("half") is not None else None


RULES: Final = (named_day, day_words, counted, weekday, period)
