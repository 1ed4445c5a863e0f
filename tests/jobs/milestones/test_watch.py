"""The watch list: who is on it, since when, why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from jobs.authority.permissions import Deed
from jobs.milestones import watch
from jobs.rules.policy import Rules
from store.db.engine import Store
from store.models import AuditEntry
from tests import builders
from tests.builders import BOT, kst

TODAY, NOW = date(2026, 6, 30), kst(2026, 6, 30)


def test_a_watched_task_keeps_the_day_on_which_it_began(store: Store, rules: Rules) -> None:
    with store.write() as session:
        task = builders.task(session)
        watch.watch(Deed(session, BOT, NOW, rules), task, "국비 미확정")
        watch.watch(Deed(session, BOT, NOW + timedelta(days=31), rules), task, "보상 지연")
        assert (task.is_watched, task.watched_since, task.watch_reason) == (True, TODAY, "보상 지연")
        assert watch.watched(session) == [task]


def test_a_task_taken_off_is_off(store: Store, rules: Rules) -> None:
    with store.write() as session:
        task = builders.task(session)
        watch.watch(Deed(session, BOT, NOW, rules), task, "국비 미확정")
        watch.unwatch(Deed(session, BOT, NOW, rules), task, "확정됨")
        assert watch.watched(session) == []
        assert list(session.scalars(select(AuditEntry.action))) == ["watched", "unwatched"]


def test_watching_needs_a_reason_and_unwatching_a_watched_task(store: Store, rules: Rules) -> None:
    with store.write() as session:
        task = builders.task(session)
        with pytest.raises(watch.WatchError, match="no-reason"):
            watch.watch(Deed(session, BOT, NOW, rules), task, " ")
        with pytest.raises(watch.WatchError, match="not-watched"):
            watch.unwatch(Deed(session, BOT, NOW, rules), task, None)
