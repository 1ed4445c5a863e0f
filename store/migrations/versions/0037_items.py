"""what was raised and wants a reply: items, the departments' parts, their replies

Revision ID: 0037
Revises: 0036
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

KINDS = ("directive", "suggestion", "proposal", "visit", "council", "question")
STATES = ("open", "closing", "closed", "dropped")


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _word("itemkind", *KINDS), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_on", sa.Date(), nullable=False),
        sa.Column("requester", sa.Text(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_minute", sa.Integer(), nullable=True),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("state", _word("itemstage", *STATES), nullable=False),
        sa.Column("asked_outcome", sa.String(length=40), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_back_reason", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _key("item", "asked_by_id", "officer"),
        _key("item", "department_id", "department"),
        _key("item", "entered_by_id", "officer"),
        _key("item", "officer_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
    )
    for column in ("department_id", "kind", "officer_id", "source_on", "state"):
        op.create_index(op.f(f"ix_item_{column}"), "item", [column], unique=False)
    op.create_table(
        "item_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        _key("item_part", "department_id", "department"),
        _key("item_part", "item_id", "item"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_part")),
        sa.UniqueConstraint("item_id", "department_id", name=op.f("uq_item_part_item_id")),
    )
    op.create_index(op.f("ix_item_part_department_id"), "item_part", ["department_id"], unique=False)
    op.create_table(
        "item_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replied_by_id", sa.Integer(), nullable=True),
        sa.Column("replied_by", sa.String(length=120), nullable=True),
        sa.Column("is_on_behalf", sa.Boolean(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=False),
        _key("item_reply", "part_id", "item_part"),
        _key("item_reply", "replied_by_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_reply")),
        sa.UniqueConstraint("part_id", "version", name=op.f("uq_item_reply_part_id")),
    )
