"""The scheduler only wakes the loop; what is due stands in the store, however late anybody looks."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from jobs import loop as loops
from jobs.loop import Loop
from tests.builders import kst
from tests.jobs.desk import Post

TODAY = date(2026, 6, 30)


class Scheduler(AsyncIOScheduler):  # type: ignore[misc]
    """APScheduler's own, which is found again."""

    made: Scheduler

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        Scheduler.made = self


async def run_until_sent(post: Post, count: int) -> list[Any]:
    """The loop's jobs, once so many messages went out."""
    one = Loop(post.desk.store, post.desk.clock, post.desk.rules, post.deliverer, is_alone=True)
    running = asyncio.create_task(one.run())
    while len(post.texts) < count or not Scheduler.made.get_jobs():  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0.01)
    jobs = list(Scheduler.made.get_jobs())
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    return jobs


@pytest.mark.pitfall(4, 6)
def test_one_job_wakes_the_loop_and_it_is_never_too_late_for_it(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loops, "AsyncIOScheduler", Scheduler)
    for days in range(20):
        post.desk.promise(TODAY + timedelta(days=days))
    [job] = asyncio.run(run_until_sent(post, 1))
    assert (job.misfire_grace_time, job.coalesce) == (None, True)


@pytest.mark.pitfall(4, 5)
def test_who_looks_hours_late_still_sends_the_days_message(post: Post) -> None:
    post.desk.promise(TODAY)
    post.desk.scan(kst(2026, 6, 30, 17, 59, 59))
    post.deliver()
    assert post.texts == ["before:0"]
