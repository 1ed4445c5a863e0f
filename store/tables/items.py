"""Tables of what was raised and wants a reply (지시·건의): the item, each department's part in it, every version of a reply."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.db.base import Base
from store.db.types import word
from store.states import ItemKind, ItemStage
from store.tables.people import Department, Officer


class Item(Base):
    """지시·건의: what was raised (`source`, `source_on`), by whom (`requester`), and who answers by when.

    `department_id` is the lead department (주관부서), `officer_id` its officer, None where nobody is named. `due_minute`:
    minutes of the day, local, by which it is due; None: the whole day. `first_due_on` is what was said first.
    `asked_outcome` is what the department asks to have it closed with, `outcome` what the planning office closed it with: a
    store.outcomes.Outcome or a word of the settings. `revision` counts changes, so that a button can tell that it is stale.
    """

    __tablename__ = "item"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ItemKind] = mapped_column(word(ItemKind), index=True)
    title: Mapped[str] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    source_on: Mapped[date] = mapped_column(index=True)
    requester: Mapped[str | None] = mapped_column(Text)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), index=True)
    due_on: Mapped[date]
    due_minute: Mapped[int | None]
    first_due_on: Mapped[date]
    state: Mapped[ItemStage] = mapped_column(word(ItemStage), index=True)
    asked_outcome: Mapped[str | None] = mapped_column(String(40))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    asked_at: Mapped[datetime | None]
    sent_back_reason: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(String(40))
    closed_at: Mapped[datetime | None]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    entered_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    department: Mapped[Department] = relationship(foreign_keys=[department_id])
    officer: Mapped[Officer | None] = relationship(foreign_keys=[officer_id])
    parts: Mapped[list[ItemPart]] = relationship(back_populates="item", order_by="ItemPart.position")


class ItemPart(Base):
    """What one department says to an item: the lead department first (`position` 0), then those that cooperate (협조부서).
    `version` counts its replies, 0: none yet; `replied_on` is the day of the newest."""

    __tablename__ = "item_part"
    __table_args__ = (UniqueConstraint("item_id", "department_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=0)
    replied_on: Mapped[date | None]
    item: Mapped[Item] = relationship(back_populates="parts")
    department: Mapped[Department] = relationship()


class ItemReply(Base):
    """One version of what a department says; never changed. `replied_by` is the name of whoever wrote it, `is_on_behalf`: for
    the department, not of it (대리 입력)."""

    __tablename__ = "item_reply"
    __table_args__ = (UniqueConstraint("part_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("item_part.id"))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    replied_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    replied_by: Mapped[str | None] = mapped_column(String(120))
    is_on_behalf: Mapped[bool] = mapped_column(default=False)
    replied_at: Mapped[datetime]
