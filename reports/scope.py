"""What a status is about: the city, a bureau, a department, a team of it, a policy area, a person or a plan."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from store import milestones, officers, plans, teams
from store.models import Assignment, Department, Officer, Plan, Task, Team
from store.states import PlanState


class ScopeKind(StrEnum):
    CITY = "city"
    BUREAU = "bureau"
    DEPARTMENT = "department"
    AREA = "area"
    PERSON = "person"
    PLAN = "plan"
    TEAM = "team"


@dataclass(frozen=True)
class Scope:
    """`id` finds it again: of a bureau one of its departments', of an area one of its tasks'; 0 for the city."""

    kind: ScopeKind
    id: int
    name: str


def condition(scope: Scope, today: date) -> ColumnElement[bool]:
    """Condition on tasks (joined with their plan) of active plans."""
    if scope.kind is ScopeKind.BUREAU:
        return Task.department_id.in_(select(Department.id).where(Department.bureau == scope.name))
    if scope.kind is ScopeKind.DEPARTMENT:
        return Task.department_id == scope.id
    if scope.kind is ScopeKind.AREA:
        return Task.area == scope.name
    if scope.kind is ScopeKind.PERSON:
        mine = select(Assignment.task_id).where(
            Assignment.officer_id == scope.id, milestones.is_current(today)
        )
        return Task.id.in_(mine)
    if scope.kind is ScopeKind.TEAM:
        return teams.is_of(scope.id, today)
    return Task.plan_id == scope.id if scope.kind is ScopeKind.PLAN else true()


def find(session: Session, kind: ScopeKind, number: int, organisation: str) -> Scope | None:
    """The scope of a button; None where it is gone."""
    name: str | None = None
    if kind is ScopeKind.CITY:
        name, number = organisation, 0
    elif kind in {ScopeKind.BUREAU, ScopeKind.DEPARTMENT}:
        department = session.get(Department, number)
        is_bureau = kind is ScopeKind.BUREAU
        name = (department.bureau if is_bureau else department.name) if department else None
    elif kind is ScopeKind.AREA:
        task = session.get(Task, number)
        name = task.area if task else None
    elif kind is ScopeKind.PERSON:
        officer = session.get(Officer, number)
        name = officer.name if officer else None
    elif kind is ScopeKind.TEAM:
        team = session.get(Team, number)
        name = teams.full_name(team) if team else None
    else:
        plan = session.get(Plan, number)
        name = plan.title if plan else None
    return Scope(kind, number, name) if name else None


def named(session: Session, text: str) -> list[Scope]:
    """Everything of that name: departments by their other names too, teams with their department's or without, plans by a
    part of their title."""
    wanted = " ".join(text.split())
    department = officers.department(session, wanted)
    found = [of_department(department)] if department else []
    found += [one for one in (*bureaus(session), *areas(session)) if one.name == wanted]
    found += [of_team(one) for one in teams.named(session, wanted)]
    people = officers.find(session, wanted)
    found += [Scope(ScopeKind.PERSON, one.id, one.name) for one in people]
    if found:
        return found
    query = select(Plan).where(Plan.state == PlanState.ACTIVE, plans.named(session, wanted))
    return [Scope(ScopeKind.PLAN, one.id, one.title) for one in session.scalars(query.order_by(Plan.id))]


def of_department(department: Department) -> Scope:
    return Scope(ScopeKind.DEPARTMENT, department.id, department.name)


def of_team(team: Team) -> Scope:
    return Scope(ScopeKind.TEAM, team.id, teams.full_name(team))


def bureaus(session: Session, within: ColumnElement[bool] | None = None) -> list[Scope]:
    """The bureaus that have tasks of active plans, by name."""
    query = (
        select(Department.bureau, func.min(Department.id))
        .join(Task, Task.department_id == Department.id)
        .join(Plan)
        .where(Department.bureau.is_not(None), plans.is_in_use(), *_given(within))
    )
    rows = session.execute(query.group_by(Department.bureau).order_by(Department.bureau))
    return [Scope(ScopeKind.BUREAU, number, name) for name, number in rows if name]


def areas(session: Session, within: ColumnElement[bool] | None = None) -> list[Scope]:
    """The policy areas of active plans, in the order of the documents."""
    query = select(Task.area, func.min(Task.id)).join(Plan)
    query = query.where(Task.area.is_not(None), plans.is_in_use(), *_given(within))
    rows = session.execute(query.group_by(Task.area).order_by(func.min(Task.id)))
    return [Scope(ScopeKind.AREA, number, name) for name, number in rows if name]


def departments(session: Session, within: ColumnElement[bool]) -> list[Scope]:
    """The departments that have tasks of active plans within the condition, by name."""
    query = select(Department.id, Department.name).join(Task, Task.department_id == Department.id).join(Plan)
    query = query.where(plans.is_in_use(), within).distinct().order_by(Department.name)
    return [Scope(ScopeKind.DEPARTMENT, number, name) for number, name in session.execute(query)]


def teams_of(session: Session, within: ColumnElement[bool], today: date) -> list[Scope]:
    """The teams that have tasks of active plans within the condition today, by name."""
    mine = select(teams.of_the_task(today)).select_from(Task).join(Plan).where(plans.is_in_use(), within)
    query = select(Team).join(Department).where(Team.id.in_(mine)).order_by(Department.name, Team.name)
    return [of_team(one) for one in session.scalars(query)]


def people(session: Session, within: ColumnElement[bool], today: date) -> list[Scope]:
    """Who answers for tasks of active plans within the condition today, by name."""
    query = select(Officer.id, Officer.name).join(Assignment, Assignment.officer_id == Officer.id)
    query = query.join(Task, Task.id == Assignment.task_id).join(Plan)
    query = query.where(plans.is_in_use(), milestones.is_current(today), within)
    rows = session.execute(query.distinct().order_by(Officer.name, Officer.id))
    return [Scope(ScopeKind.PERSON, number, name) for number, name in rows]


def _given(within: ColumnElement[bool] | None) -> list[ColumnElement[bool]]:
    return [] if within is None else [within]
