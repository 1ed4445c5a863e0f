"""Indicators (성과지표): finding them with their targets and values; what counts of several rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, event, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, object_session

from store.models import (
    Adjustment,
    Indicator,
    IndicatorTarget,
    IndicatorValue,
    IndicatorYear,
    Task,
)
from store.states import AdjustmentDecision, Bound, IndicatorPeriod


class Target(NamedTuple):
    """A row of IndicatorTarget, as values: thousands of them are read for one list."""

    indicator_id: int
    year: int | None
    month: int | None
    number: str | None
    second: str | None
    words: str | None
    bound: Bound | None
    reason: str | None
    adjustment_id: int | None


class Value(NamedTuple):
    """The same of IndicatorValue."""

    id: int
    indicator_id: int
    ends_on: date | None
    number: str | None
    second: str | None
    words: str | None
    rank: int | None
    money: str | None
    evidence: str | None
    is_baseline: bool
    is_correction: bool
    corrects_id: int | None
    entered_by: str | None


_TARGET: Final[list[Any]] = [getattr(IndicatorTarget, name) for name in Target._fields]
_VALUE: Final[list[Any]] = [getattr(IndicatorValue, name) for name in Value._fields]


@dataclass
class Rows:
    """All rows of one indicator, each kind from the oldest to the newest. `targets`: those in force; `proposed`: those that
    wait for an adjustment to be decided."""

    indicator: Indicator
    targets: list[Target] = field(default_factory=list)
    proposed: list[Target] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    years: dict[int, IndicatorYear] = field(default_factory=dict)

    def target(self, year: int | None, month: int | None = None) -> Target | None:
        """The newest in force of the year, or of its month."""
        return self._by_month.get((year, month))

    def first_target(self, year: int | None, month: int | None = None) -> Target | None:
        """당초목표: what was planned first."""
        return next((one for one in self.targets if (one.year, one.month) == (year, month)), None)

    def value(self, ends_on: date) -> Value | None:
        """The newest of the period that ends on the day."""
        return self._by_end.get(ends_on)

    @cached_property
    def _by_month(self) -> dict[tuple[int | None, int | None], Target]:
        return {(one.year, one.month): one for one in self.targets}

    @cached_property
    def _by_end(self) -> dict[date, Value]:
        return {one.ends_on: one for one in self.values if one.ends_on is not None and not one.is_baseline}

    @property
    def baseline(self) -> Value | None:
        return next((one for one in reversed(self.values) if one.is_baseline), None)

    def is_frozen(self, year: int) -> bool:
        settled = self.years.get(year)
        return settled is not None and settled.frozen_at is not None


def get(session: Session, number: int) -> Indicator | None:
    return session.scalars(_loaded().where(Indicator.id == number)).one_or_none()


def locked(session: Session, number: int) -> Indicator | None:
    """The indicator, read afresh; nobody else changes it until the transaction ends."""
    query = select(Indicator).where(Indicator.id == number).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _loaded() -> Select[Indicator]:
    loaded = joinedload(Indicator.department), joinedload(Indicator.task).joinedload(Task.department)
    return select(Indicator).options(*loaded).execution_options(populate_existing=True)


def listed(session: Session, *conditions: ColumnElement[bool]) -> list[Indicator]:
    """Those that are not dropped, of tasks that are there, in the order of their numbers."""
    query = _loaded().outerjoin(Task, Task.id == Indicator.task_id)
    query = query.where(Indicator.dropped_on.is_(None), Task.withdrawn_on.is_(None), *conditions)
    return list(session.scalars(query.order_by(Indicator.id)))


class Place(NamedTuple):
    """An indicator of a list: all that says where it belongs, and by which revision it was judged."""

    number: int
    revision: int
    department_id: int | None
    task_id: int | None
    is_asked: bool


def places(session: Session, *conditions: ColumnElement[bool]) -> list[Place]:
    """The same as `listed`, as values: thousands of them."""
    department = func.coalesce(Indicator.department_id, Task.department_id)
    query = select(Indicator.id, Indicator.revision, department, Indicator.task_id, Indicator.is_asked)
    query = query.select_from(Indicator).outerjoin(Task, Task.id == Indicator.task_id)
    query = query.where(Indicator.dropped_on.is_(None), Task.withdrawn_on.is_(None), *conditions)
    session.flush()
    return list(map(Place._make, session.connection().execute(query.order_by(Indicator.id)).all()))


class Named(NamedTuple):
    number: int
    name: str


def names(session: Session, *conditions: ColumnElement[bool]) -> list[Named]:
    """The names of the same, but those of secret tasks."""
    query = select(Indicator.id, Indicator.name).outerjoin(Task, Task.id == Indicator.task_id)
    is_open = Indicator.dropped_on.is_(None), Task.withdrawn_on.is_(None), Task.is_secret.is_not(True)
    return [Named(*row) for row in session.execute(query.where(*is_open, *conditions).order_by(Indicator.id))]


AT_ONCE = 500  # numbers in one query


def judged(session: Session, numbers: Sequence[int], year: int) -> Iterator[Rows]:
    """Those with what they are judged by in the year: without their names, their documents and what lies further back."""
    light = contains_eager(Indicator.task).load_only(Task.withdrawn_on)
    query = select(Indicator).outerjoin(Task, Task.id == Indicator.task_id).options(light)
    for at in range(0, len(numbers), AT_ONCE):
        part = numbers[at : at + AT_ONCE]
        found = session.scalars(query.where(Indicator.id.in_(part)).order_by(Indicator.id)).all()
        yield from rows(session, found, year)


_CHANGED: Final = "indicators-changed"


@event.listens_for(Indicator, "after_insert")
@event.listens_for(Indicator, "after_update")
def _note_change(_mapper: object, _connection: object, one: Indicator) -> None:
    session = object_session(one)
    if session is not None:
        session.info[_CHANGED] = True


def is_changing(session: Session) -> bool:
    """Whether the transaction has changed an indicator: what it sees may be taken back."""
    return bool(session.info.get(_CHANGED))


def of_adjustment(session: Session, number: int) -> list[Indicator]:
    """Those whose target the adjustment changes."""
    ids = select(IndicatorTarget.indicator_id).where(IndicatorTarget.adjustment_id == number)
    return list(session.scalars(select(Indicator).where(Indicator.id.in_(ids)).order_by(Indicator.id)))


def is_of(department_id: int) -> ColumnElement[bool]:
    """The indicator, or its task, is the department's."""
    return or_(Indicator.department_id == department_id, Task.department_id == department_id)


def of_tasks(session: Session, task_ids: Collection[int]) -> list[Indicator]:
    """Those of the tasks, dropped ones as well."""
    query = _loaded().where(Indicator.task_id.in_(task_ids))
    return list(session.scalars(query.order_by(Indicator.id)))


def rows(session: Session, found: Iterable[Indicator], year: int | None = None) -> list[Rows]:
    """All rows of the indicators, in their order: three queries however many they are. `year`: targets of that year alone,
    and values of it and the one before."""
    wanted = [Rows(one) for one in found]
    by_id = {one.indicator.id: one for one in wanted}
    query = select(*_TARGET, Adjustment.decision).outerjoin(
        Adjustment, Adjustment.id == IndicatorTarget.adjustment_id
    )
    values = select(*_VALUE).where(IndicatorValue.indicator_id.in_(by_id)).order_by(IndicatorValue.id)
    if year is not None:
        query = query.where(IndicatorTarget.year == year)
        values = values.where(IndicatorValue.ends_on >= date(year - 1, 1, 1))
    for *said, decision in session.execute(
        query.where(IndicatorTarget.indicator_id.in_(by_id)).order_by(IndicatorTarget.id)
    ):
        target = Target(*said)
        here = by_id[target.indicator_id]
        if target.adjustment_id is None or decision is AdjustmentDecision.APPROVED:
            here.targets.append(target)
        elif decision is None:
            here.proposed.append(target)
    for row in session.execute(values):
        value = Value(*row)
        by_id[value.indicator_id].values.append(value)
    for settled in session.scalars(select(IndicatorYear).where(IndicatorYear.indicator_id.in_(by_id))):
        by_id[settled.indicator_id].years[settled.year] = settled
    return wanted


def rows_of(session: Session, indicator: Indicator) -> Rows:
    """The same of one."""
    [found] = rows(session, [indicator])
    return found


class Seat(NamedTuple):
    """An indicator that is asked for a period that is over: all that says whose turn it is."""

    number: int
    task_id: int | None
    department_id: int | None
    ends_on: date
    asked_day: int | None


def without_value(session: Session, ends: Mapping[IndicatorPeriod, tuple[date, date]]) -> list[Seat]:
    """Those that are asked and have no value of the period of their kind, given as its first and last day; of what began
    later, ended before or was entered after it none. Values, no objects."""
    department = func.coalesce(Indicator.department_id, Task.department_id)
    found: list[Seat] = []
    for period, (first, last) in ends.items():
        has_value = exists().where(
            IndicatorValue.indicator_id == Indicator.id,
            IndicatorValue.ends_on == last,
            IndicatorValue.is_baseline.is_(False),
        )
        query = select(Indicator.id, Indicator.task_id, department, Indicator.asked_day, Indicator.entered_at)
        query = query.outerjoin(Task, Task.id == Indicator.task_id).where(
            Indicator.is_asked.is_(True),
            Indicator.period == period,
            Indicator.dropped_on.is_(None),
            Task.withdrawn_on.is_(None),
            Indicator.starts_on.is_(None) | (Indicator.starts_on <= last),
            Indicator.ends_on.is_(None) | (Indicator.ends_on >= first),
            ~has_value,
        )
        for number, task_id, department_id, day, entered_at in session.connection().execute(query):
            if entered_at.date() <= last:
                found.append(Seat(number, task_id, department_id, last, day))
    return sorted(found)


def is_any_asked(session: Session) -> bool:
    """Whether any indicator is asked at all."""
    return session.scalar(select(Indicator.id).where(Indicator.is_asked.is_(True)).limit(1)) is not None
