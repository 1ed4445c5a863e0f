"""Health: whether this bot does its work, and if not, the one word for what it lacks.

/healthz, the watchdog and the metrics go by it, and what the leader lacks is recorded for those who stand by.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from jobs.clock import Clock, ClockError
from jobs.delivery.pace import SIGN_RECENT, TICK_RECENT
from jobs.pulse import Pulse
from jobs.rules.policy import Rules
from jobs.rules.sending_hours import come_until, is_sending_time
from store import figures
from store.db import meta
from store.db.engine import Store, real_now, steady_s, wall_now
from store.db.errors import LostError, ReplacedError

DEAF_AFTER_S = 60.0  # two long polls have failed by then
# So long the oldest message must have been seen waiting: who has just woken up may send it.
OWED_SEEN_S = 60.0
NO_ANSWER = "the store does not answer"


class Word(StrEnum):
    """What the bot lacks, from what everything needs to what comes last."""

    CONNECTING = "connecting"  # it has started and waits for its store or for Telegram
    STORE = "store"  # the store does not answer, or its file is gone
    TICK = "tick"  # the loop of whoever leads does not run
    DEAF = "deaf"  # no updates come in
    MUTE = "mute"  # what is owed does not go out


# Every cause, as /healthz and the log tell it; bot/texts words it for the operator.
CAUSES = {
    "token": "Telegram does not accept the token",
    "conflict": "another program asks for updates with this token",
    "webhook": "another program has set a webhook for this token",
    "address": "Telegram cannot deliver to our address",
    "network": "Telegram cannot be reached",
    "flood": "Telegram asks to wait before it is asked again",
    "refused": "Telegram refuses every message",
    "store": "the store does not take what comes in",
    "owed": "the oldest owed message is too old",
    "silence": "nothing was heard from Telegram",
}


@dataclass(frozen=True)
class Trouble:
    """The word and the reason, in English and without names: both stand in /healthz and in the log."""

    word: Word
    reason: str
    cause: str = ""

    @classmethod
    def of(cls, word: Word, cause: str, seconds: float) -> Self:
        return cls(word, f"{CAUSES[cause]}, for {seconds:.0f} s", cause)


STARTING = Trouble(Word.CONNECTING, "the bot is starting")


@dataclass
class Health:
    """`starting` is what the bot waits for until it serves, None from then on; whoever waits says it here.

    `owed_most`: how old the oldest owed message may be.
    """

    store: Store
    pulse: Pulse
    clock: Clock
    rules: Rules
    owed_most: timedelta = timedelta(minutes=30)
    steady: Callable[[], float] = steady_s
    starting: Trouble | None = STARTING
    _oldest: tuple[int, float] | None = None  # the oldest owed message and when it was first seen

    def wait(self, trouble: Trouble) -> None:
        """The start waits for that."""
        self.starting = trouble

    def look(self) -> Trouble | None:
        """None where all is well. It reads the store, and waits for it as long as any reader does."""
        if self.starting is not None:
            return self.starting
        try:
            self.store.check_in_place()
            with self.store.read() as session:
                return self._of_leader(session) if self.pulse.is_leading else self._as_recorded(session)
        except ReplacedError:
            return Trouble(Word.STORE, "another file lies in the place of the store's")
        except LostError:
            return Trouble(Word.STORE, "the store's file is gone")
        except SQLAlchemyError:
            return Trouble(Word.STORE, NO_ANSWER)
        except ClockError:
            return Trouble(Word.TICK, "the clock file cannot be read")

    def sign(self, session: Session) -> None:
        """The leader's sign of life, for those who stand by and for the metrics; at most once a minute."""
        now, steady = wall_now(session), self.steady()
        meta.put(session, meta.LAST_TICK_AT, now.isoformat())
        for key, sense in (
            (meta.LAST_HEARD_AT, self.pulse.hearing),
            (meta.LAST_SPOKEN_AT, self.pulse.speaking),
        ):
            if sense.well_at is not None:
                meta.put(session, key, (now - timedelta(seconds=steady - sense.well_at)).isoformat())
        found = self._of_senses(session)
        meta.put(session, meta.LEADER_LACKS, f"{found.word}:{found.cause}:{found.reason}" if found else "")

    def _of_leader(self, session: Session) -> Trouble | None:
        """By its own clock, which nobody sets: a tick is never recent because the wall clock went back."""
        if not self.pulse.good_ticks:
            return Trouble(Word.TICK, "the loop has not ticked yet")
        if (silent_s := self.pulse.silent_s()) > TICK_RECENT.total_seconds():
            return Trouble(Word.TICK, f"the last tick was {silent_s:.0f} s ago")
        return self._of_senses(session)

    def _of_senses(self, session: Session) -> Trouble | None:
        hearing, speaking = self.pulse.hearing, self.pulse.speaking
        if (silent_s := hearing.silent_s()) >= DEAF_AFTER_S:
            return Trouble.of(Word.DEAF, hearing.cause or "silence", silent_s)
        if speaking.is_failing():
            return Trouble.of(Word.MUTE, speaking.cause, speaking.silent_s())
        if (age := self._age_of_oldest(session)) is not None and age >= self.owed_most:
            return Trouble.of(Word.MUTE, "owed", age.total_seconds())
        return None

    def _age_of_oldest(self, session: Session) -> timedelta | None:
        """How long the oldest owed message has waited, by the clock or as we have watched it, whichever is longer;
        None where it has not been seen for long."""
        now = self.clock.now()
        with_digests = is_sending_time(now, self.rules.settings, self.rules.calendar)
        hour = come_until(now, self.rules.settings, self.rules.calendar)
        found = figures.oldest_owed(session, real_now(session), with_digests=with_digests, hour=hour)
        if found is None:
            self._oldest = None
            return None
        if self._oldest is None or self._oldest[0] != found.id:
            self._oldest = found.id, self.steady()
        seen_s = self.steady() - self._oldest[1]
        return max(now - found.created_at, timedelta(seconds=seen_s)) if seen_s >= OWED_SEEN_S else None

    def _as_recorded(self, session: Session) -> Trouble | None:
        """What the leader said last, judged by the time of the store they share."""
        seen = meta.instant(session, meta.LAST_TICK_AT)
        if seen is None:
            return Trouble(Word.TICK, "the loop has not ticked yet")
        if (wrong := _silence(wall_now(session), seen)) is not None:
            return wrong
        return _recorded(session)


def is_led(session: Session) -> bool:
    """Some bot runs on the store, as far as its sign of life tells."""
    seen = meta.instant(session, meta.LAST_TICK_AT)
    return seen is not None and _silence(wall_now(session), seen) is None


def recorded(session: Session) -> Trouble | None:
    """What the running leader lacks, for who looks from outside; None where none runs."""
    return _recorded(session) if is_led(session) else None


def _recorded(session: Session) -> Trouble | None:
    word, _, rest = (meta.get(session, meta.LEADER_LACKS) or "").partition(":")
    cause, _, reason = rest.partition(":")
    return Trouble(Word(word), f"{reason} (the leader)", cause) if word else None


def _silence(now: datetime, seen: datetime) -> Trouble | None:
    """The sign is too old, or lies ahead of the clock, which says nothing about now."""
    age = now - seen
    if abs(age) <= SIGN_RECENT:
        return None
    words = "ago" if age > SIGN_RECENT else "ahead of the clock"
    return Trouble(Word.TICK, f"the last tick was {abs(age.total_seconds()):.0f} s {words}")
