"""SQL is composed once in each test process, not anew for every test that has a store of its own.

SQLAlchemy keeps what it composed with each engine and its dialect; two engines with one dialect share it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from sqlalchemy import Dialect, Engine, create_engine, event

import store.db.engine
import store.db.postgres

COMPOSED: dict[Any, Any] = {}
DIALECTS: dict[tuple[str, str | None], Dialect] = {}


def _sharing(url: Any, **options: Any) -> Engine:
    """An engine like any other, with the dialect of the first one of its kind that reached a database."""
    made = create_engine(url, execution_options={"compiled_cache": COMPOSED}, **options)
    kind, own = (url.drivername, options.get("isolation_level")), made.dialect
    if kind in DIALECTS:
        made.dialect = DIALECTS[kind]
    else:
        event.listen(made.pool, "first_connect", lambda *_: DIALECTS.setdefault(kind, own))
    return made


@contextmanager
def shared() -> Iterator[None]:
    """The stores made in it share what was composed for one of them."""
    with (
        mock.patch.object(store.db.engine, "create_engine", _sharing),
        mock.patch.object(store.db.postgres, "create_engine", _sharing),
    ):
        yield
