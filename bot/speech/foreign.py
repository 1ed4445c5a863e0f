"""Dates in other languages than Korean and English: dateparser as the last resort, and always asked back."""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime

from bot.speech.days import Doubt, Leaning, When, name

LANGUAGES = ["ja", "zh", "vi", "fr", "de", "es", "ru", "th", "id"]
MOST_LETTERS = 40
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎ]")
_LETTERS = re.compile(r"[^\W\d_]{2,}|[年月日]")
_NUMBERS = re.compile(r"\d+")


def foreign(text: str, when: When) -> Doubt | None:
    """The day that dateparser sees, offered as a choice; None where it sees none or what it sees was not written."""
    if (
        len(text) > MOST_LETTERS
        or _HANGUL.search(text)
        or not _LETTERS.search(text)
        or not _NUMBERS.search(text)
    ):
        return None
    day = _parsed(text, when)
    if day is None or not _is_written(day, text):
        return None
    return Doubt(f"“{text}”를 {name(day)}로 읽었습니다.", (day,))


def _parsed(text: str, when: When) -> date | None:
    import dateparser  # noqa: PLC0415 - loads tables of 200 languages, half a second, and is hardly ever needed

    settings = {
        "STRICT_PARSING": False,
        "REQUIRE_PARTS": ["day", "month"],
        "PREFER_DATES_FROM": "future" if when.leaning is Leaning.FUTURE else "past",
        "RELATIVE_BASE": datetime.combine(when.today, datetime.min.time()),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = dateparser.parse(text, languages=LANGUAGES, settings=settings)
        except (ValueError, OverflowError, RecursionError):
            return None
    return found.date() if found else None


def _is_written(day: date, text: str) -> bool:
    """Every number of the text is the day, the month or the year that was read, and the day is among them."""
    numbers = [int(one) for one in _NUMBERS.findall(text)]
    return day.day in numbers and all(
        one in {day.day, day.month, day.year, day.year % 100} for one in numbers
    )
