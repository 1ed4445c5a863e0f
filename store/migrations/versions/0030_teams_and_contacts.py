"""teams inside departments, the role of a department's contact, and two entries of a plan that may be one

Revision ID: 0030
Revises: 0029
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ROLES = ("officer", "lead", "head", "bureau", "planner", "auditor", "admin")
KINDS = ("date", "officers", "done", "missing", "department", "task", "twin")


def upgrade() -> None:
    _make_tables()
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.add_column(sa.Column("team_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_role_team_id"), "team", ["team_id"], ["id"])
    for table, column in ("role", "role"), ("invite", "role"), ("delay_request", "level"):
        _allow(table, column, "rolename", ROLES, "contact")
    _allow("difference", "kind", "differencekind", KINDS, "double")


def _make_tables() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_team_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("department_id", "name", name=op.f("uq_team_department_id")),
    )
    op.create_table(
        "team_member",
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_team_member_officer_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_member_team_id")),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_team_member")),
    )
    op.create_index(op.f("ix_team_member_team_id"), "team_member", ["team_id"], unique=False)


def _allow(table: str, column: str, name: str, before: tuple[str, ...], new: str) -> None:
    """The words that the database takes there, one more."""
    is_nullable = table == "delay_request"
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.alter_column(
            column,
            existing_type=_words(name, before),
            type_=_words(name, (*before, new)),
            existing_nullable=is_nullable,
        )


def _words(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def downgrade() -> None:
    raise NotImplementedError("a store goes back by restoring its backup (docs/operation.md)")
