"""연간 일정표: what is due in which month of a year, department by department, read from the store."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from reports import texts
from reports.texts import unnamed
from reports.texts.grammar import full_day
from reports.texts.hidden_titles import hidden_title, shown_title
from store import milestones
from store.models import Assignment, Milestone, Plan, Series, Task
from store.states import MilestoneState, PlanState, Precision

MONTHS = range(1, 13)
SHOWN = (PlanState.ACTIVE, PlanState.CLOSED, PlanState.ARCHIVED)


class Mark(StrEnum):
    """How an entry of the table stands on the day."""

    DONE = "done"
    LATE = "late"
    HELD = "held"
    OPEN = "open"


@dataclass(frozen=True)
class Entry:
    """One milestone. `first`: its first month in this year (of a span that began before, January).

    `due` is None for what only has a start, which stands at that day in `start`.
    """

    title: str
    start: date | None
    due: date | None
    first: int
    last: int
    is_exact: bool  # a day, or a span of days; else a whole month or more
    mark: Mark


@dataclass(frozen=True)
class YearTask:
    """One row: a task with what it has in the year. `rest` is what comes round again or has no date."""

    no: str | None
    title: str
    officers: tuple[str, ...]
    entries: tuple[Entry, ...]
    rest: tuple[str, ...]

    def of_month(self, month: int) -> list[Entry]:
        """What is due in that month, or begins in it and has no due day."""
        return [one for one in self.entries if one.last == month]

    def runs_in(self, month: int) -> bool:
        return any(one.first <= month <= one.last for one in self.entries)


@dataclass(frozen=True)
class YearTable:
    """The table; `as_of` is aware, in the zone whose name is `timezone`."""

    title: str
    year: int
    as_of: datetime
    timezone: str
    departments: dict[str, list[YearTask]] = field(default_factory=dict)

    def count(self, month: int) -> tuple[int, int]:
        """Done and all of what is due in the month."""
        found = [one for task in self.tasks() for one in task.of_month(month)]
        return sum(one.mark is Mark.DONE for one in found), len(found)

    def tasks(self) -> Iterable[YearTask]:
        return (one for tasks in self.departments.values() for one in tasks)


def year_table(
    session: Session,
    year: int,
    title: str,
    now: datetime,
    timezone: str,
    *scope: ColumnElement[bool],
    reported_is_done: bool = True,
    hides_secret: bool = False,
) -> YearTable:
    """Of all plans but drafts, under the conditions on tasks (joined with their plan). `now` is aware, in the zone.

    `hides_secret`: a word stands in the place of whatever secret tasks (비공개) are called.
    """
    done = {MilestoneState.DONE, *([MilestoneState.REPORTED] if reported_is_done else [])}
    dated, rest = defaultdict(list), defaultdict(list)
    for one in _milestones(session, year, scope):
        entry = _entry(one, year, now.date(), done)
        shown = shown_title(one) if hides_secret else one.title
        dated[one.task_id].append(replace(entry, title=shown))
    for series in _series(session, year, scope):
        is_hidden = hides_secret and series.task.is_secret
        rest[series.task_id].append(hidden_title() if is_hidden else f"{series.title} ({series.expr})")
    found: dict[str, list[YearTask]] = defaultdict(list)
    for task in _tasks(session, {*dated, *rest}, year, scope):
        if task.id not in dated and task.id not in rest and (task.start_on or task.end_on):
            start, end = (full_day(one) if one else "" for one in (task.start_on, task.end_on))
            rest[task.id].append(texts.line("year.period", start=start, end=end))
        row = YearTask(
            task.no,
            shown_title(task) if hides_secret else task.title,
            tuple(one.officer.name for one in milestones.of_task(task, now.date())),
            tuple(sorted(dated[task.id], key=lambda one: (one.last, one.due or one.start or date.max))),
            tuple(rest[task.id]),
        )
        found[task.department.name if task.department else unnamed.department()].append(row)
    return YearTable(title, year, now, timezone, dict(sorted(found.items())))


def _milestones(session: Session, year: int, scope: Iterable[ColumnElement[bool]]) -> list[Milestone]:
    """What is due in the year, and what has only a start in it."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    starts = Milestone.due_on.is_(None) & Milestone.start_on.between(first, last)
    query = select(Milestone).join(Task, Milestone.task_id == Task.id).join(Plan)
    query = query.where(
        Plan.state.in_(SHOWN),
        Milestone.state != MilestoneState.CANCELLED,
        Milestone.twin_of_id.is_(None),
        or_(Milestone.due_on.between(first, last), starts),
        *scope,
    )
    return list(session.scalars(query.order_by(Milestone.id)))


def _entry(one: Milestone, year: int, today: date, done: Collection[MilestoneState]) -> Entry:
    start, end = one.start_on or one.due_on, one.due_on or one.start_on
    assert start is not None and end is not None
    mark = Mark.OPEN
    if one.state in done:
        mark = Mark.DONE
    elif one.state is MilestoneState.ON_HOLD:
        mark = Mark.HELD
    elif milestones.is_overdue(one, today):
        mark = Mark.LATE
    return Entry(
        title=one.title,
        start=one.start_on,
        due=one.due_on,
        first=start.month if start.year == year else 1,
        last=end.month,
        is_exact=one.precision in {Precision.DAY, Precision.RANGE},
        mark=mark,
    )


def _series(session: Session, year: int, scope: Iterable[ColumnElement[bool]]) -> list[Series]:
    query = select(Series).join(Task, Series.task_id == Task.id).join(Plan)
    query = query.where(
        Plan.state.in_(SHOWN),
        Series.start_on <= date(year, 12, 31),
        Series.until_on >= date(year, 1, 1),
        *scope,
    )
    return list(session.scalars(query.order_by(Series.id)))


def _tasks(
    session: Session, ids: Collection[int], year: int, scope: Iterable[ColumnElement[bool]]
) -> list[Task]:
    """Those, and the others of the year: of its plans, or with a period (사업기간) that reaches into it."""
    begins = Task.start_on.is_(None) | (Task.start_on <= date(year, 12, 31))
    ends = Task.end_on >= date(year, 1, 1)
    is_of_year = or_(Plan.year == year, and_(begins, ends))
    others = and_(Plan.state.in_(SHOWN), Task.withdrawn_on.is_(None), is_of_year, *scope)
    query = select(Task).join(Plan).where(or_(Task.id.in_(ids), others)).order_by(Task.plan_id, Task.position)
    people = selectinload(Task.assignments).joinedload(Assignment.officer)
    return list(session.scalars(query.options(joinedload(Task.department), people)))
