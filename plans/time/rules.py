"""What rules of times work on: tokens, the place in them that rules move, and rules of dates as a line each (규칙).

A line's pattern is atoms with blanks between: words (뒤|후), a class that fills the slot of its name ({weekday}, or
{month:month_en} under another, or {year,month:month_ref} several), “?” behind what may be left out, “~” before what must
stand right behind, “-” before what must not, “&” before what must follow and is not read, “!” before what must not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple, Self, TypeVar

from plans.time.typed import vocabulary as known
from plans.time.typed.meanings import MONTHS, Doubt, Leaning, Shift, Value, When, month_after
from plans.time.words import SIGNS

T = TypeVar("T")
CENTURY: Final = 2000
SPOKEN_SIGNS: Final = SIGNS | {"+": "plus", "＋": "plus"}
_COUNTS: Final = known.SINO | known.COUNTED
_MOVED: Final = ("뒤", "후", "연기", "연장", "미뤄", "만", "더")
_LONGEST: Final = max(len(one) for one in known.KNOWN if one >= "가")
_PIECE: Final = (
    r"(?s)(?P<clock>\d{1,2}:\d{2}(?!\d))|(?P<num>\d+)|(?P<hangul>[가-힣]+)|(?P<latin>[A-Za-z]+)"
    r"|(?P<space>\s+)|(?P<sign>.)"
)
_NUMERIC: Final = (
    r"(?P<whole>20\d{6}|\d{6}(?=\s?까지))(?!\d)|(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<last>20\d\d)(?!\d)"
    r"|(?P<quote>['’‘`´])?\s?(?:(?P<y>\d{4}|\d\d)\s*[.\-/．]\s*)?(?P<m>\d{1,2})\s*(?P<t>[.\-/．])\s*(?P<d>\d{1,2})(?!\d|:\d)"
    r"(?![.\-/]\s?\d{1,2}(?!\d|시|:))(?![.\-/]\d{3})(?P<close>일|\s?\.(?!\d))?"
)


class Token(NamedTuple):
    """One piece of a text; `kind` is num, word, clock, other or the name of a sign, `key` the word itself, else the kind;
    `number` the value of a num token, -1 for every other and for absurdly long ones."""

    kind: str
    text: str
    start: int
    end: int
    key: str
    number: int


def token(kind: str, text: str, start: int) -> Token:
    """The piece of that kind which begins there."""
    value = int(text) if kind == "num" and len(text) <= 4 else -1
    return Token(kind, text, start, start + len(text), text if kind == "word" else kind, value)


class Cursor:
    """A place in the tokens; rules move it forward, `attempt` moves it back when a rule fails."""

    def __init__(self, tokens: list[Token], at: int = 0) -> None:
        self.tokens = tokens
        self.at = at

    def peek(self, ahead: int = 0) -> Token | None:
        index = self.at + ahead
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def sees(self, *names: str, ahead: int = 0) -> bool:
        """Whether the token ahead has one of these kinds or is one of these words."""
        token = self.peek(ahead)
        return token is not None and token.key in names

    def take(self, *names: str) -> Token | None:
        """Consumes and gives the next token if it has one of these kinds or is one of these words."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is None or token.key not in names:
            return None
        self.at += 1
        return token

    def attempt(self, rule: Callable[[Self], T | None]) -> T | None:
        """Gives what `rule` gives; on None the cursor stands where it stood."""
        start = self.at
        node = rule(self)
        if node is None:
            self.at = start
        return node

    @property
    def end(self) -> int:
        """Where in the text the consumed part ends."""
        return self.tokens[self.at - 1].end if self.at else 0


def number(cursor: Cursor, low: int, high: int) -> int | None:
    """One number between `low` and `high`."""
    token = cursor.peek()
    if token is None or not low <= token.number <= high:
        return None
    cursor.at += 1
    return token.number


@lru_cache(maxsize=256)
def spoken_tokens(text: str) -> list[Token]:
    """The tokens of a text of the chat: known words of Korean runs, English ones in lower case, all else as `other`."""
    tokens: list[Token] = []
    for piece in re.finditer(_PIECE, text):
        kind, said = piece.lastgroup or "sign", piece[0]
        if kind == "hangul":
            tokens += _cut(said, piece.start())
        elif kind != "space":
            said = said.lower() if kind == "latin" else said
            names = {"sign": SPOKEN_SIGNS.get(said, "other"), "latin": "other"}
            kind = "word" if said in known.KNOWN else names.get(kind, kind)
            tokens.append(token(kind, said, piece.start()))
    return tokens


def _cut(run: str, start: int) -> list[Token]:
    """Known words of an unbroken run, longest first, as far as they go; behind 번을… a date may begin (번다음주)."""
    tokens, at = list[Token](), 0
    while at < len(run):
        ends = range(min(len(run), at + _LONGEST), at, -1)
        end, kind = next((end for end in ends if run[at:end] in known.KNOWN), 0), "word"
        if not end:
            end = next((cut for cut in range(at + 1, len(run)) if run[cut - 1] in known.LEADS), len(run))
            kind = "other"
        tokens.append(token(kind, run[at:end], start + at))
        at = end
    return tokens


class Length(NamedTuple):
    """A length. `is_day`: “10일”, which names a day of the month as well; `is_working`: in working days."""

    shift: Shift
    is_day: bool = False
    is_working: bool = False


class Spoken(Cursor):
    """The cursor with the text, the day from which it is seen, and the slots that a rule has filled."""

    year: int | None = None
    month = MONTHS
    days = day = ref = nth = third = which = around = 0
    festival = ""
    weekday: int | None = None
    beside: int | None = None
    tail = is_bare = False
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

    @property
    def last(self) -> str:
        """The word that was read last."""
        return self.tokens[self.at - 1].text

    def of(self, table: Mapping[str, T]) -> T | None:
        """What the table has for the next word, which is read."""
        key = self.tokens[self.at].key if self.at < len(self.tokens) else ""
        self.at += key in table
        return table.get(key)

    def day_of(self, weeks: int, weekday: int) -> date:
        """That day of the week so many weeks on."""
        return self.today + timedelta(days=7 * weeks + weekday - self.today.weekday())

    def touches(self, ahead: int = 0) -> bool:
        """The token ahead stands right behind the one before it."""
        at, tokens = self.at + ahead, self.tokens
        return 0 < at < len(tokens) and tokens[at].start == tokens[at - 1].end

    def stands(self, *names: str) -> bool:
        """One of the words is next, right behind what was read or by itself: 2주 간, and no 2주 간담회."""
        return self.sees(*names) and (self.touches() or not self.touches(1))

    def unclear(self, *choices: date, code: str = "which-day") -> Doubt:
        return Doubt(code, tuple(sorted(set(choices))), {"text": self.words})


def _count(c: Spoken, low: int = 0, high: int = 99, words: Mapping[str, int] = known.SINO) -> int | None:
    """A number in digits or as 십이."""
    value = number(c, low, high)
    return c.of(words) if value is None else value


def _days(c: Spoken) -> int | None:
    """4일 · 사일 · 이십일, whose last syllable is the unit."""
    count = _count(c, 0, 999)
    if count is None or c.take("일") is not None:
        return count
    return count - 1 if count > 10 and c.last.endswith("일") else None


def _length(c: Spoken) -> Length | None:
    """2주 · 두 달 · 열흘 · 반년 · 3영업일 · 2 more weeks · 3 business days."""
    if (whole := c.of(known.LENGTHS)) is not None:
        return Length(Shift(*whole))
    c.take(*known.MORE)
    start, token, days = c.at, c.peek(), c.attempt(_days)
    if days is not None and not (c.last != "일" and c.sees(*known.UNITS)):  # 이십일 개월
        is_weekday = c.sees("요일", "욜") or c.tokens[c.at - 2].text == "일"
        return None if is_weekday else Length(Shift(days=days), is_day=days <= 31)
    c.at = start
    count = _count(c, 0, 999, _COUNTS)
    c.take("dash", *known.MORE)
    is_working = c.take("business", "working") is not None
    is_near, unit = c.touches(), c.take(*known.UNITS)
    if token is None or count is None or unit is None or (unit.text in "dwm" and not is_near):
        return None
    is_odd = token.text in known.NATIVE and unit.text not in {"달", "주", "주일", "해"}
    is_odd |= token.text == "이" and (unit.text == "달" or (unit.text == "주" and not c.sees(*_MOVED)))
    each, months = known.UNITS[unit.text]
    found = Length(Shift(each * count, months * count), False, is_working or unit.text in known.WORKING)
    return None if is_odd else found


def _year(c: Spoken) -> int | None:
    """올해 · 내년 · 2026년 · 26년도 · '27. (before a month with 월)."""
    if (step := c.of(known.YEARS)) is not None:
        return c.today.year + step
    is_quoted, token = c.take("apos") is not None, c.take("num")
    if token is None or len(token.text) not in (2, 4):
        return None
    value = token.number + (CENTURY if len(token.text) == 2 else 0)
    is_named = c.touches() and c.take("년", "년도") is not None
    is_dotted = (is_quoted or value == token.number) and CENTURY <= value < CENTURY + 100
    return value if is_named or (is_dotted and c.take("dot") and c.sees("월", ahead=1)) else None


def _month(c: Spoken) -> int | None:
    """12월 · 십이월 · 유월 (1 to 12, or a number that is no month)."""
    if (odd := c.of(known.ODD_MONTHS)) is not None:
        return odd
    value = _count(c)
    return value if c.take("월") is not None else None


def _ref(c: Spoken) -> int | None:
    """다음, or 차 right before its unit."""
    steps = c.of(known.REFS)
    return None if steps is not None and c.last in known.ALONE and not c.touches() else steps


def _last_month(year: int, month: int, months: int | None) -> tuple[int, int] | None:
    """Of the period of so many months that the month lies in."""
    return (year, -(-month // months) * months) if months else None


def _period(c: Spoken, months: int, ends: tuple[str, ...], *words: str) -> tuple[int, int] | None:
    """이번 달 · 내달 · 지난달 · 월말 · 다음 분기 · 분기말: the year and its last month."""
    steps = 0 if c.sees(*words) and c.sees(*ends, ahead=1) else c.attempt(_ref)
    is_there = steps is not None and c.take(*words)
    return _last_month(*month_after(c.today, months * (steps or 0)), months) if is_there else None


def _beside(c: Spoken) -> int | None:
    """(금) · (금요일) · 금요일 · 금욜 · 금 at the end of a word; (fri)."""
    is_open = c.take("comma") is None and c.take("open") is not None
    weekday = c.of(known.WEEKDAY | known.WEEKDAY_EN if is_open else known.WEEKDAY)
    is_full, after = c.take("요일", "욜"), c.text[c.end : c.end + 2]
    is_word = not after[:1].isalnum() or after.startswith("까지") or after in {"에", "에 "}
    is_whole = c.take("close") if is_open else is_full or is_word
    if is_open and c.sees("까지", ahead=1):
        c.take("dot")
    return weekday if is_whole else None


def _digits(c: Spoken) -> re.Match[str] | None:
    """2026. 12. 4. · '26-12-4 · 12/4 · 12. 4일 · 12/25/2026 · 20261205, and 261205 before 까지."""
    found = re.compile(_NUMERIC).match(c.text, c.tokens[c.at].start)
    while found is not None and (token := c.peek()) is not None and token.start < found.end():
        c.at += 1
    return None if found is not None and found["close"] == "일" and c.sees(*known.NO_DAY) else found


def _tail(c: Spoken) -> bool | None:
    """말 · 안에 · 중으로 · 마지막 날."""
    is_last = c.sees("마지막") and c.sees("날", ahead=1)
    c.at += 2 * is_last
    return True if is_last or c.take(*known.ENDS) else None


_NUMBERS: Final = ("num", *known.SINO)
READERS: Final[dict[str, tuple[Callable[[Spoken], Any], Iterable[str]]]] = {
    "length": (_length, (*_NUMBERS, *known.LENGTHS, *known.COUNTED, *known.MORE)),
    "beside": (_beside, ("open", "comma", *known.WEEKDAY)),
    "year": (_year, ("apos", "num", *known.YEARS)),
    "month": (_month, (*_NUMBERS, *known.ODD_MONTHS)),
    "month_ref": (lambda c: _period(c, 1, ("말", "초"), "월", "달"), ("월", *known.REFS)),
    "quarter_ref": (lambda c: _period(c, 3, known.ENDS, "분기"), ("분기", *known.REFS)),
    "quarter": (lambda c: 3 * (_count(c, 1, 4) or 0) or None, _NUMBERS),
    "ref": (_ref, known.REFS),
    "tail": (_tail, ("마지막", *known.ENDS)),
    "nth": (lambda c: _count(c, 1, 5, known.ORDINAL), ("num", *known.ORDINAL)),
    "count": (lambda c: _count(c, 1), _NUMBERS),
    "number": (lambda c: number(c, 1, 365), ("num",)),
    "days": (_days, _NUMBERS),
    "numeric": (_digits, ("num", "apos")),
    "year_en": (lambda c: number(c, 2000, 2099), ("num",)),
    "days_en": (lambda c: number(c, 1, 99), ("num",)),
    "half_en": (lambda c: 6 * (number(c, 1, 2) or 0) or None, ("num",)),
    "unit": (lambda c: _last_month(c.today.year, c.today.month, c.of(known.PERIODS)), known.PERIODS),
}
"""How the value of a class is read, and with which words or kinds of tokens it can begin; others are tables of words."""
NEEDS: Final = {"month": frozenset({"월", *known.ODD_MONTHS}), "month_ref": frozenset({"달", "월"})}


class _Atom:
    """One piece of a pattern: a class with the slots that it fills, or words. `starts`: what it can begin with."""

    def __init__(self, written: str) -> None:
        what, self.sign, self.may_lack = written.lstrip("~&!-").rstrip("?"), written[0], written.endswith("?")
        slots, _, name = what.strip("{<>}").partition(":") if what[0] in "{<" else ("", "", "")
        self.name, self.slots = name or slots, slots.split(",") if what[0] == "{" else []
        table = getattr(known, self.name.upper(), {}) if slots else dict.fromkeys(what.split("|"))
        self.reads, starts = READERS.get(self.name, (lambda c: c.of(table), table))
        self.starts = frozenset(starts)

    def read(self, c: Spoken) -> bool:
        is_there = c.at < len(c.tokens) and c.tokens[c.at].key in self.starts
        if self.sign in "&!-":
            return (is_there and (self.sign != "-" or c.touches())) == (self.sign == "&")
        if not is_there or (self.sign == "~" and not c.touches()):
            return False
        if not self.slots:
            c.at += 1
            return True
        value = c.attempt(self.reads)
        values = zip(self.slots, value if len(self.slots) > 1 and value else (value,), strict=False)
        for slot, one in values if value is not None else ():
            setattr(c, slot, one)
        return value is not None


class Rule:
    """One line of the grammar, its value by `give`. `starts`: with what it can begin; `needs`: what must stand in the text."""

    def __init__(
        self,
        pattern: str,
        give: Callable[[Spoken], Value | None],
        *,
        period: bool = False,
        counted: bool = False,
    ) -> None:
        self.give, self.is_period, self.is_counted = give, period, counted
        self.atoms = [_Atom(one) for one in pattern.split()]
        read = [one for one in self.atoms if one.sign not in "&!-"]
        first = next(at for at, one in enumerate(read) if not one.may_lack)
        self.starts = frozenset().union(*(one.starts for one in read[: first + 1]))
        must = [one for one in self.atoms if one.sign not in "!-" and not one.may_lack]
        self.needs = [NEEDS.get(one.name, one.starts) for one in must]

    def value(self, c: Spoken) -> Value | None:
        """The value of what stands at the cursor; a third of a period is asked back, a weekday beside it must be its own."""
        for one in self.atoms:
            if not one.read(c) and not one.may_lack:
                return None
        day = self.give(c)
        if isinstance(day, date) and self.is_period and c.third:
            return c.unclear(day if c.third == 3 else day.replace(day=10 * c.third))
        if isinstance(day, date) and self.is_period and c.sees("더", "만", "씩"):
            return c.unclear()
        if not isinstance(day, date) or c.beside is None or day.weekday() == c.beside:
            return day
        near = day + timedelta(days=(c.beside - day.weekday() + 3) % 7 - 3)
        days = (day, near) if (near >= c.today) == c.is_ahead else (day,)
        return Doubt("other-weekday", tuple(sorted(days)), {"day": day, "said": near})


def readings(
    rules: Iterable[Rule], tokens: list[Token], at: int, text: str, when: When, keys: frozenset[str]
) -> list[tuple[Rule, Spoken, Value]]:
    """What the rules read there; `keys`: the words and kinds of tokens of the whole text."""
    able = [one for one in rules if not any(map(keys.isdisjoint, one.needs))]
    read = [(one, c, one.value(c)) for one in able for c in [Spoken(tokens, at, text, when)]]
    return [(one, c, value) for one, c, value in read if value is not None and c.at > at]
