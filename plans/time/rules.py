"""Rules of dates as a line each: what stands one after the other, and the day that it makes (규칙).

A pattern is atoms with blanks between: words (뒤|후), a class that gives a value ({weekday}, or {weekday:beside} under
another name), “?” behind what may be left out, “~” before what must stand right behind, “-” before what must not, “&”
before what must follow and is not read, “!” before what must not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from plans.time import vocabulary as known
from plans.time.cursor import Cursor, number
from plans.time.days import Doubt, Leaning, Shift, Value, When, month_after
from plans.time.lazy import pattern
from plans.time.tokens import Token
from plans.time.words import HALVES, WEEKDAY_NAMES

CENTURY: Final = 2000
_NUMERIC: Final = pattern(
    r"(?P<whole>20\d{6}|\d{6}(?=\s?까지))(?!\d)|(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<last>20\d\d)(?!\d)"
    r"|(?P<quote>['’‘`´])?\s?(?:(?P<y>\d{4}|\d\d)\s*[.\-/．]\s*)?(?P<m>\d{1,2})\s*(?P<t>[.\-/．])\s*(?P<d>\d{1,2})(?!\d|:\d)"
    r"(?![.\-/]\s?\d{1,2}(?!\d|시|:))(?![.\-/]\d{3})(?P<close>일|\s?\.(?!\d))?"
)
_MOVED: Final = ("뒤", "후", "연기", "연장", "미뤄", "만", "더")
_NO_DAY: Final = ("간", "동안", "차", "째", "차째", "전", *known.LATER)


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
    """The cursor with the text and the day from which it is seen."""

    def __init__(self, tokens: list[Token], at: int, text: str, when: When) -> None:
        super().__init__(tokens, at)
        self.text, self.when, self.first = text, when, at

    @property
    def words(self) -> str:
        """What has been read so far, as typed."""
        return self.text[self.tokens[self.first].start : self.end].strip()

    @property
    def is_ahead(self) -> bool:
        return self.when.leaning is Leaning.FUTURE

    def day_of(self, weeks: int, weekday: int) -> date:
        """That day of the week so many weeks on."""
        today = self.when.today
        return today + timedelta(days=7 * weeks + weekday - today.weekday())

    def touches(self, ahead: int = 0) -> bool:
        """The token ahead stands right behind the one before it."""
        token, before = self.peek(ahead), self.peek(ahead - 1)
        return token is not None and before is not None and token.start == before.end

    def stands(self, *names: str) -> bool:
        """One of the words is next, right behind what was read or by itself: 2주 간, and no 2주 간담회."""
        return self.sees(*names) and (self.touches() or not self.touches(1))

    def unclear(self, *choices: date) -> Doubt:
        return Doubt(f"“{self.words}”: 며칠인지 날짜로 알려 주십시오.", tuple(sorted(set(choices))))


def sino(cursor: Spoken, low: int = 0, high: int = 99) -> int | None:
    """A number in digits or as 십이."""
    digits = cursor.attempt(lambda c: number(c, low, high))
    word = cursor.take(*known.SINO) if digits is None else None
    return digits if word is None else known.SINO[word.text]


def days_said(cursor: Spoken) -> int | None:
    """4일 · 사일 · 이십일, whose last syllable is the unit."""
    count = cursor.attempt(lambda c: sino(c, 0, 999))
    if count is None or cursor.take("일") is not None:
        return count
    return count - 1 if count > 10 and cursor.tokens[cursor.at - 1].text.endswith("일") else None


def length(cursor: Spoken) -> Length | None:
    """2주 · 두 달 · 열흘 · 반년 · 3영업일 · 2 more weeks · 3 business days."""
    if (word := cursor.take(*known.LENGTHS)) is not None:
        return Length(Shift(*known.LENGTHS[word.text]))
    cursor.take(*known.MORE)
    if (days := cursor.attempt(days_said)) is not None:
        is_weekday = cursor.sees("요일", "욜") or cursor.tokens[cursor.at - 2].text == "일"
        return None if is_weekday else Length(Shift(days=days), is_day=days <= 31)
    token, count = cursor.peek(), cursor.attempt(lambda c: sino(c, 0, 999))
    word = cursor.take(*known.COUNTED) if count is None else None
    count = known.COUNTED[word.text] if word is not None else count
    cursor.take("dash", *known.MORE)
    is_working = cursor.take("business", "working") is not None
    is_near, unit = cursor.touches(), cursor.take(*known.UNITS)
    if token is None or count is None or unit is None or (unit.text in "dwm" and not is_near):
        return None
    is_odd = token.text in known.NATIVE and unit.text not in {"달", "주", "주일", "해"}
    is_odd |= token.text in known.SINO and unit.text == "달"  # 이달
    is_moving = token.text == "이" and unit.text == "주" and not cursor.sees(*_MOVED)
    days, months = known.UNITS[unit.text]
    found = Length(Shift(days * count, months * count), False, is_working or unit.text in known.WORKING)
    return None if is_odd or is_moving else found


def year(cursor: Spoken) -> int | None:
    """올해 · 내년 · 2026년 · 26년도 · '27. (before a month with 월)."""
    if (word := cursor.take(*known.YEARS)) is not None:
        return cursor.when.today.year + known.YEARS[word.text]
    is_quoted, token = cursor.take("apos") is not None, cursor.take("num")
    if token is None or len(token.text) not in (2, 4):
        return None
    value = token.number + (CENTURY if len(token.text) == 2 else 0)
    is_named = cursor.touches() and cursor.take("년", "년도") is not None
    is_dotted = (is_quoted or value == token.number) and CENTURY <= value < CENTURY + 100
    return value if is_named or (is_dotted and cursor.take("dot") and cursor.sees("월", ahead=1)) else None


def month(cursor: Spoken) -> int | None:
    """12월 · 십이월 · 유월 (1 to 12, or a number that is no month)."""
    if (word := cursor.take("유월", "시월")) is not None:
        return 6 if word.text == "유월" else 10
    value = cursor.attempt(sino)
    return value if cursor.take("월") is not None else None


def ref(cursor: Spoken) -> int | None:
    """다음, or 차 right before its unit."""
    word = cursor.take(*known.REFS)
    is_apart = word is not None and word.text in known.ALONE and not cursor.touches()
    return None if word is None or is_apart else known.REFS[word.text]


def month_ref(cursor: Spoken) -> tuple[int, int] | None:
    """이번 달 · 다음 달 · 내달 · 익월 · 지난달 · 월말: its year and month."""
    steps = 0 if cursor.sees("월") and cursor.sees("말", "초", ahead=1) else cursor.attempt(ref)
    return None if steps is None or not cursor.take("달", "월") else month_after(cursor.when.today, steps)


def weekday_beside(cursor: Spoken) -> int | None:
    """(금) · (금요일) · 금요일 · 금욜 · 금 at the end of a word; (fri)."""
    is_open = cursor.take("comma") is None and cursor.take("open") is not None
    word = cursor.take(*WEEKDAY_NAMES, *(known.WEEKDAYS_EN if is_open else ()))
    if word is None:
        return None
    is_full, after = cursor.take("요일", "욜"), cursor.text[cursor.end : cursor.end + 2]
    is_word = not after[:1].isalnum() or after.startswith("까지") or after in {"에", "에 "}
    is_whole = cursor.take("close") if is_open else is_full or is_word
    if is_open and cursor.sees("까지", ahead=1):
        cursor.take("dot")
    return (known.WEEKDAYS_EN | _WEEKDAYS)[word.text] if is_whole else None


def numeric(cursor: Spoken) -> re.Match[str] | None:
    """2026. 12. 4. · '26-12-4 · 12/4 · 12. 4일 · 12/25/2026 · 20261205, and 261205 before 까지."""
    token = cursor.peek()
    found = _NUMERIC.match(cursor.text, token.start) if token and token.kind in ("num", "apos") else None
    while found is not None and (token := cursor.peek()) is not None and token.start < found.end():
        cursor.at += 1
    return None if found is not None and found["close"] == "일" and cursor.sees(*_NO_DAY) else found


def tail(cursor: Spoken) -> bool | None:
    """말 · 안에 · 중으로 · 마지막 날."""
    if cursor.sees("마지막") and cursor.sees("날", ahead=1):
        cursor.at += 2
        return True
    return True if cursor.take(*known.ENDS) else None


class Class(NamedTuple):
    """What an atom may be: how its value is read, and with which words or kinds of tokens it can begin."""

    read: Callable[[Spoken], Any]
    starts: frozenset[str]


def _of(table: Mapping[str, Any] | Iterable[str]) -> Class:
    """A word of the table, for its value; a word of a list, for itself."""
    values = table if isinstance(table, Mapping) else {one: one for one in table}

    def read(cursor: Spoken) -> Any:
        word = cursor.take(*values)
        return None if word is None else values[word.text]

    return Class(read, frozenset(values))


_WEEKDAYS: Final = {letter: at for at, letter in enumerate(WEEKDAY_NAMES)}
_NUMBERS: Final = frozenset({"num", *known.SINO})
_ordinal: Final = _of(known.ORDINALS)
CLASSES: Final = {
    "day": _of(known.DAYS),
    "ref": Class(ref, frozenset(known.REFS)),
    "length": Class(length, _NUMBERS | known.LENGTHS.keys() | known.COUNTED.keys() | {*known.MORE}),
    "weekday": _of(_WEEKDAYS),
    "beside": Class(weekday_beside, frozenset({"open", "comma", *WEEKDAY_NAMES})),
    "year": Class(year, frozenset({"apos", "num", *known.YEARS})),
    "month": Class(month, _NUMBERS | {"유월", "시월"}),
    "month_ref": Class(month_ref, frozenset({"월", *known.REFS})),
    "half": _of(HALVES),
    "third": _of(known.PARTS),
    "ordinal": _ordinal,
    "nth": Class(lambda c: _ordinal.read(c) or number(c, 1, 5), _ordinal.starts | {"num"}),
    "quarter": Class(lambda c: sino(c, 1, 4), _NUMBERS),
    "count": Class(lambda c: sino(c, 1), _NUMBERS),
    "number": Class(lambda c: number(c, 1, 365), frozenset({"num"})),
    "days": Class(days_said, _NUMBERS),
    "vague": _of(known.VAGUE),
    "festival": _of((*known.FESTIVALS, *known.FIXED_FESTIVALS)),
    "month_en": _of(known.MONTHS_EN),
    "weekday_en": _of(known.WEEKDAYS_EN),
    "year_en": Class(lambda c: number(c, 2000, 2099), frozenset({"num"})),
    "days_en": Class(lambda c: number(c, 1, 99), frozenset({"num"})),
    "half_en": _of({"first": 1, "second": 2}),
    "ref_en": _of({"this": 0, "next": 1, "last": -1}),
    "unit": _of(("month", "quarter", "year")),
    "which": _of(known.WHICH),
    "tail": Class(tail, frozenset({"마지막", *known.ENDS})),
    "around": _of(known.AROUND),
    "numeric": Class(numeric, frozenset({"num", "apos"})),
}
NEEDS: Final = {name: one.starts for name, one in CLASSES.items()} | {
    "month": frozenset({"월", "유월", "시월"}),
    "month_ref": frozenset({"달", "월"}),
}
WORDS: Final = {
    "ends": known.ENDS,
    "later": known.LATER,
    "about": known.ABOUT,
    "few": known.FEW,
    "no_day": (*_NO_DAY, *known.LENGTHENED),
}
Give = Callable[..., Value | Said | None]


class Rule:
    """One line of the grammar; `give` makes the value of what the classes gave, None: it is no date after all.

    `starts`: words and kinds of tokens with which it can begin; `needs`: of each one must stand in a text that it can read.
    """

    def __init__(self, pattern: str, give: Give, *, period: bool = False, counted: bool = False) -> None:
        self.give, self.is_period, self.is_counted = give, period, counted
        self.atoms = [_Atom.made(one) for one in pattern.split()]
        read = [one for one in self.atoms if one.sign not in "&!-"]
        first = next((at for at, one in enumerate(read) if not one.may_lack), len(read))
        self.starts = frozenset().union(*(one.starts for one in read[: first + 1]))
        self.needs = [one.needs for one in self.atoms if one.sign not in "!-" and not one.may_lack]

    def __call__(self, cursor: Spoken) -> Said | None:
        found: dict[str, Any] = {}
        for one in self.atoms:
            if not one.read(cursor, found) and not one.may_lack:
                return None
        value = self.give(cursor, **found)
        if value is None or isinstance(value, Said):
            return value
        return Said(value, self.is_period, is_counted=self.is_counted)


class _Atom(NamedTuple):
    """One piece of a pattern: a class with its `name`, or `words`."""

    sign: str
    may_lack: bool
    name: str
    key: str
    words: frozenset[str]

    @classmethod
    def made(cls, written: str) -> _Atom:
        what = written.lstrip("~&!-").rstrip("?")
        key, _, name = what[1:-1].partition(":") if what.startswith("{") else ("", "", "")
        words = frozenset(WORDS.get(key, ()) or what.split("|"))
        return cls(written[0], written.endswith("?"), "" if key in WORDS else name or key, key, words)

    @property
    def starts(self) -> frozenset[str]:
        return CLASSES[self.name].starts if self.name else self.words

    @property
    def needs(self) -> frozenset[str]:
        return NEEDS[self.name] if self.name else self.words

    def read(self, cursor: Spoken, found: dict[str, Any]) -> bool:
        if self.name:
            value = cursor.attempt(CLASSES[self.name].read)
            if value is not None:
                found[self.key] = value
            return value is not None
        if self.sign == "-":
            return not (cursor.touches() and cursor.sees(*self.words))
        if self.sign in "&!":
            return cursor.sees(*self.words) == (self.sign == "&")
        return (self.sign != "~" or cursor.touches()) and cursor.take(*self.words) is not None
