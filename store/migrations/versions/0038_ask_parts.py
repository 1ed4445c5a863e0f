"""rows of a reply that its contact hands to an officer

Revision ID: 0038
Revises: 0037
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ask_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["ask_answer.id"], name=op.f("fk_ask_part_answer_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["officer.id"], name=op.f("fk_ask_part_asked_by_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_ask_part_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_part")),
        sa.UniqueConstraint("answer_id", "officer_id", name=op.f("uq_ask_part_answer_id")),
    )
    op.create_index(op.f("ix_ask_part_officer_id"), "ask_part", ["officer_id"], unique=False)
