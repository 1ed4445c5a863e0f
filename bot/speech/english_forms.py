"""Dates in English: tomorrow, next friday, in 2 weeks, dec 5, 5 dec 2026, end of next month."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.speech import numerals
from bot.speech.days import (
    Doubt,
    Leaning,
    Rule,
    Shift,
    Value,
    When,
    in_some_year,
    make,
    month_after,
    month_end,
)
from bot.speech.relative_forms import last_weekday, next_weekday, working_days_from

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORDS: Final = {
    "today": 0,
    "this morning": 0,
    "this afternoon": 0,
    "tomorrow": 1,
    "tmr": 1,
    "tmrw": 1,
    "eod": 0,
    "cob": 0,
    "end of day": 0,
    "end of the day": 0,
    "end of today": 0,
    "close of business": 0,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
}
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)(?![a-z])\.?"
_BEHIND = _WEEKDAY.replace("weekday", "behind")
_YEAR = r"(?:,?\s*(?P<y>20\d\d))?"
_LENGTH = rf"(?P<n>\d{{1,2}}|{'|'.join(sorted(numerals.ENGLISH, key=len, reverse=True))})\s*-?\s*(?:more\s+|extra\s+|additional\s+)?(?P<unit>business\s*day|working\s*day|day|week|wk|month|mth|year|yr)s?"
_ONLY = r"(?![a-z\d])"


def _word(found: re.Match[str], when: When) -> Value:
    return when.today + timedelta(days=WORDS[" ".join(found["word"].lower().split())])


def _month(found: re.Match[str]) -> int:
    return MONTHS.index(found["month"][:3].lower()) + 1


def _day(found: re.Match[str], when: When) -> Value:
    month, number = _month(found), int(found["d"])
    written = found["y"] and make(int(found["y"]), month, number)
    day = written or in_some_year(lambda one: make(one, month, number), when)
    weekday = found.groupdict().get("weekday") or found.groupdict().get("behind")
    if weekday is None or isinstance(day, Doubt) or DAYS[day.weekday()] == weekday[:3].lower():
        return day
    return Doubt(f"{day.isoformat()} is no {weekday}: 날짜와 요일이 맞지 않습니다.", (day,))


def _length(found: re.Match[str]) -> tuple[Shift, bool]:
    word, unit = found["n"].lower(), found["unit"].lower()
    number = int(word) if word.isdigit() else numerals.ENGLISH[word]
    if unit[0] in "my":
        return Shift(months=number * (12 if unit[0] == "y" else 1)), False
    return Shift(days=number * (7 if unit in {"week", "wk"} else 1)), unit.split()[0] in {
        "business",
        "working",
    }


def _later(found: re.Match[str], when: When) -> Value:
    shift, is_working = _length(found)
    if is_working:
        return working_days_from(when.today, shift.days, when.calendar)
    return shift.from_day(when.today)


def _ago(found: re.Match[str], when: When) -> Value:
    shift, is_working = _length(found)
    if is_working:
        return working_days_from(when.today, -shift.days, when.calendar)
    return Shift(-shift.days, -shift.months).from_day(when.today)


def _bare_length(found: re.Match[str], when: When) -> Value:
    shift, is_working = _length(found)
    if is_working or when.leaning is Leaning.PAST:
        return Doubt("기간이 아니라 날짜로 적어 주십시오.")
    return shift


def _weekday(found: re.Match[str], when: When) -> Value:
    """friday, next friday, this friday, last friday; asked back where weeks can be counted in two ways."""
    index, which = DAYS.index(found["weekday"][:3].lower()), (found["which"] or "").lower()
    monday = when.today - timedelta(days=when.today.weekday())
    ahead, behind = next_weekday(index, when.today), last_weekday(index, when.today)
    if "coming" in which:
        return ahead
    readings = {
        "": (ahead if when.leaning is Leaning.FUTURE else behind,),
        "this": (monday + timedelta(days=index),),
        "next": (ahead, monday + timedelta(days=7 + index)),
        "last": (behind, monday + timedelta(days=index - 7)),
    }[which]
    if (len(set(readings)) == 1 and index != when.today.weekday()) or which == "this":
        return readings[0]
    return Doubt(f"“{found[0].strip()}”이 어느 주인지 알 수 없습니다.", tuple(sorted(set(readings))))


def _of_week(found: re.Match[str], when: When) -> Value:
    """friday next week · next week friday."""
    monday = when.today - timedelta(days=when.today.weekday())
    weeks = {"this": 0, "next": 1, "last": -1}[found["which"].lower()]
    return monday + timedelta(days=7 * weeks + DAYS.index(found["weekday"][:3].lower()))


def _half(found: re.Match[str], when: When) -> Value:
    month = 6 if (found["half"] or found["half2"]).lower() in {"first", "h1", "1st"} else 12
    if found["y"]:
        return month_end(int(found["y"]), month)
    return in_some_year(lambda one: month_end(one, month), when)


def _month_end(found: re.Match[str], when: When) -> Value:
    if found["month"]:
        month = _month(found)
        return in_some_year(lambda one: month_end(one, month), when)
    return month_end(*month_after(when.today, 1 if found["next"] else 0))


def _year_end(_found: re.Match[str], when: When) -> Value:
    return date(when.today.year, 12, 31)


def _quarter_end(_found: re.Match[str], when: When) -> Value:
    return month_end(when.today.year, 3 * ((when.today.month + 2) // 3))


def _quarter(found: re.Match[str], when: When) -> Value:
    if found["y"]:
        return month_end(int(found["y"]), 3 * int(found["q"]))
    return in_some_year(lambda one: month_end(one, 3 * int(found["q"])), when)


def _unclear(found: re.Match[str], _when: When) -> Value:
    return Doubt(f"“{found[0].strip()}”가 며칠인지 알 수 없습니다.")


def _rule(pattern: str, *, is_period: bool = False) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{pattern}){_ONLY}", re.IGNORECASE)


RULES: Final = (
    Rule(_rule(r"(?:the\s+)?(?P<word>this morning|this afternoon|day after tomorrow|day before yesterday|end of (?:the )?day|end of today|close of business|eod|cob|today|tomorrow|tmrw?|yesterday)"), _word),
    Rule(_rule(rf"(?:{_WEEKDAY},?\s*)?{_MONTH}\s*{_DAY}{_YEAR}(?:\s*\(\s*{_BEHIND}\s*\))?"), _day),
    Rule(_rule(rf"(?:{_WEEKDAY},?\s*)?(?:the\s+)?{_DAY}\s*(?:of\s+)?{_MONTH}{_YEAR}"), _day),
    Rule(_rule(rf"(?:in|within)\s+{_LENGTH}"), _later),
    Rule(_rule(rf"{_LENGTH}\s*(?:later|from\s+(?:now|today)|hence)"), _later),
    Rule(_rule(rf"{_LENGTH}\s*ago"), _ago),
    Rule(_rule(rf"{_LENGTH}\s*(?:(?:from|after|before|since|or|and)\b(?!\s+(?:now|today|because|due))|\+)"), _unclear),
    Rule(_rule(_LENGTH), _bare_length),
    Rule(_rule(rf"(?:(?:eod|cob|end of day)\s+(?:on\s+)?)?(?:(?P<which>next|this coming|coming|upcoming|this|last)\s+)?{_WEEKDAY}"), _weekday),
    Rule(_rule(rf"{_WEEKDAY}\s+(?:of\s+)?(?P<which>next|this|last)\s+week"), _of_week),
    Rule(_rule(rf"(?P<which>next|this|last)\s+week(?:'s)?\s+(?:on\s+)?{_WEEKDAY}"), _of_week),
    Rule(_rule(r"(?:the\s+)?(?:end\s+of\s+(?:the\s+)?)?(?:(?P<half>first|second|1st|2nd)\s+half|(?P<half2>h[12]))(?:\s+(?:of\s+)?(?P<y>20\d\d))?"), _half, is_period=True),
    Rule(_rule(rf"(?:the\s+)?(?:end\s+of\s+(?:the\s+|this\s+)?(?:(?P<next>next\s+)?month|{_MONTH})|month[- ]end|eom)"), _month_end, is_period=True),
    Rule(_rule(r"(?:the\s+)?(?:end\s+of\s+(?:the\s+|this\s+)?year|year[- ]?end|eoy)"), _year_end, is_period=True),
    Rule(_rule(r"(?:the\s+)?(?:end\s+of\s+(?:the\s+|this\s+)quarter|quarter[- ]end)"), _quarter_end, is_period=True),
    Rule(_rule(r"(?:the\s+)?(?:end\s+of\s+)?(?:q(?P<q>[1-4]))(?:\s+(?:of\s+)?(?P<y>20\d\d))?"), _quarter, is_period=True),
    Rule(_rule(rf"(?:early|mid|late)[- ]?(?:(?:next|this)\s+(?:week|month|year)|{_MONTH})|next\s+(?:week|month|year|quarter)|this\s+week|end\s+of\s+(?:the\s+|this\s+|next\s+)?week|soon|asap|later|some\s?day|a\s+few\s+\w+"), _unclear),
)  # fmt: skip
