"""The managers' view: counts of dated milestones in active plans and of what outlives closed ones, over all and by department."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from pydantic import BaseModel
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from reports.texts import unnamed
from store import plans
from store.models import Department, Milestone, Plan, Task
from store.states import MilestoneState

AHEAD_DAYS = 14


class Counts(BaseModel):
    """Dated milestones and occurrences that are not cancelled. `overdue`: due before the as-of day and open;
    `before_start`: those of them that were due before their plan's start (store.milestones.is_before_start)."""

    total: int = 0
    done: int = 0
    overdue: int = 0
    due_today: int = 0
    due_14_days: int = 0
    on_hold: int = 0
    before_start: int = 0

    @property
    def late(self) -> int:
        """기한 경과 as people are told it: without what lay before the start."""
        return self.overdue - self.before_start

    def add(
        self,
        state: MilestoneState,
        due: date,
        today: date,
        *,
        before_start: bool = False,
        reported_is_done: bool = True,
    ) -> None:
        """`reported_is_done`: no confirmation is required; else a report is neither done nor overdue."""
        self.total += 1
        if state is MilestoneState.DONE:
            self.done += 1
        elif state is MilestoneState.REPORTED:
            self.done += reported_is_done
        elif state is MilestoneState.ON_HOLD:
            self.on_hold += 1
        else:
            self.overdue += due < today
            self.before_start += before_start and due < today
            self.due_today += due == today
            self.due_14_days += today <= due <= today + timedelta(days=AHEAD_DAYS)

    def rate(self) -> str:
        """Done of total in percent, one decimal, half up; "0.0" for nothing."""
        if not self.total:
            return "0.0"
        tenths = (2000 * self.done + self.total) // (2 * self.total)
        return f"{tenths // 10}.{tenths % 10}"


class DepartmentCounts(Counts):
    name: str


class Status(BaseModel):
    """As `gihan status --json` prints it."""

    as_of: datetime
    timezone: str
    tasks: int
    milestones: Counts
    departments: list[DepartmentCounts]


def status(
    session: Session,
    now: datetime,
    today: date,
    timezone: str,
    *scope: ColumnElement[bool],
    with_twins: bool = False,
    reported_is_done: bool = True,
) -> Status:
    """Counts under the conditions (on Task, Plan, Milestone), departments by name. `now` is aware.

    A promise that stands in two plans counts once, unless `with_twins`: for one plan by itself. A report counts
    as done where no confirmation is required.
    """
    tasks = select(func.count(func.distinct(Task.id))).select_from(Task).join(Plan)
    if scope:
        tasks = tasks.outerjoin(Milestone, Milestone.task_id == Task.id)
    dated = (
        select(Milestone.state, Milestone.due_on, Milestone.before_start, Department.name)
        .join(Task, Milestone.task_id == Task.id)
        .join(Plan)
        .outerjoin(Department, Task.department_id == Department.id)
        .where(
            plans.counts(today),
            *scope,
            Milestone.due_on.is_not(None),
            Milestone.state != MilestoneState.CANCELLED,
        )
    )
    if not with_twins:
        dated = dated.where(Milestone.twin_of_id.is_(None))
    total = Counts()
    departments: dict[str, DepartmentCounts] = defaultdict(lambda: DepartmentCounts(name=""))
    for state, due, before_start, name in session.execute(dated):
        assert due is not None
        for counts in total, departments[name or unnamed.department()]:
            counts.add(state, due, today, before_start=before_start, reported_is_done=reported_is_done)
    for name, counts in departments.items():
        counts.name = name
    return Status(
        as_of=now,
        timezone=timezone,
        tasks=session.scalar(tasks.where(plans.has_counted(today), *scope)) or 0,
        milestones=total,
        departments=sorted(departments.values(), key=lambda one: one.name),
    )
