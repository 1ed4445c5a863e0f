"""Real time: what leases, pauses and time-outs go by. No step of the machine's wall clock moves it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

# Counts on while the machine is suspended, where the system has such a clock; steps of the wall clock leave it alone.
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def steady_s() -> float:
    """Seconds since some moment, also those of a suspended machine."""
    return time.clock_gettime(_STEADY)


_BEGAN_AT, _BEGAN_S = datetime.now(UTC), steady_s()


def real_now(session: Session | None = None) -> datetime:
    """The instant by which instants of the ledger are counted: the database server's where there is one, for all
    replicas alike; in an embedded store, or without a session, this process's own, which began with the wall clock.
    """
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
