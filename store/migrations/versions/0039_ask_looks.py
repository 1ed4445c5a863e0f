"""requests remember the day for which everybody has been told

Revision ID: 0039
Revises: 0038
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ask", sa.Column("settled_on", sa.Date(), nullable=True))
