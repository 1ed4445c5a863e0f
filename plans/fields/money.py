"""Amounts of money as plans write them: 12.3백만원, 3억 5천만원, 1,500천원 -> won (예산)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from plans.draft import BudgetDraft
from plans.text.characters import MOST_DIGITS
from plans.text.spelling import squeeze

UNITS: Final[dict[str, int]] = {
    "조": 10**12,
    "천억": 10**11,
    "백억": 10**10,
    "십억": 10**9,
    "억": 10**8,
    "천만": 10**7,
    "백만": 10**6,
    "십만": 10**5,
    "만": 10**4,
    "천": 10**3,
    "원": 1,
}
_UNIT: Final = "|".join(UNITS)
_NUMBER: Final = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,6})?|\d{1,20}(?:\.\d{1,6})?"
_AMOUNT: Final = re.compile(
    rf"(?:(?:{_NUMBER})\s?(?:{_UNIT})(?![가-힣](?<!원))\s?)+원?|(?:{_NUMBER})\s?(?:천|백만|억|만)?\s?원"
)
_PART: Final = re.compile(rf"({_NUMBER})\s?({_UNIT})")
_YEAR: Final = re.compile(r"['’‘`´]?\s?(\d{4}|\d{2})\s?(?:년도?|\.)?\s?\)?\s*[:：]?\s*$")
_SOURCE: Final = re.compile(
    r"(국비|도비|시비|군비|구비|시군비|자담|자부담|기금|특교세?|교부세|민자|민간)\s*[:：]?\s*$"
)
_ENGLISH: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "": 1}
_ENGLISH_UNIT: Final = "thousand|million|billion"
_ENGLISH_AMOUNT: Final = re.compile(
    rf"(?i)(?:\bKRW|₩)\s?(?P<behind>{_NUMBER})(?:\s(?P<unit>{_ENGLISH_UNIT})\b)?"
    rf"|(?P<before>{_NUMBER})\s?(?:(?P<named>{_ENGLISH_UNIT})\s)?won\b"
)
_LABEL_UNIT: Final = re.compile(r"(천원|백만원|억원|만원|원)")


@dataclass(frozen=True)
class Amount:
    """One amount found in a text: won, where it stands, how deep in brackets, and the year written before it."""

    krw: int
    start: int
    end: int
    depth: int
    year: int | None
    source: str | None
    step: int


def find_amounts(text: str) -> list[Amount]:
    """All amounts with a unit, in order; what is no sum of money by its size is none."""
    found: list[Amount] = []
    for match in _AMOUNT.finditer(text):
        before = text[found[-1].end if found else 0 : match.start()]
        depth = text.count("(", 0, match.start()) - text.count(")", 0, match.start())
        source = _SOURCE.search(before)
        krw, step = _won(match[0])
        if krw < 10**MOST_DIGITS:
            year = _year(before)
            found.append(Amount(krw, match.start(), match.end(), depth, year, source and source[1], step))
    return found


def _won(text: str) -> tuple[int, int]:
    """The value in won, and the value of one in its last written digit (for rounding)."""
    total, step = Decimal(0), 1
    parts = _PART.findall(text.replace(",", "")) or [(re.sub(r"[^\d.]", "", text), "원")]
    for number, unit in parts:
        total += Decimal(number) * UNITS[unit]
        digits = len(number.partition(".")[2])
        step = max(1, UNITS[unit] // 10**digits)
    return int(total), step


def _year(before: str) -> int | None:
    found = _YEAR.search(before)
    if found is None or not re.search(r"년|['’‘`´(]|\d{4}", found[0]):
        return None
    value = int(found[1]) + (2000 if len(found[1]) == 2 else 0)
    return value if 1990 <= value <= 2099 else None


def read_budgets(text: str, label: str = "") -> list[BudgetDraft]:
    """소요예산 as written -> won by year; [] for 비예산. `label` may hold the unit (사업비(백만원))."""
    if "비예산" in squeeze(text):
        return []
    amounts = find_amounts(text) or find_amounts(_with_unit(text, label))
    dated = [BudgetDraft(year=a.year, krw=a.krw) for a in amounts if a.year is not None]
    total = _undated(amounts, bool(dated))
    return ([] if total is None else [BudgetDraft(year=None, krw=total)]) + dated


def in_won(text: str) -> str:
    """The text with amounts that are typed in English as plans write them: KRW 120 million, 120,000,000 won."""
    return _ENGLISH_AMOUNT.sub(_as_written, text)


def _as_written(found: re.Match[str]) -> str:
    number = (found["behind"] or found["before"]).replace(",", "")
    unit = _ENGLISH[(found["unit"] or found["named"] or "").lower()]
    return f"{int(Decimal(number) * unit)}원"


def _undated(amounts: list[Amount], has_years: bool) -> int | None:
    """The amount without a year: the first outside brackets, or the sum where only sources are listed."""
    outer = [a for a in amounts if a.year is None and a.depth <= 0]
    if not outer or (has_years and outer[0].start > amounts[0].start):
        return None
    if len(outer) > 1 and all(a.source for a in outer):
        return sum(a.krw for a in outer)
    return outer[0].krw


def _with_unit(text: str, label: str) -> str:
    unit = _LABEL_UNIT.search(label)
    return "" if unit is None else re.sub(rf"({_NUMBER})", rf"\g<1>{unit[1]}", text, count=1)
