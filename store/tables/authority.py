"""Tables of who decides: requests for a delay, adjustments of a promise, evidence of what was done."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.db.base import Base
from store.db.types import once, word
from store.states import (
    AdjustmentDecision,
    AdjustmentStep,
    AdjustmentType,
    DelayReason,
    DelayState,
    EvidenceKind,
    RoleName,
)
from store.tables.people import Officer
from store.tables.plans import Milestone, Task


class DelayRequest(Base):
    """연기: from which day to which, why, who asked, who decided. The original date stays on the milestone.

    `level`: the lowest role that may decide (None: it took effect at once). `catch_up`: 만회대책.
    `talked_at`, `talked_by_id`: an approver put it off to talk with the officer first (협의 후).
    """

    __tablename__ = "delay_request"
    __table_args__ = (once("uq_delay_request_pending", "milestone_id", "state = 'pending'"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"), index=True)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    old_due_on: Mapped[date]
    new_due_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[DelayState] = mapped_column(word(DelayState))
    requested_at: Mapped[datetime]
    reason_code: Mapped[DelayReason | None] = mapped_column(word(DelayReason))
    catch_up: Mapped[str | None] = mapped_column(Text)
    level: Mapped[RoleName | None] = mapped_column(word(RoleName))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str | None] = mapped_column(Text)
    talked_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    talked_at: Mapped[datetime | None]
    milestone: Mapped[Milestone] = relationship(back_populates="delays")
    requested_by: Mapped[Officer] = relationship(foreign_keys=[requested_by_id])
    decided_by: Mapped[Officer | None] = relationship(foreign_keys=[decided_by_id])


class Adjustment(Base):
    """공약조정: a change of the promise itself, which the planning office runs. `id` is a number people see.

    A flag apart from the status. `draft`: the changed plan in words (변경안). `history`: each step taken
    with its day, when it was recorded, by whom, and a note: {"step", "on", "at", "by", "note"}, oldest first.
    """

    __tablename__ = "adjustment"

    id: Mapped[int] = mapped_column(ForeignKey("number.id"), primary_key=True, autoincrement=False)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestone.id"), index=True)
    type: Mapped[AdjustmentType] = mapped_column(word(AdjustmentType))
    step: Mapped[AdjustmentStep] = mapped_column(word(AdjustmentStep), index=True)
    reason: Mapped[str] = mapped_column(Text)
    wished_due_on: Mapped[date | None]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    opened_at: Mapped[datetime]
    draft: Mapped[str | None] = mapped_column(Text)
    decision: Mapped[AdjustmentDecision | None] = mapped_column(word(AdjustmentDecision))
    history: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    task: Mapped[Task] = relationship()
    milestone: Mapped[Milestone | None] = relationship()
    opened_by: Mapped[Officer] = relationship()


class Evidence(Base):
    """증빙: a document's number, or Telegram's id of a picture that its sender marked as public."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(word(EvidenceKind))
    value: Mapped[str] = mapped_column(Text)
    is_public: Mapped[bool]
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    submitted_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    milestone: Mapped[Milestone] = relationship(back_populates="evidence")
    submitted_by: Mapped[Officer] = relationship()
