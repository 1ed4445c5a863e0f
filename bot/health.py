"""Health: whether this bot does its work, and if not, the one word for what it lacks; asked by /healthz."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.exc import SQLAlchemyError

from jobs.clock import real_now
from jobs.limits import TICK_RECENT
from store import meta
from store.engine import Store

NO_ANSWER = "the store does not answer"


class Word(StrEnum):
    """What the bot lacks, from what everything needs to what comes last."""

    CONNECTING = "connecting"  # it has started and waits for its store or for Telegram
    STORE = "store"  # the store does not answer, or its file is gone
    TICK = "tick"  # the loop of whoever leads does not run


@dataclass(frozen=True)
class Trouble:
    """The word and the reason, in English and without names: both stand in /healthz and in the log."""

    word: Word
    reason: str


STARTING = Trouble(Word.CONNECTING, "the bot is starting")


class Health:
    """`starting` is what the bot waits for until it serves, None from then on; whoever waits says it here."""

    def __init__(self, store: Store, now: Callable[[], datetime] = real_now) -> None:
        self.store = store
        self.now = now
        self.starting: Trouble | None = STARTING

    def wait(self, trouble: Trouble) -> None:
        """The start waits for that."""
        self.starting = trouble

    def look(self) -> Trouble | None:
        """None where all is well. It reads the store, and waits for it as long as any reader does."""
        return self.starting or self._of_store() or self._of_tick()

    def _of_store(self) -> Trouble | None:
        if self.store.path is not None and not self.store.path.exists():
            # an open file goes on answering after it was deleted
            return Trouble(Word.STORE, "the store's file is gone")
        return None

    def _of_tick(self) -> Trouble | None:
        try:
            with self.store.read() as session:
                seen = meta.instant(session, meta.LAST_TICK_AT)
        except SQLAlchemyError:
            return Trouble(Word.STORE, NO_ANSWER)
        if seen is None:
            return Trouble(Word.TICK, "the loop has not ticked yet")
        age = self.now() - seen
        if -TICK_RECENT <= age <= TICK_RECENT:
            return None
        words = "ago" if age > TICK_RECENT else "ahead of the clock"
        return Trouble(Word.TICK, f"the last tick was {abs(age.total_seconds()):.0f} s {words}")
