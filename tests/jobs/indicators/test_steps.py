"""Indicators are entered, measured, changed by adjustments and frozen; every printed figure comes out of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.authority.permissions import Deed
from jobs.indicators import steps
from jobs.indicators.listing import kpi_row, kpi_rows
from jobs.indicators.pace import period_ends
from jobs.indicators.steps import Amount, Entry, IndicatorError
from jobs.milestones import adjustment
from jobs.milestones.adjustment import AdjustmentError, Move
from reports.indicators import KpiRow, counts, laggards_first, percent
from store import indicators, officers
from store.audit import Who
from store.db.engine import Store
from store.indicators import Rows, Target, Value
from store.models import AuditEntry, Department, Indicator, Task
from store.states import (
    Adding,
    AdjustmentDecision,
    AdjustmentStep,
    Direction,
    IndicatorKind,
    IndicatorPeriod,
    IndicatorSource,
    Judgement,
)
from tests import builders
from tests.builders import RULES, kst

NOW = kst(2031, 7, 8, 10)
TODAY = date(2031, 7, 8)
BOUND = Fraction(70, 100)
ENDS = period_ends(2031, 1)


class Office:
    """Every call is a transaction of its own."""

    def __init__(self, store: Store) -> None:
        self.store, self.now = store, NOW
        with store.write() as session:
            self.place = officers.ensure_department(session, "복지과").id
            self.task = builders.task(session, title="무료급식", department="복지과").id
            self.planner = builders.officer(session, "최기획", "기획예산실").id

    def deed(self, session: Any) -> Deed:
        return Deed(session, Who(self.planner, "최기획", "test", "test"), self.now, RULES)

    def do(self, step: Any, *given: Any, **more: Any) -> Any:
        with self.store.write() as session:
            return step(self.deed(session), *given, **more)

    def add(self, name: str = "이용 주민", *, of_task: bool = False, **more: Any) -> int:
        with self.store.write() as session:
            owner: dict[str, Any] = {"department": session.get_one(Department, self.place)}
            if of_task:
                owner = {"task": session.get_one(Task, self.task)}
            given: dict[str, Any] = {"name": name, "kind": IndicatorKind.COUNT, "unit": "명"} | owner | more
            number = steps.add(self.deed(session), Entry(**given)).id
            session.get_one(Indicator, number).entered_at = kst(2031, 1, 2, 9)
            return number

    def targets(self, number: int, *numbers: str) -> None:
        for month, one in enumerate(numbers, 1):
            self.do(steps.set_target, number, Amount(one), 2031, month)

    def values(self, number: int, *numbers: str) -> None:
        for end, one in zip(ENDS, numbers, strict=False):
            first, _, second = one.partition("/")
            self.do(steps.enter_value, number, end, Amount(first, second or None))

    def row(self, number: int, today: date = TODAY, year: int | None = None) -> KpiRow:
        with self.store.read() as session:
            found = indicators.get(session, number)
            assert found is not None
            [row] = kpi_rows(session, [found], today, BOUND, year)
            return row


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


def refused(code: str) -> pytest.RaisesExc[IndicatorError]:
    return pytest.raises(IndicatorError, check=lambda error: error.code == code)


def test_a_flow_is_summed_against_the_plan_of_the_same_period(office: Office) -> None:
    number = office.add()
    office.targets(number, *["100"] * 12)
    office.values(number, "90", "60", "50")
    row = office.row(number)
    assert (row.as_of, row.state) == (date(2031, 3, 31), "behind")
    assert row.reached is not None
    assert row.planned is not None
    assert (row.reached.number, row.planned.number, row.rate) == ("200", "300", Decimal("66.7"))
    assert row.missing == [date(2031, 4, 30), date(2031, 5, 31), date(2031, 6, 30)]
    assert row.projection is not None
    assert (row.projection.low, row.projection.high) == ("650", "1010")


def test_a_ratio_is_two_counts_and_never_typed(office: Office) -> None:
    number = office.add("반영률", kind=IndicatorKind.RATIO, unit="%", first_count="반영", second_count="제안")
    with refused("two-counts"):
        office.values(number, "80")
    office.do(steps.set_target, number, Amount("50"), 2031, 2)
    office.values(number, "3/10", "5/8")
    row = office.row(number, date(2031, 3, 5))
    assert row.reached is not None
    assert (row.reached.number, row.reached.of) == ("8", "18")
    assert (row.planned and (row.planned.number, row.planned.of), row.state) == (("50", "100"), "short")
    assert row.rate == percent(Fraction(8, 18) / Fraction(1, 2))


def test_a_sum_to_date_is_kept_as_the_periods_own_and_a_lower_one_asked_back(office: Office) -> None:
    number = office.add(says_total=True)
    office.values(number, "40", "70")
    assert [one.number for one in office.row(number).values] == ["40", "30"]
    with refused("lower"):
        office.do(steps.enter_value, number, ENDS[2], Amount("65"))
    with refused("gap"):
        office.do(steps.enter_value, number, ENDS[3], Amount("90"))
    office.do(steps.same_as_before, number, ENDS[2])
    assert [one.number for one in office.row(number).values] == ["40", "30", "0"]


def test_same_as_before_is_nothing_more_of_a_flow_and_the_same_of_a_stock(office: Office) -> None:
    flow, stock = office.add(), office.add("쉼터", adding=Adding.STOCK, unit="곳")
    for number in (flow, stock):
        with refused("nothing-before"):
            office.do(steps.same_as_before, number, ENDS[0])
        office.values(number, "12")
        office.do(steps.same_as_before, number, ENDS[1])
    assert [one.number for one in office.row(flow).values] == ["12", "0"]
    assert [one.number for one in office.row(stock).values] == ["12", "12"]


@pytest.mark.parametrize("said", ["", "많이", "-3", "NaN", "1e3", "9" * 30])
def test_what_is_no_number_is_no_value(office: Office, said: str) -> None:
    if said == "1e3":  # a number as it is written elsewhere: it is kept written out
        office.values(number := office.add(), said)
        assert office.row(number).values[0].number == "1000"
        return
    with refused("no-number"):
        office.values(office.add(), said)


def test_a_target_of_a_task_changes_once_its_adjustment_is_approved(office: Office) -> None:
    number = office.add(of_task=True)
    office.do(steps.set_target, number, Amount("520"), 2031)
    with refused("target-there"):
        office.do(steps.set_target, number, Amount("400"), 2031)
    with refused("no-reason"):
        office.do(steps.adjust, number, Amount("400"), 2031, " ")
    opened = office.do(steps.adjust, number, Amount("400"), 2031, "국비 축소")[1].adjustment.id
    row = office.row(number)
    assert [(one.number, one.first) for one in row.targets] == [("520", None)]
    assert [(one.number, one.adjustment) for one in row.proposed] == [("400", opened)]
    with pytest.raises(AdjustmentError):
        office.do(steps.adjust, number, Amount("300"), 2031, "또")
    way = [one for one in AdjustmentStep if one not in {AdjustmentStep.PROPOSED, AdjustmentStep.WITHDRAWN}]
    for step in way:
        decided = step is AdjustmentStep.DECIDED
        decision = AdjustmentDecision.APPROVED if decided else None
        note = "목표 400" if step is AdjustmentStep.DRAFTED else None
        office.do(adjustment.advance, opened, Move(step, TODAY, note, decision))
    [target] = office.row(number).targets
    assert (target.number, target.adjustment, target.reason) == ("400", opened, "국비 축소")
    assert target.first is not None
    assert target.first.number == "520"
    assert not office.row(number).proposed


def test_a_departments_own_indicator_is_changed_by_the_planning_office(office: Office) -> None:
    number = office.add()
    office.do(steps.set_target, number, Amount("100"), 2031)
    assert office.do(steps.adjust, number, Amount("80"), 2031, "여건 변화")[1] is None
    [target] = office.row(number).targets
    assert (target.number, target.first and target.first.number) == ("80", "100")


def test_after_the_year_is_frozen_a_value_is_a_correction_with_both_numbers(office: Office) -> None:
    number = office.add()
    office.values(number, "10", "20")
    with refused("not-over"):
        office.do(steps.freeze, number, 2031)
    office.now = kst(2032, 1, 10, 9)
    office.do(steps.freeze, number, 2031)
    with refused("frozen"):
        office.do(steps.enter_value, number, ENDS[1], Amount("25"))
    with refused("no-evidence"):
        office.do(steps.enter_value, number, ENDS[1], Amount("25"), may_correct=True)
    office.do(steps.enter_value, number, ENDS[1], Amount("25"), may_correct=True, evidence="복지과-31")
    value = office.row(number, date(2032, 1, 11), 2031).values[1]
    assert (value.number, value.corrected and value.corrected.number) == ("25", "20")


def test_grades_and_words_have_no_rate_and_are_never_behind(office: Office) -> None:
    grade = office.add(
        "청렴도", kind=IndicatorKind.GRADE, unit="등급", scale=["1", "2", "3"], period=IndicatorPeriod.YEAR,
        source=IndicatorSource.ANNOUNCED, announced_month=12,
    )  # fmt: skip
    goal = office.add("걷는 마을", kind=IndicatorKind.TEXT, unit=None, period=IndicatorPeriod.YEAR)
    with refused("no-grade"):
        office.do(steps.enter_value, grade, date(2031, 12, 31), Amount(words="7"))
    office.do(
        steps.enter_value,
        grade,
        date(2031, 12, 31),
        Amount(words="2", rank=12, money="30000000"),
        evidence="공문",
    )
    office.do(steps.judge, goal, 2031, Judgement.REACHED, "사진")
    with refused("not-words"):
        office.do(steps.judge, grade, 2031, Judgement.REACHED, None)
    rows = [office.row(grade), office.row(goal)]
    assert [(one.state, one.rate) for one in rows] == [(None, None)] * 2
    [value] = rows[0].values
    assert (value.words, value.rank, value.money) == ("2", 12, "30000000")
    assert (counts(rows).goals, counts(rows).judged, counts(rows).goals_reached) == (1, 1, 1)


def test_periods_are_those_of_the_work(office: Office) -> None:
    number = office.add(starts_on=date(2031, 5, 1), ends_on=date(2031, 9, 30))
    with refused("no-period"):
        office.do(steps.enter_value, number, ENDS[0], Amount("1"))
    with refused("not-begun"):
        office.do(steps.enter_value, number, ENDS[7], Amount("1"))
    assert office.row(number).missing == [date(2031, 5, 31), date(2031, 6, 30)]


def test_asking_is_off_until_it_is_switched_on_and_every_step_is_in_the_log(office: Office) -> None:
    number = office.add()
    assert not office.row(number).asked
    office.do(steps.ask_monthly, number, is_on=True, period=IndicatorPeriod.QUARTER)
    office.do(steps.enter_value, number, date(2031, 3, 31), Amount("3"))
    with refused("has-values"):
        office.do(steps.ask_monthly, number, is_on=True, period=IndicatorPeriod.MONTH)
    office.do(steps.drop, number, "겹침")
    with refused("dropped"):
        office.do(steps.ask_monthly, number, is_on=True)
    with office.store.read() as session:
        found = session.query(AuditEntry).order_by(AuditEntry.id)
        log = [one.action for one in found if one.subject == f"indicator:{number}"]
        assert not indicators.listed(session)
    assert log == ["indicator-added", "indicator-asking", "indicator-value", "indicator-dropped"]


def test_laggards_come_first_and_every_count_is_one_of_the_rows(office: Office) -> None:
    slow, good, bare = office.add("느린 것"), office.add("빠른 것"), office.add("계획 없는 것")
    for number, done in ((slow, "10"), (good, "100")):
        office.targets(number, "100")
        office.values(number, done)
    office.values(bare, "5")
    rows = laggards_first([office.row(one) for one in (bare, good, slow)])
    assert [one.no for one in rows] == [slow, good, bare]
    found = counts(rows)
    assert (found.total, found.planned, found.kept, found.behind, found.missing) == (3, 2, 1, 1, 3)


def rows_of(
    numbers: Sequence[int | None], seconds: Sequence[int], plans: Sequence[int | None], kind: IndicatorKind,
    adding: Adding, direction: Direction,
) -> Rows:  # fmt: skip
    """Rows without a store."""
    one = Indicator(
        id=1, name="지표", kind=kind, adding=adding, direction=direction, period=IndicatorPeriod.MONTH,
        source=IndicatorSource.OWN, scale=[], says_total=False, is_asked=False, entered_at=kst(2031, 1, 2, 9),
        department=Department(id=1, name="복지과"),
    )  # fmt: skip
    is_ratio = kind is IndicatorKind.RATIO
    values = [
        Value(
            at, 1, end, str(number), str(second) if is_ratio else None, None, None, None, None,
            is_baseline=False, is_correction=False, corrects_id=None, entered_by=None,
        )
        for at, (end, number, second) in enumerate(zip(ENDS, numbers, seconds, strict=True), 1)
        if number is not None
    ]  # fmt: skip
    targets = [
        Target(1, 2031, end.month, str(plan), "100" if is_ratio else None, None, None, None, None)
        for end, plan in zip(ENDS, plans, strict=True)
        if plan is not None
    ]
    return Rows(one, targets, [], values)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.none() | st.integers(0, 500), min_size=12, max_size=12),
    st.lists(st.integers(0, 500), min_size=12, max_size=12),
    st.lists(st.none() | st.integers(0, 500), min_size=12, max_size=12),
    st.sampled_from([IndicatorKind.COUNT, IndicatorKind.RATIO]),
    st.sampled_from(Adding),
    st.sampled_from(Direction),
    st.integers(0, 380),
)
def test_every_printed_figure_recomputes_from_the_printed_rows(
    numbers: list[int | None], seconds: list[int], plans: list[int | None], kind: IndicatorKind, adding: Adding,
    direction: Direction, days: int,
) -> None:  # fmt: skip
    today = date(2031, 1, 1) + timedelta(days=days)
    rows = rows_of(numbers, seconds, plans, kind, adding, direction)
    row, brief = (kpi_row(rows, today, BOUND, 2031, is_brief=one) for one in (False, True))
    assert (brief.reached, brief.planned, brief.rate, brief.state, brief.as_of, brief.missing) == (
        row.reached, row.planned, row.rate, row.state, row.as_of, row.missing
    )  # fmt: skip
    by_end = {one.ends_on: one for one in row.values}
    if row.reached is not None:
        assert row.as_of is not None
        assert row.as_of < today
        ends = [row.as_of] if adding is Adding.STOCK else [end for end in ENDS if end <= row.as_of]
        assert row.reached.number == str(sum(int(by_end[end].number or 0) for end in ends))
        if kind is IndicatorKind.RATIO:
            assert row.reached.of == str(sum(int(by_end[end].of or 0) for end in ends))
    if row.rate is not None:
        assert row.reached is not None
        assert row.planned is not None
        sizes = [Fraction(one.number or 0) / Fraction(one.of or 1) for one in (row.reached, row.planned)]
        better, worse = sizes if direction is Direction.UP else reversed(sizes)
        assert row.rate == percent(better / worse)
        assert (row.state == "behind") is (better / worse < BOUND)
    else:
        assert row.state != "behind"
