"""팀 inside departments: whose they are, and of which team a task is. A task of none is the whole department's."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select, true
from sqlalchemy.orm import Session

from store import plans
from store.milestones import is_current
from store.models import Assignment, Department, Officer, Plan, Role, Task, Team, TeamMember
from store.officers import alike, department
from store.states import AssignmentKind

NAME_MOST = 100  # characters that the column takes
_MOST_WORDS: Final = 6  # of a department's name in front of a team's


def full_name(team: Team) -> str:
    """With its department's: many departments have a team of one name."""
    return f"{team.department.name} {team.name}"


def named(session: Session, name: str, department_id: int | None = None) -> list[Team]:
    """Every team of that name, with its department's before it or without; by department. Names are one however they are
    spaced or capitalised: 공원 관리팀 is 공원관리팀, parks team is Parks Team. `department_id`: in that one alone."""
    is_there = Team.department_id == department_id if department_id is not None else true()
    query = select(Team).join(Department).where(_is_called(name), is_there)
    found = list(session.scalars(query.order_by(Department.name, Team.id)))
    return [
        *found,
        *(one for one in _behind_departments(session, name) if department_id in {None, one.department_id}),
    ]


def _behind_departments(session: Session, name: str) -> Iterator[Team]:
    """The teams whose department's name stands in front of theirs, each of as many words as it has."""
    words = name.split()
    for count in range(1, min(len(words), _MOST_WORDS)):
        where = department(session, " ".join(words[:count]))
        one = within(session, where, " ".join(words[count:])) if where is not None else None
        if one is not None:
            yield one


def _is_called(name: str) -> ColumnElement[bool]:
    return func.replace(func.lower(Team.name), " ", "") == alike(name[:NAME_MOST])


def within(session: Session, department: Department, name: str) -> Team | None:
    """The department's team of that name, written so or in another way."""
    query = select(Team).where(Team.department_id == department.id, _is_called(name))
    return session.scalars(query.order_by(Team.name != name, Team.id).limit(1)).first()


def ensure(session: Session, department: Department, name: str) -> Team:
    """The department's team of that name, made where it is new."""
    name = " ".join(name.split())[:NAME_MOST]
    found = within(session, department, name)
    if found is None:
        found = Team(department=department, name=name)
        session.add(found)
        session.flush()
    return found


def team_of(officer: Officer) -> Team | None:
    """The team that the person belongs to, if it is one of the own department."""
    team = officer.membership.team if officer.membership is not None else None
    return team if team is not None and team.department_id == officer.department_id else None


def members(session: Session, team_id: int) -> list[Officer]:
    """Who belongs to it, by name."""
    query = select(Officer).join(TeamMember).where(TeamMember.team_id == team_id)
    return list(session.scalars(query.order_by(Officer.name, Officer.id)))


def of_department(session: Session, department_id: int) -> list[Team]:
    """Its teams that somebody belongs to, by name."""
    has_members = select(TeamMember.team_id).where(TeamMember.team_id == Team.id).exists()
    query = select(Team).where(Team.department_id == department_id, has_members)
    return list(session.scalars(query.order_by(Team.name)))


def of_the_task(today: date) -> ScalarSelect[int]:
    """In a query of tasks: the team of who is accountable (주담당) on `today`; null where that is no team of the task's
    department, or nobody's is known."""
    query = (
        select(Team.id)
        .join(TeamMember, TeamMember.team_id == Team.id)
        .join(Assignment, Assignment.officer_id == TeamMember.officer_id)
        .where(
            and_(Assignment.task_id == Task.id, is_current(today)),
            Assignment.kind == AssignmentKind.LEAD,
            Team.department_id == Task.department_id,
        )
    )
    return query.order_by(Assignment.id).limit(1).correlate(Task).scalar_subquery()


def of_task(session: Session, task: Task, today: date) -> int | None:
    """The same of one task."""
    return session.scalar(select(of_the_task(today)).select_from(Task).where(Task.id == task.id))


def is_of(team_id: int, today: date) -> ColumnElement[bool]:
    """Condition on tasks: they are the team's."""
    return of_the_task(today) == team_id


def led(session: Session, role: Role, today: date) -> Team | None:
    """The team whose lead the role is of, where tasks in use are the team's; None: the whole department counts."""
    if role.team is None:
        return None
    query = select(Task.id).join(Plan).where(plans.is_in_use(), Task.department_id == role.department_id)
    has_tasks = session.scalar(query.where(is_of(role.team.id, today)).limit(1)) is not None
    return role.team if has_tasks else None


def is_for_lead_of(team_id: int, today: date) -> ColumnElement[bool]:
    """Condition on tasks of the team's department: they are the team's, or of no team that is known."""
    found = of_the_task(today)
    return (found == team_id) | found.is_(None)
