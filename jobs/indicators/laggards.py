"""부진지표: whom the planning office would ask about what is behind, stage by stage, and the paper of the review.

Nothing is opened by itself: an opening is made here to be looked at, and opened by `jobs.asks.opening` when the planning office
says so. The first stage is about what the pace calls behind; each later one is about the rows of the request before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from zlib import crc32

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.asks.opening import Opening
from jobs.indicators.listing import kpi_rows
from jobs.indicators.steps import IndicatorError
from jobs.rules.calendar import WorkCalendar
from reports import indicator_asks
from reports.indicator_asks import LAGGARDS, NAME, NO, NOW, STAGES, THEN, Followed, Stage
from reports.indicators import BEHIND, KpiRow, laggards_first
from reports.meetings.pack import Pack
from reports.texts.grammar import full_day
from store import asks, indicators
from store.models import Ask, Indicator
from store.states import AskState

AHEAD = timedelta(days=10)
SIGNS = 0x7FFFFFFF  # as large as a number of a button may be


@dataclass(frozen=True)
class Plan:
    """What would be opened. `without`: behind, but of no department, so that nobody can be asked."""

    stage: str
    opening: Opening
    rows: Sequence[KpiRow]
    without: Sequence[KpiRow] = ()


def usual_due(today: date, calendar: WorkCalendar) -> date:
    """By when departments reply where no day is said: a working day."""
    return calendar.next_or_same(today + AHEAD)


def sign_of(plan: Plan) -> int:
    """What a button holds of the list that was shown, so that another list is shown before it is opened."""
    asked = (
        f"{place}:{one[NO]}:{one.get(THEN)}:{one.get(NOW)}"
        for place, rows in plan.opening.given.items()
        for one in rows
    )
    return crc32("|".join([plan.stage, *asked]).encode()) & SIGNS


def chain(session: Session, year: int) -> list[Ask]:
    """The stages that were opened over the newest list of the year, in their order."""
    query = select(Ask).where(Ask.kind == LAGGARDS, Ask.state != AskState.CANCELLED).order_by(Ask.id)
    found = [one for one in session.scalars(query) if one.scope.get(asks.ABOUT_YEAR) == year]
    first = max((at for at, one in enumerate(found) if stage_of(one) == next(iter(STAGES))), default=0)
    return found[first:]


def stage_of(of: Ask) -> str:
    return str(of.scope.get(asks.STAGE, ""))


def next_stage(opened: Sequence[Ask]) -> str | None:
    """What comes after the last one; None after the final review."""
    stages = list(STAGES)
    if not opened:
        return stages[0]
    at = stages.index(stage_of(opened[-1])) + 1
    return stages[at] if at < len(stages) else None


def plan(
    session: Session,
    due_on: date,
    today: date,
    bound: Fraction,
    *,
    stage: str | None = None,
    year: int | None = None,
) -> Plan:
    """The next stage of the year, or the one that is named. Raises IndicatorError where nothing is behind, where a stage
    has no list yet, and after the last."""
    of_year = year or today.year
    opened = chain(session, of_year)
    wanted = stage or next_stage(opened)
    if wanted is None:
        raise IndicatorError("lag-over", year=of_year)
    if wanted == next(iter(STAGES)):
        return _first(session, due_on, today, bound, of_year)
    if not opened:
        raise IndicatorError("lag-no-list", year=of_year)
    return _later(session, wanted, opened[-1], due_on, today, bound, of_year)


def _first(session: Session, due_on: date, today: date, bound: Fraction, year: int) -> Plan:
    listed = indicators.listed(session)
    places = {one.id: _place(one) for one in listed}
    behind = [
        one for one in kpi_rows(session, listed, today, bound, year, is_brief=True) if one.state == BEHIND
    ]
    if not behind:
        raise IndicatorError("lag-none", year=year)
    given: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in laggards_first(behind):
        place = places[one.no]
        if place is not None:
            cells = {NO: one.no, NAME: indicator_asks.name_of(one), THEN: indicator_asks.status(one)}
            given[place].append(cells)
    without = [one for one in behind if places[one.no] is None]
    if not given:
        raise IndicatorError("lag-nobody", year=year)
    return Plan(next(iter(STAGES)), _opening(next(iter(STAGES)), year, due_on, given, None), behind, without)


def _place(one: Indicator) -> int | None:
    return one.department_id or (one.task.department_id if one.task is not None else None)


def _later(
    session: Session, stage: str, before: Ask, due_on: date, today: date, bound: Fraction, year: int
) -> Plan:
    """The same rows, with what was told of each until now and how it stands today."""
    form = indicator_asks.form(stage, year)
    told = told_of(session, before)
    rows = _now(session, told, today, bound, year)
    kept = {one.key for one in form.given}
    given = {
        place: [
            {
                **{key: value for key, value in told[cells[NO]].items() if key in kept},
                NOW: indicator_asks.status(rows[cells[NO]], is_later=True) if cells[NO] in rows else "-",
            }
            for cells in listed
        ]
        for place, listed in _given(before).items()
    }
    return Plan(stage, _opening(stage, year, due_on, given, before.id), list(rows.values()))


def _given(of: Ask) -> dict[int, list[dict[str, Any]]]:
    return {int(place): rows for place, rows in of.scope.get(asks.GIVEN_ROWS, {}).items()}


def told_of(session: Session, of: Ask) -> dict[int, dict[str, Any]]:
    """By indicator what its list says of it and what was replied; a reply that was sent back says nothing yet."""
    replied = asks.rows_of(session, of.id)
    found: dict[int, dict[str, Any]] = {}
    for own in asks.answers(session, of.id):
        rows = replied.get(own.id, []) if own.state in asks.GIVEN else []
        said = {row.cells.get(NO): row.cells for row in rows}
        for cells in asks.given(of, own.department_id):
            found[cells[NO]] = {**cells, **said.get(cells[NO], {})}
    return found


def _now(
    session: Session, numbers: Mapping[int, Any], today: date, bound: Fraction, year: int
) -> dict[int, KpiRow]:
    listed = indicators.listed(session, Indicator.id.in_(numbers))
    return {one.no: one for one in kpi_rows(session, listed, today, bound, year, is_brief=True)}


def _opening(
    stage: str, year: int, due_on: date, given: Mapping[int, Sequence[dict[str, Any]]], before: int | None
) -> Opening:
    return Opening(
        title=indicator_asks.title(stage, year),
        form=indicator_asks.form(stage, year),
        due_on=due_on,
        kind=LAGGARDS,
        like=before,
        given=given,
        about={asks.STAGE: stage, asks.ABOUT_YEAR: year},
    )


def paper(session: Session, today: date, bound: Fraction, year: int) -> Pack:
    """대책보고회 자료 of the newest list of the year. Raises IndicatorError where there is none."""
    opened = chain(session, year)
    if not opened:
        raise IndicatorError("lag-no-list", year=year)
    told: dict[int, dict[str, Any]] = {}
    for of in opened:
        for number, cells in told_of(session, of).items():
            told[number] = {**told.get(number, {}), **cells}
    now = _now(session, told, today, bound, year)
    names = {own.department_id: own.department.name for of in opened for own in asks.answers(session, of.id)}
    found = [
        Followed(int(cells[NO]), names[place], now.get(cells[NO]), told[cells[NO]])
        for place, listed in _given(opened[0]).items()
        for cells in listed
    ]
    stages = [_stage(session, of) for of in opened]
    return indicator_asks.paper(year, full_day(today), stages, found)


def _stage(session: Session, of: Ask) -> Stage:
    answers = asks.answers(session, of.id)
    return Stage(stage_of(of), sum(one.state in asks.GIVEN for one in answers), len(answers))
