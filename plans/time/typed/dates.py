"""Dates as officers say them, one line a rule: 12. 5.(금), 다음 주 금요일, 열흘 뒤, 월말, in 2 weeks (말한 날짜)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Final

from plans.time.rules import CENTURY, Rule, Spoken
from plans.time.typed import vocabulary as known
from plans.time.typed.meanings import MONTHS, Doubt, Leaning, Shift, Value, When, month_after, month_end

LONG_PAST_DAYS: Final = 60  # a due day without a year that is past by less was meant to be past, or is a slip
NEAR_FUTURE_DAYS: Final = 60  # the same for a day of completion that is yet to come
JUST_AHEAD_DAYS: Final = 31  # the same where only the day of next year is yet to come
MOST_DAYS: Final = 366  # of a length; a 29th of February further off is none
FAR_YEARS: Final = 10  # a two-digit year without its apostrophe further off is no year
FRIDAY: Final = 4
FESTIVAL_PAST_DAYS: Final = 30  # within them “추석 이후” may be a slip
ONE_DAY: Final = timedelta(days=1)
_SPELT: Final = known.SINO.keys() - {"일"}


def _make(year: int, month: int, day: int) -> date | Doubt:
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= month <= MONTHS:
            return Doubt("no-such-month", facts={"month": month})
        return Doubt("no-such-day", facts={"year": year, "month": month, "day": day})


def _in_some_year(make_in: Callable[[int], date | Doubt], when: When) -> date | Doubt:
    """The day in the year that fits the leaning; a doubt where the other side of today is as likely."""
    today = when.today
    made = [make_in(today.year + step) for step in (-1, 0, 1)]
    days = [one for one in made if isinstance(one, date)]
    past, ahead = [one for one in days if one < today], [one for one in days if one >= today]
    if when.leaning is Leaning.FUTURE:
        if past and (today - past[-1]).days <= LONG_PAST_DAYS:
            return Doubt("passed", tuple(ahead[:1]), {"day": past[-1]})
        return ahead[0] if ahead and (ahead[0] - today).days <= MOST_DAYS else made[1]
    told = today if today in days else past[-1] if past else None
    near = next((one for one in ahead if one > today), None)
    limit = NEAR_FUTURE_DAYS if near is not None and near.year == today.year else JUST_AHEAD_DAYS
    if told is not None and near is not None and (near - today).days <= limit:
        return Doubt("ahead", (told,), {"day": near})
    return made[1] if told is None else told


def _numeric(c: Spoken) -> Value:
    found, today = c.numeric, c.today
    if found["whole"]:
        text = ("20" + found["whole"])[-8:]
        return _make(int(text[:4]), int(text[4:6]), int(text[6:]))
    if found["last"]:  # month first or day first, where only one of them can be
        a, b, year = int(found["a"]), int(found["b"]), int(found["last"])
        days = {one for one in (_make(year, a, b), _make(year, b, a)) if isinstance(one, date)}
        return days.pop() if len(days) == 1 else c.unclear(*days)
    if found["close"] == "일" and found["t"] == "-" and not found["y"]:
        return Doubt("which-kind", facts={"text": c.words})
    if found["y"]:
        c.year = int(found["y"]) + (CENTURY if len(found["y"]) == 2 else 0)
        if len(found["y"]) == 2 and not found["quote"] and abs(c.year - today.year) > FAR_YEARS:
            return Doubt("which-year", facts={"text": c.words})
    c.month, c.days = int(found["m"]), int(found["d"])
    c.is_bare = not (found["close"] or c.year or c.sees("open"))
    return _exact(c)


def _exact(c: Spoken) -> Value:
    """12월 4일 · dec 4, 2026."""
    if c.year:
        return _make(c.year, c.month, c.days)
    return _in_some_year(lambda year: _make(year, c.month, c.days), c.when)


def _day_or_none(c: Spoken) -> tuple[date, ...]:
    """2026 May 15, whose first number may be an item's: offered where it is a day."""
    day = _exact(c)
    return (day,) if isinstance(day, date) else ()


def _day(c: Spoken) -> Value | None:
    """오는 10일 · the 10th: the next such day for a new due day, else the last one; 십일 only right before 까지."""
    today, is_spelt = c.today, any(one.text in _SPELT for one in c.tokens[c.first : c.at])
    if is_spelt and not (c.sees("까지") and c.touches()):
        return None
    if not 1 <= c.days <= 31:
        return Doubt("no-such-date", facts={"day": c.days})
    ahead = _make(*month_after(today, int(c.is_ahead and c.days < today.day)), c.days)
    if c.is_ahead or c.days <= today.day:
        return ahead
    back = _make(*month_after(today, -1), c.days)
    if isinstance(back, date) and isinstance(ahead, date) and ahead - today < today - back:
        return Doubt("ahead", (back,), {"day": ahead})
    return back


def _day_alone(c: Spoken) -> Value | None:
    """10일; 45일 is a length."""
    if c.text[c.end : c.end + 1] in {"정", "부"}:
        return None
    return Shift(days=c.days) if 31 < c.days < MOST_DAYS and c.is_ahead else _day(c)


def _working(c: Spoken, count: int = 0) -> date:
    """The day so many working days after (before, where negative) today, which is not counted."""
    count = count or c.days
    day, step = c.today, ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(min(abs(count), MOST_DAYS)):
        day += step
        while not c.when.calendar.is_working(day):
            day += step
    return day


def _later(c: Spoken, sign: int = 1) -> date | Doubt:
    """So long after today, or before it."""
    shift = Shift(sign * c.length.shift.days, sign * c.length.shift.months)
    if c.length.is_working:
        return _working(c, shift.days) if shift.days else c.unclear()
    try:
        return shift.from_day(c.today)
    except (ValueError, OverflowError):
        return c.unclear()


def _from_where(c: Spoken) -> Value:
    """2주 뒤로 can be counted from today and from the due day."""
    day = _later(c)
    if isinstance(day, Doubt):
        return day
    return Doubt("from-where", (day,), {"text": c.words, "day": day})


def _lengthened(c: Spoken) -> Value | None:
    """2주 · 일주일만 더 · +3일; “10일” only with a word of more."""
    is_apart = c.sees("만", "간", "씩") and c.sees(*known.LENGTHENED, ahead=1)
    is_more = c.sees(*known.LENGTHENED) or is_apart or c.tokens[c.first].kind != "num"
    if c.stands("동안", "간", "만", "씩"):
        c.at += 1
        if c.take("뒤") and not c.take("로", "으로"):  # 일주일만 뒤로
            return None
    if (c.length.is_day and not is_more) or c.stands(
        *known.LATER, "전", "까지", "에", "내", "안", "차", "째"
    ):
        return None
    if not c.is_ahead:
        return Doubt("a-length")
    if c.length.is_working:
        return Doubt("working-days")
    return c.length.shift if c.length.shift != Shift() else Doubt("no-length")


def _week(c: Spoken) -> Value:
    days = [c.day_of(c.ref, weekday) for weekday in range(FRIDAY + 1)]
    return c.unclear(*(one for one in days if (one > c.today) == c.is_ahead), code="which-weekday")


def _weekday(c: Spoken) -> Value:
    """금요일: the coming one for a due day, else the last one; where weeks can be counted in two ways it is asked."""
    weekday, today = c.weekday or 0, c.today
    ahead = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    last = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    if c.which in {known.COMING, known.THIS}:
        return ahead if c.which == known.COMING else c.day_of(0, weekday)
    near = ahead if c.which == known.NEXT or (not c.which and c.is_ahead) else last
    if weekday == today.weekday():
        return Doubt("which-week", tuple(sorted((today, near))))
    other = c.day_of(1 if c.which == known.NEXT else -1, weekday) if c.which else near
    return near if near == other else c.unclear(near, other)


def _last(c: Spoken) -> Value | None:
    """The last day of a month, in that year or the one that fits."""
    month = c.month
    if not 1 <= month <= MONTHS:
        return Doubt("no-such-month", facts={"month": month})
    if c.sees("num") and c.sees("일", "tilde", "dash", "comma", ahead=1):
        return None  # 12월 4, 5일
    return month_end(c.year, month) if c.year else _in_some_year(lambda one: month_end(one, month), c.when)


def _whole_year(c: Spoken) -> Value:
    """올해 안에; 내년 and 내년 말 are asked back."""
    is_whole = c.tail or c.sees("까지") or c.last not in known.YEARS
    is_sure = c.year == c.today.year and is_whole and not c.third
    return date(c.today.year, MONTHS, 31) if is_sure else c.unclear(code="which-month")


def _nth(c: Spoken) -> Value | None:
    """12월 둘째 주 금요일: of the next such month, where something was done of the last one. Sure where counting weekdays
    and counting rows of a calendar sheet give the same day; else both are offered."""
    if not 1 <= c.month <= MONTHS:
        return None
    step = int(c.month < c.today.month) if c.is_ahead else -int(c.month > c.today.month)
    year = c.year or c.today.year + step
    index, first = FRIDAY if c.weekday is None else c.weekday, date(year, c.month, 1)
    last = month_end(year, c.month)
    if c.nth > 0:
        day = first + timedelta(days=(index - first.weekday()) % 7 + 7 * (c.nth - 1))
        row = day - timedelta(days=0 if index >= first.weekday() else 7)
    else:
        day = last - timedelta(days=(last.weekday() - index) % 7)
        row = day + timedelta(days=0 if index <= last.weekday() else 7)
    is_there = day.month == first.month
    is_by_rows = any(one.text in {"주", "주차"} for one in c.tokens[c.first : c.at])
    is_sure = c.weekday is not None and is_there and (day == row or not is_by_rows)
    return day if is_sure else c.unclear(*({day, row} if is_there else {row}))


@cache
def _days_named(word: str, year: int) -> tuple[date, ...]:
    """Days that the country's calendar gives the name, without those around it."""
    if word in known.SOLAR:
        return (date(year, *divmod(known.SOLAR[word], 100)),)
    import holidays  # noqa: PLC0415 - a festival is hardly ever named, and its tables take a second to load

    named = holidays.country_holidays("KR", years=year, language="en_US")
    return tuple(day for day, label in sorted(named.items()) if known.LUNAR[word] in label.split("; "))


def _festival(c: Spoken) -> Value:
    """설 연휴 이후: the first working day behind the next one (of what was done: the last one); 추석 전: the last one
    ahead of it."""
    today, calendar = c.today, c.when.calendar
    days = [day for step in (-1, 0, 1) for day in _days_named(c.festival, today.year + step)]
    passed = [one for one in days if one < today]
    ahead = [one for one in days if one >= today - timedelta(days=3)]
    if c.is_ahead and any(3 < (today - one).days <= FESTIVAL_PAST_DAYS for one in passed):
        return c.unclear()
    day = ahead[0] if c.is_ahead else passed[-1]
    before, behind = calendar.previous_or_same(day - ONE_DAY), calendar.next_or_same(day + ONE_DAY)
    if not c.around:
        return c.unclear(before, behind)
    return {known.BEFORE: before, known.DAY_AFTER: day + ONE_DAY}.get(c.around, behind)


_FROM: Final = "오늘|금일|지금|현재|앞으로? 로|으로? 부터?"
_NO_LENGTH: Final = "!간|동안|차|째"
_END: Final = "{third}? {tail}?"
_DAY_EN: Final = "the? {days:days_en} st|nd|rd|th?"
_BEHIND_EN: Final = "comma? {year:year_en}? open? {beside:weekday_en}? close?"
_OF_EN: Final = "the? end? of? the?"
_COMING: Final = "오는|돌아오는|다가오는|지난"
_MONTHS: Final = ("{year,month:month_ref}", "{year}? {month}")
_NTHS: Final = (
    "{nth} 째|번째? 주|주차",
    "{nth} 째|번째? 주|주차 {weekday:beside}",
    "{nth:ordinal} {weekday:beside}",
    "{nth} 째|번째 {weekday:beside}",
)
RULES: Final = (
    Rule("{year}? {numeric} {beside}?", _numeric),
    Rule(f"{_COMING}? {{year}}? {{month}} {{days}} -간|동안|차|째 {{beside}}?", _exact),
    Rule(f"{{year,month:month_ref}} {{days}} {_NO_LENGTH} {{beside}}?", _exact),
    Rule(f"{_COMING} {{days}} {{beside}}?", _day),
    Rule("{days} !<no_day> !<lengthened> {beside}?", _day_alone),
    Rule("the {days:days_en} st|nd|rd|th !of", _day),
    Rule(f"{{beside:weekday_en}}? dot|comma? {{month:month_en}} dot? {_DAY_EN} {_BEHIND_EN}", _exact),
    Rule(f"{{year:year_en}} comma? {{month:month_en}} dot? {_DAY_EN}", lambda c: c.unclear(*_day_or_none(c))),
    Rule(f"{{beside:weekday_en}}? dot|comma? {_DAY_EN} of? {{month:month_en}} dot? {_BEHIND_EN}", _exact),
    Rule(f"{{year,month:month_ref}} {_END}", _last, period=True),
    Rule(f"{{year}}? {{month}} {_END}", _last, period=True),
    Rule(f"{{year,month:quarter_ref}} {_END}", _last, period=True),
    Rule(f"{{year}}? {{month:quarter}} slash? 분기|사분기 {_END}", _last, period=True),
    Rule(f"{{year}}? {{month:quarter}} slash num 분기 {_END}", _last, period=True),
    Rule(f"{{year}}? &상반기|하반기 {{month:half}} {_END}", _last, period=True),
    Rule("{year}? 연말|년말|연내|년내", lambda c: date(c.year or c.today.year, MONTHS, 31), period=True),
    Rule("회계연도|연도 말", lambda c: date(c.today.year, MONTHS, 31), period=True),
    Rule(f"{{year}} {_END}", _whole_year, period=True),
    Rule("연초|년초|중순|하순|초순|상순|사분기", Spoken.unclear, period=True),
    Rule("한|두 분기", Spoken.unclear, period=True),
    *(Rule(f"{month} 의? {nth}", _nth) for month in _MONTHS for nth in _NTHS),
    Rule("이번|금번|돌아오는|내년? {festival} 명절? 연휴? {around}? 뒤|후?", _festival),
    Rule("<vague> 뒤|후|전?", Spoken.unclear),
    Rule("명절|연휴 연휴? <around>", Spoken.unclear),
    Rule("음력 {year}? {numeric}? {month}? {days}? {third}? 말?", lambda c: c.unclear(code="solar-day")),
    Rule("{day}", lambda c: c.today + timedelta(days=c.day)),
    Rule("내일|낼 모레", lambda c: c.today + timedelta(days=2)),
    Rule("모래 &까지", lambda c: c.today + timedelta(days=2)),
    Rule("the? day after tomorrow", lambda c: c.today + timedelta(days=2)),
    Rule("the? day before yesterday", lambda c: c.today - timedelta(days=2)),
    Rule("this morning|afternoon|evening", lambda c: c.today),
    Rule("the? end|close of the? day|today|business", lambda c: c.today),
    Rule(f"{_FROM} {{length}} 전 !까지", lambda c: _later(c, -1), counted=True),
    Rule(f"{_FROM} {{length}} 뒤|후 ~로|으로", _from_where, counted=True),
    Rule(f"{_FROM} {{length}} 뒤|후|이내|있다가|내|안|내에|안에|안으로|내로 !요일", _later, counted=True),
    Rule(f"{_FROM} {{length}} <later> 의? {{weekday}} 요일|욜", Spoken.unclear),
    Rule("in|within {length}", _later, counted=True),
    Rule("{length} later|hence", _later, counted=True),
    Rule("{length} from now|today", _later, counted=True),
    Rule("{length} ago", lambda c: _later(c, -1), counted=True),
    Rule("{length} from|after|before|since|or|and !now|today {weekday:weekday_en}?", Spoken.unclear),
    Rule("딱|총|꼭? plus? {length}", _lengthened),
    Rule("d ~plus {days:number}", lambda c: Shift(days=c.days) if c.is_ahead else None),
    Rule("{length} 반 <later>?", Spoken.unclear),
    Rule("{length} <about> 만|뒤|후?", Spoken.unclear),
    Rule("{length} 에서|이나|혹은|또는|내지|아니면|부터|tilde|dash|or|to|하고? {length} <later>?", Spoken.unclear),
    Rule("{count} tilde|dash|comma|내지|에서 {length}", lambda c: None if c.length.is_day and not c.is_ahead else c.unclear()),
    Rule("<few> 일|주|달|주일|개월|시일", Spoken.unclear),
    Rule("a? few|couple of? more? days|weeks|months", Spoken.unclear),
    Rule("다음 영업일|근무일", lambda c: _working(c, 1)),
    Rule("영업일|근무일 기준? 으로|로? {days:count} 일 뒤|후|이내|내", _working),
    Rule("영업일|근무일 기준? 으로|로? {count} 일", Spoken.unclear),
    Rule("{ref} 주 의? {weekday:beside}", lambda c: c.day_of(c.ref, c.weekday or 0)),
    Rule("{ref} 주 초|말|중순|중|안|내?", _week, period=True),
    Rule("{which}? {weekday} 요일|욜", _weekday),
    Rule("이번|다음 주말|주중 {weekday}? 요일|욜?", Spoken.unclear),
    Rule("eod|cob? on? {ref:ref_en} week s? on? {weekday:weekday_en}", lambda c: c.day_of(c.ref, c.weekday or 0)),
    Rule("eod|cob? on? {weekday:weekday_en} dot? of? {ref:ref_en} week", lambda c: c.day_of(c.ref, c.weekday or 0)),
    Rule("eod|cob? on? {which}? {weekday:weekday_en} dot?", _weekday),
    Rule("the? {year,month:unit} dash? end", _last, period=True),
    Rule("the? &eom|eoy|말일 {year,month:unit}", _last, period=True),
    Rule("the? end of the|this? {year,month:unit}", _last, period=True),
    Rule("the? end of next month", lambda c: month_end(*month_after(c.today, 1)), period=True),
    Rule("the? end of the|this? {month:month_en} {year:year_en}?", _last, period=True),
    Rule(f"{_OF_EN} q {{month:quarter}} of? {{year:year_en}}?", _last, period=True),
    Rule(f"{_OF_EN} h {{month:half_en}} of? {{year:year_en}}?", _last, period=True),
    Rule(f"{_OF_EN} {{month:half}} st|nd? half of? {{year:year_en}}?", _last, period=True),
    Rule("early|mid|late dash? next|this? week|month|year", Spoken.unclear, period=True),
    Rule("early|mid|late dash? {month:month_en}", Spoken.unclear, period=True),
    Rule("the? end of the|this|next? week", Spoken.unclear, period=True),
    Rule("this|next week", Spoken.unclear, period=True),
    Rule("next month|year|quarter", Spoken.unclear, period=True),
)  # fmt: skip

BY_START: Final[dict[str, list[Rule]]] = {}
for _rule in RULES:
    for _start in _rule.starts:
        BY_START.setdefault(_start, []).append(_rule)
