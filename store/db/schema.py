"""The schema's versions: bringing a store up to date, and telling whether it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from store.db.engine import Store

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


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
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def current_version(store: Store) -> str | None:
    """The store's version, or None for one that is empty, or not there yet."""
    if store.path is not None and not store.path.exists():
        return None
    with store.reader.connect() as connection:
        return version_on(connection)


def version_on(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache
def _scripts() -> ScriptDirectory:
    """The migrations of this program: reading them takes longer than asking the store for its version."""
    return ScriptDirectory.from_config(_config())


def is_known(version: str) -> bool:
    """This program can read, and bring up to date, a store of that version."""
    return any(one.revision == version for one in _scripts().walk_revisions())


def newest_version() -> str | None:
    return _scripts().get_current_head()


def is_current(store: Store) -> bool:
    return current_version(store) == newest_version()
