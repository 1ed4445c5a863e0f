"""vacant and reported: tasks that nobody holds, and reports that wait, are found without walking all of them

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("held_from_on", sa.Date(), nullable=True))
    op.create_index("ix_task_held_from_on", "task", ["held_from_on"])
    op.execute(
        "UPDATE task SET held_from_on = (SELECT min(from_on) FROM assignment"
        " WHERE assignment.task_id = task.id AND assignment.until_on IS NULL)"
    )
    reported = sa.text("state = 'reported'")
    op.create_index(
        "ix_milestone_reported",
        "milestone",
        ["reported_at"],
        sqlite_where=reported,
        postgresql_where=reported,
    )


def downgrade() -> None:
    op.drop_index("ix_milestone_reported", "milestone")
    op.drop_index("ix_task_held_from_on", "task")
    op.drop_column("task", "held_from_on")
