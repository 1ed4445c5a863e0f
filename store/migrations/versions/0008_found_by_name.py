"""found by name: a milestone's reminders by their subject, one index where there were two

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The unique key begins with the officer; of a chat one asks for what waits, or for one message.
    op.drop_index("ix_delivery_officer_id", "delivery")
    op.drop_index("ix_delivery_chat_id", "delivery")
    sent = sa.text("message_id IS NOT NULL")
    op.create_index(
        "ix_delivery_message_id",
        "delivery",
        ["chat_id", "message_id"],
        sqlite_where=sent,
        postgresql_where=sent,
    )
    with op.batch_alter_table("delivery_item") as batch:
        batch.drop_index("ix_delivery_item_milestone_id")
        batch.drop_constraint("uq_delivery_item_officer_id", type_="unique")
        batch.create_unique_constraint(
            "uq_delivery_item_subject", ["subject", "officer_id", "rule", "due_on"]
        )


def downgrade() -> None:
    with op.batch_alter_table("delivery_item") as batch:
        batch.drop_constraint("uq_delivery_item_subject", type_="unique")
        batch.create_unique_constraint(
            "uq_delivery_item_officer_id", ["officer_id", "subject", "rule", "due_on"]
        )
        batch.create_index("ix_delivery_item_milestone_id", ["milestone_id"])
    op.drop_index("ix_delivery_message_id", "delivery")
    op.create_index("ix_delivery_chat_id", "delivery", ["chat_id"])
    op.create_index("ix_delivery_officer_id", "delivery", ["officer_id"])
