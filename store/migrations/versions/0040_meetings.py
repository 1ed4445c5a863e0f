"""meetings: each time, the agenda, the departments' parts, what was decided

Revision ID: 0040
Revises: 0039
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

KINDS = ("meeting", "review", "training", "field", "panel")


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    kind = sa.Enum(*KINDS, name="meetingkind", native_enum=False, create_constraint=True, length=20)
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rrule", sa.String(length=200), nullable=True),
        sa.Column("chairs", sa.JSON(), nullable=False),
        sa.Column("agenda_days", sa.Integer(), nullable=False),
        sa.Column("material_days", sa.Integer(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        _key("meeting", "entered_by_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_table(
        "meeting_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("first_held_on", sa.Date(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        _key("meeting_time", "meeting_id", "meeting"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_time")),
        sa.UniqueConstraint("meeting_id", "first_held_on", name=op.f("uq_meeting_time_meeting_id")),
    )
    op.create_index(op.f("ix_meeting_time_held_on"), "meeting_time", ["held_on"], unique=False)
    op.create_table(
        "meeting_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("time_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_by", sa.String(length=120), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        _key("meeting_topic", "added_by_id", "officer"),
        _key("meeting_topic", "department_id", "department"),
        _key("meeting_topic", "time_id", "meeting_time"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_topic")),
        sa.UniqueConstraint("time_id", "position", name=op.f("uq_meeting_topic_time_id")),
    )
    op.create_table(
        "meeting_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("time_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("given_by", sa.String(length=120), nullable=True),
        sa.Column("is_on_behalf", sa.Boolean(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        _key("meeting_part", "department_id", "department"),
        _key("meeting_part", "given_by_id", "officer"),
        _key("meeting_part", "time_id", "meeting_time"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_part")),
        sa.UniqueConstraint("time_id", "department_id", name=op.f("uq_meeting_part_time_id")),
    )
    op.create_index(op.f("ix_meeting_part_department_id"), "meeting_part", ["department_id"], unique=False)
    op.create_table(
        "meeting_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("time_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        _key("meeting_decision", "item_id", "item"),
        _key("meeting_decision", "time_id", "meeting_time"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_decision")),
        sa.UniqueConstraint("item_id", name=op.f("uq_meeting_decision_item_id")),
    )
    op.create_index(op.f("ix_meeting_decision_time_id"), "meeting_decision", ["time_id"], unique=False)
