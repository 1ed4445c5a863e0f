"""a newer document may call a known entry otherwise

Revision ID: 0031
Revises: 0030
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

KINDS = ("date", "officers", "done", "missing", "department", "task", "twin", "double")


def upgrade() -> None:
    with op.batch_alter_table("difference", schema=None) as batch_op:
        batch_op.alter_column(
            "kind",
            existing_type=_words(KINDS),
            type_=_words((*KINDS, "renamed")),
            existing_nullable=False,
        )


def _words(words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name="differencekind", native_enum=False, create_constraint=True, length=20)


def downgrade() -> None:
    raise NotImplementedError("a store goes back by restoring its backup (docs/operation.md)")
