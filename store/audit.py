"""The append-only audit log: writing an entry, and what happened since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from store.models import AuditEntry


@dataclass(frozen=True)
class Who:
    """Who acts, by which message: `via` names it, `act` groups all that one message did."""

    officer_id: int | None
    name: str
    via: str
    act: str


def as_json(value: object) -> object:
    """A stored value as JSON has it: dates and instants in ISO form."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def instant(value: object) -> datetime | None:
    """An instant of an entry's values; None where there is none."""
    return datetime.fromisoformat(value) if isinstance(value, str) else None


@dataclass(frozen=True)
class Act:
    """In which transaction, by whom and when (business time) something is done: what every entry says of it."""

    session: Session
    who: Who
    now: datetime

    def record(
        self,
        action: str,
        subject: str,
        *,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
        revision: int | None = None,
        reason: str | None = None,
        undoes_id: int | None = None,
    ) -> AuditEntry:
        """One entry, part of the caller's transaction."""
        entry = AuditEntry(
            at=self.now,
            actor_id=self.who.officer_id,
            actor=self.who.name,
            via=self.who.via,
            act=self.who.act,
            action=action,
            subject=subject,
            revision=revision,
            before={key: as_json(value) for key, value in (before or {}).items()},
            after={key: as_json(value) for key, value in (after or {}).items()},
            reason=reason,
            undoes_id=undoes_id,
        )
        self.session.add(entry)
        self.session.flush()
        return entry


def newest_id(session: Session) -> int:
    """The number of the newest entry, 0 for none: what has not changed since shows the same."""
    return session.scalar(select(func.max(AuditEntry.id))) or 0


def since_revision(session: Session, subject: str, revision: int) -> list[AuditEntry]:
    """What happened to `subject` after it had `revision`, oldest first."""
    query = select(AuditEntry).where(AuditEntry.subject == subject, AuditEntry.revision > revision)
    return list(session.scalars(query.order_by(AuditEntry.id)))


def history(session: Session, subject: str, limit: int = 10) -> list[AuditEntry]:
    """The newest entries of `subject`, newest first."""
    query = select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.id.desc())
    return list(session.scalars(query.limit(limit)))


def of_value(session: Session, subject: str, action: str, key: str, value: object) -> AuditEntry | None:
    """The newest entry of that action whose `after` has the value under the key."""
    query = select(AuditEntry).where(AuditEntry.subject == subject, AuditEntry.action == action)
    found = session.scalars(query.order_by(AuditEntry.id.desc()))
    return next((one for one in found if one.after.get(key) == value), None)


def newest(session: Session, subject: str, action: str) -> AuditEntry | None:
    """The newest entry of that action about the subject."""
    query = select(AuditEntry).where(AuditEntry.subject == subject, AuditEntry.action == action)
    return session.scalars(query.order_by(AuditEntry.id.desc()).limit(1)).one_or_none()


def latest_act(session: Session, officer_id: int, actions: frozenset[str]) -> list[AuditEntry]:
    """The entries of the officer's newest message that can be and was not yet taken back; [] for none."""
    undo = aliased(AuditEntry)
    taken_back = select(undo.id).where(undo.undoes_id == AuditEntry.id).exists()
    mine = select(AuditEntry).where(
        AuditEntry.actor_id == officer_id, AuditEntry.action.in_(actions), ~taken_back
    )
    newest = session.scalar(mine.order_by(AuditEntry.id.desc()).limit(1))
    return entries_of(session, newest.act, officer_id, actions) if newest else []


def entries_of(session: Session, act: str, officer_id: int, actions: frozenset[str]) -> list[AuditEntry]:
    """The officer's undoable entries of one message, newest first, whether taken back or not."""
    query = select(AuditEntry).where(
        AuditEntry.act == act, AuditEntry.actor_id == officer_id, AuditEntry.action.in_(actions)
    )
    return list(session.scalars(query.order_by(AuditEntry.id.desc())))


def actors_since(session: Session, subject: str, actions: frozenset[str], since: datetime) -> set[int]:
    """The officers who did one of the actions to the subject from that instant on."""
    query = select(AuditEntry.actor_id).where(
        AuditEntry.subject == subject, AuditEntry.action.in_(actions), AuditEntry.at >= since
    )
    return {one for one in session.scalars(query) if one is not None}


def was_taken_back(session: Session, entry: AuditEntry) -> bool:
    return session.scalar(select(AuditEntry.id).where(AuditEntry.undoes_id == entry.id)) is not None


@dataclass(frozen=True)
class Search:
    """What to look for; None and empty ask for nothing. `until` is the first instant that is too late.

    `subjects` are whole names (milestone:112), `text` stands in the actor, the reason, the subject or the action.
    """

    subjects: tuple[str, ...] = ()
    actor_id: int | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str | None = None


def search(
    session: Session, wanted: Search, *, limit: int | None = None, offset: int = 0
) -> list[AuditEntry]:
    """The entries, newest first."""
    query = select(AuditEntry).where(*_conditions(wanted)).order_by(AuditEntry.id.desc())
    return list(session.scalars(query.limit(limit).offset(offset)))


def count(session: Session, wanted: Search) -> int:
    """How many entries there are."""
    return session.scalar(select(func.count(AuditEntry.id)).where(*_conditions(wanted))) or 0


def _conditions(wanted: Search) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.subjects:
        found.append(AuditEntry.subject.in_(wanted.subjects))
    if wanted.actor_id is not None:
        found.append(AuditEntry.actor_id == wanted.actor_id)
    if wanted.action is not None:
        found.append(AuditEntry.action == wanted.action)
    if wanted.since is not None:
        found.append(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        found.append(AuditEntry.at < wanted.until)
    if wanted.text:
        columns = (AuditEntry.actor, AuditEntry.reason, AuditEntry.subject, AuditEntry.action)
        found.append(or_(*(one.contains(wanted.text, autoescape=True) for one in columns)))
    return found
