"""Who polls and ticks: one of however many `gihan run` there are on a store; the others stand by.

On SQLite the process that holds the lock file beside the store, on PostgreSQL the one that holds the lease row.
"""

import asyncio
import fcntl
import logging
import os
import secrets
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Protocol, Self, TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from jobs.marks import lock_path
from store import leases
from store.db.engine import steady_s
from store.db.errors import StoreError

log = logging.getLogger(__name__)

T = TypeVar("T")

# A dead leader's lease runs out within LEASE_S; a standby asks as often as it needs to notice within a second.
LEADER_LEASE_S = 8.0
RENEW_EVERY_S = 3.0
ASK_EVERY_S = 0.5
RETRY_S = 0.5  # after a renewal that failed
ANSWER_WITHIN_S = 2  # the database is asked on a connection that fails rather than waits longer
GIVE_BACK_S = 2.0


def process_name() -> str:
    """A name no other process has, also where every container is the host's process 1."""
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"


class Leader(Protocol):
    """Contract of leadership: at any time at most one process's writes as leader are accepted."""

    @property
    def token(self) -> int | None:
        """The fencing token that claims carry, higher with every new leader; None where none is needed."""

    def is_leading(self) -> bool:
        """Whether we may still begin something. It asks nobody, so it is true at the latest until the lease ends."""

    def is_current(self, session: Session) -> bool:
        """The same, as the store has it."""

    async def acquire(self) -> None:
        """Returns once we lead."""

    async def hold(self) -> None:
        """Keep it; returns once it is lost."""

    async def give_back(self) -> None:
        """Begin nothing any more, and let another lead at once."""


class HeldError(StoreError):
    """Another process serves from the store."""


class Sole:
    """Leadership that nobody contests."""

    token: int | None = None

    def is_leading(self) -> bool:
        return True

    def is_current(self, _session: Session) -> bool:
        return True

    async def acquire(self) -> None:
        return

    async def hold(self) -> None:
        await asyncio.Event().wait()

    async def give_back(self) -> None:
        return


class FileLeader(Sole):
    """Leadership by flock: the system gives it back the moment its holder dies, also by kill -9.

    It is held on the file beside the store, and on the store itself, which nobody deletes as a leftover and which is the
    same by every name. SQLite's own locks are of another kind (fcntl), and the two do not meet.
    """

    # Open for good: closing one would drop SQLite's locks on it.
    _stores: ClassVar[dict[tuple[int, int], int]] = {}

    def __init__(self, store_path: Path) -> None:
        self.path = lock_path(store_path)
        self.store_path = store_path
        self._handle: int | None = None
        self._store: int | None = None

    def __enter__(self) -> Self:
        """Raises HeldError where another process holds it, StoreError where the folder is not ours."""
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreError("not-writable", folder=self.path.parent, fault=error.strerror) from error
        try:
            self._lock(handle)
            self.hold_store()
        except HeldError:
            os.close(handle)
            raise
        self._handle = handle
        return self

    def hold_store(self) -> None:
        """The store as well, once it is there. Raises HeldError where another process holds it by whatever name."""
        if self._store is not None:
            return
        try:
            found = self.store_path.stat()
            place = found.st_dev, found.st_ino
            if place not in self._stores:
                self._stores[place] = os.open(self.store_path, os.O_RDONLY)
        except OSError:
            return  # it is not there yet, or opening it will say what it is
        self._lock(self._stores[place])
        self._store = self._stores[place]

    def _lock(self, handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HeldError("held", path=self.path) from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._store is not None:
            fcntl.flock(self._store, fcntl.LOCK_UN)
            self._store = None
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class LeaseLeader:
    """Leadership by a row whose time is the database's.

    How long we believe in it is counted from before the renewal was sent, on a clock of our own that nobody sets
    and that goes on while the machine is suspended: a database that answers late, or never, cannot make us believe
    longer than the row says.
    """

    def __init__(self, engine: Engine, holder: str, monotonic: Callable[[], float] = steady_s) -> None:
        self.engine = engine
        self.holder = holder
        self.monotonic = monotonic
        self.token: int | None = None
        self._until = monotonic()
        self._is_troubled = False
        # A thread of its own: none that waits for a busy store may keep a renewal from its turn.
        self._thread = ThreadPoolExecutor(1, "lease")

    def is_leading(self) -> bool:
        return self.monotonic() < self._until

    def is_current(self, session: Session) -> bool:
        return self.token is not None and bool(session.scalar(select(leases.is_current(self.token))))

    async def acquire(self) -> None:
        while not await self._try_to_take():  # noqa: ASYNC110 it is a row of a database that is waited for
            await asyncio.sleep(ASK_EVERY_S)

    async def _try_to_take(self) -> bool:
        asked_at = self.monotonic()
        token = await self._ask(lambda: leases.take(self.engine, self.holder, LEADER_LEASE_S))
        if token is None:
            return False
        self.token, self._until = token, asked_at + LEADER_LEASE_S
        return self.is_leading()  # an answer that took as long as the lease is worth nothing

    async def hold(self) -> None:
        pause_s = RENEW_EVERY_S
        while self.is_leading():
            await asyncio.sleep(min(pause_s, max(0.0, self._until - self.monotonic())))
            pause_s = RENEW_EVERY_S if await self._renew() else RETRY_S

    async def _renew(self) -> bool:
        """False where the database did not answer; where it says no, leadership is over at once."""
        asked_at, token = self.monotonic(), self.token
        if asked_at >= self._until or token is None:
            return False
        is_ours = await self._ask(
            lambda: leases.renew(self.engine, self.holder, token, LEADER_LEASE_S),
            within_s=self._until - asked_at,
        )
        if is_ours is None:
            return False
        self._until = asked_at + LEADER_LEASE_S if is_ours else asked_at
        return is_ours

    async def give_back(self) -> None:
        was_leading, token = self.is_leading(), self.token
        self._until = self.monotonic()
        if was_leading and token is not None:
            await self._ask(lambda: leases.give_back(self.engine, self.holder, token), within_s=GIVE_BACK_S)

    async def _ask(self, question: Callable[[], T], within_s: float = LEADER_LEASE_S) -> T | None:
        """The database's answer; None where none came in time. Trouble is told once, and when it is over."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(within_s):
                answer = await loop.run_in_executor(self._thread, question)
        except (SQLAlchemyError, TimeoutError) as error:
            if not self._is_troubled:
                log.warning("action=lease-unanswered error=%s", type(error).__name__)
            self._is_troubled = True
            return None
        self._is_troubled = False
        return answer
