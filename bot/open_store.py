"""Settings -> store, clock and rules: what the service and every command begin with."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from bot.settings import Settings
from jobs.clock import Clock, FileClock, SystemClock
from jobs.marks import lock_path
from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from store.db import schema
from store.db.engine import Store
from store.db.errors import StoreError, UnavailableError


def clock_of(settings: Settings) -> Clock:
    return FileClock(settings.clock.file) if settings.clock.file else SystemClock()


def rules_of(settings: Settings) -> Rules:
    calendar = WorkCalendar(settings.calendar, settings.organisation.zone)
    return Rules(
        settings.reminders,
        calendar,
        settings.approval,
        has_fallback=settings.fallback.is_set,
        escalation=settings.escalation,
        items=settings.items,
        indicators=settings.indicators,
    )


def ensure_there(store: Store) -> None:
    """Raises StoreError where the embedded store's file is not there; looking would make an empty one."""
    if _is_missing(store):
        assert store.path is not None
        raise StoreError("missing", path=store.path.resolve())


def _was_emptied(path: Path) -> bool:
    lock = lock_path(path)
    return path.is_file() and not path.stat().st_size and lock.is_file() and lock.stat().st_size > 0


def _is_missing(store: Store) -> bool:
    return store.path is not None and not store.path.exists()


def connect(settings: Settings, *, is_untouched: bool = False) -> Store:
    """The store, not opened yet; `is_untouched` to look at it only. Raises StoreError for an address that cannot be."""
    store = Store(settings.store.address(), is_untouched=is_untouched)
    if store.path is not None and not store.path.parent.is_dir():
        raise StoreError("no-folder", path=store.path.parent)
    return store


def look_at(settings: Settings) -> Store:
    """The store as it is, of which no file changes, comes or goes. Raises StoreError where there is none."""
    store = connect(settings, is_untouched=True)
    ensure_there(store)
    return store


def refuse_emptied(store: Store) -> None:
    """Raises StoreError for a store that is empty though a bot has run on it; whoever opens it would make it a new one."""
    if store.path is not None and _was_emptied(store.path):
        raise StoreError("emptied", path=store.path.resolve(), lock=lock_path(store.path).name)


def upgrade(store: Store) -> None:
    """Bring the store up to date. A new file is for its owner only: names, chats and messages stand in it.

    Raises StoreError for one that is empty though a bot has run on it: an empty office must not take its place.
    """
    refuse_emptied(store)
    if store.path is not None and not store.path.exists():
        try:
            store.path.touch(mode=0o600)
        except OSError as error:
            raise StoreError("not-made", path=store.path, error=error.strerror) from error
    schema.upgrade(store)


def ensure_upgraded(store: Store) -> None:
    """Raises UnavailableError where somebody has still to run `gihan db upgrade`, StoreError where this program is
    the older one."""
    version = schema.current_version(store)
    if version == schema.newest_version():
        return
    schema.refuse_old(version)
    if version is not None and not schema.is_known(version):
        raise StoreError("newer", version=version)
    raise UnavailableError("older")


def open_store(settings: Settings, *, may_create: bool = False) -> Store:
    """The store for a command. `may_create`: an embedded store that is not there is made, for what the command
    writes is its beginning; whatever only looks must not take a wrong folder for an empty office.

    Raises StoreError where there is none, or its tables are of another version, which `gihan db upgrade` mends.
    """
    store = connect(settings)
    if may_create and store.is_sqlite and (_is_missing(store) or schema.current_version(store) is None):
        upgrade(store)
    ensure_there(store)
    version = schema.current_version(store)
    if version != schema.newest_version():
        store.close()
        schema.refuse_old(version)
        raise StoreError("other")
    if not store.is_sqlite:
        from jobs import bell  # noqa: PLC0415 - the driver of a server

        store.on_written = partial(bell.ring, store)  # whoever leads looks at what we have written
    return store


@contextmanager
def looking(settings: Settings) -> Iterator[Session]:
    """A session on the store as it is. Raises StoreError or SQLAlchemyError."""
    with closing(look_at(settings)) as store, store.read() as session:
        yield session
