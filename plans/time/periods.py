"""Ends of months, quarters, halves and years, days in the weeks of a month, days around holidays (기간의 끝, 명절)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

from plans.time.cursor import number
from plans.time.days import MONTHS, Doubt, Leaning, in_some_year, month_after, month_end
from plans.time.numerals import sino
from plans.time.said import ONE_DAY, Said, Spoken
from plans.time.vocabulary import ALONE, ENDS, FESTIVALS, FIXED_FESTIVALS, ORDINALS, PARTS, REFS, YEARS
from plans.time.words import HALVES, WEEKDAY_NAMES, WEEKDAYS
from plans.time.written import month_ref, month_word, year

FRIDAY: Final = 4
FESTIVAL_PAST_DAYS: Final = 30  # within them “추석 이후” may be a slip


def _third(cursor: Spoken) -> int | None:
    """초 · 중순 · 하순: which third, of which nobody knows the day."""
    word = cursor.take(*PARTS)
    return None if word is None else PARTS[word.text]


def _ended(cursor: Spoken) -> bool:
    """말 · 안에 · 중으로 · 마지막 날."""
    if cursor.sees("마지막") and cursor.sees("날", ahead=1):
        cursor.at += 2
        return True
    return cursor.take(*ENDS) is not None


def _last_of(cursor: Spoken, year: int | None, month: int) -> Said:
    """The last day of the month, in that year or the one that fits; a third of it is asked back."""
    third = cursor.attempt(_third)
    is_more = cursor.sees("더", "만", "씩")
    if third is None:
        _ended(cursor)
    day = (
        month_end(year, month)
        if year is not None
        else in_some_year(lambda one: month_end(one, month), cursor.when)
    )
    if third is not None and isinstance(day, date):
        return Said(cursor.unclear(day if third == 3 else day.replace(day=10 * third)), is_period=True)
    return Said(cursor.unclear() if is_more else day, is_period=True)


def month(cursor: Spoken) -> Said | None:
    """12월 · 내년 3월 말 · '27. 3월 · 이번 달 안에 · 월말; 12월 초, 월초, 중순 are asked back."""
    today = cursor.when.today
    if cursor.take("말일") is not None:
        return Said(month_end(today.year, today.month), is_period=True)
    if cursor.take("연초", "년초", "중순", "하순", "초순", "상순", "사분기") is not None:
        return Said(cursor.unclear(), is_period=True)
    if cursor.sees("월") and cursor.touches(1) and cursor.sees("말", "초", ahead=1):
        cursor.at += 1
        return _last_of(cursor, today.year, today.month)
    named = cursor.attempt(month_ref)
    if named is None:
        written, value = cursor.attempt(year), cursor.attempt(month_word)
        if value is None:
            return None
        if not 1 <= value <= MONTHS:
            return Said(Doubt(f"{value}월은 없는 달입니다."), is_period=True)
        found = _last_of(cursor, written, value)
    else:
        found = _last_of(cursor, *named)
    is_day = cursor.sees("num") and cursor.sees("일", "tilde", "dash", "comma", ahead=1)
    return None if is_day else found


def quarter(cursor: Spoken) -> Said | None:
    """4분기 · 4/4분기 말 · 내년 1분기 · 다음 분기 · 분기말; 한 분기 is asked back."""
    if cursor.take("한", "두") is not None:
        return Said(cursor.unclear(), is_period=True) if cursor.take("분기") is not None else None
    word = cursor.take(*_QUARTERS)
    if word is not None or cursor.sees("분기"):
        if cursor.take("분기") is None or (word is None and not cursor.sees(*ENDS)):
            return None
        of, at = month_after(cursor.when.today, 3 * REFS[word.text] if word is not None else 0)
        return _last_of(cursor, of, -(-at // 3) * 3)
    named = cursor.attempt(year)
    value = cursor.attempt(lambda c: sino(c, 1, 4))
    if value is None or (cursor.take("slash") is not None and number(cursor, 4, 4) is None):
        return None
    return _last_of(cursor, named, 3 * value) if cursor.take("분기", "사분기") is not None else None


_QUARTERS: Final = set(REFS) - set(ALONE) | {"차", "내"}


def half(cursor: Spoken) -> Said | None:
    """상반기 · 내년 하반기 말."""
    named = cursor.attempt(year)
    word = cursor.take(*HALVES)
    return None if word is None else _last_of(cursor, named, 6 * HALVES[word.text])


def whole_year(cursor: Spoken) -> Said | None:
    """연말 · 올해 안에 · 내년 연말; 내년 and 내년 말 are asked back."""
    this = cursor.when.today.year
    cursor.take("회계연도", "연도") if cursor.sees("말", ahead=1) else None
    is_fiscal = cursor.at > cursor.first
    named = cursor.attempt(year)
    if cursor.take("연말", "년말") is not None or (
        named is None and cursor.take("연내", "년내", *(("말",) if is_fiscal else ()))
    ):
        return Said(date(this if named is None else named, MONTHS, 31), is_period=True)
    if named is None:
        return None
    is_third = cursor.attempt(_third) is not None
    is_whole = (
        _ended(cursor) or cursor.take("까지") is not None or cursor.tokens[cursor.at - 1].text not in YEARS
    )
    if named == this and is_whole and not is_third:
        return Said(date(this, MONTHS, 31), is_period=True)
    return Said(Doubt(f"“{cursor.words}”: 몇 월 며칠인지 알려 주십시오."), is_period=True)


def week_of_month(cursor: Spoken) -> Said | None:
    """12월 둘째 주 금요일 · 12월 마지막 금요일 · 12월 2주차."""
    months = cursor.attempt(month_ref)
    if months is None:
        named, value = cursor.attempt(year), cursor.attempt(month_word)
        if value is None or not 1 <= value <= MONTHS:
            return None
        today, step = cursor.when.today.month, 0
        if named is None:
            step = int(value < today) if cursor.is_ahead else -int(value > today)
        months = (cursor.when.today.year + step if named is None else named, value)
    cursor.take("의")
    word = cursor.take(*ORDINALS)
    nth = ORDINALS[word.text] if word is not None else number(cursor, 1, 5)
    if nth is None:
        return None
    is_nth = cursor.take("째", "번째") is not None or word is not None
    is_week = cursor.take("주", "주차") is not None
    letter = cursor.take(*WEEKDAYS)
    cursor.take("요일", "욜")
    if not is_week and (letter is None or not is_nth):
        return None
    index = FRIDAY if letter is None else WEEKDAY_NAMES.index(letter.text)
    counted, row = by_occurrence(*months, nth, index), by_row(*months, nth, index)
    if letter is not None and counted is not None and (not is_week or counted == row):
        return Said(counted)
    return Said(cursor.unclear(*sorted({one for one in (counted, row) if one is not None})))


def by_occurrence(of_year: int, of: int, nth: int, index: int) -> date | None:
    """The nth such weekday of the month, the last one for 0; None where there is none."""
    first = date(of_year, of, 1)
    days = [first + timedelta(days=(index - first.weekday()) % 7 + 7 * step) for step in range(5)]
    days = [one for one in days if one.month == of]
    return days[nth - 1] if nth <= len(days) else None


def by_row(of_year: int, of: int, nth: int, index: int) -> date:
    """That weekday in the nth row (the last for 0) of a calendar sheet whose rows begin on Monday."""
    start = date(of_year, of, 1) if nth else month_end(of_year, of)
    return start - timedelta(days=start.weekday()) + timedelta(days=index + 7 * max(nth - 1, 0))


@cache
def _days_named(english: str, of: int) -> tuple[date, ...]:
    """Days that the country's calendar gives the name, without those around it."""
    import holidays  # noqa: PLC0415 - a festival is hardly ever named, and its tables take a second to load

    named = holidays.country_holidays("KR", years=of, language="en_US")
    return tuple(day for day, label in sorted(named.items()) if english in label.split("; "))


def _festival_day(word: str, cursor: Spoken) -> date | None:
    """The next such day, where something was done the last one; None where it is just past."""
    today = cursor.when.today
    years = [today.year + step for step in (-1, 0, 1)]
    if word in FIXED_FESTIVALS:
        days = [date(one, *FIXED_FESTIVALS[word]) for one in years]
    else:
        days = [day for one in years for day in _days_named(FESTIVALS[word], one)]
    if cursor.when.leaning is Leaning.PAST:
        return next((one for one in reversed(days) if one < today), None)
    if any(3 < (today - one).days <= FESTIVAL_PAST_DAYS for one in days):
        return None
    return next((one for one in days if one >= today - timedelta(days=3)), None)


def festival(cursor: Spoken) -> Said | None:
    """설 연휴 이후: the first working day behind it; 추석 전: the last one ahead of it; 명절 이후: asked back."""
    cursor.take("이번", "금번", "돌아오는", "내년")
    word = cursor.take(*FESTIVALS, *FIXED_FESTIVALS)
    named = cursor.take("명절") is not None
    is_around = cursor.take("연휴") is not None or named
    before = cursor.take("이전", "전") is not None
    after = (
        None
        if before
        else cursor.take("이후", "지나서", "지나고", "지난", "끝나고", "끝난", "쇠고", "후", "뒤", "다음날")
    )
    if after is not None and after.text in {"지난", "끝난"}:
        cursor.take("뒤", "후")
    if word is None:
        return Said(cursor.unclear()) if is_around and (before or after or named) else None
    calendar, day = cursor.when.calendar, _festival_day(word.text, cursor)
    if day is None:
        return Said(cursor.unclear())
    if before:
        return Said(calendar.previous_or_same(day - ONE_DAY))
    if after is not None:
        return Said(day + ONE_DAY if after.text == "다음날" else calendar.next_or_same(day + ONE_DAY))
    return Said(
        cursor.unclear(calendar.previous_or_same(day - ONE_DAY), calendar.next_or_same(day + ONE_DAY))
    )


def lunar(cursor: Spoken) -> Said | None:
    """음력 1월 5일: asked back, the ledger keeps days of the solar calendar."""
    if cursor.take("음력") is None:
        return None
    while cursor.sees("num", "월", "일", "말", "dot", "초", *PARTS):
        cursor.at += 1
    return Said(Doubt(f"“{cursor.words}”: 양력 날짜로 알려 주십시오."))


RULES: Final = (month, quarter, half, whole_year, week_of_month, festival, lunar)
