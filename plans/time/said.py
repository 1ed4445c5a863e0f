"""Dates as officers say them, one line a rule: 12. 5.(금), 다음 주 금요일, 열흘 뒤, 월말, 설 연휴 이후, in 2 weeks (말한 날짜).

What a line cannot make sure of is a doubt with the days worth offering; nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Final

from plans.time.days import (
    MONTHS,
    Doubt,
    Shift,
    Value,
    in_some_year,
    make,
    month_after,
    month_end,
    name,
)
from plans.time.rules import CENTURY, Length, Rule, Said, Spoken
from plans.time.vocabulary import FESTIVALS, FIXED_FESTIVALS, LATER, LENGTHENED, SINO, YEARS
from plans.time.words import WEEKDAY_NAMES

MOST_STEPS: Final = 366
MOST_DAYS: Final = 365
FAR_YEARS: Final = 10  # a two-digit year without its apostrophe further off is no year
FRIDAY: Final = 4
FESTIVAL_PAST_DAYS: Final = 30  # within them “추석 이후” may be a slip
ONE_DAY: Final = timedelta(days=1)


def _digits(
    cursor: Spoken, numeric: re.Match[str], year: int | None = None, weekday: int | None = None
) -> Said:
    found = numeric
    if found["whole"]:
        text = ("20" + found["whole"])[-8:]
        return Said(make(int(text[:4]), int(text[4:6]), int(text[6:])))
    if found["last"]:
        return Said(_american(cursor, int(found["a"]), int(found["b"]), int(found["last"])))
    if found["close"] == "일" and found["t"] == "-" and not found["y"]:
        return Said(Doubt(f"“{cursor.words}”: 날짜인지 기간인지 알 수 없습니다."))
    is_short = bool(found["y"]) and len(found["y"]) == 2
    value = int(found["y"]) + CENTURY * is_short if found["y"] else year
    if is_short and not found["quote"] and abs((value or 0) - cursor.when.today.year) > FAR_YEARS:
        return Said(Doubt(f"“{cursor.words}”의 연도를 알 수 없습니다."))
    is_bare = not (found["close"] or value or cursor.sees("open"))
    return Said(_exact(cursor, int(found["m"]), int(found["d"]), value, weekday), is_bare=is_bare)


def _american(cursor: Spoken, first: int, second: int, year: int) -> Value:
    """Month first or day first, where only one of them can be."""
    made = (make(year, first, second), make(year, second, first))
    days = {one for one in made if isinstance(one, date)}
    return days.pop() if len(days) == 1 else cursor.unclear(*days)


def _exact(
    cursor: Spoken, month: int, days: int, year: int | None = None, weekday: int | None = None
) -> Value:
    """12월 4일(금) · dec 4 · friday, december 4th, 2026."""
    if year is not None:
        return _checked(cursor, make(year, month, days), weekday)
    return _checked(cursor, in_some_year(lambda one: make(one, month, days), cursor.when), weekday)


def _checked(cursor: Spoken, day: date | Doubt, weekday: int | None) -> Value:
    """The day; a weekday written beside it must be its own."""
    if weekday is None or isinstance(day, Doubt) or day.weekday() == weekday:
        return day
    near = day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
    days = (day, near) if (near >= cursor.when.today) == cursor.is_ahead else (day,)
    own, said = WEEKDAY_NAMES[day.weekday()], WEEKDAY_NAMES[weekday]
    return Doubt(f"{name(day)[:-3]}은 {said}요일이 아니라 {own}요일입니다.", tuple(sorted(days)))


def _of_month(cursor: Spoken, month_ref: tuple[int, int], days: int, weekday: int | None = None) -> Value:
    return _checked(cursor, make(*month_ref, days), weekday)


def _day(cursor: Spoken, days: int, weekday: int | None = None) -> Value:
    """오는 10일 · the 10th: the next such day for a new due day, else the last one."""
    today = cursor.when.today
    if not 1 <= days <= 31:
        return Doubt(f"{days}일은 없는 날짜입니다.")
    ahead = make(*month_after(today, int(cursor.is_ahead and days < today.day)), days)
    if cursor.is_ahead or days <= today.day:
        return _checked(cursor, ahead, weekday)
    back = make(*month_after(today, -1), days)
    if isinstance(back, date) and isinstance(ahead, date) and ahead - today < today - back:
        return Doubt(f"{name(ahead)}은 아직 오지 않은 날입니다.", (back,))
    return _checked(cursor, back, weekday)


def _day_alone(cursor: Spoken, days: int, weekday: int | None = None) -> Value | None:
    """10일; 45일 is a length, and 십일 a day only before 까지."""
    is_spelt = cursor.tokens[cursor.first].text in SINO
    if cursor.text[cursor.end : cursor.end + 1] in {"정", "부"} or (is_spelt and not cursor.sees("까지")):
        return None
    return Shift(days=days) if 31 < days <= MOST_DAYS and cursor.is_ahead else _day(cursor, days, weekday)


def _working(cursor: Spoken, count: int) -> date:
    """The day so many working days after (before, where negative) today, which is not counted."""
    day, step = cursor.when.today, ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(min(abs(count), MOST_STEPS)):
        day += step
        while not cursor.when.calendar.is_working(day):
            day += step
    return day


def _later(cursor: Spoken, length: Length, sign: int = 1) -> date | Doubt:
    """So long after today, or before it."""
    if length.is_working:
        return _working(cursor, sign * length.shift.days)
    try:
        return Shift(sign * length.shift.days, sign * length.shift.months).from_day(cursor.when.today)
    except (ValueError, OverflowError):
        return cursor.unclear()


def _ago(cursor: Spoken, length: Length) -> Value:
    return _later(cursor, length, -1)


def _from_where(cursor: Spoken, length: Length) -> Value:
    """2주 뒤로 can be counted from today and from the due day."""
    day = _later(cursor, length)
    return day if isinstance(day, Doubt) else cursor.unclear(day)


def _lengthened(cursor: Spoken, length: Length) -> Value | None:
    """2주 · 일주일만 더 · +3일; “10일” only with a word of more."""
    is_apart = cursor.sees("만", "간", "씩") and cursor.sees(*LENGTHENED, ahead=1)
    is_more = cursor.sees(*LENGTHENED) or is_apart or cursor.tokens[cursor.first].kind != "num"
    if cursor.stands("동안", "간", "만", "씩"):
        cursor.at += 1
        if cursor.take("뒤") and not cursor.take("로", "으로"):  # 일주일만 뒤로
            return None
    if (length.is_day and not is_more) or cursor.stands(*LATER, "전", "까지", "에", "내", "안", "차", "째"):
        return None
    if not cursor.is_ahead:
        return Doubt("날짜가 아니라 기간입니다.")
    if length.is_working:
        return Doubt("근무일로 센 연기는 날짜로 적어 주십시오.")
    return length.shift if length.shift.days or length.shift.months else Doubt("0일은 기간이 아닙니다.")


def _ranged(cursor: Spoken, length: Length, **_: object) -> Value | None:
    return None if length.is_day and not cursor.is_ahead else cursor.unclear()


def _unclear(cursor: Spoken, **_: object) -> Value:
    return cursor.unclear()


def _week(cursor: Spoken, ref: int) -> Value:
    days = [cursor.day_of(ref, weekday) for weekday in range(FRIDAY + 1)]
    fitting = [one for one in days if (one > cursor.when.today) == cursor.is_ahead]
    return Doubt(f"“{cursor.words}”: 무슨 요일인지 알려 주십시오.", tuple(fitting))


def _of_week(cursor: Spoken, ref: int, weekday: int) -> Value:
    return cursor.day_of(ref, weekday)


def _weekday(cursor: Spoken, weekday: int, which: str | None = None) -> Value:
    """금요일: the coming one for a due day, the last one for what was done. Where weeks can be counted in two ways (다음
    금요일, next friday) both are offered, and on that weekday itself it is asked."""
    today = cursor.when.today
    ahead = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    last = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    if which in {"coming", "this"}:
        return ahead if which == "coming" else cursor.day_of(0, weekday)
    near = ahead if which == "next" or (which is None and cursor.is_ahead) else last
    if weekday == today.weekday():
        return Doubt("오늘인지 다른 주인지 알 수 없습니다.", tuple(sorted((today, near))))
    other = near if which is None else cursor.day_of(1 if which == "next" else -1, weekday)
    return near if near == other else cursor.unclear(near, other)


def _last(
    cursor: Spoken,
    year: int | None = None,
    month: int | None = None,
    third: int = 0,
    count: int | None = None,
    month_ref: tuple[int, int] | None = None,
    **_: object,
) -> Value | None:
    """The last day of a month, in that year or the one that fits, of the `count`th quarter, else of the year; a third
    of a month is asked back."""
    if month_ref is not None:
        year, month = month_ref
    of = month if month is not None else 3 * count if count is not None else MONTHS
    if of > MONTHS or not of:
        return None if month is None else Doubt(f"{month}월은 없는 달입니다.")
    if month is not None and cursor.sees("num") and cursor.sees("일", "tilde", "dash", "comma", ahead=1):
        return None  # 12월 4, 5일
    day = (
        month_end(year, of) if year is not None else in_some_year(lambda one: month_end(one, of), cursor.when)
    )
    if third and isinstance(day, date):
        return cursor.unclear(day if third == 3 else day.replace(day=10 * third))
    return cursor.unclear() if cursor.sees("더", "만", "씩") else day


def _half(cursor: Spoken, half: int, year: int | None = None, third: int = 0, **_: object) -> Value | None:
    return _last(cursor, year, 6 * half, third) if half <= 2 else None


def _quarter(cursor: Spoken, ref: int = 0, third: int = 0, **_: object) -> Value | None:
    """다음 분기 · 분기말."""
    year, month = month_after(cursor.when.today, 3 * ref)
    return _last(cursor, year, -(-month // 3) * 3, third)


def _this_year(cursor: Spoken, year: int | None = None) -> Value:
    return date(cursor.when.today.year if year is None else year, MONTHS, 31)


def _whole_year(cursor: Spoken, year: int, third: int = 0, tail: bool = False) -> Value:
    """올해 안에; 내년 and 내년 말 are asked back."""
    is_whole = tail or cursor.sees("까지") or cursor.tokens[cursor.at - 1].text not in YEARS
    if year == cursor.when.today.year and is_whole and not third:
        return date(year, MONTHS, 31)
    return Doubt(f"“{cursor.words}”: 몇 월 며칠인지 알려 주십시오.")


def _unit_end(cursor: Spoken, unit: str, step: int = 0) -> Value:
    """The end of this month, quarter or year."""
    year, month = month_after(cursor.when.today, step)
    return month_end(year, {"month": month, "quarter": -(-month // 3) * 3}.get(unit, MONTHS))


def _week_of(
    cursor: Spoken, month: int, nth: int, weekday: int | None = None, year: int | None = None
) -> Value | None:
    """12월 둘째 주 금요일: of the next such month, where something was done of the last one."""
    today = cursor.when.today
    step = int(month < today.month) if cursor.is_ahead else -int(month > today.month)
    is_month = 1 <= month <= MONTHS
    return (
        _nth(cursor, (today.year + step if year is None else year, month), nth, weekday) if is_month else None
    )


def _nth(cursor: Spoken, month_ref: tuple[int, int], nth: int, weekday: int | None = None) -> Value | None:
    """Sure where counting weekdays and counting rows of a calendar sheet give the same day; else both are offered."""
    index, first, last = FRIDAY if weekday is None else weekday, date(*month_ref, 1), month_end(*month_ref)
    if nth > 0:
        day = first + timedelta(days=(index - first.weekday()) % 7 + 7 * (nth - 1))
        row = day - timedelta(days=0 if index >= first.weekday() else 7)
    else:
        day = last - timedelta(days=(last.weekday() - index) % 7)
        row = day + timedelta(days=0 if index <= last.weekday() else 7)
    is_by_rows = any(one.text in {"주", "주차"} for one in cursor.tokens[cursor.first : cursor.at])
    if weekday is not None and day.month == first.month and (day == row or not is_by_rows):
        return day
    return cursor.unclear(*({day, row} if day.month == first.month else {row}))


@cache
def _days_named(word: str, year: int) -> tuple[date, ...]:
    """Days that the country's calendar gives the name, without those around it."""
    if word in FIXED_FESTIVALS:
        return (date(year, *FIXED_FESTIVALS[word]),)
    import holidays  # noqa: PLC0415 - a festival is hardly ever named, and its tables take a second to load

    named = holidays.country_holidays("KR", years=year, language="en_US")
    return tuple(day for day, label in sorted(named.items()) if FESTIVALS[word] in label.split("; "))


def _festival(cursor: Spoken, festival: str, around: str = "") -> Value:
    """설 연휴 이후: the first working day behind the next one (of what was done: the last one); 추석 전: the last one
    ahead of it."""
    today, calendar = cursor.when.today, cursor.when.calendar
    days = [day for step in (-1, 0, 1) for day in _days_named(festival, today.year + step)]
    passed = [one for one in days if one < today]
    ahead = next((one for one in days if one >= today - timedelta(days=3)), None)
    if cursor.is_ahead and any(3 < (today - one).days <= FESTIVAL_PAST_DAYS for one in passed):
        return cursor.unclear()
    day = ahead if cursor.is_ahead else passed[-1]
    if day is None:
        return cursor.unclear()
    before, behind = calendar.previous_or_same(day - ONE_DAY), calendar.next_or_same(day + ONE_DAY)
    if not around:
        return cursor.unclear(before, behind)
    return {"전": before, "다음날": day + ONE_DAY}.get(around, behind)


def _lunar(cursor: Spoken, **_: object) -> Value:
    """음력 1월 5일: asked back, the ledger keeps days of the solar calendar."""
    return Doubt(f"“{cursor.words}”: 양력 날짜로 알려 주십시오.")


_FROM: Final = "오늘|금일|지금|현재|앞으로? 로|으로? 부터?"
_END: Final = "{third}? {tail}?"
_NTHS: Final = (
    "{nth} 째|번째? 주|주차",
    "{nth} 째|번째? 주|주차 {weekday:beside}",
    "{nth:ordinal} {weekday:beside}",
    "{nth} 째|번째 {weekday:beside}",
)
_DAY: Final = "the? {days:days_en} st|nd|rd|th?"
_BEHIND: Final = "comma? {year:year_en}? open? {weekday:weekday_en}? close?"
_OF: Final = "the? end? of? the?"
RULES: Final = (
    Rule("{year}? {numeric} {weekday:beside}?", _digits),
    Rule("오는|돌아오는|다가오는|지난? {year}? {month} {days} -간|동안|차|째 {weekday:beside}?", _exact),
    Rule("{month_ref} {days} !간|동안|차|째 {weekday:beside}?", _of_month),
    Rule("오는|돌아오는|다가오는|지난 {days} {weekday:beside}?", _day),
    Rule("{days} !{no_day} {weekday:beside}?", _day_alone),
    Rule("the {days:days_en} st|nd|rd|th !of", _day),
    Rule(f"{{weekday:weekday_en}}? dot|comma? {{month:month_en}} dot? {_DAY} {_BEHIND}", _exact),
    Rule(f"{{weekday:weekday_en}}? dot|comma? {_DAY} of? {{month:month_en}} dot? {_BEHIND}", _exact),
    Rule(f"{{month_ref}} {_END}", _last, period=True),
    Rule(f"{{year}}? {{month}} {_END}", _last, period=True),
    Rule(f"{{ref}} 분기 {_END}", _quarter, period=True),
    Rule("분기 {tail}", _quarter, period=True),
    Rule(f"{{year}}? {{count:quarter}} slash? 분기|사분기 {_END}", _last, period=True),
    Rule(f"{{year}}? {{count:quarter}} slash num 분기 {_END}", _last, period=True),
    Rule(f"{{year}}? {{half}} {_END}", _half, period=True),
    Rule("{year}? 연말|년말|연내|년내", _this_year, period=True),
    Rule("회계연도|연도 말", _this_year, period=True),
    Rule(f"{{year}} {_END}", _whole_year, period=True),
    Rule("말일", lambda c: _unit_end(c, "month"), period=True),
    Rule("연초|년초|중순|하순|초순|상순|사분기", _unclear, period=True),
    Rule("한|두 분기", _unclear, period=True),
    *(Rule(f"{{month_ref}} 의? {one}", _nth) for one in _NTHS),
    *(Rule(f"{{year}}? {{month}} 의? {one}", _week_of) for one in _NTHS),
    Rule("이번|금번|돌아오는|내년? {festival} 명절? 연휴? {around}? 뒤|후?", _festival),
    Rule("명절 연휴? {around}", _unclear),
    Rule("연휴 {around}", _unclear),
    Rule("{day}", lambda c, day: c.when.today + timedelta(days=day)),
    Rule("내일|낼 모레", lambda c: c.when.today + timedelta(days=2)),
    Rule("모래 &까지", lambda c: c.when.today + timedelta(days=2)),
    Rule("the? day after tomorrow", lambda c: c.when.today + timedelta(days=2)),
    Rule("the? day before yesterday", lambda c: c.when.today - timedelta(days=2)),
    Rule("this morning|afternoon|evening", lambda c: c.when.today),
    Rule("the? end|close of the? day|today|business", lambda c: c.when.today),
    Rule(f"{_FROM} {{length}} 전 !까지", _ago, counted=True),
    Rule(f"{_FROM} {{length}} 뒤|후 ~로|으로", _from_where, counted=True),
    Rule(f"{_FROM} {{length}} 뒤|후|이내|있다가|내|안|내에|안에|안으로|내로 !요일", _later, counted=True),
    Rule(f"{_FROM} {{length}} {{later}} 의? {{weekday}} 요일|욜", _unclear),
    Rule("in|within {length}", _later, counted=True),
    Rule("{length} later|hence", _later, counted=True),
    Rule("{length} from now|today", _later, counted=True),
    Rule("{length} ago", _ago, counted=True),
    Rule("{length} from|after|before|since|or|and !now|today {weekday:weekday_en}?", _unclear),
    Rule("딱|총|꼭? plus? {length}", _lengthened),
    Rule("d ~plus {number}", lambda c, number: Shift(days=number) if c.is_ahead else None),
    Rule("{length} 반 {later}?", _unclear),
    Rule("{length} {about} 만|뒤|후?", _unclear),
    Rule("{length} 에서|이나|혹은|또는|내지|아니면|부터|tilde|dash|or|to|하고? {length} {later}?", _unclear),
    Rule("{count} tilde|dash|comma|내지|에서 {length}", _ranged),
    Rule("{few} 일|주|달|주일|개월|시일", _unclear),
    Rule("{vague} 뒤|후|전?", _unclear),
    Rule("a? few|couple of? more? days|weeks|months", _unclear),
    Rule("다음 영업일|근무일", lambda c: _working(c, 1)),
    Rule("영업일|근무일 기준? 으로|로? {count} 일 뒤|후|이내|내", _working),
    Rule("영업일|근무일 기준? 으로|로? {count} 일", _unclear),
    Rule("{ref} 주 의? {weekday:beside}", _of_week),
    Rule("{ref} 주 초|말|중순|중|안|내?", _week, period=True),
    Rule("{which}? {weekday} 요일|욜", _weekday),
    Rule("이번|다음 주말|주중 {weekday}? 요일|욜?", _unclear),
    Rule("eod|cob? on? {ref:ref_en} week s? on? {weekday:weekday_en}", _of_week),
    Rule("eod|cob? on? {weekday:weekday_en} dot? of? {ref:ref_en} week", _of_week),
    Rule("eod|cob? on? {which}? {weekday:weekday_en} dot?", _weekday),
    Rule("the? eom", lambda c: _unit_end(c, "month"), period=True),
    Rule("the? eoy", lambda c: _unit_end(c, "year"), period=True),
    Rule("{unit} dash? end", _unit_end, period=True),
    Rule("the? end of the|this? {unit}", _unit_end, period=True),
    Rule("the? end of next {unit}", lambda c, unit: _unit_end(c, unit, 1) if unit == "month" else c.unclear(), period=True),
    Rule("the? end of the|this? {month:month_en} {year:year_en}?", _last, period=True),
    Rule(f"{_OF} q {{count:quarter}} of? {{year:year_en}}?", _last, period=True),
    Rule(f"{_OF} h {{half:quarter}} of? {{year:year_en}}?", _half, period=True),
    Rule(f"{_OF} {{half:half_en}} st|nd? half of? {{year:year_en}}?", _half, period=True),
    Rule("early|mid|late dash? next|this? week|month|year", _unclear, period=True),
    Rule("early|mid|late dash? {month:month_en}", _unclear, period=True),
    Rule("the? end of the|this|next? week", _unclear, period=True),
    Rule("this|next week", _unclear, period=True),
    Rule("next month|year|quarter", _unclear, period=True),
    Rule("음력 {numeric}? {month}? {days}?", _lunar),
)  # fmt: skip
