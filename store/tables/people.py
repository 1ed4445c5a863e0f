"""Tables of people: departments, officers, roles, assignments, invites and linked chats."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.db.base import Base
from store.db.types import once, word
from store.states import AssignmentKind, HandoverState, LinkState, RoleName


class Department(Base):
    """부서, with the bureau (국) it belongs to where known."""

    __tablename__ = "department"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    bureau: Mapped[str | None] = mapped_column(String(100))
    aliases: Mapped[list[DepartmentAlias]] = relationship(back_populates="department")


class Bureau(Base):
    """국 in the organisation's own order, in which reports print their columns; departments name theirs."""

    __tablename__ = "bureau"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    position: Mapped[int]


class DepartmentAlias(Base):
    """Another way the documents write a department (구명칭, 띄어쓰기)."""

    __tablename__ = "department_alias"

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    alias: Mapped[str] = mapped_column(String(100), unique=True)
    department: Mapped[Department] = relationship(back_populates="aliases")


class Team(Base):
    """팀 inside a department; a department of which none is known is led as a whole."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("department_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    name: Mapped[str] = mapped_column(String(100))
    department: Mapped[Department] = relationship()


class TeamMember(Base):
    """Of which team somebody is, one at most."""

    __tablename__ = "team_member"

    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    team: Mapped[Team] = relationship()


class Officer(Base):
    """직원: a person by name, department and id, because names repeat. `own_hour`: the hour of the day (0 to 23, local)
    before which the daily message does not come; None: with everybody's. `language`: in which the person is spoken to; None:
    in the organisation's."""

    __tablename__ = "officer"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), index=True)
    rank: Mapped[str | None] = mapped_column(String(40))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    department: Mapped[Department | None] = relationship()
    own_hour: Mapped[int | None]
    language: Mapped[str | None] = mapped_column(String(8))
    roles: Mapped[list[Role]] = relationship(back_populates="officer")
    membership: Mapped[TeamMember | None] = relationship(cascade="all, delete-orphan")


class Role(Base):
    """What a person is, from when until when (both days included); no department: the whole organisation. `team`: a lead
    of one team alone; none: of the whole department."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    role: Mapped[RoleName] = mapped_column(word(RoleName))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    officer: Mapped[Officer] = relationship(back_populates="roles")
    department: Mapped[Department | None] = relationship()
    team: Mapped[Team | None] = relationship()


class Assignment(Base):
    """Who answers for a task, from when until when (both days included)."""

    __tablename__ = "assignment"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    kind: Mapped[AssignmentKind] = mapped_column(word(AssignmentKind))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    officer: Mapped[Officer] = relationship()


class Absence(Base):
    """부재: from when until when (both days included) a person is away, and who stands in (대직자), if anybody.

    `ended_on`: the person came back earlier; that day is no absence any more. `asked_id`: who decides over the
    person's tasks and was asked to stand in; nobody stands in until that is answered.
    """

    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), index=True)
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    ended_on: Mapped[date | None]
    created_at: Mapped[datetime]
    officer: Mapped[Officer] = relationship(foreign_keys=[officer_id])
    substitute: Mapped[Officer | None] = relationship(foreign_keys=[substitute_id])
    asked: Mapped[Officer | None] = relationship(foreign_keys=[asked_id])


class Handover(Base):
    """인계·인수: whose tasks go to whom from which day.

    `task_id` None: everything that the person answers for. `leaves`: the person's chat and roles end with it.
    `to_officer_id` None: nobody yet, the tasks are vacant until somebody is assigned.
    """

    __tablename__ = "handover"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), index=True)
    to_officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    from_on: Mapped[date]
    leaves: Mapped[bool] = mapped_column(default=False, server_default=false())
    state: Mapped[HandoverState] = mapped_column(word(HandoverState), index=True)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    created_at: Mapped[datetime]
    pack_shown_at: Mapped[datetime | None]
    giver: Mapped[Officer | None] = relationship(foreign_keys=[from_officer_id])
    successor: Mapped[Officer | None] = relationship(foreign_keys=[to_officer_id])


class Follow(Base):
    """따라 보기: another's item of which a person wants to hear when it changes. `told`: how it stood when that was told
    last, or when it began (store.follows.standing)."""

    __tablename__ = "follow"

    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True, autoincrement=False)
    milestone_id: Mapped[int] = mapped_column(
        ForeignKey("milestone.id"), primary_key=True, autoincrement=False
    )
    told: Mapped[str] = mapped_column(String(40))
    since_on: Mapped[date]


class Invite(Base):
    """A one-time link code; only its hash is kept, so that a copy of the store opens no chat.

    `made_by_id`: who made it in chat; None: the operator.
    """

    __tablename__ = "invite"

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    role: Mapped[RoleName] = mapped_column(word(RoleName))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    officer: Mapped[Officer] = relationship(foreign_keys=[officer_id])


class ChatLink(Base):
    """A person's private chat with the bot. `active_from`: what lay before it is never owed to this chat.

    `menu_roles`: the roles for which the chat's command menu was last set; None: never, or it failed.
    `paused_at`: since when it cannot be written to; None while it can, or where that was not kept yet.
    """

    __tablename__ = "chat_link"
    __table_args__ = (
        once("uq_chat_link_officer", "officer_id", "state != 'ended'"),
        once("uq_chat_link_chat", "chat_id", "state != 'ended'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    bot_id: Mapped[int] = mapped_column(BigInteger)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    user_id: Mapped[int] = mapped_column(BigInteger)
    telegram_name: Mapped[str | None] = mapped_column(Text)
    state: Mapped[LinkState] = mapped_column(word(LinkState))
    linked_at: Mapped[datetime]
    active_from: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    menu_roles: Mapped[str | None] = mapped_column(String(100))
    officer: Mapped[Officer] = relationship()


class ChatGroup(Base):
    """A group chat bound to a department: it gets that department's counts, never a name.

    `topic_id`: the topic of a forum in which it was bound and in which the counts come.
    """

    __tablename__ = "chat_group"
    __table_args__ = (once("uq_chat_group_chat", "chat_id", "ended_at IS NULL"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    topic_id: Mapped[int | None] = mapped_column(BigInteger)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    bound_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    bound_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    department: Mapped[Department] = relationship()


class FallbackChannel(Base):
    """예비 연락 수단: another way to one person, as an address of apprise. It may hold a password: never shown."""

    __tablename__ = "fallback_channel"

    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True, autoincrement=False)
    url: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime]
