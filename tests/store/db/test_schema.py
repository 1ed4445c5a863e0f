"""The schema: migrations and models say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.engine.interfaces import ReflectedIndex

from store import states
from store.db import schema
from store.db.engine import Store
from store.models import Base
from tests import postgres

WORDS = [one for one in vars(states).values() if isinstance(one, type) and one.__module__ == states.__name__]


@pytest.fixture
def are_migrations_run() -> bool:
    """They are what is tested here."""
    return True


@pytest.fixture
def empty(store_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store without any table, on the same database as `store`."""
    with ExitStack() as stack:
        if store_url.startswith("sqlite"):
            url = f"sqlite:///{tmp_path / 'empty.db'}"
        else:
            server: postgres.Server = request.getfixturevalue("postgres_server")
            url = stack.enter_context(server.database(is_empty=True))
        made = Store(url)
        yield made
        made.close()


@pytest.fixture
def created(empty: Store) -> Store:
    """A store made from the models, without migrations."""
    Base.metadata.create_all(empty.writer)
    return empty


def reflected(engine: Engine) -> dict[str, Any]:
    """Everything the database says of its tables, but for the migrations' own."""
    look = inspect(engine)
    return {
        table: {
            "columns": sorted(
                (one["name"], str(one["type"]), one["nullable"], str(one["default"]))
                for one in look.get_columns(table)
            ),
            "primary key": look.get_pk_constraint(table),
            "foreign keys": sorted(str(one) for one in look.get_foreign_keys(table)),
            "unique": sorted(str(one) for one in look.get_unique_constraints(table)),
            "checks": sorted(str(one) for one in look.get_check_constraints(table)),
            "indexes": sorted(
                (one["name"], one["column_names"], one["unique"], _where(one))
                for one in look.get_indexes(table)
            ),
        }
        for table in look.get_table_names()
        if table != "alembic_version"
    } | {"triggers": triggers(engine)}


TRIGGERS = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE NOT tgisinternal ORDER BY tgname",
}


def triggers(engine: Engine) -> list[tuple[str, ...]]:
    """(name, table, definition) of every trigger."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(TRIGGERS[engine.dialect.name]))]


def _where(index: ReflectedIndex) -> str:
    return str(
        index.get("dialect_options", {}).get(
            "sqlite_where", index.get("dialect_options", {}).get("postgresql_where")
        )
    )


def test_a_migrated_and_a_fresh_schema_are_equal(store: Store, created: Store) -> None:
    assert reflected(store.writer) == reflected(created.writer)


def test_alembic_finds_nothing_to_migrate(store: Store) -> None:
    with store.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_comparison_would_see_a_missing_trigger(store: Store, created: Store) -> None:
    with store.writer.begin() as connection:
        on_postgres = "DROP TRIGGER audit_entry_no_change ON audit_entry"
        connection.execute(text("DROP TRIGGER audit_entry_no_delete" if store.is_sqlite else on_postgres))
    assert reflected(store.writer) != reflected(created.writer)


def test_the_comparison_would_see_a_difference(store: Store, created: Store) -> None:
    with store.writer.begin() as connection:
        connection.execute(text("DROP INDEX ix_plan_state"))
    assert reflected(store.writer) != reflected(created.writer)


def word_columns() -> list[tuple[str, str, SqlEnum]]:
    return [
        (table.name, column.name, column.type)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, SqlEnum)
    ]


@pytest.mark.parametrize(("table", "column", "kind"), word_columns())
def test_stored_words_are_those_of_python(store: Store, table: str, column: str, kind: SqlEnum) -> None:
    words = [one.value for one in kind.enum_class or []]
    checks = [one["sqltext"] for one in inspect(store.writer).get_check_constraints(table)]
    assert words in [re.findall(r"'([\w-]+)'", one) for one in checks if one.lstrip('("').startswith(column)]


def test_every_list_of_words_is_stored_somewhere() -> None:
    assert {kind.enum_class for _, _, kind in word_columns()} == set(WORDS)


def test_upgrading_twice_changes_nothing(store: Store) -> None:
    before, content = reflected(store.writer), store.path and store.path.read_bytes()
    schema.upgrade(store)
    with store.read() as session:
        assert session.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    assert (reflected(store.writer), store.path and store.path.read_bytes()) == (before, content)


def test_two_upgrades_at_once_make_one_schema(postgres_server: postgres.Server) -> None:
    """Replicas are rolled out together: without a lock the second fails on a table that is there already."""
    with postgres_server.database(is_empty=True) as url:
        stores = [Store(url) for _ in range(3)]
        with ThreadPoolExecutor() as pool:
            list(pool.map(schema.upgrade, stores))
        assert all(schema.is_current(one) for one in stores)
        for one in stores:
            one.close()


def test_an_empty_store_has_no_version(empty: Store) -> None:
    assert (schema.current_version(empty), schema.is_current(empty)) == (None, False)


def test_a_migrated_store_is_current(store: Store) -> None:
    assert schema.current_version(store) == schema.newest_version() is not None
    assert schema.is_current(store)


def test_a_failed_upgrade_leaves_the_store_as_it_was(empty: Store) -> None:
    with empty.writer.begin() as connection:
        connection.execute(text("CREATE TABLE dialogue (id INTEGER)"))
    with pytest.raises(Exception, match=r'dialogue"? already exists'):
        schema.upgrade(empty)
    assert inspect(empty.reader).get_table_names() == ["dialogue"]
