"""updates are kept as the text they came as, with when they were last taken up

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.db.types import UtcInstant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("raw", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("started_at", UtcInstant(timezone=True), nullable=True))
    _copy("raw", "json", "TEXT")
    op.execute("UPDATE inbox SET attempts = 1")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.alter_column("raw", existing_type=sa.Text(), nullable=False)
        batch_op.drop_column("json")


def downgrade() -> None:
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("json", sa.JSON(), nullable=True))
    _copy("json", "raw", "JSON")
    op.execute("UPDATE inbox SET attempts = 0")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.alter_column("json", existing_type=sa.JSON(), nullable=False)
        batch_op.drop_column("started_at")
        batch_op.drop_column("raw")


def _copy(to: str, of: str, kind: str) -> None:
    """The text is the same; PostgreSQL wants to be told what it is read as."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(
        f"UPDATE inbox SET {to} = CAST({of} AS {kind})" if is_postgresql else f"UPDATE inbox SET {to} = {of}"
    )
