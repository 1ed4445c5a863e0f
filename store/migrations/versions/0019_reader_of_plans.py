"""a plan remembers by which version of the reader of documents it came; those that are there came by the first

Revision ID: 0019
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OLD = ("date", "officers", "done", "missing", "department", "twin")
NEW = (*OLD[:-1], "task", "twin")


def upgrade() -> None:
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reader", sa.Integer(), nullable=False, server_default="1"))
    _allow(OLD, NEW)


def downgrade() -> None:
    op.execute("DELETE FROM difference WHERE kind = 'task'")
    _allow(NEW, OLD)
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_column("reader")


def _allow(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """The kinds of differences that the database takes."""
    with op.batch_alter_table("difference", schema=None) as batch_op:
        batch_op.alter_column(
            "kind", existing_type=_words(before), type_=_words(after), existing_nullable=False
        )


def _words(words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name="differencekind", native_enum=False, create_constraint=True, length=20)
