"""Indicators as rows, as `gihan kpi list --json` prints them: counts, their as-of day, and the rate worked out of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from pydantic import BaseModel

TENTH = Decimal("0.1")
HUNDRED = 100


class Count(BaseModel):
    """A number as it is kept, exactly; of a ratio both counts; `words` of a grade or a goal."""

    number: str | None = None
    of: str | None = None
    words: str | None = None


class ValueRow(Count):
    """One value that counts. `corrected`: after the year was frozen, and what stood there then."""

    ends_on: date
    evidence: str | None = None
    entered_by: str | None = None
    rank: int | None = None
    money: str | None = None
    corrected: Count | None = None


class TargetRow(Count):
    """A target in force. `first`: what was planned first, where it was changed; `adjustment`: by which."""

    year: int | None
    month: int | None
    bound: str | None = None
    first: Count | None = None
    adjustment: int | None = None
    reason: str | None = None


class ProposedRow(Count):
    """A target that waits for its adjustment to be decided."""

    year: int | None
    month: int | None
    adjustment: int


class RangeRow(BaseModel):
    """What a flow may come to by the end of its year."""

    low: str
    high: str
    as_of: date


class KpiRow(BaseModel):
    """One indicator in one year. `reached` and `planned` to date, both of the period that ended on `as_of`; `rate` in percent,
    None where there is none; `periods`: the last days of those of the year;
    `state` as `jobs.indicators.pace` says it, `judgement` of a goal in words."""

    no: int
    name: str
    task: int | None
    task_title: str | None
    department: str | None
    unit: str | None
    formula: str | None
    kind: str
    direction: str
    adding: str
    period: str
    source: str
    announced_month: int | None
    year: int
    as_of: date | None = None
    reached: Count | None = None
    planned: Count | None = None
    rate: Decimal | None = None
    state: str | None = None
    projection: RangeRow | None = None
    baseline: Count | None = None
    targets: list[TargetRow] = []
    proposed: list[ProposedRow] = []
    periods: list[date] = []
    values: list[ValueRow] = []
    missing: list[date] = []
    asked: bool = False
    frozen: bool = False
    secret: bool = False
    judgement: str | None = None


class KpiCounts(BaseModel):
    """Of those rows: `planned` have a plan of their period, `behind` of them are under the setting; of the goals in words
    `judged`, and `reached` of them."""

    total: int
    planned: int
    kept: int
    behind: int
    missing: int
    goals: int
    judged: int
    goals_reached: int


KEPT, BEHIND, WITH_PLAN = "kept", "behind", ("kept", "short", "behind", "over")


def counts(rows: Sequence[KpiRow]) -> KpiCounts:
    """Every count is one of the rows."""
    goals = [one for one in rows if one.kind == "text"]
    return KpiCounts(
        total=len(rows),
        planned=sum(one.state in WITH_PLAN for one in rows),
        kept=sum(one.state == KEPT for one in rows),
        behind=sum(one.state == BEHIND for one in rows),
        missing=sum(bool(one.missing) for one in rows),
        goals=len(goals),
        judged=sum(one.judgement is not None for one in goals),
        goals_reached=sum(one.judgement == "reached" for one in goals),
    )


def laggards_first(rows: Sequence[KpiRow]) -> list[KpiRow]:
    """What is behind, the slowest first; then what is short, what has no value, and the rest by number."""
    order = {BEHIND: 0, "over": 1, "short": 2, "not-entered": 3}

    def place(one: KpiRow) -> tuple[int, Decimal, int]:
        is_slow = one.state in (BEHIND, "short") and one.rate is not None
        return order.get(one.state or "", 4), one.rate if is_slow and one.rate else Decimal(0), one.no

    return sorted(rows, key=place)


def percent(share: Fraction) -> Decimal:
    """With one decimal, halves up."""
    exact = Decimal(share.numerator * HUNDRED) / Decimal(share.denominator)
    return exact.quantize(TENTH, rounding=ROUND_HALF_UP)


def share(number: str, of: str) -> Decimal | None:
    """First count over second in percent; None where the second is 0."""
    second = Fraction(of)
    return percent(Fraction(number) / second) if second else None


def written(number: Fraction) -> str:
    """A sum or a difference of what is kept, written out; a share of it is cut to two digits."""
    if number.denominator == 1:
        return str(number.numerator)
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return format(exact.normalize() if Fraction(exact) == number else exact.quantize(Decimal("0.01")), "f")


def grouped(number: str) -> str:
    """1250 -> 1,250."""
    return f"{Decimal(number):,f}"
