"""확인함 of a milestone, and the quarterly question about what goes on all year

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen_until_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("seen_times", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ask_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("answer", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("answered_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_series_ask_on"), ["ask_on"], unique=False)
    op.execute("UPDATE series SET ask_on = '0001-01-01' WHERE rrule IS NULL")  # worked out at the next look


def downgrade() -> None:
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_series_ask_on"))
        batch_op.drop_column("answered_on")
        batch_op.drop_column("answer")
        batch_op.drop_column("ask_on")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_column("seen_times")
        batch_op.drop_column("seen_until_on")
