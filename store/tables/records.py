"""Tables of record: the append-only audit log, and single facts about the store itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.db.base import Base
from store.tables.people import Officer


class AuditEntry(Base):
    """이력: who changed what, when, by which message, from what to what. Never changed, never deleted.

    `act` groups the entries of one message, so that /undo takes back what one message did. `undoes_id`
    names the entry that this one took back.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject", "id"), Index("ix_audit_entry_act", "act"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), index=True)
    actor: Mapped[str] = mapped_column(String(120))
    via: Mapped[str] = mapped_column(String(120))
    act: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(60))
    revision: Mapped[int | None]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str | None] = mapped_column(Text)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("audit_entry.id"))
    actor_officer: Mapped[Officer | None] = relationship()


class Meta(Base):
    """A single fact about the store: the bot's name, the last tick, the fingerprint of the policy."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class LeaderLease(Base):
    """Who may lead and until when, by the database's clock. `holder` is None where it was given back.

    `token` rises with every new holder, so that what an old one began can be told from what the new one did.
    """

    __tablename__ = "leader_lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str | None] = mapped_column(String(60))
    token: Mapped[int]
    until_at: Mapped[datetime]
