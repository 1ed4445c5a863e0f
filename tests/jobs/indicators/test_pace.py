"""What indicators come to and what is called behind, of a made-up city: cases as an office knows them, and what holds for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.indicators.pace import (
    Figure,
    Measured,
    State,
    goals_reached,
    is_grade_reached,
    pace,
    period_ends,
    plan_to_date,
    projection,
    to_date,
)
from store.states import Adding, Direction

YEAR = 2026
MONTHS = period_ends(YEAR, 1)
NEW_YEAR = date(YEAR + 1, 1, 1)


def counts(*numbers: int | None, ends: list[date] = MONTHS) -> dict[date, Figure]:
    """Numbers of the periods in their order; None: nothing there."""
    return {end: Figure(Fraction(one)) for end, one in zip(ends, numbers, strict=False) if one is not None}


def ratios(*pairs: tuple[int, int], ends: list[date] = MONTHS) -> dict[date, Figure]:
    return {end: Figure(Fraction(one), Fraction(of)) for end, (one, of) in zip(ends, pairs, strict=False)}


def flow(
    values: Mapping[date, Figure], targets: Mapping[date, Figure], ends: list[date] = MONTHS
) -> Measured:
    return Measured(Adding.FLOW, ends, values, targets)


def stock(
    values: Mapping[date, Figure], targets: Mapping[date, Figure], ends: list[date] = MONTHS
) -> Measured:
    return Measured(Adding.STOCK, ends, values, targets)


FIVE = period_ends(YEAR, 1, date(YEAR, 4, 10), date(YEAR, 8, 20))
QUARTERS = period_ends(YEAR, 3)
WHOLE = Figure(Fraction(1200))


@dataclass(frozen=True)
class Case:
    """One that a reader judged by hand: how it stands on a day, and by which rate."""

    of: Measured
    on: date
    state: State
    rate: Fraction | None = None


CASES = {
    "the pool opens in June: nothing is behind in spring": Case(
        flow(counts(0, 0, 0, 0), counts(0, 0, 0, 0, 0, 300, 500, 400, 0, 0, 0, 0)), date(YEAR, 5, 6), State.NOT_PLANNED
    ),
    "the pool opened, and few came": Case(
        flow(counts(0, 0, 0, 0, 0, 150), counts(0, 0, 0, 0, 0, 300, 500, 400, 0, 0, 0, 0)),
        date(YEAR, 7, 6), State.BEHIND, Fraction(1, 2),
    ),
    "work from April to August is not measured by twelfths": Case(
        replace(flow(counts(100, ends=FIVE), {}, FIVE), whole=WHOLE), date(YEAR, 5, 6), State.NOT_PLANNED
    ),
    "work from April to August, by its own months": Case(
        replace(flow(counts(150, 200, ends=FIVE), counts(200, 250, 300, 250, 200, ends=FIVE), FIVE), whole=WHOLE),
        date(YEAR, 6, 8), State.SHORT, Fraction(350, 450),
    ),
    "at the end the year's own target holds": Case(
        replace(flow(counts(150, 200, 300, 250, 200, ends=FIVE), {}, FIVE), whole=WHOLE),
        date(YEAR, 9, 7), State.SHORT, Fraction(1100, 1200),
    ),
    "places that there are: the latest day, not a sum": Case(
        stock(counts(40, 40, 44, ends=QUARTERS), counts(38, 40, 44, 50, ends=QUARTERS), QUARTERS),
        date(YEAR, 10, 8), State.KEPT, Fraction(1),
    ),
    "between two planned days the earlier plan is not stretched": Case(
        stock(counts(None, None, 10, None, 4), counts(None, None, 10)), date(YEAR, 6, 8), State.NOT_PLANNED
    ),
    "more residents than were reached anew: both counts, and no mean of rates": Case(
        stock(ratios((300, 1000), (330, 1200)), ratios((30, 100), (30, 100))),
        date(YEAR, 3, 9), State.SHORT, Fraction(330, 1200) / Fraction(30, 100),
    ),
    "proposals taken up, of all of the year": Case(
        flow(ratios((1, 1), (19, 39)), ratios((50, 100), (50, 100))), date(YEAR, 3, 9), State.KEPT, Fraction(1)
    ),
    "nobody proposed anything": Case(
        flow(ratios((0, 0)), ratios((50, 100))), date(YEAR, 2, 9), State.NO_RATE
    ),
    "nothing is planned": Case(flow(counts(0, 0, 0), {}), date(YEAR, 4, 8), State.NOT_PLANNED),
    "fewer accidents than planned": Case(
        replace(flow(counts(3, 2), counts(5, 5)), direction=Direction.DOWN), date(YEAR, 3, 9), State.KEPT, Fraction(2)
    ),
    "twice as many accidents as planned": Case(
        replace(flow(counts(10, 10), counts(5, 5)), direction=Direction.DOWN),
        date(YEAR, 3, 9), State.BEHIND, Fraction(1, 2),
    ),
    "none was to happen and none did": Case(
        replace(flow(counts(0, 0), counts(0, 0)), direction=Direction.DOWN), date(YEAR, 3, 9), State.KEPT
    ),
    "none was to happen and one did: there is no rate": Case(
        replace(flow(counts(0, 1), counts(0, 0)), direction=Direction.DOWN), date(YEAR, 3, 9), State.OVER
    ),
    "the month is not over": Case(flow(counts(100, 1), counts(100, 100)), date(YEAR, 2, 28), State.KEPT, Fraction(1)),
    "the month is over and its value has not come": Case(
        flow(counts(100), counts(100, 100, 100)), date(YEAR, 4, 8), State.KEPT, Fraction(1)
    ),
    "no value has come at all": Case(flow({}, counts(100, 100)), date(YEAR, 3, 9), State.NOT_ENTERED),
    "a month is missing: what came behind it waits": Case(
        flow(counts(70, None, 500), counts(100, 100, 100)), date(YEAR, 4, 8), State.SHORT, Fraction(70, 100)
    ),
    "on hold": Case(
        replace(flow(counts(0, 0), counts(100, 100)), is_resting=True), date(YEAR, 3, 9), State.RESTING
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(CASES))
def test_it_stands_as_a_reader_judged_it(name: str) -> None:
    case = CASES[name]
    found = pace(case.of, case.on)
    assert (found.state, found.rate) == (case.state, case.rate)


def test_at_the_bound_nothing_is_behind_yet() -> None:
    states = [pace(flow(counts(one), counts(100)), date(YEAR, 2, 9)).state for one in (69, 70, 99, 100)]
    assert states == [State.BEHIND, State.SHORT, State.SHORT, State.KEPT]
    assert pace(flow(counts(70), counts(100)), date(YEAR, 2, 9), Fraction(8, 10)).state is State.BEHIND


def test_a_pace_tells_its_counts_its_day_and_what_has_not_come() -> None:
    found = pace(flow(counts(70, None, 500), counts(100, 100, 100)), date(YEAR, 4, 8))
    assert (found.as_of, found.reached, found.planned) == (
        MONTHS[0],
        Figure(Fraction(70)),
        Figure(Fraction(100)),
    )
    assert found.missing == (MONTHS[1],)


def test_periods_are_those_in_which_there_is_work() -> None:
    assert [one.month for one in FIVE] == [4, 5, 6, 7, 8]
    assert FIVE[0] == date(YEAR, 4, 30)
    assert [one.month for one in QUARTERS] == [3, 6, 9, 12]
    assert period_ends(2028, 1)[1] == date(2028, 2, 29)
    assert period_ends(YEAR, 12) == [date(YEAR, 12, 31)]


def test_a_range_is_drawn_by_the_slowest_and_the_fastest_of_the_last_three() -> None:
    found = projection(flow(counts(1000, 50, 100, 75), counts(*[100] * 12)), date(YEAR, 5, 6))
    assert found is not None
    assert (found.low, found.high, found.as_of) == (Fraction(1625), Fraction(2025), MONTHS[3])


@pytest.mark.parametrize(
    "one",
    [
        stock(counts(1, 2, 3, 4), counts(*[1] * 12)),
        flow(counts(1, 2), counts(*[1] * 12)),
        flow(counts(1, 2, 3, 4), counts(*[1] * 11)),
        flow(counts(0, 0, 0, 4), counts(0, 0, 0, *[1] * 9)),
        flow(ratios(*[(1, 2)] * 4), ratios(*[(1, 2)] * 12)),
        flow({}, counts(*[1] * 12)),
    ],
)  # fmt: skip
def test_without_a_plan_for_each_period_and_three_reported_there_is_no_range(one: Measured) -> None:
    assert projection(one, date(YEAR, 5, 6)) is None


def test_grades_are_reached_or_not() -> None:
    scale = ["1등급", "2등급", "3등급"]
    assert [is_grade_reached(scale, one, "2등급") for one in scale] == [True, True, False]


def test_goals_in_words_are_counted_by_year() -> None:
    judged = {2024: True, 2025: False, 2026: None, 2027: None}
    assert goals_reached(judged, 2026) == (1, 3)
    assert goals_reached(judged, 2023) == (0, 0)


small = st.integers(0, 60)
numbers = st.lists(st.none() | small, max_size=12)
days = st.integers(0, 366).map(lambda one: date(YEAR, 1, 1) + timedelta(one))
measured = st.builds(
    lambda values, targets, whole, adding, direction: Measured(
        adding, MONTHS, counts(*values), counts(*targets), None if whole is None else Figure(Fraction(whole)), direction
    ),
    numbers, numbers, st.none() | small, st.sampled_from(Adding), st.sampled_from(Direction),
)  # fmt: skip


@given(one=measured, on=days)
@settings(max_examples=150, deadline=None)
def test_what_is_behind_has_a_plan_of_that_period_and_a_value_under_it(one: Measured, on: date) -> None:
    found = pace(one, on)
    if found.state is State.BEHIND:
        assert found.as_of is not None and found.as_of < on
        assert found.as_of in one.values
        assert found.as_of in one.targets or (found.as_of == MONTHS[-1] and one.whole is not None)
        assert found.planned is not None and found.planned.number > 0
        assert found.rate is not None and found.rate < Fraction(7, 10)


@given(one=measured, on=days)
@settings(max_examples=150, deadline=None)
def test_what_is_printed_comes_from_rows(one: Measured, on: date) -> None:
    found = pace(one, on)
    over = [end for end in MONTHS if end < on]
    assert set(found.missing) == {end for end in over if end not in one.values}
    if found.reached is None or found.as_of is None:
        return
    upto = [end for end in MONTHS if end <= found.as_of]
    if one.adding is Adding.FLOW:
        assert set(upto) <= one.values.keys()
        assert found.reached.number == sum(one.values[end].number for end in upto)
    else:
        assert found.reached == one.values[found.as_of]
        assert all(end not in one.values for end in over if end > found.as_of)


@given(one=measured, on=days, later=st.dictionaries(st.sampled_from(MONTHS), small))
@settings(max_examples=150, deadline=None)
def test_values_and_targets_of_what_is_not_over_change_nothing(
    one: Measured, on: date, later: dict[date, int]
) -> None:
    ahead = {end: Figure(Fraction(number)) for end, number in later.items() if end >= on}
    changed = replace(one, values={**one.values, **ahead}, targets={**one.targets, **ahead})
    assert pace(changed, on) == pace(one, on)


@given(
    values=st.lists(small, min_size=12, max_size=12),
    targets=st.lists(small, min_size=12, max_size=12),
    on=days,
)
@settings(max_examples=150, deadline=None)
def test_a_range_lies_about_what_is_there(values: list[int], targets: list[int], on: date) -> None:
    one = flow(counts(*values), counts(*targets))
    found, known = projection(one, on), to_date(one, on)
    if found is not None:
        assert known is not None
        assert known[1].number <= found.low <= found.high


@given(
    rate=st.integers(0, 30),
    targets=st.lists(st.integers(1, 60), min_size=12, max_size=12),
    months=st.integers(3, 12),
)
@settings(max_examples=100, deadline=None)
def test_who_keeps_one_rate_is_projected_by_it(rate: int, targets: list[int], months: int) -> None:
    part = Fraction(rate, 10)
    values = {end: Figure(one * part) for end, one in zip(MONTHS[:months], targets, strict=False)}
    found = projection(flow(values, counts(*targets)), NEW_YEAR)
    assert found is not None
    assert found.low == found.high == sum(targets) * part


@given(pairs=st.lists(st.tuples(small, small), min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_a_ratio_is_the_sum_of_its_counts(pairs: list[tuple[int, int]]) -> None:
    known = to_date(flow(ratios(*pairs), {}), NEW_YEAR)
    assert known is not None
    first, second = sum(one for one, _ in pairs), sum(of for _, of in pairs)
    assert known[1] == Figure(Fraction(first), Fraction(second))
    assert known[1].size == (Fraction(first, second) if second else None)


def test_the_plan_of_a_period_is_its_own() -> None:
    one = flow({}, counts(10, None, 30))
    assert plan_to_date(one, MONTHS[1]) is None
    assert plan_to_date(one, MONTHS[2]) == Figure(Fraction(40))
    assert plan_to_date(replace(one, whole=WHOLE), MONTHS[2]) == Figure(Fraction(40))
    assert plan_to_date(replace(one, whole=WHOLE), MONTHS[-1]) == WHOLE
