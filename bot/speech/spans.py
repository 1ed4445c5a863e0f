"""From when until when: 7.5-7.9 · 12월 1일~3일 · 내일부터 3일간 · 다음 주 월요일부터 수요일까지."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from bot.speech.dates import Doubt, Leaning, Read, Shift, Value, When, read
from plans.time.lazy import pattern

_BETWEEN = pattern(r"\s*(?:부터|에서|[~∼–—-])\s*")
_DAY_ONLY = pattern(r"(\d{1,2})(?:일|\.)?(?:까지)?(?=\s|$)")
_BEGUN = timedelta(days=60)  # as far back as a date without a year is still this year's
_UNTIL = pattern(r"\S+(?:\s+\S+)?까지")
_WORD = pattern(r"(?<!\S)\S")


class Span(NamedTuple):
    """First and last day, and the text behind them."""

    first: date
    last: date
    rest: str


def read_span(text: str, when: When) -> Span | Doubt | None:
    """The span at the front of the text, or a single day; the reason where a date in it cannot be; None for none."""
    for cut in _BETWEEN.finditer(text):
        first = _beginning(text[: cut.start()], when)
        if first is None or first.rest or not isinstance(first.value, date):
            continue
        found = _until(text[cut.end() :], first.value, when)
        if found is not None:
            return found
        if "부터" in cut[0]:
            return Doubt("언제까지인지 알려 주십시오.", (first.value,))
    single = read(text, when)
    if single is None or isinstance(single.value, Shift):
        return None
    if isinstance(single.value, Doubt):
        return single.value
    if _UNTIL.match(text):
        return Doubt("언제부터인지 알려 주십시오.", (single.value,))
    return Span(single.value, single.value, single.rest)


def _beginning(text: str, when: When) -> Read | None:
    """The first day; one that is just past where the span has begun already."""
    first = read(text, when)
    if first is None or not isinstance(first.value, Doubt):
        return first
    begun = read(text, replace(when, leaning=Leaning.PAST))
    is_near = begun is not None and isinstance(begun.value, date) and when.today - begun.value <= _BEGUN
    return begun if is_near else first


def find_span(text: str, when: When) -> Span | Doubt | None:
    """The first span or day anywhere in the text; None for none."""
    found = (read_span(text[word.start() :], when) for word in _WORD.finditer(text))
    return next((one for one in found if one is not None), None)


def _until(text: str, first: date, when: When) -> Span | None:
    """The end as seen from today, or where that would lie before the beginning, from there."""
    ends = [one for one in (_end(text, first, seen) for seen in (when, replace(when, today=first))) if one]
    good = [one for one in ends if one.last >= first]
    if good or ends:
        return (good or ends)[0]
    short = _DAY_ONLY.match(text)
    try:
        return Span(first, first.replace(day=int(short[1])), text[short.end() :].strip()) if short else None
    except ValueError:
        return None


def _end(text: str, first: date, when: When) -> Span | None:
    last = read(text, when)
    day = None if last is None else _last_day(last.value, first)
    return None if last is None or day is None else Span(first, day, last.rest)


def _last_day(value: Value, first: date) -> date | None:
    """A length counts the first day: 3일간 from Monday ends on Wednesday."""
    if isinstance(value, Shift):
        return value.from_day(first) - timedelta(days=1)
    return None if isinstance(value, Doubt) else value
