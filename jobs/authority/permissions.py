"""Who may do what: one table of action × role -> scope, which the commands, the docs and the tests read; and the deed that
every use case is given of whoever may."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from sqlalchemy import ColumnElement, and_, false, not_, or_, select, true
from sqlalchemy.orm import Session

from jobs.authority.superiors import ABOVE, rank
from jobs.rules.policy import Rules
from store import chat_links, milestones, officers, teams
from store.audit import Act
from store.models import ChatLink, Department, Item, Milestone, Officer, Role, Task, Team
from store.states import RoleName

PROGRAM = "기한"  # as the log names the program itself


class Action(StrEnum):
    """What can be done to milestones."""

    VIEW = "view"  # /task, /my
    CHANGE = "change"  # /done, /delay, /undo
    REOPEN = "reopen"  # /reopen: open again what is done, or ask for it (DECIDE says which)
    OVERVIEW = "overview"  # /status, /overdue, /upcoming
    REPORT = "report"  # /report: a settled quarter as it will be published, the whole of it
    SETTLE_PAST = "settle-past"  # decide on entries that were past when their plan came in
    ASSIGN = "assign"  # /assign, /handover: who answers for a task
    DISPOSE = "dispose"  # of people: their absence, a link for who has none; see may_dispose
    DISMISS = "dismiss"  # of people: their chat and roles end, a new link for who has one; see may_dispose
    UNREACHED = "unreached"  # /unreachable
    PLANS = "plans"  # send in documents, decide on differences, open and close plans, add by hand
    EDIT = "edit"  # put right what is registered: edit, split, merge, withdraw, rename
    DECIDE = "decide"  # approve and refuse delays, confirm completions; never of one's own tasks
    NUDGE = "nudge"  # /nudge: have the officers asked once more
    GROUPS = "groups"  # bind a group chat to a department
    ASKS = "asks"  # ask departments for something, follow it, close it
    REPLY = "reply"  # hand in a department's reply to what it was asked
    CONFIRM_REPLY = "confirm-reply"  # confirm such a reply, send it back; never one's own
    SIGN_REPLY = "sign-reply"  # sign such a reply as head; never one's own
    ITEMS = "items"  # enter what was raised (지시·건의), close it, send it back
    ITEM_REPLY = "item-reply"  # answer such an item, ask to have it closed
    MEETINGS = "meetings"  # plan meetings, move and cancel them, say what was decided, take their pack
    MATERIAL = "material"  # give a department's material for a meeting, say how many came
    KPI = "kpi"  # run the list of indicators (성과지표): add, ask monthly, adjust, freeze, correct
    KPI_VALUE = "kpi-value"  # enter an indicator's value
    ROUNDS = "rounds"  # run the quarterly self-check, adjustments, the watch list
    AUDIT = "audit"  # search and export the log
    SECRETS = "secrets"  # /secret: which tasks have no title in chat


class Scope(StrEnum):
    """How far a role reaches."""

    NONE = "none"
    OWN = "own"  # tasks the person is assigned to today
    DEPARTMENT = "department"  # tasks of the role's department
    BUREAU = "bureau"  # tasks of the departments of that bureau (국)
    ALL = "all"


_, OWN, TEAM, BUREAU, ALL = Scope.NONE, Scope.OWN, Scope.DEPARTMENT, Scope.BUREAU, Scope.ALL
# Everybody is an officer (담당자); other roles add to it.
# fmt: off
TABLE: dict[Action, dict[RoleName, Scope]] = {
    action: dict(zip(RoleName, scopes, strict=True))
    for action, scopes in {  # officer, lead, head, bureau, planner, auditor, admin, contact
        Action.VIEW:         (OWN, TEAM, TEAM, BUREAU, ALL, ALL, _, TEAM),
        Action.CHANGE:       (OWN, OWN,  OWN,  OWN,    ALL, _,   _, OWN),
        Action.REOPEN:       (OWN, TEAM, TEAM, BUREAU, ALL, _,   _, _),
        Action.OVERVIEW:     (_,   TEAM, TEAM, BUREAU, ALL, ALL, _, TEAM),
        Action.REPORT:       (_,   ALL,  ALL,  ALL,    ALL, ALL, _, _),
        Action.DISPOSE:      (_,   TEAM, TEAM, _,      ALL, _,   _, _),
        Action.DISMISS:      (_,   _,    _,    _,      ALL, _,   _, _),
        Action.ASSIGN:       (_,   TEAM, TEAM, _,      ALL, _,   _, _),
        Action.UNREACHED:    (_,   TEAM, TEAM, BUREAU, ALL, _,   _, TEAM),
        Action.SETTLE_PAST:  (_,   _,    _,    _,      ALL, _,   _, _),
        Action.PLANS:        (_,   _,    _,    _,      ALL, _,   _, _),
        Action.EDIT:         (_,   _,    _,    _,      ALL, _,   _, _),
        Action.DECIDE:       (_,   TEAM, TEAM, BUREAU, ALL, _,   _, _),
        Action.NUDGE:        (_,   TEAM, TEAM, BUREAU, ALL, _,   _, _),
        Action.GROUPS:       (_,   _,    _,    _,      ALL, _,   _, _),
        Action.ASKS:         (_,   _,    _,    _,      ALL, _,   _, _),
        Action.REPLY:        (_,   TEAM, TEAM, _,      ALL, _,   _, TEAM),
        Action.CONFIRM_REPLY: (_,  TEAM, TEAM, _,      ALL, _,   _, _),
        Action.SIGN_REPLY:   (_,   _,    TEAM, _,      ALL, _,   _, _),
        Action.ITEMS:        (_,   _,    _,    _,      ALL, _,   _, _),
        Action.ITEM_REPLY:   (OWN, TEAM, TEAM, _,      ALL, _,   _, TEAM),
        Action.MEETINGS:     (_,   _,    _,    _,      ALL, _,   _, _),
        Action.MATERIAL:     (_,   TEAM, TEAM, _,      ALL, _,   _, TEAM),
        Action.KPI:          (_,   _,    _,    _,      ALL, _,   _, _),
        Action.KPI_VALUE:    (OWN, TEAM, TEAM, _,      ALL, _,   _, TEAM),
        Action.ROUNDS:       (_,   _,    _,    _,      ALL, _,   _, _),
        Action.AUDIT:        (_,   _,    _,    _,      ALL, ALL, _, _),
        Action.SECRETS:      (_,   _,    _,    _,      ALL, _,   _, _),
    }.items()
}
# fmt: on
PASSED_ON = frozenset({Action.VIEW, Action.DECIDE})  # while its holder is away, to who stands in (대직)
OF_DEPARTMENT = frozenset(
    {Action.REPLY, Action.CONFIRM_REPLY, Action.SIGN_REPLY, Action.MATERIAL}
)  # of a department as a whole; passed on alike
OF_THE_TEAM = frozenset(
    {Action.DECIDE, Action.REOPEN, Action.ASSIGN, Action.NUDGE, Action.UNREACHED}
)  # a lead of one team has no say over another team's tasks, and reads no list of its people
NOT_OF_OWN = frozenset({Action.DECIDE})  # whatever the role: nobody approves the own tasks
NOT_DISPOSED_OF = frozenset({RoleName.PLANNER, RoleName.AUDITOR, RoleName.ADMIN})  # in chat, by whomever


@dataclass(frozen=True)
class Standing:
    """A person as of today: who they are, which roles they hold, and for which absent officers they stand in (대직), with
    the roles of those."""

    officer: Officer
    roles: tuple[Role, ...]
    stands_in_for: frozenset[int] = field(default=frozenset(), kw_only=True)
    stood_in: tuple[Role, ...] = field(default=(), kw_only=True)

    @property
    def names(self) -> set[RoleName]:
        return {RoleName.OFFICER, *(role.role for role in self.roles)}

    def roles_for(self, action: Action) -> tuple[Role, ...]:
        """The roles by which the person may do the action: of some, those of the absent as well."""
        if action in OF_DEPARTMENT:
            return (*self.roles, *self.stood_in)
        passed_on = [one for one in self.stood_in if TABLE[Action.DECIDE][one.role] is not Scope.NONE]
        return (*self.roles, *passed_on) if action in PASSED_ON else self.roles

    def absent_at(self, milestone: Milestone, today: date) -> list[str]:
        """The milestone's officers for whom the person stands in; [] for one of its own officers."""
        if not self.stands_in_for:
            return []
        people = [one.officer for one in milestones.assignees(milestone, today)]
        return [] if self.officer in people else [one.name for one in people if one.id in self.stands_in_for]

    @property
    def roles_word(self) -> str:
        """The roles in a word, by which a chat knows for whom its menu is."""
        return ",".join(sorted(self.names | {role.role for role in self.stood_in}))


@dataclass(frozen=True)
class Actor(Standing):
    """The same of somebody linked, who acts."""

    link: ChatLink


@dataclass(frozen=True)
class Deed(Act):
    """Something that somebody does: what every use case is given, whoever asked for it and by whatever way. `rules`: by
    which it is done."""

    rules: Rules

    @cached_property
    def today(self) -> date:
        """The organisation's day."""
        return self.rules.calendar.local_date(self.now)


def standing_of(session: Session, officer: Officer, today: date) -> Standing:
    found = officers.standing(session, officer.id, today)
    return Standing(officer, found.roles, stands_in_for=found.stands_in_for, stood_in=found.stood_in)


def acting(session: Session, link: ChatLink, today: date) -> Actor:
    """Somebody linked, as of today."""
    return _actor(link, officers.standing(session, link.officer_id, today))


def _actor(link: ChatLink, found: officers.Held) -> Actor:
    return Actor(link.officer, found.roles, link, stands_in_for=found.stands_in_for, stood_in=found.stood_in)


def actor_of(session: Session, chat_id: int, user_id: int, today: date) -> Actor | None:
    """The person behind a private chat and sender; None for strangers."""
    link, found = officers.standing_in_chat(session, chat_id, user_id, today)
    return _actor(link, found) if link else None


def actor_of_user(session: Session, user_id: int, today: date) -> Actor | None:
    """The person behind a sender, wherever it was written; None for strangers."""
    link = chat_links.of_user(session, user_id)
    return acting(session, link, today) if link else None


def has(actor: Standing, action: Action) -> bool:
    """Some role of the person reaches anything at all."""
    names = {RoleName.OFFICER, *(role.role for role in actor.roles_for(action))}
    return any(TABLE[action][name] is not Scope.NONE for name in names)


def reach(session: Session, actor: Standing, action: Action, today: date) -> ColumnElement[bool]:
    """Condition on tasks (milestones are joined with theirs): those the person may do the action to."""
    parts = [_own(actor, today)] if TABLE[action][RoleName.OFFICER] is Scope.OWN else []
    held = actor.roles_for(action)
    parts += [_reach_of(session, role, action, actor, today) for role in held]
    reached = or_(false(), *parts)
    return and_(reached, not_(_assigned(actor, today))) if action in NOT_OF_OWN else reached


def team_led(session: Session, actor: Standing, today: date) -> Team | None:
    """The team of which the person is lead, where that is all that the person oversees."""
    held = [
        one for one in actor.roles_for(Action.OVERVIEW) if TABLE[Action.OVERVIEW][one.role] is not Scope.NONE
    ]
    found = {teams.led(session, one, today) for one in held}
    return next(iter(found)) if len(found) == 1 else None


def overseen(session: Session, actor: Standing, action: Action, today: date) -> ColumnElement[bool]:
    """Of what the person may do the action to, what is read without naming anything: of a lead of a team the team's tasks
    and the own ones, of everybody else all of it."""
    reached = reach(session, actor, action, today)
    team = team_led(session, actor, today)
    if team is None:
        return reached
    return and_(reached, or_(teams.is_of(team.id, today), _assigned(actor, today)))


def roles_over_task(
    session: Session, actor: Actor, action: Action, task_id: int, today: date
) -> set[RoleName]:
    """The roles by which the person may do the action to the task, the plain officer's left out."""
    if not may_task(session, actor, action, task_id, today):
        return set()
    query = select(Task.id).where(Task.id == task_id)
    return {
        role.role
        for role in actor.roles
        if session.scalar(query.where(_reach_of(session, role, action, actor, today)))
    }


def may(session: Session, actor: Standing, action: Action, milestone: Milestone, today: date) -> bool:
    """The person may do the action to this milestone."""
    return may_task(session, actor, action, milestone.task_id, today)


def may_task(session: Session, actor: Standing, action: Action, task_id: int, today: date) -> bool:
    """The person may do the action to this task and all of its milestones."""
    query = select(Task.id).where(Task.id == task_id)
    return session.scalar(query.where(reach(session, actor, action, today))) is not None


def may_department(actor: Standing, action: Action, department_id: int) -> bool:
    """The person may do the action for the department as a whole, or stands in for somebody who may (대직)."""
    scopes = ((TABLE[action][one.role], one.department_id) for one in actor.roles_for(action))
    return any(
        scope is Scope.ALL or (scope is Scope.DEPARTMENT and of == department_id) for scope, of in scopes
    )


def answerable(actor: Standing, item: Item) -> list[int]:
    """The departments for which the person may answer the item, in its order: of the person's role, and as the item's officer
    or who stands in for that one (대직) the lead department."""
    is_own = item.officer_id is not None and (
        item.officer_id == actor.officer.id or item.officer_id in actor.stands_in_for
    )
    return [
        one.department_id
        for one in item.parts
        if may_department(actor, Action.ITEM_REPLY, one.department_id) or (is_own and one.position == 0)
    ]


def viewable(session: Session, reader: Standing, ids: Iterable[int], today: date) -> set[int]:
    """Those of the milestones that the person may see today."""
    query = select(Milestone.id).join(Task, Milestone.task_id == Task.id).where(Milestone.id.in_(list(ids)))
    return set(session.scalars(query.where(reach(session, reader, Action.VIEW, today))))


def may_dispose(
    session: Session, actor: Standing, officer: Officer, today: date, action: Action = Action.DISPOSE
) -> bool:
    """The person may dispose of the officer: DISPOSE or DISMISS of the table, by a role that stands above every one
    of the officer's, and never of who holds a role of NOT_DISPOSED_OF: that is the operator's."""
    held = {one.role for one in officers.roles(session, officer.id, today)}
    if held & NOT_DISPOSED_OF:
        return False
    height = max(map(rank, held), default=-1)
    return any(
        rank(role.role) > height and _is_over(role, TABLE[action][role.role], officer) for role in actor.roles
    )


def may_link(session: Session, actor: Standing, officer: Officer, today: date) -> bool:
    """The person may make a registration link for the officer: of who is linked, or holds a role, the planning
    office alone."""
    is_plain = chat_links.of_officer(session, officer.id) is None and not officers.roles(
        session, officer.id, today
    )
    action = Action.DISPOSE if is_plain else Action.DISMISS
    return may_dispose(session, actor, officer, today, action)


def _is_over(role: Role, scope: Scope, officer: Officer) -> bool:
    is_theirs = role.department_id is not None and role.department_id == officer.department_id
    return scope is Scope.ALL or (scope is Scope.DEPARTMENT and is_theirs)


def _assigned(actor: Standing, today: date) -> ColumnElement[bool]:
    """Tasks that the person is assigned to today: the own ones. Standing in for somebody is a right, no ownership."""
    return Task.id.in_(milestones.tasks_of([actor.officer.id], today))


def _own(actor: Standing, today: date) -> ColumnElement[bool]:
    """Tasks the person answers for today, or stands in for; for those above also the department's vacant ones."""
    mine = Task.id.in_(milestones.tasks_of([actor.officer.id, *actor.stands_in_for], today))
    led = [role.department_id for role in actor.roles if role.role in ABOVE and role.department_id]
    return or_(mine, and_(Task.department_id.in_(led), milestones.has_no_officer(today))) if led else mine


def _reach_of(
    session: Session, role: Role, action: Action, actor: Standing, today: date
) -> ColumnElement[bool]:
    scope = TABLE[action][role.role]
    if scope is Scope.ALL:
        return true()
    if scope is Scope.OWN:
        return _own(actor, today)
    if scope is Scope.NONE or role.department_id is None:
        return false()
    if scope is Scope.DEPARTMENT:
        is_theirs = Task.department_id == role.department_id
        if role.team_id is None or action not in OF_THE_TEAM:
            return is_theirs
        return and_(is_theirs, teams.is_for_lead_of(role.team_id, today))
    bureau = session.get_one(Department, role.department_id).bureau
    if bureau is None:
        return Task.department_id == role.department_id
    return Task.department_id.in_(select(Department.id).where(Department.bureau == bureau))
