"""Leases by the database's own clock: who may lead, until when, and the fencing token that tells old from new.

PostgreSQL only: an embedded store has one machine, and a lock file there. Each call is a transaction of its own.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, CursorResult, Engine, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.models import LeaderLease

LEADER = "leader"  # the one lease there is: to poll, to tick, to send


def take(engine: Engine, holder: str, lease_s: float) -> int | None:
    """The new token where the lease was free or had run out; None where somebody holds it."""
    now = func.clock_timestamp()
    is_free = or_(LeaderLease.holder.is_(None), LeaderLease.until_at <= now)
    values = {"holder": holder, "token": LeaderLease.token + 1, "until_at": now + timedelta(seconds=lease_s)}
    taken = update(LeaderLease).where(LeaderLease.name == LEADER, is_free).values(values)
    with engine.begin() as connection:
        first = insert(LeaderLease).values(name=LEADER, holder=None, token=0, until_at=now)
        connection.execute(first.on_conflict_do_nothing())
        token: int | None = connection.scalar(taken.returning(LeaderLease.token))
        return token


def renew(engine: Engine, holder: str, token: int, lease_s: float) -> bool:
    """Whether it is still ours, then for `lease_s` from now. One that ran out is not renewed: it is taken anew."""
    now = func.clock_timestamp()
    is_ours = LeaderLease.name == LEADER, LeaderLease.holder == holder, LeaderLease.token == token
    renewed = update(LeaderLease).where(*is_ours, LeaderLease.until_at > now)
    with engine.begin() as connection:
        done = connection.execute(renewed.values(until_at=now + timedelta(seconds=lease_s)))
        assert isinstance(done, CursorResult)
        return bool(done.rowcount == 1)


def give_back(engine: Engine, holder: str, token: int) -> None:
    """Free for anybody at once, where it is still ours. The token stays: the next holder's is higher."""
    is_ours = LeaderLease.name == LEADER, LeaderLease.holder == holder, LeaderLease.token == token
    with engine.begin() as connection:
        connection.execute(update(LeaderLease).where(*is_ours).values(holder=None))


def is_held(session: Session) -> bool:
    """Whether somebody leads now."""
    held = (
        LeaderLease.name == LEADER,
        LeaderLease.holder.is_not(None),
        LeaderLease.until_at > func.clock_timestamp(),
    )
    return bool(session.scalar(select(exists().where(*held))))


def is_current(token: int) -> ColumnElement[bool]:
    """For a WHERE: nobody has taken the lease since `token` was given out."""
    return exists().where(LeaderLease.name == LEADER, LeaderLease.token == token)
