"""replies that are signed, evaluated and chosen from; departments that were told of the result

Revision ID: 0041
Revises: 0040
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.migrations.emptied import emptied

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

STATES = ("asked", "answered", "confirmed", "sent-back")
MORE = ("asked", "answered", "confirmed", "signed", "evaluated", "sent-back")


def upgrade() -> None:
    op.add_column("ask", sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True))
    with emptied("ask_answer"), op.batch_alter_table("ask_answer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("signed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(op.f("fk_ask_answer_signed_by_id"), "officer", ["signed_by_id"], ["id"])
        batch_op.alter_column(
            "state", existing_type=_words(STATES), type_=_words(MORE), existing_nullable=False
        )
    op.create_table(
        "ask_verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("became", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["answer_id"], ["ask_answer.id"], name=op.f("fk_ask_verdict_answer_id")),
        sa.ForeignKeyConstraint(["by_id"], ["officer.id"], name=op.f("fk_ask_verdict_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_verdict")),
        sa.UniqueConstraint("answer_id", "version", "position", name=op.f("uq_ask_verdict_answer_id")),
    )


def _words(words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name="answerstate", native_enum=False, create_constraint=True, length=20)
