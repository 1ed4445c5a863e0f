"""The business clock of the sandbox: a file that the bot reads, moved only when the bot has nothing left to do.

The sandbox writes `F` (`{"seq": 3, "now": "…+09:00"}`); the bot answers in `F.ack`
(`{"seq": 3, "next_at": "…" | null}`) once a tick at that seq left nothing to send and nothing unhandled.
"""

import asyncio
import json
import os
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sandbox.texts import line

ACK_TIMEOUT_S = 60.0
"""Real seconds the bot has for one step; counted anew at each step."""
POLL_S = 0.02
"""Real seconds between two looks at the ack file: a file cannot be awaited."""


class ClockError(Exception):
    """A move that cannot be made; the text is for people, `status` for HTTP."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


@dataclass(frozen=True)
class Ack:
    """What the bot has confirmed: the step, and when it wants to send next."""

    seq: int
    next_at: datetime | None


@dataclass
class Clock:
    """Business time; stands still between moves where it has a file, else follows the machine."""

    zone: ZoneInfo
    file: Path | None = None
    ack_timeout_s: float = ACK_TIMEOUT_S
    seq: int = 0
    target: datetime | None = None
    """Where a running move goes; None while the clock stands."""
    _now: datetime | None = field(default=None, repr=False)

    def now(self) -> datetime:
        """The business time, aware, in the organisation's zone."""
        return self._now or datetime.now(self.zone)

    def unix(self) -> int:
        """The business time as Telegram dates are given."""
        return int(self.now().timestamp())

    def start(self, at: datetime | None) -> None:
        """Set the clock at start: `at`, else where the file stood, else the present minute."""
        if self.file is None:
            return
        seq, was = _read_clock(self.file)
        now = at or was or datetime.now(self.zone).replace(second=0, microsecond=0)
        self.seq = seq
        self.write(now if now.tzinfo else now.replace(tzinfo=self.zone))

    def write(self, now: datetime) -> None:
        """The next step: number and time, in one atomic file."""
        if self.file is None:
            raise ClockError(409, line("no-clock"))
        self.seq += 1
        self._now = now.astimezone(self.zone)
        temporary = self.file.with_name(f"{self.file.name}.tmp")
        temporary.write_text(json.dumps({"seq": self.seq, "now": self._now.isoformat()}), encoding="utf-8")
        os.replace(temporary, self.file)  # noqa: PTH105 (the call whose atomicity the protocol names)

    def ack(self) -> Ack | None:
        """The bot's confirmation of the present step; None where there is none yet."""
        if self.file is None:
            return None
        found = _read_ack(self.file.with_name(f"{self.file.name}.ack"))
        return found if found and found.seq == self.seq else None

    async def wait_for_ack(self) -> Ack:
        """The bot's confirmation of the present step.

        Raises: ClockError 504 where it does not come within `ack_timeout_s`.
        """
        end = time.monotonic() + self.ack_timeout_s
        while (found := self.ack()) is None:
            if time.monotonic() > end:
                raise ClockError(504, no_answer(self.ack_timeout_s))
            await asyncio.sleep(POLL_S)
        return found

    def target_of(self, wish: dict[str, object]) -> datetime:
        """The instant that `{"to"}`, `{"days"}` or `{"hours"}` means.

        Raises: ClockError 400 where it is unreadable or before now.
        """
        target = _wished(wish, self.now(), self.zone)
        if target < self.now():
            raise ClockError(400, line("never-back"))
        return target


def no_answer(timeout_s: float) -> str:
    """What the page says when the bot does not confirm a step."""
    return line("no-answer", seconds=timeout_s)


def _wished(wish: dict[str, object], now: datetime, zone: ZoneInfo) -> datetime:
    try:
        if "to" in wish:
            at = datetime.fromisoformat(str(wish["to"]))
            return at if at.tzinfo else at.replace(tzinfo=zone)
        lengths = {unit: float(str(wish[unit])) for unit in ("days", "hours", "minutes") if unit in wish}
        if lengths:
            return now + timedelta(**lengths)
    except (ValueError, OverflowError) as fault:
        raise ClockError(400, line("no-instant", fault=fault)) from fault
    raise ClockError(400, line("no-wish"))


def _read_clock(file: Path) -> tuple[int, datetime | None]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return int(found["seq"]), datetime.fromisoformat(found["now"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, None


def _read_ack(file: Path) -> Ack | None:
    """The ack as written; None where there is none or it is not readable."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        next_at = found.get("next_at")
        return Ack(int(found["seq"]), datetime.fromisoformat(next_at) if next_at else None)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
