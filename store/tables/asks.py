"""Tables of what is asked of departments (요청): the request with its form and window, each department's reply, its rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.db.base import Base
from store.db.types import word
from store.states import AnswerKind, AnswerState, AskState
from store.tables.people import Department, Officer


class Ask(Base):
    """요청: one list (the departments asked), one question (`form`), one window (`opens_on`, `due_on`).

    `steps` are those that a reply takes, in their order (jobs.asks.opening). `form` is a plans.sheet.question.Form.
    `scope` is what was asked for: {"departments": [name], "bureaus": [name]}, [] for all; of a request over a list also
    `given`, the cells of each row by department, `stage` and `year`. `due_minute`: minutes of the day, local, by which it
    is due; None: the whole day. `first_due_on` is what was said first. `rows_most` None: as many rows as there are.
    `like_id`: the earlier one whose form it has, or whose rows. `settled_on`: for which day everybody who is to be told of
    it has been entered (store.ask_looks).
    """

    __tablename__ = "ask"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    steps: Mapped[list[Any]] = mapped_column(default=list)
    state: Mapped[AskState] = mapped_column(word(AskState), index=True)
    basis: Mapped[str | None] = mapped_column(Text)
    as_of_on: Mapped[date | None]
    form: Mapped[dict[str, Any]]
    scope: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rows_least: Mapped[int]
    rows_most: Mapped[int | None]
    opens_on: Mapped[date]
    due_on: Mapped[date]
    due_minute: Mapped[int | None]
    first_due_on: Mapped[date]
    like_id: Mapped[int | None] = mapped_column(ForeignKey("ask.id"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("ask_series.id"))
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    opened_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    settled_on: Mapped[date | None]
    notified_at: Mapped[datetime | None]
    answers: Mapped[list[AskAnswer]] = relationship(back_populates="ask", order_by="AskAnswer.position")


class AskSeries(Base):
    """되풀이: a request that opens anew by itself, like the last one of it. `rule` is one of plans.time.workdays, `said` as it
    was typed; it opens on `opens_on`, so many working days (`ahead`) before it is due on `due_on`. `ended_at`: no more."""

    __tablename__ = "ask_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(200))
    said: Mapped[str] = mapped_column(String(80))
    ahead: Mapped[int]
    opens_on: Mapped[date]
    due_on: Mapped[date]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class AskAnswer(Base):
    """회신 of one department. `due_on`: its own later day, None: everybody's. `version` counts what came back, 0: nothing yet;
    rows of earlier versions stay. `answered_by` is the name of whoever handed it in, `is_on_behalf`: for the department, not
    of it (대리 입력). `revision` counts changes, so that a button can tell that it is stale."""

    __tablename__ = "ask_answer"
    __table_args__ = (UniqueConstraint("ask_id", "department_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ask_id: Mapped[int] = mapped_column(ForeignKey("ask.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    position: Mapped[int]
    state: Mapped[AnswerState] = mapped_column(word(AnswerState), index=True)
    kind: Mapped[AnswerKind | None] = mapped_column(word(AnswerKind))
    due_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=0)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    answered_by: Mapped[str | None] = mapped_column(String(120))
    is_on_behalf: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    confirmed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    signed_at: Mapped[datetime | None]
    sent_back_reason: Mapped[str | None] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    ask: Mapped[Ask] = relationship(back_populates="answers")
    department: Mapped[Department] = relationship()
    officer: Mapped[Officer | None] = relationship(foreign_keys=[answered_by_id])


class AskRow(Base):
    """One row of a version of a reply; `cells` by the keys of the form. Never changed."""

    __tablename__ = "ask_row"
    __table_args__ = (UniqueConstraint("answer_id", "version", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("ask_answer.id"))
    version: Mapped[int]
    position: Mapped[int]
    cells: Mapped[dict[str, Any]]


class AskVerdict(Base):
    """What the planning office says of a version of a reply: of the whole of it (`position` 0, 평가) or of one row (선정).
    `verdict` is a word of the request's kind, `opinion` why. `became`: what a chosen row was made into (task:12, item:5)."""

    __tablename__ = "ask_verdict"
    __table_args__ = (UniqueConstraint("answer_id", "version", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("ask_answer.id"))
    version: Mapped[int]
    position: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(20))
    opinion: Mapped[str | None] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    became: Mapped[str | None] = mapped_column(String(40))


class AskCorrection(Base):
    """정정 after the end: the field of that row was `before` and is `after` from then on. Never changed itself; the corrected row
    stands in the newer version of the reply, the old one stays."""

    __tablename__ = "ask_correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("ask_answer.id"), index=True)
    version: Mapped[int]
    position: Mapped[int]
    field: Mapped[str] = mapped_column(String(20))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]


class AskPart(Base):
    """Rows of a reply that its contact has handed to an officer of the department. `filled_at` None: still wanted of that one.
    `rows`: cells by the keys of the form, as in `ask_row`; they count only when the contact hands them in."""

    __tablename__ = "ask_part"
    __table_args__ = (UniqueConstraint("answer_id", "officer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("ask_answer.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    asked_at: Mapped[datetime]
    filled_at: Mapped[datetime | None]
    rows: Mapped[list[Any]] = mapped_column(default=list)
    revision: Mapped[int] = mapped_column(default=1)
    answer: Mapped[AskAnswer] = relationship()
    officer: Mapped[Officer] = relationship(foreign_keys=[officer_id])
