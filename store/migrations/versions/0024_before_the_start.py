"""what was due before its plan's start is counted apart

Revision ID: 0024
Revises: 0023
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column[bool]("before_start", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("milestone", column)
    milestone = sa.table(
        "milestone", sa.column("state"), sa.column("past_review"), sa.column("before_start", sa.Boolean())
    )
    is_open = milestone.c.state == "planned", milestone.c.past_review == "open"
    op.execute(milestone.update().where(*is_open).values(before_start=True))


def downgrade() -> None:
    raise NotImplementedError("a store goes back by restoring its backup (docs/operation.md)")
