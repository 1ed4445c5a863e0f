"""`GET /metrics`: what the store and the loop say, as Prometheus reads it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.ops.health import Health
from bot.ops.metrics import MEANINGS, SIGNS, Metrics
from bot.ops.web import create_app
from gihan import __version__
from jobs.clock import real_now
from jobs.pulse import Pulse
from jobs.rules.policy import Rules
from store import chat_links, inbox
from store.db import meta
from store.db.engine import Store
from store.detours import NUDGE
from store.models import Delivery
from store.states import DeliveryKind, DeliveryState, ItemState, LinkState
from tests import builders
from tests.bot.ops.test_web import call
from tests.builders import BOT_ID, FakeClock, kst

TODAY = date(2026, 6, 30)
Page = dict[tuple[str, str], float]


@pytest.fixture
def pulse() -> Pulse:
    return Pulse()


@pytest.fixture
def metrics(store: Store, clock: FakeClock, rules: Rules, pulse: Pulse) -> Metrics:
    return Metrics(Health(store, pulse, clock, rules), lambda: kst(2026, 6, 30, 2, 30))


def scrape(metrics: Metrics) -> Page:
    """(name, labels) -> value of every sample."""
    families = text_string_to_metric_families(metrics.page().decode())
    return {
        (one.name, ",".join(one.labels.values())): one.value for family in families for one in family.samples
    }


def owe(store: Store, state: DeliveryState, *, kind: DeliveryKind = DeliveryKind.REPLY) -> int:
    with store.write() as session:
        made = builders.reply(session, 1)
        made.state, made.kind = state, kind
        return made.id


@pytest.mark.parametrize(
    ("state", "sample"),
    [
        (DeliveryState.PENDING, ("gihan_owed", "reply")),
        (DeliveryState.SENDING, ("gihan_owed", "reply")),
        (DeliveryState.SENT, ("gihan_sent_total", "reply")),
        (DeliveryState.UNCERTAIN, ("gihan_uncertain_total", "")),
        (DeliveryState.FAILED, ("gihan_failed_total", "")),
    ],
)
def test_each_state_of_the_ledger_has_its_figure(
    store: Store, metrics: Metrics, state: DeliveryState, sample: tuple[str, str]
) -> None:
    assert scrape(metrics)[sample] == 0
    owe(store, state)
    owe(store, state)
    assert scrape(metrics)[sample] == 2


def test_the_figures_are_the_stores_and_survive_a_restart(
    store: Store, store_url: str, clock: FakeClock, rules: Rules, metrics: Metrics
) -> None:
    owe(store, DeliveryState.SENT)
    before = scrape(metrics)
    again = Store(store_url)
    after = scrape(Metrics(Health(again, Pulse(), clock, rules)))
    again.close()
    assert after[("gihan_sent_total", "reply")] == before[("gihan_sent_total", "reply")] == 1


def digest(store: Store, day: date) -> None:
    with store.write() as session:
        builders.digest(session, builders.linked(session), day)


def test_a_daily_message_is_late_ten_minutes_after_its_time(
    store: Store, clock: FakeClock, metrics: Metrics
) -> None:
    digest(store, TODAY)
    clock.forward(minutes=9)
    assert scrape(metrics)[("gihan_late", "digest")] == 0
    clock.forward(minutes=1)
    assert scrape(metrics)[("gihan_late", "digest")] == 1


def test_a_daily_message_of_yesterday_is_late(store: Store, metrics: Metrics) -> None:
    digest(store, TODAY - timedelta(days=1))
    assert scrape(metrics)[("gihan_late", "digest")] == 1


def test_an_answer_is_late_after_five_minutes(store: Store, clock: FakeClock, metrics: Metrics) -> None:
    number = owe(store, DeliveryState.PENDING)
    with store.write() as session:
        session.get_one(Delivery, number).created_at = clock.now()
    assert scrape(metrics)[("gihan_late", "message")] == 0
    clock.forward(minutes=5, seconds=1)
    assert scrape(metrics)[("gihan_late", "message")] == 1


def test_what_waits_for_the_working_hours_is_not_late_and_not_old(
    store: Store, clock: FakeClock, metrics: Metrics
) -> None:
    """A nudge of the evening goes out in the morning: no alarm all night."""
    clock.forward(hours=12)
    number = owe(store, DeliveryState.PENDING, kind=DeliveryKind.EVENT)
    with store.write() as session:
        found = session.get_one(Delivery, number)
        found.event, found.created_at = NUDGE, clock.now() - timedelta(hours=3)
    page = scrape(metrics)
    assert (page[("gihan_late", "message")], page[("gihan_queue_age_seconds", "")]) == (0, 0)


def test_a_reminder_that_waits_for_the_next_message_is_late(store: Store, metrics: Metrics) -> None:
    with store.write() as session:
        person = builders.linked(session)
        number = builders.milestone(session, builders.task(session, person), TODAY)
        builders.item(session, person, number, "before:0", state=ItemState.CARRIED)
    assert scrape(metrics)[("gihan_late", "item")] == 1


def test_what_waits_for_somebody_out_of_reach_is_not_late(store: Store, metrics: Metrics) -> None:
    with store.write() as session:
        person = builders.linked(session)
        number = builders.milestone(session, builders.task(session, person), TODAY)
        builders.item(session, person, number, "before:0", state=ItemState.CARRIED)
        link = chat_links.of_officer(session, person.id)
        assert link is not None
        chat_links.pause(link, LinkState.BLOCKED, kst(2026, 6, 30))
    page = scrape(metrics)
    assert (page[("gihan_late", "item")], page[("gihan_unreachable", "")]) == (0, 1)


def test_the_queue_is_as_old_as_its_oldest_claimable_message(
    store: Store, clock: FakeClock, metrics: Metrics
) -> None:
    assert scrape(metrics)[("gihan_queue_age_seconds", "")] == 0
    waiting, ready = owe(store, DeliveryState.PENDING), owe(store, DeliveryState.PENDING)
    with store.write() as session:
        session.get_one(Delivery, waiting).not_before_at = real_now() + timedelta(hours=1)
        session.get_one(Delivery, ready).created_at = clock.now() - timedelta(seconds=90)
    assert scrape(metrics)[("gihan_queue_age_seconds", "")] == 90


def test_who_cannot_be_reached_is_counted(store: Store, metrics: Metrics) -> None:
    with store.write() as session:
        shut, never, fine = (builders.officer(session, name) for name in ("김하늘", "박바다", "이구름"))
        builders.milestone(session, builders.task(session, shut, never, fine), date(2026, 12, 1))
        chat_links.pause(builders.link(session, shut), LinkState.BLOCKED, kst(2026, 6, 29))
        builders.link(session, fine)
    assert scrape(metrics)[("gihan_unreachable", "")] == 2


def test_updates_that_wait_or_broke_are_counted(store: Store, metrics: Metrics) -> None:
    with store.write() as session:
        rows = inbox.receive(session, BOT_ID, [(number, 1, "{}") for number in range(3)], real_now())
        inbox.mark_failed(rows[0], real_now(), "ValueError")
    page = scrape(metrics)
    assert (page[("gihan_inbox_waiting", "")], page[("gihan_inbox_failed", "")]) == (2, 1)


def test_ticks_are_measured_and_the_last_one_dated(store: Store, metrics: Metrics, pulse: Pulse) -> None:
    with store.write() as session:
        meta.put(session, meta.LAST_TICK_AT, "2026-06-30T00:10:00+00:00")
    with pulse.tick():
        pass
    page = scrape(metrics)
    assert page[("gihan_last_tick_timestamp_seconds", "")] == 1782778200
    assert page[("gihan_tick_seconds_count", "")] == 1


def test_milestones_that_cannot_be_worked_out_are_counted(metrics: Metrics, pulse: Pulse) -> None:
    assert scrape(metrics)[("gihan_unscanned", "")] == 0
    pulse.unscanned = 2
    assert scrape(metrics)[("gihan_unscanned", "")] == 2


def test_it_says_who_leads(store: Store, clock: FakeClock, rules: Rules, pulse: Pulse) -> None:
    """Who still waits for its store leads nothing."""
    health = Health(store, pulse, clock, rules)
    metrics = Metrics(health)
    assert scrape(metrics)[("gihan_leader", "")] == 0
    health.starting = None
    assert scrape(metrics)[("gihan_leader", "")] == 1
    pulse.is_leading = False
    assert scrape(metrics)[("gihan_leader", "")] == 0


def test_it_says_what_is_lacking_by_the_word_of_health(metrics: Metrics, pulse: Pulse) -> None:
    page = scrape(metrics)
    lacking = {what: value for (name, what), value in page.items() if name == "gihan_lacks"}
    assert lacking == {"connecting": 1, "store": 0, "tick": 0, "deaf": 0, "mute": 0}


def test_without_the_store_the_page_still_comes_and_says_so(
    tmp_path: Path, clock: FakeClock, rules: Rules, pulse: Pulse
) -> None:
    page = scrape(Metrics(Health(Store(f"sqlite:///{tmp_path / 'none' / 'x.db'}"), pulse, clock, rules)))
    assert page[("gihan_store_up", "")] == 0
    assert ("gihan_owed", "reply") not in page
    assert ("gihan_tick_seconds_count", "") in page


def test_two_bots_in_one_process_share_nothing(store: Store, clock: FakeClock, rules: Rules) -> None:
    one, other = Pulse(), Pulse()
    first, second = (Metrics(Health(store, each, clock, rules)) for each in (one, other))
    with one.tick():
        pass
    count = ("gihan_tick_seconds_count", "")
    assert (scrape(first)[count], scrape(second)[count]) == (1, 0)


def test_the_page_is_served_as_prometheus_wants_it(store: Store, metrics: Metrics) -> None:
    answer = call(create_app(lambda: None, None, "", metrics.page), "GET", "/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "gihan_store_up 1.0" in answer.text


def test_the_newest_backup_and_the_version_are_told(metrics: Metrics) -> None:
    page = scrape(metrics)
    assert page[("gihan_last_backup_timestamp_seconds", "")] == kst(2026, 6, 30, 2, 30).timestamp()
    assert page[("gihan_build_info", __version__)] == 1


def test_without_a_backup_there_is_no_age_of_one(
    store: Store, pulse: Pulse, clock: FakeClock, rules: Rules
) -> None:
    assert ("gihan_last_backup_timestamp_seconds", "") not in scrape(
        Metrics(Health(store, pulse, clock, rules))
    )


def test_every_metric_has_a_meaning_and_every_meaning_a_metric(store: Store, metrics: Metrics) -> None:
    with store.write() as session:
        for key in SIGNS.values():
            meta.put(session, key, "2026-06-30T00:10:00+00:00")
    families = text_string_to_metric_families(metrics.page().decode())
    shown = {one.name + ("_total" if one.type == "counter" else "") for one in families}
    shown.discard("gihan_tick_seconds_created")  # a part of the histogram that the parser takes for its own
    assert shown == set(MEANINGS)


@pytest.mark.parametrize("name", ["operation.md", "operation.en.md"])
def test_the_operators_handbook_lists_every_metric_and_no_other(name: str) -> None:
    handbook = Path(__file__).parents[3] / "docs" / name
    rows = re.findall(r"^\| `(gihan_\w+)` \|", handbook.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(MEANINGS)
