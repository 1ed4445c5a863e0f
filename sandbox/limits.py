"""Telegram's sending limits; off unless asked for. They are kept in real seconds, whatever the clock says.

Source: core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.chats import Chat
from sandbox.errors import ApiError, too_many


@dataclass(frozen=True)
class Rate:
    """At most `calls` in any `seconds`."""

    calls: int
    seconds: float


OVERALL = Rate(30, 1.0)
PER_CHAT = Rate(1, 1.0)
PER_GROUP = Rate(20, 60.0)
TOLERANCE_S = 0.05
"""Taken off each window: what a pacer sends a second apart may arrive a little closer."""
LIMITED = {"sendmessage", "senddocument", "sendphoto"}
"""Calls that count; edits and answers do not."""


@dataclass
class Limits:
    """Sliding windows over all sends, per chat and per group."""

    is_on: bool = False
    monotonic: Callable[[], float] = time.monotonic
    _sent: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def refusal(self, method: str, chat: Chat | None) -> ApiError | None:
        """The 429 that this call meets; None where it may pass, which counts it."""
        if not self.is_on or method.lower() not in LIMITED or chat is None:
            return None
        now = self.monotonic()
        windows = [("all", OVERALL), (f"chat {chat.id}", PER_CHAT)]
        if not chat.is_private:
            windows.append((f"group {chat.id}", PER_GROUP))
        wait_s = max(self._wait(name, rate, now) for name, rate in windows)
        if wait_s > 0:
            return too_many(math.ceil(wait_s))
        for name, _ in windows:
            self._sent[name].append(now)
        return None

    def _wait(self, name: str, rate: Rate, now: float) -> float:
        """Seconds until one more call fits in the window; 0 where it fits now."""
        sent = self._sent[name]
        window_s = rate.seconds - TOLERANCE_S
        while sent and sent[0] <= now - window_s:
            sent.popleft()
        return 0.0 if len(sent) < rate.calls else sent[-rate.calls] + window_s - now
