"""Business time: the system's clock, or in the sandbox one that a file moves."""

import json
import logging
import os
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from jobs.texts import line
from store.db.engine import real_now, steady_s

__all__ = ["Clock", "ClockError", "FileClock", "StepWatch", "SystemClock", "real_now", "steady_s"]

LEAP = timedelta(days=8)  # nobody suspends a machine for so long: a clock that jumps so far is rather wrong
DOUBTED_S = 3600.0  # so long a leap is not believed: a clock that is mended by then has done no harm
STEP_S = 1.0  # what the wall clock gains or loses at once is a step; steering takes hours for it

log = logging.getLogger(__name__)


class ClockError(Exception):
    """The clock file cannot be used; one clear line."""


class Clock(Protocol):
    """What the date is for due days, reminders and expiries. Leases and time-outs never ask it."""

    def now(self) -> datetime:
        """The business instant, aware, in UTC."""


def _wall() -> datetime:
    return datetime.now(UTC)


class SystemClock:
    """The machine's wall clock, but for a leap of more than LEAP: that is not believed for an hour, in which the
    time before it goes on.

    A clock two years ahead for a minute would else call everything late, end what those years end, and leave its
    marks in the ledger: when it is back, the day's messages would be taken for sent.
    """

    def __init__(self, wall: Callable[[], datetime] = _wall, steady: Callable[[], float] = steady_s) -> None:
        self.wall = wall
        self.steady = steady
        self._lock = threading.Lock()
        self._known = wall(), steady()  # what was believed last, and when
        self._doubted_since: float | None = None

    def now(self) -> datetime:
        with self._lock:
            return self._now()

    def _now(self) -> datetime:
        wall, steady = self.wall(), self.steady()
        counted = self._known[0] + timedelta(seconds=steady - self._known[1])
        if abs(wall - counted) > LEAP:
            if self._doubted_since is None:
                self._doubted_since = steady
                log.error("action=clock-leapt seconds=%d", round((wall - counted).total_seconds()))
            if steady - self._doubted_since < DOUBTED_S:
                return counted
        self._known, self._doubted_since = (wall, steady), None
        return wall


class StepWatch:
    """Tells when the wall clock was set, which no timer notices."""

    def __init__(self, wall: Callable[[], datetime] = _wall, steady: Callable[[], float] = steady_s) -> None:
        self.wall = wall
        self.steady = steady
        self._known = wall(), steady()

    def step_s(self) -> float:
        """Seconds that the wall clock was set forwards (or back, below zero) since the last look; 0.0 for none."""
        wall, steady = self.wall(), self.steady()
        gained = (wall - self._known[0]).total_seconds() - (steady - self._known[1])
        self._known = wall, steady
        return gained if abs(gained) >= STEP_S else 0.0


@dataclass(frozen=True)
class ClockReading:
    """One state of the clock file: `seq` counts its moves."""

    seq: int
    now: datetime


class FileClock:
    """A clock that stands still between moves. Its file holds {"seq": n, "now": ISO instant with zone}.

    After a tick that left nothing to do at that `seq`, the loop answers in FILE.ack with
    {"seq": n, "next_at": the next instant at which something scheduled may be sent, or null}.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ack_path = path.with_name(path.name + ".ack")

    def read(self) -> ClockReading:
        """Raises ClockError where the file is missing or says something else."""
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            now = datetime.fromisoformat(content["now"])
            if now.tzinfo is None:
                raise ValueError("no zone")
            return ClockReading(int(content["seq"]), now.astimezone(UTC))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ClockError(line("running.no-clock", path=self.path, fault=error)) from error

    def now(self) -> datetime:
        return self.read().now

    def acknowledge(self, seq: int, next_at: datetime | None) -> None:
        """Tell whoever moves the clock that all is done at `seq`."""
        content = json.dumps({"seq": seq, "next_at": next_at.isoformat() if next_at else None})
        handle, name = tempfile.mkstemp(dir=self.ack_path.parent, prefix=self.ack_path.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        Path(name).replace(self.ack_path)

    def moved(self) -> tuple[int, int]:
        """Changes with every move; (0, 0) where the file is missing."""
        try:
            found = self.path.stat()
        except OSError:
            return 0, 0
        return found.st_ino, found.st_mtime_ns
