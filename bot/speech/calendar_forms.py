"""Days as calendars name them: 12. 5.(금), '26.12.5., 12/5, 2026년 12월 5일, 10일, 다음 달 15일, 20261205."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.speech import numerals
from bot.speech.days import (
    MONTHS,
    WEEKDAYS,
    Doubt,
    Leaning,
    Rule,
    Shift,
    Value,
    When,
    in_some_year,
    make,
    month_after,
    name,
)
from plans.time.words import RELATIVE_YEARS

CENTURY: Final = 2000
FAR_YEARS: Final = 10  # a two-digit year without its apostrophe further off is no year

YEARS: Final = {word: shift for word, shift in RELATIVE_YEARS.items() if shift <= 1} | {
    "올": 0, "명년": 1, "내후년": 2, "후년": 2, "재작년": -2, "금번 연도": 0,
}  # fmt: skip
YEAR: Final = rf"(?:(?P<year_word>{'|'.join(sorted(YEARS, key=len, reverse=True))})|['’‘`´]?\s*(?P<y>\d{{4}}|\d{{2}})\s*년(?:도)?)"
WEEKDAY: Final = r"(?:\s*,?\s*(?:\(\s*(?P<weekday>[월화수목금토일]|(?i:mon|tue|wed|thu|fri|sat|sun)(?=\s*\)))\s*(?:요일)?\s*\)|(?P<weekday_word>[월화수목금토일])(?:요일|욜|(?=\s*까지)|(?<!일)(?![가-힣])))(?:\.(?=\s*까지|\s|$))?)?"
_ENGLISH: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SEP: Final = r"\s*[.\-/．]\s*"
MONTH: Final = rf"(?P<m>\d{{1,2}}|{numerals.SINO}|유|시)\s*월"
DAY: Final = rf"(?P<d>\d{{1,2}}|{numerals.SINO})\s*일"
NOT_A_LENGTH: Final = (
    r"(?!\s*(?:뒤|후|전|간|동안|이내|내로|차|째|만|더|씩|정도|연기|연장|미[루뤄]|늦|유예|순연|늘))"
)
THIS_MONTH: Final = r"이번\s*달|이\s*달|금월|당월|금\s*달"
NEXT_MONTH: Final = r"다음\s*달|담\s*달|내달|익월|차월|내월"
LAST_MONTH: Final = r"지난\s*달|저번\s*달|전월|전달"
MONTH_REF: Final = rf"(?P<ref>다{NEXT_MONTH}|{THIS_MONTH}|{NEXT_MONTH}|{LAST_MONTH})"


def month_of(ref: str, today: date) -> tuple[int, int]:
    """Year and month of 이번 달, 다음 달, 다다음 달, 지난달."""
    if re.fullmatch(rf"다(?:{NEXT_MONTH})", ref):
        return month_after(today, 2)
    if re.fullmatch(NEXT_MONTH, ref):
        return month_after(today, 1)
    return month_after(today, -1 if re.fullmatch(LAST_MONTH, ref) else 0)


def year_of(found: re.Match[str], today: date) -> int | None:
    """The year written or named in front; None where none is."""
    groups = found.groupdict()
    if word := groups.get("year_word"):
        return today.year + YEARS[word]
    if not (year := groups.get("y")):
        return None
    return int(year) if len(year) == 4 else CENTURY + int(year)


def checked(found: re.Match[str], day: date | Doubt, when: When) -> date | Doubt:
    """A weekday written beside the date must be its own."""
    groups = found.groupdict()
    weekday = groups.get("weekday") or groups.get("weekday_word")
    if weekday and weekday.isascii():
        weekday = WEEKDAYS[_ENGLISH.index(weekday.lower())]
    if isinstance(day, Doubt) or weekday is None or WEEKDAYS[day.weekday()] == weekday:
        return day
    reason = f"{name(day)[:-3]}은 {weekday}요일이 아니라 {WEEKDAYS[day.weekday()]}요일입니다."
    offset = (WEEKDAYS.index(weekday) - day.weekday() + 3) % 7 - 3
    near = date.fromordinal(day.toordinal() + offset)
    days = (day, near) if (near >= when.today) == (when.leaning is Leaning.FUTURE) else (day,)
    return Doubt(reason, tuple(sorted(days)))


def _full(found: re.Match[str], when: When) -> Value:
    year = year_of(found, when.today)
    assert year is not None
    is_bare = len(found["y"]) == 2 and not found.groupdict().get("quote")
    if is_bare and "년" not in found[0] and abs(year - when.today.year) > FAR_YEARS:
        return Doubt(f"“{found[0].strip()}”의 연도를 알 수 없습니다.")
    return checked(found, make(year, numerals.value(found["m"]), numerals.value(found["d"])), when)


def _in_year(found: re.Match[str], when: When) -> Value:
    year, month, day = year_of(found, when.today), numerals.value(found["m"]), numerals.value(found["d"])
    if _DAYS_OR_DAY.match(found[0]):
        return Doubt(f"“{found[0].strip()}”이 날짜인지 기간인지 알 수 없습니다.")
    if year is not None:
        return checked(found, make(year, month, day), when)
    return checked(found, in_some_year(lambda one: make(one, month, day), when), when)


def _day_of_month(found: re.Match[str], when: When) -> Value:
    """The next such day where a new due day is meant, else the last one."""
    day, today = int(found["d"]), when.today
    if (
        31 < day <= numerals.MOST_DAYS
        and when.leaning is Leaning.FUTURE
        and not found.groupdict().get("coming")
    ):
        return Shift(days=day)
    if not 1 <= day <= 31:
        return Doubt(f"{day}일은 없는 날짜입니다.")
    step = 0
    if when.leaning is Leaning.FUTURE and day < today.day:
        step = 1
    elif when.leaning is Leaning.PAST and day > today.day:
        step = -1
        back, ahead = make(*month_after(today, -1), day), make(today.year, today.month, day)
        if isinstance(back, date) and isinstance(ahead, date) and ahead - today < today - back:
            return Doubt(f"{name(ahead)}은 아직 오지 않은 날입니다.", (back,))
    return checked(found, make(*month_after(today, step), day), when)


def _of_month(found: re.Match[str], when: When) -> Value:
    return checked(found, make(*month_of(found["ref"], when.today), numerals.value(found["d"])), when)


def _compact(found: re.Match[str], when: When) -> Value:
    month, day = int(found["m"]), int(found["d"])
    if found["y"]:
        year = int(found["y"]) + (CENTURY if len(found["y"]) == 2 else 0)
        return make(year, month, day)
    return in_some_year(lambda one: make(one, month, day), when)


def _slashed(found: re.Match[str], when: When) -> Value:
    """12/25/2026: month first or day first, where only one of them can be."""
    first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
    if first <= MONTHS < second:
        return make(year, first, second)
    if second <= MONTHS < first or first == second:
        return make(year, second, first)
    days = [one for one in (make(year, first, second), make(year, second, first)) if isinstance(one, date)]
    return Doubt(f"“{found[0]}”은 월과 일의 순서를 알 수 없습니다.", tuple(days))


_DAYS_OR_DAY: Final = re.compile(r"\d{1,2}\s*-\s*\d{1,2}\s*일")  # 2-3일
_COMING = r"(?P<coming>오는|돌아오는|다가오는|지난(?=\s*\d))\s*"
_NO_FOURTH = r"(?!\d)(?!\s*[.\-/]\s*\d{1,2}(?!\d)(?!\s*(?::\d\d|시)))(?!\s*[:년])"
_NO_MORE = r"(?!\d)(?!\s*[.\-/]\s*(?:\d{1,2}(?!\d)|\d{4})(?!\s*(?::\d\d|시)))(?![.\-/]\d{3})(?!\s*[:년])"
RULES: Final = (
    Rule(re.compile(rf"(?P<quote>['’‘`´])?\s*(?P<y>\d{{4}}|\d{{2}}){SEP}(?P<m>\d{{1,2}}){SEP}(?P<d>\d{{1,2}}){_NO_FOURTH}(?:일{NOT_A_LENGTH}(?![정부])|\.)?{WEEKDAY}"), _full),
    Rule(re.compile(rf"['’‘`´]?(?P<y>\d{{4}}|\d{{2}})\s*년(?:도)?\s*{MONTH}\s*{DAY}{WEEKDAY}"), _full),
    Rule(re.compile(rf"['’‘`´]?(?P<y>(?<=['’‘`´])\d{{2}}|\d{{4}})\.\s*{MONTH}\s*{DAY}{WEEKDAY}"), _full),
    Rule(re.compile(rf"{YEAR}?\s*(?P<m>\d{{1,2}}){SEP}(?P<d>\d{{1,2}}){_NO_MORE}(?:일{NOT_A_LENGTH}(?![정부])|\.)?{WEEKDAY}"), _in_year),
    Rule(re.compile(rf"(?:{YEAR}\s*)?{MONTH}\s*{DAY}(?!\s*(?:간|동안|차|째)){WEEKDAY}"), _in_year),
    Rule(re.compile(rf"{MONTH_REF}\s*{DAY}(?!\s*(?:간|동안|차|째)){WEEKDAY}"), _of_month),
    Rule(re.compile(rf"(?P<d>\d{{1,2}})일{NOT_A_LENGTH}(?!정|부){WEEKDAY}"), _day_of_month),
    Rule(re.compile(r"the\s+(?P<d>\d{1,2})(?:st|nd|rd|th)(?![a-z\d])(?!\s+(?:of|week|time|phase))", re.IGNORECASE), _day_of_month),
    Rule(re.compile(rf"{_COMING}{MONTH}\s*{DAY}{WEEKDAY}"), _in_year),
    Rule(re.compile(rf"{_COMING}(?P<d>\d{{1,2}})일(?!\s*(?:간|동안|뒤|후)){WEEKDAY}"), _day_of_month),
    Rule(re.compile(r"(?P<y>20\d\d)(?P<m>0\d|1[0-2])(?P<d>[0-3]\d)(?!\d)"), _compact),
    Rule(re.compile(r"(?P<y>\d\d)?(?P<m>0\d|1[0-2])(?P<d>[0-3]\d)(?=\s*까지)"), _compact),
    Rule(re.compile(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>20\d\d)(?!\d)"), _slashed),
)  # fmt: skip
