"""when somebody asked that a milestone which is done be opened again

Revision ID: 0028
Revises: 0027
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("milestone", sa.Column("reopen_at", sa.DateTime(timezone=True), nullable=True))
    is_asked = sa.text("reopen_at IS NOT NULL")
    op.create_index(
        "ix_milestone_reopen_at",
        "milestone",
        ["reopen_at"],
        sqlite_where=is_asked,
        postgresql_where=is_asked,
    )


def downgrade() -> None:
    raise NotImplementedError("a store goes back by restoring its backup (docs/operation.md)")
