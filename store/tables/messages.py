"""Tables of what comes in and goes out: the inbox, the delivery ledger with its items, and dialogues."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.db.base import Base
from store.db.types import few, only, word
from store.states import DeliveryKind, DeliveryState, InboxState, ItemState
from store.tables.people import Officer
from store.tables.plans import Milestone


class Delivery(Base):
    """One message owed to one chat: the ledger row that is claimed, sent and remembered.

    A digest is unique by (officer, kind, day); everything else by (cause, part). `payload` is the finished
    text and keyboard of a reply or event; a digest and an edit of one are rendered when they are sent.
    `worker` holds the claim, under the leader's fencing `token` where several machines run (else None).
    `topic_id`: the topic of a forum that it belongs to.
    `lease_until_at` and `not_before_at` are real time, never the movable clock.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("officer_id", "kind", "day"),
        UniqueConstraint("cause", "part"),
        Index("ix_delivery_queue", "state", "priority", "id"),
        Index("ix_delivery_counts", "state", "kind"),  # counted at every scrape, from the index alone
        few("delivery", "message_id", "chat_id", "message_id"),
        only("delivery", "events", "kind", DeliveryKind.EVENT, "event", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DeliveryKind] = mapped_column(word(DeliveryKind))
    event: Mapped[str] = mapped_column(String(40))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    topic_id: Mapped[int | None] = mapped_column(BigInteger)
    day: Mapped[date | None]
    cause: Mapped[str | None] = mapped_column(String(120))
    part: Mapped[int] = mapped_column(default=1)
    priority: Mapped[int]
    state: Mapped[DeliveryState] = mapped_column(word(DeliveryState))
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    target_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"))
    page: Mapped[int] = mapped_column(default=1)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    attempts: Mapped[int] = mapped_column(default=0)
    uncertain_sends: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(String(60))
    token: Mapped[int | None]
    lease_until_at: Mapped[datetime | None]
    not_before_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    officer: Mapped[Officer | None] = relationship()
    items: Mapped[list[DeliveryItem]] = relationship(back_populates="delivery", order_by="DeliveryItem.id")


class ChatPause(Base):
    """Nothing goes to the chat until then (real time), whoever writes to it and whichever process sends: Telegram asked
    for it, the chat has had enough, or the last message to it is to be tried again first."""

    __tablename__ = "chat_pause"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    until_at: Mapped[datetime]


class DeliveryItem(Base):
    """Why something stands in a digest: one rule of one milestone for one person and due day, once for ever.

    `subject` is "milestone:112" or a list of the planning office ("past:1", "unconfirmed:7"); by it a row is
    found: the unique key begins with it. `instead_of_id`: the officer who cannot be reached and whose reminder it
    is; None for a reminder of the reader's own.
    """

    __tablename__ = "delivery_item"
    __table_args__ = (
        UniqueConstraint("subject", "officer_id", "rule", "due_on"),
        few("delivery_item", "instead_of_id", "milestone_id"),
        only("delivery_item", "carried", "state", ItemState.CARRIED, "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    subject: Mapped[str] = mapped_column(String(60))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestone.id"))
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    rule: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date]
    state: Mapped[ItemState] = mapped_column(word(ItemState))
    delivery: Mapped[Delivery | None] = relationship(back_populates="items")
    milestone: Mapped[Milestone | None] = relationship()


class InboxUpdate(Base):
    """One update of Telegram, committed before it is confirmed. `raw` is the JSON text it came as, read by nobody yet.

    `attempts` counts starts: 1 with the insert, one more each time it is taken up again after the process that had it
    ended; `started_at`: when it was last taken up so (None: never). Instants are real time.
    """

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("bot_id", "update_id"), Index("ix_inbox_state", "state", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    bot_id: Mapped[int] = mapped_column(BigInteger)
    update_id: Mapped[int] = mapped_column(BigInteger)
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    raw: Mapped[str] = mapped_column(Text)
    state: Mapped[InboxState] = mapped_column(word(InboxState))
    received_at: Mapped[datetime] = mapped_column(index=True)
    handled_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


class Card(Base):
    """What words in a chat were taken for, and waits for a tap: the acts with their slots (확인 카드)."""

    __tablename__ = "card"

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    topic: Mapped[int | None] = mapped_column(BigInteger)
    is_open: Mapped[bool] = mapped_column(default=True)
    drawn_at: Mapped[datetime]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Dialogue(Base):
    """A half-finished conversation of one person: what was asked, what is known so far."""

    __tablename__ = "dialogue"

    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    step: Mapped[str] = mapped_column(String(20))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestone.id"))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    expires_at: Mapped[datetime]
