"""Everything in a text that looks like a date, whether or not it can be read as one (날짜처럼 보이는 곳).

A second, plain reading beside the grammar: what this finds must be accounted for after every import.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from plans.text.characters import APOSTROPHES

_QUOTE: Final = APOSTROPHES
_YEAR: Final = rf"(?:[{_QUOTE}]\s?(?P<short>\d\d)(?!\d)|(?<!\d)(?P<long>(?:19|20)\d\d)(?!\d))"
_DAY: Final = r"(?:\s?(?P<day>\d{1,2})(?!\d)(?:\s?일|\.|(?=\s*(?:[~∼～)\],/(\t]|$)))(?![%명건원개]))"
_BEHIND_DOT: Final = r"(?:(?<=\.\d)|(?<=\.\d\d))(?=\s+[가-힣])"  # 2026.12 준공
_WITH_YEAR: Final = re.compile(
    rf"{_YEAR}\s?(?:년도?|[.\-/])?\s?"
    r"(?:(?P<month>\d{1,2})(?!\d)(?:\s?(?:월|[.\-/]|(?=\s*(?:[~∼～)\],/(\t:：]|$)))"
    + rf"{_DAY}?|{_BEHIND_DOT})"
    r"|(?P<quarter>[1-4])\s?(?:/\s?4)?\s?분기|(?P<half>[상하]반기|[상하上下](?![가-힣])))"
)
_YEAR_ALONE: Final = re.compile(
    rf"{_YEAR}(?:\s?년(?!간|차)|\s?\.(?!\d)|(?=\s?[~∼～]))|(?<!\d)(?P<bare>\d\d)\s?년(?!간|차|\s?이[상내하])"
)
_SHORT_YEAR: Final = re.compile(
    r"(?<![\d.])(?P<bare>1[3-9]|[23]\d)\.\s?(?:(?P<quarter>[1-4])\s?분기|(?P<half>[상하]반기|[上下])|(?P<month>\d{1,2})"
    r"(?:\.\s?(?P<day>\d{1,2})(?!\d)\.?|월|\.|(?=\s?[~∼～]\s?(?:1[0-2]|[1-9])(?![\d.%]|,\d)))(?!\d))"
)
_NO_YEAR: Final = re.compile(
    r"(?<![\d.,])(?P<month>\d{1,2})\s?월(?!\s?\d*\s?(?:간|령|세))(?:\s?(?P<day>\d{1,2})\s?일(?!간))?"
    r"|(?<![\d.,])(?P<month_>\d{1,2})\.\s?(?P<day_>\d{1,2})\.(?!\d)"
    r"|(?P<quarter>[1-4])\s?(?:/\s?4)?\s?분기|(?P<half>[상하]반기)"
)
_RULES: Final = (_WITH_YEAR, _SHORT_YEAR, _YEAR_ALONE, _NO_YEAR)
_HANGUL: Final = re.compile(r"[가-힣]")
_WEEKDAY: Final = re.compile(r"\s?\([월화수목금토일]\)")
MOST: Final = 31
OLDEST_OF_LAST_CENTURY: Final = 70  # of two digits
HALF_MONTHS: Final = {"상": 1, "上": 1, "하": 7, "下": 7}


@dataclass(frozen=True)
class DateToken:
    """One place that looks like a date; `year` and `month` where written (a quarter or half gives its first month)."""

    start: int
    end: int
    text: str
    year: int | None
    month: int | None
    is_day: bool = False


def find_dates(text: str) -> list[DateToken]:
    """All such places in order, none inside another."""
    return list(_found(text))


@lru_cache(maxsize=8192)
def _found(text: str) -> tuple[DateToken, ...]:
    """Every rule that looks at a line asks again: each text is gone through once."""
    return tuple(_tokens(text))


def is_only_time(text: str) -> bool:
    """Whether a text is a date with its signs, perhaps its weekday, and no word besides; a year alone is none."""
    text = _WEEKDAY.sub("", text)
    tokens = find_dates(text)
    rest = text
    for token in reversed(tokens):
        rest = rest[: token.start] + rest[token.end :]
    return any(token.month for token in tokens) and not _HANGUL.search(rest)


def _tokens(text: str) -> Iterator[DateToken]:
    found = {rule: match for rule in _RULES if (match := rule.search(text)) is not None}
    while found:
        first = min(found.values(), key=lambda match: (match.start(), -match.end()))
        at = max(first.end(), first.start() + 1)
        # Only what lies before it is looked for again, or a long line would be gone through once for each date in it.
        for rule in [rule for rule, match in found.items() if match.start() < at]:
            again = rule.search(text, at)
            found.pop(rule) if again is None else found.update({rule: again})
        token = _token(first)
        if token is not None:
            yield token


def _token(match: re.Match[str]) -> DateToken | None:
    groups = match.groupdict()
    day = groups.get("day") or groups.get("day_")
    if (number := groups.get("month") or groups.get("month_")) is not None:
        month: int | None = int(number)
    elif (quarter := groups.get("quarter")) is not None:
        month = int(quarter) * 3 - 2
    else:
        month = HALF_MONTHS[groups["half"][0]] if groups.get("half") else None
    if day is not None and int(day) > MOST and groups.get("long") is None and groups.get("short") is None:
        return None
    return DateToken(match.start(), match.end(), match[0].strip(), _year(groups), month, day is not None)


def _year(groups: dict[str, str | None]) -> int | None:
    if long := groups.get("long"):
        return int(long)
    short = groups.get("short") or groups.get("bare")
    return year_of_two(int(short)) if short else None


def year_of_two(value: int) -> int:
    """The year that two digits are of: ’31 is to come, ’88 long past."""
    return value + (1900 if value >= OLDEST_OF_LAST_CENTURY else 2000)


_YEAR_LABEL: Final = re.compile(
    r"(?:^|(?<![~∼～])\s)(?=(?:(?:19|20)\d\d(?:\s?[~∼～]\s?(?:19|20)\d\d)?(?:\.\s?\d{1,2}월?)?|임기\s?후)\s?:\s"
    r"|\[(?:['’‘]|20)\d\d년?도?\]\s?\S)"
)


def years_listed(text: str) -> list[str]:
    """2031 : 설계 2032 : 착공 · [2031년] 설계 [2032년] 착공 -> each year with what is done in it, but not what stands before
    the first."""
    return [part.strip() for part in _YEAR_LABEL.split(text)[1:]]


def lists_years(text: str) -> bool:
    return len(years_listed(text)) > 1
