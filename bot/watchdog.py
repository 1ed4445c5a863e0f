"""The watchdog: a thread beside the loop that tells the admin chat when the loop stands still.

It needs neither the event loop nor the ledger, for these may be what is broken: it calls the Bot API itself.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import httpx
from sqlalchemy.exc import SQLAlchemyError

from bot.metrics import oldest_owed
from bot.network import client_options
from bot.settings import OperationSettings, Settings
from bot.texts import render
from jobs.clock import Clock, ClockError, real_now
from jobs.policy import Rules
from jobs.pulse import Pulse
from store import figures, inbox, meta
from store.engine import Store

log = logging.getLogger(__name__)

LOOK_EVERY_S = 5.0
COUNT_EVERY_S = 30.0
BEAT_EVERY_S = 60.0
AGAIN_AFTER_S = 3600.0  # the same kind of alarm is not repeated sooner
CALL_TIMEOUT_S = 10.0


@dataclass(frozen=True)
class Counts:
    """What the store says: messages that ended uncertain or refused, how long the oldest owed one waits, how long
    ago the leader's loop last told that it lives (None: never), and the last update that could not be handled."""

    uncertain: int
    failed: int
    oldest_owed: timedelta | None
    last_tick: timedelta | None
    last_put_aside: int = 0  # its number in the inbox; 0 where there is none


class Watchdog:
    """`tell` sends a text to the admin chat and `beat` asks the heartbeat address; both may raise httpx errors.
    `count` reads the store, None where it does not answer."""

    def __init__(
        self,
        pulse: Pulse,
        settings: OperationSettings,
        organisation: str,
        count: Callable[[], Counts | None],
        tell: Callable[[str], None],
        beat: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.pulse = pulse
        self.settings = settings
        self.organisation = organisation
        self.count = count
        self.tell = tell
        self.beat = beat
        self.monotonic = monotonic
        self._stood_still = False
        self._counted_at: float | None = None
        self._beaten_at: float | None = None
        self._beaten_ticks = 0
        self._base: Counts | None = None
        self._told_at: dict[str, float] = {}

    def look(self) -> None:
        """One look; nothing that goes wrong here is raised."""
        is_still = self._is_still()
        if is_still != self._stood_still:
            seconds = int(self.pulse.silent_s())
            if self._say("alert_standstill" if is_still else "alert_over", seconds=seconds):
                self._stood_still = is_still
        if not is_still:
            self._beat()
        now = self.monotonic()
        if self._counted_at is None or now - self._counted_at >= COUNT_EVERY_S:
            self._counted_at = now
            if (counts := self.count()) is not None:
                self._compare(counts)

    def _is_still(self) -> bool:
        """The loop here does not tick; where this process only stands by, that of whoever leads."""
        if self.pulse.is_leading:
            return self.pulse.silent_s() >= self.settings.alert_after_s
        counts = self.count()
        if counts is None or counts.last_tick is None:
            return counts is None
        return counts.last_tick.total_seconds() >= self.settings.alert_after_s

    def _beat(self) -> None:
        """After a good tick, at most once a minute: who hears nothing any more gives the alarm."""
        now, ticks = self.monotonic(), self.pulse.good_ticks
        is_early = self._beaten_at is not None and now - self._beaten_at < BEAT_EVERY_S
        if is_early or ticks == self._beaten_ticks:
            return
        self._beaten_at, self._beaten_ticks = now, ticks
        try:
            self.beat()
        except httpx.HTTPError as error:
            log.warning("action=heartbeat-failed error=%s", type(error).__name__)

    def _compare(self, counts: Counts) -> None:
        """Alarms of what has grown since the last alarm of its kind, of what nobody is reminded of, and of what waits
        too long."""
        base = self._base or counts
        uncertain, failed = base.uncertain, base.failed
        if counts.uncertain > uncertain and self._alarm(
            "uncertain", count=counts.uncertain, more=counts.uncertain - uncertain
        ):
            uncertain = counts.uncertain
        if counts.failed > failed and self._alarm("failed", count=counts.failed, more=counts.failed - failed):
            failed = counts.failed
        put_aside = base.last_put_aside
        if counts.last_put_aside > put_aside and self._alarm("put_aside", number=counts.last_put_aside):
            put_aside = counts.last_put_aside
        self._base = Counts(uncertain, failed, None, None, put_aside)
        if self.pulse.unscanned:
            self._alarm("unscanned", count=self.pulse.unscanned)
        limit = timedelta(minutes=self.settings.alert_owed_minutes)
        if counts.oldest_owed is not None and counts.oldest_owed >= limit:
            self._alarm("owed", minutes=int(counts.oldest_owed.total_seconds() // 60))

    def _alarm(self, kind: str, **facts: int) -> bool:
        """Tell it unless its kind was told within the hour; True where it was told."""
        now = self.monotonic()
        if kind in self._told_at and now - self._told_at[kind] < AGAIN_AFTER_S:
            return False
        if not self._say(f"alert_{kind}", **facts):
            return False
        self._told_at[kind] = now
        return True

    def _say(self, template: str, **facts: int) -> bool:
        """True where it is said, or nobody wants to hear it; False: to be tried again at the next look."""
        log.warning("action=alert kind=%s", template.removeprefix("alert_"))
        if self.settings.admin_chat_id is None:
            return True
        try:
            self.tell(render.text(template, organisation=self.organisation, **facts))
        except httpx.HTTPError as error:
            log.warning("action=alert-failed error=%s", type(error).__name__)
            return False
        return True


def counter(store: Store, clock: Clock, rules: Rules) -> Callable[[], Counts | None]:
    """Reads the figures an alarm goes by."""

    def count() -> Counts | None:
        try:
            with store.read() as session:
                uncertain, failed = figures.finals(session)
                seen = meta.instant(session, meta.LAST_TICK_AT)
                return Counts(
                    uncertain,
                    failed,
                    oldest_owed(session, clock, rules, claimable_only=False),
                    real_now() - seen if seen else None,
                    inbox.last_failed(session),
                )
        except (SQLAlchemyError, ClockError):
            return None

    return count


def _tell(client: httpx.Client, settings: Settings) -> Callable[[str], None]:
    def tell(text: str) -> None:
        address = f"{settings.telegram.api_base}/bot{settings.telegram.secret()}/sendMessage"
        body = {"chat_id": settings.operation.admin_chat_id, "text": text, "parse_mode": "HTML"}
        client.post(address, json=body).raise_for_status()

    return tell


def _beat(client: httpx.Client, settings: Settings) -> Callable[[], None]:
    address = settings.operation.heartbeat_url.get_secret_value()

    def beat() -> None:
        if address:
            client.get(address).raise_for_status()

    return beat


def _client(address: str) -> httpx.Client:
    return httpx.Client(timeout=CALL_TIMEOUT_S, follow_redirects=False, **client_options(address))


@contextmanager
def watching(settings: Settings, store: Store, clock: Clock, rules: Rules, pulse: Pulse) -> Iterator[None]:
    """A watchdog in a thread of its own while the block runs."""
    ended = threading.Event()
    api, beats = settings.telegram.api_base, settings.operation.heartbeat_url.get_secret_value()
    with _client(api) as telegram, _client(beats) as client:
        dog = Watchdog(
            pulse,
            settings.operation,
            settings.organisation.name,
            counter(store, clock, rules),
            _tell(telegram, settings),
            _beat(client, settings),
        )

        def watch() -> None:
            while not ended.wait(LOOK_EVERY_S):
                try:
                    dog.look()
                except Exception:
                    log.exception("action=watchdog-failed")

        thread = threading.Thread(target=watch, name="watchdog", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join(timeout=1.0)  # a call on its way may take longer; the thread ends with the process
