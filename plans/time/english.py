"""An English time expression of a plan document -> windows, or a rule, or "cannot say" with the reason (영어 문서의 시기).

    times   := routine | span ((and | , | /) span)*
    span    := by point | from point [to point] | between point and point | point [to point | onwards]
    point   := [part of] (day | month | quarter | half | season | fiscal year | year)

Documents alone use it; what officers type in English is read elsewhere. Pure, and never guessed: where day and month
can be taken for each other, the document has to settle it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from plans.draft import Precision, Window
from plans.text.spelling import words_of
from plans.time.rules import Cursor, Token
from plans.time.timeline import NOT_A_TIME, CannotSay, Context, Reading, Remark, _TimeError, month_end
from plans.time.words import SIGNS

SHOWN: Final = 40  # characters of words that stand behind a time
LONGEST: Final = 200  # characters; a longer text is prose
_NAMES: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTHS: Final[dict[str, int]] = {
    **{name: at for at, name in enumerate(_NAMES, 1)},
    **{name[:3]: at for at, name in enumerate(_NAMES, 1)},
    "sept": 9,
}
SEASONS: Final[dict[str, int]] = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""Season -> its first month, in the north."""

_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_PARTS: Final = {"early": "early", "mid": "mid", "middle": "mid", "late": "late", "end": "end", "close": "end"} | dict.fromkeys(
    ("start", "beginning"), "early"
)  # fmt: skip
_VAGUE: Final = frozenset({"early", "mid", "late"})
_UNTIL: Final = ("by", "until", "till", "to", "due", "deadline")
_AT: Final = words_of("on in during at for approximately circa around target expected planned")
_TO: Final = ("to", "until", "till", "through", "thru", "tilde", "dash")
_ALWAYS: Final = ("ongoing", "continuous", "continuously", "continual", "continuing", "permanent", "rolling")
_EVERY: Final[dict[str, tuple[str, int]]] = {
    **dict.fromkeys(("daily",), ("DAILY", 1)),
    **dict.fromkeys(("weekly",), ("WEEKLY", 1)),
    **dict.fromkeys(("fortnightly",), ("WEEKLY", 2)),
    **dict.fromkeys(("monthly",), ("MONTHLY", 1)),
    **dict.fromkeys(("quarterly",), ("MONTHLY", 3)),
    **dict.fromkeys(("biannually", "biannual", "semiannually", "semiannual", "termly"), ("MONTHLY", 6)),
    **dict.fromkeys(("annually", "annual", "yearly"), ("YEARLY", 1)),
    **dict.fromkeys(("biennially", "biennial"), ("YEARLY", 2)),
}
_YEARLY: Final = ("YEARLY", 1)
_LED_BY: Final = ("in", "on", "by", "each", "every")
MOST_NAMED: Final = 3  # words of what comes each year
_UNITS: Final[dict[str, tuple[str, int]]] = {
    "day": ("DAILY", 1),
    "week": ("WEEKLY", 1),
    "fortnight": ("WEEKLY", 2),
    "month": ("MONTHLY", 1),
    "quarter": ("MONTHLY", 3),
    "year": ("YEARLY", 1),
    "annum": ("YEARLY", 1),
}
_COUNTS: Final = {"once": 1, "twice": 2, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_STOPS: Final = ("onwards", "onward", "ongoing", "present", "date", "continuing")
_CENTURY: Final = 2000
_YEARS: Final = range(1980, 2100)
_PIECE: Final = re.compile(
    r"(?P<num>\d+)(?P<nth>(?:st|nd|rd|th)(?![A-Za-z]))?|(?P<word>[A-Za-z]+)|(?P<space>\s+)|(?P<sign>.)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Usage:
    """What the document settles for all its times: whether 05/06 is the fifth of June, the month in which its fiscal
    year begins where it says so, and whether its year is a fiscal one."""

    is_day_first: bool | None = None
    fiscal_month: int | None = None
    is_fiscal: bool = False


@dataclass(frozen=True)
class _Point:
    """As written; None is "not written". `length` in months; `first` its first month, counted in the fiscal year where
    `is_fiscal`; `doubt` why nobody can say which it is; `maybe_year`: "June 26" may name the year as well as the day."""

    year: int | None = None
    first: int | None = None
    length: int = 12
    day: int | None = None
    is_fiscal: bool = False
    is_season: bool = False
    part: str | None = None
    doubt: str | None = None
    maybe_year: int | None = None


@dataclass(frozen=True)
class _Span:
    first: _Point | None
    last: _Point | None
    is_range: bool = False


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    for piece in _PIECE.finditer(text):
        kind, start = piece.lastgroup or "sign", piece.start()
        said = piece[0].lower()
        if piece["num"] is not None:
            value = int(piece["num"]) if len(piece["num"]) <= 4 else -1
            found.append(
                Token("num", piece["num"], start, piece.end(), "nth" if piece["nth"] else "num", value)
            )
        elif kind == "word":
            found.append(Token("word", piece[0], start, piece.end(), said, -1))
        elif kind == "sign":
            name = {"&": "and", ";": "comma"}.get(said, SIGNS.get(said, "other"))
            found.append(Token(name, said, start, piece.end(), name, -1))
    return tuple(found)


def read_english(text: str, context: Context, usage: Usage) -> Reading | CannotSay:
    """Reads the whole of `text` as a time; a remark in brackets may follow, other words may not."""
    found = read_prefix(text, context, usage)
    if isinstance(found, Reading) and found.has_tail:
        return CannotSay(
            {"why": "words-behind", "words": text[found.end :].strip()[:SHOWN]}, is_date_like=True
        )
    return found


def read_prefix(text: str, context: Context, usage: Usage) -> Reading | CannotSay:
    """Reads the longest time that `text` begins with; one that cannot be said has `trouble`."""
    if _is_after_condition(text):
        return Reading("dated", end=len(text), trouble=_AFTER_CONDITION)
    beginning = _beginning(text[:LONGEST], usage)
    if beginning is None:
        return NOT_A_TIME
    said, end, has_tail = beginning
    has_tail = has_tail or len(text) > LONGEST
    try:
        return replace(said(context, text[:end].strip()), end=end, has_tail=has_tail)
    except _TimeError as problem:
        return Reading("dated", end=end, has_tail=has_tail, trouble=problem.said)


@lru_cache(maxsize=16_384)
def _beginning(text: str, usage: Usage) -> tuple[_Said, int, bool] | None:
    """The rule that reads the longest time at its beginning, where that ends, whether words follow: a document's cells and
    lines are asked many times, whatever the context."""
    cursor = Cursor(list(_tokens(text)))
    said = cursor.attempt(lambda c: _routine(c, usage)) or cursor.attempt(lambda c: _spans(c, usage))
    if said is None:
        return None
    end = cursor.end
    cursor.attempt(_note)
    cursor.take("dot")
    return said, end, cursor.peek() is not None


_AFTER_CONDITION: Final = CannotSay({"why": "after-condition"}, is_date_like=True, code="after-condition")
_Said = Callable[[Context, str], Reading]
"""What a rule has read, once the context is known."""

_CONDITION: Final = re.compile(
    r"^(?:(?:within|no later than|not later than) )?\d{1,3}[ -]?(?:day|week|month|year)s?(?: (?:of|after|from|following)\b|$)"
    r"|^within \d{1,3} ?(?:day|week|month|year)s?\b",
    re.IGNORECASE,
)


def _is_after_condition(text: str) -> bool:
    """within 6 months of adoption."""
    return _CONDITION.match(text.strip()) is not None


def _note(c: Cursor) -> bool | None:
    """A remark in brackets at the end, read over."""
    if c.take("open") is None:
        return None
    while c.peek() is not None and c.take("close") is None:
        c.at += 1
    return True


def _routine(c: Cursor, usage: Usage) -> _Said | None:
    """ongoing · monthly · every two years · twice a year · annually in March."""
    if c.take(*_ALWAYS) is not None or c.attempt(_all_year):
        return lambda context, said: Reading("ongoing")
    rule = c.attempt(_each_time) or c.attempt(_every) or c.attempt(_quota)
    if rule is None:
        return None
    c.attempt(
        lambda c: (c.take("comma") or True) and c.take("from", "starting", "until", "by") and _span(c, usage)
    )
    return lambda context, said: Reading("recurring", rrule=rule or None)


def _all_year(c: Cursor) -> bool | None:
    """throughout the year · all year round · year-round."""
    if c.take("year") is not None:
        c.take("dash")
        return c.take("round") is not None or None
    if c.take("throughout", "all") is None:
        return None
    c.take("the")
    is_year = c.take("year", "plan", "period") is not None
    c.take("round", "long")
    return is_year or None


def _every(c: Cursor) -> str | None:
    """monthly · every quarter · each year in March · every two years · every June · at least annually · annual review
    in May."""
    c.attempt(lambda c: c.take("at") and c.take("least"))
    if (named := c.attempt(_named_yearly)) is not None:
        return named
    if c.sees("six", "half", "bi", "semi") and c.attempt(_half_yearly):
        return "FREQ=MONTHLY;INTERVAL=6"
    token = c.take(*_EVERY)
    if token is None and c.take("every", "each") is not None:
        if (month := c.take(*MONTHS)) is not None:
            return f"FREQ=YEARLY;BYMONTH={MONTHS[month.key]}"
        return _with_month(c, _each(c))
    return None if token is None else _with_month(c, _EVERY[token.key])


def _named_yearly(c: Cursor) -> str | None:
    """annual review in May: what comes each year, and in which month."""
    every = c.take(*_EVERY)
    if every is None or _EVERY[every.key] != _YEARLY:
        return None
    words = 0
    while (word := c.peek()) is not None and word.kind == "word" and word.key not in _LED_BY:
        c.at += 1
        words += 1
    rule = _with_month(c, _YEARLY)
    is_whole = rule != "FREQ=YEARLY" and not c.sees("num", "comma")
    return rule if 0 < words <= MOST_NAMED and is_whole else None


def _each_time(c: Cursor) -> str | None:
    """in May each year · by 31 March annually · 1 July of every year."""
    c.take("in", "by", "on", "during", "at")
    c.attempt(_part)
    point = c.attempt(lambda c: _day_month(c, Usage())) or c.attempt(lambda c: _month_day(c, Usage()))
    if point is None or point.year is not None:
        return None
    is_aside = c.take("open") is not None  # 31 August (annually)
    c.take("of", "comma")
    yearly = c.take(*_EVERY)
    each = _EVERY[yearly.key] if yearly is not None else None
    if each is None and c.take("every", "each") is not None:
        each = _each(c)
    if each != _YEARLY or (is_aside and c.take("close") is None):
        return None
    return f"FREQ=YEARLY;BYMONTH={point.first}" + (f";BYMONTHDAY={point.day}" if point.day else "")


def _half_yearly(c: Cursor) -> bool | None:
    """six-monthly · half-yearly · semi-annually; bi-monthly is two things."""
    which = c.take("six", "half", "bi", "semi")
    c.take("dash")
    wanted = {"six": ("monthly",), "half": ("yearly",)}.get(
        which.key if which else "", ("annually", "annual")
    )
    return c.take(*wanted) is not None or None


def _each(c: Cursor) -> tuple[str, int] | None:
    """two years · 6 months · other month · year."""
    other = c.take("other") is not None
    count = 2 if other else _count(c) or 1
    unit = c.peek()
    name = "" if unit is None else unit.key.removesuffix("s")
    if name not in _UNITS or not 1 <= count <= 12:
        return None
    c.at += 1
    frequency, interval = _UNITS[name]
    return frequency, interval * count


def _count(c: Cursor) -> int | None:
    if (word := c.take(*_COUNTS)) is not None:
        return _COUNTS[word.key]
    number = c.take("num")
    return None if number is None else number.number


def _with_month(c: Cursor, every: tuple[str, int] | None) -> str | None:
    if every is None:
        return None
    frequency, interval = every
    rule = f"FREQ={frequency}" + (f";INTERVAL={interval}" if interval > 1 else "")
    day = c.attempt(_day_of_year) if frequency == "YEARLY" else None
    if day is not None:
        return f"{rule};BYMONTH={day.first};BYMONTHDAY={day.day}"
    month = c.attempt(lambda c: c.take("in", "each", "every", "by") and c.take(*MONTHS))
    return f"{rule};BYMONTH={MONTHS[month.key]}" if month is not None and frequency == "YEARLY" else rule


def _day_of_year(c: Cursor) -> _Point | None:
    """on July 1 · by 31 March, without a year."""
    if c.take("on", "by") is None:
        return None
    point = c.attempt(lambda c: _day_month(c, Usage())) or c.attempt(lambda c: _month_day(c, Usage()))
    return point if point is not None and point.day is not None and point.year is None else None


def _quota(c: Cursor) -> str | None:
    """once a year · twice a year · three times per year ("" for a count without a rule)."""
    count = _count(c)
    c.take("times", "time")
    if count is None or (
        c.take("a", "per", "each", "every", "an") is None and not c.sees("yearly", "annually")
    ):
        return None
    token = c.peek()
    name = {"yearly": "year", "annually": "year"}.get(token.key, token.key) if token else ""
    if name not in _UNITS:
        return None
    c.at += 1
    frequency, interval = _UNITS[name]
    if (name, count) == ("year", 2):
        return "FREQ=MONTHLY;INTERVAL=6"
    if (name, count) == ("year", 4):
        return "FREQ=MONTHLY;INTERVAL=3"
    return "" if count > 1 else f"FREQ={frequency}" + (f";INTERVAL={interval}" if interval > 1 else "")


def _spans(c: Cursor, usage: Usage) -> _Said | None:
    first = c.attempt(lambda c: _span(c, usage))
    if first is None:
        return None
    spans = [first]
    while (more := c.attempt(lambda c: _next(c, usage))) is not None:
        spans.append(more)
    spans = _shared_year(spans)
    return lambda context, said: _dated(spans, context, usage, said)


def _next(c: Cursor, usage: Usage) -> _Span | None:
    is_sign = c.take("comma", "slash", "and", "semicolon") is not None
    c.take("and")
    return c.attempt(lambda c: _span(c, usage)) if is_sign else None


def _shared_year(spans: Sequence[_Span]) -> list[_Span]:
    """March and September 2026: the last one's year is all of theirs."""
    last = spans[-1].last or spans[-1].first
    year = None if last is None else last.year
    if len(spans) == 1 or year is None or any(_year(one) is not None for one in spans[:-1]):
        return list(spans)
    given = [
        replace(
            one,
            first=one.first and replace(one.first, year=year),
            last=one.last and replace(one.last, year=year),
        )
        for one in spans[:-1]
    ]
    return [*given, spans[-1]]


def _year(one: _Span) -> int | None:
    point = one.first or one.last
    return None if point is None else point.year


def _span(c: Cursor, usage: Usage) -> _Span | None:
    """by X · no later than X · from X to Y · between X and Y · X to Y · X onwards · X."""
    c.take("completed", "complete", "delivered", "launched", "published")
    while c.take(*_AT, "the") is not None:
        pass
    if c.take("between") is not None:
        return _between(c, usage)
    if c.take("from", "since", "starting", "beginning", "commencing") is not None:
        c.take("in", "from")
        return _since(c, usage)
    if c.take("before") is not None:
        point = _point(c, usage)
        return None if point is None else _Span(None, replace(point, part="before"), True)
    if c.attempt(_by):
        point = _point(c, usage)
        return None if point is None else _Span(None, point, True)
    if (days := c.attempt(lambda c: _days_of_month(c, usage))) is not None:
        return days
    first = _point(c, usage)
    if first is None:
        return None
    if first.part == "end" and first.length == 12:
        return c.attempt(lambda c: _range(first, c, usage)) or _Span(None, first, True)
    return c.attempt(lambda c: _range(first, c, usage)) or _Span(first, first)


def _since(c: Cursor, usage: Usage) -> _Span | None:
    first = _point(c, usage)
    if first is None:
        return None
    return c.attempt(lambda c: _range(first, c, usage)) or _Span(first, None, True)


def _days_of_month(c: Cursor, usage: Usage) -> _Span | None:
    """12-16 October 2026."""
    day = c.take("num", "nth")
    if day is None or not 1 <= day.number <= 31 or c.take("dash", "tilde", "to", "and") is None:
        return None
    last = _day_month(c, usage)
    return None if last is None else _Span(replace(last, day=day.number), last, True)


def _by(c: Cursor) -> bool | None:
    """by · no later than · on or before · up to."""
    c.take("completed", "complete", "delivery", "completion")
    if c.attempt(lambda c: c.take("no", "not") and c.take("later") and c.take("than")):
        return True
    if c.attempt(lambda c: c.take("on") and c.take("or") and c.take("before")):
        return True
    if c.attempt(lambda c: c.take("up") and c.take("to")):
        return True
    taken = c.take(*_UNTIL)
    c.take("by", "on", "colon", "in")
    return True if taken is not None else None


def _between(c: Cursor, usage: Usage) -> _Span | None:
    first = _point(c, usage)
    if first is None or c.take("and", "to", "dash") is None:
        return None
    last = _point(c, usage)
    return None if last is None else _Span(first, last, True)


def _range(first: _Point, c: Cursor, usage: Usage) -> _Span | None:
    """What follows the start of a range: to Y · – Y · onwards · and ongoing."""
    if c.take("onwards", "onward") is not None:
        return _Span(first, None, True)
    sign = c.take(*_TO)
    if sign is None and (last := c.attempt(lambda c: _next_month(first, c, usage))) is not None:
        return _Span(first, last, True)
    if sign is None:
        return _Span(first, None, True) if c.take("and") and c.take("onwards", "beyond", "ongoing") else None
    c.take("the", "by")
    if c.take(*_STOPS) is not None:
        return _Span(first, None, True)
    last = _point(c, usage) or (_lone_day(c) if first.day is not None else None)
    return None if last is None else _Span(first, last, True)


def _next_month(first: _Point, c: Cursor, usage: Usage) -> _Point | None:
    """The May of "April/May 2027", which is one time; other months with a stroke between are two."""
    last = _point(c, usage) if c.take("slash") is not None else None
    is_month = (
        last is not None and last.length == first.length == 1 and last.day is None and first.day is None
    )
    is_next = is_month and last is not None and (last.first or 0) == (first.first or 0) % 12 + 1
    return last if is_next and first.year is None else None


def _lone_day(c: Cursor) -> _Point | None:
    """The 16 of "October 12-16, 2026"; the year may follow."""
    token = c.take("num", "nth")
    if token is None or not 1 <= token.number <= 31:
        return None
    return _Point(day=token.number, year=_comma_year(c), part="lone")


def _point(c: Cursor, usage: Usage) -> _Point | None:
    part = c.attempt(_part)
    c.take("the")
    for rule in _POINTS:
        found = _tried(rule, c, usage)
        if found is not None:
            return replace(found, part=part) if part else found
    return None


def _tried(rule: _Rule, c: Cursor, usage: Usage) -> _Point | None:
    return c.attempt(lambda cursor: rule(cursor, usage))


def _part(c: Cursor) -> str | None:
    """early · mid- · the end of · beginning of."""
    c.take("the", "very")
    token = c.take(*_PARTS)
    if token is None:
        return None
    c.take("dash")
    c.take("of", "in")
    return _PARTS[token.key]


def _iso(c: Cursor, usage: Usage) -> _Point | None:
    """2026-09-30 · 2026/09/30 · 2026. 9. 30. as sheets give it."""
    year = c.take("num")
    if year is None or year.number not in _YEARS or c.take("dash", "slash", "dot") is None:
        return None
    month = c.take("num")
    if month is None or not 1 <= month.number <= 12 or c.take("dash", "slash", "dot") is None:
        return None
    day = c.take("num")
    if day is None or not 1 <= day.number <= 31:
        return None
    c.take("dot")
    return _Point(year.number, month.number, 1, day.number)


def _numeric(c: Cursor, usage: Usage) -> _Point | None:
    """30/06/2026 · 30.06.2026 · 06/2026; where nobody knows which is the day it says so."""
    first = c.take("num")
    sign = c.take("slash", "dot", "dash")
    if first is None or sign is None or not 1 <= first.number <= 31:
        return None
    second = c.take("num")
    if second is None:
        return None
    if second.number in _YEARS and sign.kind == "slash":
        return _Point(second.number, first.number, 1) if first.number <= 12 else None
    third = c.take("num") if c.take(sign.kind) is not None else None
    if third is None or not 1 <= second.number <= 31 or (third.number not in _YEARS and len(third.text) != 2):
        return None
    year = third.number if third.number in _YEARS else _CENTURY + third.number
    is_day_first = True if sign.kind == "dot" else _is_day_first(first.number, second.number, usage)
    if is_day_first is None:
        return _Point(year, 1, 1, first.number, doubt="day-or-month")
    day, month = (first.number, second.number) if is_day_first else (second.number, first.number)
    return _Point(year, month, 1, day) if month <= 12 else None


def _is_day_first(first: int, second: int, usage: Usage) -> bool | None:
    if first > 12 or first == second:
        return True
    return False if second > 12 else usage.is_day_first


def _day_month(c: Cursor, usage: Usage) -> _Point | None:
    """15 March 2026 · 1st of April · 3-Mar-26."""
    day = c.take("num", "nth")
    c.take("of", "dash")
    month = c.take(*MONTHS)
    if day is None or month is None or not 1 <= day.number <= 31:
        return None
    c.take("dot")
    return _Point(_comma_year(c, is_short=True), MONTHS[month.key], 1, day.number)


def _month_day(c: Cursor, usage: Usage) -> _Point | None:
    """January 31, 2026 · June 2026 · Jun-26 · June '26 · June."""
    if (weekday := c.peek()) is not None and weekday.key in _WEEKDAYS:
        c.at += 1
        c.take("comma", "dot")
        return _day_month(c, usage) if c.sees("num", "nth") else _month_day(c, usage)
    month = c.take(*MONTHS)
    if month is None:
        return None
    point = _Point(None, MONTHS[month.key], 1)
    c.take("dot")
    if c.sees("dash") and c.attempt(_short_year) is not None:
        token = c.tokens[c.at - 1]
        return replace(point, year=_CENTURY + token.number)
    day = c.attempt(_day_behind)
    if day is not None:
        year = _comma_year(c)
        is_sure = year is not None or c.tokens[c.at - 1].key == "nth"
        return replace(point, day=day, year=year, maybe_year=None if is_sure else _CENTURY + day)
    c.take("of")
    year = _comma_year(c)
    return replace(point, year=year) if year is not None or month.text[:1].isupper() else None


_WEEKDAYS: Final = words_of(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
)


def _short_year(c: Cursor) -> bool | None:
    """-26: what spreadsheets write behind a month, no day."""
    sign, token = c.take("dash"), c.take("num")
    is_near = sign is not None and token is not None and token.start == sign.end
    return True if is_near and token is not None and len(token.text) == 2 and not c.sees(*MONTHS) else None


def _day_behind(c: Cursor) -> int | None:
    """The 31 of "January 31, 2026"."""
    token = c.take("num", "nth")
    return token.number if token is not None and 1 <= token.number <= 31 else None


def _comma_year(c: Cursor, is_short: bool = False) -> int | None:
    """, 2026 · 2026 · '26 · -26 behind a day with its month."""
    return c.attempt(lambda c: _year_behind(c, is_short))


def _year_behind(c: Cursor, is_short: bool) -> int | None:
    c.take("comma")
    quoted = c.take("apos") is not None
    dashed = is_short and c.take("dash") is not None
    token = c.take("num")
    if token is None or (dashed and token.start > c.tokens[c.at - 2].end):
        return None
    if (quoted or dashed) and len(token.text) == 2:
        return _CENTURY + token.number
    return token.number if token.number in _YEARS else None


def _quarter(c: Cursor, usage: Usage) -> _Point | None:
    """Q3 2026 · 2026 Q3 · third quarter of 2026 · quarter 3 2026/27 · Q3."""
    before = c.attempt(lambda c: _any_year(c, usage))
    nth = c.take("q", "qtr", "quarter")
    if nth is not None:
        c.take("dot")
        token = c.take("num")
        value = None if token is None else token.number
    else:
        value = c.attempt(_nth)
        c.take("dash")
        if value is None or c.take("quarter", "qtr") is None:
            return None
    if value is None or not 1 <= value <= 4:
        return None
    year = before or c.attempt(lambda c: _year_after(c, usage)) or _Point()
    return replace(year, first=3 * value - 2, length=3)


def _nth(c: Cursor) -> int | None:
    if (word := c.take(*_ORDINALS)) is not None:
        return _ORDINALS[word.key]
    token = c.take("nth")
    return None if token is None else token.number


def _half(c: Cursor, usage: Usage) -> _Point | None:
    """H1 2026 · first half of 2026 · 1st half of 2026/27."""
    token = c.take("h")
    number = c.take("num") if token is not None else None
    value = number.number if number is not None else c.attempt(_nth)
    c.take("dash")
    if value not in (1, 2) or (token is None and c.take("half") is None):
        return None
    year = c.attempt(lambda c: _year_after(c, usage)) or _Point()
    return replace(year, first=6 * value - 5, length=6)


def _year_after(c: Cursor, usage: Usage) -> _Point | None:
    c.take("of", "comma", "dash", "in")
    c.take("the")
    return _any_year(c, usage)


def _any_year(c: Cursor, usage: Usage) -> _Point | None:
    return c.attempt(lambda c: _fiscal(c, usage)) or c.attempt(lambda c: _plain_year(c, usage))


def _season(c: Cursor, usage: Usage) -> _Point | None:
    """Autumn 2026 · winter 2026/27 · summer of 2027."""
    season = c.take(*SEASONS)
    if season is None:
        return None
    c.take("of", "term", "comma")
    year = c.attempt(lambda c: _any_year(c, usage)) or _Point()
    if season.key == "fall" and year.year is None:
        return None
    point = _Point(year.year, SEASONS[season.key], 3, is_season=True)
    is_unsure = season.key == "winter" and not year.is_fiscal
    return replace(point, doubt="which-winter") if is_unsure else point


def _fiscal(c: Cursor, usage: Usage) -> _Point | None:
    """FY2025/26 · FY26 · 2025/26 · 2025-26 · financial year 2026/27."""
    is_named = c.take("fy") is not None or c.attempt(_fiscal_words) is not None
    c.take("apos")
    token = c.take("num")
    if token is None or not (token.number in _YEARS or (is_named and len(token.text) == 2)):
        return None
    year = token.number if token.number in _YEARS else _CENTURY + token.number
    if c.attempt(lambda c: _second_half(c, year, is_named)):
        return _Point(year, is_fiscal=True)
    if not is_named:
        return None
    if usage.fiscal_month is None:
        return _Point(year, is_fiscal=True, doubt="which-fiscal-year")
    return _Point(year - int(usage.fiscal_month > 1), is_fiscal=True)


def _fiscal_words(c: Cursor) -> bool | None:
    return True if c.take("financial", "fiscal", "municipal") and c.take("year", "years") else None


def _second_half(c: Cursor, year: int, is_named: bool) -> bool | None:
    """/26 · -26 · /2026 behind the year before it."""
    sign, token = c.take("slash", "dash"), c.take("num")
    if sign is None or token is None or token.start != sign.end:
        return None
    is_whole = token.number == year + 1 and (sign.kind == "slash" or is_named)
    return True if is_whole or (len(token.text) == 2 and token.number == (year + 1) % 100) else None


def _plain_year(c: Cursor, usage: Usage) -> _Point | None:
    if c.take("calendar") is None and c.take("year") is not None:
        return _year_end(c)
    c.take("year")
    token = c.take("num")
    return _Point(token.number, 1) if token is not None and token.number in _YEARS else None


def _year_end(c: Cursor) -> _Point | None:
    """year end · year-end 2026."""
    c.take("dash")
    return _Point(_comma_year(c), 1) if c.take("end") is not None else None


_Rule = Callable[[Cursor, Usage], _Point | None]
_POINTS: Final[tuple[_Rule, ...]] = (
    _iso, _numeric, _day_month, _month_day, _quarter, _half, _season, _fiscal, _plain_year,
)  # fmt: skip


def _dated(spans: Sequence[_Span], context: Context, usage: Usage, said: str) -> Reading:
    windows: list[Window] = []
    seasons: list[Window] = []
    for one in spans:
        window = _window(one, context, usage)
        windows.append(window)
        seasons += [window] if any(p is not None and p.is_season for p in (one.first, one.last)) else []
    remarks = tuple(Remark("season-read", {"written": said, "days": _days(window)}) for window in seasons)
    is_open = any(window.due is None for window in windows)
    is_written = _year(spans[0]) is not None
    return Reading(
        "open" if is_open else "dated", tuple(windows), remarks=remarks, is_year_written=is_written
    )


def _days(window: Window) -> list[str]:
    return [day.isoformat() for day in (window.start, window.due) if day is not None]


def _window(one: _Span, context: Context, usage: Usage) -> Window:
    first, last = one.first, one.last
    if first is not None and last is not None and one.is_range:
        first, last = _completed(first, last)
    start = None if first is None else _bounds(first, context, usage)[0]
    if last is not None and last.part == "before":
        due: date | None = _bounds(replace(last, part=None), context, usage)[0] - timedelta(days=1)
    else:
        due = None if last is None else _bounds(last, context, usage)[1]
    if start is not None and due is not None and start > due:
        raise _TimeError("reversed", "reversed-span")
    point = last if first is None else first
    is_range = one.is_range and first is not None and last is not None
    return Window(start=start, due=due, precision="range" if is_range or point is None else _precision(point))


def _completed(first: _Point, last: _Point) -> tuple[_Point, _Point]:
    """June–September 2026, 12–16 October: each end takes from the other what it leaves out."""
    if last.part == "lone":
        last = replace(first, day=last.day, year=last.year or first.year)
    if first.year is None and last.year is not None:
        is_before = (first.first or 1) <= (last.first or 1)
        first = replace(first, year=last.year if is_before else last.year - 1, is_fiscal=last.is_fiscal)
    elif last.year is None and first.year is not None:
        is_behind = (last.first or 1) >= (first.first or 1)
        last = replace(last, year=first.year if is_behind else first.year + 1, is_fiscal=first.is_fiscal)
    return first, last


def _precision(point: _Point) -> Precision:
    if point.day is not None:
        return "day"
    names: dict[int, Precision] = {1: "month", 3: "quarter", 6: "half", 12: "year"}
    return "range" if point.is_season else names[point.length]


def _bounds(point: _Point, context: Context, usage: Usage) -> tuple[date, date]:
    """First and last day. Raises: _TimeError."""
    if point.doubt is not None:
        raise _TimeError(point.doubt)
    if point.part in _VAGUE and (point.length == 12 or point.is_season):
        raise _TimeError("vague-time")
    year, month = _begin(point, context, usage)
    if point.day is not None:
        if point.day > month_end(year, month).day:
            raise _TimeError("no-such-day", "impossible-day", year=year, month=month, day=point.day)
        day = date(year, month, point.day)
        return day, day
    last = month + point.length - 1
    return date(year, month, 1), month_end(year + (last - 1) // 12, (last - 1) % 12 + 1)


def _begin(point: _Point, context: Context, usage: Usage) -> tuple[int, int]:
    """The year and the month in which a point begins."""
    month = point.first or 1
    year = point.year
    if point.is_fiscal:
        month += (usage.fiscal_month or APRIL) - 1
        assert year is not None
        return year + (month - 1) // 12, (month - 1) % 12 + 1
    return (year if year is not None else _year_of(point, context, usage)), month


NEAR: Final = 2  # years from the plan's on, of which two figures behind a month may be one
APRIL: Final = 4
"""The month in which a fiscal year of two numbers (2025/26) begins, unless the document says another."""


def _year_of(point: _Point, context: Context, usage: Usage) -> int:
    """The year that is not written: of the entry before, else of the context; a month that falls back is nobody's."""
    month = point.first or 1
    if context.doubt is not None or (context.year is None and context.before is None):
        raise _TimeError(context.doubt or "unknown-year", "year-unknown")
    day = None if context.before is None else context.before.start or context.before.due
    if day is not None:
        if month < day.month:
            raise _TimeError("falls-back", "year-unknown")
        return day.year
    assert context.year is not None
    if point.maybe_year is not None and 0 <= point.maybe_year - context.year <= NEAR:
        raise _TimeError("day-or-year")
    return context.year + int(usage.is_fiscal and month < (usage.fiscal_month or APRIL))
