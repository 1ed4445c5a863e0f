"""Ends of months, quarters, halves and years, days in the weeks of a month, days around holidays (기간의 끝, 명절)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

from plans.time.days import MONTHS, Doubt, Leaning, Value, in_some_year, month_after, month_end
from plans.time.rules import Rule
from plans.time.said import ONE_DAY, Spoken
from plans.time.vocabulary import ENDS, FESTIVALS, FIXED_FESTIVALS, ORDINALS, PARTS, YEARS

FRIDAY: Final = 4
FESTIVAL_PAST_DAYS: Final = 30  # within them “추석 이후” may be a slip


def _ended(cursor: Spoken) -> bool:
    """말 · 안에 · 중으로 · 마지막 날."""
    if cursor.sees("마지막") and cursor.sees("날", ahead=1):
        cursor.at += 2
        return True
    return cursor.take(*ENDS) is not None


def _last_of(cursor: Spoken, of: int, year: int | None = None) -> Value:
    """The last day of the month, in that year or the one that fits; a third of it is asked back."""
    word = cursor.take(*PARTS)
    third, is_more = PARTS[word.text] if word else 0, cursor.sees("더", "만", "씩")
    if not third:
        _ended(cursor)
    day = (
        month_end(year, of) if year is not None else in_some_year(lambda one: month_end(one, of), cursor.when)
    )
    if third and isinstance(day, date):
        return cursor.unclear(day if third == 3 else day.replace(day=10 * third))
    return cursor.unclear() if is_more else day


def _month(cursor: Spoken, month: int, year: int | None = None) -> Value | None:
    """12월 · 내년 3월 말 · '27. 3월, and no day behind it."""
    found: Value = (
        _last_of(cursor, month, year) if 1 <= month <= MONTHS else Doubt(f"{month}월은 없는 달입니다.")
    )
    is_day = cursor.sees("num") and cursor.sees("일", "tilde", "dash", "comma", ahead=1)
    return None if is_day else found


def _this_month(cursor: Spoken) -> Value:
    return _last_of(cursor, cursor.when.today.month, cursor.when.today.year)


def _quarter(cursor: Spoken, ref: int = 0) -> Value:
    """다음 분기 · 분기말."""
    year, month = month_after(cursor.when.today, 3 * ref)
    return _last_of(cursor, -(-month // 3) * 3, year)


def _named_quarter(cursor: Spoken, count: int, year: int | None = None) -> Value | None:
    return _last_of(cursor, 3 * count, year) if count <= 4 else None


def _year_end(cursor: Spoken, year: int | None = None) -> Value:
    return date(cursor.when.today.year if year is None else year, MONTHS, 31)


def _whole_year(cursor: Spoken, year: int) -> Value:
    """올해 안에; 내년 and 내년 말 are asked back."""
    is_third = cursor.take(*PARTS) is not None
    is_whole = (
        _ended(cursor) or cursor.take("까지") is not None or cursor.tokens[cursor.at - 1].text not in YEARS
    )
    if year == cursor.when.today.year and is_whole and not is_third:
        return date(year, MONTHS, 31)
    return Doubt(f"“{cursor.words}”: 몇 월 며칠인지 알려 주십시오.")


def _unclear(cursor: Spoken, **_: object) -> Value:
    return cursor.unclear()


def _week_of(cursor: Spoken, month: int, year: int | None = None) -> Value | None:
    """12월 둘째 주 금요일: the next such month, where something was done the last one."""
    if not 1 <= month <= MONTHS:
        return None
    today = cursor.when.today
    step = int(month < today.month) if cursor.is_ahead else -int(month > today.month)
    return _week(cursor, (today.year + step if year is None else year, month))


def _week(cursor: Spoken, month_ref: tuple[int, int]) -> Value | None:
    """Sure where counting weekdays and counting rows of a calendar sheet give the same day; else both are offered."""
    cursor.take("의")
    word = cursor.take(*ORDINALS) or cursor.take("num")
    nth = -1 if word is None else ORDINALS.get(word.text, word.number)
    if word is None or not 0 <= nth <= 5 or (word.kind == "num" and not nth):
        return None
    is_nth = cursor.take("째", "번째") is not None or word.kind == "word"
    is_week = cursor.take("주", "주차") is not None
    letter = cursor.take(*"월화수목금토일")
    cursor.take("요일", "욜")
    if not is_week and (letter is None or not is_nth):
        return None
    index = FRIDAY if letter is None else "월화수목금토일".index(letter.text)
    counted, row = by_occurrence(*month_ref, nth, index), by_row(*month_ref, nth, index)
    if letter is not None and counted is not None and (not is_week or counted == row):
        return counted
    return cursor.unclear(*sorted({one for one in (counted, row) if one is not None}))


def by_occurrence(year: int, month: int, nth: int, index: int) -> date | None:
    """The nth such weekday of the month, the last one for 0; None where there is none."""
    first = date(year, month, 1)
    days = [first + timedelta(days=(index - first.weekday()) % 7 + 7 * step) for step in range(5)]
    days = [one for one in days if one.month == month]
    return days[nth - 1] if nth <= len(days) else None


def by_row(year: int, month: int, nth: int, index: int) -> date:
    """That weekday in the nth row (the last for 0) of a calendar sheet whose rows begin on Monday."""
    start = date(year, month, 1) if nth else month_end(year, month)
    return start - timedelta(days=start.weekday()) + timedelta(days=index + 7 * max(nth - 1, 0))


@cache
def _days_named(word: str, year: int) -> tuple[date, ...]:
    """Days that the country's calendar gives the name, without those around it."""
    if word in FIXED_FESTIVALS:
        return (date(year, *FIXED_FESTIVALS[word]),)
    import holidays  # noqa: PLC0415 - a festival is hardly ever named, and its tables take a second to load

    named = holidays.country_holidays("KR", years=year, language="en_US")
    return tuple(day for day, label in sorted(named.items()) if FESTIVALS[word] in label.split("; "))


def _festival_day(word: str, cursor: Spoken) -> date | None:
    """The next such day, where something was done the last one; None where it is just past."""
    today = cursor.when.today
    days = [day for step in (-1, 0, 1) for day in _days_named(word, today.year + step)]
    if cursor.when.leaning is Leaning.PAST:
        return next((one for one in reversed(days) if one < today), None)
    if any(3 < (today - one).days <= FESTIVAL_PAST_DAYS for one in days):
        return None
    return next((one for one in days if one >= today - timedelta(days=3)), None)


def _festival(cursor: Spoken, festival: str) -> Value:
    """설 연휴 이후: the first working day behind it; 추석 전: the last one ahead of it."""
    is_before = cursor.take("이전", "전") is not None
    after = cursor.take("이후", "지나서", "지나고", "지난", "끝나고", "끝난", "쇠고", "후", "뒤", "다음날")
    if after is not None and after.text in {"지난", "끝난"}:
        cursor.take("뒤", "후")
    calendar, day = cursor.when.calendar, _festival_day(festival, cursor)
    if day is None:
        return cursor.unclear()
    before, behind = calendar.previous_or_same(day - ONE_DAY), calendar.next_or_same(day + ONE_DAY)
    if is_before:
        return before
    if after is None:
        return cursor.unclear(before, behind)
    return day + ONE_DAY if after.text == "다음날" else behind


def _lunar(cursor: Spoken) -> Value:
    """음력 1월 5일: asked back, the ledger keeps days of the solar calendar."""
    while cursor.sees("num", "월", "일", "말", "dot", *PARTS):
        cursor.at += 1
    return Doubt(f"“{cursor.words}”: 양력 날짜로 알려 주십시오.")


RULES: Final = (
    Rule("말일", lambda c: month_end(c.when.today.year, c.when.today.month), period=True),
    Rule("연초|년초|중순|하순|초순|상순|사분기", _unclear, period=True),
    Rule("월 &말|초", _this_month, period=True),
    Rule("{month_ref}", lambda c, month_ref: _last_of(c, month_ref[1], month_ref[0]), period=True),
    Rule("{year}? {month}", _month, period=True),
    Rule("한|두 분기", _unclear, period=True),
    Rule("{ref} 분기", _quarter, period=True),
    Rule("분기 &말|말일|안|내|중|안에|내에", _quarter, period=True),
    Rule("{year}? {count} slash? 분기|사분기", _named_quarter, period=True),
    Rule("{year}? {count} slash num 분기", _named_quarter, period=True),
    Rule("{year}? {half}", lambda c, half, year=None: _last_of(c, 6 * half, year), period=True),
    Rule("{year}? 연말|년말|연내|년내", _year_end, period=True),
    Rule("회계연도|연도 말", _year_end, period=True),
    Rule("{year}", _whole_year, period=True),
    Rule("{month_ref}", _week),
    Rule("{year}? {month}", _week_of),
    Rule("이번|금번|돌아오는|내년? {festival} 명절? 연휴?", _festival),
    Rule("명절 연휴? 이전|전|이후|후|뒤|지나고|끝나고?", _unclear),
    Rule("연휴 이전|전|이후|후|뒤|지나고|끝나고", _unclear),
    Rule("음력", _lunar),
)
