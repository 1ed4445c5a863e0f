"""what is registered can be withdrawn and put right, and is known again by what the document says

Revision ID: 0025
Revises: 0024
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("withdrawn_on", sa.Date(), nullable=True))
    op.add_column("task", sa.Column("withdrawn_reason", sa.Text(), nullable=True))
    for table in ("task", "milestone"):
        op.add_column(table, sa.Column("printed", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    op.create_table(
        "area_alias",
        sa.Column("alias", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("alias", name=op.f("pk_area_alias")),
    )


def downgrade() -> None:
    raise NotImplementedError("a store goes back by restoring its backup (docs/operation.md)")
