"""tasks of the planning office's own, quotas that are counted, suspensions that are asked about

Revision ID: 0027
Revises: 0026
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from plans.time.routines import quota_a_year

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("is_office", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("series", sa.Column("quota", sa.Integer(), nullable=True))
    op.add_column("series", sa.Column("done_times", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "series", sa.Column("is_suspension", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("series", sa.Column("held_id", sa.Integer(), nullable=True))
    _count_quotas()


def _count_quotas() -> None:
    """What was registered as 연 3회 before."""
    series = sa.table("series", sa.column("id"), sa.column("expr"), sa.column("rrule"), sa.column("quota"))
    bind = op.get_bind()
    for row in bind.execute(sa.select(series.c.id, series.c.expr).where(series.c.rrule.is_(None))).all():
        if (quota := quota_a_year(row.expr)) is not None:
            bind.execute(series.update().where(series.c.id == row.id).values(quota=quota))


def downgrade() -> None:
    raise NotImplementedError("a store goes back by restoring its backup (docs/operation.md)")
