"""How an indicator's values add up, its pace against the plan of that period alone, and a range of what may come.

Pure: counts in, counts and exact fractions out. A period is known by its last day. Nothing here is rounded, and no rate
goes in: a ratio is two counts. What is never called behind (부진) is listed in docs/decisions/0038-indicators.md.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from store.states import Adding, Direction

BEHIND_UNDER = Fraction(70, 100)
SEEN = 3  # planned periods by whose rates a range is drawn


class State(StrEnum):
    """What a pace says. Only BEHIND is ever called 부진."""

    NOT_PLANNED = "not-planned"  # no plan of that period, or of nothing so far
    NOT_ENTERED = "not-entered"  # something is planned, and no value has come
    RESTING = "resting"  # on hold or dropped
    NO_RATE = "no-rate"  # a ratio whose second count is 0
    KEPT = "kept"
    SHORT = "short"  # under the plan, not under the bound
    OVER = "over"  # downward, and nothing was to happen: there is no rate
    BEHIND = "behind"


@dataclass(frozen=True)
class Figure:
    """A count or an amount; of a ratio both counts."""

    number: Fraction
    of: Fraction | None = None

    @property
    def size(self) -> Fraction | None:
        """By which it is compared: the number itself, or first count over second; None where that is 0."""
        if self.of is None:
            return self.number
        return self.number / self.of if self.of else None


@dataclass(frozen=True)
class Measured:
    """An indicator of numbers in one year. `ends`: the last days of its periods, in order, of the months in which there is
    work; `values` and `targets`: by those days, a flow's of that period alone (a ratio's target is always the rate to
    date); `whole`: the target of the year, which is the plan of its last period."""

    adding: Adding
    ends: Sequence[date]
    values: Mapping[date, Figure] = field(default_factory=dict)
    targets: Mapping[date, Figure] = field(default_factory=dict)
    whole: Figure | None = None
    direction: Direction = Direction.UP
    is_resting: bool = False


@dataclass(frozen=True)
class Pace:
    """`reached` and `planned` to date, both of the period that ended on `as_of`; `rate` where there is one; `missing`: ends
    of periods that are over and whose values have not come."""

    state: State
    as_of: date | None = None
    reached: Figure | None = None
    planned: Figure | None = None
    rate: Fraction | None = None
    missing: Sequence[date] = ()


@dataclass(frozen=True)
class Range:
    """What a flow may come to by the end of its last period, if the rest goes as the slowest and the fastest of the last
    planned periods went."""

    low: Fraction
    high: Fraction
    as_of: date


def period_ends(year: int, months: int, first: date | None = None, last: date | None = None) -> list[date]:
    """The last days of the year's periods of so many months in which there is work (from `first` to `last`)."""
    begins = first or date(year, 1, 1)
    stops = last or date(year, 12, 31)
    found = []
    for month in range(months, 13, months):
        starts, ends = date(year, month - months + 1, 1), date(year, month, monthrange(year, month)[1])
        if ends >= begins and starts <= stops:
            found.append(ends)
    return found


def to_date(one: Measured, today: date) -> tuple[date, Figure] | None:
    """The latest day up to which its values are known, and what they make; None where none is. A flow goes as far as there
    is no gap: what came behind one waits for it."""
    come = [end for end in one.ends if end < today and end in one.values]
    if one.adding is Adding.STOCK:
        return (come[-1], one.values[come[-1]]) if come else None
    known = come[: _unbroken(one.ends, come)]
    return (known[-1], _sum([one.values[end] for end in known])) if known else None


def _unbroken(ends: Sequence[date], come: Sequence[date]) -> int:
    """How many of those that came follow one another from the first period on."""
    return next(
        (at for at, (end, other) in enumerate(zip(ends, come, strict=False)) if end != other), len(come)
    )


def _sum(figures: Sequence[Figure]) -> Figure:
    """Counts added, both of them: never a mean of rates."""
    seconds = [one.of for one in figures if one.of is not None]
    number = sum((one.number for one in figures), Fraction())
    return Figure(number, sum(seconds, Fraction()) if seconds else None)


def plan_to_date(one: Measured, end: date) -> Figure | None:
    """What was to be reached by the end of that period, by its own target; None where it has none."""
    if one.whole is not None and end == one.ends[-1]:
        return one.whole
    target = one.targets.get(end)
    if target is None or target.of is not None or one.adding is Adding.STOCK:
        return target
    return _sum([one.targets[day] for day in one.ends if day <= end and day in one.targets])


def pace(one: Measured, today: date, bound: Fraction = BEHIND_UNDER) -> Pace:
    """How it stands today: by the last period that is over and whose value is in, against the plan of that period."""
    missing = tuple(end for end in one.ends if end < today and end not in one.values)
    found = to_date(one, today)
    if one.is_resting:
        return Pace(State.RESTING, missing=missing)
    if found is None:
        is_planned = any(_is_something(plan_to_date(one, end), one.direction) for end in missing)
        return Pace(State.NOT_ENTERED if is_planned else State.NOT_PLANNED, missing=missing)
    as_of, reached = found
    planned = plan_to_date(one, as_of)
    state, rate = _judge(reached, planned, one.direction, bound)
    return Pace(state, as_of, reached, planned, rate, missing)


def _is_something(planned: Figure | None, direction: Direction) -> bool:
    """Downward even a plan of 0 says something: that nothing may happen."""
    return planned is not None and (direction is Direction.DOWN or planned.number > 0)


def _judge(
    reached: Figure, planned: Figure | None, direction: Direction, bound: Fraction
) -> tuple[State, Fraction | None]:
    if planned is None or planned.size is None or not _is_something(planned, direction):
        return State.NOT_PLANNED, None
    if reached.size is None:
        return State.NO_RATE, None
    better, worse = (
        (reached.size, planned.size) if direction is Direction.UP else (planned.size, reached.size)
    )
    if better >= worse:
        return State.KEPT, better / worse if worse > 0 else None
    if direction is Direction.DOWN and better == 0:
        return State.OVER, None
    rate = better / worse
    return State.BEHIND if rate < bound else State.SHORT, rate


def projection(one: Measured, today: date) -> Range | None:
    """The range of the year, of a flow of counts with a plan for each period and enough of it reported; else None."""
    found = to_date(one, today)
    if one.adding is not Adding.FLOW or found is None or any(end not in one.targets for end in one.ends):
        return None
    as_of, reached = found
    seen = [end for end in one.ends if end <= as_of and one.targets[end].number > 0][-SEEN:]
    if len(seen) < SEEN or reached.of is not None:
        return None
    rates = [one.values[end].number / one.targets[end].number for end in seen]
    rest = sum((one.targets[end].number for end in one.ends if end > as_of), Fraction())
    return Range(reached.number + rest * min(rates), reached.number + rest * max(rates), as_of)


def is_grade_reached(scale: Sequence[str], value: str, target: str) -> bool:
    """Whether a grade (등급) is the aimed one or better; `scale`: best first. Grades have no rate and are never behind."""
    return scale.index(value) <= scale.index(target)


def goals_reached(judged: Mapping[int, bool | None], year: int) -> tuple[int, int]:
    """연차별 목표: how many goals in words of the years up to `year` a person judged as reached, of how many. What is not
    judged yet counts among all, not among those reached."""
    due = [one for of, one in judged.items() if of <= year]
    return sum(one is True for one in due), len(due)
