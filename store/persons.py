"""Everything that is stored about one person, for the person to see (열람)."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.orm import Session

from store import inbox
from store.db.base import Base
from store.models import AuditEntry, ChatLink, Delivery, InboxUpdate, Officer

NOT_SHOWN = {("invite", "code_hash"), ("fallback_channel", "url")}  # what opens a chat or holds a password
RAW = ("inbox", "raw")  # shown as what it says: in the text, letters may be written by their numbers


def everything_about(session: Session, officer: Officer, *, hidden: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table that name the person, by table; instants in ISO form. `hidden` stands in the place of what
    opens a chat or holds a password."""
    found = {"officer": [_row(Base.metadata.tables["officer"], _mapping(session, officer), hidden)]}
    for table in Base.metadata.sorted_tables:
        condition = _about(session, table, officer)
        if condition is None:
            continue
        rows = session.execute(select(table).where(condition).order_by(*table.primary_key.columns))
        if listed := [_row(table, row._mapping, hidden) for row in rows]:
            found[table.name] = listed
    return found


def chats_of(session: Session, officer_id: int) -> set[int]:
    """Every private chat that was ever the person's."""
    return set(session.scalars(select(ChatLink.chat_id).where(ChatLink.officer_id == officer_id)))


def columns_naming(table: Table) -> list[ColumnElement[int | None]]:
    """The columns of the table that hold a person's id."""
    return [
        one for one in table.columns if any(key.target_fullname == "officer.id" for key in one.foreign_keys)
    ]


def _about(session: Session, table: Table, officer: Officer) -> ColumnElement[bool] | None:
    parts = [column == officer.id for column in columns_naming(table)]
    chats = chats_of(session, officer.id)
    if table.name == Delivery.__tablename__:
        parts.append(table.c.chat_id.in_(chats))
    if table.name == InboxUpdate.__tablename__:
        parts.append(table.c.chat_id.in_(chats))
    if table.name == AuditEntry.__tablename__:
        parts.append(table.c.subject == f"officer:{officer.id}")
    return or_(*parts) if parts else None


def _mapping(session: Session, officer: Officer) -> Any:
    table = Base.metadata.tables["officer"]
    return session.execute(select(table).where(table.c.id == officer.id)).one()._mapping


def _row(table: Table, values: Any, hidden: str) -> dict[str, Any]:
    return dict(_cells(table, values, hidden))


def _cells(table: Table, values: Any, hidden: str) -> Iterator[tuple[str, Any]]:
    for column in table.columns:
        value = values[column]
        if (table.name, column.name) in NOT_SHOWN:
            yield column.name, hidden
        elif (table.name, column.name) == RAW:
            yield column.name, inbox.content(value)
        elif isinstance(value, date | datetime):
            yield column.name, value.isoformat()
        else:
            yield column.name, value.value if isinstance(value, Enum) else value
