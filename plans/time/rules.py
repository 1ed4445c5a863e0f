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

from plans.time import vocabulary as known
from plans.time.days import MONTHS, Doubt, Leaning, Shift, Value, When, month_after, name
from plans.time.words import HALVES, SIGNS, WEEKDAY_NAMES

T = TypeVar("T")
CENTURY: Final = 2000
NO_DAY: Final = ("간", "동안", "차", "째", "차째", "전", *known.LATER)
SPOKEN_SIGNS: Final = SIGNS | {"+": "plus", "＋": "plus"}
_COUNTS: Final = known.SINO | known.COUNTED
_MOVED: Final = ("뒤", "후", "연기", "연장", "미뤄", "만", "더")
_LONGEST: Final = max(map(len, known.KNOWN))
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
            names = {
                "latin": "word" if said in known.KNOWN else "other",
                "sign": SPOKEN_SIGNS.get(said, "other"),
            }
            tokens.append(token(names.get(kind, kind), said, piece.start()))
    return tokens


def _cut(run: str, start: int) -> list[Token]:
    """Known words of an unbroken run, longest first; what follows an unknown syllable is not cut any more, except
    behind the syllables that a date may follow (번다음주)."""
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


class Said(NamedTuple):
    """A date expression. `is_period`: a month, quarter or the like, whose last day is meant; `is_bare`: “6.25”, which
    names an event as often as a day; `is_counted`: counted from today."""

    value: Value
    end: int
    is_period: bool
    is_bare: bool
    is_counted: bool


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

    @property
    def last(self) -> str:
        """The word that was read last."""
        return self.tokens[self.at - 1].text

    def of(self, table: Mapping[str, T]) -> T | None:
        """What the table has for the next word."""
        word = self.take(*table) if self.at < len(self.tokens) and self.tokens[self.at].key in table else None
        return None if word is None else table[word.text]

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
    if (word := c.take("유월", "시월")) is not None:
        return 6 if word.text == "유월" else 10
    value = _count(c)
    return value if c.take("월") is not None else None


def _ref(c: Spoken) -> int | None:
    """다음, or 차 right before its unit."""
    steps = c.of(known.REFS)
    return None if steps is not None and c.last in known.ALONE and not c.touches() else steps


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
    weekday = c.of(_WEEKDAYS | known.WEEKDAYS_EN if is_open else _WEEKDAYS)
    if weekday is None:
        return None
    is_full, after = c.take("요일", "욜"), c.text[c.end : c.end + 2]
    is_word = not after[:1].isalnum() or after.startswith("까지") or after in {"에", "에 "}
    is_whole = c.take("close") if is_open else is_full or is_word
    if is_open and c.sees("까지", ahead=1):
        c.take("dot")
    return weekday if is_whole else None


def _digits(c: Spoken) -> re.Match[str] | None:
    """2026. 12. 4. · '26-12-4 · 12/4 · 12. 4일 · 12/25/2026 · 20261205, and 261205 before 까지."""
    token = c.peek()
    found = (
        re.compile(_NUMERIC).match(c.text, token.start) if token and token.kind in ("num", "apos") else None
    )
    while found is not None and (token := c.peek()) is not None and token.start < found.end():
        c.at += 1
    return None if found is not None and found["close"] == "일" and c.sees(*NO_DAY) else found


def _tail(c: Spoken) -> bool | None:
    """말 · 안에 · 중으로 · 마지막 날."""
    is_last = c.sees("마지막") and c.sees("날", ahead=1)
    c.at += 2 * is_last
    return True if is_last or c.take(*known.ENDS) else None


Class = tuple[Callable[[Spoken], Any], Iterable[str]]
"""What an atom may be: how its value is read, and with which words or kinds of tokens it can begin."""


def _of(table: Mapping[str, Any]) -> Class:
    return (lambda c: c.of(table)), table


def _digit(low: int, high: int) -> Class:
    return (lambda c: number(c, low, high)), ("num",)


_WEEKDAYS: Final = {letter: at for at, letter in enumerate(WEEKDAY_NAMES)}
_NUMBERS: Final = ("num", *known.SINO)
CLASSES: Final[dict[str, Class]] = {
    "day": _of(known.DAYS),
    "ref": (_ref, known.REFS),
    "length": (_length, (*_NUMBERS, *known.LENGTHS, *known.COUNTED, *known.MORE)),
    "weekday": _of(_WEEKDAYS),
    "beside": (_beside, ("open", "comma", *_WEEKDAYS)),
    "year": (_year, ("apos", "num", *known.YEARS)),
    "month": (_month, (*_NUMBERS, "유월", "시월")),
    "month_ref": (_month_ref, ("월", *known.REFS)),
    "quarter_ref": (_quarter_ref, ("분기", *known.REFS)),
    "quarter": (lambda c: 3 * (_count(c, 1, 4) or 0) or None, _NUMBERS),
    "half": _of({word: 6 * half for word, half in HALVES.items()} | {"first": 6, "second": MONTHS}),
    "third": _of(known.PARTS),
    "tail": (_tail, ("마지막", *known.ENDS)),
    "ordinal": _of(known.ORDINALS),
    "nth": (lambda c: _count(c, 1, 5, known.ORDINALS), ("num", *known.ORDINALS)),
    "count": (lambda c: _count(c, 1), _NUMBERS),
    "number": _digit(1, 365),
    "days": (_days, _NUMBERS),
    "numeric": (_digits, ("num", "apos")),
    "festival": _of({one: one for one in (*known.FESTIVALS, *known.FIXED_FESTIVALS)}),
    "around": _of(known.AROUND),
    "which": _of(known.WHICH),
    "month_en": _of(known.MONTHS_EN),
    "weekday_en": _of(known.WEEKDAYS_EN),
    "year_en": _digit(2000, 2099),
    "days_en": _digit(1, 99),
    "half_en": (lambda c: 6 * (number(c, 1, 2) or 0) or None, ("num",)),
    "ref_en": _of({"this": 0, "next": 1, "last": -1}),
    "unit": (_unit, ("month", "quarter", "year", "eom", "eoy", "말일")),
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


class _Atom:
    """One piece of a pattern: a class with the slots that it fills, or words. `starts`: what it can begin with."""

    def __init__(self, written: str) -> None:
        what, self.sign, self.may_lack = written.lstrip("~&!-").rstrip("?"), written[0], written.endswith("?")
        slots, _, name = what[1:-1].partition(":") if what.startswith("{") else ("", "", "")
        words = WORDS[what[1:-1]] if what.startswith("<") else what.split("|")
        self.name, self.slots = name or slots, slots.split(",")
        self.reads = CLASSES[self.name][0] if slots else None
        self.starts = frozenset(CLASSES[self.name][1] if slots else words)

    def read(self, c: Spoken) -> bool:
        is_there = c.at < len(c.tokens) and c.tokens[c.at].key in self.starts
        if self.sign in "&!-":
            return (is_there and (self.sign != "-" or c.touches())) == (self.sign == "&")
        if not is_there or (self.sign == "~" and not c.touches()):
            return False
        if self.reads is None:
            c.at += 1
            return True
        value = c.attempt(self.reads)
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
        self.atoms = [_Atom(one) for one in pattern.split()]
        read = [one for one in self.atoms if one.sign not in "&!-"]
        first = next((at for at, one in enumerate(read) if not one.may_lack), len(read))
        self.starts = frozenset().union(*(one.starts for one in read[: first + 1]))
        must = [one for one in self.atoms if one.sign not in "!-" and not one.may_lack]
        self.needs = [NEEDS.get(one.name, one.starts) for one in must]

    def value(self, c: Spoken) -> Value | None:
        if not all(one.read(c) or one.may_lack for one in self.atoms):
            return None
        value = self.give(c)
        if isinstance(value, date) and self.is_period:
            value = _ended(c, value)
        return _checked(c, value, c.beside) if isinstance(value, date) and c.beside is not None else value


def readings(
    rules: Iterable[Rule], tokens: list[Token], at: int, text: str, when: When, keys: frozenset[str]
) -> list[Said]:
    """What the rules read there; `keys`: the words and kinds of tokens of the whole text."""
    found = []
    for rule in rules:
        if not any(map(keys.isdisjoint, rule.needs)):
            c = Spoken(tokens, at, text, when)
            value = rule.value(c)
            if value is not None and c.at > at:
                found.append(Said(value, c.end, rule.is_period, c.is_bare, rule.is_counted))
    return found


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
