"""The schema's versions: bringing a store up to date, and telling whether it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, String, column, inspect, select, table

from store.db.engine import Store

MIGRATIONS = Path(__file__).parents[1] / "migrations"
VERSION_TABLE = "alembic_version"
_VERSION = select(column("version_num", String)).select_from(table(VERSION_TABLE))


def upgrade(store: Store) -> None:
    """Bring the store to the newest version; nothing happens where it is there already."""
    engine = store.migrator()
    try:
        with engine.begin() as connection:  # with the writers' lock: of two upgrades the second finds it done
            upgrade_on(connection)
    finally:
        if engine is not store.writer:
            engine.dispose()


def upgrade_on(connection: Connection, version: str = "head") -> None:
    """Bring the store at the other end up to `version`, in the caller's transaction."""
    from alembic import command  # noqa: PLC0415 - a store that is up to date needs none of it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def current_version(store: Store) -> str | None:
    """The store's version, or None for one that is empty, or not there yet."""
    if store.path is not None and not store.path.exists():
        return None
    with store.reader.connect() as connection:
        return version_on(connection)


def version_on(connection: Connection) -> str | None:
    return connection.scalar(_VERSION) if inspect(connection).has_table(VERSION_TABLE) else None


@cache
def _versions() -> list[str]:
    """Of this program's migrations, the oldest first: the file of each begins with its version."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("*_*.py"))


def is_known(version: str) -> bool:
    """This program can read, and bring up to date, a store of that version."""
    return version in _versions()


def newest_version() -> str:
    return _versions()[-1]


def is_current(store: Store) -> bool:
    return current_version(store) == newest_version()
