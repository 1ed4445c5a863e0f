"""Days whose month stands elsewhere: 4일, 11일 ~ 12일, 3(수) ~ 5(금), 29(월) ~ 6. 16.(금) (달 없이 적힌 날)."""

from __future__ import annotations

import re
from typing import Final

_WEEKDAY: Final = r"\([월화수목금토일]\)"
_NAMED: Final = rf"\s?(?:일(?:\s?{_WEEKDAY})?|{_WEEKDAY})"
_DAYS: Final = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<named>{_NAMED})?"
    rf"(?:\s?[~∼～–-]\s?(?:(?P<last>\d{{1,2}})(?P<too>{_NAMED})?|(?P<date>\d{{1,2}}(?:월|\.)\s?\d{{1,2}}(?:{_NAMED}|\.\s?{_WEEKDAY}|\.)?)))?"
)
_MONTH: Final = re.compile(r"(\d{1,2})\s?월")
_BARE: Final = re.compile(r"\d{1,2}")
LAST_MONTH, LAST_DAY = 12, 31


def month_of(text: str, may_be_bare: bool = False) -> int | None:
    """3 of "3월", of "3" only where it `may_be_bare`; None for anything else."""
    found = _MONTH.fullmatch(text)
    number = found[1] if found is not None else text if may_be_bare and _BARE.fullmatch(text) else "0"
    return int(number) if 1 <= int(number) <= LAST_MONTH else None


def are_days(text: str, may_be_bare: bool = False) -> bool:
    """Whether a text is days of some month; bare numbers only where they `may_be_bare`."""
    found = _DAYS.fullmatch(text)
    if found is None or not 1 <= int(found["first"]) <= LAST_DAY:
        return False
    return may_be_bare or bool(found["named"] or found["too"])


def have_weekdays(text: str) -> bool:
    """Whether a text is days each with its weekday: nothing else is written so, where 2일 may be how long a thing takes."""
    found = _DAYS.fullmatch(text)
    ends = [] if found is None else [found["named"], found["too"] if found["last"] else found["date"]]
    return any(ends) and all(end is None or end.endswith(")") for end in ends) and bool(ends[0])


def in_month(month: int, text: str) -> str:
    """The days of this month as a time: 11일 ~ 12일 -> 3월 11일 ~ 3월 12일; other words behind the month."""
    found = _DAYS.fullmatch(text)
    if found is None:
        return f"{month}월 {text}"
    first = f"{month}월 {_day(found['first'], found['named'])}"
    if found["date"]:
        return f"{first} ~ {found['date']}"
    return f"{first} ~ {month}월 {_day(found['last'], found['too'])}" if found["last"] else first


def _day(number: str, named: str | None) -> str:
    weekday = (named or "").strip().removeprefix("일").strip()
    return f"{int(number)}일{weekday}"
