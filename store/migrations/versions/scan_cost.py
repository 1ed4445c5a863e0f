"""scan cost: indexes of the few rows a tick looks for, and the day on which a series needs its next turn

Revision ID: scan
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "scan"
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
    # A milestone's reminders are found by its name: one index where there were two.
    with op.batch_alter_table("delivery_item") as batch:
        batch.drop_index("ix_delivery_item_milestone_id")
        batch.drop_constraint("uq_delivery_item_officer_id", type_="unique")
        batch.create_unique_constraint(
            "uq_delivery_item_subject", ["subject", "officer_id", "rule", "due_on"]
        )
    op.execute("UPDATE series SET extend_on = start_on WHERE rrule IS NOT NULL")


def _put_few(table: str, column: str, *, replaces: bool = False) -> None:
    where = sa.text(f"{column} IS NOT NULL")
    if replaces:
        op.drop_index(f"ix_{table}_{column}", table)
    op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=where, postgresql_where=where)


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
    op.drop_index("ix_series_extend_on", "series")
    op.drop_column("series", "extend_on")
    op.drop_index("ix_inbox_received_at", "inbox")
    op.drop_index("ix_delivery_item_carried", "delivery_item")
    op.drop_index("ix_milestone_past_review", "milestone")
    op.drop_index("ix_milestone_twin_of_id", "milestone")
    op.create_index("ix_milestone_twin_of_id", "milestone", ["twin_of_id"])
