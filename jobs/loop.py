"""One tick = the ordered list of steps below.

It is woken by whoever has something to send; by APScheduler, at the next instant at which something may become owed;
and by a watch on the monotonic clock, which sees what other processes wrote and whether the wall clock was set.
"""

import asyncio
import gc
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from jobs.asks import turns
from jobs.clock import Clock, FileClock, StepWatch, real_now, steady_s
from jobs.delivery import outcomes
from jobs.delivery.deliver import Deliverer
from jobs.milestones import hold
from jobs.owed.next_look import next_scheduled_at, reschedule
from jobs.owed.scan import Scan
from jobs.people import handover
from jobs.plans import series, start
from jobs.pulse import Pulse
from jobs.rules import windows
from jobs.rules.policy import Rules, fingerprint
from jobs.rules.sending_hours import come_until, is_sending_time, next_turn_at
from store import claims, deliveries, inbox, own_days, uploads
from store.db import meta
from store.db.engine import Changes, Store, wall_now, when_committed
from store.db.errors import LostError, cause

log = logging.getLogger(__name__)

ASLEEP_MOST_S = 30.0  # real seconds: then the loop looks at what is owed, whatever it was told
NIGHT = {"hour": 2, "minute": 30, "jitter": 900}  # of APScheduler's cron, in the organisation's zone
MISSED_S = 600.0  # a night that was missed is made up for so long after the start
LOOK_EVERY_S = 1.0  # how often it is looked whether others have written, and whether the clock was set
LOOK_EVERY_MOVED_S = 0.15  # the same where a file moves the clock and somebody waits for the answer
AGAIN_S = 1.0  # after a tick that failed, and while a message waits that nothing keeps from going
SIGN_EVERY_S = 60.0  # how often the store is told that the loop lives
MOST_UNSCANNED = 20  # kept by their numbers, for the operator to look at
COLLECT_AFTER = 10_000  # new objects; a message handled leaves some thousand, all of them soon gone


def keep_what_stands() -> None:
    """To be called once a process is wired: modules and settings stay to the end, and the collector of garbage,
    which would stop everybody for a tenth of a second to walk through them, leaves them alone from now on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


class Nightly(Protocol):
    """What is done once a night, by whoever leads."""

    def is_overdue(self) -> bool:
        """A night was missed."""

    async def run(self) -> None:
        """Raises nothing."""


def _sign(session: Session) -> None:
    meta.put(session, meta.LAST_TICK_AT, wall_now(session).isoformat())


@dataclass(eq=False)
class Loop:
    """Runs the steps whenever it is woken: by APScheduler's clock, or because an answer waits to be sent."""

    store: Store
    clock: Clock
    rules: Rules
    deliverer: Deliverer
    # Nobody else sends from this store: what is `sending` at start is abandoned.
    is_alone: bool = field(kw_only=True)
    pulse: Pulse = field(default_factory=Pulse)  # who watches over the loop looks here
    sign: Callable[[Session], None] = _sign  # tells the store that the loop lives
    nightly: Nightly | None = None
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _scan_due: bool = True
    _owed_seq: int | None = None  # of the file that moves the clock, when it was looked at what is owed
    _first: bool = True
    _is_behind: bool = False  # a step has done a page of its work and wants to be called again
    _series_day: date | None = None
    _tidied_on: date | None = None
    _signed_s: float | None = None  # when the store was last told that the loop lives
    _slept_s: float = field(default_factory=steady_s)  # since when nobody has looked at what is owed
    _is_written: bool = False  # something may have come to be owed since
    _again: asyncio.TimerHandle | None = None
    _scheduler: AsyncIOScheduler | None = None

    def __post_init__(self) -> None:
        self._idle.set()
        rules = self.rules
        self._entered = rules.calendar.entered
        # As long as a tick that owes nothing.
        self._policy = fingerprint(rules.settings, rules.calendar, rules.escalation)
        # The steps of a tick that change what is owed, in their order; sending follows them.
        self.steps: list[Callable[[Session, datetime], None]] = [
            self._reap,
            self._judge_windows,
            self._apply_policy,
            self._start_plans,
            self._extend_series,
            self._hand_over,
            self._take_up,
            self._open_asks,
            self._scan,
            self._tidy,
        ]

    def wake(self, *, scan: bool = False) -> None:
        """Look at the ledger now; with `scan` also at what is owed, else within a second. To be called on the loop's
        own thread."""
        self._scan_due = self._scan_due or scan
        self._is_written = True
        self._woken.set()
        self.deliverer.more()

    async def run(self) -> None:
        """Tick until cancelled, maybe not for the first time. A tick that fails is logged and tried again at the next wake."""
        self._scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "misfire_grace_time": None})
        self._scheduler.start()
        if self.nightly is not None:
            self._plan_nights(self._scheduler, self.nightly)
        self.deliverer.is_ending = False
        self.wake(scan=self._scan_due)  # who has just looked at what is owed sends first
        watching = asyncio.create_task(self._watch())
        try:
            with self.pulse.looping():
                while True:
                    await self._woken.wait()
                    self._plan(*await self._turn())
        finally:
            watching.cancel()
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
            self.deliverer.abandon()

    def _plan_nights(self, scheduler: AsyncIOScheduler, nightly: Nightly) -> None:
        scheduler.add_job(nightly.run, "cron", timezone=self.rules.calendar.zone, **NIGHT)
        if nightly.is_overdue():
            scheduler.add_job(nightly.run, "date", run_date=datetime.now(UTC) + timedelta(seconds=MISSED_S))

    async def _turn(self) -> tuple[datetime | None, float | None]:
        """A tick; gives the next instant (business time) at which something may be owed, and in how many real
        seconds the next message may go: None where none waits."""
        self._woken.clear()
        self._idle.clear()
        try:
            with self.pulse.tick():
                await self.tick()
                return await asyncio.to_thread(self._next)
        except OperationalError as error:  # the store is full, locked or gone; nothing was kept of it
            log.error("action=store-failed kind=%s", cause(error))
        except LostError:
            raise  # nothing that is done from now on would stand
        except Exception:
            log.exception("action=tick-failed")
        finally:
            self._idle.set()
        self._scan_due = True
        return None, AGAIN_S

    def _next(self) -> tuple[datetime | None, float | None]:
        now, settings, calendar = self.clock.now(), self.rules.settings, self.rules.calendar
        with self.store.read() as session:
            with_digests = is_sending_time(now, settings, calendar)
            hour = come_until(now, settings, calendar)
            at = claims.next_try_at(session, with_digests=with_digests, hour=hour)
            wait_s = None if at is None else max(AGAIN_S, (at - real_now(session)).total_seconds())
        if wait_s is not None:
            wait_s = max(wait_s, self.deliverer.pace.paused_s())
        return None if isinstance(self.clock, FileClock) else next_turn_at(now, settings, calendar), wait_s

    def _plan(self, at: datetime | None, wait_s: float | None) -> None:
        """When to be woken next: by APScheduler at the instant, for a message in so many seconds."""
        if self._again is not None:
            self._again.cancel()
        self._again = None
        if wait_s is not None and wait_s < ASLEEP_MOST_S:
            self._again = asyncio.get_running_loop().call_later(wait_s, self.wake)
        if at is not None and self._scheduler is not None:
            # One and the same, but for a clock that is moved.
            wall = datetime.now(UTC) + (at - self.clock.now())
            self._scheduler.add_job(self._scheduled, "date", run_date=wall, id="scan", replace_existing=True)

    async def _scheduled(self) -> None:
        self.wake(scan=True)

    async def _watch(self) -> None:
        """Never asleep for long, whatever the wall clock does: it is set, others write, a file moves it."""
        steps, changes = StepWatch(), self.store.changes()
        moved, looked_s = self._moved(), steady_s()
        try:
            while True:
                await asyncio.sleep(LOOK_EVERY_S if moved is None else LOOK_EVERY_MOVED_S)
                if moved != self._moved():
                    moved = self._moved()
                    self.wake(scan=True)
                elif steady_s() - looked_s >= LOOK_EVERY_S:
                    looked_s = steady_s()
                    await self._look(steps, changes)
        finally:
            changes.close()

    async def _look(self, steps: StepWatch, changes: Changes) -> None:
        if step_s := steps.step_s():
            log.warning("action=clock-set seconds=%d", round(step_s))
            self._signed_s = None  # others read the sign by the clock
            self.wake(scan=True)
        try:
            self.store.check_in_place()
            is_written = await asyncio.to_thread(changes.are_new)
        except (SQLAlchemyError, LostError):
            is_written = True  # the tick will say what it is
        if is_written or self._is_written or steady_s() - self._slept_s >= ASLEEP_MOST_S:
            self.wake(scan=True)

    def _seq(self) -> int | None:
        return self.clock.read().seq if isinstance(self.clock, FileClock) else None

    def _moved(self) -> tuple[int, int] | None:
        return self.clock.moved() if isinstance(self.clock, FileClock) else None

    async def finish(self) -> None:
        """Take up nothing more, and wait for what is on its way."""
        self.deliverer.is_ending = True
        await self._idle.wait()
        await self.deliverer.finish()

    async def tick(self) -> None:
        """The steps, then the sending, then word to whoever moves the clock. Nothing where another leads."""
        if not self.deliverer.leader.is_leading():
            return
        seq = self._seq()
        self.store.check_in_place()
        if (self._scan_due or seq != self._owed_seq) and not await asyncio.to_thread(self.owe):
            return
        written = self.deliverer.written
        if await self.deliverer.deliver_all():
            self._woken.set()
        self._is_written = self._is_written or self.deliverer.written != written
        if self._is_behind:
            self.wake(scan=True)
        elif seq is not None and not await asyncio.to_thread(self._acknowledge, seq):
            asyncio.get_running_loop().call_later(LOOK_EVERY_MOVED_S, self.wake)

    def owe(self) -> bool:
        """The steps, in one transaction. False where another leads by now, and what is owed is its affair."""
        self._owed_seq, now = self._seq(), self.clock.now()
        self._scan_due, self._is_written, self._slept_s = False, False, steady_s()
        self._is_behind = False
        known = self._first, self._series_day, self._signed_s, self._tidied_on
        try:
            with self.store.write() as session:
                if not self.deliverer.leader.is_current(session):
                    self._scan_due = True
                    return False
                for step in self.steps:
                    step(session, now)
        except BaseException:
            self._scan_due = True  # nothing of it was kept: do it all again
            self._first, self._series_day, self._signed_s, self._tidied_on = known
            raise
        return True

    def _reap(self, session: Session, _now: datetime) -> None:
        is_first_alone = self._first and self.is_alone
        token = self.deliverer.leader.token
        reaped = outcomes.reap(session, real_now(session), all_sending=is_first_alone, token=token)
        self._first = False
        if reaped:
            when_committed(session, log.warning, "action=reap count=%d", reaped)

    def _judge_windows(self, session: Session, now: datetime) -> None:
        if missed := windows.judge(session, now, self.rules):
            when_committed(session, self.pulse.miss, len(missed))

    def _apply_policy(self, session: Session, now: datetime) -> None:
        """Settings or holidays changed since the last run, or the days went back: work out every next day anew, a page
        in each tick."""
        rules = self.rules
        self._note_day(session, rules.calendar.local_date(now))
        rules.calendar.take(own_days.working(session))
        if self._entered is not rules.calendar.entered:
            self._entered = rules.calendar.entered
            self._policy = fingerprint(rules.settings, rules.calendar, rules.escalation)
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

    def _note_day(self, session: Session, today: date) -> None:
        """Next days that were worked out while the clock stood ahead lie too far ahead."""
        last = meta.day(session, meta.LAST_DAY)
        if today == last:
            return
        meta.put(session, meta.LAST_DAY, today.isoformat())
        if last is not None and today < last:
            log.warning("action=days-went-back")
            meta.forget(session, meta.POLICY_FINGERPRINT)

    def _start_plans(self, session: Session, now: datetime) -> None:
        start.take_effect(session, now, self.rules)

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
        handover.take_effect(session, now, self.rules.calendar.local_date(now))

    def _take_up(self, session: Session, now: datetime) -> None:
        hold.take_effect(session, now, self.rules)

    def _open_asks(self, session: Session, now: datetime) -> None:
        """Requests that come again."""
        turns.take_effect(session, now, self.rules)

    def _scan(self, session: Session, now: datetime) -> None:
        """Not before the days are worked out: a daily message that goes out in between would be half of it."""
        if self._is_behind:
            return
        windows.seen(session, now, self.rules)
        scan = Scan(session, now, self.rules, self.deliverer.marks)
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
        """The sign of life, and what goes with it."""
        today, steady = self.rules.calendar.local_date(now), steady_s()
        if self._tidied_on != today:  # once a day: drafts are large to look through
            deliveries.forget_nameless(session, now)
            uploads.forget_old(session, now)
            self._tidied_on = today
        if self._signed_s is None or steady - self._signed_s >= SIGN_EVERY_S:
            self.sign(session)
            inbox.forget_old(session, real_now(session))
            self._signed_s = steady

    def _acknowledge(self, seq: int) -> bool:
        """Nothing waits at this state of the clock file: say so, with the next instant worth a stop. False where
        something still waits."""
        assert isinstance(self.clock, FileClock)
        reading = self.clock.read()
        if reading.seq != seq:
            return True  # whoever moved it again has woken us
        with self.store.read() as session:
            hours = self.rules.settings, self.rules.calendar
            sending, hour = is_sending_time(reading.now, *hours), come_until(reading.now, *hours)
            busy = deliveries.count_unfinished(session, with_digests=sending, hour=hour)
            busy += inbox.count_unhandled(session)
            if not busy:
                self.clock.acknowledge(seq, next_scheduled_at(session, reading.now, self.rules))
            return not busy
