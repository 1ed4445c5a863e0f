"""Where a campaign keeps its store: a file of its own, or a database of its own on a PostgreSQL server."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine, create_engine, text

from store.db.engine import Store, parse_url


class Databases(Protocol):
    """Contract: every `fresh_url` is an empty database that nobody else uses; `close` takes them away."""

    name: str

    def fresh_url(self) -> str:
        """The URL as `store.url` takes it."""
        ...

    def close(self) -> None: ...


class SqliteFiles:
    """A new file in the folder."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fresh_url(self) -> str:
        return f"sqlite:///{self.folder / f'campaign-{secrets.token_hex(4)}.db'}"

    def close(self) -> None:
        """The folder belongs to who gave it."""


class PostgresServer:
    """A new database on a running server, whose URL names a role that may create databases."""

    name = "PostgreSQL"

    def __init__(self, url: str) -> None:
        self.url = parse_url(url)
        self.made: list[str] = []

    def fresh_url(self) -> str:
        database = f"gihan_campaign_{secrets.token_hex(4)}"
        self._say(f'CREATE DATABASE "{database}"')
        self.made.append(database)
        return self.url.set(drivername="postgresql", database=database).render_as_string(hide_password=False)

    def close(self) -> None:
        for database in self.made:
            self._say(f'DROP DATABASE "{database}" WITH (FORCE)')
        self.made.clear()

    def _say(self, sentence: str) -> None:
        engine: Engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(sentence))
        engine.dispose()


def databases(store: str, folder: Path) -> Databases:
    """The databases that `--store` names: `sqlite`, or the URL of a PostgreSQL server.

    Raises: StoreError for anything else.
    """
    return SqliteFiles(folder) if store == "sqlite" else PostgresServer(store)


def version(store: Store) -> str:
    """The database and its version, as it says itself."""
    asked = "SELECT sqlite_version()" if store.is_sqlite else "SHOW server_version"
    with store.read() as session:
        found = str(session.scalar(text(asked)))
    return f"SQLite {found}" if store.is_sqlite else f"PostgreSQL {found.split(maxsplit=1)[0]}"
