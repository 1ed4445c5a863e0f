"""주간업무보고: what a department did this week, what falls due in the next, and what waits; from the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Session

from reports import done
from reports.done import A_WEEK
from reports.texts import unnamed
from reports.texts.hidden_titles import shown_title
from reports.texts.states import GATE_WORDS
from store import milestones
from store.models import Milestone, Plan
from store.states import MilestoneState

SUNDAY = timedelta(days=6)


class Part(StrEnum):
    """The three sentences of a week."""

    DONE = "done"
    COMING = "coming"
    WAITING = "waiting"


@dataclass(frozen=True)
class Row:
    """One milestone. `day`: done on, due on, or until when it waits; `why`: what for, in words."""

    number: int
    task: str
    title: str
    people: tuple[str, ...]
    day: date | None
    why: str = ""


@dataclass(frozen=True)
class Week:
    """Monday to Sunday. `departments`: by name, each with its parts; one without any is left out."""

    monday: date
    departments: dict[str, dict[Part, list[Row]]] = field(default_factory=dict)

    @property
    def sunday(self) -> date:
        return self.monday + SUNDAY

    def count(self, part: Part) -> int:
        return sum(len(parts[part]) for parts in self.departments.values())


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(session: Session, day: date, zone: ZoneInfo, *within: ColumnElement[bool]) -> Week:
    """The week in which the day lies. What was done earlier and registered in it counts as well; what waits does so now.
    `within`: conditions on tasks."""
    monday = monday_of(day)
    found: dict[str, dict[Part, list[Row]]] = defaultdict(lambda: {part: [] for part in Part})
    for part, some in (
        (Part.DONE, _done(session, monday, zone, *within)),
        (Part.COMING, _coming(session, monday + A_WEEK, *within)),
        (Part.WAITING, _waiting(session, day, *within)),
    ):
        for one in some:
            where = one.task.department
            found[where.name if where else unnamed.department()][part].append(_row(part, one, day))
    return Week(monday, {name: found[name] for name in sorted(found)})


def _done(
    session: Session, monday: date, zone: ZoneInfo, *within: ColumnElement[bool]
) -> Iterable[Milestone]:
    return milestones.search(session, *within, done.in_week(monday, zone))


def _coming(session: Session, monday: date, *within: ColumnElement[bool]) -> Iterable[Milestone]:
    is_due = Milestone.due_on >= monday, Milestone.due_on <= monday + SUNDAY
    is_open = Milestone.state == MilestoneState.PLANNED, ~Milestone.before_start, ~Plan.awaits_start
    return milestones.search(session, *within, *is_open, *is_due)


def _waiting(session: Session, day: date, *within: ColumnElement[bool]) -> Iterable[Milestone]:
    """For something outside, or on hold."""
    waits = and_(
        Milestone.state == MilestoneState.PLANNED, Milestone.gate.is_not(None), Milestone.review_on >= day
    )
    return milestones.search(session, *within, or_(waits, Milestone.state == MilestoneState.ON_HOLD))


def _row(part: Part, one: Milestone, day: date) -> Row:
    days = {Part.DONE: one.done_on, Part.COMING: one.due_on, Part.WAITING: one.review_on}
    people = () if one.task.is_secret else tuple(a.officer.name for a in milestones.assignees(one, day))
    return Row(one.id, shown_title(one.task), shown_title(one), people, days[part], _why(part, one))


def _why(part: Part, one: Milestone) -> str:
    """추경 — 제2회 추경 편성 후; of what is on hold its reason."""
    if part is not Part.WAITING:
        return ""
    gate = GATE_WORDS[one.gate] if one.gate else ""
    said = one.reason or "" if not one.task.is_secret else ""
    return " — ".join(word for word in (gate, said) if word)
