"""Tables of what was promised: plans, tasks, milestones, series, delays, and the numbers people see."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Identity, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.db.base import Base
from store.db.types import few, only, word
from store.states import (
    DelayReason,
    Gate,
    MilestoneKind,
    MilestoneState,
    PastReview,
    PlanState,
    Precision,
)
from store.tables.people import Assignment, Department

if TYPE_CHECKING:
    from store.tables.authority import DelayRequest, Evidence

FIRST_NUMBER = 101  # three digits from the start, so that a number is not taken for a day or a percentage


class Number(Base):
    """One number people see (#112): one space for everything that can be named in chat, never reused."""

    __tablename__ = "number"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(Identity(start=FIRST_NUMBER), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))


class Plan(Base):
    """계획: one document's promises for one year. `reader`: the version of the reader of documents it came by.

    `awaits_start`: nobody is told of its entries yet (jobs/plans/start.py); `starts_on`: the day on which that ends,
    where one was chosen.
    """

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    year: Mapped[int | None]
    organisation: Mapped[str | None] = mapped_column(Text)
    state: Mapped[PlanState] = mapped_column(word(PlanState), index=True)
    source_name: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[datetime]
    reader: Mapped[int] = mapped_column(default=1, server_default="1")
    awaits_start: Mapped[bool] = mapped_column(default=False, server_default=false())
    starts_on: Mapped[date | None]
    tasks: Mapped[list[Task]] = relationship(back_populates="plan", order_by="Task.position")


class AreaAlias(Base):
    """Another way the documents write a policy area (분야의 구명칭)."""

    __tablename__ = "area_alias"

    alias: Mapped[str] = mapped_column(String(200), primary_key=True)
    name: Mapped[str] = mapped_column(Text)


class Task(Base):
    """과제. `no` is the document's own number (1-2-①), `id` ours; `area`, `pledge_no` and `pledge` as the
    document has them (분야, 공약). `is_watched`: 집중관리, with the reason, the day and who decided it.

    `is_office`: 총괄부서 자체 일정, the planning office's own dates of the document; no round asks about it.
    `is_secret`: 비공개; nothing but its number leaves the store in chat (`shown_title`).
    `held_from_on`: the first day of an assignment without an end (None: there is none); store/tenures.py keeps it.
    `withdrawn_on`, `withdrawn_reason`: 취소; from that day it counts nowhere, its number, row and history stay.
    `printed`: what the document says of a column that a person has put right, so that it is known again by it.
    """

    __tablename__ = "task"

    id: Mapped[int] = mapped_column(ForeignKey("number.id"), primary_key=True, autoincrement=False)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    position: Mapped[int]
    no: Mapped[str | None] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(Text)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    status: Mapped[str | None] = mapped_column(String(40))
    start_on: Mapped[date | None]
    end_on: Mapped[date | None] = mapped_column(index=True)
    is_open_ended: Mapped[bool] = mapped_column(default=False)
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    area: Mapped[str | None] = mapped_column(Text)
    pledge_no: Mapped[str | None] = mapped_column(String(40))
    pledge: Mapped[str | None] = mapped_column(Text)
    is_watched: Mapped[bool] = mapped_column(default=False, server_default=false())
    watch_reason: Mapped[str | None] = mapped_column(Text)
    watched_since: Mapped[date | None]
    watched_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    is_secret: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_office: Mapped[bool] = mapped_column(default=False, server_default=false())
    related: Mapped[list[Any]] = mapped_column(default=list)
    budgets: Mapped[list[Any]] = mapped_column(default=list)
    held_from_on: Mapped[date | None] = mapped_column(index=True)
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    printed: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    plan: Mapped[Plan] = relationship(back_populates="tasks")
    department: Mapped[Department | None] = relationship()
    milestones: Mapped[list[Milestone]] = relationship(back_populates="task", order_by="Milestone.id")
    assignments: Mapped[list[Assignment]] = relationship(order_by="Assignment.id")

    @property
    def shown_no(self) -> str | None:
        """The document's number of it as chat may have it: it names a secret one to whoever has the document."""
        return None if self.is_secret else self.no


def _recurs(context: DefaultExecutionContext) -> bool:
    return context.get_current_parameters().get("rrule") is not None  # type: ignore[no-untyped-call]


def _to_be_extended(context: DefaultExecutionContext) -> date | None:
    """The next look adds the occurrences of a new entry that recurs; one that goes on all year has none."""
    return date.min if _recurs(context) else None


def _to_be_asked(context: DefaultExecutionContext) -> date | None:
    """The next look works out when a new year-round entry is asked about; one that recurs never is."""
    return None if _recurs(context) else date.min


class Series(Base):
    """A recurring or year-round entry; its occurrences are milestones. `rrule` None: a quota, 연중 or a suspension.

    `quota`: how often a year (연 3회), `done_times` of it. `is_suspension`: its task, or the milestone `held_id` alone,
    rests until what `expr` says (조건), and is asked about every month.

    `extend_on`: the day from which its next occurrence must be there (None: never any more).
    `ask_on`: the day of the next quarterly question about a year-round one (None: never any more, or it recurs);
    `answer`, `answered_on`: what was said of it last.
    """

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(ForeignKey("number.id"), primary_key=True, autoincrement=False)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    expr: Mapped[str] = mapped_column(Text)
    section: Mapped[str | None] = mapped_column(Text)
    line: Mapped[int | None]
    rrule: Mapped[str | None] = mapped_column(Text)
    start_on: Mapped[date]
    until_on: Mapped[date]
    remind_from: Mapped[datetime]
    extend_on: Mapped[date | None] = mapped_column(default=_to_be_extended, index=True)
    ask_on: Mapped[date | None] = mapped_column(default=_to_be_asked, index=True)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_on: Mapped[date | None]
    quota: Mapped[int | None]
    done_times: Mapped[int] = mapped_column(default=0, server_default="0")
    is_suspension: Mapped[bool] = mapped_column(default=False, server_default=false())
    held_id: Mapped[int | None]
    task: Mapped[Task] = relationship()


class Milestone(Base):
    """추진일정: one date window or one occurrence.

    `original_due_on` is what the plan said and never changes; `due_on` is what holds now. `revision` counts
    changes, so that a button can tell that it is stale. `remind_from`: reminders that lay before it are never
    owed (None: none at all). `next_remind_on`: the day on which the scan must look at it again.
    `twin_of_id`: the same promise stands in another plan, where it is reminded and answered; this one follows.
    `before_start`: open, and its due day lay before the plan's start (store.milestones.lies_before): counted apart,
    nobody is told that it is late. A due day set anew or a completion ends that.
    `outlives_plan`: still owed when its plan is closed (정산, carried over).
    `reported_by_id`, `reported_at`: who said done and when, while a confirmation of it is awaited.
    `reopen_at`: when somebody asked that what is done be opened again, while a decision is awaited; who and why, the log
    says.
    `reason`, `reason_code`: why it is late, waits or is on hold. `explained_due_on`: the due day for whose passing
    the reason was given. `gate`: 대기(외부), what it waits for. `review_on`: 재검토일, until which a waiting or held
    one is left in peace (None: neither, or taken up again). `seen_until_on`, `seen_times`: 확인함, until when its
    officer has spared himself further reminders of this due day, and how often. `printed`: what the document says
    of a column that a person has put right.
    """

    __tablename__ = "milestone"
    __table_args__ = (
        UniqueConstraint("task_id", "identity", "window_no"),
        UniqueConstraint("series_id", "original_due_on", name="uq_milestone_occurrence"),
        Index("ix_milestone_next_remind_on", "next_remind_on", "state"),
        # Only the few rows that say something: an index full of nothing misleads SQLite into walking it all.
        only("milestone", "reported", "state", MilestoneState.REPORTED, "reported_at"),
        *(few("milestone", column) for column in ("twin_of_id", "past_review", "review_on", "reopen_at")),
    )

    id: Mapped[int] = mapped_column(ForeignKey("number.id"), primary_key=True, autoincrement=False)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"))
    identity: Mapped[str] = mapped_column(String(200))
    window_no: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(Text)
    expr: Mapped[str] = mapped_column(Text)
    section: Mapped[str | None] = mapped_column(Text)
    line: Mapped[int | None]
    kind: Mapped[MilestoneKind] = mapped_column(word(MilestoneKind))
    precision: Mapped[Precision] = mapped_column(word(Precision))
    start_on: Mapped[date | None]
    original_due_on: Mapped[date | None]
    due_on: Mapped[date | None] = mapped_column(index=True)
    state: Mapped[MilestoneState] = mapped_column(word(MilestoneState))
    done_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(Text)
    progress: Mapped[int | None]
    remind_from: Mapped[datetime | None]
    next_remind_on: Mapped[date | None]
    past_review: Mapped[PastReview | None] = mapped_column(word(PastReview))
    before_start: Mapped[bool] = mapped_column(default=False, server_default=false())
    twin_of_id: Mapped[int | None] = mapped_column(ForeignKey("milestone.id"))
    outlives_plan: Mapped[bool] = mapped_column(default=False, server_default=false())
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    reported_at: Mapped[datetime | None]
    reopen_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)
    reason_code: Mapped[DelayReason | None] = mapped_column(word(DelayReason))
    explained_due_on: Mapped[date | None]
    gate: Mapped[Gate | None] = mapped_column(word(Gate))
    review_on: Mapped[date | None]
    seen_until_on: Mapped[date | None]
    seen_times: Mapped[int] = mapped_column(default=0, server_default="0")
    printed: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    revision: Mapped[int] = mapped_column(default=1)
    # Two who change it at once: the second one's UPDATE meets no row, and its update is handled anew.
    __mapper_args__ = {"version_id_col": revision, "version_id_generator": False}  # noqa: RUF012
    task: Mapped[Task] = relationship(back_populates="milestones")
    delays: Mapped[list[DelayRequest]] = relationship(back_populates="milestone", order_by="DelayRequest.id")
    evidence: Mapped[list[Evidence]] = relationship(back_populates="milestone", order_by="Evidence.id")

    # Of its task; None while it is being made.
    is_watched: AssociationProxy[bool] = association_proxy("task", "is_watched")
    is_secret: AssociationProxy[bool] = association_proxy("task", "is_secret")
