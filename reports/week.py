"""The counts of a week: a department's, which a group may know, no names; the organisation's; a person's own."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from reports import done
from reports.done import A_WEEK
from reports.scope import Scope, ScopeKind, condition
from store import absences, milestones, teams
from store.models import Absence, Assignment, Milestone, Plan, Task
from store.states import MilestoneState

SUNDAY = 6


class WeekCounts(BaseModel):
    """Milestones of a scope; a week is Monday to Sunday. A promise in two plans counts once. `recurring`: of those
    overdue, the turns of what comes again within a quarter."""

    due_this_week: int
    overdue: int
    done_last_week: int
    recurring: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.due_this_week or self.overdue or self.done_last_week)


def week_counts(session: Session, today: date, zone: ZoneInfo, scope: Scope | None) -> WeekCounts:
    """Of a department or a team, or of everything where None."""
    return _counts(session, today, zone, true() if scope is None else condition(scope, today))


def own_counts(session: Session, today: date, zone: ZoneInfo, officer_id: int) -> WeekCounts:
    """Of what the person answers for today."""
    mine = select(Assignment.task_id).where(Assignment.officer_id == officer_id, milestones.is_current(today))
    return _counts(session, today, zone, Task.id.in_(mine))


def of_the_week(session: Session, today: date, scope: Scope) -> list[Milestone]:
    """The department's or team's milestones that a lead should know by name this week, the weightiest first: what is due
    in it, and what became late in the week before; not what recurs."""
    monday = today - timedelta(days=today.weekday())
    sunday, before = monday + timedelta(days=SUNDAY), monday - timedelta(days=SUNDAY + 1)
    is_due = and_(Milestone.due_on >= today, Milestone.due_on <= sunday)
    is_newly_late = and_(
        Milestone.due_on >= before, Milestone.due_on < today, ~milestones.is_left_in_peace(today)
    )
    is_open = Milestone.state == MilestoneState.PLANNED, ~Milestone.before_start, ~milestones.recurs_often()
    found = milestones.search(session, condition(scope, today), or_(is_due, is_newly_late), *is_open)
    return sorted(found, key=lambda one: (not one.is_watched, one.due_on or today, one.id))


def away_this_week(session: Session, today: date, scope: Scope) -> list[Absence]:
    """Whose absence falls into the week, of the department's or the team's officers; soonest first."""
    sunday = today - timedelta(days=today.weekday()) + timedelta(days=SUNDAY)
    found = absences.between(session, today, sunday)
    if scope.kind is ScopeKind.TEAM:
        return [one for one in found if (team := teams.team_of(one.officer)) and team.id == scope.id]
    return [one for one in found if one.officer.department_id == scope.id]


def _counts(session: Session, today: date, zone: ZoneInfo, scope: ColumnElement[bool]) -> WeekCounts:
    """As of `today`; what is due this week and done already is not counted as due."""
    monday = today - timedelta(days=today.weekday())
    is_open = Milestone.state == MilestoneState.PLANNED
    is_late = milestones.is_late(today), ~milestones.is_left_in_peace(today)

    def count(*conditions: ColumnElement[bool]) -> int:
        query = select(func.count(Milestone.id)).join(Task, Milestone.task_id == Task.id).join(Plan)
        return session.scalar(query.where(milestones.is_owed(), ~Plan.awaits_start, scope, *conditions)) or 0

    return WeekCounts(
        due_this_week=count(
            is_open, Milestone.due_on >= today, Milestone.due_on <= monday + timedelta(days=SUNDAY)
        ),
        overdue=count(*is_late),
        recurring=count(*is_late, milestones.recurs_often()),
        done_last_week=count(done.in_week(monday - A_WEEK, zone)),
    )
