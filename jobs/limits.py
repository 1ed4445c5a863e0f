"""Rates and time-outs as data, and the token bucket that keeps to them. All of it real time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

# A send must be over before its claim ends, or a second worker could send what is still on its way.
SEND_BEGINS_WITHIN_S = (
    10.0  # a claimed message whose turn did not come by then is given back, never sent late
)
SEND_TIMEOUT_S = 30.0
LEASE_S = 60.0

DELIVER_AT_MOST_S = 5.0  # then the loop looks again at what is owed, however much waits
SENDS_AT_ONCE = 8  # messages on their way at a time, each to another chat
RETRY_FIRST_S = 1.0  # pause after the first temporary error; doubles with each further one
RETRY_MOST_S = 300.0

TICK_RECENT = timedelta(seconds=60)  # a loop that has told the store nothing for so long does not live


@dataclass(frozen=True)
class Rate:
    """At most `burst` at once and `per_s` a second on average."""

    per_s: float
    burst: float


# Source: Telegram's bot FAQ: about 30 messages a second over all, one a second in a chat.
OVERALL = Rate(per_s=30.0, burst=1.0)
PER_CHAT = Rate(per_s=1.0, burst=5.0)  # short bursts are allowed: an answer right after a button


class Bucket:
    """A token bucket."""

    def __init__(self, rate: Rate, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self.monotonic = monotonic
        self.tokens = rate.burst
        self.at = monotonic()

    def reserve(self) -> float:
        """Take a token, if need be a future one; gives the seconds to wait until it is there."""
        self._fill()
        self.tokens -= 1.0
        return max(0.0, -self.tokens / self.rate.per_s)

    def try_take(self) -> float:
        """Take a token if one is there and give 0.0; else take none and give the seconds to wait."""
        self._fill()
        if self.tokens >= 1.0:
            self.tokens -= 1.0
            return 0.0
        return (1.0 - self.tokens) / self.rate.per_s

    def _fill(self) -> None:
        now = self.monotonic()
        self.tokens = min(self.rate.burst, self.tokens + (now - self.at) * self.rate.per_s)
        self.at = now

    def is_full(self) -> bool:
        return self.tokens + (self.monotonic() - self.at) * self.rate.per_s >= self.rate.burst


class Pace:
    """The buckets of one bot: one over all, one a chat. Chats at rest take no memory."""

    MOST_CHATS = 1000

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.monotonic = monotonic
        self.overall = Bucket(OVERALL, monotonic)
        self.chats: dict[int, Bucket] = {}

    def wait_overall(self) -> float:
        return self.overall.reserve()

    def wait_chat(self, chat_id: int) -> float:
        if len(self.chats) > self.MOST_CHATS:
            self.chats = {key: bucket for key, bucket in self.chats.items() if not bucket.is_full()}
        return self.chats.setdefault(chat_id, Bucket(PER_CHAT, self.monotonic)).try_take()


def retry_pause_s(attempts: int) -> float:
    """Seconds until the next try after `attempts` that met a temporary error."""
    return float(min(RETRY_MOST_S, RETRY_FIRST_S * 2 ** min(attempts - 1, 16)))
