"""One-time link codes: made, redeemed once, voided."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from store import officers
from store.models import Assignment, ChatLink, Department, Invite, Officer
from store.states import LinkState, RoleName

CODE_BYTES = 16  # 128 random bits: 22 characters, inside Telegram's 64 for a deep link
MOST_CODES = 30_000  # what a statement has room for; no message holds as many


def hash_code(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def create(
    session: Session,
    officer: Officer,
    role: RoleName,
    now: datetime,
    expires_at: datetime,
    made_by_id: int | None,
) -> tuple[Invite, str]:
    """A new code for the officer; codes given before and not yet used are void from now on. `made_by_id` None: by
    the operator."""
    session.execute(
        update(Invite)
        .where(Invite.officer_id == officer.id, Invite.used_at.is_(None), Invite.voided_at.is_(None))
        .values(voided_at=now)
    )
    code = secrets.token_urlsafe(CODE_BYTES)
    invite = Invite(
        officer=officer,
        role=role,
        code_hash=hash_code(code),
        created_at=now,
        expires_at=expires_at,
        made_by_id=made_by_id,
    )
    session.add(invite)
    session.flush()
    return invite, code


def officers_to_invite(session: Session, today: date, department_name: str | None = None) -> list[Officer]:
    """Who answers for a task today, has no linked chat, and holds no good invite of another role."""
    assigned = select(Assignment.officer_id).where(
        Assignment.from_on <= today, Assignment.until_on.is_(None) | (Assignment.until_on >= today)
    )
    linked = select(ChatLink.officer_id).where(ChatLink.state != LinkState.ENDED)
    otherwise = select(Invite.officer_id).where(
        Invite.role != RoleName.OFFICER, Invite.used_at.is_(None), Invite.voided_at.is_(None)
    )
    query = select(Officer).outerjoin(Department).options(joinedload(Officer.department))
    query = query.where(Officer.id.in_(assigned), Officer.id.not_in(linked), Officer.id.not_in(otherwise))
    if department_name is not None:
        known = officers.department(session, department_name)
        query = query.where(Officer.department_id == (known.id if known else -1))
    return list(session.scalars(query.order_by(Department.name, Officer.id)))


def find(session: Session, code: str) -> Invite | None:
    """The invite of that code in whatever condition; None for an unknown code."""
    query = select(Invite).where(Invite.code_hash == hash_code(code)).options(joinedload(Invite.officer))
    return session.scalars(query).one_or_none()


def find_all(session: Session, codes: Collection[str]) -> Sequence[Invite]:
    """The invites of those codes that are known."""
    hashes = [hash_code(one) for one in codes][:MOST_CODES]
    return session.scalars(select(Invite).where(Invite.code_hash.in_(hashes))).all() if hashes else []


def is_open(invite: Invite, now: datetime) -> bool:
    """It can be redeemed: not used, not void, not past its day (business time). One that was made while the clock
    stood years ahead is not good for years."""
    is_near = abs(now - invite.created_at) < invite.expires_at - invite.created_at
    return invite.used_at is None and invite.voided_at is None and is_near


def void(invite: Invite, now: datetime) -> bool:
    """Make the code useless; True where it was good until now."""
    if not is_open(invite, now):
        return False
    invite.voided_at = now
    return True


def void_all(session: Session, now: datetime) -> int:
    """Make every unused code useless; gives how many could still have been used."""
    unused = Invite.used_at.is_(None), Invite.voided_at.is_(None)
    count = session.scalar(select(func.count()).select_from(Invite).where(*unused, Invite.expires_at > now))
    session.execute(update(Invite).where(*unused).values(voided_at=now))
    return count or 0


def is_awaited(session: Session, role: RoleName, now: datetime) -> bool:
    """Somebody holds a link of that role that can still be used."""
    query = select(Invite.id).where(
        Invite.role == role, Invite.used_at.is_(None), Invite.voided_at.is_(None), Invite.expires_at > now
    )
    return session.scalar(query.limit(1)) is not None
