"""why late, and until when: reasons, gates and review days of milestones

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

GATES = ("extra_budget", "national_funds", "deliberation", "agency")
REASONS = (
    *("budget", "council", "consultation", "agency", "land", "tender", "complaint"),
    *("disaster", "staff", "conditions", "contest", "other"),
)
FEW = ("twin_of_id", "past_review")
COLUMNS = ("reason", "reason_code", "explained_due_on", "gate", "review_on")


def _word(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def _put(column: str) -> None:
    where = sa.text(f"{column} IS NOT NULL")
    op.create_index(
        f"ix_milestone_{column}", "milestone", [column], sqlite_where=where, postgresql_where=where
    )


def upgrade() -> None:
    for column in FEW:  # on SQLite the table is made anew, which loses what indexes say
        op.drop_index(f"ix_milestone_{column}", "milestone")
    with op.batch_alter_table("milestone") as batch:
        batch.add_column(sa.Column("reason", sa.Text(), nullable=True))
        batch.add_column(sa.Column("reason_code", _word("delayreason", REASONS), nullable=True))
        batch.add_column(sa.Column("explained_due_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("gate", _word("gate", GATES), nullable=True))
        batch.add_column(sa.Column("review_on", sa.Date(), nullable=True))
    for column in (*FEW, "review_on"):
        _put(column)


def downgrade() -> None:
    for column in (*FEW, "review_on"):
        op.drop_index(f"ix_milestone_{column}", "milestone")
    with op.batch_alter_table("milestone") as batch:
        for name in ("gate", "delayreason"):
            batch.drop_constraint(op.f(f"ck_milestone_{name}"), type_="check")
        for column in COLUMNS:
            batch.drop_column(column)
    for column in FEW:
        _put(column)
