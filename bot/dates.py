"""What an officer types for a date -> a day, read from the front of the text, with the rest left over."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

WEEKDAYS = "월화수목금토일"
RELATIVE = {"그저께": -2, "그제": -2, "어제": -1, "오늘": 0, "내일": 1, "모레": 2, "글피": 3}
CENTURY = 2000
MONTHS = 12

_WEEKDAY = r"(?:\s*\(?(?P<weekday>[월화수목금토일])(?:요일|\)))?"
_SEP = r"\s*[.\-/]\s*"
_FULL = re.compile(
    rf"'?(?P<y>\d{{4}}|\d{{2}}){_SEP}(?P<m>\d{{1,2}}){_SEP}(?P<d>\d{{1,2}})(?!\d)\.?{_WEEKDAY}"
)
_FULL_KO = re.compile(rf"'?(?P<y>\d{{4}}|\d{{2}})년\s*(?P<m>\d{{1,2}})월\s*(?P<d>\d{{1,2}})일{_WEEKDAY}")
_MONTH_DAY = re.compile(rf"(?P<m>\d{{1,2}}){_SEP}(?P<d>\d{{1,2}})(?!\d)\.?{_WEEKDAY}")
_MONTH_DAY_KO = re.compile(rf"(?P<m>\d{{1,2}})월\s*(?P<d>\d{{1,2}})일{_WEEKDAY}")
_DAY_KO = re.compile(rf"(?P<d>\d{{1,2}})일(?!\s*(?:뒤|후|간|이내|연기)){_WEEKDAY}")
_WORD = re.compile("|".join(RELATIVE))
_LATER = re.compile(r"(?P<n>\d{1,3})\s*(?P<unit>일|주일|주)\s*(?:뒤|후)")
_BARE_MONTH_END = re.compile(r"(?:월말|말일)(?:까지로|까지|으로|로|에)?(?=\s|$)")
_WHOLE_MONTH = re.compile(
    r"(?P<m>\d{1,2})월(?:\s*(?P<part>초순|중순|하순|초|말|중))?(?!(?!까지|으로|로|에)[가-힣\d]|\s*\d+일)"
)
_MONTH_END = re.compile(r"(?P<which>이번\s*달|이달|다음\s*달|내달)?\s*(?:월말|말일|말까지|말)(?![가-힣])")
_NEXT_MONTH_DAY = re.compile(rf"(?:다음\s*달|내달)\s*(?P<d>\d{{1,2}})일{_WEEKDAY}")
_WEEK_DAY = re.compile(
    r"(?P<which>이번\s*주|다다음\s*주|다음\s*주)\s*(?P<weekday>[월화수목금토일])(?:요일)?(?![가-힣])"
)
_PARTICLE = re.compile(r"\s*(?:까지로|까지|으로|로|에)(?=\s|$)")
_SHIFT = re.compile(
    r"(?P<plus>\+)?\s*(?P<n>\d{1,3}|한|두|세|일)\s*(?P<unit>일|주일|주|개월|달)"
    r"(?P<more>간|\s*(?:더|연기|미룸|늦춤))?(?=\s|$)(?!\s*(?:뒤|후))"
)
_COUNT_WORDS = {"한": 1, "일": 1, "두": 2, "세": 3}


def month_end_after(day: date) -> date:
    """The end of the day's month; of the next month where it is the last day itself."""
    last = day.replace(day=monthrange(day.year, day.month)[1])
    if day < last:
        return last
    following = day + timedelta(days=1)
    return following.replace(day=monthrange(following.year, following.month)[1])


@dataclass(frozen=True)
class Shift:
    """So many days and months, to be counted from the milestone's own due day; or to the next month's end."""

    days: int = 0
    months: int = 0
    to_month_end: bool = False

    def from_day(self, day: date) -> date:
        """The shifted day; a month that is too short gives its last day."""
        if self.to_month_end:
            return month_end_after(day)
        month_index = day.year * 12 + day.month - 1 + self.months
        year, month = divmod(month_index, 12)
        moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return moved + timedelta(days=self.days)


@dataclass(frozen=True)
class DateFault:
    """Something that looks like a date and is none, with the reason in a sentence."""

    reason: str


@dataclass(frozen=True)
class Read:
    """What stood at the front of the text, and the rest of it."""

    value: date | Shift | DateFault
    rest: str


class Leaning(Enum):
    """Which way a date without its year leans: first and last day from today that it may be."""

    PAST = (-305, 60)  # when something was done
    FUTURE = (-60, 305)  # until when something is put off


def read(text: str, today: date, *, shifts: bool = False) -> Read | None:
    """The date at the front of the text, with `shifts` also a length ("1주", "월말"); None where there is none.

    A date without a year lies in the span of its leaning: with `shifts`, which is for new due days, mostly
    ahead, else mostly behind. So "12.31" in June is this December, and "6.1" in June this June although past.
    """
    text = text.strip()
    found = _SHIFT.match(text) if shifts else None
    if found and (found["unit"] != "일" or found["plus"] or found["more"]):  # a bare "20일" is the 20th
        return Read(_shift(found), text[found.end() :].strip())
    if shifts and (found := _BARE_MONTH_END.match(text)):
        return Read(Shift(to_month_end=True), text[found.end() :].strip(" ,;:"))
    leaning = Leaning.FUTURE if shifts else Leaning.PAST
    for pattern, resolve in _RULES:
        if found := pattern.match(text):
            rest = text[found.end() :]
            if particle := _PARTICLE.match(rest):
                rest = rest[particle.end() :]
            elif rest and not rest[0].isspace() and rest[0] not in ",;:":
                continue
            return Read(_checked(found, resolve(found, today, leaning)), rest.strip(" ,;:"))
    return None


def _shift(found: re.Match[str]) -> Shift:
    word, unit = found["n"], found["unit"]
    number = _COUNT_WORDS.get(word) or int(word)
    if unit in {"개월", "달"}:
        return Shift(months=number)
    return Shift(days=number if unit == "일" else 7 * number)


def _checked(found: re.Match[str], day: date | DateFault) -> date | DateFault:
    """A weekday written beside the date must be its own."""
    weekday = found.groupdict().get("weekday")
    if isinstance(day, DateFault) or weekday is None or WEEKDAYS[day.weekday()] == weekday:
        return day
    return DateFault(
        f"{day.month}월 {day.day}일은 {weekday}요일이 아니라 {WEEKDAYS[day.weekday()]}요일입니다."
    )


def _make(year: int, month: int, day: int) -> date | DateFault:
    try:
        return date(year, month, day)
    except ValueError:
        return DateFault(f"{year}년 {month}월 {day}일은 없는 날짜입니다.")


def _full(found: re.Match[str], _today: date, _leaning: Leaning) -> date | DateFault:
    year = int(found["y"])
    return _make(year if year >= CENTURY else CENTURY + year, int(found["m"]), int(found["d"]))


def _month_day(found: re.Match[str], today: date, leaning: Leaning) -> date | DateFault:
    return _in_span(int(found["m"]), int(found["d"]), today, leaning)


def _in_span(month: int, day: int, today: date, leaning: Leaning) -> date | DateFault:
    """The day in the year in which it lies within the leaning's span; else the nearest one."""
    candidates = [_make(today.year + offset, month, day) for offset in (0, -1, 1)]
    days = [one for one in candidates if isinstance(one, date)]
    first, last = leaning.value
    inside = [one for one in days if first <= (one - today).days <= last]
    if inside:
        return inside[0]
    return min(days, key=lambda one: abs((one - today).days)) if days else candidates[0]


def _whole_month(found: re.Match[str], today: date, leaning: Leaning) -> date | DateFault:
    """A month, or a third of one, is due on its last day."""
    month = int(found["m"])
    if not 1 <= month <= MONTHS:
        return DateFault(f"{month}월은 없는 달입니다.")
    ends = {"초": 10, "초순": 10, "중순": 20}
    if (day := ends.get(found["part"] or "")) is not None:
        return _in_span(month, day, today, leaning)
    first = _in_span(month, 28, today, leaning)
    return first if isinstance(first, DateFault) else first.replace(day=monthrange(first.year, month)[1])


def _day_of_month(found: re.Match[str], today: date, leaning: Leaning) -> date | DateFault:
    """The next such day where a new due day is meant, else the last one."""
    day = int(found["d"])
    year, month = today.year, today.month
    if leaning is Leaning.FUTURE and day < today.day:
        year, month = _next_month(today)
    elif leaning is Leaning.PAST and day > today.day:
        before = today.replace(day=1) - timedelta(days=1)
        year, month = before.year, before.month
    return _make(year, month, day)


def _relative(found: re.Match[str], today: date, _leaning: Leaning) -> date:
    return today + timedelta(days=RELATIVE[found[0]])


def _later(found: re.Match[str], today: date, _leaning: Leaning) -> date:
    return today + timedelta(days=int(found["n"]) * (1 if found["unit"] == "일" else 7))


def _next_month(today: date) -> tuple[int, int]:
    return (today.year + 1, 1) if today.month == MONTHS else (today.year, today.month + 1)


def _month_end(found: re.Match[str], today: date, _leaning: Leaning) -> date:
    which = (found["which"] or "").replace(" ", "")
    year, month = _next_month(today) if which in {"다음달", "내달"} else (today.year, today.month)
    return date(year, month, monthrange(year, month)[1])


def _next_month_day(found: re.Match[str], today: date, _leaning: Leaning) -> date | DateFault:
    return _make(*_next_month(today), int(found["d"]))


def _week_day(found: re.Match[str], today: date, _leaning: Leaning) -> date:
    weeks = {"이번주": 0, "다음주": 1, "다다음주": 2}[found["which"].replace(" ", "")]
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=7 * weeks + WEEKDAYS.index(found["weekday"]))


# In this order: a longer form before the shorter one that it begins with.
_RULES = (
    (_FULL, _full),
    (_FULL_KO, _full),
    (_MONTH_DAY, _month_day),
    (_MONTH_DAY_KO, _month_day),
    (_WHOLE_MONTH, _whole_month),
    (_NEXT_MONTH_DAY, _next_month_day),
    (_MONTH_END, _month_end),
    (_WEEK_DAY, _week_day),
    (_LATER, _later),
    (_DAY_KO, _day_of_month),
    (_WORD, _relative),
)
