"""meetings: the requests by which their material is asked

Revision ID: 0045
Revises: 0044
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting_ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("time_id", sa.Integer(), nullable=False),
        sa.Column("ask_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_meeting_ask_ask_id")),
        sa.ForeignKeyConstraint(["time_id"], ["meeting_time.id"], name=op.f("fk_meeting_ask_time_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_ask")),
        sa.UniqueConstraint("time_id", "ask_id", name=op.f("uq_meeting_ask_time_id")),
    )
