"""Absences: from when until when (7.5-7.9 · 12월 1일~3일 · 다음 주 월요일부터 수요일까지), and who stands in (대직자)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile
from typing import Final, NamedTuple

from bot.speech.dates import Doubt, Leaning, Shift, When, read

_BETWEEN: Final = r"\s*(?:부터|에서|[~∼–—-])\s*"
_DAY_ONLY: Final = r"(\d{1,2})(?:일|\.)?(?:까지)?(?=\s|$)"
LIFTED: Final = frozenset({"해제", "취소", "삭제", "lift", "remove", "cancel", "delete"})
WORKED: Final = frozenset({"근무", "근무일", "work", "working"})
"""What may stand behind a day off instead of its name: it is none, or is worked."""
_LONGEST: Final = 60  # of a first day in words, with year, weekday and hour; what is longer is none
_BEGUN: Final = timedelta(days=60)  # as far back as a date without a year is still this year's
_NAME: Final = (
    r"(?P<name>[가-힣]{2,4}?)(?:\s*(?:주무관|실무관|서기관|사무관|팀장|과장|계장|국장|주사|서기))?(?:님)?"
)
_SUBSTITUTES: Final = (
    r"@(?P<name>[가-힣]{2,10}|[A-Za-z][A-Za-z ]*)",
    r"대직(?:자)?(?:는|은|이|:|：)?\s*" + _NAME + r"(?=$|[\s.,!이가은는을께입])",
    _NAME + r"(?:이|가|께서)?\s*(?:대신|대직|대리)",
)


class Span(NamedTuple):
    """First and last day, and the text behind them."""

    first: date
    last: date
    rest: str


def find_span(text: str, when: When) -> Span | Doubt | None:
    """The first span or day anywhere in the text; None for none."""
    found = (read_span(text[word.start() :], when) for word in re.finditer(r"(?<!\S)\S", text))
    return next((one for one in found if one is not None), None)


def read_span(text: str, when: When) -> Span | Doubt | None:
    """The span at the front of the text, or a single day; the reason where a date in it cannot be; None for none."""
    for cut in takewhile(lambda one: one.start() <= _LONGEST, re.finditer(_BETWEEN, text)):
        first = _beginning(text[: cut.start()], when)
        found = None if first is None else _until(text[cut.end() :], first, when)
        if found is not None or (first is not None and "부터" in cut[0]):
            return found or Doubt("until-when", (first,) if first else ())
    single = read(text, when)
    if single is None or isinstance(single.value, Shift):
        return None
    if isinstance(single.value, Doubt):
        return single.value
    if re.match(r"\S+(?:\s+\S+)?까지", text):
        return Doubt("from-when", (single.value,))
    return Span(single.value, single.value, single.rest)


def _beginning(text: str, when: When) -> date | None:
    """The first day, where nothing else stands there; one that is just past where the span has begun already."""
    for seen in (when, replace(when, leaning=Leaning.PAST)):
        first = read(text, seen)
        if first is None or first.rest or isinstance(first.value, Shift):
            return None
        if isinstance(first.value, date):
            return first.value if seen is when or when.today - first.value <= _BEGUN else None
    return None


def _until(text: str, first: date, when: When) -> Span | None:
    """The end as seen from today, or from the beginning; 3일간 from Monday ends on Wednesday."""
    ends, short = [], re.match(_DAY_ONLY, text)
    for last in (read(text, when), read(text, replace(when, today=first))):
        if last is not None and isinstance(last.value, Shift):
            ends += [Span(first, last.value.from_day(first) - timedelta(days=1), last.rest)]
        elif last is not None and isinstance(last.value, date):
            ends += [Span(first, last.value, last.rest)]
    if ends or short is None:
        return next((one for one in ends if one.last >= first), ends[0] if ends else None)
    try:
        return Span(first, first.replace(day=int(short[1])), text[short.end() :].strip())
    except ValueError:
        return None


def absence_days(text: str) -> str:
    """The part of a text in which the days of an absence stand: the last one where they were changed."""
    rest = text.rpartition("에서 ")[2]
    return rest if re.search(r"바뀌|바뀜|바꼈|변경|바꿔", rest) else text


def substitute_in(text: str) -> str | None:
    """The name of who stands in, alone; None where nobody is named."""
    found = next((found for one in _SUBSTITUTES if (found := re.search(one, text))), None)
    return found["name"].strip() if found else None
