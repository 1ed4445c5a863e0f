"""Korean numerals and lengths of time: 두, 이십일, 열흘, 보름, 석 달 -> numbers."""

from __future__ import annotations

import re
from typing import Final

from bot.speech.days import Shift

NATIVE: Final = {
    "한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "석": 3, "네": 4, "넷": 4, "넉": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
TENS: Final = {"열": 10, "스무": 20, "스물": 20, "서른": 30}
DIGITS: Final = {word: number for number, word in enumerate("영일이삼사오육칠팔구")} | {"유": 6}
DAY_WORDS: Final = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9,
    "열흘": 10, "열하루": 11, "열이틀": 12, "열사흘": 13, "열나흘": 14, "보름": 15, "스무날": 20,
}  # fmt: skip
ENGLISH: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip

_ONES = "|".join(sorted(NATIVE, key=len, reverse=True))
_NATIVE = f"(?:{'|'.join(TENS)})(?:{_ONES})|{_ONES}|{'|'.join(TENS)}"
SINO: Final = r"(?:[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구])"
_LARGE_SINO = r"[이삼사오육칠팔구]?십[일이삼사오육칠팔구]??"
MOST_DAYS: Final = 365
WORKING: Final = ("영업일", "근무일", "워킹데이")
_WORKING_DAY = r"(?:영업|근무)일(?!\s*(?:기준|로))|워킹\s*데이"
LENGTH: Final = (
    rf"(?:(?P<n>(?:\d{{1,3}}(?=(?:{_WORKING_DAY}|[주일달년]|개월))|\d{{1,2}}(?=\s+(?:{_WORKING_DAY}|[주일달년]|개월)))|(?:{_NATIVE})(?=\s*(?:주|달))"
    rf"|{SINO}(?=\s*(?:{_WORKING_DAY}|주일|주간|주\s*(?:뒤|후|연|미|늦|더|만)|개월|년))|[이삼사오육칠팔구](?=\s*일\s*(?:뒤|후))|[삼사오육](?=\s*주(?:$|\s|까지))|{_LARGE_SINO}(?=\s*일))"
    rf"\s*(?P<unit>{_WORKING_DAY}|주일|주간|주|개월|달|일(?!요일|욜)|년)"
    rf"|(?P<word>{'|'.join(sorted(DAY_WORDS, key=len, reverse=True))})|(?P<half>반\s*(?:년|달)))"
)
"""A length with its groups n, unit or word or half."""


def value(word: str) -> int:
    """The number of digits or a numeral: 12, 두, 열두, 이십일. Raises KeyError for none."""
    if word.isdigit():
        return int(word)
    if word in NATIVE:
        return NATIVE[word]
    for tens, number in TENS.items():
        if word.startswith(tens):
            rest = word.removeprefix(tens)
            return number + (NATIVE[rest] if rest else 0)
    return _sino(word)


def _sino(word: str) -> int:
    if word in {"시"}:
        return 10
    tens, ten, ones = word.rpartition("십")
    if not ten:
        return DIGITS[word]
    return 10 * (DIGITS[tens] if tens else 1) + (DIGITS[ones] if ones else 0)


def is_working(found: re.Match[str]) -> bool:
    """The length is counted in working days."""
    return (found["unit"] or "").replace(" ", "") in WORKING


def length(found: re.Match[str]) -> Shift:
    """The length of a match of LENGTH; working days count as days."""
    if found["half"]:
        return Shift(months=6) if found["half"].endswith("년") else Shift(days=15)
    if found["word"]:
        return Shift(days=DAY_WORDS[found["word"]])
    number, unit = value(found["n"]), found["unit"]
    if unit in {"개월", "달"}:
        return Shift(months=number)
    if unit == "년":
        return Shift(months=12 * number)
    return Shift(days=7 * number if unit.startswith("주") else number)
