"""How Korean joins words and writes days: particles by the sound before them, dates with their weekday. Pure."""

from datetime import date, datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from plans.text.spelling import without_brackets
from reports.texts.catalogue import Catalogue

_OWN = Catalogue("reports")
_DIGIT_HAS_FINAL = dict(zip("0123456789", (1, 1, 0, 1, 0, 0, 1, 1, 1, 0), strict=True))
_HANGUL_FIRST, _HANGUL_LAST, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8
_SYLLABLES: Final = range(_HANGUL_FIRST, _HANGUL_LAST + 1)
_HELPING_VOWEL = 0xC73C  # the first letter of a particle that falls away after a vowel and after a final L


def _final(word: str) -> int | None:
    """The final consonant of the last letter that is spoken: 0 for none, None where it cannot be told."""
    for char in reversed(word):
        if _HANGUL_FIRST <= ord(char) <= _HANGUL_LAST:
            return (ord(char) - _HANGUL_FIRST) % _FINALS
        if char in _DIGIT_HAS_FINAL:
            return _RIEUL if char in "178" else _DIGIT_HAS_FINAL[char]
        if char.isalpha():
            return None
    return None


def josa(word: object, pair: str) -> str:
    """The word with its particle (조사): josa("연기", "은/는") -> "연기는". A foreign word gets "은(는)"."""
    with_final, without = pair.split("/")
    final = _final(str(word))
    if final is None:
        return f"{word}{with_final}({without})"
    if final == _RIEUL and ord(with_final[0]) == _HELPING_VOWEL:
        return f"{word}{without}"
    return f"{word}{with_final if final else without}"


def quoted(words: str, pair: str, behind: str = "") -> str:
    """'백서'는: quoted words with their particle, as their last Korean letter or figure asks for it; what stands in
    brackets is not spoken, nor is what stands `behind` the quotes."""
    spoken = [char for char in without_brackets(words) if ord(char) in _SYLLABLES or char.isdecimal()]
    particle = josa(spoken[-1], pair)[1:] if spoken else pair.partition("/")[2]
    return f"'{words}'{behind}{particle}"


def plural(count: int, one: str, _many: str = "") -> str:
    """3건: Korean counts without an ending."""
    return f"{thousands(count)}{one}"


def beside(what: str, more: str) -> str:
    """도로과(2팀): what more is to be said of a name or a word."""
    return f"{what}({more})"


def thousands(count: float) -> str:
    """1,234"""
    return f"{count:,}"


def full_day(day: date) -> str:
    """2021. 6. 30."""
    return f"{year_month(day)} {day.day}."


def year_month(day: date) -> str:
    """2021. 6."""
    return f"{day.year}. {day.month}."


def full_moment(local: datetime) -> str:
    """2021. 6. 30. 09:12, of an instant that is in the organisation's zone already."""
    return f"{full_day(local)} {local:%H:%M}"


def long_day(day: date) -> str:
    """2021. 6. 30.(수)"""
    return f"{day.year}. {short_day(day)}"


def short_day(day: date) -> str:
    """6. 30.(수)"""
    return f"{day.month}. {day.day}.({weekday(day)})"


def bare_day(day: date) -> str:
    """6. 30., without its weekday and year."""
    return f"{day.month}. {day.day}."


def weekday(day: date) -> str:
    """수"""
    return _weekdays()[day.weekday()]


@cache
def _weekdays() -> str:
    return _OWN.line("dates.weekdays")


def near_day(day: date, today: date) -> str:
    """The day without its year where that is this year's."""
    return short_day(day) if day.year == today.year else long_day(day)


def moment(instant: datetime, zone: ZoneInfo) -> str:
    """6. 30.(수) 09:12, in the organisation's zone."""
    local = instant.astimezone(zone)
    return f"{short_day(local.date())} {local:%H:%M}"


def long_moment(instant: datetime, zone: ZoneInfo) -> str:
    """The same with its year."""
    return f"{instant.astimezone(zone).year}. {moment(instant, zone)}"
