"""The schema's versions: bringing a store up to date, and telling whether it is."""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, String, column, create_engine, inspect, select, table, update

from store.db.engine import Store
from store.db.errors import StoreError

MIGRATIONS = Path(__file__).parents[1] / "migrations"
VERSION_TABLE = "alembic_version"
LAST_BEFORE = "0021"  # of the versions before the first release: its tables are those of the first
FIRST_RELEASE = "0.2.0"
_TABLE = table(VERSION_TABLE, column("version_num", String))
_VERSION = select(_TABLE.c.version_num)


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
    """Bring the store at the other end up to `version`, in the caller's transaction. Raises StoreError, and changes
    nothing, where it is from before the first release."""
    there = version_on(connection)
    refuse_old(there)
    if there == LAST_BEFORE:
        _stamp_over(connection)
    _migrate(connection, _versions()[0] if version == LAST_BEFORE else version)


def refuse_old(version: str | None) -> None:
    """Raises StoreError for a version of before the first release that nobody can bring up to date any more."""
    if version is not None and version < LAST_BEFORE:
        raise StoreError("too-old", version=version, first=FIRST_RELEASE)


def _stamp_over(connection: Connection) -> None:
    """The last store before the first release has its tables, and only another number. Raises StoreError where it has
    others."""
    scratch = create_engine("sqlite://")
    with scratch.begin() as first:
        _migrate(first, _versions()[0])
        expected = _shape(first)
    scratch.dispose()
    if odd := _shape(connection) ^ expected:
        listed = ", ".join(sorted(".".join(one) for one in odd))
        raise StoreError("other-tables", version=LAST_BEFORE, names=listed)
    connection.execute(update(_TABLE).values(version_num=_versions()[0]))


def _shape(connection: Connection) -> set[tuple[str, str]]:
    """(table, column or index) of every table."""
    look = inspect(connection)
    tables = look.get_table_names()
    columns = {(one, each["name"]) for one in tables for each in look.get_columns(one)}
    return columns | {(one, str(each["name"])) for one in tables for each in look.get_indexes(one)}


def _migrate(connection: Connection, version: str) -> None:
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
    return version == LAST_BEFORE or version in _versions()


def newest_version() -> str:
    return _versions()[-1]


def is_current(store: Store) -> bool:
    return current_version(store) == newest_version()
