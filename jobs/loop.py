"""One tick = the ordered list of steps below; APScheduler only wakes it."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from jobs import handing, holding, outcomes, series
from jobs.clock import Clock, FileClock, real_now
from jobs.deliver import Deliverer
from jobs.looks import next_scheduled_at, reschedule
from jobs.policy import Rules, fingerprint, is_sending_time
from jobs.pulse import Pulse
from jobs.scan import Scan
from store import deliveries, inbox, meta, uploads
from store.engine import Store, when_committed
from store.errors import cause

log = logging.getLogger(__name__)

WAKE_EVERY_S = 1.0  # real seconds between two looks at what is owed
WAKE_EVERY_MOVED_S = 0.1  # the same where a file moves the clock and somebody waits for the answer
TICK_SEEN_EVERY = timedelta(seconds=10)  # how often the store is told that the loop lives
MOST_UNSCANNED = 20  # kept by their numbers, for the operator to look at
COLLECT_AFTER = 10_000  # new objects; a message handled leaves some thousand, all of them soon gone


def keep_what_stands() -> None:
    """To be called once a process is wired: modules and settings stay to the end, and the collector of garbage,
    which would stop everybody for a tenth of a second to walk through them, leaves them alone from now on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


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
        pulse: Pulse | None = None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.rules = rules
        self.deliverer = deliverer
        self.is_alone = is_alone  # nobody else sends from this store: what is `sending` at start is abandoned
        self.pulse = pulse or Pulse()  # who watches over the loop looks here
        self._policy = fingerprint(
            rules.settings, rules.calendar, rules.escalation
        )  # as long as a tick that owes nothing
        self._woken = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._scan_due = True
        self._first = True
        self._is_behind = False  # a step has done a page of its work and wants to be called again
        self._series_day: date | None = None
        self._tidied_on: date | None = None
        self._seen_at: datetime | None = None
        # The steps of a tick that change what is owed, in their order; sending follows them.
        self.steps: list[Callable[[Session, datetime], None]] = [
            self._reap,
            self._apply_policy,
            self._extend_series,
            self._hand_over,
            self._take_up,
            self._scan,
            self._tidy,
        ]

    def wake(self, *, scan: bool = False) -> None:
        """Look at the ledger now; with `scan` also at what is owed. To be called on the loop's own thread."""
        self._scan_due = self._scan_due or scan
        self._woken.set()
        self.deliverer.more()

    async def run(self) -> None:
        """Tick until cancelled, maybe not for the first time. A tick that fails is logged and tried again at the next wake."""
        scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "misfire_grace_time": None})
        every = WAKE_EVERY_MOVED_S if isinstance(self.clock, FileClock) else WAKE_EVERY_S
        scheduler.add_job(self._scheduled, "interval", seconds=every)
        scheduler.start()
        self.deliverer.is_ending = False
        try:
            with self.pulse.looping():
                while True:
                    await self._woken.wait()
                    await self._turn()
        finally:
            scheduler.shutdown(wait=False)
            self.deliverer.abandon()

    async def _turn(self) -> None:
        self._woken.clear()
        self._idle.clear()
        try:
            with self.pulse.tick():
                await self.tick()
        except OperationalError as error:  # the store is full, locked or gone; nothing was kept of it
            log.error("action=store-failed kind=%s", cause(error))
        except Exception:
            log.exception("action=tick-failed")
        finally:
            self._idle.set()

    async def _scheduled(self) -> None:
        self.wake(scan=True)

    async def finish(self) -> None:
        """Take up nothing more, and wait for what is on its way."""
        self.deliverer.is_ending = True
        await self._idle.wait()
        await self.deliverer.finish()

    async def tick(self) -> None:
        """The steps, then the sending, then word to whoever moves the clock. Nothing where another leads."""
        if not self.deliverer.leader.is_leading():
            return
        seq = self.clock.read().seq if isinstance(self.clock, FileClock) else None
        if self._scan_due:
            self._scan_due = False
            if not await asyncio.to_thread(self.owe):
                return
        if await self.deliverer.deliver_all():
            self._woken.set()
        if self._is_behind:
            self.wake(scan=True)
        elif seq is not None:
            await asyncio.to_thread(self._acknowledge, seq)

    def owe(self) -> bool:
        """The steps, in one transaction. False where another leads by now, and what is owed is its affair."""
        now = self.clock.now()
        self._is_behind = False
        known = self._first, self._series_day, self._seen_at, self._tidied_on
        try:
            with self.store.write() as session:
                if not self.deliverer.leader.is_current(session):
                    return False
                for step in self.steps:
                    step(session, now)
        except BaseException:
            self._first, self._series_day, self._seen_at, self._tidied_on = (
                known  # nothing of it was kept: do it all again
            )
            raise
        return True

    def _reap(self, session: Session, _now: datetime) -> None:
        is_first_alone = self._first and self.is_alone
        token = self.deliverer.leader.token
        reaped = outcomes.reap(session, real_now(), all_sending=is_first_alone, token=token)
        self._first = False
        if reaped:
            when_committed(session, log.warning, "action=reap count=%d", reaped)

    def _apply_policy(self, session: Session, now: datetime) -> None:
        """Settings or holidays changed since the last run: work out every next day anew, a page in each tick."""
        print_now = self._policy
        if meta.get(session, meta.POLICY_FINGERPRINT) == print_now:
            return
        of, _, reached = (meta.get(session, meta.POLICY_REACHED) or "").partition(":")
        changed, last = reschedule(session, now, self.rules, after=int(reached) if of == print_now else 0)
        when_committed(session, log.info, "action=reschedule changed=%d milestone=%s", changed, last)
        if last is None:
            meta.put(session, meta.POLICY_FINGERPRINT, print_now)
        else:
            meta.put(session, meta.POLICY_REACHED, f"{print_now}:{last}")
            self._is_behind = True

    def _extend_series(self, session: Session, now: datetime) -> None:
        """Once a day: keep every recurring entry's occurrences 90 days ahead."""
        today = self.rules.calendar.local_date(now)
        if self._series_day != today:
            added = series.extend_all(session, today)
            when_committed(session, log.info, "action=extend-series added=%d", added)
            if series.is_any_due(session, today):
                self._is_behind = True
            else:
                self._series_day = today

    def _hand_over(self, session: Session, now: datetime) -> None:
        handing.take_effect(session, now, self.rules.calendar.local_date(now))

    def _take_up(self, session: Session, now: datetime) -> None:
        holding.take_effect(session, now, self.rules)

    def _scan(self, session: Session, now: datetime) -> None:
        """Not before the days are worked out: a daily message that goes out in between would be half of it."""
        if self._is_behind:
            return
        scan = Scan(session, now, self.rules)
        added = scan.run()
        if scan.has_looked:
            self._note_unscanned(session, scan.failed, scan.broken_parts)
        if added:
            when_committed(session, log.info, "action=scan added=%d", added)

    def _note_unscanned(self, session: Session, failed: Sequence[int], parts: int) -> None:
        self.pulse.unscanned = len(failed) + parts
        numbers = " ".join(map(str, failed[:MOST_UNSCANNED]))
        if numbers != (meta.get(session, meta.UNSCANNED) or ""):
            meta.put(session, meta.UNSCANNED, numbers)

    def _tidy(self, session: Session, now: datetime) -> None:
        real, today = real_now(), self.rules.calendar.local_date(now)
        if self._tidied_on != today:  # once a day: drafts are large to look through
            deliveries.forget_nameless(session, now)
            uploads.forget_old(session, now)
            self._tidied_on = today
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
