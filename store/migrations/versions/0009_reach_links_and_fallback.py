"""reach: since when a link is paused, links of another bot, fallback channels

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import conv

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAME = conv("ck_chat_link_linkstate")
OLD = ("active", "stopped", "blocked", "ended")
NEW = ("active", "stopped", "blocked", "other-bot", "ended")
LIVE = sa.text("state != 'ended'")
INDEXES = {"uq_chat_link_chat": ["chat_id"], "uq_chat_link_officer": ["officer_id"]}


def _allow(words: tuple[str, ...], *columns: sa.Column[object], drop: tuple[str, ...] = ()) -> None:
    """Other words for the state of a link. On SQLite the table is made anew, which loses what indexes say."""
    is_sqlite = op.get_context().dialect.name == "sqlite"
    for name in INDEXES:
        op.drop_index(name, "chat_link")
    if not is_sqlite:
        op.drop_constraint(NAME, "chat_link", type_="check")
    with op.batch_alter_table("chat_link", schema=None) as batch_op:
        for column in columns:
            batch_op.add_column(column)
        for name in drop:
            batch_op.drop_column(name)
        listed = ", ".join(f"'{word}'" for word in words)
        batch_op.create_check_constraint(NAME, sa.text(f"state IN ({listed})"))
    for name, on in INDEXES.items():
        op.create_index(name, "chat_link", on, unique=True, sqlite_where=LIVE, postgresql_where=LIVE)


def upgrade() -> None:
    _allow(NEW, sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "fallback_channel",
        sa.Column("officer_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_fallback_channel_officer_id")),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_fallback_channel")),
    )

    told_instead = sa.text("instead_of_id IS NOT NULL")
    with op.batch_alter_table("delivery_item") as batch:
        batch.add_column(sa.Column("instead_of_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_delivery_item_instead_of_id"), "officer", ["instead_of_id"], ["id"])
    op.create_index(
        "ix_delivery_item_instead_of_id",
        "delivery_item",
        ["milestone_id"],
        sqlite_where=told_instead,
        postgresql_where=told_instead,
    )


def downgrade() -> None:
    op.drop_index("ix_delivery_item_instead_of_id", "delivery_item")
    with op.batch_alter_table("delivery_item") as batch:
        batch.drop_constraint(op.f("fk_delivery_item_instead_of_id"), type_="foreignkey")
        batch.drop_column("instead_of_id")
    op.drop_table("fallback_channel")
    op.execute("UPDATE chat_link SET state = 'blocked' WHERE state = 'other-bot'")
    _allow(OLD, drop=("paused_at",))
