"""scan cost: indexes of the few rows a tick looks for, and the day on which a series needs its next turn

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _put_few("milestone", "twin_of_id", replaces=True)
    _put_few("milestone", "past_review")
    carried = sa.text("state = 'carried'")
    op.create_index(
        "ix_delivery_item_carried", "delivery_item", ["id"], sqlite_where=carried, postgresql_where=carried
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    op.add_column("series", sa.Column("extend_on", sa.Date(), nullable=True))
    op.create_index("ix_series_extend_on", "series", ["extend_on"])
    op.execute("UPDATE series SET extend_on = start_on WHERE rrule IS NOT NULL")


def _put_few(table: str, column: str, *, replaces: bool = False) -> None:
    where = sa.text(f"{column} IS NOT NULL")
    if replaces:
        op.drop_index(f"ix_{table}_{column}", table)
    op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index("ix_series_extend_on", "series")
    op.drop_column("series", "extend_on")
    op.drop_index("ix_inbox_received_at", "inbox")
    op.drop_index("ix_delivery_item_carried", "delivery_item")
    op.drop_index("ix_milestone_past_review", "milestone")
    op.drop_index("ix_milestone_twin_of_id", "milestone")
    op.create_index("ix_milestone_twin_of_id", "milestone", ["twin_of_id"])
