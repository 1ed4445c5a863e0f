"""What is done to indicators (성과지표): entered, given targets and values, asked each period, changed by an adjustment, frozen.

Rows of targets and values are only added. Every step holds the indicator until the transaction ends, counts its revision
and is audited.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from jobs.authority.permissions import Deed
from jobs.authority.refused import StepError
from jobs.indicators.figures import ends_of, first_day
from jobs.milestones import adjustment
from jobs.milestones.adjustment import Opened
from store import indicators
from store.indicators import Rows, Target, Value
from store.models import Department, Indicator, IndicatorTarget, IndicatorValue, IndicatorYear, Task
from store.states import (
    Adding,
    AdjustmentType,
    Bound,
    Direction,
    IndicatorKind,
    IndicatorPeriod,
    IndicatorSource,
    Judgement,
)

NAME_MOST, TEXT_MOST, UNIT_MOST, DIGITS_MOST = 200, 1_000, 40, 20
HUNDRED = "100"
MONTHS = range(1, 13)


class IndicatorError(StepError):
    """A step of an indicator cannot be taken."""


@dataclass(frozen=True)
class Entry:
    """A new indicator, of the task or of the department."""

    name: str
    kind: IndicatorKind
    task: Task | None = None
    department: Department | None = None
    unit: str | None = None
    formula: str | None = None
    direction: Direction = Direction.UP
    adding: Adding = Adding.FLOW
    period: IndicatorPeriod = IndicatorPeriod.MONTH
    source: IndicatorSource = IndicatorSource.OWN
    announced_month: int | None = None
    scale: Sequence[str] = field(default_factory=list)
    first_count: str | None = None
    second_count: str | None = None
    says_total: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    wording: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class Amount:
    """What is typed of a target or a value: a number, of a ratio two, or words (a grade, a goal). `rank` and `money` of what
    is announced."""

    number: str | None = None
    second: str | None = None
    words: str | None = None
    rank: int | None = None
    money: str | None = None


def add(deed: Deed, entry: Entry) -> Indicator:
    """It is on the list from now on; nobody is asked of it until that is switched on. Raises IndicatorError."""
    name = " ".join(entry.name.split())
    if not name:
        raise IndicatorError("no-name")
    if (entry.task is None) is (entry.department is None):
        raise IndicatorError("no-owner")
    made = Indicator(
        task_id=entry.task.id if entry.task is not None else None,
        department_id=entry.department.id if entry.department is not None else None,
        name=name[:NAME_MOST],
        unit=(entry.unit or "").strip()[:UNIT_MOST] or None,
        formula=_short(entry.formula),
        kind=entry.kind,
        direction=entry.direction,
        adding=entry.adding,
        period=entry.period,
        source=entry.source,
        announced_month=entry.announced_month,
        scale=list(entry.scale),
        first_count=_short(entry.first_count),
        second_count=_short(entry.second_count),
        says_total=entry.says_total,
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
        wording=_short(entry.wording),
        line=entry.line,
        entered_at=deed.now,
    )
    deed.session.add(made)
    deed.session.flush()
    deed.record("indicator-added", f"indicator:{made.id}", after={"indicator": made.name}, revision=1)
    return _fresh(deed, made.id)


def set_target(
    deed: Deed,
    number: int,
    amount: Amount,
    year: int | None,
    month: int | None = None,
    *,
    bound: Bound | None = None,
) -> IndicatorTarget:
    """A target that was not there: the first of its year or month. One that is there is changed by `adjust`. Raises
    IndicatorError."""
    here = _held(deed, number)
    if here.target(year, month) is not None:
        raise IndicatorError("target-there", number=number, year=year, month=month)
    made = _target(deed, here, amount, year, month, bound=bound)
    after = {"year": year, "month": month, "target": _told(made)}
    _step(deed, here.indicator, "indicator-target", after=after)
    return made


def adjust(
    deed: Deed, number: int, amount: Amount, year: int, reason: str, month: int | None = None
) -> tuple[IndicatorTarget, Opened | None]:
    """목표 변경: the new target and the adjustment whose approval puts it in force. Of a department's own
    indicator, which has no task to adjust, the planning office's word is enough: None. The first target stays. Raises
    IndicatorError, and AdjustmentError where one of the task is on its way."""
    if not reason.strip():
        raise IndicatorError("no-reason")
    here = _held(deed, number)
    before = here.target(year, month)
    if before is None:
        raise IndicatorError("no-target", number=number, year=year, month=month)
    if here.is_frozen(year):
        raise IndicatorError("frozen", number=number, year=year)
    opened = None
    if here.indicator.task is not None:
        if deed.who.officer_id is None:
            raise IndicatorError("no-person")
        opened = adjustment.open_one(deed, here.indicator.task, None, AdjustmentType.GOAL, reason)
    number_ = opened.adjustment.id if opened is not None else None
    made = _target(deed, here, amount, year, month, reason=reason, adjustment_id=number_)
    was, now = {"target": _told(before)}, {"target": _told(made), "year": year, "month": month}
    _step(
        deed,
        here.indicator,
        "indicator-adjusted",
        before=was,
        after=now | {"adjustment": number_},
        reason=reason,
    )
    return made, opened


def _target(
    deed: Deed,
    here: Rows,
    amount: Amount,
    year: int | None,
    month: int | None,
    *,
    bound: Bound | None = None,
    reason: str | None = None,
    adjustment_id: int | None = None,
) -> IndicatorTarget:
    kind = here.indicator.kind
    if month is not None and month not in MONTHS:
        raise IndicatorError("no-month", month=month)
    plain = amount
    if kind is IndicatorKind.RATIO and amount.number is not None and amount.second is None:
        plain = Amount(amount.number, HUNDRED)  # a share is aimed at as so many of a hundred
    number, second, words = _checked(here.indicator, plain)
    made = IndicatorTarget(
        indicator_id=here.indicator.id,
        year=year,
        month=month,
        number=number,
        second=second,
        words=words,
        bound=bound,
        reason=reason,
        adjustment_id=adjustment_id,
        entered_by=deed.who.name,
        entered_at=deed.now,
    )
    deed.session.add(made)
    deed.session.flush()
    return made


def enter_value(
    deed: Deed,
    number: int,
    ends_on: date,
    amount: Amount,
    *,
    evidence: str | None = None,
    is_sure: bool = False,
    may_correct: bool = False,
) -> IndicatorValue:
    """실적 of the period that ends on that day. What is typed as a sum to date (누계) is kept as the period's own; a sum lower
    than the one before is asked back once (`is_sure`). In a frozen year it is a correction, of who `may_correct`. Raises
    IndicatorError."""
    here = _held(deed, number)
    indicator = here.indicator
    _ensure_period(deed, here, ends_on)
    is_correction = here.is_frozen(ends_on.year)
    if is_correction and not may_correct:
        raise IndicatorError("frozen", number=number, year=ends_on.year)
    if is_correction and not (evidence or "").strip():
        raise IndicatorError("no-evidence")
    digits, second, words = _checked(indicator, amount)
    if indicator.says_total and indicator.adding is Adding.FLOW and digits is not None:
        digits, second = _own_part(here, ends_on, digits, second, is_sure=is_sure)
    known = here.value(ends_on)
    made = IndicatorValue(
        indicator_id=number,
        starts_on=first_day(indicator, ends_on),
        ends_on=ends_on,
        number=digits,
        second=second,
        words=words,
        rank=amount.rank,
        money=_digits(amount.money) if amount.money is not None else None,
        evidence=_short(evidence),
        is_correction=is_correction,
        corrects_id=known.id if known is not None else None,
        entered_by_id=deed.who.officer_id,
        entered_by=deed.who.name,
        entered_at=deed.now,
    )
    deed.session.add(made)
    deed.session.flush()
    before = {"kpi_value": _told(known)} if known is not None else {}
    action = "indicator-corrected" if is_correction else "indicator-value"
    _step(deed, indicator, action, before=before, after={"kpi_value": _told(made), "period_end": ends_on})
    return made


def same_as_before(deed: Deed, number: int, ends_on: date) -> IndicatorValue:
    """[지난달과 같음]: nothing more of a flow, the same of all else. Raises IndicatorError."""
    here = _held(deed, number)
    before = [one for one in ends_of(here.indicator, ends_on.year) if one < ends_on]
    last = here.value(before[-1]) if before else here.baseline
    if last is None:
        raise IndicatorError("nothing-before", number=number)
    if here.indicator.adding is Adding.STOCK or here.indicator.kind not in {
        IndicatorKind.COUNT, IndicatorKind.RATIO, IndicatorKind.AMOUNT,
    }:  # fmt: skip
        return enter_value(deed, number, ends_on, Amount(last.number, last.second, last.words))
    of = "0" if here.indicator.kind is IndicatorKind.RATIO else None
    if here.indicator.says_total:
        first, second = _sums(here, ends_on)
        return enter_value(deed, number, ends_on, Amount(first, second if of else None))
    return enter_value(deed, number, ends_on, Amount("0", of))


def set_baseline(deed: Deed, number: int, amount: Amount, year: int | None = None) -> IndicatorValue:
    """시행 전: what there was; its period may be unknown. A share of a document is kept as it prints it. Raises
    IndicatorError."""
    here = _held(deed, number)
    is_rate = here.indicator.kind is IndicatorKind.RATIO and amount.second is None
    number_, second, words = (
        (_digits(amount.number), None, None) if is_rate else _checked(here.indicator, amount)
    )
    made = IndicatorValue(
        indicator_id=number,
        starts_on=date(year, 1, 1) if year else None,
        ends_on=date(year, 12, 31) if year else None,
        number=number_,
        second=second,
        words=words,
        is_baseline=True,
        entered_by_id=deed.who.officer_id,
        entered_by=deed.who.name,
        entered_at=deed.now,
    )
    deed.session.add(made)
    deed.session.flush()
    _step(deed, here.indicator, "indicator-baseline", after={"kpi_value": _told(made)})
    return made


def ask_monthly(
    deed: Deed,
    number: int,
    *,
    is_on: bool,
    day: int | None = None,
    period: IndicatorPeriod | None = None,
    adding: Adding | None = None,
) -> Indicator:
    """Its value is asked of its owner each period from now on, or no more. Another period or way of adding up may be said as
    long as there is no value. Raises IndicatorError."""
    here = _held(deed, number)
    if (period or adding) and any(not one.is_baseline for one in here.values):
        raise IndicatorError("has-values", number=number)
    here.indicator.period = period or here.indicator.period
    here.indicator.adding = adding or here.indicator.adding
    was = {"is_asked": here.indicator.is_asked}
    here.indicator.is_asked = is_on
    here.indicator.asked_day = day
    return _step(deed, here.indicator, "indicator-asking", before=was, after={"is_asked": is_on})


def freeze(deed: Deed, number: int, year: int) -> IndicatorYear:
    """연말 확정: from now on a value of the year is a correction, printed with both. Raises IndicatorError."""
    here = _held(deed, number)
    if here.is_frozen(year):
        raise IndicatorError("frozen", number=number, year=year)
    if deed.today <= date(year, 12, 31):
        raise IndicatorError("not-over", year=year)
    settled = _year(deed, here, year)
    settled.frozen_at, settled.frozen_by = deed.now, deed.who.name
    deed.session.flush()
    _step(deed, here.indicator, "indicator-frozen", after={"year": year})
    return settled


def judge(deed: Deed, number: int, year: int, judgement: Judgement, evidence: str | None) -> IndicatorYear:
    """Whether a goal in words was reached in the year; after the freeze it stays. Raises IndicatorError."""
    here = _held(deed, number)
    if here.indicator.kind is not IndicatorKind.TEXT:
        raise IndicatorError("not-words", number=number)
    if here.is_frozen(year):
        raise IndicatorError("frozen", number=number, year=year)
    settled = _year(deed, here, year)
    was = {"judgement": settled.judgement.value} if settled.judgement else {}
    settled.judgement, settled.judged_by, settled.judged_at = judgement, deed.who.name, deed.now
    settled.evidence = _short(evidence)
    deed.session.flush()
    now = {"judgement": judgement.value, "year": year}
    _step(deed, here.indicator, "indicator-judged", before=was, after=now)
    return settled


def drop(deed: Deed, number: int, reason: str) -> Indicator:
    """거둠: from today it is neither asked nor judged; its rows stay. Raises IndicatorError."""
    if not reason.strip():
        raise IndicatorError("no-reason")
    here = _held(deed, number)
    here.indicator.dropped_on = deed.today
    here.indicator.is_asked = False
    return _step(deed, here.indicator, "indicator-dropped", reason=reason)


def _held(deed: Deed, number: int) -> Rows:
    """The indicator with its rows, held until the transaction ends. Raises IndicatorError for none, or a dropped one."""
    found = indicators.locked(deed.session, number)
    if found is None:
        raise IndicatorError("unknown", number=number)
    if found.dropped_on is not None:
        raise IndicatorError("dropped", number=number)
    return indicators.rows_of(deed.session, _fresh(deed, number))


def _fresh(deed: Deed, number: int) -> Indicator:
    found = indicators.get(deed.session, number)
    assert found is not None
    return found


def _step(
    deed: Deed,
    indicator: Indicator,
    action: str,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str | None = None,
) -> Indicator:
    indicator.revision += 1
    deed.session.flush()
    subject = f"indicator:{indicator.id}"
    deed.record(action, subject, before=before, after=after, revision=indicator.revision, reason=reason)
    return indicator


def _year(deed: Deed, here: Rows, year: int) -> IndicatorYear:
    settled = here.years.get(year)
    if settled is None:
        settled = IndicatorYear(indicator_id=here.indicator.id, year=year)
        deed.session.add(settled)
    return settled


def _ensure_period(deed: Deed, here: Rows, ends_on: date) -> None:
    if ends_on not in ends_of(here.indicator, ends_on.year):
        raise IndicatorError("no-period", number=here.indicator.id, day=ends_on)
    if first_day(here.indicator, ends_on) > deed.today:
        raise IndicatorError("not-begun", number=here.indicator.id, day=ends_on)


def _checked(indicator: Indicator, amount: Amount) -> tuple[str | None, str | None, str | None]:
    """Number, second count and words as the kind has them. Raises IndicatorError."""
    if indicator.kind is IndicatorKind.TEXT:
        words = _short(amount.words)
        if words is None:
            raise IndicatorError("no-words")
        return None, None, words
    if indicator.kind is IndicatorKind.GRADE:
        grade = (amount.words or amount.number or "").strip()
        if not grade or (indicator.scale and grade not in indicator.scale):
            raise IndicatorError("no-grade", scale=list(indicator.scale))
        return None, None, grade[:UNIT_MOST]
    if indicator.kind is IndicatorKind.RATIO:
        if amount.number is None or amount.second is None:
            raise IndicatorError("two-counts")
        return _digits(amount.number), _digits(amount.second), None
    if amount.second is not None:
        raise IndicatorError("one-number")
    return _digits(amount.number), None, None


def ensure_amount(entry: Entry, amount: Amount) -> None:
    """A target or a baseline as it is typed. Raises IndicatorError where it is none of the kind."""
    if entry.kind is IndicatorKind.GRADE:
        if entry.scale and (amount.words or "").strip() not in entry.scale:
            raise IndicatorError("no-grade", scale=list(entry.scale))
    elif entry.kind is not IndicatorKind.TEXT:
        _digits(amount.number)


def _digits(text: str | None) -> str:
    """A number as it is kept: 1,250 -> 1250. Raises IndicatorError for what is none, or below 0."""
    plain = (text or "").replace(",", "").strip()
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise IndicatorError("no-number", said=text or "") from error
    if not number.is_finite() or number < 0 or len(plain) > DIGITS_MOST:
        raise IndicatorError("no-number", said=text or "")
    return format(number, "f")


def _own_part(
    here: Rows, ends_on: date, total: str, second: str | None, *, is_sure: bool
) -> tuple[str, str | None]:
    """The period's own part of sums to date. Raises IndicatorError where a period before has no value, or the sum falls."""
    first, other = _sums(here, ends_on)
    if (Decimal(total) < Decimal(first) or Decimal(second or 0) < Decimal(other)) and not is_sure:
        raise IndicatorError("lower", said=total, before=first)
    part = Decimal(second) - Decimal(other) if second is not None else None
    return format(Decimal(total) - Decimal(first), "f"), format(part, "f") if part is not None else None


def _sums(here: Rows, ends_on: date) -> tuple[str, str]:
    """Both counts of the periods of the year before that one, summed. Raises IndicatorError where one has no value."""
    number, second = Decimal(), Decimal()
    for end in ends_of(here.indicator, ends_on.year):
        if end >= ends_on:
            break
        value = here.value(end)
        if value is None or value.number is None:
            raise IndicatorError("gap", day=end)
        number += Decimal(value.number)
        second += Decimal(value.second or 0)
    return format(number, "f"), format(second, "f")


def _told(row: IndicatorTarget | IndicatorValue | Target | Value | None) -> str:
    """As the log has it: a number, both counts, or words."""
    if row is None:
        return ""
    if row.number is None:
        return row.words or ""
    return f"{row.number}/{row.second}" if row.second is not None else row.number


def _short(text: str | None) -> str | None:
    return (text or "").strip()[:TEXT_MOST] or None
