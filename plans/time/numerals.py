"""Numbers and lengths of time as they are said: 두, 이십일, 열흘, 보름, 석 달, two weeks, 3영업일 (기간)."""

from __future__ import annotations

from typing import Final, NamedTuple

from plans.time.cursor import Cursor, number
from plans.time.days import Shift

_ONES: Final = {
    "한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9
}  # fmt: skip
_TENS: Final = {"열": 10, "스물": 20, "스무": 20, "서른": 30}
NATIVE: Final = {
    **_ONES,
    **_TENS,
    **{ten + one: tens + ones for ten, tens in _TENS.items() for one, ones in _ONES.items()},
}
_DIGITS: Final = "일이삼사오육칠팔구"
SINO: Final = {
    (_DIGITS[tens - 1] if tens > 1 else "") + ("십" if tens else "") + (_DIGITS[ones - 1] if ones else ""): 10
    * tens
    + ones
    for tens in range(10)
    for ones in range(10)
    if tens or ones
}
DAY_WORDS: Final = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10,
    "열하루": 11, "열이틀": 12, "열사흘": 13, "열나흘": 14, "보름": 15, "스무날": 20, "반달": 15
}  # fmt: skip
ENGLISH: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10
}  # fmt: skip
UNITS: Final = {
    "일": (1, 0), "주": (7, 0), "주일": (7, 0), "주간": (7, 0), "달": (0, 1), "개월": (0, 1), "년": (0, 12),
    "영업일": (1, 0), "근무일": (1, 0), "워킹데이": (1, 0), "d": (1, 0), "day": (1, 0), "days": (1, 0), "w": (7, 0),
    "wk": (7, 0), "wks": (7, 0), "week": (7, 0), "weeks": (7, 0), "m": (0, 1), "mth": (0, 1), "mths": (0, 1),
    "month": (0, 1), "months": (0, 1), "yr": (0, 12), "year": (0, 12), "years": (0, 12)
}  # fmt: skip
"""Unit -> its days and months."""
WORKING: Final = ("영업일", "근무일", "워킹데이", "business", "working")
MORE: Final = ("more", "extra", "additional", "another")
MOST_DAYS: Final = 365


class Length(NamedTuple):
    """A length as said. `is_day`: “10일”, which names a day of the month as well; `is_working`: in working days."""

    shift: Shift
    is_day: bool = False
    is_working: bool = False


def spelt(cursor: Cursor) -> int | None:
    """두 · 열두 · 이십 · two; digits are no word."""
    token = cursor.peek()
    for table in (NATIVE, SINO, ENGLISH):
        if token is not None and token.kind == "word" and token.text in table:
            cursor.at += 1
            return table[token.text]
    return None


def sino(cursor: Cursor, low: int, high: int) -> int | None:
    """A number in digits or as 십이; of “십일” before no 일 the last syllable is the unit, which is left."""
    digits = cursor.attempt(lambda c: number(c, low, high))
    token = cursor.take(*SINO) if digits is None else None
    if token is not None and low <= SINO[token.text] <= high:
        return SINO[token.text]
    return digits


def length(cursor: Cursor) -> Length | None:
    """2주 · 두 달 · 열흘 · 반년 · 3영업일 · 2 more weeks · 3 business days."""
    word = cursor.take(*DAY_WORDS, "반년")
    if word is not None:
        days = DAY_WORDS.get(word.text, 0)
        return Length(Shift(days=days) if days else Shift(months=6))
    if cursor.sees("반") and cursor.sees("년", "달", ahead=1):
        cursor.at += 2
        return Length(Shift(days=15) if cursor.tokens[cursor.at - 1].text == "달" else Shift(months=6))
    cursor.take(*MORE)
    token = cursor.peek()
    count = cursor.attempt(lambda c: number(c, 0, 999))
    is_written = count is not None
    count = cursor.attempt(spelt) if count is None else count
    if token is None or count is None:
        return None
    if (
        not is_written
        and token.text in SINO
        and token.text.endswith("일")
        and count > 10
        and not _unit(cursor)
    ):
        return Length(Shift(days=count - 1), is_day=True)  # 이십일: twenty days
    is_odd = not is_written and (token.text in NATIVE) != cursor.sees("달", "주", "주일", "해")
    cursor.take("dash") if cursor.sees("day", "week", "month", ahead=1) else None
    cursor.take(*MORE)
    working = cursor.take("business", "working") is not None
    unit = cursor.peek()
    if unit is None or not _unit(cursor) or (is_odd and token.text in NATIVE):
        return None
    if not is_written and unit.text == "일" and token.text == "일":
        return None
    cursor.at += 1
    is_moving = (
        token.text == "이"
        and unit.text == "주"
        and not cursor.sees("뒤", "후", "연기", "연장", "미뤄", "만", "더")
    )
    if is_moving or (unit.text == "일" and cursor.sees("요일", "욜")):
        return None
    days, months = UNITS[unit.text]
    is_working = working or unit.text in WORKING
    shift = Shift(days=days * count, months=months * count)
    return Length(shift, is_day=unit.text == "일" and count <= 31, is_working=is_working)


def _unit(cursor: Cursor) -> bool:
    """A unit of time stands there, right behind its number where it is one letter."""
    token, before = cursor.peek(), cursor.peek(-1)
    if token is None or before is None or token.kind != "word" or token.text not in UNITS:
        return False
    return len(token.text) > 1 or token.text not in "dwm" or before.end == token.start
