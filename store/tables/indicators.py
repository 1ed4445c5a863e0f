"""Tables of indicators (성과지표): what is counted, its targets, its values, and what was settled of a year.

Numbers are kept as they are written, exactly; no rate, sum or share is a column (docs/decisions/0038-indicators.md).
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.db.base import Base
from store.db.types import word
from store.states import (
    Adding,
    Bound,
    Direction,
    IndicatorKind,
    IndicatorPeriod,
    IndicatorSource,
    Judgement,
)
from store.tables.people import Department
from store.tables.plans import Task

DIGITS = 40


class Indicator(Base):
    """지표: of a task or of a department, exactly one. `unit`, `formula` (산식) in words; `scale`: of a grade, best first;
    `first_count`, `second_count`: what both counts of a ratio are called. `says_total`: a flow's result is typed as the sum to
    date (누계). `starts_on`, `ends_on`: the work. `is_asked`: its value is asked each period, until the `asked_day`-th working
    day (None: that of the settings). `wording`, `line`: of the document. `dropped_on`: from that day it is neither asked nor
    judged. `revision` counts changes."""

    __tablename__ = "indicator"
    __table_args__ = (CheckConstraint("(task_id IS NULL) <> (department_id IS NULL)", name="one_owner"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(String(DIGITS))
    formula: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[IndicatorKind] = mapped_column(word(IndicatorKind))
    direction: Mapped[Direction] = mapped_column(word(Direction))
    adding: Mapped[Adding] = mapped_column(word(Adding))
    period: Mapped[IndicatorPeriod] = mapped_column(word(IndicatorPeriod))
    source: Mapped[IndicatorSource] = mapped_column(word(IndicatorSource))
    announced_month: Mapped[int | None]
    scale: Mapped[list[str]] = mapped_column(JSON, default=list)
    first_count: Mapped[str | None] = mapped_column(Text)
    second_count: Mapped[str | None] = mapped_column(Text)
    says_total: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    is_asked: Mapped[bool] = mapped_column(default=False, index=True)
    asked_day: Mapped[int | None]
    wording: Mapped[str | None] = mapped_column(Text)
    line: Mapped[int | None]
    entered_at: Mapped[datetime]
    dropped_on: Mapped[date | None]
    revision: Mapped[int] = mapped_column(default=1)
    task: Mapped[Task | None] = relationship()
    department: Mapped[Department | None] = relationship()


class IndicatorTarget(Base):
    """목표 of a year, or of a month of it (a flow's of that month alone); without a year: the final one. Of a ratio
    `number` of `second`, as 80 of 100. Never changed: the newest in force counts, the first stays (당초목표). One that came by
    an adjustment is in force when that is approved."""

    __tablename__ = "indicator_target"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    year: Mapped[int | None]
    month: Mapped[int | None]
    number: Mapped[str | None] = mapped_column(String(DIGITS))
    second: Mapped[str | None] = mapped_column(String(DIGITS))
    words: Mapped[str | None] = mapped_column(Text)
    bound: Mapped[Bound | None] = mapped_column(word(Bound))
    reason: Mapped[str | None] = mapped_column(Text)
    adjustment_id: Mapped[int | None] = mapped_column(ForeignKey("adjustment.id"), index=True)
    entered_by: Mapped[str | None] = mapped_column(String(120))
    entered_at: Mapped[datetime]


class IndicatorValue(Base):
    """실적 of a period (a flow's of that period alone), both counts of a ratio, a grade or words; `rank` and `money` (won) of
    what is announced. Rows are only added: the newest of a period counts, `corrects_id` is the one before it, `is_correction`:
    it came after the year was frozen (정정). `is_baseline`: 시행 전, whose period may be unknown."""

    __tablename__ = "indicator_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    number: Mapped[str | None] = mapped_column(String(DIGITS))
    second: Mapped[str | None] = mapped_column(String(DIGITS))
    words: Mapped[str | None] = mapped_column(Text)
    rank: Mapped[int | None]
    money: Mapped[str | None] = mapped_column(String(DIGITS))
    evidence: Mapped[str | None] = mapped_column(Text)
    is_baseline: Mapped[bool] = mapped_column(default=False)
    is_correction: Mapped[bool] = mapped_column(default=False)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("indicator_value.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    entered_by: Mapped[str | None] = mapped_column(String(120))
    entered_at: Mapped[datetime]


class IndicatorYear(Base):
    """What was settled of a year: when it was frozen (확정) and by whom; of a goal in words whether it was reached."""

    __tablename__ = "indicator_year"
    __table_args__ = (UniqueConstraint("indicator_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    year: Mapped[int]
    frozen_at: Mapped[datetime | None]
    frozen_by: Mapped[str | None] = mapped_column(String(120))
    judgement: Mapped[Judgement | None] = mapped_column(word(Judgement))
    judged_by: Mapped[str | None] = mapped_column(String(120))
    judged_at: Mapped[datetime | None]
    evidence: Mapped[str | None] = mapped_column(Text)
