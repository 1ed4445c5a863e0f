"""Rules of dates as a line each: what stands one after the other, and the day that it makes (규칙).

A pattern is atoms with blanks between: words (뒤|후), a class that fills the slot of its name ({weekday}, or {month:month_en}
under another, or {year,month:month_ref} several), “?” behind what may be left out, “~” before what must stand right
behind, “-” before what must not, “&” before what must follow and is not read, “!” before what must not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from plans.time import vocabulary as known
from plans.time.cursor import Cursor, number
from plans.time.days import MONTHS, Doubt, Leaning, Shift, Value, When, month_after, name
from plans.time.lazy import pattern
from plans.time.tokens import Token
from plans.time.words import HALVES, WEEKDAY_NAMES, WEEKDAYS

CENTURY: Final = 2000
NO_DAY: Final = ("간", "동안", "차", "째", "차째", "전", *known.LATER)
_MOVED: Final = ("뒤", "후", "연기", "연장", "미뤄", "만", "더")
_NUMERIC: Final = pattern(
    r"(?P<whole>20\d{6}|\d{6}(?=\s?까지))(?!\d)|(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<last>20\d\d)(?!\d)"
    r"|(?P<quote>['’‘`´])?\s?(?:(?P<y>\d{4}|\d\d)\s*[.\-/．]\s*)?(?P<m>\d{1,2})\s*(?P<t>[.\-/．])\s*(?P<d>\d{1,2})(?!\d|:\d)"
    r"(?![.\-/]\s?\d{1,2}(?!\d|시|:))(?![.\-/]\d{3})(?P<close>일|\s?\.(?!\d))?"
)


class Said(NamedTuple):
    """A date expression. `is_period`: a month, quarter or the like, whose last day is meant; `is_bare`: “6.25”, which
    names an event as often as a day; `is_counted`: counted from today."""

    value: Value
    is_period: bool = False
    is_bare: bool = False
    is_counted: bool = False


class Length(NamedTuple):
    """A length as said. `is_day`: “10일”, which names a day of the month as well; `is_working`: in working days."""

    shift: Shift
    is_day: bool = False
    is_working: bool = False


class Spoken(Cursor):
    """The cursor with the text, the day from which it is seen, and the slots that a rule has filled."""

    year: int | None = None
    month = MONTHS
    days = day = ref = nth = third = 0
    weekday: int | None = None
    beside: int | None = None
    tail = is_bare = False
    which = around = festival = ""
    length: Length
    numeric: re.Match[str]

    def __init__(self, tokens: list[Token], at: int, text: str, when: When) -> None:
        super().__init__(tokens, at)
        self.text, self.when, self.first, self.today = text, when, at, when.today
        self.is_ahead = when.leaning is Leaning.FUTURE

    @property
    def words(self) -> str:
        """What has been read so far, as typed."""
        return self.text[self.tokens[self.first].start : self.end].strip()

    def day_of(self, weeks: int, weekday: int) -> date:
        """That day of the week so many weeks on."""
        return self.today + timedelta(days=7 * weeks + weekday - self.today.weekday())

    def touches(self, ahead: int = 0) -> bool:
        """The token ahead stands right behind the one before it."""
        token, before = self.peek(ahead), self.peek(ahead - 1)
        return token is not None and before is not None and token.start == before.end

    def stands(self, *names: str) -> bool:
        """One of the words is next, right behind what was read or by itself: 2주 간, and no 2주 간담회."""
        return self.sees(*names) and (self.touches() or not self.touches(1))

    def unclear(self, *choices: date, what: str = "며칠인지 날짜로") -> Doubt:
        return Doubt(f"“{self.words}”: {what} 알려 주십시오.", tuple(sorted(set(choices))))


def _sino(c: Spoken, low: int = 0, high: int = 99) -> int | None:
    """A number in digits or as 십이."""
    digits = c.attempt(lambda one: number(one, low, high))
    word = c.take(*known.SINO) if digits is None else None
    return digits if word is None else known.SINO[word.text]


def _days(c: Spoken) -> int | None:
    """4일 · 사일 · 이십일, whose last syllable is the unit."""
    count = c.attempt(lambda one: _sino(one, 0, 999))
    if count is None or c.take("일") is not None:
        return count
    return count - 1 if count > 10 and c.tokens[c.at - 1].text.endswith("일") else None


def _length(c: Spoken) -> Length | None:
    """2주 · 두 달 · 열흘 · 반년 · 3영업일 · 2 more weeks · 3 business days."""
    if (word := c.take(*known.LENGTHS)) is not None:
        return Length(Shift(*known.LENGTHS[word.text]))
    c.take(*known.MORE)
    start, days = c.at, c.attempt(_days)
    if days is not None and c.tokens[c.at - 1].text != "일" and c.sees(*known.UNITS):
        c.at, days = start, None  # 이십일 개월
    if days is not None:
        is_weekday = c.sees("요일", "욜") or c.tokens[c.at - 2].text == "일"
        return None if is_weekday else Length(Shift(days=days), is_day=days <= 31)
    token, count = c.peek(), c.attempt(lambda one: _sino(one, 0, 999))
    word = c.take(*known.COUNTED) if count is None else None
    count = known.COUNTED[word.text] if word is not None else count
    c.take("dash", *known.MORE)
    is_working = c.take("business", "working") is not None
    is_near, unit = c.touches(), c.take(*known.UNITS)
    if token is None or count is None or unit is None or (unit.text in "dwm" and not is_near):
        return None
    is_odd = token.text in known.NATIVE and unit.text not in {"달", "주", "주일", "해"}
    is_odd |= token.text == "이" and (unit.text == "달" or (unit.text == "주" and not c.sees(*_MOVED)))
    days, months = known.UNITS[unit.text]
    found = Length(Shift(days * count, months * count), False, is_working or unit.text in known.WORKING)
    return None if is_odd else found


def _year(c: Spoken) -> int | None:
    """올해 · 내년 · 2026년 · 26년도 · '27. (before a month with 월)."""
    if (word := c.take(*known.YEARS)) is not None:
        return c.today.year + known.YEARS[word.text]
    is_quoted, token = c.take("apos") is not None, c.take("num")
    if token is None or len(token.text) not in (2, 4):
        return None
    value = token.number + (CENTURY if len(token.text) == 2 else 0)
    is_named = c.touches() and c.take("년", "년도") is not None
    is_dotted = (is_quoted or value == token.number) and CENTURY <= value < CENTURY + 100
    return value if is_named or (is_dotted and c.take("dot") and c.sees("월", ahead=1)) else None


def _month(c: Spoken) -> int | None:
    """12월 · 십이월 · 유월 (1 to 12, or a number that is no month)."""
    if (word := c.take("유월", "시월")) is not None:
        return 6 if word.text == "유월" else 10
    value = c.attempt(_sino)
    return value if c.take("월") is not None else None


def _ref(c: Spoken) -> int | None:
    """다음, or 차 right before its unit."""
    word = c.take(*known.REFS)
    is_apart = word is not None and word.text in known.ALONE and not c.touches()
    return None if word is None or is_apart else known.REFS[word.text]


def _month_ref(c: Spoken) -> tuple[int, int] | None:
    """이번 달 · 다음 달 · 내달 · 익월 · 지난달 · 월말: its year and month."""
    steps = 0 if c.sees("월") and c.sees("말", "초", ahead=1) else c.attempt(_ref)
    return month_after(c.today, steps) if steps is not None and c.take("달", "월") else None


def _quarter_ref(c: Spoken) -> tuple[int, int] | None:
    """다음 분기 · 분기말: the year and its last month."""
    steps = 0 if c.sees("분기") and c.sees(*known.ENDS, ahead=1) else c.attempt(_ref)
    year, month = month_after(c.today, 3 * (steps or 0))
    return (year, -(-month // 3) * 3) if steps is not None and c.take("분기") else None


def _unit(c: Spoken) -> tuple[int, int] | None:
    """month · quarter · year: the year and the last month of this one."""
    word, month = c.take("month", "quarter", "year", "eom", "eoy", "말일"), c.today.month
    last = {"quarter": -(-month // 3) * 3, "year": MONTHS, "eoy": MONTHS}
    return None if word is None else (c.today.year, last.get(word.text, month))


def _beside(c: Spoken) -> int | None:
    """(금) · (금요일) · 금요일 · 금욜 · 금 at the end of a word; (fri)."""
    is_open = c.take("comma") is None and c.take("open") is not None
    word = c.take(*WEEKDAY_NAMES, *(known.WEEKDAYS_EN if is_open else ()))
    if word is None:
        return None
    is_full, after = c.take("요일", "욜"), c.text[c.end : c.end + 2]
    is_word = not after[:1].isalnum() or after.startswith("까지") or after in {"에", "에 "}
    is_whole = c.take("close") if is_open else is_full or is_word
    if is_open and c.sees("까지", ahead=1):
        c.take("dot")
    return (known.WEEKDAYS_EN | _WEEKDAYS)[word.text] if is_whole else None


def _digits(c: Spoken) -> re.Match[str] | None:
    """2026. 12. 4. · '26-12-4 · 12/4 · 12. 4일 · 12/25/2026 · 20261205, and 261205 before 까지."""
    token = c.peek()
    found = _NUMERIC.match(c.text, token.start) if token and token.kind in ("num", "apos") else None
    while found is not None and (token := c.peek()) is not None and token.start < found.end():
        c.at += 1
    return None if found is not None and found["close"] == "일" and c.sees(*NO_DAY) else found


def _tail(c: Spoken) -> bool | None:
    """말 · 안에 · 중으로 · 마지막 날."""
    is_last = c.sees("마지막") and c.sees("날", ahead=1)
    c.at += 2 * is_last
    return True if is_last or c.take(*known.ENDS) else None


class Class(NamedTuple):
    """What an atom may be: how its value is read, and with which words or kinds of tokens it can begin."""

    read: Callable[[Spoken], Any]
    starts: frozenset[str]


def _of(table: Mapping[str, Any] | Iterable[str]) -> Class:
    """A word of the table, for its value; a word of a list, for itself."""
    values = table if isinstance(table, Mapping) else {one: one for one in table}

    def read(c: Spoken) -> Any:
        word = c.take(*values)
        return None if word is None else values[word.text]

    return Class(read, frozenset(values))


def _digit(low: int, high: int) -> Class:
    return Class(lambda c: number(c, low, high), frozenset({"num"}))


_WEEKDAYS: Final = {letter: at for at, letter in enumerate(WEEKDAYS)}
_NUMBERS: Final = frozenset({"num", *known.SINO})
_ordinal: Final = _of(known.ORDINALS)
CLASSES: Final = {
    "day": _of(known.DAYS),
    "ref": Class(_ref, frozenset(known.REFS)),
    "length": Class(_length, _NUMBERS | known.LENGTHS.keys() | known.COUNTED.keys() | {*known.MORE}),
    "weekday": _of(_WEEKDAYS),
    "beside": Class(_beside, frozenset({"open", "comma", *_WEEKDAYS})),
    "year": Class(_year, frozenset({"apos", "num", *known.YEARS})),
    "month": Class(_month, _NUMBERS | {"유월", "시월"}),
    "month_ref": Class(_month_ref, frozenset({"월", *known.REFS})),
    "quarter_ref": Class(_quarter_ref, frozenset({"분기", *known.REFS})),
    "quarter": Class(lambda c: 3 * (_sino(c, 1, 4) or 0) or None, _NUMBERS),
    "half": _of({word: 6 * half for word, half in HALVES.items()} | {"first": 6, "second": MONTHS}),
    "third": _of(known.PARTS),
    "tail": Class(_tail, frozenset({"마지막", *known.ENDS})),
    "ordinal": _ordinal,
    "nth": Class(lambda c: _ordinal.read(c) or number(c, 1, 5), _ordinal.starts | {"num"}),
    "count": Class(lambda c: _sino(c, 1), _NUMBERS),
    "number": _digit(1, 365),
    "days": Class(_days, _NUMBERS),
    "numeric": Class(_digits, frozenset({"num", "apos"})),
    "festival": _of((*known.FESTIVALS, *known.FIXED_FESTIVALS)),
    "around": _of(known.AROUND),
    "which": _of(known.WHICH),
    "month_en": _of(known.MONTHS_EN),
    "weekday_en": _of(known.WEEKDAYS_EN),
    "year_en": _digit(2000, 2099),
    "days_en": _digit(1, 99),
    "half_en": Class(lambda c: 6 * (number(c, 1, 2) or 0) or None, frozenset({"num"})),
    "ref_en": _of({"this": 0, "next": 1, "last": -1}),
    "unit": Class(_unit, frozenset({"month", "quarter", "year", "eom", "eoy", "말일"})),
}
NEEDS: Final = {"month": frozenset({"월", "유월", "시월"}), "month_ref": frozenset({"달", "월"})}
"""Of a class that ends with one of few words."""
WORDS: Final = {
    "later": known.LATER,
    "about": known.ABOUT,
    "few": known.FEW,
    "vague": known.VAGUE,
    "around": tuple(known.AROUND),
    "no_day": (*NO_DAY, *known.LENGTHENED),
}
"""What <name> stands for in a pattern."""


class _Atom(NamedTuple):
    """One piece of a pattern: a class with the slots that it fills, or words. `starts`: what it can begin with."""

    sign: str
    may_lack: bool
    slots: list[str]
    name: str
    starts: frozenset[str]

    @classmethod
    def made(cls, written: str) -> _Atom:
        what = written.lstrip("~&!-").rstrip("?")
        slots, _, name = what[1:-1].partition(":") if what.startswith("{") else ("", "", "")
        words = frozenset(WORDS[what[1:-1]] if what.startswith("<") else what.split("|"))
        starts = CLASSES[name or slots].starts if slots else words
        return cls(written[0], written.endswith("?"), slots.split(","), name or slots, starts)

    def read(self, c: Spoken) -> bool:
        is_there = c.at < len(c.tokens) and c.tokens[c.at].key in self.starts
        if self.sign in "&!-":
            return (is_there and (self.sign != "-" or c.touches())) == (self.sign == "&")
        if not is_there or (self.sign == "~" and not c.touches()):
            return False
        if not self.name:
            c.at += 1
            return True
        value = c.attempt(CLASSES[self.name].read)
        values = zip(self.slots, value if len(self.slots) > 1 and value else (value,), strict=False)
        for slot, one in values if value is not None else ():
            setattr(c, slot, one)
        return value is not None


class Rule:
    """One line of the grammar; `give` makes the value of what the slots hold, None: it is no date after all.

    `starts`: words and kinds of tokens with which it can begin; `needs`: of each one must stand in a text that it can read.
    """

    def __init__(
        self,
        pattern: str,
        give: Callable[[Spoken], Value | None],
        *,
        period: bool = False,
        counted: bool = False,
    ) -> None:
        self.give, self.is_period, self.is_counted = give, period, counted
        self.atoms = [_Atom.made(one) for one in pattern.split()]
        read = [one for one in self.atoms if one.sign not in "&!-"]
        first = next((at for at, one in enumerate(read) if not one.may_lack), len(read))
        self.starts = frozenset().union(*(one.starts for one in read[: first + 1]))
        must = [one for one in self.atoms if one.sign not in "!-" and not one.may_lack]
        self.needs = [NEEDS.get(one.name, one.starts) for one in must]

    def __call__(self, c: Spoken) -> Said | None:
        for one in self.atoms:
            if not one.read(c) and not one.may_lack:
                return None
        value = self.give(c)
        if isinstance(value, date) and self.is_period:
            value = _ended(c, value)
        if isinstance(value, date) and c.beside is not None:
            value = _checked(c, value, c.beside)
        return None if value is None else Said(value, self.is_period, c.is_bare, self.is_counted)


def _ended(c: Spoken, day: date) -> date | Doubt:
    """The last day of a period; a third of it is asked back."""
    if c.third:
        return c.unclear(day if c.third == 3 else day.replace(day=10 * c.third))
    return c.unclear() if c.sees("더", "만", "씩") else day


def _checked(c: Spoken, day: date, weekday: int) -> date | Doubt:
    """The day; a weekday written beside it must be its own."""
    if day.weekday() == weekday:
        return day
    near = day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
    days = (day, near) if (near >= c.today) == c.is_ahead else (day,)
    own, said = WEEKDAY_NAMES[day.weekday()], WEEKDAY_NAMES[weekday]
    return Doubt(f"{name(day)[:-3]}은 {said}요일이 아니라 {own}요일입니다.", tuple(sorted(days)))
