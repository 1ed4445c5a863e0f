"""Pulse: what other threads may know of the loop - when it last ticked well, how long ticks take."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


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
        self._beat_at = monotonic()

    @contextmanager
    def tick(self) -> Iterator[None]:
        """One tick; it counts as a beat where nothing is raised."""
        began = self.monotonic()
        try:
            yield
            self._beat_at = self.monotonic()
            self.good_ticks += 1
        finally:
            self.measured(self.monotonic() - began)

    def lead(self) -> None:
        """A term begins: silence counts from now."""
        self._beat_at = self.monotonic()
        self.is_leading = True

    def silent_s(self) -> float:
        """Seconds since the last good tick, or since the start where there was none."""
        return self.monotonic() - self._beat_at
