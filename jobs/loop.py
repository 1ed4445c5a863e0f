"""One tick = the ordered list of steps below; APScheduler only wakes it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from jobs import deliver, series
from jobs.clock import Clock, FileClock, real_now
from jobs.deliver import Deliverer
from jobs.policy import Rules, fingerprint, is_sending_time
from jobs.scan import Scan, next_scheduled_at, reschedule_all
from store import deliveries, inbox, meta
from store.engine import Store

log = logging.getLogger(__name__)

WAKE_EVERY_S = 1.0  # real seconds between two looks at what is owed
WAKE_EVERY_MOVED_S = 0.1  # the same where a file moves the clock and somebody waits for the answer
TICK_SEEN_EVERY = timedelta(seconds=10)  # how often the store is told that the loop lives


class Loop:
    """Runs the steps whenever it is woken: by APScheduler's clock, or because an answer waits to be sent."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        rules: Rules,
        deliverer: Deliverer,
        *,
        is_alone: bool,
    ) -> None:
        self.store = store
        self.clock = clock
        self.rules = rules
        self.deliverer = deliverer
        self.is_alone = is_alone  # nobody else sends from this store: what is `sending` at start is abandoned
        self._woken = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._scan_due = True
        self._first = True
        self._series_day: date | None = None
        self._seen_at: datetime | None = None
        # The steps of a tick that change what is owed, in their order; sending follows them.
        self.steps: list[Callable[[Session, datetime], None]] = [
            self._reap,
            self._apply_policy,
            self._extend_series,
            self._scan,
            self._tidy,
        ]

    def wake(self, *, scan: bool = False) -> None:
        """Look at the ledger now; with `scan` also at what is owed. To be called on the loop's own thread."""
        self._scan_due = self._scan_due or scan
        self._woken.set()

    async def run(self) -> None:
        """Tick until cancelled. A tick that fails is logged and tried again at the next wake."""
        scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "misfire_grace_time": None})
        every = WAKE_EVERY_MOVED_S if isinstance(self.clock, FileClock) else WAKE_EVERY_S
        scheduler.add_job(self._scheduled, "interval", seconds=every)
        scheduler.start()
        try:
            while True:
                await self._woken.wait()
                self._woken.clear()
                self._idle.clear()
                try:
                    await self.tick()
                except OperationalError as error:  # the store is full, locked or gone; nothing was kept of it
                    log.error("action=store-unwritable in=tick detail=%s", error.orig)
                except Exception:
                    log.exception("action=tick-failed")
                finally:
                    self._idle.set()
        finally:
            scheduler.shutdown(wait=False)

    async def _scheduled(self) -> None:
        self.wake(scan=True)

    async def finish(self) -> None:
        """Take up nothing more, and wait for what is on its way."""
        self.deliverer.is_ending = True
        await self._idle.wait()

    async def tick(self) -> None:
        """The steps, then the sending, then word to whoever moves the clock."""
        seq = self.clock.read().seq if isinstance(self.clock, FileClock) else None
        if self._scan_due:
            self._scan_due = False
            await asyncio.to_thread(self._owe)
        if await self.deliverer.deliver_all():
            self._woken.set()
        if seq is not None:
            await asyncio.to_thread(self._acknowledge, seq)

    def _owe(self) -> None:
        now = self.clock.now()
        known = self._first, self._series_day, self._seen_at
        try:
            with self.store.write() as session:
                for step in self.steps:
                    step(session, now)
        except BaseException:
            self._first, self._series_day, self._seen_at = known  # nothing of it was kept: do it all again
            raise

    def _reap(self, session: Session, _now: datetime) -> None:
        reaped = deliver.reap(session, real_now(), all_sending=self._first and self.is_alone)
        self._first = False
        if reaped:
            log.warning("action=reap count=%d", reaped)

    def _apply_policy(self, session: Session, now: datetime) -> None:
        """Settings or holidays changed since the last run: work out every next day anew."""
        print_now = fingerprint(self.rules.settings, self.rules.calendar)
        if meta.get(session, meta.POLICY_FINGERPRINT) != print_now:
            changed = reschedule_all(session, now, self.rules)
            meta.put(session, meta.POLICY_FINGERPRINT, print_now)
            log.info("action=reschedule changed=%d", changed)

    def _extend_series(self, session: Session, now: datetime) -> None:
        """Once a day: keep every recurring entry's occurrences 90 days ahead."""
        today = self.rules.calendar.local_date(now)
        if self._series_day != today:
            added = series.extend_all(session, today)
            self._series_day = today
            log.info("action=extend-series added=%d", added)

    def _scan(self, session: Session, now: datetime) -> None:
        if added := Scan(session, now, self.rules).run():
            log.info("action=scan added=%d", added)

    def _tidy(self, session: Session, _now: datetime) -> None:
        real = real_now()
        if self._seen_at is None or real - self._seen_at >= TICK_SEEN_EVERY:
            meta.put(session, meta.LAST_TICK_AT, real.isoformat())
            inbox.forget_old(session, real)
            self._seen_at = real

    def _acknowledge(self, seq: int) -> None:
        """Nothing waits at this state of the clock file: say so, with the next instant worth a stop."""
        assert isinstance(self.clock, FileClock)
        reading = self.clock.read()
        if reading.seq != seq:
            return
        with self.store.read() as session:
            sending = is_sending_time(reading.now, self.rules.settings, self.rules.calendar)
            busy = deliveries.count_unfinished(session, with_digests=sending) + inbox.count_unhandled(session)
            if not busy:
                self.clock.acknowledge(seq, next_scheduled_at(session, reading.now, self.rules))
