"""a document may name a team behind the department of a task

Revision ID: 0032
Revises: 0031
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

KINDS = ("date", "officers", "done", "missing", "department", "task", "twin", "double", "renamed")


def upgrade() -> None:
    with op.batch_alter_table("difference", schema=None) as batch_op:
        batch_op.alter_column(
            "kind",
            existing_type=_words(KINDS),
            type_=_words((*KINDS, "team")),
            existing_nullable=False,
        )


def _words(words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name="differencekind", native_enum=False, create_constraint=True, length=20)


def downgrade() -> None:
    raise NotImplementedError("a store goes back by restoring its backup (docs/operation.md)")
