"""A table to which others refer is made anew while it is empty: SQLite does not drop one whose rows are referred to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

KEPT = "_rows_of_before"
NOTHING: Mapping[str, str] = {}


@contextmanager
def emptied(table: str, more: Mapping[str, str] = NOTHING) -> Iterator[None]:
    """Its rows are put aside meanwhile and come back with `more`: what new columns hold, as SQL has it. A server has its
    tables altered in place, so nothing is moved there. What refers to the rows is checked at the end of the transaction,
    when they are back."""
    store = op.get_bind()
    if store.dialect.name != "sqlite":
        yield
        return
    quote = store.dialect.identifier_preparer.quote
    columns = [quote(one["name"]) for one in sa.inspect(store).get_columns(table)]
    op.execute("PRAGMA defer_foreign_keys=ON")
    op.execute(f"CREATE TABLE {KEPT} AS SELECT * FROM {table}")
    op.execute(f"DELETE FROM {table}")
    yield
    into, values = [*columns, *map(quote, more)], [*columns, *more.values()]
    op.execute(f"INSERT INTO {table} ({', '.join(into)}) SELECT {', '.join(values)} FROM {KEPT}")
    op.execute(f"DROP TABLE {KEPT}")
