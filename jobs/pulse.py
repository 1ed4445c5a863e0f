"""Pulse: what other threads may know of the loop - when it last ticked well, how long ticks take."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STANDS_S = (
    180.0  # longer than any statement of a tick may take: a loop that has not stirred for so long stands
)


class Pulse:
    """Written by the loop, read from anywhere. Real time, monotonic.

    `is_leading`: this process is the one that ticks; who stands by is not expected to. `measured` hears the
    seconds of every tick, good or bad. `unscanned`: milestones that the last scan could not work out.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.monotonic = monotonic
        self.is_leading = True
        self.good_ticks = 0
        self.unscanned = 0
        self.measured: Callable[[float], object] = lambda _seconds: None
        self._beat_at = self._stirred_at = monotonic()
        self._is_looping = False

    @contextmanager
    def looping(self) -> Iterator[None]:
        """The loop runs: from now on it is expected to stir."""
        self._stirred_at, self._is_looping = self.monotonic(), True
        try:
            yield
        finally:
            self._is_looping = False

    @contextmanager
    def tick(self) -> Iterator[None]:
        """One tick; it counts as a beat where nothing is raised."""
        began = self._stirred_at = self.monotonic()
        try:
            yield
            self._beat_at = self.monotonic()
            self.good_ticks += 1
        finally:
            self._stirred_at = self.monotonic()
            self.measured(self._stirred_at - began)

    def lead(self) -> None:
        """A term begins: silence counts from now."""
        self._beat_at = self.monotonic()
        self.is_leading = True

    def silent_s(self) -> float:
        """Seconds since the last good tick, or since the start where there was none."""
        return self.monotonic() - self._beat_at

    def stands(self) -> bool:
        """The loop runs and has neither begun nor ended a tick for longer than one can take."""
        return self._is_looping and self.monotonic() - self._stirred_at >= STANDS_S
