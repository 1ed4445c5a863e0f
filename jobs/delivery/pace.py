"""Rates and time-outs as data, and the windows and buckets that keep to them. All of it real time.

What Telegram allows: about 30 messages a second over all, one a second in a chat (short bursts pass), 20 a
minute in a group. Source: core.telegram.org/bots/faq, "My bot is hitting limits".
"""

import threading
import time
from bisect import bisect_right, insort
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

# A send must be over before its claim ends, or a second worker could send what is still on its way.
# A claimed message whose turn did not come by then is given back, never sent late.
SEND_BEGINS_WITHIN_S = 10.0
SEND_TIMEOUT_S = 30.0
LEASE_S = 60.0
FALLBACK_TIMEOUT_S = 20.0  # the same for a message by the fallback channel

# Then the loop looks again at what is owed, however much waits; each look costs the flow a pause.
DELIVER_AT_MOST_S = 15.0
# Messages on their way at a time, each to another chat: enough for the limit over all with answers that take half a
# second; the HTTP library is at its quickest there, and slower beyond.
SENDS_AT_ONCE = 16
RETRY_FIRST_S = 1.0  # pause after the first temporary error; doubles with each further one
RETRY_MOST_S = 300.0
HOLD_MOST_S = 0.5  # a claimed message waits so long for the end of a pause; in a longer one it is given back

FLOOD_UNKNOWN_S = 5.0  # what a 429 that names no seconds counts for
# Then it is tried once more, whatever a 429 says: Telegram names what is left of a true pause.
FLOOD_MOST_S = 3600.0
FLOOD_FIRST_S = 1.0  # everybody's pause after a 429; doubles with each further chat that gets one
FLOOD_MEMORY_S = 60.0  # so long a chat's 429 counts towards the pause of everybody
TOKEN_FIRST_S = 5.0  # everybody's pause after the token was refused; doubles each time
TOKEN_MOST_S = 60.0

TICK_RECENT = timedelta(seconds=60)  # a loop that has not ticked well for so long does not live
SIGN_RECENT = timedelta(seconds=120)  # nor one that has told the store nothing for so long


@dataclass(frozen=True)
class Rate:
    """At most `burst` at once and `per_s` a second on average."""

    per_s: float
    burst: float


@dataclass(frozen=True)
class Limit:
    """At most `calls` in any span of `seconds`."""

    calls: int
    seconds: float


OVERALL = Limit(calls=30, seconds=1.002)  # a hair longer than a second; what arrives late is counted late
SPREAD = Rate(per_s=100.0, burst=1.0)  # inside the window, so that thirty do not leave at once
PER_CHAT = Rate(per_s=1.0, burst=5.0)  # short bursts are allowed: an answer right after a button
PER_GROUP = Limit(calls=20, seconds=60.0)


class Bucket:
    """A token bucket."""

    def __init__(self, rate: Rate, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self.monotonic = monotonic
        self.tokens = rate.burst
        self.at = monotonic()

    def wait_s(self) -> float:
        """Seconds until a token is there; 0.0 where one is."""
        self._fill()
        return 0.0 if self.tokens >= 1.0 else (1.0 - self.tokens) / self.rate.per_s

    def take(self) -> None:
        """Take the token that is there."""
        self.tokens -= 1.0

    def _fill(self) -> None:
        now = self.monotonic()
        self.tokens = min(self.rate.burst, self.tokens + (now - self.at) * self.rate.per_s)
        self.at = now

    def is_full(self) -> bool:
        return self.tokens + (self.monotonic() - self.at) * self.rate.per_s >= self.rate.burst


class Window:
    """A sliding window: whatever moment one looks at, no more than the limit lies in the span before it."""

    def __init__(self, limit: Limit, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self.monotonic = monotonic
        self._taken: deque[float] = deque(maxlen=limit.calls)

    def wait_s(self) -> float:
        """Seconds until there is a place; 0.0 where there is one."""
        if len(self._taken) < self.limit.calls:
            return 0.0
        return max(0.0, self._taken[0] + self.limit.seconds - self.monotonic())

    def take(self) -> None:
        """Take the place that is there."""
        self._taken.append(self.monotonic())

    def is_empty(self) -> bool:
        return not self._taken or self._taken[-1] + self.limit.seconds <= self.monotonic()


class Flow:
    """A sliding window over what *arrives* at the other end, which is later than it left here by nobody knows
    how much: a stall between the two would let a message meet its followers inside one second over there.

    A message on its way holds its place. Once answered it counts from when it left plus what its answer took
    longer than the quickest answer, for all of that may have been lost on the way there.
    """

    KNOWN_FROM = 30  # answers after which the quickest one says what the way there and back takes

    def __init__(self, limit: Limit, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self.monotonic = monotonic
        self._on_way: dict[int, float] = {}  # message -> when it left
        self._arrived: list[float] = []  # when they arrived at the latest, in order
        self._took: deque[float] = deque(maxlen=300)

    def wait_s(self) -> float:
        """Seconds until there is a place; 0.0 where there is one."""
        now = self.monotonic()
        del self._arrived[: bisect_right(self._arrived, now - self.limit.seconds)]
        too_many = len(self._arrived) + len(self._on_way) - self.limit.calls
        if too_many < 0:
            return 0.0
        if too_many >= len(self._arrived):
            return 1.0 / self.limit.calls  # only an answer can make room
        return self._arrived[too_many] + self.limit.seconds - now

    def leave(self, key: int) -> None:
        """The message `key` leaves now."""
        self._on_way[key] = self.monotonic()

    def not_left(self, key: int) -> None:
        """It had its place, and was not sent after all."""
        self._on_way.pop(key, None)

    def answered(self, key: int) -> None:
        """Its answer is here, or it is known that none will come."""
        left_at, now = self._on_way.pop(key), self.monotonic()
        self._took.append(now - left_at)
        quickest = min(self._took) if len(self._took) >= self.KNOWN_FROM else 0.0
        insort(self._arrived, now - quickest)


class Pace:
    """The limits of one bot: over all, a chat, a group; and everybody's pause after Telegram's 429. Chats at rest take
    no memory. Nothing is ever dropped here: who may not send yet learns how long to wait."""

    MOST_CHATS = 1000

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.monotonic = monotonic
        self.overall = Flow(OVERALL, monotonic)
        self.spread = Bucket(SPREAD, monotonic)
        self.chats: dict[int, Bucket] = {}
        self.groups: dict[int, Window] = {}
        self._paused_until = 0.0
        self._floods: dict[int, float] = {}  # chat -> when it last got a 429
        self._refusals = 0  # of the token, in a row
        self._lock = threading.RLock()  # chats are asked for by the threads that claim

    def wait_overall(self, key: int) -> float:
        """Take a place in the flow of all messages for the message `key` and give 0.0; else take none and give
        the seconds to wait.

        To be called right before the send, on the loop's own thread, and `answered` right after it.
        """
        wait_s = max(self.paused_s(), self.overall.wait_s(), self.spread.wait_s())
        if not wait_s:
            self.overall.leave(key)
            self.spread.take()
        return wait_s

    def not_sent(self, key: int) -> None:
        """The message `key` took a place and did not go: the place is free again."""
        self.overall.not_left(key)

    def answered(self, key: int) -> None:
        """The send of the message `key` is over, however it ended."""
        self.overall.answered(key)

    def wait_chat(self, chat_id: int) -> float:
        """The same for the flow into one chat; a group (negative id) also has its minute."""
        with self._lock:
            return self._wait_chat(chat_id)

    def _wait_chat(self, chat_id: int) -> float:
        self._forget_idle()
        bucket = self.chats.setdefault(chat_id, Bucket(PER_CHAT, self.monotonic))
        wait_s = bucket.wait_s()
        if chat_id < 0:
            group = self.groups.setdefault(chat_id, Window(PER_GROUP, self.monotonic))
            wait_s = max(wait_s, group.wait_s())
        if wait_s > 0.0:
            return wait_s
        bucket.take()
        if chat_id < 0:
            group.take()
        return 0.0

    def flood(self, chat_id: int, retry_after_s: float) -> float:
        """Telegram answered 429 and does not say which limit it was: the chat waits as long as it said (the ledger
        knows it, after a restart too), and everybody a little, twice as long with each further chat that meets one,
        up to what it said. Gives everybody's pause in seconds."""
        now = self.monotonic()
        self._floods[chat_id] = now
        self._floods = {key: at for key, at in self._floods.items() if now - at < FLOOD_MEMORY_S}
        pause_s = min(retry_after_s, FLOOD_FIRST_S * 2.0 ** min(len(self._floods) - 1, 16))
        self.pause_all(pause_s)
        return pause_s

    def token_refused(self) -> float:
        """The token is not accepted: nothing goes out for a while. Gives the pause in seconds."""
        if not self.paused_s():  # those on their way together count as one
            self._refusals += 1
            self.pause_all(min(TOKEN_MOST_S, TOKEN_FIRST_S * 2.0 ** min(self._refusals - 1, 16)))
        return self.paused_s()

    def token_accepted(self) -> None:
        self._refusals = 0

    def pause_all(self, seconds: float) -> None:
        """Nothing goes out for so long."""
        self._paused_until = max(self._paused_until, self.monotonic() + seconds)

    def paused_s(self) -> float:
        """Seconds until anything may go out again; 0.0 for now."""
        return max(0.0, self._paused_until - self.monotonic())

    def _forget_idle(self) -> None:
        if len(self.chats) <= self.MOST_CHATS:
            return
        self.chats = {key: bucket for key, bucket in self.chats.items() if not bucket.is_full()}
        self.groups = {key: window for key, window in self.groups.items() if not window.is_empty()}


def retry_pause_s(attempts: int) -> float:
    """Seconds until the next try after `attempts` that met a temporary error."""
    return float(min(RETRY_MOST_S, RETRY_FIRST_S * 2 ** min(attempts - 1, 16)))
