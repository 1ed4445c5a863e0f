"""Engines over PostgreSQL: the same promises as the embedded store gives, and no wait without an end."""

from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

CONNECT_S = 5
LOCK_S = 15  # how long a write waits for another process's write
STATEMENT_S = 120  # no single statement of ours takes so long; one that does is stuck
# A write whose process was frozen or whose host is gone holds everybody up: the server ends it after so long,
# which is as long as a dead leader's lease may last, so that the next leader finds the way free.
IDLE_WRITE_S = 8
IDLE_READ_S = 300
WRITE_LOCK = 0x676968616E  # "gihan": the key of the one advisory lock that every write takes
# A host that died says nothing: these make the kernel give up on it. Milliseconds for the last.
TCP: dict[str, Any] = {
    "connect_timeout": CONNECT_S,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


def _arguments(url: URL, **limits_s: int) -> dict[str, object]:
    """Connection parameters; what the URL says wins. 0 s is no limit."""
    given = url.query.get("options")
    said = given if isinstance(given, str) else ""
    options = " ".join(
        ["-c timezone=UTC", *(f"-c {name}={1000 * length}" for name, length in limits_s.items()), said]
    )
    tcp = {name: value for name, value in TCP.items() if name not in url.query}
    return tcp | {"options": options.strip()}


def writer(url: URL, *, pool_wait_s: float = 60.0, is_patient: bool = False) -> Engine:
    """One writer at a time over all processes, as on SQLite: what a transaction read still holds when it writes.

    `is_patient` waits for other writers and for its own statements however long they take, as a migration must.
    """
    lock_s, statement_s, idle_s = (0, 0, 0) if is_patient else (LOCK_S, STATEMENT_S, IDLE_WRITE_S)
    arguments = _arguments(
        url,
        lock_timeout=lock_s,
        statement_timeout=statement_s,
        idle_in_transaction_session_timeout=idle_s,
    )
    engine = create_engine(
        url,
        pool_size=1,
        max_overflow=0,
        pool_timeout=pool_wait_s,
        pool_pre_ping=True,
        connect_args=arguments,
    )

    @event.listens_for(engine, "begin")
    def _wait_for_turn(connection: Any) -> None:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")

    return engine


def reader(url: URL, *, pool_wait_s: float) -> Engine:
    """Sessions that see one consistent picture each."""
    arguments = _arguments(
        url, statement_timeout=STATEMENT_S, idle_in_transaction_session_timeout=IDLE_READ_S
    )
    return create_engine(
        url,
        isolation_level="REPEATABLE READ",
        pool_size=5,
        pool_timeout=pool_wait_s,
        pool_pre_ping=True,
        connect_args=arguments,
    )


def prompt(url: URL, limit_s: int) -> Engine:
    """Single statements that answer within about `limit_s` or fail, each on a connection of its own."""
    arguments = _arguments(url, lock_timeout=limit_s, statement_timeout=limit_s)
    arguments |= {"connect_timeout": max(2, limit_s), "tcp_user_timeout": 1000 * limit_s}
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool, connect_args=arguments)
