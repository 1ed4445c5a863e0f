"""Ends of months, quarters, halves and years, the days around holidays; and what is too vague to be a day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Final

import holidays

from bot.speech.calendar_forms import MONTH, MONTH_REF, YEAR, month_of, year_of
from bot.speech.days import (
    MONTHS,
    Doubt,
    Leaning,
    Rule,
    Value,
    When,
    in_some_year,
    make,
    month_after,
    month_end,
)
from bot.speech.numerals import value
from jobs.calendar import ONE_DAY
from plans.time.words import HALVES, TEN_DAYS

END: Final = r"(?:\s*(?:말일|마지막\s*날|말|안으로|안에|안|내에|내로|내|중으로|중에|중|이내))"
VAGUE: Final = r"(?:\s*(?P<part>초순|초반|초|중순|중반|중하순|하순|후반|상순))"
FESTIVALS: Final = {
    "설": "Korean New Year",
    "구정": "Korean New Year",
    "추석": "Chuseok",
    "한가위": "Chuseok",
}
FESTIVAL_PAST_DAYS: Final = 30  # within them “추석 이후” may be a slip
FIXED_FESTIVALS: Final = {
    "신정": (1, 1), "삼일절": (3, 1), "어린이날": (5, 5), "현충일": (6, 6), "광복절": (8, 15), "개천절": (10, 3),
    "한글날": (10, 9), "성탄절": (12, 25), "크리스마스": (12, 25),
}  # fmt: skip


def _vague_days(year: int, month: int, part: str) -> tuple[date, ...]:
    third = TEN_DAYS.get(part, {"초": 1, "초반": 1, "중반": 2, "중하순": 3, "후반": 3}.get(part, 2))
    return (month_end(year, month) if third == 3 else date(year, month, 10 * third),)


def _month(found: re.Match[str], when: When) -> Value:
    """The last day of a month that is named; a part of it is asked back with the part's last day."""
    year, month = year_of(found, when.today), value(found["m"])
    if not 1 <= month <= MONTHS:
        return Doubt(f"{month}월은 없는 달입니다.")
    day = (
        month_end(year, month) if year is not None else in_some_year(lambda one: month_end(one, month), when)
    )
    if (part := found.groupdict().get("part")) and isinstance(day, date):
        return Doubt(
            f"“{found[0].strip()}”이 며칠인지 알 수 없습니다.", _vague_days(day.year, day.month, part)
        )
    return day


def _month_dotted(found: re.Match[str], when: When) -> Value:
    """2027년 3월, '27. 3월, 3월."""
    if not found["y2"]:
        return _month(found, when)
    year = int(found["y2"]) + (2000 if len(found["y2"]) == 2 else 0)
    month = value(found["m"])
    return month_end(year, month) if 1 <= month <= MONTHS else make(year, month, 1)


def _this_month(found: re.Match[str], when: When) -> Value:
    ref = found.groupdict().get("ref")
    year, month = month_of(ref, when.today) if ref else (when.today.year, when.today.month)
    if part := found.groupdict().get("part"):
        return Doubt(f"“{found[0].strip()}”가 며칠인지 알 수 없습니다.", _vague_days(year, month, part))
    return month_end(year, month)


def _quarter(found: re.Match[str], when: When) -> Value:
    number, year = value(found["q"]), year_of(found, when.today)
    if year is not None:
        return month_end(year, 3 * number)
    return in_some_year(lambda one: month_end(one, 3 * number), when)


def _this_quarter(found: re.Match[str], when: When) -> Value:
    ref = found["ref"] or ""
    step = 3 if re.match(r"다음|차|내", ref) else -3 if ref.startswith("지난") else 0
    year, month = month_after(when.today, step)
    return month_end(year, -(-month // 3) * 3)


def _half(found: re.Match[str], when: When) -> Value:
    month, year = 6 * HALVES[found["half"].replace(" ", "")], year_of(found, when.today)
    if found["part"]:
        return Doubt(f"“{found[0].strip()}”가 며칠인지 알 수 없습니다.")
    if year is not None:
        return month_end(year, month)
    return in_some_year(lambda one: month_end(one, month), when)


def _year(found: re.Match[str], when: When) -> Value:
    """The end of this year, or a year that is named; what is further off than the next report is asked back."""
    groups = found.groupdict()
    year = year_of(found, when.today) if "y" in groups else when.today.year
    assert year is not None
    if year == when.today.year:
        return date(year, MONTHS, 31)
    return Doubt(f"“{found[0].strip()}”의 몇 월 며칠인지 알려 주십시오.")


def _unclear(found: re.Match[str], _when: When) -> Value:
    return Doubt(f"“{found[0].strip()}”가 며칠인지 알 수 없습니다.")


@cache
def _days_named(english: str, year: int) -> tuple[date, ...]:
    """Days that the country's calendar gives the name, without those around it."""
    named = holidays.country_holidays("KR", years=year, language="en_US")
    return tuple(day for day, label in sorted(named.items()) if english in label.split("; "))


def _festival_day(word: str, when: When) -> date | None:
    """The festival's own day, the next one (where something was done: the last one)."""
    years = [when.today.year + step for step in (-1, 0, 1)]
    if word in FIXED_FESTIVALS:
        days = [date(year, *FIXED_FESTIVALS[word]) for year in years]
    else:
        days = [day for year in years for day in _days_named(FESTIVALS[word], year)]
    ahead = [one for one in days if one >= when.today - timedelta(days=3)]
    if when.leaning is Leaning.FUTURE and any(
        3 < (when.today - one).days <= FESTIVAL_PAST_DAYS for one in days
    ):
        return None  # just past: a slip, or the next year's
    behind = [one for one in days if one < when.today]
    if when.leaning is Leaning.FUTURE:
        return ahead[0] if ahead else None
    return behind[-1] if behind else None


def _festival(found: re.Match[str], when: When) -> Value:
    """After it: the first working day behind the days off around it. Before it: the last one ahead of them."""
    word = re.sub(r"날$", "", found["festival"]) if found["festival"] == "설날" else found["festival"]
    day = _festival_day(word, when)
    if day is None:
        return Doubt(f"“{word}”이 언제인지 알 수 없습니다.")
    if found["before"]:
        return when.calendar.previous_or_same(day - ONE_DAY)
    if (found["after"] or "").startswith("다음"):
        return day + ONE_DAY
    if found["after"]:
        return when.calendar.next_or_same(day + ONE_DAY)
    around = (when.calendar.previous_or_same(day - ONE_DAY), when.calendar.next_or_same(day + ONE_DAY))
    return Doubt(f"“{found[0].strip()}”의 앞인지 뒤인지 알 수 없습니다.", around)


_FESTIVAL = "|".join(sorted({*FESTIVALS, *FIXED_FESTIVALS, "설날"}, key=len, reverse=True))
_AROUND = r"(?:\s*명절)?(?:\s*연휴)?(?:\s*(?:(?P<before>이전|전(?!체))|(?P<after>이후|지나서|지나고|지난\s*(?:뒤|후)|끝나고|끝난\s*(?:뒤|후)|다음\s*날|쇠고|후|뒤)(?:\s*바로(?![가-힣]))?))?"
_AGO = r"(?:이번\s*|금번\s*|돌아오는\s*|내년\s*)?"
RULES: Final = (
    Rule(re.compile(rf"(?:{YEAR}\s*|['’‘`´]?(?P<y2>\d{{4}}|\d{{2}})\.\s*)?{MONTH}(?!\s*\d){END}?"), _month_dotted, is_period=True),
    Rule(re.compile(rf"(?:{YEAR}\s*)?{MONTH}{VAGUE}"), _month, is_period=True),
    Rule(re.compile(rf"{MONTH_REF}(?!\s*\d){END}?"), _this_month, is_period=True),
    Rule(re.compile(rf"{MONTH_REF}{VAGUE}"), _this_month, is_period=True),
    Rule(re.compile(r"월\s*말(?!고)|말일"), _this_month, is_period=True),
    Rule(re.compile(rf"(?:{YEAR}\s*)?(?P<q>[1-4]|[일이삼사](?=\s*사\s*분기))\s*(?:/\s*4|사)?\s*분기{END}?"), _quarter, is_period=True),
    Rule(re.compile(r"(?:[1-4]|한|두)\s*분기(?:만|씩|간)?\s*더|(?:한|두)\s*분기"), _unclear, is_period=True),
    Rule(re.compile(rf"(?:{YEAR}\s*)?[1-4]\s*(?:/\s*4)?\s*분기{VAGUE}"), _unclear, is_period=True),
    Rule(re.compile(rf"(?P<ref>이번|금번|금|다음|차|내|지난)?\s*분기{END}"), _this_quarter, is_period=True),
    Rule(re.compile(r"(?P<ref>이번|금번|다음|차|지난)\s*분기"), _this_quarter, is_period=True),
    Rule(re.compile(rf"(?:{YEAR}\s*)?(?P<half>상\s*반기|하\s*반기)(?:{END}|{VAGUE})?"), _half, is_period=True),
    Rule(re.compile(rf"(?:올해|올|금년|당해|이번\s*해)(?:{END}|(?=\s*까지))|(?:회계\s*연도|연도|당해\s*연도)\s*말|(?:올해?\s*)?연말|년말|연내|(?<!\d)년내"), _year, is_period=True),
    Rule(re.compile(rf"{YEAR}(?:{END}|(?=\s*까지|으로|로))?"), _year, is_period=True),
    Rule(re.compile(rf"(?:{YEAR}\s*|연|년|월)(?:{VAGUE}|중순)(?!과|등)"), _unclear, is_period=True),
    Rule(re.compile(r"(?:말일경|말경|말쯤)|사분기|(?:월|연|년|분기)\s*말(?:경|쯤)"), _unclear, is_period=True),
    Rule(re.compile(r"중순|하순|초순"), _unclear, is_period=True),
    Rule(re.compile(rf"{_AGO}(?P<festival>{_FESTIVAL}){_AROUND}"), _festival),
    Rule(re.compile(rf"{_AGO}명절(?:\s*연휴)?\s*(?:이전|전|이후|후|뒤|지나고|끝나고)?|연휴\s*(?:이후|후|뒤|전|지나고|끝나고)"), _unclear),
)  # fmt: skip
