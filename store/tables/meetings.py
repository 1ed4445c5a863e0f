"""Tables of meetings (회의): what comes once or again, each time of it, its agenda, each department's part, its decisions; the
panels (분과) of one with citizens, and what they say of tasks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.db.base import Base
from store.db.types import word
from store.states import MeetingKind
from store.tables.asks import Ask
from store.tables.items import Item
from store.tables.people import Department
from store.tables.plans import Task


class Meeting(Base):
    """회의: what all its times have in common.

    `rrule` is an RFC 5545 value, None for days that were named one by one. `chairs` says who presides (주재), by month:
    {"1": "시장"}, and under "" in every other month. Agenda and material come in until `agenda_days` and `material_days` before.
    """

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MeetingKind] = mapped_column(word(MeetingKind))
    title: Mapped[str] = mapped_column(Text)
    rrule: Mapped[str | None] = mapped_column(String(200))
    chairs: Mapped[dict[str, Any]] = mapped_column(default=dict)
    agenda_days: Mapped[int]
    material_days: Mapped[int]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    entered_at: Mapped[datetime]


class MeetingTime(Base):
    """One time of a meeting: its number is what people type. `minute`: of the day, local; None: not said. `first_held_on` is the
    day that was said first. `cancelled_at` None: it takes place, and took place once its day is over. `revision` counts
    changes."""

    __tablename__ = "meeting_time"
    __table_args__ = (UniqueConstraint("meeting_id", "first_held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    held_on: Mapped[date] = mapped_column(index=True)
    first_held_on: Mapped[date]
    minute: Mapped[int | None]
    place: Mapped[str | None] = mapped_column(Text)
    cancelled_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)
    meeting: Mapped[Meeting] = relationship()
    topics: Mapped[list[MeetingTopic]] = relationship(order_by="MeetingTopic.position")
    parts: Mapped[list[MeetingPart]] = relationship(order_by="MeetingPart.position")
    asks: Mapped[list[MeetingAsk]] = relationship(order_by="MeetingAsk.id")


class MeetingTopic(Base):
    """안건: one matter of the agenda; `added_by` is the name of whoever added it. `dropped_at`: taken off again."""

    __tablename__ = "meeting_topic"
    __table_args__ = (UniqueConstraint("time_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    time_id: Mapped[int] = mapped_column(ForeignKey("meeting_time.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    added_by: Mapped[str | None] = mapped_column(String(120))
    added_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]
    department: Mapped[Department | None] = relationship()


class MeetingPart(Base):
    """A department that takes part: its material (`text`, a document's number or words; `version` counts, 0: none yet), and how
    many of how many came."""

    __tablename__ = "meeting_part"
    __table_args__ = (UniqueConstraint("time_id", "department_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    time_id: Mapped[int] = mapped_column(ForeignKey("meeting_time.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=0)
    text: Mapped[str | None] = mapped_column(Text)
    given_on: Mapped[date | None]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    given_by: Mapped[str | None] = mapped_column(String(120))
    is_on_behalf: Mapped[bool] = mapped_column(default=False)
    present: Mapped[int | None]
    total: Mapped[int | None]
    department: Mapped[Department] = relationship()


class MeetingDecision(Base):
    """What was decided there, as an item with an owner and a day."""

    __tablename__ = "meeting_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    time_id: Mapped[int] = mapped_column(ForeignKey("meeting_time.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), unique=True)
    item: Mapped[Item] = relationship()


class MeetingAsk(Base):
    """A request by which material for that time is asked: its replies stand in the pack."""

    __tablename__ = "meeting_ask"
    __table_args__ = (UniqueConstraint("time_id", "ask_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    time_id: Mapped[int] = mapped_column(ForeignKey("meeting_time.id"))
    ask_id: Mapped[int] = mapped_column(ForeignKey("ask.id"))
    ask: Mapped[Ask] = relationship()


class MeetingPanel(Base):
    """분과 of a panel of citizens (시민평가단, 배심원단): so many `citizens` and `experts` sit in it, nobody by name; its tasks
    are what it speaks of."""

    __tablename__ = "meeting_panel"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    citizens: Mapped[int] = mapped_column(default=0)
    experts: Mapped[int] = mapped_column(default=0)
    tasks: Mapped[list[MeetingPanelTask]] = relationship(back_populates="panel")


class MeetingPanelTask(Base):
    """A task of a 분과; in one meeting it is of one of them."""

    __tablename__ = "meeting_panel_task"
    __table_args__ = (UniqueConstraint("meeting_id", "task_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    panel_id: Mapped[int] = mapped_column(ForeignKey("meeting_panel.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    panel: Mapped[MeetingPanel] = relationship(back_populates="tasks")
    task: Mapped[Task] = relationship()


class MeetingOpinion(Base):
    """의견 of a 분과 about a task at one time of the meeting, and the item by which the task's department answers it; both None
    where it had none to say (의견 없음)."""

    __tablename__ = "meeting_opinion"
    __table_args__ = (UniqueConstraint("time_id", "task_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    time_id: Mapped[int] = mapped_column(ForeignKey("meeting_time.id"))
    panel_id: Mapped[int] = mapped_column(ForeignKey("meeting_panel.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    text: Mapped[str | None] = mapped_column(Text)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), unique=True)
    panel: Mapped[MeetingPanel] = relationship()
    task: Mapped[Task] = relationship()
    item: Mapped[Item | None] = relationship()
    time: Mapped[MeetingTime] = relationship()
