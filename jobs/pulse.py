"""Pulse: what other threads may know of the bot - when it last ticked well, heard and spoke, and what is in the way."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from store.db.engine import steady_s

# Longer than any statement of a tick may take: a loop that has not stirred for so long stands.
STANDS_S = 180.0
FAILING_S = 60.0  # what has failed again and again for so long fails
STALE_S = 400.0  # longer than any pause between two tries: after so long nobody has tried any more
MANY_CHATS = 5  # that refuse us one after the other: it is hardly about the people any more


class Sense:
    """Hearing or speaking: when it last went well, and what has been in its way since. Steady seconds.

    `cause` is one of the words that bot/texts has a sentence for; "" where nothing is in the way.
    """

    def __init__(self, steady: Callable[[], float] = steady_s) -> None:
        self.steady = steady
        self.cause = ""
        self.well_at: float | None = None  # None: never yet
        self._since = steady()  # what is not well from the beginning counts from there
        self._ill_from = self._ill_at = 0.0
        self._refused: set[int] = set()

    def well(self) -> None:
        self.well_at = self._since = self.steady()
        self.cause = ""
        self._refused.clear()

    def ill(self, cause: str) -> None:
        """It failed, and not because of a single person."""
        self._ill_at = self.steady()
        if not self.cause:
            self._ill_from = self._ill_at
        self.cause = cause

    def refused(self, chat_id: int) -> None:
        """One chat refuses us; many, with none that does not, are more than that."""
        self._refused.add(chat_id)
        if len(self._refused) >= MANY_CHATS:
            self.ill("refused")

    def begin(self) -> None:
        """A term begins: silence counts from now."""
        self._since = self.steady()

    def silent_s(self) -> float:
        """Seconds since it last went well, or since the term began."""
        return self.steady() - self._since

    def is_failing(self) -> bool:
        """Every try of a while failed, and somebody still tries."""
        is_lasting = self._ill_at - self._ill_from >= FAILING_S
        return bool(self.cause) and is_lasting and self.steady() - self._ill_at < STALE_S


class Pulse:
    """Written by the loop, the intake and the deliverer, read from anywhere. Steady seconds.

    `is_leading`: this process is the one that ticks; who stands by is not expected to. `measured` hears the
    seconds of every tick, good or bad. `unscanned`: milestones that the last scan could not work out. `missed_windows`:
    days that were found missed and nobody has been told of yet. `other_settings`: the leader and the sections of its
    settings that are not ours, "" where all are the same.
    """

    def __init__(self, steady: Callable[[], float] = steady_s) -> None:
        self.steady = steady
        self.is_leading = True
        self.good_ticks = 0
        self.unscanned = 0
        self.missed_windows = 0
        self.other_settings = ""
        self.hearing = Sense(steady)
        self.speaking = Sense(steady)
        self.measured: Callable[[float], object] = lambda _seconds: None
        self._beat_at = self._stirred_at = steady()
        self._is_looping = False

    @contextmanager
    def looping(self) -> Iterator[None]:
        """The loop runs: from now on it is expected to stir."""
        self._stirred_at, self._is_looping = self.steady(), True
        try:
            yield
        finally:
            self._is_looping = False

    @contextmanager
    def tick(self) -> Iterator[None]:
        """One tick; it counts as a beat where nothing is raised."""
        began = self._stirred_at = self.steady()
        try:
            yield
            self._beat_at = self.steady()
            self.good_ticks += 1
        finally:
            self._stirred_at = self.steady()
            self.measured(self._stirred_at - began)

    def miss(self, days: int) -> None:
        """So many sending windows were missed."""
        self.missed_windows += days

    def lead(self) -> None:
        """A term begins: silence counts from now."""
        self._beat_at = self.steady()
        self.hearing.begin()
        self.is_leading = True

    def silent_s(self) -> float:
        """Seconds since the last good tick, or since the start where there was none."""
        return self.steady() - self._beat_at

    def stands(self) -> bool:
        """The loop runs and has neither begun nor ended a tick for longer than one can take."""
        return self._is_looping and self.steady() - self._stirred_at >= STANDS_S
