"""Tables of what waits for the planning office: documents sent to the bot, and where documents disagree."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.db.base import Base
from store.db.types import word
from store.states import DifferenceKind, DifferenceState, UploadState
from store.tables.people import Officer
from store.tables.plans import Milestone, Plan, Task


class PlanUpload(Base):
    """A plan document somebody sent in chat: its draft as read, until it is registered or given up."""

    __tablename__ = "plan_upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    source_name: Mapped[str] = mapped_column(Text)
    draft: Mapped[dict[str, Any]]
    state: Mapped[UploadState] = mapped_column(word(UploadState))
    created_at: Mapped[datetime]
    officer: Mapped[Officer] = relationship()


class DocumentForm(Base):
    """A form of document that a person has explained once: what was answered holds for every later document of it.

    `signature` names the form (its table headers or headings); `answers` is what `plans.forms.Answers` has; `name` the
    file in which it was first seen.
    """

    __tablename__ = "document_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    signature: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(Text)
    answers: Mapped[dict[str, Any]]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    decided_at: Mapped[datetime]
    decided_by: Mapped[Officer | None] = relationship()


class Difference(Base):
    """Where a newer document disagrees with what is registered; `key` keeps the same question from coming twice.

    `value` is what the document says: {"start", "due", "precision", "expr"}, {"officers": […]} or {"task_id"}.
    """

    __tablename__ = "difference"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(300), unique=True)
    kind: Mapped[DifferenceKind] = mapped_column(word(DifferenceKind))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestone.id"))
    source_name: Mapped[str] = mapped_column(Text)
    value: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[DifferenceState] = mapped_column(word(DifferenceState), index=True)
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    plan: Mapped[Plan] = relationship()
    task: Mapped[Task] = relationship()
    milestone: Mapped[Milestone | None] = relationship()
