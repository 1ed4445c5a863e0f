"""Tables of the quarterly self-check (분기 자체점검): rounds, their entries, frozen rows and corrections of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.db.base import Base
from store.db.types import word
from store.states import EntryState, PledgeStatus, RoundOrigin, RoundState
from store.tables.people import Officer
from store.tables.plans import Task


class Round(Base):
    """점검회차. `publish_on` is the first day of the month of publication (공개예정월).

    `name` is "" for the round of its quarter, of which there is one; any other (총점검, one of a scope) has a name and lies in
    the quarter of its as-of day. `number` is its place among all that is asked (the requests' own numbers); None: it was
    taken over, not asked here. `scope` is what was asked: {"plans": [id], "areas": [name], "bureaus": [name],
    "departments": [name]}, [] for all; rounds of before have no "bureaus". `settings` are
    those of the result when it was frozen (None: none were kept, today's hold). `claims` is what a document that
    was taken over prints about itself. `comment` is the 총평 as edited by a person, None while it is drafted.
    """

    __tablename__ = "review_round"
    __table_args__ = (UniqueConstraint("year", "quarter", "name"), UniqueConstraint("number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int | None]
    year: Mapped[int]
    quarter: Mapped[int]
    name: Mapped[str] = mapped_column(String(60), default="")
    origin: Mapped[RoundOrigin] = mapped_column(word(RoundOrigin))
    state: Mapped[RoundState] = mapped_column(word(RoundState), index=True)
    as_of_on: Mapped[date]
    basis: Mapped[str | None] = mapped_column(Text)
    content: Mapped[str | None] = mapped_column(Text)
    method: Mapped[str | None] = mapped_column(Text)
    scope: Mapped[dict[str, Any]] = mapped_column(default=dict)
    first_due_on: Mapped[date | None]
    second_due_on: Mapped[date | None]
    publish_on: Mapped[date | None]
    comment: Mapped[str | None] = mapped_column(Text)
    steps: Mapped[list[Any]] = mapped_column(default=list)
    claims: Mapped[dict[str, Any]] = mapped_column(default=dict)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    source_name: Mapped[str | None] = mapped_column(Text)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    opened_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]
    notified_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    entries: Mapped[list[RoundEntry]] = relationship(
        back_populates="review_round", order_by="RoundEntry.position"
    )
    rows: Mapped[list[SnapshotRow]] = relationship(
        back_populates="review_round", order_by="SnapshotRow.position"
    )


class RoundEntry(Base):
    """점검결과 of one task in a round. `revision` counts changes, so that a button can tell that it is stale.

    `previous_status` is that of the quarter before, `self_status` the department's word, `final_status` the
    planning office's. A person of a step is the last one who took it.
    """

    __tablename__ = "review_entry"
    __table_args__ = (UniqueConstraint("round_id", "task_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("review_round.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    position: Mapped[int]
    state: Mapped[EntryState] = mapped_column(word(EntryState), index=True)
    previous_status: Mapped[PledgeStatus | None] = mapped_column(word(PledgeStatus, "previous_status"))
    self_status: Mapped[PledgeStatus | None] = mapped_column(word(PledgeStatus, "self_status"))
    final_status: Mapped[PledgeStatus | None] = mapped_column(word(PledgeStatus, "final_status"))
    results: Mapped[str | None] = mapped_column(Text)
    problems: Mapped[str | None] = mapped_column(Text)
    next_plan: Mapped[str | None] = mapped_column(Text)
    opinion: Mapped[str | None] = mapped_column(Text)
    sent_back_reason: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    answered_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    confirmed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    signed_at: Mapped[datetime | None]
    evaluated_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    evaluated_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)
    review_round: Mapped[Round] = relationship(back_populates="entries")
    task: Mapped[Task] = relationship()


class SnapshotRow(Base):
    """One task of a quarter as it was frozen (확정 스냅숏): never changed, never deleted.

    `task_id` is None for a row of a register whose task is not registered here.
    """

    __tablename__ = "snapshot_row"
    __table_args__ = (UniqueConstraint("round_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("review_round.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    position: Mapped[int]
    no: Mapped[str | None] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(Text)
    area: Mapped[str | None] = mapped_column(Text)
    pledge_no: Mapped[str | None] = mapped_column(String(40))
    pledge: Mapped[str | None] = mapped_column(Text)
    department: Mapped[str | None] = mapped_column(String(100))
    bureau: Mapped[str | None] = mapped_column(String(100))
    status: Mapped[PledgeStatus] = mapped_column(word(PledgeStatus))
    results: Mapped[str | None] = mapped_column(Text)
    problems: Mapped[str | None] = mapped_column(Text)
    next_plan: Mapped[str | None] = mapped_column(Text)
    opinion: Mapped[str | None] = mapped_column(Text)
    review_round: Mapped[Round] = relationship(back_populates="rows")
    corrections: Mapped[list[SnapshotCorrection]] = relationship(
        back_populates="row", order_by="SnapshotCorrection.id"
    )


class SnapshotCorrection(Base):
    """정정 after a freeze: `field` of the row was `before` and is `after` from then on. Never changed itself."""

    __tablename__ = "snapshot_correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(ForeignKey("snapshot_row.id"), index=True)
    field: Mapped[str] = mapped_column(String(20))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    corrected_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    corrected_by: Mapped[str] = mapped_column(String(120))
    corrected_at: Mapped[datetime]
    row: Mapped[SnapshotRow] = relationship(back_populates="corrections")
    officer: Mapped[Officer | None] = relationship()
