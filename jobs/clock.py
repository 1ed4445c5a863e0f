"""Business time: the system's clock, or in the sandbox one that a file moves."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol


class ClockError(Exception):
    """The clock file cannot be used; one clear line."""


class Clock(Protocol):
    """What the date is for due days, reminders and expiries. Leases and time-outs never ask it."""

    def now(self) -> datetime:
        """The business instant, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


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
            raise ClockError(f"clock.file {self.path}: 시각을 읽을 수 없습니다 ({error}).") from error

    def now(self) -> datetime:
        return self.read().now

    def acknowledge(self, seq: int, next_at: datetime | None) -> None:
        """Tell whoever moves the clock that all is done at `seq`."""
        content = json.dumps({"seq": seq, "next_at": next_at.isoformat() if next_at else None})
        handle, name = tempfile.mkstemp(dir=self.ack_path.parent, prefix=self.ack_path.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        Path(name).replace(self.ack_path)


def real_now() -> datetime:
    """Real time, for leases, pacing and the keeping of the inbox: never moved by anybody."""
    return datetime.now(UTC)
