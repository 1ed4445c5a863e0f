"""Amounts of one task that do not agree: by source, and between its card and its text (예산 검산)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from plans.document import Document, Placed
from plans.draft import Finding, finding
from plans.facts import figure, named
from plans.fields.money import UNITS, Amount, find_amounts
from plans.structure.sections import title_of
from plans.text.lines import Line, parent_of
from plans.text.spelling import squeeze

_SPLIT: Final = re.compile(
    r"(?<![\d,.])(?P<total>\d[\d,]{0,20}(?:\.\d{1,6})?)\s?(?P<unit>천|백만|억|만)\s?원?\s?\((?P<parts>[^()]*)\)"
)
_PART: Final = re.compile(
    r"(?:^|[\s,+/])\s*(?:['’]?\d{2,4}년|[가-힣][가-힣·ㆍ․]{0,11})\s?[:]?\s?"
    r"(?P<value>\d[\d,]{0,20}(?:\.\d{1,6})?)\s?(?P<unit>천|백만|억|만)?\s?원?(?=$|[\s,+/)])"
)
_YEAR: Final = re.compile(r"['’]?\d{2,4}년")
_NUMBER: Final = re.compile(r"\d[\d,.]*\d|\d")
_LABEL: Final = re.compile(r"^(총\s?)?(사\s*업\s*비|소요\s?예산|총\s?예산)\s*[:：]\s*(?P<value>.+)$")
_HEADER_AMOUNT: Final = re.compile(r"\(\s*(?:총\s*)?(\d[\d,.]*\s?(?:천|백만|억)원)\s*\)")


def source_sums(document: Document) -> list[Finding]:
    """10백만원(도비 7, 시비 2) does not add up."""
    return [found for line in document.lines for found in _in_line(line)]


def _in_line(line: Line) -> Iterator[Finding]:
    for found in _SPLIT.finditer(line.text):
        parts = [(Decimal(p["value"].replace(",", "")), p["unit"]) for p in _PART.finditer(found["parts"])]
        written = len(_NUMBER.findall(_YEAR.sub("", found["parts"])))
        if len(parts) < 2 or "%" in found["parts"] or len(parts) < written:
            continue
        stated = Decimal(found["total"].replace(",", ""))
        own = UNITS[found["unit"]]
        total = sum((value * UNITS[unit] / own if unit else value for value, unit in parts), Decimal(0))
        if total != stated and Decimal("0.5") <= total / stated <= Decimal("1.5"):
            yield finding(
                line.no, "sum-mismatch.sources", written=found[0], added=figure(total), unit=found["unit"]
            )


def task_amounts(document: Document) -> list[Finding]:
    """The card's budget against the 사업비 of the text; sub-projects are added up first."""
    return [found for placed in document.tasks if placed.has_card for found in _of_task(placed)]


def _of_task(placed: Placed) -> Iterator[Finding]:
    card = [(b.year, b.krw) for b in placed.task.budgets]
    stated = list(_stated(placed))
    if not card or not stated:
        return
    subs = [(line, amount) for line, amount, is_sub in stated if is_sub]
    if len(subs) > 1:
        yield from _against_card(placed, subs, sum(amount.krw for _, amount in subs), "budget-differs.parts")
        return
    for line, amount, _ in stated:
        yield from _against_card(placed, [(line, amount)], amount.krw, "budget-differs.text")


def _stated(placed: Placed) -> Iterator[tuple[Line, Amount, bool]]:
    """(line, amount, is a sub-project's) of 사업비 lines and of table heads such as 기관별 부담(120백만원)."""
    for index, line in enumerate(placed.lines):
        if line.cells:
            found = _HEADER_AMOUNT.search(line.text) if index and not placed.lines[index - 1].cells else None
            text = found[1] if found else ""
        else:
            named = None if line.is_note else _LABEL.match(line.body)
            text = named["value"] if named else ""
        amounts = find_amounts(text)
        if amounts:
            yield line, amounts[0], _is_sub(placed, index)


def _is_sub(placed: Placed, index: int) -> bool:
    parent = parent_of(placed.lines, index)
    return (
        parent is not None
        and title_of(parent) is None
        and not re.search(r"개요|내용", squeeze(parent.body)[:12])
    )


def _against_card(
    placed: Placed, stated: list[tuple[Line, Amount]], total: int, code: str
) -> Iterator[Finding]:
    amounts = [b.krw for b in placed.task.budgets]
    own = [b.krw for b in placed.task.budgets if b.year is not None]
    allowed = {*amounts, sum(own)}
    step = max(_rounding(placed), *(amount.step for _, amount in stated))
    if any(abs(total - value) < step for value in allowed) or any(
        _shares(line) & allowed for line, _ in stated
    ):
        return
    task, line = named(placed.task.no, placed.task.title), stated[-1][0]
    year = _meant(placed, line, total)
    shown = [one.krw for one in placed.task.budgets if year is None or one.year == year]
    both = sum(own) if year is None and len(own) > 1 else None
    yield finding(line.no, code, task=task, year=year, amounts=shown, sum=both, stated=total)


def _meant(placed: Placed, line: Line, total: int) -> int | None:
    """Of a card's years the one with which the text is to be compared: that which its line names, else the nearest; None
    where all of them together are nearer, or there are none."""
    of_years = {one.year: one.krw for one in placed.task.budgets if one.year is not None}
    if len(of_years) < 2:
        return None
    told = [year for year in of_years if re.search(_written(year), line.text)]
    nearest = min(told or of_years, key=lambda year: abs(of_years[year] - total))
    is_sum = not told and abs(sum(of_years.values()) - total) < abs(of_years[nearest] - total)
    return None if is_sum else nearest


def _written(year: int) -> str:
    return rf"(?<!\d)(?:{year}|['’]?{year % 100:02})\s?년"


def _shares(line: Line) -> set[int]:
    """The amounts by source that a line names: where the card has one of them, it leaves the others out."""
    return {
        int(Decimal(part["value"].replace(",", "")) * UNITS[part["unit"] or split["unit"]])
        for split in _SPLIT.finditer(line.text)
        for part in _PART.finditer(split["parts"])
    }


def _rounding(placed: Placed) -> int:
    """The value of one in the last digit that the card writes."""
    steps = [
        1_000_000 if value % 1_000_000 == 0 else 100_000 for value in (b.krw for b in placed.task.budgets)
    ]
    return 1 if all(step == 1_000_000 for step in steps) else 100_000
