"""events of the ledger are found by what they are and when they were made

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    events = sa.text("kind = 'event'")
    op.create_index(
        "ix_delivery_events",
        "delivery",
        ["event", "created_at"],
        sqlite_where=events,
        postgresql_where=events,
    )


def downgrade() -> None:
    op.drop_index("ix_delivery_events", "delivery")
