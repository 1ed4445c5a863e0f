"""Store: one writing and one reading engine over SQLite or PostgreSQL, the transactions on them, what they refuse, and the
real time by which their rows are counted."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import CursorResult, Delete, Engine, Update, create_engine, event, func, make_url, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.pool import PoolProxiedConnection, QueuePool
from sqlalchemy.sql.compiler import SQLCompiler

from store.db import postgres
from store.db.errors import LostError, ReplacedError, StoreError

BUSY_TIMEOUT_MS = 5000  # how long a write waits for another process's write
# Of the file each connection keeps so much in memory: SQLite's own 2 MB make a large one slow.
CACHE_KIB = 16384
LOG_PAGES = 8000  # the log grows to 32 MB before it is worked in, lest a morning's tick has to do it
EXAMPLE = "postgresql://user@host/db"  # of an address
POOL_WAIT_S = 60.0  # how long a thread waits for the one writing connection
# Tables to which rows are added and nothing else. A statement of ours that would change one is refused where it is
# composed, which costs nothing where one is run; store/db/guards.py has what the database itself refuses.
APPEND_ONLY = {
    "audit_entry": "append-only",
    "snapshot_row": "frozen",
    "snapshot_correction": "frozen",
}


@compiles(Update)
@compiles(Delete)
def _composed(statement: Update | Delete, compiler: SQLCompiler, **options: Any) -> str:
    """Raises StoreError for a statement on one of them."""
    code = APPEND_ONLY.get(getattr(statement.table, "name", ""))
    if code is not None:
        raise StoreError(code)
    if isinstance(statement, Update):
        return compiler.visit_update(statement, **options)
    return str(compiler.visit_delete(statement, **options))  # type: ignore[no-untyped-call]


def changed(session: Session, statement: Update) -> int:
    """How many rows the statement has met: of two who want the same step of a row, one meets it. What the session holds of
    them is not brought up to date."""
    done = session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(done, CursorResult)
    return done.rowcount


# Counts on while the machine is suspended, where the system has such a clock; steps of the wall clock leave it alone.
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def steady_s() -> float:
    """Seconds since some moment, also those of a suspended machine."""
    return time.clock_gettime(_STEADY)


_BEGAN_AT, _BEGAN_S = datetime.now(UTC), steady_s()


def real_now(session: Session | None = None) -> datetime:
    """What leases, pauses and time-outs go by, and no step of the machine's wall clock moves: the database server's
    instant where there is one, for all replicas alike; in an embedded store, or without a session, this process's own,
    which began with the wall clock."""
    if session is not None and session.get_bind().dialect.name == "postgresql":
        return _of_server(session)
    return _BEGAN_AT + timedelta(seconds=steady_s() - _BEGAN_S)


def wall_now(session: Session) -> datetime:
    """The instant to be read by others: the server's as well, else what the wall clock says."""
    is_server = session.get_bind().dialect.name == "postgresql"
    return _of_server(session) if is_server else datetime.now(UTC)


def _of_server(session: Session) -> datetime:
    found = session.scalar(select(func.clock_timestamp()))
    assert isinstance(found, datetime)
    return found.astimezone(UTC)


_WORDS = "when_committed"


def when_committed(session: Session, say: Callable[..., None], *words: object) -> None:
    """Say so (in the log) once what the session of `Store.write` has written stands; not where it is taken back."""
    session.info.setdefault(_WORDS, []).append((say, words))


def parse_url(url: str) -> URL:
    """The URL with the driver we use. Raises StoreError where it is neither SQLite nor PostgreSQL."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return parsed.set(drivername="sqlite+pysqlite")
        if parsed.get_backend_name() in {"postgresql", "postgres"}:
            return parsed.set(drivername="postgresql+psycopg")
    except (ArgumentError, NoSuchModuleError, ValueError):
        pass
    raise StoreError("no-address", example=EXAMPLE)


def _for_reading(url: URL, path: Path | None, *, is_untouched: bool) -> URL:
    """The URL by which SQLite reads a file that is there and makes none: whoever looks in vain must not leave an empty
    store behind. `is_untouched`: it writes nothing at all. Where there is no log nobody has the file open, and without
    `immutable` SQLite would leave an empty log behind."""
    if path is None:
        return url
    mode = {"mode": "ro" if is_untouched else "rw"}
    if is_untouched and not Path(f"{path}-wal").exists():
        mode["immutable"] = "1"
    return url.set(database=path.resolve().as_uri(), query=dict(url.query) | mode | {"uri": "true"})


def _sqlite_engine(
    url: URL, begin: str, on_connect: Callable[[], None], *, is_untouched: bool = False
) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1 if begin == "BEGIN IMMEDIATE" else 5,
        max_overflow=0 if begin == "BEGIN IMMEDIATE" else 10,
        pool_timeout=POOL_WAIT_S,
        connect_args={"check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy emits BEGIN below; the driver must not
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "query_only=ON" if is_untouched else "journal_mode=WAL",
            "synchronous=FULL",  # a committed answer survives a power cut, not only kill -9
            "foreign_keys=ON",
            f"cache_size=-{CACHE_KIB}",
            f"wal_autocheckpoint={LOG_PAGES}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        on_connect()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _place_of(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _refuse_second_name(path: Path) -> None:
    """SQLite keeps its log beside the name by which a file was opened: two names of one file, open at once, destroy it.

    Source: sqlite.org/howtocorrupt.html, 2.3 and 2.5. Raises StoreError."""
    with suppress(OSError):
        if path.stat().st_nlink > 1:
            raise StoreError("second-name", path=path)


class Changes:
    """Whether anything was committed since the last look, by whatever process; at the first look it may have been.
    An embedded store counts its versions. A server tells its changes by itself (jobs/bell.py), so there it is always False."""

    def __init__(self, reader: Engine | None) -> None:
        self._reader = reader
        self._connection: PoolProxiedConnection | None = None
        self._known: int | None = None

    def are_new(self) -> bool:
        """Raises SQLAlchemyError where the store does not answer."""
        if self._reader is None:
            return False
        if self._connection is None:
            self._connection = self._reader.raw_connection()
        known, self._known = self._known, self._version(self._connection)
        return known != self._known

    def _version(self, connection: PoolProxiedConnection) -> int:
        try:
            return int(connection.cursor().execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error as error:
            raise OperationalError("PRAGMA data_version", None, error) from error

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()


class Store:
    """What is remembered. `write()` and `read()` give a session in one transaction each.

    `is_untouched`: it is only looked at, and no file of it changes, comes or goes.
    """

    def __init__(self, url: str, *, is_untouched: bool = False) -> None:
        self.url = parse_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.on_written: Callable[[], object] | None = None  # called after every transaction of `write`
        self._place: tuple[int, int] | None = None  # device and inode of the file that is open
        if self.path is not None:
            _refuse_second_name(self.path)
        if self.is_sqlite:
            self.writer = _sqlite_engine(self.url, "BEGIN IMMEDIATE", self._note_place)
            address = _for_reading(self.url, self.path, is_untouched=is_untouched)
            self.reader = _sqlite_engine(address, "BEGIN", self._note_place, is_untouched=is_untouched)
        else:
            self.writer = postgres.writer(self.url, pool_wait_s=POOL_WAIT_S)
            self.reader = postgres.reader(self.url, pool_wait_s=POOL_WAIT_S)

    def migrator(self) -> Engine:
        """The engine that changes tables: it waits for other writers, and keeps them waiting, however long."""
        return self.writer if self.is_sqlite else postgres.writer(self.url, is_patient=True)

    def prompt(self, limit_s: int) -> Engine:
        """An engine for single statements that answer within the seconds or fail. PostgreSQL only."""
        return postgres.prompt(self.url, limit_s)

    def check_in_place(self) -> None:
        """The file that is open is still the one that lies there; always so for a server. Raises LostError: an open
        file goes on answering after it was deleted, and nobody would find again what is written to it."""
        if self._place is None or self.path is None:
            return
        try:
            place = _place_of(self.path)
        except FileNotFoundError:
            raise LostError("gone", path=self.path) from None
        except OSError:
            return  # the disk will say what it is
        if place != self._place:
            raise ReplacedError("replaced", path=self.path)

    def _note_place(self) -> None:
        if self._place is None and self.path is not None:
            self._place = _place_of(self.path)

    @property
    def path(self) -> Path | None:
        """The SQLite file; None for PostgreSQL and for an in-memory store."""
        name = self.url.database
        return Path(name) if self.is_sqlite and name and name != ":memory:" else None

    def changes(self) -> Changes:
        """A look at what others commit."""
        return Changes(self.reader if self.is_sqlite else None)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are committed together at the end, or not at all. Raises LostError instead of
        committing to a file that is not there any more."""
        with Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield session
            self.check_in_place()
        if self.on_written is not None:
            self.on_written()
        for say, words in session.info.get(_WORDS, ()):
            say(*words)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one consistent picture; nothing is ever written by it."""
        with Session(self.reader, expire_on_commit=False, autoflush=False) as session:
            yield session  # closing it takes back whatever was not meant to be written

    def close(self) -> None:
        self._place = None
        self.writer.dispose()
        self.reader.dispose()
