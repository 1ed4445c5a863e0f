"""requests that open anew by themselves, and corrections of closed ones

Revision ID: 0042
Revises: 0041
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.migrations.emptied import emptied

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ask_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("said", sa.String(length=80), nullable=False),
        sa.Column("ahead", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_series")),
    )
    op.create_table(
        "ask_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["ask_answer.id"], name=op.f("fk_ask_correction_answer_id")),
        sa.ForeignKeyConstraint(["by_id"], ["officer.id"], name=op.f("fk_ask_correction_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_correction")),
    )
    op.create_index(op.f("ix_ask_correction_answer_id"), "ask_correction", ["answer_id"], unique=False)
    with emptied("ask"), op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_ask_series_id"), "ask_series", ["series_id"], ["id"])
