"""Group chats bound to a department: which group is whose, from when until when."""

from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from store.models import AuditEntry, ChatGroup

LOST, MUTE = "group-lost", "group-mute"  # actions of the log: put out of a group, or not let speak in it
UNBOUND = "group-unbound"


def troubles(session: Session, since: datetime) -> list[AuditEntry]:
    """What ended a binding, or kept a group from its counts, without anybody's wish since that instant."""
    subjects = [f"group:{one}" for one in session.scalars(select(ChatGroup.chat_id).distinct())]
    if not subjects:
        return []
    is_nobodys = or_(
        AuditEntry.action.in_((LOST, MUTE)), and_(AuditEntry.action == UNBOUND, AuditEntry.actor_id.is_(None))
    )
    query = select(AuditEntry).where(AuditEntry.subject.in_(subjects), AuditEntry.at >= since, is_nobodys)
    return list(session.scalars(query.order_by(AuditEntry.id)))


def of_chat(session: Session, chat_id: int) -> ChatGroup | None:
    """The binding that holds for the group; None for a group that is bound to nothing."""
    query = select(ChatGroup).where(ChatGroup.chat_id == chat_id, ChatGroup.ended_at.is_(None))
    return session.scalars(query.options(joinedload(ChatGroup.department))).one_or_none()


def bound(session: Session) -> list[ChatGroup]:
    """Every binding that holds."""
    query = select(ChatGroup).where(ChatGroup.ended_at.is_(None)).options(joinedload(ChatGroup.department))
    return list(session.scalars(query.order_by(ChatGroup.id)))


def bind(
    session: Session,
    chat_id: int,
    department_id: int,
    officer_id: int,
    now: datetime,
    topic_id: int | None = None,
) -> ChatGroup:
    """Bind the group, and in a forum the topic of it; an older binding of it ends."""
    end(session, chat_id, now)
    made = ChatGroup(
        chat_id=chat_id,
        topic_id=topic_id,
        department_id=department_id,
        bound_by_id=officer_id,
        bound_at=now,
    )
    session.add(made)
    session.flush()
    return made


def end(session: Session, chat_id: int, now: datetime) -> ChatGroup | None:
    """End the group's binding; None where it had none."""
    found = of_chat(session, chat_id)
    if found is not None:
        found.ended_at = now
        session.flush()
    return found


def move(session: Session, old_chat_id: int, new_chat_id: int) -> bool:
    """The group became a supergroup: the binding follows its new id. False where none holds, or it has moved."""
    found = of_chat(session, old_chat_id)
    if found is None or of_chat(session, new_chat_id) is not None:
        return False
    found.chat_id = new_chat_id
    session.flush()
    return True
