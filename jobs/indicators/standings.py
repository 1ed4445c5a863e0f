"""How each of thousands of indicators stands, for lists and counts: judged once, and again only when its revision has moved.

Nothing of it is a column: it is worked out of the rows and remembered by this process alone, beside the revision that it is of.
What a period says changes with the month, so the month is part of what is remembered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from jobs.indicators.figures import missing_periods, pace_of
from jobs.indicators.pace import State
from store import indicators
from store.indicators import Place, Rows
from store.states import IndicatorKind, Judgement

WITH_PLAN = frozenset({State.KEPT, State.SHORT, State.BEHIND, State.OVER})
FIRST = {State.BEHIND: 0, State.OVER: 1, State.SHORT: 2, State.NOT_ENTERED: 3}
SLOW, LAST = frozenset({State.BEHIND, State.SHORT}), len(FIRST)
Key = tuple[int, int, Fraction]  # year, month, the bound under which it is behind


class Alike(NamedTuple):
    """`is_missing`: a period is over without its value; `is_goal`: in words, which a person judges."""

    state: State | None
    is_missing: bool
    is_goal: bool
    judgement: Judgement | None


class Standing(NamedTuple):
    """What a list needs to know of one: None of what it is not judged by. `order`: behind first, the slowest of them at the
    front, then what is over, short, not entered, and the rest; `alike`: by what it is counted."""

    state: State | None
    rate: Fraction | None
    order: tuple[int, float]
    alike: Alike


class Placed(NamedTuple):
    """An indicator of a list with its standing."""

    place: Place
    of: Standing


class Counts(NamedTuple):
    """Every count is one of the list. `planned`: judged by a plan of their period, `kept` and `behind` of them; `waiting`: are
    asked and a period is over without its value; `judged` and `reached` of the `goals` in words."""

    total: int
    planned: int
    kept: int
    behind: int
    asked: int
    waiting: int
    goals: int
    judged: int
    reached: int


_NOTHING = (-1, None)
_REMEMBERED: WeakKeyDictionary[object, tuple[Key, dict[int, tuple[int, Standing]]]] = WeakKeyDictionary()


def forget() -> None:
    """As after a start."""
    _REMEMBERED.clear()


def placed(session: Session, today: date, bound: Fraction, *conditions: ColumnElement[bool]) -> list[Placed]:
    """Those under the conditions, by number."""
    places = indicators.places(session, *conditions)
    known = _known(session, (today.year, today.month, bound))
    if indicators.is_changing(session):
        known = dict(known)  # what this transaction sees may be taken back
    unknown = [one for one in places if known.get(one.number, _NOTHING)[0] != one.revision]
    revisions = {one.number: one.revision for one in unknown}
    for rows in indicators.judged(session, list(revisions), today.year):
        number = rows.indicator.id
        known[number] = revisions[number], standing(rows, today, bound)
    return [Placed(one, known[one[0]][1]) for one in places]


def laggards_first(found: Iterable[Placed]) -> list[Placed]:
    """What is behind first, and by number where all else is the same."""
    return sorted(found, key=lambda one: one[1].order)


def _known(session: Session, key: Key) -> dict[int, tuple[int, Standing]]:
    """What this process remembers of the store: number -> the revision, and what was found of it."""
    of = session.get_bind()
    there = _REMEMBERED.get(of)
    if there is None or there[0] != key:
        there = _REMEMBERED[of] = (key, {})
    return there[1]


def standing(rows: Rows, today: date, bound: Fraction) -> Standing:
    """One of them, by its rows."""
    pace = pace_of(rows, today, bound)
    settled = rows.years.get(today.year)
    state, rate = (pace.state, pace.rate) if pace is not None else (None, None)
    slowness = float(rate) if rate is not None and state in SLOW else 0.0
    is_goal = rows.indicator.kind is IndicatorKind.TEXT
    judgement = settled.judgement if settled is not None else None
    return Standing(
        state,
        rate,
        (FIRST.get(state, LAST) if state is not None else LAST, slowness),
        Alike(state, bool(missing_periods(rows, today)), is_goal, judgement),
    )


def counts(found: Iterable[Placed]) -> Counts:
    """Of the list: what is alike is tallied together."""
    tallied = Counter((of.alike, place.is_asked) for place, of in found)
    tally = dict.fromkeys(Counts._fields, 0)
    for ((state, is_missing, is_goal, judgement), is_asked), many in tallied.items():
        for name, counts_here in (
            ("total", True),
            ("planned", state in WITH_PLAN),
            ("kept", state is State.KEPT),
            ("behind", state is State.BEHIND),
            ("asked", is_asked),
            ("waiting", is_asked and is_missing),
            ("goals", is_goal),
            ("judged", is_goal and judgement is not None),
            ("reached", is_goal and judgement is Judgement.REACHED),
        ):
            tally[name] += many if counts_here else 0
    return Counts(**tally)


class Group(NamedTuple):
    """What a department has, and the counts of it. None: of no department."""

    department_id: int | None
    found: list[Placed]
    counts: Counts


def by_department(found: Iterable[Placed]) -> list[Group]:
    """Those with most behind first, then with most that have not come."""
    groups: dict[int | None, list[Placed]] = {}
    for one in found:
        groups.setdefault(one[0].department_id, []).append(one)
    told = [Group(number, of, counts(of)) for number, of in groups.items()]
    return sorted(told, key=lambda one: (-one.counts.behind, -one.counts.waiting, one.department_id or 0))


def together(groups: Iterable[Group]) -> Counts:
    """The counts of all of them."""
    return Counts(*map(sum, zip(*(one.counts for one in groups), strict=True)))
