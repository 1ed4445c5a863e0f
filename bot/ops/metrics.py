"""`GET /metrics`: the figures of the store, counted when asked for, and of this process's own ticks."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.ops.health import Health, Word
from gihan import __version__
from jobs.clock import ClockError
from jobs.rules.sending_hours import come_until, is_sending_time
from store import figures
from store.db import meta
from store.db.engine import real_now
from store.reachability import count_unreachable
from store.states import DeliveryKind, DeliveryState, InboxState

LATE_DIGEST = timedelta(minutes=10)  # 3,000 daily messages take 100 s at Telegram's pace
LATE_MESSAGE = timedelta(minutes=5)
TICK_BUCKETS_S = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

# Every metric, with what it means to an operator; docs/operation.md has the same list.
MEANINGS = {
    "gihan_store_up": "1 while the store answers; all figures of the store are missing otherwise",
    "gihan_owed": "Messages not yet out, by kind",
    "gihan_sent_total": "Messages that Telegram has taken, by kind",
    "gihan_late": "What is not out past its time: digest, message, or item waiting for the next digest",
    "gihan_uncertain_total": "Messages of which nobody knows whether they arrived",
    "gihan_failed_total": "Messages that Telegram refused for good",
    "gihan_queue_age_seconds": "Age of the oldest message that could be sent now",
    "gihan_unreachable": "People who cannot be written to",
    "gihan_inbox_waiting": "Updates received and not yet handled",
    "gihan_inbox_failed": "Updates whose handling broke, kept for three days",
    "gihan_last_tick_timestamp_seconds": "When the leader's loop last told the store that it lives",
    "gihan_last_heard_timestamp_seconds": "When updates were last fetched, or Telegram last said that it can deliver them",
    "gihan_last_spoken_timestamp_seconds": "When a message last went out",
    "gihan_lacks": "1 for what the bot lacks, by the word of /healthz; 0 for the others",
    "gihan_missed_windows_total": "Working days in whose sending hours nothing was looked at, or not everything went out",
    "gihan_settings_differ": "1 where the settings here are not those of the leader",
    "gihan_unscanned": "Milestones that the last scan could not work out, so that nobody is reminded of them",
    "gihan_leader": "1 where this process polls and ticks, 0 where it stands by",
    "gihan_last_backup_timestamp_seconds": "When the newest backup was written; missing where none is known of",
    "gihan_build_info": "1, with the version of the program",
    "gihan_tick_seconds": "How long a tick takes in this process",
}

SIGNS = {
    "gihan_last_tick_timestamp_seconds": meta.LAST_TICK_AT,
    "gihan_last_heard_timestamp_seconds": meta.LAST_HEARD_AT,
    "gihan_last_spoken_timestamp_seconds": meta.LAST_SPOKEN_AT,
}


class StoreCollector(Collector):
    """Counts in the store at every scrape, so that the figures survive a restart."""

    def __init__(self, health: Health, backed_up_at: Callable[[], datetime | None]) -> None:
        self.health = health
        self.backed_up_at = backed_up_at
        self.store = health.store
        self.clock = health.clock
        self.rules = health.rules
        self.pulse = health.pulse

    def describe(self) -> list[Metric]:
        return []  # or registering would scrape

    def collect(self) -> Iterator[Metric]:
        yield _gauge("gihan_leader", int(self.pulse.is_leading and self.health.starting is None))
        yield _gauge("gihan_unscanned", self.pulse.unscanned)
        yield self._lacks()
        yield self._build()
        if (backed_up_at := self.backed_up_at()) is not None:
            yield _gauge("gihan_last_backup_timestamp_seconds", backed_up_at.timestamp())
        yield _gauge("gihan_settings_differ", int(bool(self.pulse.other_settings)))
        try:
            with self.store.read() as session:
                found = [*self._of_ledger(session), *self._of_people(session)]
        except (SQLAlchemyError, ClockError):
            yield _gauge("gihan_store_up", 0)
            return
        yield _gauge("gihan_store_up", 1)
        yield from found

    def _of_ledger(self, session: Session) -> Iterator[Metric]:
        ledger = figures.ledger(session)
        owed = GaugeMetricFamily("gihan_owed", MEANINGS["gihan_owed"], labels=["kind"])
        sent = CounterMetricFamily("gihan_sent", MEANINGS["gihan_sent_total"], labels=["kind"])
        for kind in DeliveryKind:
            waiting = (ledger.messages.get((state, kind), 0) for state in figures.UNFINISHED)
            owed.add_metric([kind], sum(waiting))
            sent.add_metric([kind], ledger.messages.get((DeliveryState.SENT, kind), 0))
        yield from (owed, sent, self._late(session))
        yield _counter("gihan_uncertain", ledger.of(DeliveryState.UNCERTAIN))
        yield _counter("gihan_failed", ledger.of(DeliveryState.FAILED))
        yield _counter("gihan_missed_windows", int(meta.get(session, meta.WINDOWS_MISSED) or 0))
        yield _gauge("gihan_queue_age_seconds", self._queue_age_s(session))

    def _late(self, session: Session) -> Metric:
        now, calendar = self.clock.now(), self.rules.calendar
        today = calendar.local_date(now)
        late = GaugeMetricFamily("gihan_late", MEANINGS["gihan_late"], labels=["what"])
        late.add_metric(["digest"], self._late_digests(session, now, today))
        late.add_metric(["message"], figures.count_late_messages(session, now - LATE_MESSAGE))
        late.add_metric(["item"], figures.count_carried(session))
        return late

    def _late_digests(self, session: Session, now: datetime, today: date) -> int:
        settings, calendar, before = self.rules.settings, self.rules.calendar, now - LATE_DIGEST
        is_late = calendar.at(today, settings.send_at) <= before
        hour = come_until(before, settings, calendar)
        return figures.count_late_digests(session, today, is_today_late=is_late, hour=hour)

    def _queue_age_s(self, session: Session) -> float:
        """Never below zero: a message may have been made while the clock stood ahead."""
        now = self.clock.now()
        with_digests = is_sending_time(now, self.rules.settings, self.rules.calendar)
        oldest = figures.oldest_owed(
            session,
            real_now(session),
            with_digests=with_digests,
            claimable_only=True,
            hour=come_until(now, self.rules.settings, self.rules.calendar),
        )
        return max(0.0, (now - oldest.created_at).total_seconds()) if oldest else 0.0

    def _of_people(self, session: Session) -> Iterator[Metric]:
        today = self.rules.calendar.local_date(self.clock.now())
        yield _gauge("gihan_unreachable", count_unreachable(session, today))
        yield _gauge("gihan_inbox_waiting", figures.count_inbox(session, InboxState.NEW))
        yield _gauge("gihan_inbox_failed", figures.count_inbox(session, InboxState.FAILED))
        for name, key in SIGNS.items():
            if (seen := meta.instant(session, key)) is not None:
                yield _gauge(name, seen.timestamp())

    def _lacks(self) -> Metric:
        found = self.health.look()
        lacks = GaugeMetricFamily("gihan_lacks", MEANINGS["gihan_lacks"], labels=["what"])
        for word in Word:
            lacks.add_metric([word], int(found is not None and found.word is word))
        return lacks

    def _build(self) -> Metric:
        build = GaugeMetricFamily("gihan_build_info", MEANINGS["gihan_build_info"], labels=["version"])
        build.add_metric([__version__], 1)
        return build


def _gauge(name: str, value: float) -> Metric:
    return GaugeMetricFamily(name, MEANINGS[name], value=value)


def _counter(name: str, value: float) -> Metric:
    return CounterMetricFamily(name, MEANINGS[f"{name}_total"], value=value)


class Metrics:
    """The metrics of one running bot, in a registry of its own."""

    def __init__(self, health: Health, backed_up_at: Callable[[], datetime | None] = lambda: None) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(StoreCollector(health, backed_up_at))
        ticks = Histogram(
            "gihan_tick_seconds",
            MEANINGS["gihan_tick_seconds"],
            buckets=TICK_BUCKETS_S,
            registry=self.registry,
        )
        health.pulse.measured = ticks.observe

    def page(self) -> bytes:
        """The exposition in Prometheus' text format."""
        return generate_latest(self.registry)
