"""Replicas whose settings differ are named, where it matters and while somebody leads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.ops import replicas
from bot.settings import Settings, TelegramSettings, WebSettings
from jobs.settings import ReminderSettings
from store.db import meta
from store.db.engine import Store, wall_now

LEADER = Settings(telegram=TelegramSettings(token="1:abc"))
OTHER = Settings(reminders=ReminderSettings(before_days=(10,)))


def led(store: Store, ago: timedelta = timedelta(0)) -> None:
    with store.write() as session:
        replicas.record(session, "one", LEADER)
        meta.put(session, meta.LAST_TICK_AT, (wall_now(session) - ago).isoformat())


def test_the_sections_that_differ_are_named(store: Store) -> None:
    led(store)
    with store.read() as session:
        found = replicas.difference(session, OTHER)
    assert found is not None and (found.leader, found.sections) == ("one", ("reminders",))
    assert replicas.words(found, "two") == "two 프로그램의 reminders 설정이 이끄는 one 프로그램과 다릅니다"


def test_what_belongs_to_a_machine_may_differ(store: Store) -> None:
    led(store)
    own = Settings(web=WebSettings(listen="127.0.0.1:1"), telegram=TelegramSettings(mode="webhook"))
    with store.read() as session:
        assert replicas.difference(session, own) is None


def test_before_anybody_led_nothing_differs(store: Store) -> None:
    with store.read() as session:
        assert replicas.difference(session, OTHER) is None


@pytest.mark.parametrize(("ago", "faults"), [(timedelta(0), 1), (timedelta(hours=1), 0)])
def test_doctor_names_the_difference_while_somebody_leads(store: Store, ago: timedelta, faults: int) -> None:
    led(store, ago)
    with store.read() as session:
        assert len(replicas.faults(session, OTHER)) == faults
