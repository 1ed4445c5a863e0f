"""the start of a plan, before which nobody is told of its entries

Revision ID: 0026
Revises: 0025
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    waits = sa.Column[bool]("awaits_start", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("plan", waits)
    op.add_column("plan", sa.Column("starts_on", sa.Date(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("a store goes back by restoring its backup (docs/operation.md)")
