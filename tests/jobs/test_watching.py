"""The watch list: who is on it, since when, why."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from jobs import watching
from store.engine import Store
from store.models import AuditEntry
from tests import builders
from tests.builders import BOT, kst

TODAY, NOW = date(2026, 6, 30), kst(2026, 6, 30)


def test_a_watched_task_keeps_the_day_on_which_it_began(store: Store) -> None:
    with store.write() as session:
        task = builders.task(session)
        watching.watch(session, task, "국비 미확정", TODAY, BOT, NOW)
        watching.watch(session, task, "보상 지연", date(2026, 7, 31), BOT, NOW)
        assert (task.is_watched, task.watched_since, task.watch_reason) == (True, TODAY, "보상 지연")
        assert watching.watched(session) == [task]


def test_a_task_taken_off_is_off(store: Store) -> None:
    with store.write() as session:
        task = builders.task(session)
        watching.watch(session, task, "국비 미확정", TODAY, BOT, NOW)
        watching.unwatch(session, task, "확정됨", BOT, NOW)
        assert watching.watched(session) == []
        assert list(session.scalars(select(AuditEntry.action))) == ["watched", "unwatched"]


def test_watching_needs_a_reason_and_unwatching_a_watched_task(store: Store) -> None:
    with store.write() as session:
        task = builders.task(session)
        with pytest.raises(watching.WatchError, match="사유"):
            watching.watch(session, task, " ", TODAY, BOT, NOW)
        with pytest.raises(watching.WatchError, match="아닙니다"):
            watching.unwatch(session, task, None, BOT, NOW)
