"""results of adjustments: the changed plan, the decision, each step with its day

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("draft", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "decision",
                sa.Enum(
                    "approved",
                    "rejected",
                    "advised",
                    name="adjustmentdecision",
                    native_enum=False,
                    create_constraint=True,
                    length=20,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("history", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.drop_column("history")
        batch_op.drop_column("decision")
        batch_op.drop_column("draft")
