"""items of others that somebody follows

Revision ID: 0033
Revises: 0032
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow",
        sa.Column("officer_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("milestone_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("told", sa.String(length=40), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_follow_milestone_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_follow_officer_id")),
        sa.PrimaryKeyConstraint("officer_id", "milestone_id", name=op.f("pk_follow")),
    )
