"""indicators: what is counted, its targets, its values, what was settled of a year

Revision ID: 0043
Revises: 0042
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

WORDS = {
    "indicatorkind": ("count", "ratio", "amount", "grade", "text"),
    "direction": ("up", "down"),
    "adding": ("flow", "stock"),
    "indicatorperiod": ("month", "quarter", "half", "year", "two-years"),
    "indicatorsource": ("own", "announced"),
    "bound": ("least", "most", "about"),
    "judgement": ("reached", "partly", "missed"),
}
DIGITS = 40


def _word(name: str) -> sa.Enum:
    return sa.Enum(*WORDS[name], name=name, native_enum=False, create_constraint=True, length=20)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _digits(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=DIGITS), nullable=True)


def _by(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=120), nullable=True)


def _at(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _day(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=True)


def upgrade() -> None:
    _indicator()
    _targets()
    _values()
    _years()


def _indicator() -> None:
    op.create_table(
        "indicator",
        _number("id", nullable=False),
        _number("task_id"),
        _number("department_id"),
        _text("name", nullable=False),
        _digits("unit"),
        _text("formula"),
        sa.Column("kind", _word("indicatorkind"), nullable=False),
        sa.Column("direction", _word("direction"), nullable=False),
        sa.Column("adding", _word("adding"), nullable=False),
        sa.Column("period", _word("indicatorperiod"), nullable=False),
        sa.Column("source", _word("indicatorsource"), nullable=False),
        _number("announced_month"),
        sa.Column("scale", sa.JSON(), nullable=False),
        _text("first_count"),
        _text("second_count"),
        sa.Column("says_total", sa.Boolean(), nullable=False),
        _day("starts_on"),
        _day("ends_on"),
        sa.Column("is_asked", sa.Boolean(), nullable=False),
        _number("asked_day"),
        _text("wording"),
        _number("line"),
        _at("entered_at"),
        _day("dropped_on"),
        _number("revision", nullable=False),
        sa.CheckConstraint(
            "(task_id IS NULL) <> (department_id IS NULL)", name=op.f("ck_indicator_one_owner")
        ),
        _key("indicator", "department_id", "department"),
        _key("indicator", "task_id", "task"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
    )
    for column in ("department_id", "is_asked", "task_id"):
        op.create_index(op.f(f"ix_indicator_{column}"), "indicator", [column], unique=False)


def _targets() -> None:
    op.create_table(
        "indicator_target",
        _number("id", nullable=False),
        _number("indicator_id", nullable=False),
        _number("year"),
        _number("month"),
        _digits("number"),
        _digits("second"),
        _text("words"),
        sa.Column("bound", _word("bound"), nullable=True),
        _text("reason"),
        _number("adjustment_id"),
        _by("entered_by"),
        _at("entered_at"),
        _key("indicator_target", "adjustment_id", "adjustment"),
        _key("indicator_target", "indicator_id", "indicator"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_target")),
    )
    for column in ("adjustment_id", "indicator_id"):
        op.create_index(op.f(f"ix_indicator_target_{column}"), "indicator_target", [column], unique=False)


def _values() -> None:
    op.create_table(
        "indicator_value",
        _number("id", nullable=False),
        _number("indicator_id", nullable=False),
        _day("starts_on"),
        _day("ends_on"),
        _digits("number"),
        _digits("second"),
        _text("words"),
        _number("rank"),
        _digits("money"),
        _text("evidence"),
        sa.Column("is_baseline", sa.Boolean(), nullable=False),
        sa.Column("is_correction", sa.Boolean(), nullable=False),
        _number("corrects_id"),
        _number("entered_by_id"),
        _by("entered_by"),
        _at("entered_at"),
        _key("indicator_value", "corrects_id", "indicator_value"),
        _key("indicator_value", "entered_by_id", "officer"),
        _key("indicator_value", "indicator_id", "indicator"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_value")),
    )
    op.create_index(
        op.f("ix_indicator_value_indicator_id"), "indicator_value", ["indicator_id"], unique=False
    )


def _years() -> None:
    op.create_table(
        "indicator_year",
        _number("id", nullable=False),
        _number("indicator_id", nullable=False),
        _number("year", nullable=False),
        _at("frozen_at", nullable=True),
        _by("frozen_by"),
        sa.Column("judgement", _word("judgement"), nullable=True),
        _by("judged_by"),
        _at("judged_at", nullable=True),
        _text("evidence"),
        _key("indicator_year", "indicator_id", "indicator"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_year")),
        sa.UniqueConstraint("indicator_id", "year", name=op.f("uq_indicator_year_indicator_id")),
    )
