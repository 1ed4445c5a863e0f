"""Who may do what: one table of action × role -> scope, which the commands, the docs and the tests read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session

from store import links, milestones, officers
from store.models import Assignment, ChatLink, Department, Milestone, Officer, Role, Task
from store.states import RoleName


class Action(StrEnum):
    """What can be done to milestones."""

    VIEW = "view"  # /task, /my
    CHANGE = "change"  # /done, /delay, /undo
    OVERVIEW = "overview"  # /status, /overdue, /upcoming
    SETTLE_PAST = "settle-past"  # decide on entries that were past when their plan came in
    UNREACHED = "unreached"  # /unreachable
    PLANS = "plans"  # send in documents, decide on differences, open and close plans, add by hand


class Scope(StrEnum):
    """How far a role reaches."""

    NONE = "none"
    OWN = "own"  # tasks the person is assigned to today
    DEPARTMENT = "department"  # tasks of the role's department
    BUREAU = "bureau"  # tasks of the departments of that bureau (국)
    ALL = "all"


# Everybody is an officer (담당자); other roles add to it.
TABLE: dict[Action, dict[RoleName, Scope]] = {
    Action.VIEW: {
        RoleName.OFFICER: Scope.OWN,
        RoleName.LEAD: Scope.DEPARTMENT,
        RoleName.HEAD: Scope.DEPARTMENT,
        RoleName.BUREAU: Scope.BUREAU,
        RoleName.PLANNER: Scope.ALL,
        RoleName.AUDITOR: Scope.ALL,
        RoleName.ADMIN: Scope.NONE,
    },
    Action.CHANGE: {
        RoleName.OFFICER: Scope.OWN,
        RoleName.LEAD: Scope.OWN,
        RoleName.HEAD: Scope.OWN,
        RoleName.BUREAU: Scope.OWN,
        RoleName.PLANNER: Scope.ALL,
        RoleName.AUDITOR: Scope.NONE,
        RoleName.ADMIN: Scope.NONE,
    },
    Action.OVERVIEW: {
        RoleName.OFFICER: Scope.NONE,
        RoleName.LEAD: Scope.DEPARTMENT,
        RoleName.HEAD: Scope.DEPARTMENT,
        RoleName.BUREAU: Scope.BUREAU,
        RoleName.PLANNER: Scope.ALL,
        RoleName.AUDITOR: Scope.ALL,
        RoleName.ADMIN: Scope.NONE,
    },
    Action.UNREACHED: {
        RoleName.OFFICER: Scope.NONE,
        RoleName.LEAD: Scope.DEPARTMENT,
        RoleName.HEAD: Scope.DEPARTMENT,
        RoleName.BUREAU: Scope.BUREAU,
        RoleName.PLANNER: Scope.ALL,
        RoleName.AUDITOR: Scope.NONE,
        RoleName.ADMIN: Scope.NONE,
    },
    Action.SETTLE_PAST: dict.fromkeys(RoleName, Scope.NONE) | {RoleName.PLANNER: Scope.ALL},
    Action.PLANS: dict.fromkeys(RoleName, Scope.NONE) | {RoleName.PLANNER: Scope.ALL},
}


@dataclass(frozen=True)
class Actor:
    """A linked person as of today: who they are and which roles they hold."""

    officer: Officer
    link: ChatLink
    roles: tuple[Role, ...]

    @property
    def names(self) -> set[RoleName]:
        return {RoleName.OFFICER, *(role.role for role in self.roles)}


def actor_of(session: Session, chat_id: int, user_id: int, today: date) -> Actor | None:
    """The person behind a private chat and sender; None for strangers."""
    link = links.of_chat(session, chat_id, user_id)
    if link is None:
        return None
    return Actor(link.officer, link, tuple(officers.roles(session, link.officer_id, today)))


def has(actor: Actor, action: Action) -> bool:
    """Some role of the person reaches anything at all."""
    return any(TABLE[action][name] is not Scope.NONE for name in actor.names)


def reach(session: Session, actor: Actor, action: Action, today: date) -> ColumnElement[bool]:
    """Condition on milestones (joined with their task): those the person may do the action to."""
    parts = [_own(actor, today)] if TABLE[action][RoleName.OFFICER] is Scope.OWN else []
    parts += [_reach_of(session, role, TABLE[action][role.role], actor, today) for role in actor.roles]
    return or_(false(), *parts)


def may(session: Session, actor: Actor, action: Action, milestone: Milestone, today: date) -> bool:
    """The person may do the action to this milestone."""
    query = select(Milestone.id).join(Task).where(Milestone.id == milestone.id)
    return session.scalar(query.where(reach(session, actor, action, today))) is not None


def _own(actor: Actor, today: date) -> ColumnElement[bool]:
    mine = select(Assignment.task_id).where(
        Assignment.officer_id == actor.officer.id, milestones.is_current(today)
    )
    return Task.id.in_(mine)


def _reach_of(session: Session, role: Role, scope: Scope, actor: Actor, today: date) -> ColumnElement[bool]:
    if scope is Scope.ALL:
        return true()
    if scope is Scope.OWN:
        return _own(actor, today)
    if scope is Scope.NONE or role.department_id is None:
        return false()
    if scope is Scope.DEPARTMENT:
        return Task.department_id == role.department_id
    bureau = session.get_one(Department, role.department_id).bureau
    if bureau is None:
        return Task.department_id == role.department_id
    return Task.department_id.in_(select(Department.id).where(Department.bureau == bureau))
