"""panels of citizens: the panels of a meeting, their tasks, what they say of them

Revision ID: 0044
Revises: 0043
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "meeting_panel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("citizens", sa.Integer(), nullable=False),
        sa.Column("experts", sa.Integer(), nullable=False),
        _key("meeting_panel", "meeting_id", "meeting"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_panel")),
        sa.UniqueConstraint("meeting_id", "position", name=op.f("uq_meeting_panel_meeting_id")),
    )
    op.create_table(
        "meeting_panel_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        _key("meeting_panel_task", "meeting_id", "meeting"),
        _key("meeting_panel_task", "panel_id", "meeting_panel"),
        _key("meeting_panel_task", "task_id", "task"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_panel_task")),
        sa.UniqueConstraint("meeting_id", "task_id", name=op.f("uq_meeting_panel_task_meeting_id")),
    )
    op.create_index(op.f("ix_meeting_panel_task_panel_id"), "meeting_panel_task", ["panel_id"], unique=False)
    op.create_table(
        "meeting_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("time_id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        _key("meeting_opinion", "item_id", "item"),
        _key("meeting_opinion", "panel_id", "meeting_panel"),
        _key("meeting_opinion", "task_id", "task"),
        _key("meeting_opinion", "time_id", "meeting_time"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_opinion")),
        sa.UniqueConstraint("item_id", name=op.f("uq_meeting_opinion_item_id")),
        sa.UniqueConstraint("time_id", "task_id", name=op.f("uq_meeting_opinion_time_id")),
    )
    op.create_index(op.f("ix_meeting_opinion_panel_id"), "meeting_opinion", ["panel_id"], unique=False)
    op.create_index(op.f("ix_meeting_opinion_task_id"), "meeting_opinion", ["task_id"], unique=False)
