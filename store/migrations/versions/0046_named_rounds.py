"""rounds of the self-check beside those of quarters, and their numbers among all that is asked

Revision ID: 0046
Revises: 0045
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.migrations.emptied import emptied

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with emptied("review_round", {"name": "''"}):
        is_server = op.get_bind().dialect.name != "sqlite"
        with op.batch_alter_table("review_round", schema=None) as batch_op:
            batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
            batch_op.add_column(
                sa.Column(
                    "name", sa.String(length=60), nullable=False, server_default="" if is_server else None
                )
            )
            batch_op.drop_constraint(op.f("uq_review_round_year"), type_="unique")
            batch_op.create_unique_constraint(op.f("uq_review_round_year"), ["year", "quarter", "name"])
            batch_op.create_unique_constraint(op.f("uq_review_round_number"), ["number"])
        if is_server:
            op.alter_column("review_round", "name", server_default=None)
    _number()


def _number() -> None:
    """Rounds that were asked here follow the requests that there are, in the order in which they were opened."""
    store = op.get_bind()
    last = store.scalar(sa.text("SELECT max(id) FROM ask")) or 0
    query = sa.text("SELECT id FROM review_round WHERE origin = 'played' ORDER BY opened_at, id")
    for number, (round_id,) in enumerate(store.execute(query).all(), last + 1):
        store.execute(
            sa.text("UPDATE review_round SET number = :number WHERE id = :id"),
            {"number": number, "id": round_id},
        )
