"""How the language that is spoken now joins words and writes days and counts: korean.py and english.py are its two ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from reports.texts import english, korean
from reports.texts.speaking import Language, language


class Grammar(Protocol):
    """What each language has a way of."""

    def josa(self, word: object, pair: str, /) -> str: ...
    def quoted(self, words: str, pair: str, behind: str = "", /) -> str: ...
    def plural(self, count: int, one: str, many: str = "", /) -> str: ...
    def beside(self, what: str, more: str, /) -> str: ...
    def thousands(self, count: float, /) -> str: ...
    def full_day(self, day: date, /) -> str: ...
    def year_month(self, day: date, /) -> str: ...
    def full_moment(self, local: datetime, /) -> str: ...
    def long_day(self, day: date, /) -> str: ...
    def short_day(self, day: date, /) -> str: ...
    def bare_day(self, day: date, /) -> str: ...
    def weekday(self, day: date, /) -> str: ...
    def near_day(self, day: date, today: date, /) -> str: ...
    def moment(self, instant: datetime, zone: ZoneInfo, /) -> str: ...
    def long_moment(self, instant: datetime, zone: ZoneInfo, /) -> str: ...


_GRAMMARS: dict[Language, Grammar] = {"ko": korean, "en": english}


def of(code: str) -> Grammar:
    """That of one language."""
    return next(found for one, found in _GRAMMARS.items() if one == code)


def filters(code: str) -> dict[str, Callable[..., Any]]:
    """What every template of that language may use."""
    found = of(code)
    return {
        "josa": found.josa,
        "plural": found.plural,
        "thousands": found.thousands,
        "long_day": found.long_day,
        "short_day": found.short_day,
        "weekday": found.weekday,
    }


def josa(word: object, pair: str) -> str:
    """The word with its particle where the language has one."""
    return of(language()).josa(word, pair)


def beside(what: str, more: str) -> str:
    """What more is to be said of a name or a word, in brackets behind it."""
    return of(language()).beside(what, more)


def full_day(day: date) -> str:
    return of(language()).full_day(day)


def year_month(day: date) -> str:
    return of(language()).year_month(day)


def full_moment(local: datetime) -> str:
    return of(language()).full_moment(local)


def long_day(day: date) -> str:
    return of(language()).long_day(day)


def short_day(day: date) -> str:
    return of(language()).short_day(day)


def bare_day(day: date) -> str:
    return of(language()).bare_day(day)


def weekday(day: date) -> str:
    return of(language()).weekday(day)


def near_day(day: date, today: date) -> str:
    return of(language()).near_day(day, today)


def moment(instant: datetime, zone: ZoneInfo) -> str:
    return of(language()).moment(instant, zone)


def long_moment(instant: datetime, zone: ZoneInfo) -> str:
    return of(language()).long_moment(instant, zone)
