"""Dates that our grammar does not read: dateparser as the last resort, on a short span, in time, and always asked back."""

from __future__ import annotations

import warnings
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Final

from plans.time.days import Doubt, Leaning, When, name
from plans.time.lazy import pattern

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

LANGUAGES: Final = ("ko", "en")  # what organisations and people may choose
MOST_LETTERS: Final = 40
AT_MOST_S: Final = 0.2  # a message does not wait longer for it
_LOOKS_LIKE: Final = pattern(r"[A-Za-z]{3}.*\d|\d.*[A-Za-z]{3}")
_HANGUL: Final = pattern(r"[가-힣]")
_NUMBERS: Final = pattern(r"\d+")
_running: list[Future[date | None]] = []


@cache
def _pool() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - hardly ever needed

    return ThreadPoolExecutor(1, "dateparser")


def load() -> None:
    """Load its tables before the first message: they take most of a second."""
    import dateparser  # noqa: F401, PLC0415


def foreign(text: str, when: When) -> Doubt | None:
    """The day that it sees, offered as a choice; None where it sees none in time, or what it sees was not written."""
    if len(text) > MOST_LETTERS or _HANGUL.search(text) or not _LOOKS_LIKE.search(text):
        return None
    if _running and not _running[-1].done():
        return None  # it still thinks about another text
    _running[:] = [_pool().submit(_parsed, text, when)]
    try:
        day = _running[-1].result(AT_MOST_S)
    except TimeoutError:
        return None
    is_read = day is not None and _is_written(day, text)
    return Doubt(f"“{text}”: {name(day)}로 읽었습니다.", (day,)) if day is not None and is_read else None


def _parsed(text: str, when: When) -> date | None:
    import dateparser  # noqa: PLC0415 - loads tables of 200 languages

    settings = {
        "REQUIRE_PARTS": ["day", "month"],
        "PREFER_DATES_FROM": "future" if when.leaning is Leaning.FUTURE else "past",
        "RELATIVE_BASE": datetime.combine(when.today, datetime.min.time()),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = dateparser.parse(text, languages=list(LANGUAGES), settings=settings)
        except (ValueError, OverflowError, RecursionError):
            return None
    return found.date() if found else None


def _is_written(day: date, text: str) -> bool:
    """Every number of the text is the day, the month or the year that was read, and the day is among them."""
    found = [int(one) for one in _NUMBERS.findall(text)]
    return day.day in found and all(one in {day.day, day.month, day.year, day.year % 100} for one in found)
