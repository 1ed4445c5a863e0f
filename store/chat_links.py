"""Linked chats: whose private chat is whose, and whether it can be written to."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.orm import Session, joinedload, object_session

from store import ask_looks
from store.db.types import spelled
from store.models import Assignment, ChatLink, Invite, Officer, Plan, Task
from store.states import LinkState, PlanState


def is_live() -> ColumnElement[bool]:
    """Condition: the link has not ended. There is one for each officer and each chat, found by an index."""
    return ChatLink.state != spelled(LinkState.ENDED)


# What every update and every message ask for, written once: to write it costs as much as to run it.
_OF_CHAT = (
    select(ChatLink)
    .where(ChatLink.chat_id == bindparam("chat"), ChatLink.user_id == bindparam("user"), is_live())
    .options(joinedload(ChatLink.officer))
)
_OF_OFFICER = select(ChatLink).where(ChatLink.officer_id == bindparam("officer"), is_live())


def of_chat(session: Session, chat_id: int, user_id: int) -> ChatLink | None:
    """The link of that private chat and that sender, active or paused; None for strangers."""
    return session.scalars(_OF_CHAT, {"chat": chat_id, "user": user_id}).one_or_none()


def of_user(session: Session, user_id: int) -> ChatLink | None:
    """The newest link of that sender, active or paused; None for strangers."""
    query = select(ChatLink).where(ChatLink.user_id == user_id, ChatLink.state != LinkState.ENDED)
    query = query.options(joinedload(ChatLink.officer)).order_by(ChatLink.id.desc())
    return session.scalars(query.limit(1)).one_or_none()


def of_officer(session: Session, officer_id: int) -> ChatLink | None:
    return session.scalars(_OF_OFFICER, {"officer": officer_id}).one_or_none()


def active(session: Session, officer_id: int) -> ChatLink | None:
    """The chat in which the officer can be reached now, or None."""
    link = of_officer(session, officer_id)
    return link if link and link.state is LinkState.ACTIVE else None


def maker_of(session: Session, officer_id: int) -> int | None:
    """Who made the link by which the officer is registered; None: the operator, or no link was used."""
    query = select(Invite.made_by_id).where(Invite.officer_id == officer_id, Invite.used_at.is_not(None))
    return session.scalar(query.order_by(Invite.used_at.desc(), Invite.id.desc()).limit(1))


def states_of_assigned(
    session: Session, today: date, *tasks: ColumnElement[bool]
) -> dict[int, LinkState | None]:
    """How everybody can be reached who answers today for a task of an active plan; None: never linked."""
    query = (
        select(Assignment.officer_id, ChatLink.state)
        .join(Task, Assignment.task_id == Task.id)
        .join(Plan)
        .outerjoin(ChatLink, (ChatLink.officer_id == Assignment.officer_id) & is_live())
        .where(
            Plan.state == PlanState.ACTIVE,
            Task.withdrawn_on.is_(None),
            Assignment.from_on <= today,
            Assignment.until_on.is_(None) | (Assignment.until_on >= today),
            *tasks,
        )
    )
    return {row.officer_id: row.state for row in session.execute(query.distinct())}


def chats(session: Session, officer_ids: Iterable[int]) -> dict[int, int]:
    """The chats in which those of the officers can be reached now who can, by officer."""
    query = select(ChatLink.officer_id, ChatLink.chat_id).where(
        ChatLink.officer_id.in_(set(officer_ids)), is_live(), ChatLink.state == LinkState.ACTIVE
    )
    return {row.officer_id: row.chat_id for row in session.execute(query)}


def all_active(session: Session) -> list[ChatLink]:
    """Every chat that can be reached now, with its officer."""
    query = select(ChatLink).where(is_live(), ChatLink.state == LinkState.ACTIVE)
    return list(session.scalars(query.options(joinedload(ChatLink.officer))))


def connect(
    session: Session,
    officer: Officer,
    bot_id: int,
    chat_id: int,
    user_id: int,
    telegram_name: str | None,
    now: datetime,
) -> ChatLink:
    """Link the chat to the officer; older links of either end at once."""
    held = select(ChatLink).where(
        (ChatLink.officer_id == officer.id) | (ChatLink.chat_id == chat_id), is_live()
    )
    for old in session.scalars(held):
        old.state, old.ended_at = LinkState.ENDED, now
    session.flush()
    link = ChatLink(
        officer=officer,
        bot_id=bot_id,
        chat_id=chat_id,
        user_id=user_id,
        telegram_name=telegram_name,
        state=LinkState.ACTIVE,
        linked_at=now,
        active_from=now,
    )
    session.add(link)
    session.flush()
    ask_looks.look_again(session)
    return link


def move_chat(session: Session, old_id: int, new_id: int) -> None:
    """The chat has a new id: whatever is bound to it follows."""
    session.execute(
        update(ChatLink)
        .where(ChatLink.chat_id == old_id, ChatLink.state != LinkState.ENDED)
        .values(chat_id=new_id)
    )


def pause(link: ChatLink, state: LinkState, now: datetime) -> None:
    """Nothing more is sent to the chat: /stop, or the bot was blocked."""
    if link.state is not state:
        link.state, link.paused_at = state, now


def resume(link: ChatLink, now: datetime) -> None:
    """Send again; what lay before is not owed any more."""
    link.state, link.active_from, link.paused_at = LinkState.ACTIVE, now, None
    if (session := object_session(link)) is not None:
        ask_looks.look_again(session)


def take_over(session: Session, bot_id: int, now: datetime) -> list[int]:
    """The running bot is this one: links made with another cannot be written to until their people send /start,
    and those made with it can again. Gives the officers who are out of reach from now on.

    A private chat's id is the person's with every bot, but a bot may not write first.
    """
    others = select(ChatLink).where(ChatLink.bot_id != bot_id, ChatLink.state == LinkState.ACTIVE)
    lost = list(session.scalars(others))
    for link in lost:
        pause(link, LinkState.OTHER_BOT, now)
    own = select(ChatLink).where(ChatLink.bot_id == bot_id, ChatLink.state == LinkState.OTHER_BOT)
    for link in session.scalars(own):
        resume(link, now)
    return [link.officer_id for link in lost]


def count_of_other_bots(session: Session, bot_id: int) -> int:
    """How many people have a link that was made with another bot and not renewed with this one."""
    query = select(func.count()).select_from(ChatLink)
    query = query.where(ChatLink.bot_id != bot_id, ChatLink.state != LinkState.ENDED)
    return session.scalar(query) or 0
