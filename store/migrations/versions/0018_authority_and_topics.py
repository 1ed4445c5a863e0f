"""who made a link, who leaves, who was asked to stand in; and the topic of a forum that a message belongs to

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

OFFICERS = (("invite", "made_by_id"), ("absence", "asked_id"))
TOPICS = ("delivery", "chat_group")


def upgrade() -> None:
    for table, column in OFFICERS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f"fk_{table}_{column}"), "officer", [column], ["id"])
    for table in TOPICS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("topic_id", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.add_column(sa.Column("leaves", sa.Boolean(), server_default=sa.false(), nullable=False))
    # What was confirmed before ended the person's chat and roles wherever no single task was named.
    op.execute("UPDATE handover SET leaves = true WHERE task_id IS NULL AND state = 'scheduled'")


def downgrade() -> None:
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_column("leaves")
    for table in TOPICS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("topic_id")
    for table, column in reversed(OFFICERS):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_{column}"), type_="foreignkey")
            batch_op.drop_column(column)
