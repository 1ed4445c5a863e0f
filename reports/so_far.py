"""How far things are: the rate of what was due by the as-of day, what is left out of it, and the year's and month's beside it."""

from datetime import date

from pydantic import BaseModel
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from reports.quarterly.rates import percent
from store import milestones
from store.models import Milestone
from store.states import MilestoneState

DONE = frozenset({MilestoneState.DONE, MilestoneState.REPORTED})


class Share(BaseModel):
    """done of all."""

    done: int = 0
    total: int = 0

    def add(self, *, is_done: bool) -> None:
        self.done += is_done
        self.total += 1

    @property
    def percent(self) -> str:
        """One decimal, half up; "0.0" of nothing."""
        return str(percent(self.done, self.total, 1, "half-up") or "0.0")


class SoFar(BaseModel):
    """`due`: on or before the as-of day, without the three beside it; `year`, `month`: due in those of that day."""

    due: Share
    before_start: int = 0
    waiting: int = 0
    held: int = 0
    year: Share
    month: Share


def so_far(
    session: Session, today: date, *scope: ColumnElement[bool], reported_is_done: bool = True
) -> SoFar:
    """Of what is dated and not withdrawn, a promise of two plans once. A report counts as done where no confirmation is
    required."""
    found = milestones.search(
        session, *scope, Milestone.due_on.is_not(None), Milestone.state != MilestoneState.CANCELLED
    )
    done = DONE if reported_is_done else DONE - {MilestoneState.REPORTED}
    counted = SoFar(due=Share(), year=Share(), month=Share())
    for one in found:
        _count(counted, one, today, is_done=one.state in done)
    return counted


def _count(counted: SoFar, one: Milestone, today: date, *, is_done: bool) -> None:
    assert one.due_on is not None
    if one.due_on.year == today.year:
        counted.year.add(is_done=is_done)
        if one.due_on.month == today.month:
            counted.month.add(is_done=is_done)
    if one.due_on > today:
        return
    if one.before_start and one.state is MilestoneState.PLANNED:
        counted.before_start += 1
    elif one.state is MilestoneState.ON_HOLD:
        counted.held += 1
    elif waits(one, today):
        counted.waiting += 1
    else:
        counted.due.add(is_done=is_done)


def waits(one: Milestone, today: date) -> bool:
    """It waits for something outside until a day that has not passed."""
    is_open = one.state is MilestoneState.PLANNED
    return is_open and one.gate is not None and one.review_on is not None and one.review_on >= today
