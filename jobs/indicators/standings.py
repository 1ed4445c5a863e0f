"""How each of thousands of indicators stands, for lists and counts: judged once, and again only when its revision has moved.

Nothing of it is a column: it is worked out of the rows and remembered by this process alone, beside the revision that it is of.
What a period says changes with the month, so the month is part of what is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


class Standing(NamedTuple):
    """What a list needs to know of one: None of what it is not judged by. `is_missing`: a period is over without its value;
    `order`: behind first, the slowest of them at the front, then what is over, short, not entered, and the rest."""

    kind: IndicatorKind
    state: State | None
    rate: Fraction | None
    is_missing: bool
    judgement: Judgement | None
    order: tuple[int, float]


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


_TALLIED = Counts._fields[1:]
_NOTHING = (-1, None)
_REMEMBERED: WeakKeyDictionary[object, tuple[Key, dict[int, tuple[int, Standing]]]] = WeakKeyDictionary()


def forget() -> None:
    """As after a start."""
    _REMEMBERED.clear()


def placed(session: Session, today: date, bound: Fraction, *conditions: ColumnElement[bool]) -> list[Placed]:
    """Those under the conditions, what is behind first."""
    places = indicators.places(session, *conditions)
    known = _known(session, (today.year, today.month, bound))
    if indicators.is_changing(session):
        known = dict(known)  # what this transaction sees may be taken back
    unknown = [one for one in places if known.get(one.number, _NOTHING)[0] != one.revision]
    revisions = {one.number: one.revision for one in unknown}
    for rows in indicators.judged(session, list(revisions), today.year):
        number = rows.indicator.id
        known[number] = revisions[number], standing(rows, today, bound)
    found = [Placed(one, known[one.number][1]) for one in places]
    return sorted(found, key=lambda one: one[1].order)  # stable: by number where all else is the same


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
    is_slow = state in SLOW and rate is not None
    return Standing(
        rows.indicator.kind,
        state,
        rate,
        bool(missing_periods(rows, today)),
        settled.judgement if settled is not None else None,
        (
            FIRST.get(state, LAST) if state is not None else LAST,
            float(rate) if is_slow and rate is not None else 0.0,
        ),
    )


def counts(found: Iterable[Placed]) -> Counts:
    """Of the list."""
    total, tally = 0, dict.fromkeys(_TALLIED, 0)
    for place, of in found:
        total += 1
        state = of.state
        if state in WITH_PLAN:
            tally["planned"] += 1
            tally["kept"] += state is State.KEPT
            tally["behind"] += state is State.BEHIND
        if place.is_asked:
            tally["asked"] += 1
            tally["waiting"] += of.is_missing
        if of.kind is IndicatorKind.TEXT:
            tally["goals"] += 1
            tally["judged"] += of.judgement is not None
            tally["reached"] += of.judgement is Judgement.REACHED
    return Counts(total, **tally)


def by_department(found: Sequence[Placed]) -> list[tuple[int | None, list[Placed]]]:
    """Department -> its own, those with most behind first, then with most that have not come."""
    groups: dict[int | None, list[Placed]] = {}
    for one in found:
        groups.setdefault(one.place.department_id, []).append(one)

    def weight(group: tuple[int | None, list[Placed]]) -> tuple[int, int, int]:
        told = counts(group[1])
        return -told.behind, -told.waiting, group[0] or 0

    return sorted(groups.items(), key=weight)
